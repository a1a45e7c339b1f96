"""Where the network fails: one status per municipality and rule."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from referral.network.norms import Norm


class GapStatus(StrEnum):
    """Splněno, částečně, mezera, neznámo: no coverage declared is not no coverage."""

    MET = "met"
    PARTIAL = "partial"
    GAP = "gap"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """One municipality under one rule.

    ``value`` is in the rule's unit (None when nothing could be measured), ``nearest_km`` the
    estimated road km to the nearest known place of service, ``population`` persons, None when not
    known. ``serving`` are ids of the offers that satisfy the rule, ``undecided`` counts those of
    which it cannot be told. ``uncertain``: the status flips between a detour of 1.2 and 1.5.
    ``unknown_share`` (0-1) is how much of the result rests on what nobody knows or has verified:
    the share of services, or of the capacity, that bear on it; 0 where what is known is enough.
    ``high`` is the value as it may be at most, where an unknown capacity makes ``value`` the least.
    """

    municipality: str
    rule: str
    status: GapStatus
    threshold: float
    uncertain: bool = False
    value: float | None = None
    nearest_km: float | None = None
    population: int | None = None
    serving: tuple[str, ...] = ()
    undecided: int = 0
    unknown_share: float = 0.0
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSummary:
    """One rule over the whole area; populations sum the municipalities where it is known."""

    rule: str
    municipalities: int
    met_municipalities: int
    partial_municipalities: int
    gap_municipalities: int
    unknown_municipalities: int
    gap_population: int
    unknown_population: int
    uncertain_municipalities: int


class Unknown(StrEnum):
    """What of a service is not known: where it comes, where it is given, how much, how long."""

    COVERAGE = "coverage"
    PLACE = "place"
    CAPACITY = "capacity"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToVerify:
    """A service to ask, and what may change if it turns out to serve.

    ``people`` are the persons of the ``municipalities`` (codes) where some status would be better,
    each counted once; ``statuses`` counts the results of municipality and rule. ``rules`` are the
    codes of those under which any status would be better, in the norm's order, ``units`` the units
    of capacity that they ask for.
    """

    service: str
    unknown: tuple[Unknown, ...]
    people: int
    municipalities: tuple[str, ...]
    rules: tuple[str, ...]
    statuses: int
    units: tuple[str, ...] = ()


Curve: TypeAlias = tuple[tuple[float, float], ...]
"""Points of a Lorenz curve from (0, 0) to (1, 1): the share of people, the share they have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equity:
    """How evenly the people of an area can reach what a capacity rule measures.

    Each municipality has what a thousand of its people can reach (never the mean of its ORP or
    kraj), and weighs by those of whom the rule counts a thousand. ``gini`` is 0 when all reach the
    same and nears 1 when a few reach everything: as if an unknown capacity were zero
    (``gini_if_zero``) and as if it were the median of its type (``gini_if_median``). None: nobody
    reaches anything, nobody's number is known, or there is no median; its curve is then empty.
    ``people`` live in the area, ``known_people`` where the people that the rule counts are known,
    ``sure_people`` where no unknown capacity matters besides.
    """

    rule: str
    gini_if_zero: float | None
    gini_if_median: float | None
    lorenz_if_zero: Curve
    lorenz_if_median: Curve
    people: int
    known_people: int
    sure_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """The gaps of an area under a norm, municipalities by code, rules in the norm's order.

    ``equity`` has one value for each capacity rule. ``verify_first`` are the services to ask first,
    those whose answer could change most people's status before the others; empty where the report
    was made without them. ``measured``: ways follow roads or a given table, and are estimated only
    where these say nothing.
    """

    norm: Norm
    area: str
    as_of: date
    municipalities: tuple[str, ...]
    results: tuple[RuleResult, ...]
    summary: tuple[RuleSummary, ...]
    equity: tuple[Equity, ...] = ()
    verify_first: tuple[ToVerify, ...] = ()
    measured: bool = False
