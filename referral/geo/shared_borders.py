"""Areas written small: common borders once, as steps on a grid, coarser where there are too many.

The same idea as TopoJSON's, which ``topology`` reads: borders are cut where three areas meet, and
an area is a list of such pieces.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from referral.geo.area import Area

GRID: Final = 10_000
"""Steps of the grid in a degree: about 10 metres."""
MOST_VERTICES: Final = 120_000
_FIRST_TOLERANCE: Final = 0.0005
_TRIES: Final = 6
_FEWEST: Final = 3

Spot = tuple[int, int]
Line = tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBorders:
    """``arcs`` are lines of (lon, lat) in steps of the grid; ``polygons`` name them by position.

    For each key: polygons, of each its rings (the outer one first), of each its arcs in order, a
    negative one (-1 - position) run backwards.
    """

    arcs: tuple[Line, ...]
    polygons: Mapping[str, Sequence[Sequence[Sequence[int]]]]

    def steps(self) -> list[list[int]]:
        """Return each arc as lon, lat of its start and then what every next vertex adds."""
        flat = []
        for arc in self.arcs:
            steps = [*arc[0]]
            for (lon, lat), (next_lon, next_lat) in pairwise(arc):
                steps += [next_lon - lon, next_lat - lat]
            flat.append(steps)
        return flat

    def between(self, groups: Mapping[str, str]) -> list[int]:
        """Return the arcs on whose two sides are not areas of one group: borders of groups."""
        sides: dict[int, list[str]] = {}
        for key, polygons in self.polygons.items():
            for polygon in polygons:
                for ring in polygon:
                    for arc in ring:
                        sides.setdefault(arc if arc >= 0 else -1 - arc, []).append(groups[key])
        return [arc for arc, of in sorted(sides.items()) if len(of) < 2 or len(set(of)) > 1]  # noqa: PLR2004 - a border has two sides


def share_borders(
    areas: Mapping[str, Area], *, most_vertices: int = MOST_VERTICES
) -> SharedBorders:
    """Cut the borders of areas into pieces that neighbours share, rounded to the grid.

    Where the areas have more vertices than ``most_vertices``, their borders are made coarser
    together, so that neighbours still meet. No area is lost, however small.
    """
    shapes = _coarser(np.array([area.shape for area in areas.values()], object), most_vertices)
    rings = {key: _rings(shape) for key, shape in zip(areas, shapes, strict=True)}
    cuts = _cuts(ring for polygons in rings.values() for polygon in polygons for ring in polygon)
    pieces = _Pieces(cuts)
    return SharedBorders(
        polygons={
            key: [[pieces.named(ring) for ring in polygon] for polygon in polygons]
            for key, polygons in rings.items()
        },
        arcs=tuple(pieces.found),
    )


def _coarser(shapes: NDArray[np.object_], most: int) -> Sequence[BaseGeometry]:
    tolerance = _FIRST_TOLERANCE
    coarse = shapes
    for _ in range(_TRIES):
        if shapely.get_num_coordinates(coarse).sum() <= most:
            break
        found = shapely.coverage_simplify(shapes, tolerance)
        coarse = np.where(shapely.is_empty(found), shapes, found)
        tolerance *= 2
    return list(coarse)


def _rings(shape: BaseGeometry) -> list[list[Line]]:
    """Return the rings of every polygon on the grid, those that collapse on it left out."""
    whole = [_of_polygon(one) for one in shapely.get_parts(shape).tolist()]
    kept = [[ring for ring in polygon if len(ring) > _FEWEST] for polygon in whole]
    kept = [rings for rings, polygon in zip(kept, whole, strict=True) if len(polygon[0]) > _FEWEST]
    return kept or whole[:1]


def _of_polygon(polygon: Polygon) -> list[Line]:
    return [_on_grid(ring) for ring in (polygon.exterior, *polygon.interiors)]


def _on_grid(ring: BaseGeometry) -> Line:
    """Return a closed ring on the grid without repeated vertices; the last equals the first."""
    spots = np.rint(shapely.get_coordinates(ring) * GRID).astype(np.int64)
    moved = np.ones(len(spots), np.bool_)
    moved[1:] = (spots[1:] != spots[:-1]).any(axis=1)
    return tuple((lon, lat) for lon, lat in spots[moved].tolist())


def _cuts(rings: Iterator[Line]) -> frozenset[Spot]:
    """Return where borders part: vertices with other than two neighbours over all rings."""
    beside: dict[Spot, set[Spot]] = {}
    for ring in rings:
        for one, other in pairwise(ring):
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    return frozenset(spot for spot, some in beside.items() if len(some) > 2)  # noqa: PLR2004 - on a line are two


@dataclass(slots=True)
class _Pieces:
    """Numbers pieces of border as they come, whichever way they are run."""

    cuts: frozenset[Spot]
    found: dict[Line, int] = field(default_factory=dict)

    def named(self, ring: Line) -> list[int]:
        """Return the numbers of the pieces of a ring."""
        return [self._number(piece) for piece in self._cut(ring)]

    def _cut(self, ring: Line) -> Iterator[Line]:
        open_ring = ring[:-1] or ring
        at = [position for position, spot in enumerate(open_ring) if spot in self.cuts]
        # Without a cut an enclave and the hole around it must begin at the same vertex.
        start = at[0] if at else open_ring.index(min(open_ring))
        turned = (*open_ring[start:], *open_ring[:start], open_ring[start])
        ends = [*(one - start for one in at), len(open_ring)] if at else [0, len(open_ring)]
        for first, last in pairwise(ends):
            yield turned[first : last + 1]

    def _number(self, piece: Line) -> int:
        back = piece[::-1]
        if back in self.found:
            return -1 - self.found[back]
        return self.found.setdefault(piece, len(self.found))
