"""Every municipality judged under a rule at once, from what the services mean for it."""

from dataclasses import dataclass

import numpy as np

from referral.geo.travel import Bools, Floats, Ints
from referral.matching.columns import Bytes
from referral.network.gaps import GapStatus, RuleResult
from referral.network.norms import Level, Metric, Rule
from referral.network.offered import Offered
from referral.network.opening import weekly_hours
from referral.network.setting import Setting

STATUSES = (GapStatus.GAP, GapStatus.UNKNOWN, GapStatus.PARTIAL, GapStatus.MET)
"""Statuses from the worst to the best; arrays hold positions here."""
GAP, UNKNOWN, PARTIAL, MET = range(4)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judged:
    """One rule in every municipality: arrays of municipalities, or of those by services.

    ``status`` are positions in STATUSES, ``value`` is in the rule's unit and ``nearest_km`` in road
    km (NaN where nothing can be measured), ``serving`` satisfy the rule, ``weighed`` are those that
    bear on it and of which enough is known, ``unknown`` those of which too little is.
    """

    status: Bytes
    uncertain: Bools
    value: Floats
    nearest_km: Floats
    serving: Bools
    weighed: Bools
    unknown: Bools
    undecided: Ints

    @property
    def unknown_share(self) -> Floats:
        """Return how much of each result rests on what is not known; 0 where enough is known."""
        unknown = self.unknown.sum(axis=1)
        known = (self.weighed & ~self.unknown).sum(axis=1)
        share = np.divide(unknown, unknown + known, out=np.zeros(len(known)), where=unknown > 0)
        return np.where(self.status == MET, 0.0, share)


