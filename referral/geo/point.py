"""A place on the ground and how far two of them are apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from pyproj import Transformer


class GeoError(ValueError):
    """A coordinate that cannot be a place."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Point:
    """A WGS84 point in degrees; latitude and longitude are never positional.

    Raises:
        GeoError: a value is not finite or lies outside the globe.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what cannot be a coordinate."""
        if not (math.isfinite(self.lat) and math.isfinite(self.lon)):
            message = f"coordinate is not a finite number: lat={self.lat}, lon={self.lon}"
            raise GeoError(message)
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):  # noqa: PLR2004 - degrees
            message = f"coordinate lies outside the globe: lat={self.lat}, lon={self.lon}"
            raise GeoError(message)


@lru_cache(maxsize=1)
def _to_krovak() -> "Transformer":
    # It takes a tenth of a second, which a command that measures nothing need not wait for.
    from pyproj import Transformer  # noqa: PLC0415 - see above

    return Transformer.from_crs("EPSG:4326", "EPSG:5514", always_xy=True)


@lru_cache(maxsize=131_072)
def plane_m(point: Point) -> tuple[float, float]:
    """Return (easting, northing) in metres in S-JTSK / Krovak East North (EPSG:5514)."""
    x, y = _to_krovak().transform(point.lon, point.lat)
    return float(x), float(y)


def distance_km(a: Point, b: Point) -> float:
    """Return the straight-line distance in kilometres, measured in the Krovak plane.

    Inside Czechia the plane differs from the geodesic by at most 0.02 %
    (tests/unit/test_geo.py compares it with geopy).
    """
    ax, ay = plane_m(a)
    bx, by = plane_m(b)
    east, north = ax - bx, ay - by
    # The square root and not math.hypot: a column of distances must hold the very same numbers.
    return math.sqrt(east * east + north * north) / 1000.0


def planes_m(
    points: Sequence[Point | None],
) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]":
    """Return eastings and northings in metres, as ``plane_m`` gives them; NaN where no point is."""
    import numpy as np  # noqa: PLC0415 - who measures single distances need not load it

    x, y = np.full(len(points), np.nan), np.full(len(points), np.nan)
    known = [row for row, point in enumerate(points) if point is not None]
    if known:
        placed = [point for point in points if point is not None]
        x[known], y[known] = _to_krovak().transform(
            np.array([point.lon for point in placed]), np.array([point.lat for point in placed])
        )
    return x, y


def distances_km(
    x: "npt.NDArray[np.float64]",
    y: "npt.NDArray[np.float64]",
    point: Point,
    *,
    projected: tuple[float, float] | None = None,
) -> "npt.NDArray[np.float64]":
    """Return the distances of places in the plane from a point, as ``distance_km`` gives them.

    ``projected`` is what ``plane_m`` gives for the point, where it is at hand.
    """
    import numpy as np  # noqa: PLC0415 - as above

    to_x, to_y = projected or plane_m(point)
    east, north = x - to_x, y - to_y
    east *= east
    north *= north
    east += north
    np.sqrt(east, out=east)
    east /= 1000.0
    return east


def degrees_in_plane_m(
    *, lat: "npt.NDArray[np.float64]", lon: "npt.NDArray[np.float64]"
) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]":
    """Return eastings and northings in metres of many coordinates; NaN where these are NaN."""
    import numpy as np  # noqa: PLC0415 - as above

    x, y = _to_krovak().transform(lon, lat)
    return np.where(np.isfinite(x), x, np.nan), np.where(np.isfinite(y), y, np.nan)
