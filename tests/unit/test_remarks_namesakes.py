"""Which of several places of one name a remark means, or that it cannot be told."""

import pytest

from referral.catalog.areas import AreaKind
from support.remarks import names, read, small_country, told, written


def orp(name: str) -> set[str]:
    return set(small_country().by_orp[name])


def test_a_name_of_several_municipalities_is_asked_back():
    reading = read("v Březové")
    assert reading.areas[0].area.code is None
    assert reading.municipalities == ()
    assert reading.possible == ("202", "212")
    assert reading.unread[0].why == "míst toho jména je víc"
    assert "Březová (okres Sokolov), Březová (okres Karlovy Vary)" in reading.areas[0].note
    assert reading.confidence < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "v Březové (okres Sokolov)",
        "v Březové, okres Sokolov",
        "v Březové v okrese Sokolov",
        "v Březové okres Sokolov",
        "v Březové u Sokolova",
        "v Březové (u Sokolova)",
        "v Březové (ORP Sokolov)",
        "v Březové u Karlových Varů",
    ],
)
def test_what_stands_beside_a_name_tells_which_one_is_meant(text):
    reading = read(text)
    assert [one.area.code for one in reading.areas] == ["202" if "Sokolov" in text else "212"]
    assert reading.confidence > 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v Březové (terénní)", ["municipality:Březová", "? Březové"]),
        ("v Březové u řeky", ["municipality:Březová", "? Březové"]),
        ("v Březové (u Sokolova bez konce závorky a dál a dál", None),
        ("v Mostě (okres Sokolov)", ["municipality:Most", "district:Sokolov"]),
        ("v Mostě u Sokolova", ["municipality:Most"]),
        ("v Březové (okres Most)", ["municipality:Březová", "district:Most", "? Březové"]),
        ("v Březové, okres", ["municipality:Březová", "? Březové"]),
    ],
)
def test_what_tells_nothing_is_no_help(text, expected):
    if expected is None:
        assert told(text)[0] == "municipality:Březová"
    else:
        assert told(text) == expected


def test_other_names_of_the_list_tell_namesakes_apart():
    reading = read("v Březové a Sokolově")
    assert reading.areas[0].area.code == "202"
    assert "podle ostatních míst čteme tu v okrese Sokolov" in reading.areas[0].note


@pytest.mark.parametrize("wide", ["okres Sokolov", "ORP Sokolov", "Karlovarský kraj"])
def test_an_area_of_the_list_tells_namesakes_apart(wide):
    codes = [one.area.code for one in read(f"{wide} a v Březové").areas]
    assert codes[1] in ({"202"} if "Sokolov" in wide else {None})


def test_the_municipality_of_the_service_tells_namesakes_apart():
    assert read("v Březové", near="212").areas[0].area.code == "212"
    assert read("v Březové", near="211").areas[0].area.code == "212"


def test_a_seat_of_an_orp_is_meant_rather_than_a_village_of_its_name():
    reading = read("v Žatci")
    assert reading.areas[0].area.code == "141"
    assert reading.areas[0].note == "Obcí jménem Žatec je víc; čteme sídlo ORP."
    assert 0.8 < reading.confidence < 0.9


def test_a_town_is_meant_where_the_text_says_town():
    reading = read("na území města Osek")
    assert reading.areas[0].area.code == "305"
    assert "čteme město v okrese Jihlava" in reading.areas[0].note
    assert read("v Oseku").areas[0].area.code is None


def test_a_village_far_from_the_rest_is_doubted():
    reading = read("v Sokolově, Karlových Varech a Kalku")
    assert reading.areas[2].area.code == "103"
    assert "leží daleko od ostatních míst (okres Chomutov)" in reading.areas[2].note


def test_a_part_nearby_is_meant_rather_than_a_far_town_that_sounds_like_it():
    reading = read("v Roudnici nad Labem, Hrobcích, Rohatcích")
    assert reading.areas[2].area.kind is AreaKind.MUNICIPALITY_PART
    assert reading.areas[2].area.code == "906"
    reading = read("na území obcí Hrobce, Rohatce")
    assert reading.areas[1].area.name == "Rohatce"


def test_a_part_nearby_is_meant_rather_than_a_village_of_its_name_far_away():
    reading = read("obce Chomutov, Jirkov, Březno, Osek")
    assert written(reading.areas)[-1] == "municipality_part:Osek"
    assert reading.municipalities == ("101", "102", "104")


def test_an_accent_too_many_is_a_slip_where_a_municipality_nearby_has_none():
    reading = read("obce Děčín, Jánská a Česká Kamenice")
    assert [one.area.code for one in reading.areas] == ["171", "172", "173"]


def test_a_part_of_several_municipalities_is_asked_back():
    reading = read("v Zálesí")
    assert written(reading.areas) == ["municipality_part:Zálesí"]
    assert names(reading.possible) == ["Kalek", "Rokle"]
    assert [piece.text for piece in reading.unread] == ["Zálesí"]


def test_a_catchment_of_a_part_or_of_namesakes_is_only_possible():
    assert read("v Ervěnicích a okolí").municipalities == ()
    reading = read("v Březové a jejích spádových obcích")
    assert reading.municipalities == ()
    assert set(reading.possible) == orp("Sokolov") | orp("Karlovy Vary")


def test_a_part_of_namesakes_is_asked_back():
    reading = read("v Lhotě-Dvorech")
    assert names(reading.possible) == ["Lhota", "Lhota"]
    assert [piece.why for piece in reading.unread] == ["míst toho jména je víc"]
