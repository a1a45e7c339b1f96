"""Roads read from extracts made up here; expected minutes and kilometres are worked out by hand.

Distances lie on a grid of kilometres, which the plane keeps within a fifth of a per cent.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from referral.geo.roads import RoadNetwork
from referral.geo.travel import Spots, StraightLine
from referral.ingest.errors import IngestError
from referral.ingest.progress import Progress
from referral.ingest.roads import extract
from referral.ingest.roads.extract import read_roads
from referral.ingest.roads.matrix_file import write_travel_matrix
from referral.ingest.roads.rules_file import RoadClass, read_road_rules
from referral.ingest.travel_matrix import read_travel_matrix
from referral.resources import data_dir
from support.osm import Extract, at

osmium = pytest.importorskip("osmium", reason="osmium (the extra „roads“) is not installed")

RULES = replace(
    read_road_rules(data_dir() / "travel" / "roads.toml"),
    of_the_sign=1.0,
    reach_km=1.5,
    ferry_wait_minutes=10.0,
    destination_kmh=20.0,
    classes={
        "motorway": RoadClass(kmh=120, limit=130, oneway=True, stops=False),
        "secondary": RoadClass(kmh=60, limit=90),
        "residential": RoadClass(kmh=30, limit=50),
        "ferry": RoadClass(kmh=6, limit=20, stops=False),
    },
    tracks={"grade1": 15.0},
)
LINE = StraightLine()
FIXED = LINE.estimate.fixed_minutes
NEARLY = {"rel": 3e-3}


def read(tmp_path, extract, name="silnice.osm"):
    return read_roads(extract.write(tmp_path / name), rules=RULES)


def network(tmp_path, extract, name="silnice.osm"):
    return RoadNetwork.over(
        read(tmp_path, extract, name).graph, reach_km=RULES.reach_km, otherwise=LINE
    )


def way(model, start, end):
    """Return the minutes driven and the km between two points; None where they are estimated."""
    table = model.table(Spots.of([start], ["500001"]), Spots.of([end], ["500002"]))
    if not table.measured[0, 0]:
        return None
    return table.minutes[0, 0] - FIXED, table.km[0, 0]


# A (1) and B (3) lie at the two ends of a bent road of 3 + 4 km, with a straight one way road of
# 5 km back. From B a motorway leads 12 km to C (5), there only; the road beside it goes both ways.
COUNTRY = Extract(
    nodes={
        1: (0, 0), 2: (0, 3), 3: (4, 3), 4: (16, 3), 5: (16, 4), 8: (4, 4), 9: (10, 3),
        10: (-2, 0), 11: (-2, -3), 12: (0, -3), 13: (0, -6), 14: (30, 30), 15: (33, 30),
        16: (4, 1), 17: (9, -2), 18: (10, 4),
    },
    ways=[
        ([1, 2, 3], {"highway": "secondary"}),
        ([3, 1], {"highway": "secondary", "oneway": "yes"}),
        ([3, 9, 4], {"highway": "motorway"}),
        ([4, 5], {"highway": "residential"}),
        ([5, 18, 8, 3], {"highway": "secondary"}),
        ([1, 10], {"highway": "residential", "maxspeed": "20"}),
        ([10, 11], {"highway": "track", "tracktype": "grade1"}),
        ([11, 12], {"highway": "service", "access": "private"}),
        ([1, 12], {"route": "ferry", "motor_vehicle": "yes", "duration": "00:15"}),
        ([12, 13], {"highway": "secondary"}),
        ([14, 15], {"highway": "secondary"}),
        ([3, 16], {"highway": "residential", "motor_vehicle": "destination"}),
        ([3, 17], {"highway": "footway"}),
        ([17, 99], {"highway": "secondary"}),
    ],
)  # fmt: skip
A, B, C = COUNTRY.point(1), COUNTRY.point(3), COUNTRY.point(5)
FILES = ("silnice.osm", "silnice.osm.pbf", "silnice.osm.bz2")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("start", "end", "minutes", "km"),
    [
        (1, 3, 7, 7),  # round the bend: the straight road is one way the other way
        (3, 1, 5, 5),
        (3, 5, 6 + 2, 13),  # by the motorway
        (5, 3, 13, 13),  # back by the road beside it
        (1, 10, 6, 2),  # 2 km by the sign of 20
        (1, 11, 6 + 12, 5),  # and 3 km of track
        (1, 12, 15 + 10, 3),  # the ferry by its timetable, and the wait
        (13, 1, 3 + 15 + 10, 6),
        (3, 16, 6, 2),  # 2 km where only those may drive who have business there
    ],
)
def test_ways_over_the_country_are_those_worked_out_by_hand(
    tmp_path, name, start, end, minutes, km
):
    model = network(tmp_path, COUNTRY, name)
    found = way(model, COUNTRY.point(start), COUNTRY.point(end))
    assert found == (pytest.approx(minutes, **NEARLY), pytest.approx(km, **NEARLY))


@pytest.mark.parametrize("name", FILES[1:])
def test_every_form_of_the_file_gives_the_very_same_roads(tmp_path, name):
    text, other = (read(tmp_path, COUNTRY, one).graph for one in (FILES[0], name))
    for column in ("x", "y", "start", "end", "km", "minutes", "doors"):
        np.testing.assert_array_equal(getattr(text, column), getattr(other, column))


def test_what_cannot_be_reached_there_and_back_is_dropped_and_told(tmp_path):
    """The island of 3 km goes; the road of which the extract lacks an end has no length at all."""
    found = read(tmp_path, COUNTRY)
    assert found.graph.dropped_km == pytest.approx(3, **NEARLY)
    assert found.graph.drawn_km == pytest.approx(
        7 + 5 + 12 + 1 + 13 + 2 + 3 + 3 + 3 + 3 + 2, **NEARLY
    )
    assert (found.ways, found.lost) == (12, 1)
    assert way(network(tmp_path, COUNTRY), A, COUNTRY.point(14)) is None


def test_a_private_road_and_a_footway_join_nothing(tmp_path):
    model = network(tmp_path, COUNTRY)
    assert not model.joined(Spots.of([COUNTRY.point(17)], [None]))[0]
    by_ferry = way(model, COUNTRY.point(11), COUNTRY.point(12))
    assert by_ferry == (pytest.approx(12 + 6 + 25, **NEARLY), pytest.approx(8, **NEARLY))


def test_nobody_gets_off_a_motorway(tmp_path):
    """The place lies on the motorway, and is joined to the road a kilometre beside it."""
    aside = 1.35
    minutes, km = way(network(tmp_path, COUNTRY), at(10, 3), C)
    assert (minutes, km) == (
        pytest.approx(6 + aside * 2, **NEARLY),
        pytest.approx(6 + aside, **NEARLY),
    )
    bare = Extract(nodes=COUNTRY.nodes, ways=[([3, 4], {"highway": "motorway", "oneway": "no"})])
    assert network(tmp_path, bare).is_estimate
    assert way(network(tmp_path, bare), B, at(16, 3)) is None


def test_a_place_aside_of_the_road_walks_in_by_an_estimated_way(tmp_path):
    model = network(tmp_path, COUNTRY)
    minutes, km = way(model, at(-2, 1), B)
    assert km == pytest.approx(9 + 1.35, **NEARLY)
    assert minutes == pytest.approx(6 + 7 + 1.35 * 2, **NEARLY)
    assert way(model, at(-2, 1.6), B) is None


def test_two_places_at_one_node_go_straight_to_each_other(tmp_path):
    model = network(tmp_path, COUNTRY)
    minutes, km = way(model, at(-0.5, -0.2), at(-0.5, 0.2))
    assert km == pytest.approx(0.4 * 1.35, **NEARLY)
    assert minutes == pytest.approx(0.4 * 1.35 * 2, **NEARLY)


RING = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (-1, 0), 6: (-1, 1)}
ARMS = [([5, 1], {"highway": "secondary"}), ([6, 4], {"highway": "secondary"})]


@pytest.mark.parametrize(
    ("tags", "there", "back"),
    [
        ({"junction": "roundabout"}, 5, 3),
        ({"junction": "roundabout", "oneway": "-1"}, 3, 5),
        ({}, 3, 3),
    ],
)
def test_a_roundabout_is_driven_one_way_round(tmp_path, tags, there, back):
    ring = Extract(nodes=RING, ways=[([1, 2, 3, 4, 1], {"highway": "secondary"} | tags), *ARMS])
    model = network(tmp_path, ring)
    start, end = ring.point(5), ring.point(6)
    assert way(model, start, end) == (
        pytest.approx(there, **NEARLY),
        pytest.approx(there, **NEARLY),
    )
    assert way(model, end, start)[1] == pytest.approx(back, **NEARLY)


@pytest.mark.parametrize(
    ("tags", "km"),
    [({}, 2), ({"barrier": "gate"}, 2), ({"barrier": "bollard"}, 8), ({"access": "private"}, 8)],
)
def test_a_barrier_sends_cars_round(tmp_path, tags, km):
    block = Extract(
        nodes={1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (0, 3), 5: (2, 3), 6: (-1, 0), 7: (3, 0)},
        ways=[
            ([6, 1], {"highway": "residential"}),
            ([3, 7], {"highway": "residential"}),
            ([1, 2, 3], {"highway": "residential"}),
            ([1, 4, 5, 3], {"highway": "residential"}),
        ],
        tags={2: tags},
    )
    _, driven_km = way(network(tmp_path, block), block.point(1), block.point(3))
    assert driven_km == pytest.approx(km, **NEARLY)


def test_the_graph_keeps_turnings_and_ends_and_a_node_in_every_square_kilometre(tmp_path):
    """A hundred bends of 10 m between two towns become a few nodes of the same length."""
    nodes = {number: (number / 100, 0.0005 * (number % 2)) for number in range(1, 301)}
    ways = [(list(range(1, 151)), {"highway": "secondary"}), (range(150, 301), {"highway": "road"})]
    wiggly = Extract(nodes=nodes, ways=[(list(one), {"highway": "secondary"}) for one, _ in ways])
    found = read(tmp_path, wiggly)
    assert found.bends == 300
    assert 4 <= len(found.graph) <= 8
    drawn = 299 * np.hypot(0.01, 0.0005)
    assert way(network(tmp_path, wiggly), wiggly.point(1), wiggly.point(300))[1] == pytest.approx(
        drawn, **NEARLY
    )


def test_the_day_of_the_extract_is_known_where_its_header_says_it(tmp_path):
    assert read(tmp_path, COUNTRY, "silnice.osm.pbf").as_of == date(2026, 11, 20)
    assert read(tmp_path, COUNTRY).as_of is None


def test_reading_tells_how_far_it_is(tmp_path, monkeypatch):
    class Heard(Progress):
        told = ()

        def begin(self, total):
            self.told = (total,)

        def advance(self, what, count):
            self.told += (what, count)

    heard = Heard()
    monkeypatch.setattr(extract, "_STEP", 10)
    file = COUNTRY.write(tmp_path / "silnice.osm")
    read_roads(file, rules=RULES, progress=heard)
    assert heard.told == (0, "silnice", 10, "silnice", 2)


ISLANDS = Extract(nodes={1: (0, 0), 2: (1, 0)}, ways=[([1, 2], {"highway": "footway"})])
ONE_WAY = Extract(
    nodes={1: (0, 0), 2: (1, 0)}, ways=[([1, 2], {"highway": "secondary", "oneway": "yes"})]
)
UNSAVED = Extract(nodes={-1: (0, 0), -2: (1, 0)}, ways=[([-1, -2], {"highway": "secondary"})])


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (ISLANDS, "není tu žádná silnice, po které jezdí auta"),
        (ONE_WAY, "dojet tam i zpět"),
        (UNSAVED, "záporná čísla"),
    ],
)
def test_an_extract_without_roads_of_use_is_refused(tmp_path, made, message):
    with pytest.raises(IngestError, match=message):
        read(tmp_path, made)


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("silnice.osm", 0.5),
        ("silnice.osm.pbf", 0.9),
        ("silnice.osm.bz2", 0.5),
        ("silnice.osm.pbf", 0.0),
        ("silnice.csv", 1.0),
    ],
)
def test_a_damaged_or_foreign_file_is_told_in_one_sentence(tmp_path, name, cut):
    whole = COUNTRY.write(tmp_path / ("celek.osm" if name.endswith("csv") else f"celek{name[7:]}"))
    data = whole.read_bytes()
    file = tmp_path / name
    file.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(IngestError, match="není výpis OpenStreetMap"):
        read_roads(file, rules=RULES)


def test_a_missing_file_and_a_missing_library_say_what_to_do(tmp_path, monkeypatch):
    with pytest.raises(IngestError, match="soubor tu není"):
        read_roads(tmp_path / "neni.osm.pbf", rules=RULES)
    file = COUNTRY.write(tmp_path / "silnice.osm")
    monkeypatch.setattr(extract, "find_spec", lambda _: None)
    with pytest.raises(IngestError, match=r"pip install 'referral\[roads\]'"):
        read_roads(file, rules=RULES)


def test_the_matrix_that_is_written_gives_the_ways_back(tmp_path):
    model = network(tmp_path, COUNTRY)
    codes = ["500001", "500002", "500003", "500004"]
    towns = Spots.of([A, B, C, COUNTRY.point(14)], codes)
    file = tmp_path / "tam" / "casy.csv"
    written = write_travel_matrix(file, model.routed_within(14.0, towns, towns), codes=codes)
    back = read_travel_matrix(file, municipalities=codes, count=4, otherwise=LINE)
    assert written == back.given == 3
    table, known = model.table(towns, towns), back.model.table(towns, towns)
    near = known.measured
    assert np.argwhere(near).tolist() == [[0, 1], [1, 0], [1, 2]]
    np.testing.assert_allclose(known.minutes[near], table.minutes[near], atol=0.0006)
    np.testing.assert_allclose(known.km[near], table.km[near], atol=0.0006)


def test_a_matrix_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "casy.csv").mkdir()
    with pytest.raises(IngestError, match="nejde zapsat"):
        write_travel_matrix(tmp_path / "casy.csv", [], codes=[])
    assert [one.name for one in tmp_path.iterdir()] == ["casy.csv"]
