"""What is found when somebody types the name of a place."""

import pytest

from referral.catalog.places import (
    AmbiguousPlace,
    FoundPlace,
    How,
    PlaceIndex,
    Reason,
    UnknownPlace,
    find_place,
    suggest,
)
from referral.catalog.places.names import root, sound
from referral.catalog.places.narrowing import Within
from referral.catalog.territory import Territory
from support.build import a_municipality
from support.map_of_places import a_map

INDEX = PlaceIndex.of(a_map())
NOWHERE = PlaceIndex.of(Territory.of(()))


def find(text, *, orp=None):
    return find_place(text, INDEX, orp=orp)


def found(text, *, orp=None):
    answer = find(text, orp=orp)
    assert isinstance(answer, FoundPlace), answer
    return answer


def choice(text, *, orp=None):
    answer = find(text, orp=orp)
    assert isinstance(answer, AmbiguousPlace), answer
    assert answer.candidates == tuple(option.municipality for option in answer.options)
    return [(option.name, option.municipality.district) for option in answer.options]


def unknown(text, *, orp=None):
    answer = find(text, orp=orp)
    assert isinstance(answer, UnknownPlace), answer
    return answer


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("563404", "Vejprty", How.CODE),
        ("Vejprty", "Vejprty", How.EXACT),
        ("VEJPRTY", "Vejprty", How.EXACT),
        ("kadan", "Kadaň", How.EXACT),
        ("Vejprty 431 91", "Vejprty", How.EXACT),
        ("město Kadaň", "Kadaň", How.EXACT),
        ("ve Vejprtech", "Vejprty", How.INFLECTED),
        ("u Vejprt", "Vejprty", How.INFLECTED),
        ("k Vejprtům", "Vejprty", How.INFLECTED),
        ("nad Vejprty", "Vejprty", How.INFLECTED),
        ("z Chebu", "Cheb", How.INFLECTED),
        ("do kadane", "Kadaň", How.INFLECTED),
        ("v Karlových Varech", "Karlovy Vary", How.INFLECTED),
        ("v Klášterci nad Ohří", "Klášterec nad Ohří", How.INFLECTED),
        ("na Hoře Svaté Kateřiny", "Hora Svaté Kateřiny", How.INFLECTED),
        ("v Horkách", "Horky", How.INFLECTED),
        ("v Horce", "Horka", How.INFLECTED),
        ("do Horky", "Horka", How.INFLECTED),
        ("Chomutova", "Chomutov", How.INFLECTED),
        ("v Dubí", "Dubí", How.INFLECTED),
        ("v dubi", "Dubí", How.INFLECTED),
        ("v Dubé", "Dubá", How.INFLECTED),
        ("v Lipé", "Lipá", How.INFLECTED),
        ("bydlím v Kadani", "Kadaň", How.INFLECTED),
        ("K. Vary", "Karlovy Vary", How.ABBREVIATED),
        ("Klášterec n. O.", "Klášterec nad Ohří", How.ABBREVIATED),
        ("Hora sv. Kateřiny", "Hora Svaté Kateřiny", How.ABBREVIATED),
        ("Hora", "Hora Svaté Kateřiny", How.FIRST_WORDS),
        ("na Hoře", "Hora Svaté Kateřiny", How.FIRST_WORDS),
        ("vejprti", "Vejprty", How.SPELLING),
        ("Karlovyvary", "Karlovy Vary", How.SPELLING),
        ("Vejp", "Vejprty", How.PREFIX),
        ("Karlovy V", "Karlovy Vary", How.PREFIX),
        ("Vary", "Karlovy Vary", How.LATER_WORDS),
        ("ve Varech", "Karlovy Vary", How.LATER_WORDS),
        ("vejptry", "Vejprty", How.TYPO),
        ("ve Vejptrech", "Vejprty", How.TYPO),
        ("v Karlových Varch", "Karlovy Vary", How.TYPO),
        ("Pod Dubme", "Pod Dubem", How.TYPO),
    ],
)
def test_a_name_is_found_in_every_form_that_people_type(text, name, how):
    answer = found(text)
    assert (answer.name, answer.how) == (name, how)


def test_two_municipalities_of_one_name_are_asked_back_the_bigger_first():
    assert choice("Březová") == [("Březová", "Sokolov"), ("Březová", "Karlovy Vary")]
    assert choice("v Březové") == choice("Březová")


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Březová (Sokolov)", "Sokolov"),
        ("Březová, okres Sokolov", "Sokolov"),
        ("Březová v okrese Karlovy Vary", "Karlovy Vary"),
        ("Březová ORP Karlovy Vary", "Karlovy Vary"),
        ("Březová (ORP Karlovy Vary)", "Karlovy Vary"),
        ("Březová u Sokolova", "Sokolov"),
        ("v Březové u Karlových Varů", "Karlovy Vary"),
        ("Březová Sokolov", "Sokolov"),
        ("Brezvoa (Sokolov)", "Sokolov"),
        ("Březová, okres Sokolv", "Sokolov"),
    ],
)
def test_what_stands_beside_a_name_tells_which_one_is_meant(text, district):
    answer = found(text)
    assert (answer.name, answer.municipality.district) == ("Březová", district)


