"""What tags of OpenStreetMap say about driving, and the file of speeds behind it."""

import pytest

from referral.ingest.errors import IngestError
from referral.ingest.roads.rules_file import read_road_rules
from referral.ingest.roads.tags import closes, driven
from referral.resources import data_dir

FILE = data_dir() / "travel" / "roads.toml"
RULES = read_road_rules(FILE)
USUAL = {name: one.kmh for name, one in RULES.classes.items()}


def how(**tags):
    return driven({key.replace("__", ":"): value for key, value in tags.items()}, RULES)


def test_every_usual_speed_lies_below_what_the_law_allows():
    assert all(one.kmh < one.limit for one in RULES.classes.values())
    assert RULES.classes["primary"].limit == 90
    assert RULES.classes["motorway"].limit == 130


def test_a_road_without_signs_is_driven_at_the_usual_speed_of_its_class():
    for name in ("motorway", "primary", "tertiary_link", "residential", "living_street"):
        assert how(highway=name).kmh == USUAL[name]


@pytest.mark.parametrize(
    ("sign", "kmh"),
    [
        ("30", 27),
        ("30 km/h", 27),
        ("20 mph", 20 * 1.609344 * 0.9),
        ("20mph", 20 * 1.609344 * 0.9),
        ("CZ:urban", 45),
        ("cz:urban", 45),
        ("DE:zone:30", 27),
        ("CZ:zone20", 18),
        ("walk", 4.5),
        ("50; 30", 27),
        ("50|40", 36),
        ("90", USUAL["secondary"]),
        ("CZ:rural", USUAL["secondary"]),
        ("none", USUAL["secondary"]),
        ("signals", USUAL["secondary"]),
        ("0", USUAL["secondary"]),
        ("", USUAL["secondary"]),
    ],
)
def test_a_sign_slows_a_road_down_in_every_usual_writing(sign, kmh):
    assert how(highway="secondary", maxspeed=sign).kmh == pytest.approx(kmh)


def test_the_lower_sign_of_two_directions_holds_and_a_kind_of_sign_where_there_is_no_number():
    both = {"maxspeed:forward": "50", "maxspeed:backward": "30"}
    assert driven({"highway": "secondary"} | both, RULES).kmh == 27
    assert how(highway="secondary", source__maxspeed="CZ:urban").kmh == 45
    assert how(highway="secondary", maxspeed="50", maxspeed__type="CZ:rural").kmh == 45


@pytest.mark.parametrize(
    ("tags", "directions"),
    [
        ({}, (True, True)),
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "1"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "no"}, (True, True)),
        ({"oneway": "reversible"}, (True, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"junction": "circular"}, (True, False)),
        ({"junction": "roundabout", "oneway": "no"}, (True, True)),
        ({"oneway": "yes", "oneway:motor_vehicle": "no"}, (True, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway_link"}, (True, True)),
    ],
)
def test_one_way_roads_are_known(tags, directions):
    found = driven({"highway": "residential"} | tags, RULES)
    assert (found.forward, found.backward) == directions


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "construction", "construction": "primary"},
        {"highway": "proposed"},
        {"highway": "ferry"},
        {"railway": "rail"},
        {"highway": "primary", "access": "no"},
        {"highway": "primary", "access": "private"},
        {"highway": "primary", "motor_vehicle": "agricultural;forestry"},
        {"highway": "primary", "access": "yes", "vehicle": "no"},
        {"highway": "service", "service": "driveway"},
        {"highway": "residential", "area": "yes"},
        {"highway": "track"},
        {"highway": "track", "tracktype": "grade4"},
        {"highway": "track", "tracktype": "grade1", "motor_vehicle": "forestry"},
        {"route": "ferry"},
        {"route": "ferry", "access": "yes"},
        {"route": "ferry", "motor_vehicle": "no"},
        {"route": "hiking"},
    ],
)
def test_where_cars_do_not_drive_there_is_no_road(tags):
    assert driven(tags, RULES) is None


def test_the_word_that_names_cars_decides_before_the_word_for_everything():
    assert how(highway="primary", access="no", motorcar="yes").kmh == USUAL["primary"]
    assert how(highway="primary", access="private;yes").kmh == USUAL["primary"]
    assert how(highway="primary", access="no;unheard-of").kmh == USUAL["primary"]


def test_a_road_for_those_who_have_business_there_is_driven_slowly():
    assert how(highway="primary", motor_vehicle="destination").kmh == RULES.destination_kmh
    assert how(highway="primary", access="private;customers").kmh == RULES.destination_kmh
    assert how(highway="living_street", access="destination").kmh == USUAL["living_street"]


def test_tracks_are_driven_by_their_grade_and_surfaces_slow_down():
    assert how(highway="track", tracktype="grade2").kmh == RULES.tracks["grade2"]
    assert how(highway="track", surface="asphalt").kmh == RULES.tracks["grade1"]
    assert how(highway="track", tracktype="grade1", surface="mud").kmh == RULES.surfaces["mud"]
    assert how(highway="primary", surface="gravel").kmh == RULES.surfaces["gravel"]
    assert how(highway="primary", surface="asphalt").kmh == USUAL["primary"]


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        ("20", 20),
        ("00:20", 20),
        ("1:05", 65),
        ("00:05:30", 5.5),
        ("PT1H5M", 65),
        ("PT20M", 20),
        ("PT30S", None),
        ("PT", None),
        ("00:00", None),
        ("chvíli", None),
        ("", None),
    ],
)
def test_a_ferry_that_takes_cars_goes_by_its_timetable_where_there_is_one(duration, minutes):
    ferry = how(route="ferry", motor_vehicle="yes", duration=duration)
    assert (ferry.minutes, ferry.kmh, ferry.stops) == (minutes, USUAL["ferry"], False)
    assert ferry.wait_minutes == RULES.ferry_wait_minutes


@pytest.mark.parametrize(
    ("tags", "shut"),
    [
        ({"barrier": "bollard"}, True),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False),
        ({"barrier": "gate"}, False),
        ({"barrier": "gate", "locked": "yes"}, True),
        ({"barrier": "lift_gate", "access": "private"}, True),
        ({"barrier": "toll_booth"}, False),
        ({"highway": "crossing"}, False),
        ({"access": "no"}, True),
    ],
)
def test_a_barrier_stops_cars_unless_it_lets_them_through(tags, shut):
    assert closes(tags, RULES) is shut


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kmh = 110", "kmh = 140", "nad zákonným limitem"),
        ("kmh = 110", "kmh = 'hodně'", "„kmh“ musí být číslo"),
        ("kmh = 110", "kmh = -1", "musí být kladné"),
        ("oneway = true", "oneway = 'ano'", "true, nebo false"),
        ("why = ", "proc = ", "chybí důvod"),
        ("[classes.ferry]", "[classes.privoz]", "chybí tabulka"),
        ("[signs.", "[znacky.", r"chybí tabulka \[signs\]"),
        ('names = ["paved"', 'jmena = ["paved"', "musí být seznam slov"),
        ("[reach_km]", "[reach_km", "není platný TOML"),
    ],
)
def test_a_mistake_in_the_speeds_is_told(tmp_path, old, new, message):
    file = tmp_path / "roads.toml"
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(IngestError, match=message):
        read_road_rules(file)


def test_a_missing_file_of_speeds_is_told(tmp_path):
    with pytest.raises(IngestError, match="nejde přečíst"):
        read_road_rules(tmp_path / "neni.toml")
