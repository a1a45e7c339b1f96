"""How long the way is: estimated, given in a table, or routed over roads."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.geo import GeoError, Point, distance_km, road_routes
from referral.geo.roads import Road, RoadNetwork
from referral.geo.travel import DEFAULT_ESTIMATE, Estimate, SpeedStep, Spots, StraightLine
from referral.geo.travel_given import GivenTimes, GivenWay
from referral.ingest.errors import IngestError
from referral.ingest.travel_file import read_age_demand, read_estimate
from referral.ingest.travel_matrix import read_travel_matrix
from referral.resources import data_dir
from support.build import HOME, north_of

LINE = StraightLine()
CODES = ["500001", "500002", "500003"]
POINTS = [HOME, north_of(HOME, km=8), north_of(HOME, km=40)]
TOWNS = Spots.of(POINTS, CODES)
TRAVEL = data_dir() / "travel"


@given(st.floats(0, 500), st.floats(0, 500))
def test_a_longer_way_is_never_faster(one, other):
    minutes = DEFAULT_ESTIMATE.minutes(np.array(sorted([one, other])))
    assert minutes[0] <= minutes[1]


@given(st.floats(0.001, 600), st.floats(1, 3))
def test_the_longest_straight_line_within_a_time_is_exactly_the_last_one(minutes, detour):
    estimate = DEFAULT_ESTIMATE.with_detour(detour)
    km = estimate.straight_within(minutes)
    if km < 0:
        assert minutes < estimate.fixed_minutes
    else:
        beyond = math.nextafter(km, math.inf)
        taken = estimate.minutes(np.array([km, beyond]) * detour)
        assert taken[0] <= minutes < taken[1]


def test_kilometres_are_driven_at_the_speed_of_their_step():
    km = np.array([0.0, 3.0, 15.0, 40.0, 130.0])
    ends = 2 + np.array([0, 6, 6 + 12 / 55 * 60, 6 + 12 / 55 * 60 + 25 / 70 * 60, 0])
    ends[4] = ends[3] + 60
    assert DEFAULT_ESTIMATE.minutes(km) == pytest.approx(ends)


def test_the_shipped_estimate_is_the_one_that_holds_without_a_file():
    assert read_estimate(TRAVEL / "estimate.toml") == DEFAULT_ESTIMATE


@pytest.mark.parametrize(
    "changes",
    [
        {"detour": 1.1},
        {"low_detour": 0.9},
        {"high_detour": math.inf},
        {"fixed_minutes": -1.0},
        {"steps": (SpeedStep(upto_km=5.0, kmh=30.0),)},
        {"steps": (SpeedStep(upto_km=0.0, kmh=30.0), SpeedStep(upto_km=math.inf, kmh=30.0))},
        {"steps": (SpeedStep(upto_km=math.inf, kmh=0.0),)},
    ],
)
def test_an_estimate_without_sense_is_refused(changes):
    values = {name: getattr(DEFAULT_ESTIMATE, name) for name in DEFAULT_ESTIMATE.__slots__}
    with pytest.raises(GeoError):
        Estimate(**(values | changes))


def test_the_table_of_the_estimate_and_its_pairs_agree():
    table = LINE.table(TOWNS, TOWNS)
    assert table.km[0, 1] == distance_km(POINTS[0], POINTS[1]) * 1.35
    assert LINE.is_estimate
    assert not table.measured.any()
    within = LINE.within(30.0, TOWNS, TOWNS)
    pairs = set(zip(within.origin.tolist(), within.destination.tolist(), strict=True))
    assert pairs == {(0, 0), (1, 1), (2, 2), (0, 1), (1, 0)}
    assert set(within.minutes) <= set(table.minutes[table.minutes <= 30])
    assert set(within.km) <= set(table.km.ravel())


def test_pairs_are_found_only_among_known_places():
    lost = Spots.of([None, HOME], [None, "500001"])
    assert LINE.within(30.0, TOWNS, lost).destination.tolist() == [1, 1]
    assert not len(LINE.within(30.0, TOWNS, lost.take(np.array([0]))).origin)
    assert not len(LINE.within(1.0, TOWNS, TOWNS).origin)
    assert len(lost) == 2


def test_another_detour_bounds_the_two_of_uncertainty():
    wide = LINE.with_detour(1.7).estimate
    assert (wide.low_detour, wide.detour, wide.high_detour) == (1.2, 1.7, 1.7)


def given_times(*ways):
    return GivenTimes.of(ways, otherwise=LINE)


def test_a_time_that_is_given_holds_and_the_others_are_estimated():
    model = given_times(
        GivenWay(from_code="500001", to_code="500003", minutes=90.0),
        GivenWay(from_code="500001", to_code="500002", minutes=5.0, km=7.0),
        GivenWay(from_code="500001", to_code="500002", minutes=21.0, km=15.0),
    )
    table, estimated = model.table(TOWNS, TOWNS), LINE.table(TOWNS, TOWNS)
    assert not model.is_estimate
    assert (table.minutes[0, 1], table.km[0, 1]) == (21.0, 15.0)
    assert (table.minutes[0, 2], table.km[0, 2]) == (90.0, estimated.km[0, 2])
    assert np.argwhere(table.measured).tolist() == [[0, 1], [0, 2]]
    assert table.minutes[1, 0] == estimated.minutes[1, 0]
    within = model.within(20.0, TOWNS, TOWNS)
    pairs = set(zip(within.origin.tolist(), within.destination.tolist(), strict=True))
    assert pairs == {(0, 0), (1, 1), (2, 2), (1, 0)}
    assert model.with_detour(1.5).table(TOWNS, TOWNS).km[1, 0] == pytest.approx(8 * 1.5, abs=0.1)


def test_a_place_outside_every_municipality_is_estimated_and_an_empty_table_is_an_estimate():
    model = given_times(GivenWay(from_code="500001", to_code="500001", minutes=1.0))
    nowhere = Spots.of([HOME], [None])
    assert not model.table(TOWNS, nowhere).measured.any()
    empty = given_times()
    assert empty.is_estimate
    assert empty.estimate is LINE.estimate
    assert (empty.table(TOWNS, TOWNS).km == LINE.table(TOWNS, TOWNS).km).all()
    assert not len(model.within(9.0, TOWNS, Spots.of([], [])).origin)


def network(*roads, reach_km=3.0):
    nodes = [HOME, north_of(HOME, km=8), Point(lat=HOME.lat, lon=HOME.lon + 0.3), POINTS[2]]
    return RoadNetwork.of(nodes, roads, reach_km=reach_km, otherwise=LINE)


def test_a_way_is_routed_over_the_roads_and_one_way_roads_count():
    """From the first to the second town over the corner: 0 -> 2 -> 1; back straight."""
    model = network(
        Road(start=0, end=2, kmh=60.0),
        Road(start=2, end=1, kmh=60.0),
        Road(start=1, end=0, kmh=30.0),
        Road(start=1, end=0, kmh=60.0),
    )
    table = model.table(TOWNS, TOWNS)
    corner = Point(lat=HOME.lat, lon=HOME.lon + 0.3)
    over = distance_km(POINTS[0], corner) + distance_km(corner, POINTS[1])
    assert table.km[0, 1] == pytest.approx(over)
    assert table.minutes[0, 1] == pytest.approx(over + 2)
    assert table.minutes[1, 0] == pytest.approx(distance_km(POINTS[0], POINTS[1]) + 2)
    assert table.measured[:2, :2].all()
    assert not table.measured[2, 0]
    assert not table.measured[0, 2]
    estimated = LINE.table(TOWNS, TOWNS)
    assert table.minutes[2, 0] == estimated.minutes[2, 0]
    assert len(model.within(15.0, TOWNS, TOWNS).origin) == 4
    assert model.with_detour(1.5).estimate.detour == 1.5


def test_a_stretch_is_as_long_as_it_is_said_to_be():
    model = network(Road(start=0, end=1, kmh=30.0, km=12.0))
    table = model.table(TOWNS, TOWNS)
    assert (table.km[0, 1], table.minutes[0, 1]) == (12.0, 24.0 + 2)


def test_what_has_been_routed_before_changes_nothing(monkeypatch):
    roads = [Road(start=0, end=1, kmh=50.0), Road(start=1, end=0, kmh=40.0)]
    fresh = network(*roads).table(TOWNS, TOWNS)
    for kept in (0, len(POINTS) + 1, 1000):
        monkeypatch.setattr(road_routes, "_KEPT", kept)
        model = network(*roads)
        for rows in ([0], [1, 0], [1]):
            table = model.table(TOWNS.take(np.array(rows)), TOWNS)
            assert (table.minutes == fresh.minutes[rows]).all()
            again = model.table(TOWNS, TOWNS.take(np.array(rows)))
            assert (again.minutes == fresh.minutes[:, rows]).all()
    assert model.table(TOWNS, TOWNS.take(np.array([], np.int64))).minutes.shape == (3, 0)


def test_a_place_far_from_every_road_or_unknown_is_estimated():
    model = network(Road(start=0, end=1, kmh=60.0))
    far = Spots.of([north_of(HOME, km=-10), None], [None, None])
    assert not model.table(TOWNS, far).measured.any()
    assert not model.is_estimate
    bare = network()
    assert bare.is_estimate
    assert (bare.table(TOWNS, TOWNS).minutes == LINE.table(TOWNS, TOWNS).minutes).all()


def test_a_table_of_times_is_read_and_tells_what_it_lacks(tmp_path):
    file = tmp_path / "casy.csv"
    file.write_text(
        "from_code;to_code;minutes;km\n500001;500002;12,5;9\n500002;500002;1;\n500001;999999;7;7\n",
        encoding="utf-8",
    )
    read = read_travel_matrix(file, municipalities=CODES, count=3, otherwise=LINE)
    assert (read.given, read.missing) == (2, 5)
    table = read.model.table(TOWNS, TOWNS)
    assert (table.minutes[0, 1], table.km[0, 1], table.minutes[1, 1]) == (12.5, 9.0, 1.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("from_code,minutes\n", "chybí sloupec „to_code“"),
        ("from_code,to_code,minutes\n1,500001,3\n", "kód obce má šest číslic"),
        ("from_code,to_code,minutes\n500001,500002,\n", "chybí čas v minutách"),
        ("from_code,to_code,minutes\n500001,500002,x\n", "čeká se číslo od nuly výš"),
        ("from_code,to_code,minutes\n500001,500002,inf\n", "řádek\N{NO-BREAK SPACE}2"),
        ("from_code,to_code,minutes\n500001\n", "méně sloupců než záhlaví"),
    ],
)
def test_a_mistake_in_a_table_of_times_is_found_by_its_row(tmp_path, text, message):
    file = tmp_path / "casy.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(IngestError, match=message):
        read_travel_matrix(file, municipalities=CODES, count=3, otherwise=LINE)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value = 1.35", "value = '1,35'", "musí být číslo"),
        ("value = 1.35", "value = 0.5", "nelze počítat"),
        ("why = ", "proc = ", "chybí důvod"),
        ("[[steps]]", "[[kroky]]", "chybí rychlosti"),
        ("[detour]", "[detour", "není platný TOML"),
    ],
)
def test_a_mistake_in_the_estimate_is_told(tmp_path, old, new, message):
    file = tmp_path / "estimate.toml"
    text = (TRAVEL / "estimate.toml").read_text(encoding="utf-8")
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(IngestError, match=message):
        read_estimate(file)


def test_weights_of_ages_are_three_numbers_each(tmp_path):
    assert read_age_demand(TRAVEL / "age_demand.toml")["40"] == (0.02, 0.3, 1.0)
    file = tmp_path / "vek.toml"
    for text in ("[weights]\n40 = [1, 2]\n", "[weights]\n40 = [1, 2, -1]\n", "x = 1\n"):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(IngestError):
            read_age_demand(file)
    with pytest.raises(IngestError, match="nejde přečíst"):
        read_age_demand(tmp_path / "neni.toml")
