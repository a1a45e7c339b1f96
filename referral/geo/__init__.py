"""Points, areas and distances; the only room that knows shapely and pyproj."""

from referral.geo.area import Area, thiessen_areas
from referral.geo.point import GeoError, Point, distance_km, plane_m

__all__ = ["Area", "GeoError", "Point", "distance_km", "plane_m", "thiessen_areas"]
