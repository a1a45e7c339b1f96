"""The network of a whole country at once: what is present, how near, how much can be reached.

Arrays of municipalities by kinds (types of service, or rules). The measures are those of
``judging`` and ``capacity``. A new or a closed service changes only what it touches, and the matrix
that a change leaves equals the matrix of the changed network to the last bit: every sum is added
up in the order of the slots, whatever order a search gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.spatial import cKDTree

from referral.geo.travel import Bools, Estimate, Floats, Ints, Spots, StraightLine, tree
from referral.matching.columns import Bytes
from referral.network.catchment import STEPS, THOUSAND, Shared, share_out
from referral.network.judging import GAP, MET, PARTIAL, UNKNOWN
from referral.network.norms import Rule
from referral.network.supply import PERHAPS, PROBABLY, SURELY, Supply

_A_LITTLE_MORE_M = 1e-3
"""Metres; a search tree must not decide about the last bit of a distance."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One kind in every municipality; see GapMatrix."""

    coming: Ints
    probable: Ints
    possible: Ints
    nearest_km: Floats
    nearest: Ints
    around: Shared
    named: Shared

    @property
    def reach(self) -> Floats:
        """Return the capacity that a thousand people of each municipality can reach."""
        total: Floats = (self.around.total + self.named.total) * THOUSAND
        return total


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GapMatrix:
    """One column for each kind, each of arrays with a value for every municipality.

    ``coming`` counts the offers that surely come, ``probable`` and ``possible`` those that probably
    and perhaps serve the municipality. ``nearest_km`` is the straight line to the nearest place
    (infinite for none) and ``nearest`` its slot (-1; one of them where several are as near).
    ``reach`` is what a thousand of ``demand`` (kinds by municipalities; 0 where not known) can
    reach of capacities that are surely known: ``around`` of places, by minutes, and ``named`` of
    offers that name whom they serve. float64 throughout.
    """

    places: Spots
    demand: Floats
    supply: Supply
    travel: StraightLine
    towns: cKDTree
    columns: tuple[Column, ...]

    @classmethod
    def of(
        cls, places: Spots, *, demand: Floats, supply: Supply, travel: StraightLine | None = None
    ) -> Self:
        """Work the whole matrix out; ``demand`` is given as municipalities by kinds."""
        people = np.ascontiguousarray(demand.T)
        bare = cls(
            places=places,
            demand=people,
            supply=supply,
            travel=travel or StraightLine(),
            towns=tree(places.x, places.y),
            columns=(),
        )
        order = np.argsort(supply.kind, kind="stable")
        edges = np.searchsorted(supply.kind[order], np.arange(len(people) + 1))
        columns = (
            bare._column(kind, order[edges[kind] : edges[kind + 1]], supply)
            for kind in range(len(people))
        )
        return replace(bare, columns=tuple(columns))

    def with_services(self, more: Supply) -> "GapMatrix":
        """Return the matrix as it were with these offers, too; they get the next slots."""
        supply = self.supply.joined(more)
        columns = list(self.columns)
        for kind in np.unique(more.kind[more.kind >= 0]).tolist():
            added = self._column(kind, len(self.supply) + np.flatnonzero(more.kind == kind), supply)
            columns[kind] = _joined(columns[kind], added)
        return replace(self, supply=supply, columns=tuple(columns))

    def without(self, slots: Ints) -> "GapMatrix":
        """Return the matrix as it were without the offers in these slots, which stay empty."""
        supply = self.supply.without(slots)
        columns = list(self.columns)
        kinds = self.supply.kind[slots]
        for kind in np.unique(kinds[kinds >= 0]).tolist():
            columns[kind] = self._less(columns[kind], kind, slots[kinds == kind], supply)
        return replace(self, supply=supply, columns=tuple(columns))

    def statuses(self, kind: int, rule: Rule, *, detour: float | None = None) -> Bytes:
        """Return how each municipality stands under a rule, as positions in ``STATUSES``.

        The rule must be one that ``covered_by_matrix`` admits, and ``kind`` laid out for it.
        """
        column = self.columns[kind]
        estimate = (
            self.travel.estimate if detour is None else self.travel.with_detour(detour).estimate
        )
        if rule.metric.counts:
            met = column.coming >= rule.threshold
            partly = column.coming >= (rule.partial or np.inf)
        else:
            came = column.coming > 0
            met = came | _near(column.nearest_km, rule.threshold, rule, estimate)
            limit = rule.threshold if rule.partial is None else rule.partial
            partly = _near(column.nearest_km, limit, rule, estimate)
        partly = partly | (column.probable > 0)
        return np.select([met, partly, column.possible > 0], [MET, PARTIAL, UNKNOWN], GAP).astype(
            np.uint8
        )

    def _column(self, kind: int, slots: Ints, supply: Supply) -> Column:
        """Work out what these slots alone mean for all municipalities."""
        size = len(self.places)
        slot, place, how = supply.named(slots)
        counts = [
            np.bincount(place[supply.afield[slot] & (how == each)], minlength=size)
            for each in (SURELY, PROBABLY, PERHAPS)
        ]
        nearest_km, nearest = self._nearest(slots, supply, np.arange(size))
        return Column(
            coming=counts[SURELY],
            probable=counts[PROBABLY],
            possible=counts[PERHAPS],
            nearest_km=nearest_km,
            nearest=nearest,
            around=self._around(kind, slots, supply),
            named=self._named(kind, slot, place, how, supply),
        )

    def _less(self, column: Column, kind: int, slots: Ints, supply: Supply) -> Column:
        """Return a column without these slots of it, which are empty in ``supply`` already."""
        size = len(self.places)
        slot, place, how = supply.named(slots)
        less = [
            np.bincount(place[supply.afield[slot] & (how == each)], minlength=size)
            for each in (SURELY, PROBABLY, PERHAPS)
        ]
        nearest_km, nearest = column.nearest_km, column.nearest
        lost = np.flatnonzero(np.isin(nearest, slots))
        if len(lost):
            left = np.flatnonzero(supply.kind == kind)
            nearest_km, nearest = nearest_km.copy(), nearest.copy()
            nearest_km[lost], nearest[lost] = self._nearest(left, supply, lost)
        return Column(
            coming=column.coming - less[SURELY],
            probable=column.probable - less[PROBABLY],
            possible=column.possible - less[PERHAPS],
            nearest_km=nearest_km,
            nearest=nearest,
            around=column.around.without(slots),
            named=column.named.without(slots),
        )

    def _nearest(self, slots: Ints, supply: Supply, towns: Ints) -> tuple[Floats, Ints]:
        """Return how far the nearest place is from each of these towns, and which it is."""
        points = np.column_stack([self.places.x[towns], self.places.y[towns]])
        nearest_km, nearest = np.full(len(towns), np.inf), np.full(len(towns), -1)
        for some, limit_km in _open_places(slots, supply):
            _, which = tree(supply.x[some], supply.y[some]).query(
                points,
                distance_upper_bound=limit_km * 1000.0 + _A_LITTLE_MORE_M,
            )
            found = np.flatnonzero(which < len(some))
            there = some[which[found]]
            km = self._way_km(towns[found], there, supply)
            nearer = (km <= limit_km) & (km < nearest_km[found])
            nearest_km[found[nearer]], nearest[found[nearer]] = km[nearer], there[nearer]
        closed = slots[supply.closed[slots] & _standing(slots, supply)]
        if len(closed):
            slot, place, _ = supply.named(closed)
            at = np.full(len(self.places), -1)
            at[towns] = np.arange(len(towns))
            slot, place = slot[at[place] >= 0], place[at[place] >= 0]
            km = self._way_km(place, slot, supply)
            # The farthest first, so that the nearest is written last.
            order = np.argsort(-km, kind="stable")
            order = order[(km <= supply.within_km[slot])[order]]
            for one in order[km[order] < nearest_km[at[place[order]]]].tolist():
                nearest_km[at[place[one]]], nearest[at[place[one]]] = km[one], slot[one]
        return nearest_km, nearest

    def _around(self, kind: int, slots: Ints, supply: Supply) -> Shared:
        """Share out the capacities of places that anybody within the last step may go to."""
        known = slots[_standing(slots, supply) & ~supply.closed[slots]]
        known = known[~np.isnan(supply.amount[known])]
        limits = self._steps_km()
        if not len(known) or limits[-1] < 0:
            return self._shared(kind, *_NO_PAIRS, supply)
        found = self.towns.sparse_distance_matrix(
            tree(supply.x[known], supply.y[known]),
            limits[-1] * 1000.0 + _A_LITTLE_MORE_M,
            output_type="ndarray",
        )
        order = np.argsort(found["j"] * len(self.places) + found["i"])
        origin, slot = found["i"][order], known[found["j"][order]]
        km = self._way_km(origin, slot, supply)
        return self._shared(kind, origin, slot, _weights(km, limits), supply)

    def _named(self, kind: int, slot: Ints, place: Ints, how: Bytes, supply: Supply) -> Shared:
        """Share out the capacities of those that come, and of those closed to all but some."""
        keep = (supply.afield | supply.closed)[slot] & (how == SURELY)
        keep &= ~np.isnan(supply.amount[slot])
        slot, place = slot[keep], place[keep]
        weight = np.ones(len(slot))
        gone_to = np.flatnonzero(~supply.afield[slot])
        if len(gone_to):
            km = self._way_km(place[gone_to], slot[gone_to], supply)
            weight[gone_to] = _weights(km, self._steps_km())
        return self._shared(kind, place, slot, weight, supply)

    def _shared(
        self, kind: int, origin: Ints, slot: Ints, weight: Floats, supply: Supply
    ) -> Shared:
        return share_out(supply.amount, self.demand[kind], origin=origin, slot=slot, weight=weight)

    def _way_km(self, town: Ints, slot: Ints, supply: Supply) -> Floats:
        """Return straight lines in km, to the last bit as ``straight_km`` gives them."""
        east = self.places.x[town] - supply.x[slot]
        north = self.places.y[town] - supply.y[slot]
        km: Floats = np.sqrt(east * east + north * north) / 1000.0
        return km

    def _steps_km(self) -> Floats:
        """Return the steps as straight km: of the last float within each, so nothing is rounded."""
        estimate = self.travel.estimate
        return np.array([estimate.straight_within(minutes) for minutes, _ in STEPS])


