"""The quickest ways over a graph of roads, by Dijkstra's algorithm as scipy has it.

The kilometres told are those of the quickest way, not of the shortest one: the two numbers of a way
belong together. Norms ask for many tables between the same towns, so what has been routed is kept.
"""

from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from referral.geo.road_graph import RoadGraph
from referral.geo.travel import Floats, Ints

_AT_ONCE: Final = 16
"""Starts routed together: each needs two numbers for every node of the network."""

_KEPT: Final = 16_000_000
"""Numbers of a kind that are kept at most; together they take 0.2 GB."""


class Routes:
    """Ways between nodes of a graph (positions)."""

    def __init__(self, graph: RoadGraph) -> None:
        """Lay the arcs out both ways; of several between the same nodes the quickest counts."""
        self._size = len(graph)
        self._ahead = _Directed(graph.start, graph.end, graph)
        self._back = _Directed(graph.end, graph.start, graph)
        self._trees: dict[int, tuple[Floats, Ints]] = {}
        self._rows: dict[bytes, dict[int, tuple[Floats, Floats]]] = {}

    def between(self, origins: Ints, destinations: Ints) -> tuple[Floats, Floats]:
        """Return the km and the minutes from all origins (rows) to all destinations (columns).

        Infinite where no road leads.
        """
        start, row = np.unique(origins, return_inverse=True)
        end, column = np.unique(destinations, return_inverse=True)
        few = len(start) * self._size <= _KEPT
        km, minutes = self._from_few(start, end) if few else self._to_each(start, end)
        return km[row[:, None], column], minutes[row[:, None], column]

    def within(self, minutes: float, origins: Ints, destination: Ints) -> tuple[Floats, Floats]:
        """Return the same to a few destinations, looking no farther than so many minutes.

        Infinite where the way takes longer; the others are the very numbers of ``between``.
        """
        start, row = np.unique(origins, return_inverse=True)
        taken, before = self._back.trees(destination, limit=minutes)
        km = self._back.lengths(taken, before, start)
        return km[:, row].T, taken[:, start[row]].T

    def _from_few(self, start: Ints, end: Ints) -> tuple[Floats, Floats]:
        """Route onwards from every origin, and keep the whole tree of each."""
        missing = [node for node in start.tolist() if node not in self._trees]
        if (len(self._trees) + len(missing)) * self._size > _KEPT:
            wanted = set(start.tolist())
            self._trees = {node: tree for node, tree in self._trees.items() if node in wanted}
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            minutes, before = self._ahead.trees(np.array(some, np.int64), limit=np.inf)
            self._trees.update(
                (node, (minutes[at].copy(), before[at].copy())) for at, node in enumerate(some)
            )
        km, taken = np.empty((len(start), len(end))), np.empty((len(start), len(end)))
        for at, node in enumerate(start.tolist()):
            minutes, before = self._trees[node]
            km[at] = self._ahead.lengths(minutes[None], before[None], end)[0]
            taken[at] = minutes[end]
        return km, taken

    def _to_each(self, start: Ints, end: Ints) -> tuple[Floats, Floats]:
        """Route backwards from every destination, and keep what it is from these origins."""
        key = start.tobytes()
        rows = self._rows.get(key, {})
        missing = [node for node in end.tolist() if node not in rows]
        if (len(rows) + len(missing)) * len(start) > _KEPT:
            rows = {}
            missing = end.tolist()
        self._rows = {key: rows}
        for first in range(0, len(missing), _AT_ONCE):
            some = missing[first : first + _AT_ONCE]
            minutes, before = self._back.trees(np.array(some, np.int64), limit=np.inf)
            km = self._back.lengths(minutes, before, start)
            rows.update((node, (km[at], minutes[at, start])) for at, node in enumerate(some))
        known = [rows[node] for node in end.tolist()]
        if not known:
            return np.empty((len(start), 0)), np.empty((len(start), 0))
        return np.array([km for km, _ in known]).T, np.array([taken for _, taken in known]).T


class _Directed:
    """Arcs in one direction, laid out for Dijkstra's algorithm."""

    def __init__(self, start: Ints, end: Ints, graph: RoadGraph) -> None:
        order = np.lexsort((graph.km, graph.minutes, end, start))
        start, end = start[order], end[order]
        first = np.ones(len(order), np.bool_)
        first[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        self._size = len(graph)
        self._arcs = start[first] * self._size + end[first]
        self._km = graph.km[order][first]
        self._minutes = csr_array(
            (graph.minutes[order][first], (start[first], end[first])),
            shape=(self._size, self._size),
        )

    def trees(self, sources: Ints, *, limit: float) -> tuple[Floats, Ints]:
        """Return the minutes from each source to every node, and the node before each (or < 0)."""
        minutes, before = dijkstra(
            self._minutes, indices=sources, return_predecessors=True, limit=limit
        )
        return minutes, before

    def lengths(self, minutes: Floats, before: Ints, targets: Ints) -> Floats:
        """Return the km from the source of each tree (rows) to the targets (columns).

        All targets step back along their trees at once, until each stands at its source.
        """
        km = np.where(np.isfinite(minutes[:, targets]), 0.0, np.inf)
        tree, column = np.nonzero(np.isfinite(minutes[:, targets]))
        node = targets[column]
        while len(node):
            previous = before[tree, node].astype(np.int64)
            on = previous >= 0
            tree, column, node, previous = tree[on], column[on], node[on], previous[on]
            km[tree, column] += self._km[np.searchsorted(self._arcs, previous * self._size + node)]
            node = previous
        return km
