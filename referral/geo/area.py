"""Areas on the ground, and approximate municipal areas made from points alone."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.errors import ShapelyError
from shapely.geometry import MultiPoint, Polygon, mapping
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from referral.geo.point import GeoError, Point, plane_m

DECIMALS = 5
"""Decimals of the coordinates of an area: about a metre, and a third of the text."""

_PLACE_DECIMALS = 4
_GRID = 10.0**-DECIMALS
_OPENING_M = 12_000.0
_MARGIN_M = 2_500.0
_LONGEST_EDGE_M = 4_000.0
_FAR_M = 1_000_000.0
_RAY_STEP = math.pi / 3
_FULL_TURN = 2 * math.pi


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A polygon or several in WGS84; the shape inside is shapely's, in (lon, lat) order."""

    shape: BaseGeometry

    @classmethod
    def from_geojson(cls, geometry: Mapping[str, object]) -> Self:
        """Read a GeoJSON Polygon or MultiPolygon with coordinates in (lon, lat).

        Raises:
            GeoError: it is another kind of geometry, broken, or encloses nothing.
        """
        kind = geometry.get("type")
        if kind not in {"Polygon", "MultiPolygon"}:
            raise GeoError(f"an area must be a Polygon or a MultiPolygon, not {kind!r}")
        try:
            read = shapely.make_valid(shape_of(dict(geometry)))
        except (ShapelyError, TypeError, ValueError, KeyError, IndexError) as error:
            raise GeoError(f"the coordinates of the area cannot be read: {error}") from error
        if not read.area > 0:
            raise GeoError("the area encloses nothing: its ring is empty or all on one line")
        return cls(shape=read)

    def to_geojson(self) -> dict[str, Any]:
        """Return the GeoJSON geometry (RFC 7946): (lon, lat), five decimals, rings right-handed."""
        return dict(mapping(shapely.orient_polygons(_rounded(self.shape))))

    def to_text(self) -> str:
        """Return the shape exactly as it is, as GeoJSON text for storing."""
        return str(shapely.to_geojson(self.shape))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the area that ``to_text`` has written, exactly as it was."""
        return cls(shape=shapely.from_geojson(text))

    def inside(self) -> Point:
        """Return a point that surely lies inside, in the biggest part when there are several."""
        parts = shapely.get_parts(self.shape)
        biggest = max(parts, key=lambda part: part.area)
        point = shapely.point_on_surface(biggest)
        return Point(lat=float(point.y), lon=float(point.x))

    def contains(self, point: Point) -> bool:
        """Tell whether the point lies inside or on the border (to the metre of the rounding)."""
        return bool(shapely.dwithin(self.shape, shapely.Point(point.lon, point.lat), _GRID))

    def union(self, *others: Self) -> Self:
        """Return this area joined with the others, inner borders dissolved."""
        return type(self).joined((self, *others))

    @classmethod
    def joined(cls, areas: Iterable[Self]) -> Self:
        """Return all the areas as one.

        Raises:
            GeoError: there is none to join.
        """
        shapes = [area.shape for area in areas]
        if not shapes:
            raise GeoError("no areas to join")
        return cls(shape=shapely.union_all(shapes, grid_size=_GRID))

    def area_km2(self) -> float:
        """Return the size in square kilometres, measured in the Krovak plane."""
        return float(shapely.transform(self.shape, _to_plane).area) / 1e6

    def overlap_km2(self, other: Self) -> float:
        """Return how many square kilometres both areas share."""
        return type(self)(shape=self.shape.intersection(other.shape)).area_km2()

    def bounds(self) -> tuple[Point, Point]:
        """Return the south-western and the north-eastern corner."""
        west, south, east, north = self.shape.bounds
        return Point(lat=south, lon=west), Point(lat=north, lon=east)


def thiessen_areas(points: Mapping[str, Point]) -> Mapping[str, Area]:
    """Return for each key the part of the land that is nearer to its point than to any other.

    The land is where points lie close together (Delaunay triangles of a circumradius up to 12 km,
    edges up to 12 km) and 2.5 km around. Points that agree to four decimals of a degree (about
    10 m) are one place: its area is divided among them into equal sectors around the place, in the
    order of their keys. Nearness is measured in the Krovak plane, so any set of points inside
    Czechia will do. Results keep the order of ``points`` and are cached.
    """
    areas = _areas(tuple(sorted(points.items())))
    return MappingProxyType({key: areas[key] for key in points})


@lru_cache(maxsize=4)
def _areas(points: tuple[tuple[str, Point], ...]) -> dict[str, Area]:
    places: defaultdict[Point, list[str]] = defaultdict(list)
    for key, point in points:
        place = Point(lat=round(point.lat, _PLACE_DECIMALS), lon=round(point.lon, _PLACE_DECIMALS))
        places[place].append(key)
    keys: list[str] = []
    parts: list[BaseGeometry] = []
    cells = _cells([plane_m(place) for place in places])
    for (place, sharing), cell in zip(places.items(), cells, strict=True):
        keys += sharing
        parts += _sectors(cell, plane_m(place), len(sharing))
    shapes = _to_wgs84(np.array(parts, dtype=object))
    return {key: Area(shape=one) for key, one in zip(keys, shapes, strict=True)}


def _cells(places: Sequence[tuple[float, float]]) -> Sequence[BaseGeometry]:
    """Cut the land around the places into one cell for each, all in metres of the plane."""
    if not places:
        return []
    cloud = shapely.multipoints(places)
    land = _land(cloud)
    if len(places) == 1:
        return [land]
    cells = shapely.get_parts(shapely.voronoi_polygons(cloud, extend_to=land, ordered=True))
    shapely.prepare(land)
    outer = ~shapely.contains_properly(land, cells)
    cells[outer] = shapely.intersection(cells[outer], land)
    return list(cells)


def _land(cloud: MultiPoint) -> BaseGeometry:
    """Return the land around a cloud of points: its alpha shape with a margin."""
    triangles = shapely.get_parts(shapely.delaunay_triangles(cloud))
    edges = shapely.get_parts(shapely.delaunay_triangles(cloud, only_edges=True))
    dense = shapely.union_all(triangles[_circumradius(triangles) <= _OPENING_M])
    links = edges[shapely.length(edges) <= _OPENING_M]
    lines = shapely.union_all(links[~shapely.covered_by(links, dense)])
    dots = shapely.get_parts(cloud)
    lonely = shapely.union_all(dots[~shapely.covered_by(dots, dense)])
    return shapely.union_all([one.buffer(_MARGIN_M) for one in (dense, lines, lonely)])


def _circumradius(triangles: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the radius of the circle through the corners: the product of sides over 4 areas."""
    corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)
    sides = np.hypot(*np.moveaxis(np.diff(corners, axis=1), 2, 0))
    return np.asarray(sides.prod(axis=1) / (4 * shapely.area(triangles)))


