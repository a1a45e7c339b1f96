"""Coordinates of any order, outlines of any file, and areas that share their borders."""

import itertools
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.geo import Area, GeoError, Point, distance_km
from referral.geo.grids import Grid, common_grid, from_plane, grid_of, point_of, to_plane
from referral.geo.outline import AreaFinder, Outline, areas_of
from referral.geo.topology import MOST_VERTICES, Topology
from support.territory_files import ARCS, CODES, OF_ARCS, SIDE, in_grid, square, topology

PRAGUE = Point(lat=50.0875, lon=14.4213)
inside_czechia = st.builds(
    lambda lat, lon: Point(lat=lat, lon=lon), st.floats(48.6, 51.0), st.floats(12.2, 18.8)
)


@given(point=inside_czechia, grid=st.sampled_from(Grid))
def test_a_place_is_read_the_same_whichever_way_it_was_written(point, grid):
    ((first, second),) = in_grid([[point.lon, point.lat]], grid)
    if grid_of(first, second) is None:
        return  # a corner of the box that lies far outside the country in metres
    assert grid_of(first, second) is grid
    # Near Slovakia the way there and the way back choose different parameters of the datum.
    assert distance_km(point_of(first, second), point) < 0.01


def test_every_way_of_writing_prague_is_told_apart_by_signs_and_order():
    written = {grid: in_grid([[PRAGUE.lon, PRAGUE.lat]], grid)[0] for grid in Grid}
    assert {grid: grid_of(*numbers) for grid, numbers in written.items()} == {
        grid: grid for grid in Grid
    }
    east, north = written[Grid.EAST_NORTH]
    assert east < 0 > north
    assert abs(east) < abs(north)


@pytest.mark.parametrize(
    "numbers", [(0, 0), (2.35, 48.85), (float("nan"), 50), (1e300, -1e300), (-500_000, 1_000_000)]
)
def test_numbers_that_are_no_place_in_czechia_are_refused(numbers):
    assert grid_of(*numbers) is None
    with pytest.raises(GeoError, match="outside Czechia"):
        point_of(*numbers)


def test_the_most_frequent_reading_wins_and_strays_do_not_vote():
    pairs = [(14.4, 50.1), (14.5, 50.2), (50.1, 14.4), (0, 0)]
    assert common_grid(pairs) is Grid.LON_LAT


@given(point=inside_czechia)
def test_there_and_back_again_is_the_same_place(point):
    numbers = np.array([[point.lon, point.lat]])
    back = from_plane(to_plane(numbers, Grid.LON_LAT))
    assert np.allclose(back, numbers, atol=1e-4)


def an_outline(code: str, grid: Grid = Grid.LON_LAT) -> Outline:
    return Outline.of_polygons([[np.array(in_grid(square(code), grid))]])


@pytest.mark.parametrize("grid", list(Grid))
def test_neighbours_share_their_border_whatever_the_coordinates(grid):
    outlines = [an_outline(code, grid) for code in CODES]
    assert common_grid(one.corner for one in outlines) is grid
    assert all(one.lies_in(grid) for one in outlines)
    areas = areas_of(outlines, grid)
    assert Area.joined(areas).area_km2() == pytest.approx(sum(one.area_km2() for one in areas))
    for a, b in itertools.combinations(areas, 2):
        assert a.overlap_km2(b) == 0
    for code, area in zip(CODES, areas, strict=True):
        assert (
            distance_km(Point(lat=square(code)[0][1], lon=square(code)[0][0]), area.bounds()[0])
            < 0.05
        )


def test_simplifying_takes_corners_away_and_leaves_no_gap_between_neighbours():
    wavy = [[15.05 + 0.00005 * (step % 2), 50 + step * 0.0005] for step in range(101)]
    left = Outline.of_polygons([[np.array([*wavy, [15.0, 50.05], [15.0, 50.0], wavy[0]])]])
    right = Outline.of_polygons([[np.array([*wavy, [15.1, 50.05], [15.1, 50.0], wavy[0]])]])
    areas = areas_of([left, right], Grid.LON_LAT)
    corners = [len(one.to_geojson()["coordinates"][0]) for one in areas]
    assert max(corners) < 20
    assert areas[0].overlap_km2(areas[1]) == pytest.approx(0, abs=1e-6)
    together = Area.joined(areas)
    assert together.area_km2() == pytest.approx(sum(one.area_km2() for one in areas), rel=1e-6)


def test_what_is_smaller_than_a_metre_is_no_area():
    ring = [[15, 50], [15.000001, 50], [15.000001, 50.000001], [15, 50]]
    speck = Outline.of_polygons([[np.array(ring)]])
    assert areas_of([speck, an_outline(CODES[0])], Grid.LON_LAT)[0] is None
    assert areas_of([], Grid.LON_LAT) == []


