"""Ways over a network of roads: the quickest in minutes and the shortest in kilometres.

Routing is Dijkstra's algorithm as scipy has it, from every destination backwards, so that one way
streets count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from referral.geo.point import Point, planes_m
from referral.geo.travel import (
    Bools,
    Estimate,
    Floats,
    Ints,
    Spots,
    StraightLine,
    TravelTable,
    WaysWithin,
    tree,
)
from referral.geo.travel_given import within_by_table

_AT_ONCE = 16
"""Destinations routed together: each needs a number for every node of the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A stretch of road between two nodes (positions), driven one way at ``kmh``."""

    start: int
    end: int
    kmh: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadNetwork:
    """Roads over an estimate.

    A place is joined to the nearest node by an estimated way, unless that is farther than
    ``reach_km`` in a straight line: there, and where no road leads, the whole way is estimated.
    """

    x: Floats
    y: Floats
    back_km: csr_array
    back_minutes: csr_array
    reach_km: float
    otherwise: StraightLine

    @classmethod
    def of(
        cls,
        nodes: Sequence[Point],
        roads: Sequence[Road],
        *,
        reach_km: float,
        otherwise: StraightLine,
    ) -> Self:
        """Build the network; a stretch is as long as the straight line between its nodes."""
        x, y = planes_m(nodes)
        start = np.array([road.start for road in roads], np.int64)
        end = np.array([road.end for road in roads], np.int64)
        km = np.hypot(x[start] - x[end], y[start] - y[end]) / 1000.0
        minutes = km * 60.0 / np.array([road.kmh for road in roads], np.float64)
        return cls(
            x=x,
            y=y,
            back_km=_backwards(start, end, km, nodes=len(x)),
            back_minutes=_backwards(start, end, minutes, nodes=len(x)),
            reach_km=reach_km,
            otherwise=otherwise,
        )

    @property
    def is_estimate(self) -> bool:
        """Return whether there is no road at all."""
        return not self.back_km.nnz

    @property
    def estimate(self) -> Estimate:
        """The numbers by which it estimates where nothing is measured."""
        return self.otherwise.estimate

    def with_detour(self, detour: float) -> "RoadNetwork":
        """Return the network over an estimate with another detour factor."""
        return RoadNetwork(
            x=self.x,
            y=self.y,
            back_km=self.back_km,
            back_minutes=self.back_minutes,
            reach_km=self.reach_km,
            otherwise=self.otherwise.with_detour(detour),
        )

    def table(self, origins: Spots, destinations: Spots) -> TravelTable:
        """Return the ways between all of them, routed where the roads join them."""
        known = self.otherwise.table(origins, destinations)
        if self.is_estimate:
            return known
        start, to_road, near_start = self._joined(origins)
        end, from_road, near_end = self._joined(destinations)
        estimate = self.otherwise.estimate
        km, minutes = known.km.copy(), known.minutes.copy()
        measured = np.zeros(km.shape, np.bool_)
        for first in range(0, len(destinations), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            by_road = dijkstra(self.back_km, indices=end[some])[:, start].T
            aside = (to_road[:, None] + from_road[None, some]) * estimate.detour
            quickest = dijkstra(self.back_minutes, indices=end[some])[:, start].T
            routed = np.isfinite(by_road) & near_start[:, None] & near_end[None, some]
            km[:, some] = np.where(routed, by_road + aside, km[:, some])
            minutes[:, some] = np.where(
                routed, quickest + estimate.minutes(aside), minutes[:, some]
            )
            measured[:, some] = routed
        return TravelTable(km=km, minutes=minutes, measured=measured)

    def within(self, minutes: float, origins: Spots, destinations: Spots) -> WaysWithin:
        """Return the ways that take at most so many minutes."""
        return within_by_table(self, minutes, origins, destinations)

    def _joined(self, spots: Spots) -> tuple[Ints, Floats, Bools]:
        """Return the nearest node of each place, how far it is (km), and whether it is near."""
        km, node = tree(self.x, self.y).query(
            np.nan_to_num(np.column_stack([spots.x, spots.y])), k=1
        )
        km = km / 1000.0
        near = (km <= self.reach_km) & ~np.isnan(spots.x)
        return node.astype(np.int64), np.where(near, km, 0.0), near


def _backwards(start: Ints, end: Ints, length: Floats, *, nodes: int) -> csr_array:
    """Return the graph with every way turned round; of two between the same nodes the shorter."""
    order = np.lexsort((length, start, end))
    start, end, length = start[order], end[order], length[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    # A graph holds no zero: a stretch between two nodes at one point is driven in no time at all.
    length = np.maximum(length[first], np.finfo(np.float64).tiny)
    return csr_array((length, (end[first], start[first])), shape=(nodes, nodes))
