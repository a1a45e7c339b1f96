"""Outlines as files give them, in whatever coordinates, and areas made of many of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from referral.geo.area import DECIMALS, Area
from referral.geo.grids import Grid, Plane, from_plane, grid_of, to_plane
from referral.geo.point import GeoError, Point

TOLERANCE_M = 25.0
"""How far a border may move when it is simplified: a twentieth of a millimetre on a 1:500,000 map.

Neighbours keep their common border, for it is simplified once for both.
"""

_GRID = 10.0**-DECIMALS
_FEWEST = 4
_FARTHEST = 1e9
"""Metres or degrees; beyond lies nothing, and areas of such numbers overflow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A polygon or several in the coordinates of their file."""

    shape: BaseGeometry

    @classmethod
    def from_geojson(cls, geometry: Mapping[str, object]) -> Self:
        """Read a GeoJSON Polygon or MultiPolygon, whose coordinates may be any numbers.

        Raises:
            GeoError: it is another kind of geometry, broken, or encloses nothing.
        """
        kind = str(geometry.get("type"))
        if kind not in {"Polygon", "MultiPolygon"}:
            raise GeoError(f"{kind[:40]!r} is neither Polygon nor MultiPolygon")
        try:
            with np.errstate(invalid="ignore"):
                return cls(shape=_sound(shape_of(dict(geometry))))
        except (ShapelyError, TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
            raise _broken(error) from error

    @classmethod
    def of_polygons(cls, polygons: Sequence[Sequence[Plane]]) -> Self:
        """Build from polygons, each of which is its outer ring and the rings of its holes.

        Rings that quantising has collapsed into a line are passed over.

        Raises:
            GeoError: a ring is not a list of finite numbers, or nothing is enclosed.
        """
        try:
            made: list[Any] = [
                shapely.polygons(
                    rings[0], holes=[one for one in rings[1:] if _is_ring(one)] or None
                )
                for rings in polygons
                if rings and _is_ring(rings[0])
            ]
            return cls(shape=_sound(made[0] if len(made) == 1 else shapely.multipolygons(made)))
        except (ShapelyError, TypeError, ValueError, IndexError) as error:
            raise _broken(error) from error

    @classmethod
    def of_rings(cls, rings: Sequence[Plane]) -> Self:
        """Build from rings of which nobody says what is a hole: what two enclose is outside.

        Raises:
            GeoError: a ring is not a list of finite numbers, or nothing is enclosed.
        """
        try:
            lines: list[Any] = [shapely.linearrings(ring) for ring in rings if _is_ring(ring)]
            return cls(shape=_sound(shapely.build_area(shapely.geometrycollections(lines))))
        except (ShapelyError, TypeError, ValueError) as error:
            raise _broken(error) from error

    @property
    def corner(self) -> tuple[float, float]:
        """The least of the first and the least of the second numbers."""
        first, second, _, _ = self.shape.bounds
        return first, second

    def lies_in(self, grid: Grid) -> bool:
        """Tell whether the whole outline is in Czechia when its numbers are read so."""
        first, second, third, fourth = self.shape.bounds
        return grid_of(first, second) is grid and grid_of(third, fourth) is grid


def areas_of(outlines: Sequence[Outline], grid: Grid) -> list[Area | None]:
    """Return the areas of outlines that lie in the grid, simplified together.

    Neighbours that share a border still share it. An outline of less than a metre is None.

    Raises:
        GeoError: the outlines cannot be simplified.
    """
    if not outlines:
        return []
    shapes = np.array([outline.shape for outline in outlines])
    try:
        flat = shapely.transform(shapes, partial(to_plane, grid=grid))
        plain = shapely.coverage_simplify(flat, TOLERANCE_M)
        round_ones = shapely.set_precision(shapely.transform(plain, from_plane), _GRID)
        tidy = shapely.orient_polygons(shapely.normalize(round_ones))
    except ShapelyError as error:  # pragma: no cover - no input is known to do it
        raise _broken(error) from error
    return [Area(shape=shape) if shape.area > 0 else None for shape in tidy]


@dataclass(frozen=True, slots=True)
class AreaFinder:
    """Areas indexed, to find the one that holds a point."""

    keys: tuple[str, ...]
    tree: shapely.STRtree

    @classmethod
    def of(cls, areas: Mapping[str, Area]) -> Self:
        """Index areas by their keys."""
        return cls(tuple(areas), shapely.STRtree([area.shape for area in areas.values()]))

    def holding(self, point: Point) -> str | None:
        """Return the key of the area with the point inside or on its border, None outside all."""
        found = self.tree.query(shapely.Point(point.lon, point.lat), predicate="intersects")
        return self.keys[min(found)] if len(found) else None


def _is_ring(positions: Plane) -> bool:
    _require_numbers(positions)
    return len(positions) >= _FEWEST


def _require_numbers(positions: Plane) -> None:
    if not (np.abs(positions) < _FARTHEST).all():
        raise GeoError("a coordinate is no number that any map has")


def _sound(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape without crossings.

    Raises:
        GeoError: a number is none that a map has, or nothing is enclosed.
    """
    _require_numbers(shapely.get_coordinates(shape))
    if not shapely.is_valid(shape):
        shape = shapely.make_valid(shape)
    pieces = [piece for piece in shapely.get_parts(shape) if piece.area > 0]
    if not pieces:
        raise GeoError("the area encloses nothing: its ring is empty or all on one line")
    return shape if len(pieces) == shapely.get_num_geometries(shape) else shapely.union_all(pieces)


def _broken(error: Exception) -> GeoError:
    if isinstance(error, GeoError):
        return error
    return GeoError(f"the coordinates of the area cannot be read: {str(error)[:200]}")
