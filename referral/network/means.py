"""With what a gap may be closed, and how far each of it reaches under a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse

from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form, ServiceType
from referral.geo.travel import (
    Bools,
    Floats,
    Ints,
    Spots,
    StraightLine,
    TravelModel,
    straight_km,
    straight_pairs,
)
from referral.matching.policy import Policy
from referral.network.errors import PlacementError
from referral.network.norms import Level, Metric, Norm, Rule

_A_LITTLE_MORE = 1 + 1e-6
_AT_ONCE: Final = 256
"""Bases whose ways are looked up together, so that a whole country fits into memory."""
_ESTIMATED: Final = StraightLine()
_NOT_BY_PLACES = frozenset({Metric.HOURS, Metric.CAPACITY})


class Means(StrEnum):
    """A new ambulatory or residential place, a field worker, or his weekly counselling days."""

    SITE = "site"
    WORKER = "worker"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A number with its source and the reason for just so much; ``low``, ``high`` its range."""

    value: float
    source: str
    why: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workforce:
    """What one field worker can do: persons, road km from the base, road km in a week."""

    people_per_worker: Sourced
    worker_km: Sourced
    week_km: Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far one new service goes.

    ``road_km`` by road or ``minutes`` of driving from its place, or with ``whole_orp`` all
    municipalities of the place's ORP; with none, as for help at a distance, everywhere.
    """

    road_km: float | None = None
    minutes: float | None = None
    whole_orp: bool = False


def usual_means(rule: Rule, kind: ServiceType) -> Means:
    """Return what closes a gap in this rule: a place where the type may have one, else a worker."""
    on_the_spot = {Form.AMBULATORY, Form.RESIDENTIAL} & set(kind.forms)
    only_coming = not rule.metric.on_the_spot or rule.form is Form.FIELD or not on_the_spot
    # Presence by a place would ask for one in every municipality; a worker comes to many.
    if only_coming or (rule.metric is Metric.PRESENCE and Form.FIELD in kind.forms):
        return Means.WORKER
    return Means.SITE


def form_of(means: Means, *, rule: Rule, kind: ServiceType) -> Form:
    """Return the form in which a new service of this kind would count for the rule.

    Raises:
        PlacementError: none would; the sentence says what to ask for instead.
    """
    if rule.metric in _NOT_BY_PLACES or rule.level is not Level.MUNICIPALITY:
        raise PlacementError(
            f"pravidlo „{rule.code}“ měří kapacitu, otevírací dobu nebo celé území, a pro takové "
            "nové místo navrhnout neumíme; kam přidat kapacitu, řekne --by capacity, a co by "
            "změnila jiná, ukáže referral scenario"
        )
    if not rule.metric.on_the_spot and means is not Means.WORKER:
        raise PlacementError(
            f"pravidlo „{rule.code}“ počítá jen služby, které do obce jezdí; nové místo ani "
            "poradenský den je nesplní, zkuste --by worker"
        )
    if not rule.metric.comes and means is Means.WORKER:
        raise PlacementError(
            f"pravidlo „{rule.code}“ měří cestu k místu služby; terénní pracovník je nesplní, "
            "zkuste --by site"
        )
    fitting = {
        Means.SITE: (Form.AMBULATORY, Form.RESIDENTIAL),
        Means.WORKER: (Form.FIELD,),
        Means.DAYS: (Form.AMBULATORY,),
    }[means]
    forms = [
        form for form in fitting if form in kind.forms and (rule.form is None or form is rule.form)
    ]
    if not forms:
        allowed = ", ".join(kind.forms)
        limited = f", pravidlo žádá formu {rule.form}" if rule.form is not None else ""
        raise PlacementError(
            f"druh služby {kind.code} ({kind.name}) má formy {allowed}{limited}; "
            f"volbou --by {means} jej zřídit nelze"
        )
    return forms[0]


def spread_of(
    means: Means,
    *,
    rule: Rule,
    kind: ServiceType,
    usual: Workforce,
    road_km: float | None = None,
    whole_orp: bool = False,
) -> Spread:
    """Return how far one new service goes: a place as far as the rule, a worker as he drives.

    Raises:
        PlacementError: a distance or an ORP is asked for of a place, whose reach the rule decides.
    """
    if means is not Means.WORKER:
        if road_km is not None or whole_orp:
            raise PlacementError(
                "dosah nového místa určuje pravidlo; --radius a --whole-orp patří k terénnímu "
                "pracovníkovi (--by worker)"
            )
        if rule.metric is Metric.PRESENCE:
            return Spread(road_km=0.0)
        if rule.metric.by_minutes:
            return Spread(minutes=rule.threshold)
        return Spread(road_km=rule.threshold)
    if kind.remote:
        return Spread()
    if whole_orp:
        return Spread(whole_orp=True)
    return Spread(road_km=usual.worker_km.value if road_km is None else road_km)


def reach(
    targets: Sequence[Municipality],
    bases: Sequence[Municipality],
    *,
    spread: Spread,
    form: Form,
    norm: Norm,
    policy: Policy,
    travel: TravelModel = _ESTIMATED,
) -> Any:  # noqa: ANN401 - scipy has no types
    """Return who would be served from where: a CSR array of targets x bases.

    The way is measured as the gap map measures it, thresholds included and with the same model of
    travel; nobody is sent to an ambulatory place beyond the matcher's own limit.
    """
    shape = (len(targets), len(bases))
    if spread.whole_orp:
        orps = np.array([one.orp for one in bases])
        cells = [np.flatnonzero(orps == one.orp) for one in targets]
        row = np.repeat(np.arange(len(targets)), [len(one) for one in cells])
        column = np.concatenate([*cells, np.empty(0, np.intp)])
    elif spread.road_km is None and spread.minutes is None:
        row, column = np.indices(shape).reshape(2, -1)
    else:
        known = travel.with_detour(norm.detour)
        pairs = _estimated if known.is_estimate else _measured
        row, column, straight = pairs(laid(targets), laid(bases), spread, known)
        if form is Form.AMBULATORY:
            near = straight <= policy.limits.ambulatory_km
            row, column = row[near], column[near]
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)


_Pairs: TypeAlias = tuple[Ints, Ints, Floats]
"""Positions of targets and bases that come together, and the straight line between them in km."""


def _estimated(targets: Spots, bases: Spots, spread: Spread, travel: TravelModel) -> _Pairs:
    estimate = travel.estimate
    longest = (
        estimate.straight_within(spread.minutes)
        if spread.minutes is not None
        else (spread.road_km or 0.0) / estimate.detour
    )
    longest = longest * _A_LITTLE_MORE if longest >= 0 else longest
    row, column, straight = straight_pairs(longest, targets, bases)
    # The very numbers that the gap map compares: a quotient could differ in its last bit.
    km = straight * estimate.detour
    near = _within(spread, km, estimate.minutes(km))
    return row[near], column[near], straight[near]


def _measured(targets: Spots, bases: Spots, spread: Spread, travel: TravelModel) -> _Pairs:
    found: list[_Pairs] = []
    for start in range(0, len(bases), _AT_ONCE):
        some = np.arange(start, min(start + _AT_ONCE, len(bases)))
        table = travel.table(targets, bases.take(some))
        row, column = np.nonzero(_within(spread, table.km, table.minutes))
        straight = straight_km(targets, bases.take(some))
        found.append((row, some[column], straight[row, column]))
    rows, columns, ways = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(ways)


def _within(spread: Spread, km: Floats, minutes: Floats) -> Bools:
    if spread.minutes is not None:
        return minutes <= spread.minutes
    return km <= (spread.road_km or 0.0)


def road_km_from(
    base: Municipality,
    places: Sequence[Municipality],
    *,
    norm: Norm,
    travel: TravelModel = _ESTIMATED,
) -> Floats:
    """Return the road km from a base to each place, estimated where nobody has measured them."""
    km: Floats = travel.with_detour(norm.detour).table(laid([base]), laid(places)).km[0]
    return km


def laid(places: Sequence[Municipality]) -> Spots:
    """Lay municipalities out in the plane."""
    return Spots.of([one.point for one in places], [one.code for one in places])
