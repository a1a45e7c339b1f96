"""From roads as they are drawn to a graph that is small enough to route over.

A drawn way bends at every node. The graph keeps the nodes where one may turn, and on a long way one
in every square kilometre, so that a place finds a node near it; what lies between becomes one arc
as long as its bends together. Lengths and times are whole multiples of a tiny unit, so that sums do
not depend on the order in which they are added: a threshold then decides alike everywhere.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from referral.geo.point import degrees_in_plane_m
from referral.geo.travel import Bools, Floats, Ints

UNIT: Final = 2.0**-20
"""Of a km (1 mm) and of a minute (0.06 ms); sums of its multiples below 2^32 are exact."""

_POST_M: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DrawnRoads:
    """Ways as columns: way ``r`` runs through the nodes ``node[ptr[r]:ptr[r + 1]]``.

    Nodes are in degrees (``lat``, ``lon``, NaN where the extract lacks them); ``shut`` ones let
    nobody through. Each way has a speed (km/h), the minutes it takes as a whole
    where they are known (else NaN), minutes of waiting before it, whether it may be driven as
    drawn (``forward``) and against it, and whether a place may be joined to it (``stops``).
    """

    lat: Floats
    lon: Floats
    shut: Bools
    ptr: Ints
    node: Ints
    kmh: Floats
    minutes: Floats
    wait_minutes: Floats
    forward: Bools
    backward: Bools
    stops: Bools


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadGraph:
    """Nodes (metres in the plane) and arcs driven from ``start`` to ``end`` (positions of nodes).

    ``doors`` are the nodes to which places may be joined. ``drawn_km`` is the length of all roads,
    each counted once, ``dropped_km`` what was left out because one cannot get there and back.
    ``connected`` says that one gets from every node to every other.
    """

    x: Floats
    y: Floats
    start: Ints
    end: Ints
    km: Floats
    minutes: Floats
    doors: Ints
    drawn_km: float = 0.0
    dropped_km: float = 0.0
    connected: bool = False

    def __len__(self) -> int:
        """Return how many nodes there are."""
        return len(self.x)

    @classmethod
    def of(cls, drawn: DrawnRoads) -> Self:
        """Build the graph of the largest part in which one gets from everywhere to everywhere."""
        segments = _segments(drawn)
        chains = _chains(segments)
        kept = _largest(chains, nodes=len(segments.x))
        nodes, position = np.unique(
            np.concatenate([chains.start[kept], chains.end[kept]]), return_inverse=True
        )
        start, end = np.split(position.astype(np.int64), 2)
        stops = chains.stops[kept]
        driven = kept[chains.of_segment].reshape(2, -1).any(axis=0)
        return cls(
            x=segments.x[nodes],
            y=segments.y[nodes],
            start=start,
            end=end,
            km=chains.km[kept],
            minutes=chains.minutes[kept],
            doors=np.unique(np.concatenate([start[stops], end[stops]])),
            drawn_km=float(segments.km.sum()),
            dropped_km=float(segments.km[~driven].sum()),
            connected=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Segments:
    """Straight pieces of ways from node ``a`` to node ``b``, as they are drawn."""

    x: Floats
    y: Floats
    a: Ints
    b: Ints
    km: Floats
    minutes: Floats
    forward: Bools
    backward: Bools
    stops: Bools


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Chains:
    """Segments strung together between nodes that stay, each chain once in each direction.

    ``of_segment`` are the chains of the segments as drawn, then of those turned round. A ring
    without a node that stays has no ``start`` and no ``end`` (-1).
    """

    of_segment: Ints
    start: Ints
    end: Ints
    km: Floats
    minutes: Floats
    open: Bools
    stops: Bools


def whole(values: Floats) -> Floats:
    """Round lengths or times to whole units, at least one: a graph holds no zero."""
    return np.maximum(np.rint(values / UNIT), 1.0) * UNIT


def _segments(drawn: DrawnRoads) -> _Segments:
    way = np.repeat(np.arange(len(drawn.ptr) - 1), np.diff(drawn.ptr))
    same = way[:-1] == way[1:]
    a, b, way = drawn.node[:-1][same], drawn.node[1:][same], way[:-1][same]
    east, north = degrees_in_plane_m(lat=drawn.lat, lon=drawn.lon)
    known = ~np.isnan(east[a]) & ~np.isnan(east[b]) & (a != b)
    a, b, way = a[known], b[known], way[known]
    km = np.hypot(east[a] - east[b], north[a] - north[b]) / 1000.0
    of_way = np.bincount(way, km, minlength=len(drawn.kmh))[way]
    share = np.divide(km, of_way, out=np.zeros_like(km), where=of_way > 0)
    driving = km * 60.0 / drawn.kmh[way]
    timed = drawn.minutes[way]
    minutes = np.where(np.isnan(timed), driving, timed * share) + drawn.wait_minutes[way] * share
    # A road may end at a shut node but not go through it: each piece gets a node of its own there.
    ends = np.concatenate([a, b])
    shut = np.flatnonzero(drawn.shut[ends])
    at = ends.copy()
    at[shut] = len(east) + np.arange(len(shut))
    nodes, position = np.unique(at, return_inverse=True)
    original = np.concatenate([np.arange(len(east)), ends[shut]])[nodes]
    return _Segments(
        x=east[original],
        y=north[original],
        a=position[: len(a)],
        b=position[len(a) :],
        km=whole(km),
        minutes=whole(minutes),
        forward=drawn.forward[way],
        backward=drawn.backward[way],
        stops=drawn.stops[way],
    )


def _chains(segments: _Segments) -> _Chains:
    """String the segments together through every node where exactly two of them meet."""
    count, size = len(segments.a), len(segments.x)
    ends = np.concatenate([segments.a, segments.b])
    passed = np.bincount(ends, minlength=size) == 2  # noqa: PLR2004 - one comes, one goes
    column, row = np.floor(segments.x / _POST_M), np.floor(segments.y / _POST_M)
    crossing = (column[segments.a] != column[segments.b]) | (row[segments.a] != row[segments.b])
    passed[segments.b[crossing]] = False
    # Direction s is segment s as drawn, count + s the same turned round. At a node that is passed,
    # whoever comes on one of the two segments goes on over the other.
    order = np.argsort(ends, kind="stable")
    pairs = order[passed[ends[order]]].reshape(-1, 2)
    goes = pairs  # an end at a (below count) is left as drawn, an end at b turned round
    comes = np.where(pairs < count, pairs + count, pairs - count)
    tail, head = comes.ravel(), goes[:, ::-1].ravel()
    links = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(2 * count, 2 * count))
    total, chain = connected_components(links, directed=False)
    chain = chain.astype(np.int64)
    from_node = ends
    to_node = np.concatenate([segments.b, segments.a])
    start, end = np.full(total, -1, np.int64), np.full(total, -1, np.int64)
    first, last = ~passed[from_node], ~passed[to_node]
    start[chain[first]] = from_node[first]
    end[chain[last]] = to_node[last]
    may = np.concatenate([segments.forward, segments.backward])
    stops = np.tile(segments.stops, 2)
    return _Chains(
        of_segment=chain,
        start=start,
        end=end,
        km=_summed(chain, segments.km, total),
        minutes=_summed(chain, segments.minutes, total),
        open=np.bincount(chain[~may], minlength=total) == 0,
        stops=np.bincount(chain[~stops], minlength=total) == 0,
    )


def _summed(chain: Ints, values: Floats, total: int) -> Floats:
    return np.bincount(chain, np.tile(values, 2), minlength=total).astype(np.float64)


def _largest(chains: _Chains, *, nodes: int) -> Bools:
    """Tell which chains make up the part with most kilometres that are driven there and back."""
    some = np.flatnonzero(chains.open & (chains.start >= 0) & (chains.start != chains.end))
    start, end = chains.start[some], chains.end[some]
    arcs = csr_array((np.ones(len(some), np.int8), (start, end)), shape=(nodes, nodes))
    kept = np.zeros(len(chains.km), np.bool_)
    if not len(some):
        return kept
    _, part = connected_components(arcs, directed=True, connection="strong")
    inside = part[start] == part[end]
    km = np.bincount(part[start[inside]], chains.km[some][inside], minlength=1)
    kept[some[inside & (part[start] == np.argmax(km))]] = True
    return kept