def test_a_region_may_leave_a_choice():
    assert len(choice("Březová, Karlovarský kraj")) == 2


def test_an_orp_narrows_the_search_and_may_be_misspelt():
    assert found("Březová", orp="karlovy vari").municipality.code == "537870"
    assert found("Březová", orp="v Sokolově").municipality.code == "560294"
    assert found("Březová, okres Sokolov", orp="Sokolov").municipality.code == "560294"
    assert len(choice("Březová", orp=" ")) == 2


def test_a_name_that_exists_only_elsewhere_is_not_replaced_by_a_similar_one():
    answer = unknown("Březová", orp="Cheb")
    assert answer.reason is Reason.ELSEWHERE
    assert [one.code for one in answer.nearest] == ["560294", "537870"]
    assert unknown("Vejprty (Most)").reason is Reason.ELSEWHERE
    assert unknown("Vejprty u Chebu").reason is Reason.ELSEWHERE
    assert unknown("563404", orp="Cheb").reason is Reason.ELSEWHERE
    assert found("563404", orp="Kadaň").how is How.CODE


def test_an_unknown_orp_is_said_with_the_seats_of_the_nearest():
    answer = unknown("Březová", orp="Kadlabergov")
    assert answer.reason is Reason.ORP
    assert answer.nearest[0].name == "Kadaň"


def test_an_orp_that_may_be_either_of_two_is_unknown():
    two = Territory.of(
        (a_municipality("500001", "Lípa", orp="Lípa"), a_municipality("500002", "Lipá", orp="Lipá"))
    )
    answer = find_place("Lípa", PlaceIndex.of(two), orp="lipa")
    assert isinstance(answer, UnknownPlace)
    assert answer.reason is Reason.ORP


def test_the_first_words_of_a_name_elsewhere_lead_nowhere():
    assert unknown("Hora", orp="Cheb").reason is Reason.NAME


def test_a_part_that_is_not_loaded_leads_to_the_municipality_beside_it():
    assert found("Hora (Cheb)").name == "Cheb"
    assert found("Horní Halže, Kadaň").name == "Kadaň"


def test_homonyms_far_from_the_named_neighbour_are_asked_back():
    assert [district for _, district in choice("Březová u Vejprt")] == ["Sokolov", "Karlovy Vary"]


def test_a_neighbour_of_a_name_that_is_not_understood_narrows_nothing():
    assert len(choice("Březová u Dlouhánova")) == 2
    assert found("Vejprty, Tylova 123").name == "Vejprty"


def test_a_municipality_is_preferred_to_a_part_elsewhere_which_is_counted():
    answer = found("Most")
    assert (answer.municipality.code, answer.part, answer.namesakes) == ("567027", None, 1)
    assert found("Kadaň").namesakes == 0


def test_a_part_is_found_with_its_municipality():
    answer = found("Dlouhá Louka")
    assert (answer.name, answer.municipality.name) == ("Dlouhá Louka", "Kadaň")
    assert answer.part is not None


def test_parts_of_one_name_in_two_municipalities_are_asked_back():
    assert choice("Zátiší") == [("Zátiší", "Karlovy Vary"), ("Zátiší", "Sokolov")]


@pytest.mark.parametrize(
    "text",
    [
        "Rybáře, Karlovy Vary",
        "Karlovy Vary, Rybáře",
        "Karlovy Vary – Rybáře",
        "Rybáře (Karlovy Vary)",
        "Rybáře Karlovy Vary",
        "Karlovy Vary-Rybáře",
        "Rybáře, Karlovy Vary, Karlovarský kraj",
    ],
)
def test_a_part_may_stand_beside_its_municipality(text):
    answer = found(text)
    assert (answer.name, answer.municipality.name) == ("Rybáře", "Karlovy Vary")


def test_a_part_that_begins_the_name_of_a_municipality_is_asked_back():
    assert choice("Klášterec") == [("Klášterec", "Chomutov"), ("Klášterec nad Ohří", "Chomutov")]


def test_diacritics_decide_when_typed_and_are_asked_for_when_not():
    assert found("Lípa").municipality.code == "567205"
    assert found("Lipá").municipality.code == "567213"
    assert choice("lipa") == [("Lípa", "Most"), ("Lipá", "Most")]