_NO_PAIRS = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


def _joined(one: Column, more: Column) -> Column:
    """Return a column with what later slots add to it."""
    nearer = more.nearest_km < one.nearest_km
    return Column(
        coming=one.coming + more.coming,
        probable=one.probable + more.probable,
        possible=one.possible + more.possible,
        nearest_km=np.where(nearer, more.nearest_km, one.nearest_km),
        nearest=np.where(nearer, more.nearest, one.nearest),
        around=one.around.joined(more.around),
        named=one.named.joined(more.named),
    )


def _standing(slots: Ints, supply: Supply) -> Bools:
    known: Bools = ~supply.afield[slots] & ~np.isnan(supply.x[slots])
    return known


def _open_places(slots: Ints, supply: Supply) -> Iterator[tuple[Ints, float]]:
    """Yield the places that anybody may go to, by how far people go."""
    some = slots[_standing(slots, supply) & ~supply.closed[slots]]
    for limit_km in np.unique(supply.within_km[some]).tolist():
        yield some[supply.within_km[some] == limit_km], limit_km


def _weights(km: Floats, limits: Floats) -> Floats:
    weights = np.array([*(weight for _, weight in STEPS), 0.0])
    stepped: Floats = weights[np.searchsorted(limits, km)]
    return stepped


def _near(km: Floats, limit: float, rule: Rule, estimate: Estimate) -> Bools:
    if rule.metric.by_minutes:
        return km <= estimate.straight_within(limit)
    return km * estimate.detour <= limit
