"""How much capacity people can reach under a rule, and how much of it nobody knows.

A capacity is registered for a service and a form, never for a place: a service with several places
is thought to have an equal part in each. What is unknown is never zero: ``low`` leaves it out,
``high`` takes a service of unknown capacity for the median of its type, and one of which nobody
says where it works as working wherever the norm still thinks of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from referral.catalog.areas import Covers
from referral.catalog.model import Service
from referral.catalog.vocabulary import Form
from referral.geo.travel import Bools, Floats, Ints
from referral.matching.columns import COVERS
from referral.network.catchment import REACH_MINUTES, accessible, step_weights
from referral.network.equity import weighted_means
from referral.network.gaps import RuleResult
from referral.network.judging import GAP, MET, PARTIAL, STATUSES, UNKNOWN
from referral.network.norms import Level, People, Rule
from referral.network.offered import (
    AMBULATORY,
    FIELD,
    RESIDENTIAL,
    open_rows,
    spots_of,
    thinkable_places,
)
from referral.network.setting import Setting

_NO, _YES = COVERS.index(Covers.NO), COVERS.index(Covers.YES)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Who comes together with whom: municipality, row (slot) and weight; ``sure`` by a source."""

    origin: Ints
    slot: Ints
    weight: Floats
    sure: Bools


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reachable:
    """What a thousand people can reach in each municipality: at least and at most.

    ``high`` is infinite where not even a median is known. ``unsure`` counts services of which too
    little is known, ``serving`` are (municipality, service id) of known ones.
    """

    low: Floats
    high: Floats
    unsure: Ints
    serving: Sequence[tuple[str, ...]]


def amount_of(service: Service, *, unit: str, form: Form | None, afield: bool) -> float | None:
    """Return a service's capacity in a unit, in the field or on the spot; None when not known.

    Of several numbers for one form the largest counts: what can be done at one moment is a part of
    the whole. A doubtful number is not known. Units are never summed, forms are.
    """
    of_form: dict[Form | None, float] = {}
    for one in service.capacities:
        if one.unit.value != unit or one.registered is None or one.doubt:
            continue
        if form is not None and one.form is not None and one.form is not form:
            continue
        if one.form is not None and (one.form is Form.FIELD) is not afield:
            continue
        of_form[one.form] = max(one.registered, of_form.get(one.form, 0.0))
    return sum(of_form.values()) if of_form else None


