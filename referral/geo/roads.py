"""Ways over a network of roads, and the estimate where no road joins two places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np

from referral.geo.point import Point, planes_m
from referral.geo.road_graph import RoadGraph, whole
from referral.geo.road_routes import Routes
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

_AT_ONCE: Final = 16
"""Destinations looked at together where only near ones are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A stretch of road between two nodes (positions), driven one way at ``kmh``.

    It is ``km`` long; None: as long as the straight line between its nodes.
    """

    start: int
    end: int
    kmh: float
    km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadNetwork:
    """Roads over an estimate.

    A place is joined to the nearest node where one may stop by an estimated way, unless that is
    farther than ``reach_km`` in a straight line: there, and where no road leads, the whole way is
    estimated.
    """

    graph: RoadGraph
    routes: Routes
    doors: Any
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
        """Build the network of single roads; a place may be joined to every node of theirs."""
        x, y = planes_m(nodes)
        start = np.array([road.start for road in roads], np.int64)
        end = np.array([road.end for road in roads], np.int64)
        straight = np.hypot(x[start] - x[end], y[start] - y[end]) / 1000.0
        given = np.array([np.nan if road.km is None else road.km for road in roads], np.float64)
        km = np.where(np.isnan(given), straight, given)
        graph = RoadGraph(
            x=x,
            y=y,
            start=start,
            end=end,
            km=whole(km),
            minutes=whole(km * 60.0 / np.array([road.kmh for road in roads], np.float64)),
            doors=np.arange(len(x)),
        )
        return cls.over(graph, reach_km=reach_km, otherwise=otherwise)

    @classmethod
    def over(cls, graph: RoadGraph, *, reach_km: float, otherwise: StraightLine) -> Self:
        """Build the network over a graph."""
        return cls(
            graph=graph,
            routes=Routes(graph),
            doors=tree(graph.x[graph.doors], graph.y[graph.doors]),
            reach_km=reach_km,
            otherwise=otherwise,
        )

    @property
    def is_estimate(self) -> bool:
        """Return whether there is no road at all that a place could be joined to."""
        return not len(self.graph.km) or not len(self.graph.doors)

    @property
    def estimate(self) -> Estimate:
        """The numbers by which it estimates where nothing is measured."""
        return self.otherwise.estimate

    def with_detour(self, detour: float) -> "RoadNetwork":
        """Return the network over an estimate with another detour factor; it shares the routes."""
        return replace(self, otherwise=self.otherwise.with_detour(detour))

    def joined(self, spots: Spots) -> Bools:
        """Tell which places are near enough to a road."""
        near = np.zeros(len(spots), np.bool_)
        near[self._joined(spots).rows] = True
        return near

    def table(self, origins: Spots, destinations: Spots) -> TravelTable:
        """Return the ways between all of them, routed where the roads join them."""
        known = self.otherwise.table(origins, destinations)
        start, end = self._joined(origins), self._joined(destinations)
        by_road, quickest = self.routes.between(start.node, end.node)
        at = np.ix_(start.rows, end.rows)
        straight = (known.km[at], known.minutes[at])
        km, minutes = self._whole_ways(start, end, (by_road, quickest), straight)
        measured = np.zeros(known.km.shape, np.bool_)
        measured[at] = routed = np.isfinite(minutes)
        known.km[at] = np.where(routed, km, straight[0])
        known.minutes[at] = np.where(routed, minutes, straight[1])
        return TravelTable(km=known.km, minutes=known.minutes, measured=measured)

    def within(self, minutes: float, origins: Spots, destinations: Spots) -> WaysWithin:
        """Return the ways that take at most so many minutes: the very ones of the table."""
        if not self.graph.connected:
            return within_by_table(self, minutes, origins, destinations)
        estimated = self.otherwise.within(minutes, origins, destinations)
        joined = self.joined(origins)[estimated.origin]
        joined &= self.joined(destinations)[estimated.destination]
        parts = [
            WaysWithin(
                origin=estimated.origin[~joined],
                destination=estimated.destination[~joined],
                km=estimated.km[~joined],
                minutes=estimated.minutes[~joined],
            ),
            *self.routed_within(minutes, origins, destinations),
        ]
        return WaysWithin(
            origin=np.concatenate([part.origin for part in parts]),
            destination=np.concatenate([part.destination for part in parts]),
            km=np.concatenate([part.km for part in parts]),
            minutes=np.concatenate([part.minutes for part in parts]),
        )

    def routed_within(
        self, minutes: float, origins: Spots, destinations: Spots
    ) -> Iterator[WaysWithin]:
        """Yield the routed ways that take at most so many minutes, in portions.

        There is one portion for every 16 destinations that roads join, so that a whole country fits
        into memory; no road is followed farther than it has to be.
        """
        start, every = self._joined(origins), self._joined(destinations)
        for first in range(0, len(every.rows), _AT_ONCE):
            end = every.portion(first, first + _AT_ONCE)
            known = self.otherwise.table(origins.take(start.rows), destinations.take(end.rows))
            km, taken = self._whole_ways(
                start,
                end,
                self.routes.within(minutes, start.node, end.node),
                (known.km, known.minutes),
            )
            origin, destination = np.nonzero(taken <= minutes)
            yield WaysWithin(
                origin=start.rows[origin],
                destination=end.rows[destination],
                km=km[origin, destination],
                minutes=taken[origin, destination],
            )

    def _whole_ways(
        self,
        start: "_Joined",
        end: "_Joined",
        routed: tuple[Floats, Floats],
        straight: tuple[Floats, Floats],
    ) -> tuple[Floats, Floats]:
        """Return km and minutes with the ways to the roads; infinite where no road leads.

        From one place to another at the same node nobody goes round by the node if it is farther.
        """
        aside = (start.aside_km[:, None] + end.aside_km) * self.estimate.detour
        km, minutes = routed[0] + aside, routed[1] + self.estimate.minutes(aside)
        nearer = (start.node[:, None] == end.node) & (straight[0] < km)
        return np.where(nearer, straight[0], km), np.where(nearer, straight[1], minutes)

    def _joined(self, spots: Spots) -> "_Joined":
        """Join the places that are near enough to their nearest nodes."""
        rows = np.flatnonzero(~np.isnan(spots.x))
        if self.is_estimate or not len(rows):
            none = np.empty(0, np.int64)
            return _Joined(rows=none, node=none, aside_km=np.empty(0))
        metres, at = self.doors.query(np.column_stack([spots.x[rows], spots.y[rows]]), k=1)
        near = metres / 1000.0 <= self.reach_km
        return _Joined(
            rows=rows[near], node=self.graph.doors[at[near]], aside_km=metres[near] / 1000.0
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Joined:
    """Places that roads join: their rows, their nodes, and how far (km) these are."""

    rows: Ints
    node: Ints
    aside_km: Floats

    def portion(self, first: int, last: int) -> "_Joined":
        """Return some of them."""
        return _Joined(
            rows=self.rows[first:last],
            node=self.node[first:last],
            aside_km=self.aside_km[first:last],
        )