def test_a_name_that_begins_with_a_preposition_is_itself():
    assert found("Pod Dubem").name == "Pod Dubem"


def test_a_name_with_its_neighbour_inside_is_itself():
    assert found("v Blšanech u Loun").name == "Blšany u Loun"
    assert found("Louna").name == "Louny"


def test_a_beginning_that_may_also_be_a_misspelt_name_is_asked_back():
    assert choice("Kruka") == [("Krupka", "Teplice"), ("Krukanice", "Chomutov")]
    assert found("Kada").name == "Kadaň"


def test_two_names_equally_near_to_a_misspelt_one_are_asked_back():
    assert choice("Lipka") == [("Lípa", "Most"), ("Lipá", "Most")]


def test_an_area_may_be_unfinished():
    assert choice("Rybáře, Karl") == [("Rybáře", "Karlovy Vary"), ("Rybáře", "Sokolov")]
    assert found("Březová, okres Karl").municipality.code == "537870"


def test_a_short_beginning_leaves_a_choice_of_twelve_at_most():
    many = Territory.of(
        a_municipality(str(500_000 + number), f"Lhota {number}", population=number)
        for number in range(30)
    )
    answer = find_place("Lho", PlaceIndex.of(many))
    assert isinstance(answer, AmbiguousPlace)
    assert [one.name for one in answer.candidates[:2]] == ["Lhota 29", "Lhota 28"]
    assert len(answer.candidates) == 12


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n", Reason.EMPTY),
        ("431 91", Reason.POSTCODE),
        ("43191", Reason.POSTCODE),
        ("999999", Reason.CODE),
        ("kolik stojí rohlík", Reason.NAME),
        ("x", Reason.NAME),
        ("?!", Reason.EMPTY),
    ],
)
def test_what_is_no_place_is_said_to_be_unknown_and_why(text, reason):
    assert unknown(text).reason is reason


def test_the_nearest_names_are_given_with_an_unknown_one():
    assert [one.name for one in unknown("Kladaňov").nearest][:1] == ["Kadaň"]
    assert [one.name for one in unknown("Kladaňov", orp="Kadaň").nearest][:1] == ["Kadaň"]
    assert unknown("Kladaňov", orp="Cheb").nearest == ()


def test_nothing_is_found_where_nothing_is_loaded():
    assert find_place("Vejprty", NOWHERE) == UnknownPlace()
    assert suggest("Vejprty", NOWHERE) == ()


def shown(text, limit=8):
    return [(one.name, one.municipality) for one in suggest(text, INDEX, limit=limit)]


def test_suggestions_begin_with_the_best_known_place():
    assert shown("k", limit=3) == []
    assert shown("Ka", limit=3) == [
        ("Karlovy Vary", "Karlovy Vary"),
        ("Kadaň", "Kadaň"),
        ("Kadaňská Jeseň", "Kadaň"),
    ]


def test_a_suggestion_carries_what_tells_namesakes_apart():
    first, second = suggest("Březov", INDEX)
    assert (first.orp, first.district, first.code) == ("Sokolov", "Sokolov", "560294")
    assert second.orp == "Karlovy Vary"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("v Ch", "Chomutov"),
        ("ve vejprtech", "Vejprty"),
        ("v Karlových Va", "Karlovy Vary"),
        ("vejpt", "Vejprty"),
        ("chmou", "Chomutov"),
        ("vejprti", "Vejprty"),
        ("pod d", "Pod Dubem"),
        ("Rybáře, Karl", "Rybáře"),
        ("Březová, okres Sok", "Březová"),
    ],
)
def test_suggestions_come_while_the_name_is_unfinished_inflected_or_misspelt(text, name):
    assert shown(text)[0][0] == name


def test_a_finished_name_brings_no_misspelt_ones():
    assert shown("Lípa") == [("Lípa", "Lípa"), ("Lipá", "Lipá")]
    assert shown("Klášterec nad") == [("Klášterec nad Ohří", "Klášterec nad Ohří")]


def test_a_place_is_suggested_once():
    assert shown("Kadaň").count(("Kadaň", "Kadaň")) == 1
    assert shown("") == []


def test_the_root_stays_in_all_cases():
    assert {root(name) for name in ("vejprty", "vejprtech", "vejprtum", "vejprt")} == {"vejprt"}
    assert root("horni slavkov") == "horn slavkov"


def test_what_sounds_alike_has_one_sound():
    assert sound("vejprty") == sound("wejprrti")


def test_two_narrowings_keep_what_both_keep():
    both = Within(codes=frozenset("ab")).and_also(Within(codes=frozenset("bc")))
    assert both.codes == frozenset("b")
    assert Within().and_also(Within(codes=frozenset("b"))).codes == frozenset("b")
    assert Within(codes=frozenset("a")).and_also(Within()).codes == frozenset("a")
