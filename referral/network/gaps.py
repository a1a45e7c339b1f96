"""Where the network fails: one status per municipality and rule."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport:
    """The gaps of an area under a norm, municipalities by code, rules in the norm's order."""

    norm: Norm
    area: str
    as_of: date
    municipalities: tuple[str, ...]
    results: tuple[RuleResult, ...]
    summary: tuple[RuleSummary, ...]