def people_of(rule: Rule, setting: Setting, weights: Mapping[str, Sequence[float]]) -> Floats:
    """Return those of whom a thousand share the capacity; NaN where a source does not say.

    ``weights`` say by type of service how much people below 65, from 65 to 79 and from 80 need it.
    """
    ground = setting.ground
    if rule.per is People.ALL:
        return ground.people
    if rule.per is People.FROM_65:
        return ground.people_65
    if rule.per is People.FROM_80:
        return ground.people_80
    if rule.per is People.TO_17:
        return np.full(len(ground), np.nan)
    young, old, oldest = weights.get(rule.type, (1.0, 1.0, 1.0))
    return (
        young * (ground.people - ground.people_65)
        + old * (ground.people_65 - ground.people_80)
        + oldest * ground.people_80
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """The services of a rule on the spot, or those in the field: rows by slot, pairs with places.

    ``of`` is the service of each slot (its position in the columns), ``amount`` its capacity (NaN:
    not known), ``top`` the same with the median for an unknown one (infinite where there is no
    median). A service shares its capacity evenly among its ``parts`` slots. ``keep`` marks pairs of
    which all is known.
    """

    of: Ints
    amount: Floats
    top: Floats
    parts: Ints
    pairs: Pairs
    keep: Bools
    afield: bool

    def least(self, demand: Floats, among: Bools | None = None) -> Floats:
        """Return what a thousand people can reach at least, by all pairs or those ``among``."""
        kept = self.keep if among is None else self.keep & among
        return _reached(np.nan_to_num(self.amount) / self.parts, demand, self.pairs, kept)

    def most(self, demand: Floats, among: Bools | None = None) -> Floats:
        """Return what a thousand people can reach at most, by all pairs or those ``among``."""
        kept = np.ones(len(self.keep), np.bool_) if among is None else among
        finite = np.where(np.isinf(self.top), 0.0, self.top)
        found = _reached(finite / self.parts, demand, self.pairs, kept)
        found[np.unique(self.pairs.origin[kept & np.isinf(self.top)[self.pairs.slot]])] = np.inf
        return found


def parts_of(rule: Rule, setting: Setting, *, detour: float) -> list[Part]:
    """Return the services of a rule on the spot and in the field, each where it has any."""
    rows = open_rows(rule, setting)
    columns = setting.columns
    found = []
    for afield in (False, True):
        some, pairs = (
            _in_the_field(rule, rows, setting)
            if afield
            else _on_the_spot(rule, rows, setting, detour)
        )
        if not len(some):
            continue
        amount = _amounts(rule, some, setting, afield=afield)
        known = ~np.isnan(amount)
        found.append(
            Part(
                of=columns.service[some],
                amount=amount,
                top=np.where(known, amount, _median(rule, setting, afield=afield)),
                parts=np.bincount(columns.service[some], minlength=len(columns.services))[
                    columns.service[some]
                ],
                pairs=pairs,
                keep=pairs.sure & known[pairs.slot],
                afield=afield,
            )
        )
    return found


def _median(rule: Rule, setting: Setting, *, afield: bool) -> float:
    """Return the median of the known capacities, of the present ones; infinite without any."""
    now = setting.present or setting
    rows = open_rows(rule, now)
    some = _field_rows(rule, rows, now) if afield else _spot_rows(rule, rows, now)
    amount = _amounts(rule, some, now, afield=afield)
    known = amount[~np.isnan(amount)]
    return float(np.median(known)) if len(known) else np.inf


def reachable(rule: Rule, setting: Setting, people: Floats, *, detour: float) -> Reachable:
    """Return what people can reach under a rule when ways are ``detour`` times a straight line."""
    demand = np.nan_to_num(people)
    low, high = np.zeros(len(demand)), np.zeros(len(demand))
    unsure: set[tuple[int, int]] = set()
    serving: set[tuple[int, int]] = set()
    for part in parts_of(rule, setting, detour=detour):
        low += part.least(demand)
        high += part.most(demand)
        pairs, keep = part.pairs, part.keep
        of = part.of[pairs.slot]
        serving |= set(zip(pairs.origin[keep].tolist(), of[keep].tolist(), strict=True))
        unsure |= set(zip(pairs.origin[~keep].tolist(), of[~keep].tolist(), strict=True))
    return Reachable(
        low=low,
        high=np.maximum(low, high),
        unsure=np.bincount([at for at, _ in unsure], minlength=len(demand)).astype(np.int64),
        serving=_ids(serving, setting),
    )


def _reached(supply: Floats, demand: Floats, pairs: Pairs, keep: Bools) -> Floats:
    return accessible(
        supply,
        demand,
        origin=pairs.origin[keep],
        destination=pairs.slot[keep],
        weight=pairs.weight[keep],
    )


def _ids(found: set[tuple[int, int]], setting: Setting) -> list[tuple[str, ...]]:
    ids: list[list[str]] = [[] for _ in range(len(setting.ground))]
    for at, service in sorted(found):
        ids[at].append(setting.columns.services[service].id)
    return [tuple(some) for some in ids]


def _amounts(rule: Rule, rows: Ints, setting: Setting, *, afield: bool) -> Floats:
    services = setting.columns.services
    told = (
        amount_of(services[at], unit=rule.unit, form=rule.form, afield=afield)
        for at in setting.columns.service[rows].tolist()
    )
    return np.array([np.nan if one is None else one for one in told], np.float64)


def _wanted(rule: Rule, rows: Ints, setting: Setting, forms: int) -> Ints:
    bits = setting.columns.forms[rows] & forms
    if rule.form is not None:
        bits = bits & {Form.FIELD: FIELD, Form.AMBULATORY: AMBULATORY}.get(rule.form, RESIDENTIAL)
    some: Ints = rows[bits != 0]
    return some


def _spot_rows(rule: Rule, rows: Ints, setting: Setting) -> Ints:
    """Return the rows given at a place; a service with a known one is not sought elsewhere."""
    columns = setting.columns
    some = _wanted(rule, rows, setting, AMBULATORY | RESIDENTIAL)
    known = ~np.isnan(columns.x[some])
    located = np.isin(columns.service[some], columns.service[some][known])
    return some[known | ~located]


def _field_rows(rule: Rule, rows: Ints, setting: Setting) -> Ints:
    """Return one row of each service that comes."""
    some = _wanted(rule, rows, setting, FIELD)
    _, first = np.unique(setting.columns.service[some], return_index=True)
    return some[first]


def _on_the_spot(rule: Rule, rows: Ints, setting: Setting, detour: float) -> tuple[Ints, Pairs]:
    """Return rows given at a place, and municipalities within reach that may go there."""
    some = _spot_rows(rule, rows, setting)
    known = ~np.isnan(setting.columns.x[some])
    ways = setting.travel.with_detour(detour).within(
        REACH_MINUTES, setting.ground.spots, spots_of(some, setting)
    )
    place, slot = thinkable_places(some[~known], setting)
    lost = np.flatnonzero(~known)[slot]
    pairs = Pairs(
        origin=np.concatenate([ways.origin, place]),
        slot=np.concatenate([ways.destination, lost]),
        weight=np.concatenate([step_weights(ways.minutes), np.ones(len(place))]),
        sure=np.concatenate([np.ones(len(ways.origin), np.bool_), np.zeros(len(place), np.bool_)]),
    )
    return some, _not_barred(pairs, some, setting)


def _not_barred(pairs: Pairs, rows: Ints, setting: Setting) -> Pairs:
    """Leave out municipalities that a service takes nobody from: it names others only."""
    columns = setting.columns
    closed = (columns.covers[rows] == _NO) & (columns.forms[rows] & FIELD == 0)
    slot, place, _ = setting.named.of(rows)
    named = slot * len(setting.ground) + place
    key = pairs.slot * len(setting.ground) + pairs.origin
    stays = ~closed[pairs.slot] | np.isin(key, named)
    return _kept(pairs, stays)


def _kept(pairs: Pairs, stays: Bools) -> Pairs:
    return Pairs(
        origin=pairs.origin[stays],
        slot=pairs.slot[stays],
        weight=pairs.weight[stays],
        sure=pairs.sure[stays],
    )


def _in_the_field(rule: Rule, rows: Ints, setting: Setting) -> tuple[Ints, Pairs]:
    """Return one row of each service that comes, and the municipalities it comes to."""
    columns, size = setting.columns, len(setting.ground)
    some = _field_rows(rule, rows, setting)
    everywhere = np.flatnonzero(
        (columns.covers[some] == _YES)
        | ((columns.remote[some] != 0) & (columns.covers[some] != _NO))
    )
    slot, place, value = setting.named.of(some)
    untold = np.flatnonzero(columns.covers[some] == COVERS.index(Covers.UNKNOWN))
    untold = np.setdiff1d(untold, everywhere)
    thought, of = thinkable_places(some[untold], setting)
    origin = np.concatenate([np.tile(np.arange(size), len(everywhere)), place, thought])
    sure = np.ones(len(origin), np.bool_)
    sure[len(everywhere) * size :] = np.concatenate([value == _YES, np.zeros(len(of), np.bool_)])
    return some, Pairs(
        origin=origin,
        slot=np.concatenate([np.repeat(everywhere, size), slot, untold[of]]),
        weight=np.ones(len(origin)),
        sure=sure,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedCapacity:
    """The results of a capacity rule, and what they were judged from: the norm's own detour."""

    results: list[RuleResult]
    reach: Reachable


def judge_capacity(rule: Rule, setting: Setting, people: Floats) -> JudgedCapacity:
    """Judge every municipality by what a thousand of the people can reach."""
    first, *others = (reachable(rule, setting, people, detour=one) for one in setting.detours)
    low, high = (levelled(values, people, rule, setting) for values in (first.low, first.high))
    status = status_of(rule, low, high)
    flips = [
        status_of(
            rule, *(levelled(values, people, rule, setting) for values in (one.low, one.high))
        )
        for one in others
    ]
    share = np.divide(
        high - low, high, out=np.zeros(len(low)), where=np.isfinite(high) & (high > 0)
    )
    share = np.where(np.isfinite(high), share, 1.0)
    results = [
        RuleResult(
            municipality=place.code,
            rule=rule.code,
            status=STATUSES[int(status[at])],
            threshold=rule.threshold,
            uncertain=bool(flips[0][at] != flips[1][at]),
            value=None if np.isnan(low[at]) else round(float(low[at]), 2),
            population=place.population,
            serving=first.serving[at],
            undecided=int(first.unsure[at]),
            unknown_share=0.0 if status[at] == MET else round(float(share[at]), 3),
            high=round(float(high[at]), 2) if np.isfinite(high[at]) else None,
        )
        for at, place in enumerate(setting.ground.places)
    ]
    return JudgedCapacity(results=results, reach=first)


def levelled(values: Floats, people: Floats, rule: Rule, setting: Setting) -> Floats:
    """Return the values, or the means of ORP or kraje; NaN where the people are not known."""
    if rule.level is Level.MUNICIPALITY:
        return np.where(np.isnan(people), np.nan, values)
    groups = setting.ground.orp if rule.level is Level.ORP else setting.ground.region
    return weighted_means(values, people, groups)[groups]


def status_of(rule: Rule, low: Floats, high: Floats) -> Ints:
    """Return statuses, as positions in STATUSES, of what is reached at least and at most."""
    met = low >= rule.threshold
    partly = low >= (rule.threshold if rule.partial is None else rule.partial)
    maybe = ~(high < (rule.threshold if rule.partial is None else rule.partial))
    return np.select([met, partly, maybe], [MET, PARTIAL, UNKNOWN], GAP)