def _sectors(cell: BaseGeometry, place: tuple[float, float], count: int) -> list[BaseGeometry]:
    """Divide a cell into equal sectors around its place, counter-clockwise from the east."""
    if count == 1:
        return [cell]
    turn = _FULL_TURN / count
    return [cell.intersection(_wedge(place, turn * i, turn * (i + 1))) for i in range(count)]


def _wedge(place: tuple[float, float], start: float, end: float) -> Polygon:
    steps = math.ceil((end - start) / _RAY_STEP)
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    x, y = place
    rim = [(x + _FAR_M * math.cos(a), y + _FAR_M * math.sin(a)) for a in angles]
    return Polygon([place, *rim])


def _to_wgs84(parts: NDArray[np.object_]) -> Sequence[BaseGeometry]:
    """Return the parts in degrees; long edges get more vertices, for they bend on the way."""
    if not len(parts):
        return []
    fine = shapely.segmentize(parts, _LONGEST_EDGE_M)
    degrees = shapely.transform(fine, _from_plane)
    return list(shapely.normalize(shapely.set_precision(degrees, _GRID)))


def _rounded(area: BaseGeometry) -> BaseGeometry:
    return shapely.normalize(shapely.set_precision(area, _GRID))


@lru_cache(maxsize=2)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _to_plane(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = _transformer("EPSG:4326", "EPSG:5514").transform(lon_lat[:, 0], lon_lat[:, 1])
    return np.column_stack((x, y))


def _from_plane(x_y: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = _transformer("EPSG:5514", "EPSG:4326").transform(x_y[:, 0], x_y[:, 1])
    return np.column_stack((lon, lat))
