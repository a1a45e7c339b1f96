"""Points and distances."""

import math

import pytest
from geopy.distance import geodesic
from hypothesis import example, given
from hypothesis import strategies as st

from referral.geo import GeoError, Point, distance_km, plane_m

# The utmost places of Czechia: near Aš, Šluknov, Broumov, Jablunkov, Lanžhot, Vyšší Brod
# and Železná Ruda. Every point of their hull is a mean of them.
CORNERS = [
    Point(lat=50.32, lon=12.09),
    Point(lat=51.06, lon=14.32),
    Point(lat=50.66, lon=16.35),
    Point(lat=49.52, lon=18.86),
    Point(lat=48.62, lon=16.95),
    Point(lat=48.55, lon=14.33),
    Point(lat=49.13, lon=13.15),
]


def a_mean(weights):
    total = sum(weights)
    shares = [weight / total for weight in weights]
    return Point(
        lat=sum(share * corner.lat for share, corner in zip(shares, CORNERS, strict=True)),
        lon=sum(share * corner.lon for share, corner in zip(shares, CORNERS, strict=True)),
    )


czech_points = st.sampled_from(CORNERS) | st.tuples(
    *[st.floats(0.001, 1) for _ in CORNERS],
).map(a_mean)


@given(a=czech_points, b=czech_points)
@example(a=CORNERS[0], b=CORNERS[3])
@example(a=CORNERS[1], b=CORNERS[5])
def test_the_plane_distance_differs_from_the_geodesic_by_at_most_two_hundredths_of_a_percent(a, b):
    true_km = geodesic((a.lat, a.lon), (b.lat, b.lon)).km
    assert distance_km(a, b) == pytest.approx(true_km, rel=2e-4, abs=1e-6)


@given(a=czech_points, b=czech_points)
def test_the_way_there_is_as_long_as_the_way_back(a, b):
    assert distance_km(a, b) == distance_km(b, a)
    assert distance_km(a, a) == 0


def test_the_plane_has_east_first_and_metres_as_its_unit():
    prague = Point(lat=50.0875, lon=14.4213)
    east_of_prague = Point(lat=50.0875, lon=14.5213)
    x, y = plane_m(prague)
    assert (x, y) == (pytest.approx(-743_000, abs=1_500), pytest.approx(-1_043_000, abs=1_500))
    assert plane_m(east_of_prague)[0] - x == pytest.approx(7_100, abs=100)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_coordinate_that_is_not_a_number_is_refused_and_named(value):
    with pytest.raises(GeoError, match=r"not a finite number: lat=.*, lon="):
        Point(lat=value, lon=14.0)
    with pytest.raises(GeoError, match="not a finite number"):
        Point(lat=50.0, lon=value)


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1)])
def test_a_coordinate_outside_the_globe_is_refused(lat, lon):
    with pytest.raises(GeoError, match="outside the globe"):
        Point(lat=lat, lon=lon)


@pytest.mark.parametrize(("lat", "lon"), [(90, 180), (-90, -180), (0, 0)])
def test_the_edges_of_the_globe_are_places(lat, lon):
    assert Point(lat=lat, lon=lon).lat == lat
