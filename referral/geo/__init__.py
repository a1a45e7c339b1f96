"""Points, areas and distances; the only room that knows shapely and pyproj."""

from typing import TYPE_CHECKING

from referral.geo.point import GeoError, Point, distance_km, distances_km, plane_m, planes_m

if TYPE_CHECKING:
    from referral.geo.area import Area, thiessen_areas

__all__ = [
    "Area",
    "GeoError",
    "Point",
    "distance_km",
    "distances_km",
    "plane_m",
    "planes_m",
    "thiessen_areas",
]


def __getattr__(name: str) -> object:
    """Load areas when they are asked for: a command that draws none need not load shapely."""
    if name not in {"Area", "thiessen_areas"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from referral.geo import area  # noqa: PLC0415 - see above

    return getattr(area, name)
