"""The points of all admitted offers at once, and what follows from their order alone."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from referral.matching.columns import COVERS, Bools, Bytes, Floats, Ints
from referral.matching.criteria import (
    Case,
    judge_past_refusal,
)
from referral.matching.outcome import points_of
from referral.matching.ranking import Counts
from referral.matching.screening import Screened, touching
from referral.matching.sensitivity import SWING, Wobble
from referral.matching.standing import (
    AMBULATORY,
    COMING_STATES,
    RESIDENTIAL,
    WAY_KINDS,
)

_UNSURE = 0.499_999
_LAST = np.iinfo(np.int64).max


def rounded(*parts: Floats) -> Floats:
    """Return the sums of columns in whole hundredths, as ``round`` of ``math.fsum`` has them.

    Python itself rounds what lies next to the middle of two hundredths; below a million nothing
    else can fall on the wrong side.
    """
    exact = sum(parts[1:], start=parts[0]) * 100.0
    whole = np.rint(exact)
    exact -= whole
    unsure = np.abs(exact, out=exact) > _UNSURE
    if unsure.any():
        for at in zip(*unsure.nonzero(), strict=True):
            whole[at] = round(round(math.fsum(part[at] for part in parts), 2) * 100)
    return whole


def _points(shares: Floats, at_most: float) -> Floats:
    """Return the points for shares of at least 0, as ``points_of`` gives them."""
    points = rounded(shares * at_most)
    points /= 100.0
    return np.minimum(points, at_most, out=points)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scored:
    """The admitted offers, by their ``rows``, with their bars, and the best offer of each service.

    ``at`` are their positions in the screened rows, ``coming`` those among the shares of ways on
    which the client goes nowhere. ``bars`` are the points by criterion in the order of an
    explanation; ``sure`` tells whether anything is known of the best way, ``comes`` whether help
    may come to the client. ``keys`` order the services, the best one lowest: minus the score times
    the number of all offers, plus the row. ``kept`` are the positions that the keys stand for.
    """

    screened: Screened
    at: Ints
    rows: Ints
    coming: Bytes
    bars: Mapping[str, Floats]
    sure: Bools
    comes: Bools
    keys: Ints
    kept: Ints

    def best(self, count: int) -> list[int]:
        """Return the keys of so many services, the best first."""
        keys = self.keys
        if count < len(keys):
            keys = np.partition(keys, count - 1)[:count]
        return sorted(keys.tolist())

    def best_by_needs(self) -> list[int]:
        """Return the key of the best service for every set of needs that any answers."""
        sets = {needs: place for place, needs in enumerate(set(self.screened.needs.values()))}
        if len(sets) < 2:  # noqa: PLR2004 - nothing to tell apart
            return [int(self.keys.min())] if len(self.keys) else []
        columns = self.screened.standing.columns
        of_trait = np.zeros(len(columns.traits), np.int64)
        for trait, needs in self.screened.needs.items():
            of_trait[trait] = sets[needs]
        answered = of_trait.take(columns.trait.take(self.rows.take(self.kept)))
        best = np.full(len(sets), _LAST)
        np.minimum.at(best, answered, self.keys)
        return [key for key in best.tolist() if key < _LAST]

    def answered(self) -> set[str]:
        """Return the needs that any admitted offer answers."""
        columns = self.screened.standing.columns
        found = np.zeros(len(columns.traits), np.bool_)
        found[columns.trait.take(self.rows)] = True
        return {
            need for trait in found.nonzero()[0].tolist() for need in self.screened.needs[trait]
        }

    def first_sure(self) -> int | None:
        """Return the key of the best service of whose way anything is known."""
        sure = self.keys[self.sure.take(self.kept)]
        return int(sure.min()) if len(sure) else None

    def counts(self, *, excluded: int) -> Counts:
        """Return how much of the answer rests on knowledge."""
        vague = ~self.sure.take(self.kept)
        comes = self.comes.take(self.kept)
        return Counts(
            found=len(self.keys),
            excluded=excluded,
            coverage_unknown=int(np.count_nonzero(vague & comes)),
            place_unknown=int(np.count_nonzero(vague & ~comes)),
        )


def score(screened: Screened) -> Scored:
    """Give all offers without a reason against them the points that ``explain`` would give."""
    columns = screened.standing.columns
    at = np.flatnonzero(screened.against == 0)
    rows = screened.rows.take(at)
    open_ways = screened.open.take(at)
    coming = _coming(screened, at, rows, open_ways)
    shares = _way_shares(screened, at, open_ways, coming)
    bars = dict(_bars(screened, at, rows, shares))
    keys = rows - rounded(*bars.values()).astype(np.int64) * len(columns.offers)
    kept = np.arange(len(rows))
    if columns.several and len(rows):
        service = columns.service.take(rows)
        other = service[1:] != service[:-1]
        if not other.all():
            first = np.concatenate(([0], other.nonzero()[0] + 1))
            keys = np.minimum.reduceat(keys, first)
            kept = rows.searchsorted(keys % len(columns.offers))
    return Scored(
        screened=screened,
        at=at,
        rows=rows,
        coming=coming,
        bars=bars,
        sure=shares >= 0,
        comes=open_ways >= WAY_KINDS,
        keys=keys,
        kept=kept,
    )


def _coming(screened: Screened, at: Ints, rows: Ints, open_ways: Bytes) -> Bytes:
    """Return the positions among the coming shares, in their order."""
    columns = screened.standing.columns
    state = (open_ways // np.uint8(WAY_KINDS)) * np.uint8(len(COVERS) * COMING_STATES)
    state += screened.covers.take(at) * np.uint8(COMING_STATES)
    state += screened.standing.comers.take(rows)
    here = columns.home.take(rows) == columns.grounds.codes.get(screened.request.place.code, -2)
    # Remote help and help that is at home in the place are alike: the last bit stands for either.
    state |= here
    return state


def _way_shares(screened: Screened, at: Ints, open_ways: Bytes, coming: Bytes) -> Floats:
    """Return what the best way to each offer is worth, -1 where nothing is known of any."""
    standing = screened.standing
    limits = standing.policy.limits
    best = standing.come.take(coming)
    km = screened.km.take(at)
    for way, full, zero, most in (
        (AMBULATORY, limits.ambulatory_full_km, limits.ambulatory_km, 1.0),
        (
            RESIDENTIAL,
            limits.residential_full_km,
            limits.residential_zero_km,
            limits.residential_best_share,
        ),
    ):
        share = zero - km
        share /= zero - full
        np.maximum(share, 0.0, out=share)
        np.minimum(share, 1.0, out=share)
        share *= most
        share[(open_ways & np.uint8(way)) == 0] = -1.0
        np.fmax(best, share, out=best)
    return best


def _bars(screened: Screened, at: Ints, rows: Ints, shares: Floats) -> Iterator[tuple[str, Floats]]:
    standing, request = screened.standing, screened.request
    weights = standing.policy.weights
    yield "need", _need_points(screened).take(standing.columns.trait.take(rows))
    yield "reach", _points(np.maximum(shares, 0.0), weights["reach"])
    yield "group", _group_points(screened, rows)
    if request.age is None:
        yield "age", np.zeros(len(rows))
    else:
        yield "age", standing.worth["age"].take(standing.columns.aged.take(rows))
    if request.barriers:
        yield "barriers", _points(_barrier_shares(screened, rows), weights["barriers"])
    if request.refusals:
        yield "refusal", _refusal_points(screened, rows)
    yield "vacancy", standing.vacancy.take(rows)
    yield "vicinity", standing.worth["vicinity"].take(screened.near.take(at))
    yield "freshness", standing.freshness.take(rows)


def _need_points(screened: Screened) -> Floats:
    """Return the points by trait, in the order of ``need_share``."""
    standing, needs = screened.standing, screened.request.needs
    got = np.zeros(len(standing.columns.traits))
    for need in needs:
        got += need.confidence * standing.answering_share(need.code)
    got /= sum(need.confidence for need in needs) or 1.0
    return _points(got, standing.policy.weights["need"])


def _group_points(screened: Screened, rows: Ints) -> Floats:
    columns, client = screened.standing.columns, screened.asking.client
    state = columns.circles.take(rows)
    state += touching(client.touched_by_sure | client.touched_by_usual, rows, columns)
    told = touching(client.touched_by_told, rows, columns).view(np.uint8)
    told *= np.uint8(2)
    state += told
    return screened.standing.worth["group"].take(state)


def _barrier_shares(screened: Screened, rows: Ints) -> Floats:
    standing = screened.standing
    told = standing.worth["barriers"]
    got = np.zeros(len(rows))
    for barrier in sorted(screened.request.barriers):
        ways = standing.taking(barrier).take(rows)
        got += told.take(ways)
        likely = standing.likely_share(barrier)
        if likely is not None:
            got += np.where(ways == 0, np.nan_to_num(likely.take(rows)), 0.0)
    got /= len(screened.request.barriers)
    return got


def _refusal_points(screened: Screened, rows: Ints) -> Floats:
    standing, columns = screened.standing, screened.standing.columns
    weight = standing.policy.weights["refusal"]
    points = np.full(len(rows), points_of(1.0, weight))
    asked = {one.service_id for one in screened.request.refusals} & columns.positions.keys()
    for row in (row for one in asked for row in columns.rows_of(columns.positions[one])):
        case = Case(offer=columns.offers[row], asking=screened.asking)
        points[rows == row] = judge_past_refusal(case, weight).points
    return points


def moved_first(scored: Scored, *, swing: float = SWING) -> tuple[Wobble, ...]:
    """Return what ``wobbles`` returns for all matches."""
    if not len(scored.keys):
        return ()
    columns = scored.screened.standing.columns
    weights = scored.screened.standing.policy.weights
    total = len(columns.offers)
    first = int(scored.keys.min())
    leader = int(scored.rows.searchsorted(first % total))
    held = {name: float(points[leader]) for name, points in scored.bars.items()}
    # Whoever stands farther behind than one weight can move the two of them comes first by none.
    reach = max(swing * max(weights[name] - got, got) for name, got in held.items())
    behind = -(first // total) - math.ceil(reach * 100) - 2
    close = np.sort(scored.keys[scored.keys < -(behind - 1) * total])
    if len(close) == 1:
        return ()
    at = scored.rows.searchsorted(close % total)
    swings = np.array([swing, -swing])
    moving = np.array([points.take(at) for points in scored.bars.values()])
    moved = rounded(close // total / -100.0 + swings[:, None] * moving[:, None, :])
    winners = moved.argmax(axis=2)
    names = list(scored.bars)
    return tuple(
        Wobble(
            criterion=names[name],
            swing=float(swings[by]),
            first=columns.offers[int(close[winners[name, by]]) % total].id,
        )
        for name, by in np.argwhere(moved.max(axis=2) > moved[:, :, 0]).tolist()
    )