def judge_all(rule: Rule, offered: Offered, setting: Setting) -> Judged:
    """Judge every municipality under a rule; thresholds include their own value."""
    level = (
        np.arange(len(setting.ground)) if rule.level is Level.MUNICIPALITY else setting.ground.orp
    )
    hours = _hours(rule, offered, setting)
    bearing = [_bearing(rule, offered, setting, at, level) for at in range(len(setting.detours))]
    statuses = [_status(rule, one, hours) for one in bearing]
    main = bearing[0]
    untold = np.isnan(hours) & main.sure if rule.metric is Metric.HOURS else False
    return Judged(
        status=statuses[0],
        uncertain=statuses[1] != statuses[2],
        value=_value(rule, main, offered, setting, hours),
        nearest_km=_nth_way(1, offered, setting, minutes=False),
        serving=main.sure & (hours >= rule.threshold) if rule.metric is Metric.HOURS else main.sure,
        weighed=offered.covering | offered.near,
        unknown=main.assumed | main.undecided | untold,
        undecided=offered.undecided.sum(axis=1),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Bearing:
    """What services count for at one detour: surely, nearly (by the looser limit), perhaps."""

    sure: Bools
    nearly: Bools
    assumed: Bools
    undecided: Bools


def _bearing(rule: Rule, offered: Offered, setting: Setting, at: int, level: Ints) -> _Bearing:
    if rule.metric.by_way:
        sure = offered.covering | _within(rule.threshold, rule, offered, setting, at)
        limit = rule.threshold if rule.partial is None else rule.partial
        nearly = sure | _within(limit, rule, offered, setting, at)
    elif rule.metric is Metric.HOURS:
        sure = offered.covering | _within(rule.within_km or np.inf, rule, offered, setting, at)
        nearly = sure
    else:
        sure = nearly = _together(offered.covering | offered.placed, rule, level)
    return _Bearing(
        sure=sure,
        nearly=nearly,
        assumed=_together(offered.assumed, rule, level) & ~sure,
        undecided=_together(offered.undecided, rule, level) & ~sure,
    )


def _together(each: Bools, rule: Rule, level: Ints) -> Bools:
    """Give every municipality what any of its ORP has, where the rule judges these."""
    if rule.level is Level.MUNICIPALITY or not len(level):
        return each
    shared = np.zeros((int(level.max()) + 1, each.shape[1]), np.bool_)
    np.logical_or.at(shared, level, each)
    return shared[level]


def _status(rule: Rule, one: _Bearing, hours: Floats) -> Bytes:
    if rule.metric is Metric.HOURS:
        met = (one.sure & (hours >= rule.threshold)).any(axis=1)
        partly = (one.sure & (hours >= (rule.partial or np.inf))).any(axis=1)
        partly |= (one.assumed & (hours >= rule.threshold)).any(axis=1)
        perhaps = one.undecided & ~(hours < rule.threshold)
        perhaps |= (one.sure | one.assumed) & np.isnan(hours)
        maybe = perhaps.any(axis=1)
    elif rule.metric.counts:
        sure = one.sure.sum(axis=1)
        met = sure >= rule.threshold
        partly = one.assumed.any(axis=1) | (sure >= (rule.partial or np.inf))
        maybe = one.undecided.any(axis=1)
    else:
        met = one.sure.sum(axis=1) >= rule.count
        known = one.nearly | one.assumed
        partly = known.sum(axis=1) >= rule.count
        maybe = (known | one.undecided).sum(axis=1) >= rule.count
    return np.select([met, partly, maybe], [MET, PARTIAL, UNKNOWN], GAP).astype(np.uint8)


def _value(rule: Rule, main: _Bearing, offered: Offered, setting: Setting, hours: Floats) -> Floats:
    if rule.metric.counts:
        counts: Floats = main.sure.sum(axis=1).astype(np.float64)
        return counts
    if rule.metric is Metric.HOURS:
        open_hours = np.where(main.sure & ~np.isnan(hours), hours, -1.0).max(axis=1, initial=-1.0)
        return np.where(open_hours < 0, np.nan, open_hours)
    return _nth_way(rule.count, offered, setting, minutes=rule.metric.by_minutes)


def _hours(rule: Rule, offered: Offered, setting: Setting) -> Floats:
    if rule.metric is not Metric.HOURS:
        return np.empty(0)
    services = setting.columns.services
    told = (weekly_hours(services[at], rule.form) for at in offered.services.tolist())
    return np.array([np.nan if one is None else one for one in told], np.float64)


def _within(limit: float, rule: Rule, offered: Offered, setting: Setting, at: int) -> Bools:
    """Tell whose place of service is at most so far by road, at one of the detours."""
    if offered.ways:
        km, minutes = offered.ways[at]
        return (minutes if rule.metric.by_minutes else km) <= limit
    detour = setting.detours[at]
    if rule.metric.by_minutes:
        estimate = setting.travel.estimate.with_detour(detour)
        return offered.straight <= estimate.straight_within(limit)
    return offered.near & (offered.straight * detour <= limit)


def _nth_way(count: int, offered: Offered, setting: Setting, *, minutes: bool) -> Floats:
    """Return the way to the nearest service, or to a farther one by its order; NaN for none."""
    if offered.straight.shape[1] < count:
        return np.full(len(setting.ground), np.nan)
    length = offered.ways[0][1 if minutes else 0] if offered.ways else offered.straight
    nth = (
        length.min(axis=1) if count == 1 else np.partition(length, count - 1, axis=1)[:, count - 1]
    )
    if not offered.ways:
        nth = nth * setting.norm.detour
        if minutes:
            nth = setting.travel.estimate.minutes(nth)
    return np.where(np.isinf(nth), np.nan, nth)


def results_of(rule: Rule, judged: Judged, offered: Offered, setting: Setting) -> list[RuleResult]:
    """Return the results one by one, in the order of the municipalities."""
    statuses = [STATUSES[at] for at in judged.status.tolist()]
    serving = _serving(judged.serving, offered, setting)
    return [
        RuleResult(
            municipality=place.code,
            rule=rule.code,
            status=status,
            threshold=rule.threshold,
            uncertain=uncertain,
            value=_rounded(value),
            nearest_km=_rounded(nearest),
            population=place.population,
            serving=ids,
            undecided=undecided,
            unknown_share=round(share, 3),
        )
        for place, status, uncertain, value, nearest, ids, undecided, share in zip(
            setting.ground.places,
            statuses,
            judged.uncertain.tolist(),
            judged.value.tolist(),
            judged.nearest_km.tolist(),
            serving,
            judged.undecided.tolist(),
            judged.unknown_share.tolist(),
            strict=True,
        )
    ]


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 1)


def _serving(serving: Bools, offered: Offered, setting: Setting) -> list[tuple[str, ...]]:
    """Return the ids of those that serve: who comes by id, then places from the nearest."""
    ids = [setting.columns.services[at].id for at in offered.services.tolist()]
    place, slot = np.nonzero(serving)
    length = offered.ways[0][0] if offered.ways else offered.straight
    km = np.where(offered.covering[place, slot], -1.0, length[place, slot])
    found: list[list[str]] = [[] for _ in range(len(setting.ground))]
    order = np.lexsort((slot, km, place))
    for at, of in zip(place[order].tolist(), slot[order].tolist(), strict=True):
        found[at].append(ids[of])
    return [tuple(some) for some in found]