def test_an_outline_abroad_does_not_lie_in_the_grid():
    abroad = Outline.of_polygons([[np.array([[2, 48], [3, 48], [3, 49], [2, 48]])]])
    half = Outline.of_polygons([[np.array([[18, 50], [25, 50], [25, 51], [18, 50]])]])
    assert not abroad.lies_in(Grid.LON_LAT)
    assert not half.lies_in(Grid.LON_LAT)


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [15, 50]},
        {"type": ["Polygon"], "coordinates": []},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": [[[15, 50], [15, 51]]]},
        {"type": "Polygon", "coordinates": [[[15, 50], [15, 51], [15, 52], [15, 50]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [15, 51], [16, 52], [15, 50]]]},
        {"type": "Polygon", "coordinates": [[[15, 50], [15, 1e999], [16, 52], [15, 50]]]},
        {"type": "MultiPolygon", "coordinates": [5]},
    ],
)
def test_a_geometry_that_encloses_nothing_is_refused(geometry):
    with pytest.raises(GeoError):
        Outline.from_geojson(geometry)


def test_geojson_of_one_and_of_two_polygons_is_read():
    one = {"type": "Polygon", "coordinates": [square(CODES[0])]}
    two = {"type": "MultiPolygon", "coordinates": [[square(CODES[0])], [square(CODES[3])]]}
    (single, double) = areas_of(
        [Outline.from_geojson(one), Outline.from_geojson(two)], Grid.LON_LAT
    )
    assert double.area_km2() == pytest.approx(2 * single.area_km2(), rel=0.01)


def test_a_ring_that_crosses_itself_keeps_what_it_encloses():
    bow = [[15, 50], [15.1, 50.1], [15.1, 50], [15, 50.1], [15, 50]]
    (area,) = areas_of([Outline.of_polygons([[np.array(bow)]])], Grid.LON_LAT)
    assert 0 < area.area_km2() < 45


def test_a_spike_of_a_ring_falls_off():
    spiked = [[15, 50], [15.1, 50], [15.1, 50.1], [15.2, 50.2], [15.1, 50.1], [15, 50.1], [15, 50]]
    (area,) = areas_of([Outline.of_polygons([[np.array(spiked)]])], Grid.LON_LAT)
    assert area.bounds()[1].lon == pytest.approx(15.1)


def test_rings_of_which_nobody_says_what_is_a_hole_enclose_by_turns():
    outer = np.array(square(CODES[0]))
    inner = np.array([[15.02, 50.02], [15.03, 50.02], [15.03, 50.03], [15.02, 50.02]])
    short = np.array([[15.0, 50.0], [15.1, 50.1]])
    (whole,) = areas_of([Outline.of_rings([outer])], Grid.LON_LAT)
    (ringed,) = areas_of([Outline.of_rings([inner, outer, short])], Grid.LON_LAT)
    assert ringed.area_km2() < whole.area_km2()
    assert not ringed.contains(Point(lat=50.022, lon=15.027))


@pytest.mark.parametrize("rings", [[], [np.array([[1.0, 2.0]])], [np.full((4, 2), np.nan)]])
def test_rings_that_enclose_nothing_are_refused(rings):
    with pytest.raises(GeoError):
        Outline.of_rings(rings)


def test_the_area_that_holds_a_point_is_found():
    found = AreaFinder.of(
        {
            code: Area.from_geojson({"type": "Polygon", "coordinates": [square(code)]})
            for code in CODES
        }
    )
    assert found.holding(Point(lat=50.02, lon=15.02)) == "590001"
    assert found.holding(Point(lat=50.08, lon=15.09)) == "590004"
    assert found.holding(PRAGUE) is None
    assert AreaFinder.of({}).holding(PRAGUE) is None


def test_a_point_inside_an_area_lies_in_its_biggest_part():
    ring = square(CODES[0])
    speck = [[15.2, 50], [15.201, 50], [15.201, 50.001], [15.2, 50]]
    horseshoe = Area.from_geojson({"type": "MultiPolygon", "coordinates": [[speck], [ring]]})
    assert horseshoe.contains(horseshoe.inside())
    assert horseshoe.inside().lon < 15.1


