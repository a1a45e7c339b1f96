"""Areas, and those made from points."""

import json
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.geo import Area, GeoError, Point, distance_km, thiessen_areas

SQUARE_KM = 0.01  # of latitude and longitude: about 0.8 km2 in the middle of Czechia


def a_square(*, lat=50.0, lon=14.0, side=SQUARE_KM):
    ring = [
        [lon, lat],
        [lon + side, lat],
        [lon + side, lat + side],
        [lon, lat + side],
        [lon, lat],
    ]
    return Area.from_geojson({"type": "Polygon", "coordinates": [ring]})


def centre_of(square):
    low, high = square.bounds()
    return Point(lat=(low.lat + high.lat) / 2, lon=(low.lon + high.lon) / 2)


# Villages on a coarse grid of 0.0001 of a degree, so that equal and neighbouring places occur.
village_points = st.builds(
    lambda lat, lon: Point(lat=round(lat, 4), lon=round(lon, 4)),
    st.floats(50.0, 50.3),
    st.floats(13.0, 13.4),
)
close_points = st.builds(
    lambda lat, lon: Point(lat=50 + lat / 10_000, lon=13 + lon / 10_000),
    st.integers(0, 4),
    st.integers(0, 4),
)
settlements = st.dictionaries(
    st.text("0123456789", min_size=6, max_size=6),
    village_points | close_points,
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(settlements)
def test_every_point_lies_in_its_own_thiessen_area(points):
    areas = thiessen_areas(points)
    assert list(areas) == list(points)
    for code, point in points.items():
        assert areas[code].contains(point)


@settings(deadline=None)
@given(settlements)
def test_thiessen_areas_do_not_overlap(points):
    for a, b in combinations(thiessen_areas(points).values(), 2):
        assert a.overlap_km2(b) < 0.01  # corners are rounded to a metre along borders of kilometres


@settings(deadline=None)
@given(settlements, village_points)
def test_a_place_belongs_to_the_nearest_point(points, somewhere):
    areas = thiessen_areas(points)
    nearest_km = min(distance_km(point, somewhere) for point in points.values())
    for code, area in areas.items():
        if area.contains(somewhere):
            assert distance_km(points[code], somewhere) == pytest.approx(nearest_km, abs=0.02)


@given(settlements)
def test_thiessen_areas_do_not_depend_on_the_order_of_the_points(points):
    backwards = dict(reversed(points.items()))
    assert dict(thiessen_areas(backwards)) == dict(thiessen_areas(points))


def test_points_at_one_place_divide_its_area_into_equal_sectors_in_the_order_of_their_codes():
    place = Point(lat=50.1, lon=13.1)
    alone = thiessen_areas({"1": place})["1"]
    areas = thiessen_areas({"2": place, "1": place, "3": place})
    for area in areas.values():
        assert area.area_km2() == pytest.approx(alone.area_km2() / 3, rel=0.01)
    assert areas["1"].bounds()[1].lon > areas["2"].bounds()[1].lon  # the first begins in the east
    assert Area.joined(areas.values()).area_km2() == pytest.approx(alone.area_km2(), rel=1e-4)


def test_a_lonely_point_gets_the_land_within_two_and_a_half_kilometres():
    area = thiessen_areas({"1": Point(lat=50.1, lon=13.1)})["1"]
    assert area.area_km2() == pytest.approx(3.14159 * 2.5**2, rel=0.02)


def test_land_far_from_every_point_belongs_to_nobody():
    areas = thiessen_areas({"1": Point(lat=50.1, lon=13.1), "2": Point(lat=50.1, lon=14.1)})
    assert not any(area.contains(Point(lat=50.1, lon=13.6)) for area in areas.values())


def test_no_points_have_no_areas():
    assert dict(thiessen_areas({})) == {}


def test_an_area_written_as_geojson_and_read_again_is_the_same():
    area = thiessen_areas({"1": Point(lat=50.1, lon=13.1), "2": Point(lat=50.15, lon=13.15)})["1"]
    written = json.loads(json.dumps(area.to_geojson()))
    assert Area.from_geojson(written).to_geojson() == area.to_geojson()


def test_geojson_rings_run_counter_clockwise():
    ring = json.loads(json.dumps(a_square().to_geojson()))["coordinates"][0]
    doubled_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert doubled_area > 0


def test_geojson_has_longitude_first_and_at_most_five_decimals():
    area = a_square(lat=50.1234567, lon=14.7654321)
    geometry = json.loads(json.dumps(area.to_geojson()))
    for lon, lat in geometry["coordinates"][0]:
        assert 14.7 < lon < 14.8
        assert 50.1 < lat < 50.2
        assert (round(lon, 5), round(lat, 5)) == (lon, lat)


def test_an_area_contains_its_inside_and_its_border_but_not_its_surroundings():
    square = a_square()
    assert square.contains(centre_of(square))
    assert square.contains(Point(lat=50.0, lon=14.0))
    assert not square.contains(Point(lat=50.0, lon=13.999))


def test_joined_neighbours_lose_the_border_between_them():
    west, east = a_square(), a_square(lon=14.01)
    both = west.union(east)
    assert both.area_km2() == pytest.approx(west.area_km2() + east.area_km2(), rel=1e-6)
    assert both.to_geojson()["type"] == "Polygon"
    assert both.contains(Point(lat=50.005, lon=14.01))


def test_joined_strangers_stay_two_parts_of_one_area():
    both = a_square().union(a_square(lon=15.0))
    assert both.to_geojson()["type"] == "MultiPolygon"
    assert Area.from_geojson(both.to_geojson()).to_geojson() == both.to_geojson()


def test_nothing_cannot_be_joined():
    with pytest.raises(GeoError, match="no areas to join"):
        Area.joined([])


def test_the_size_of_an_area_is_measured_on_the_ground():
    # 0.01 degrees at 50 degrees north: 1.112 km by 0.7168 km
    assert a_square().area_km2() == pytest.approx(1.1124 * 0.7168, rel=0.005)


def test_areas_that_only_touch_share_no_ground():
    assert a_square().overlap_km2(a_square(lon=14.01)) == 0
    assert a_square().overlap_km2(a_square(lon=14.005)) == pytest.approx(
        a_square().area_km2() / 2, rel=1e-3
    )


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        ({"type": "Point", "coordinates": [14, 50]}, "must be a Polygon or a MultiPolygon"),
        ({}, "must be a Polygon or a MultiPolygon, not None"),
        ({"type": "Polygon", "coordinates": [[[14, 50], [15, 50]]]}, "cannot be read"),
        ({"type": "Polygon", "coordinates": "nonsense"}, "cannot be read"),
        ({"type": "Polygon"}, "cannot be read"),
        (
            {"type": "Polygon", "coordinates": [[[14, 50], [15, 50], [16, 50], [14, 50]]]},
            "encloses nothing",
        ),
        ({"type": "Polygon", "coordinates": []}, "encloses nothing"),
    ],
)
def test_a_geometry_that_is_no_area_is_refused_with_the_reason(geometry, message):
    with pytest.raises(GeoError, match=message):
        Area.from_geojson(geometry)


def test_a_ring_that_crosses_itself_is_mended():
    bow = [[14.0, 50.0], [14.01, 50.01], [14.01, 50.0], [14.0, 50.01], [14.0, 50.0]]
    area = Area.from_geojson({"type": "Polygon", "coordinates": [bow]})
    assert area.area_km2() == pytest.approx(a_square().area_km2() / 2, rel=0.01)


def test_an_area_kept_as_text_comes_back_exactly_as_it_was():
    area = a_square(lat=50.123456789, lon=14.987654321)
    assert Area.from_text(area.to_text()) == area


def test_the_point_inside_lies_in_the_biggest_part():
    small, big = a_square(), a_square(lon=15.0, side=0.1)
    assert big.contains(small.union(big).inside())
