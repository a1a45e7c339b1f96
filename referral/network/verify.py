"""Which unknowns to ask about first: those whose answer would change most people's status."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import numpy as np

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Service
from referral.catalog.vocabulary import Form
from referral.geo.travel import Bools, Floats, Ints
from referral.matching.columns import Bytes
from referral.network.capacity import levelled, parts_of, status_of
from referral.network.gaps import ToVerify, Unknown
from referral.network.judging import MET, PARTIAL, UNKNOWN, judge_all
from referral.network.norms import Metric, Rule
from referral.network.offered import offered, open_rows
from referral.network.opening import weekly_hours
from referral.network.setting import Setting

PeopleOf: TypeAlias = Callable[[Rule, Setting], Floats]
"""Those of whom a thousand share a capacity, for each municipality of a ground."""


class _Touched:
    """What the answer of one service may change; ``counts`` are rules by municipality."""

    def __init__(self, municipalities: int) -> None:
        self.counts: Ints = np.zeros(municipalities, np.int64)
        self.rules: dict[str, None] = {}
        self.units: dict[str, None] = {}
        self.unknown: set[Unknown] = set()


def verify_first(
    setting: Setting,
    *,
    count: int = 10,
    wide: Setting | None = None,
    people_of: PeopleOf = lambda _, setting: setting.ground.people,
) -> tuple[ToVerify, ...]:
    """Return the services whose answer would change most people's status, most people first.

    A service would change a status when the rule is not met and this service alone, if it turned
    out to serve, would lift it: to be open as long as the rule asks where nobody says, to have the
    median capacity of its type. Only people of the setting's ground count; ``wide`` is the setting
    of everything that is loaded, for rules that reach over the border.
    """
    ground = setting.ground
    people = np.nan_to_num(ground.people)
    touched: defaultdict[int, _Touched] = defaultdict(lambda: _Touched(len(people)))
    over = setting if wide is None else wide
    here = np.array([ground.position.get(one.code, -1) for one in over.ground.places], np.int64)
    for rule in setting.norm.rules:
        found = (
            _lifts_by_capacity(rule, over, people_of(rule, over))
            if rule.metric is Metric.CAPACITY
            else _lifts(rule, over if rule.reaches_over else setting)
        )
        for service, places, unknown in found:
            at = here[places] if rule.reaches_over else places
            at = at[at >= 0]
            if not len(at):
                continue
            one = touched[service]
            one.counts[at] += 1
            one.rules[rule.code] = None
            one.unknown |= unknown
            if rule.metric is Metric.CAPACITY:
                one.units[rule.unit] = None
    services = setting.columns.services
    asked = [
        ToVerify(
            service=services[service].id,
            unknown=_in_order(one.unknown | set(unknowns_of(services[service]))),
            people=int(people[one.counts > 0].sum()),
            municipalities=tuple(
                ground.places[at].code for at in np.flatnonzero(one.counts).tolist()
            ),
            rules=tuple(one.rules),
            statuses=int(one.counts.sum()),
            units=tuple(one.units),
        )
        for service, one in touched.items()
    ]
    return tuple(sorted(asked, key=lambda one: (-one.people, -one.statuses, one.service))[:count])


def unknowns_of(service: Service) -> tuple[Unknown, ...]:
    """Return what a call should ask a service for, whatever the rules."""
    told: Mapping[Unknown, bool] = {
        Unknown.COVERAGE: service.coverage.status
        in {CoverageStatus.DECLARED, CoverageStatus.PARSED},
        Unknown.PLACE: any(one.service_point is not None for one in service.locations)
        or service.forms == frozenset({Form.FIELD}),
        Unknown.CAPACITY: any(
            one.registered is not None and not one.doubt for one in service.capacities
        ),
    }
    return tuple(unknown for unknown, known in told.items() if not known)


def _in_order(unknown: set[Unknown]) -> tuple[Unknown, ...]:
    return tuple(one for one in Unknown if one in unknown)


_Lift: TypeAlias = tuple[int, Ints, set[Unknown]]
"""A service, the municipalities whose status it would lift, what of it the rule misses."""


def _lifts(rule: Rule, setting: Setting) -> Iterator[_Lift]:
    """Yield services with the municipalities whose status each would lift by itself."""
    all_of_them = offered(rule, open_rows(rule, setting), setting)
    judged = judge_all(rule, all_of_them, setting)
    hours = np.array(
        [_hours(rule, setting.columns.services[at]) for at in all_of_them.services.tolist()]
    )
    if rule.metric is Metric.HOURS:
        partial = rule.threshold if rule.partial is None else rule.partial
        would: Bools = (hours >= rule.threshold) & (judged.status < MET)[:, None]
        would |= (hours >= partial) & (judged.status <= UNKNOWN)[:, None]
    else:
        would = _enough_with_one(rule, judged.serving.sum(axis=1), judged.status)[:, None]
    lifted = judged.unknown & would
    for slot in np.flatnonzero(lifted.any(axis=0)).tolist():
        untold = {Unknown.HOURS} if np.isinf(hours[slot]) else set()
        yield int(all_of_them.services[slot]), np.flatnonzero(lifted[:, slot]), untold


def _hours(rule: Rule, service: Service) -> float:
    """Return how long a service is open a week, without an end where nobody says."""
    if rule.metric is not Metric.HOURS:
        return 0.0
    told = weekly_hours(service, rule.form)
    return np.inf if told is None else told


def _enough_with_one(rule: Rule, sure: Ints, status: Bytes) -> Bools:
    asked = rule.threshold if rule.metric.counts else rule.count
    partly = rule.partial if rule.metric.counts and rule.partial is not None else asked
    enough: Bools = np.where(
        status >= PARTIAL,
        (status < MET) & (sure + 1 >= asked),
        (status <= UNKNOWN) & (sure + 1 >= min(asked, partly)),
    )
    return enough


def _lifts_by_capacity(rule: Rule, setting: Setting, people: Floats) -> Iterator[_Lift]:
    """Yield the same for a capacity rule: the answer is what is reached at most thanks to it."""
    demand = np.nan_to_num(people)
    parts = parts_of(rule, setting, detour=setting.detours[0])
    low: Floats = np.sum([np.zeros(len(demand)), *(part.least(demand) for part in parts)], axis=0)
    now = _surely(rule, low, people, setting)
    doubted = {of for part in parts for of in part.of[part.pairs.slot[~part.keep]].tolist()}
    for service in sorted(doubted):
        told, unknown = low.copy(), set()
        for part in parts:
            among = part.of[part.pairs.slot] == service
            if not among.any():
                continue
            told += part.most(demand, among) - part.least(demand, among)
            if np.isnan(part.amount[part.of == service]).any():
                unknown.add(Unknown.CAPACITY)
            if not part.pairs.sure[among].all():
                unknown.add(Unknown.COVERAGE if part.afield else Unknown.PLACE)
        then = _surely(rule, told, people, setting)
        lifted = np.flatnonzero((then > now) & (then >= PARTIAL))
        if len(lifted):
            yield service, lifted, unknown


def _surely(rule: Rule, values: Floats, people: Floats, setting: Setting) -> Ints:
    shared = levelled(values, people, rule, setting)
    return status_of(rule, shared, shared)
