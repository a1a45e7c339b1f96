"""Points, areas and distances; the only room that knows shapely and pyproj."""

from referral.geo.point import GeoError, Point, distance_km, plane_m

__all__ = ["GeoError", "Point", "distance_km", "plane_m"]
