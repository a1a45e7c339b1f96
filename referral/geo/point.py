"""A place on the ground and how far two of them are apart."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    return math.hypot(ax - bx, ay - by) / 1000.0