@given(st.lists(st.tuples(st.floats(12, 19), st.floats(48, 51)), min_size=3, max_size=6))
def test_an_area_written_as_text_comes_back_exactly(ring):
    try:
        area = Area.from_geojson({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    except GeoError:
        return
    again = Area.from_text(area.to_text())
    assert again.to_text() == area.to_text()
    assert json.loads(area.to_text())["type"] == area.shape.geom_type


# TopoJSON


def outlines_of(document) -> dict[int, Outline]:
    read = Topology.of(document)
    return {
        one["id"]: read.outline(one) for geometries in read.layers.values() for one in geometries
    }


def test_shared_arcs_walked_there_and_back_make_neighbours():
    found = outlines_of(topology())
    for code in CODES:
        expected = Outline.of_polygons([[np.array(square(code))]])
        assert found[int(code)].shape.normalize().equals_exact(expected.shape.normalize(), 1e-9)


def test_a_topology_without_a_transform_holds_plain_positions():
    plain = topology()
    del plain["transform"]
    scaled = [(np.cumsum(np.array(arc), axis=0) * SIDE + [15.0, 50.0]).tolist() for arc in ARCS]
    plain["arcs"] = scaled
    assert outlines_of(plain)[590001].corner == (15.0, 50.0)


def test_a_multipolygon_and_a_lone_geometry_are_read():
    both = topology()
    both["objects"] = {
        "one": {
            "type": "MultiPolygon",
            "id": 1,
            "arcs": [[OF_ARCS["590001"]], [OF_ARCS["590004"]]],
        }
    }
    (area,) = areas_of([outlines_of(both)[1]], Grid.LON_LAT)
    assert area.to_geojson()["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    "change",
    [
        {"arcs": None},
        {"objects": []},
        {"objects": {"a": 5}},
        {"objects": {"a": {"type": "GeometryCollection", "geometries": 5}}},
        {"transform": 5},
        {"transform": {"scale": [1], "translate": [0, 0]}},
        {"transform": {"scale": [1, 1], "translate": ["a", 0]}},
        {"transform": {"scale": [1, 1], "translate": [10**400, 0]}},
    ],
)
def test_a_document_that_is_no_topology_is_refused(change):
    with pytest.raises(GeoError):
        Topology.of(topology() | change)


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": ["Polygon"], "arcs": []},
        {"type": "Point", "arcs": [[0]]},
        {"type": "Polygon", "arcs": None},
        {"type": "Polygon", "arcs": []},
        {"type": "Polygon", "arcs": [[]]},
        {"type": "Polygon", "arcs": [5]},
        {"type": "Polygon", "arcs": [[0, 99]]},
        {"type": "Polygon", "arcs": [[-100]]},
        {"type": "Polygon", "arcs": [["0"]]},
        {"type": "Polygon", "arcs": [[0]]},
        {"type": "MultiPolygon", "arcs": [[[0]], 5]},
    ],
)
def test_a_geometry_of_arcs_that_encloses_nothing_is_refused(geometry):
    with pytest.raises(GeoError):
        Topology.of(topology()).outline(geometry)


@pytest.mark.parametrize("arc", [None, [], [5], [["a", 1]], [[1]], [[10**400, 1]], [[[1, 2]]]])
def test_an_arc_that_cannot_be_read_costs_only_the_areas_that_need_it(arc):
    broken = topology()
    broken["arcs"] = [*ARCS[:6], arc, ARCS[7]]
    read = Topology.of(broken)
    geometries = {one["id"]: one for one in read.layers["OBCE"]}
    assert read.outline(geometries[590001]).corner == (15.0, 50.0)
    with pytest.raises(GeoError):
        read.outline(geometries[590004])


def test_arcs_named_over_and_over_do_not_fill_the_memory():
    long = topology()
    long["arcs"] = [[[0, 0], *([[1, 0]] * 1000)]]
    names = [0] * (MOST_VERTICES // 1000 + 1)
    with pytest.raises(GeoError, match="more than"):
        Topology.of(long).outline({"type": "Polygon", "arcs": [names]})


def test_a_coordinate_that_no_map_has_is_refused_before_anything_overflows():
    ring = [[13.0, 50.0], [14.0, 50.0], [14.0, 8.9e298], [13.0, 51.0], [13.0, 50.0]]
    with pytest.raises(GeoError, match="no number that any map has"):
        Outline.from_geojson({"type": "Polygon", "coordinates": [ring]})
    with pytest.raises(GeoError, match="no number that any map has"):
        Outline.of_rings([np.array(ring)])


def test_a_scale_that_no_map_has_does_not_overflow_aloud():
    document = topology()
    document["transform"]["scale"][0] = 8.98846567431158e307
    (name,) = document["objects"]
    first = document["objects"][name]["geometries"][0]
    decoded = Topology.of(document)
    with pytest.raises(GeoError, match="no number that any map has"):
        decoded.outline(first)
