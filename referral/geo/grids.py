"""The coordinates in which Czech places are published, told apart by their signs and order.

S-JTSK is published under two codes: EPSG:5514 counts east and north, so both numbers of a Czech
place are negative; EPSG:5513 counts south and west, so both are positive, and files disagree on
which comes first. Westings of Czechia (431 to 905 km) never reach its southings (935 to 1,228 km),
nor its latitudes its longitudes, so each order has ranges of its own and nothing has to be guessed.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from referral.geo.point import GeoError, Point

_WESTINGS = (420_000.0, 920_000.0)
_SOUTHINGS = (920_000.0, 1_240_000.0)
_LONGITUDES = (12.0, 19.0)
_LATITUDES = (48.4, 51.2)

Plane = NDArray[np.float64]
"""Rows of two numbers."""


class Grid(StrEnum):
    """How the two numbers of a place are to be read."""

    LON_LAT = "WGS84"
    LAT_LON = "WGS84, prohozené osy"
    EAST_NORTH = "EPSG:5514"
    NORTH_EAST = "EPSG:5514, prohozené osy"
    WEST_SOUTH = "EPSG:5513, nejdřív západ"
    SOUTH_WEST = "EPSG:5513, nejdřív jih"


_RANGES = {
    Grid.LON_LAT: (_LONGITUDES, _LATITUDES),
    Grid.LAT_LON: (_LATITUDES, _LONGITUDES),
    Grid.WEST_SOUTH: (_WESTINGS, _SOUTHINGS),
    Grid.SOUTH_WEST: (_SOUTHINGS, _WESTINGS),
    Grid.EAST_NORTH: tuple((-high, -low) for low, high in (_WESTINGS, _SOUTHINGS)),
    Grid.NORTH_EAST: tuple((-high, -low) for low, high in (_SOUTHINGS, _WESTINGS)),
}


def grid_of(first: float, second: float) -> Grid | None:
    """Return the only way in which two numbers are a place in Czechia, None when there is none."""
    for grid, ((low, high), (least, most)) in _RANGES.items():
        if low <= first <= high and least <= second <= most:
            return grid
    return None


def common_grid(pairs: Iterable[tuple[float, float]]) -> Grid:
    """Return the way in which most of the pairs are places in Czechia.

    Raises:
        GeoError: none of them is, whichever way it is read.
    """
    votes = Counter(grid for pair in pairs if (grid := grid_of(*pair)) is not None)
    if not votes:
        raise GeoError("the coordinates lie outside Czechia in WGS84 and in S-JTSK alike")
    return votes.most_common(1)[0][0]


def to_plane(numbers: Plane, grid: Grid) -> Plane:
    """Return (easting, northing) in metres of EPSG:5514."""
    if grid in {Grid.LAT_LON, Grid.NORTH_EAST, Grid.SOUTH_WEST}:
        numbers = numbers[:, ::-1]
    if grid in {Grid.LON_LAT, Grid.LAT_LON}:
        return _moved(numbers, "EPSG:4326", "EPSG:5514")
    return -numbers if grid in {Grid.WEST_SOUTH, Grid.SOUTH_WEST} else numbers


def from_plane(metres: Plane) -> Plane:
    """Return (lon, lat) in degrees of WGS84."""
    return _moved(metres, "EPSG:5514", "EPSG:4326")


def point_of(first: float, second: float) -> Point:
    """Return the place that two numbers stand for.

    Raises:
        GeoError: they are no place in Czechia, whichever way they are read.
    """
    grid = common_grid([(first, second)])
    if grid is Grid.LON_LAT:
        return Point(lat=second, lon=first)
    if grid is Grid.LAT_LON:
        return Point(lat=first, lon=second)
    ((lon, lat),) = from_plane(to_plane(np.array([[first, second]]), grid)).tolist()
    return Point(lat=round(lat, 6), lon=round(lon, 6))


def _moved(numbers: Plane, source: str, target: str) -> Plane:
    return np.column_stack(_transformer(source, target).transform(numbers[:, 0], numbers[:, 1]))


@lru_cache(maxsize=2)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
