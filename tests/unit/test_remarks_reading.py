"""What a reading says beside the areas: codes, certainty, notes, what a person has to settle."""

import pytest

from referral.catalog.areas import CoverageStatus
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import gazetteer as gazetteer_module
from referral.catalog.remarks import phrases as phrases_module
from referral.catalog.remarks import read_coverage
from referral.catalog.remarks.gazetteer import Gazetteer
from referral.catalog.remarks.mentions import Mention
from referral.catalog.remarks.phrases import PhraseIndex
from referral.catalog.remarks.scanner import scan
from referral.catalog.remarks.terms import Role, roles_at
from referral.catalog.remarks.tokens import LONGEST_REMARK, tidy
from referral.catalog.territory import Territory
from support.build import a_municipality
from support.remarks import ELSEWHERE, names, read, small_country, told, written

ALL = frozenset(small_country().municipalities)


def orp(name: str) -> set[str]:
    return set(small_country().by_orp[name])


# --- municipalities -------------------------------------------------------------------------------


def test_the_catchment_of_a_seat_is_its_whole_orp_and_the_note_says_so():
    reading = read("v Chomutově a jeho spádových obcích")
    assert set(reading.municipalities) == orp("Chomutov")
    assert reading.possible == ()
    assert reading.areas[0].note == "Spádové obce čteme jako celý správní obvod ORP Chomutov."


def test_the_catchment_of_another_town_is_the_town_and_perhaps_the_rest_of_its_orp():
    reading = read("v Jirkově a jeho spádových obcích")
    assert names(reading.municipalities) == ["Jirkov"]
    assert set(reading.possible) == orp("Chomutov") - set(reading.municipalities)
    assert "zbytek ORP Chomutov je možný" in reading.areas[0].note


def test_an_authorised_office_means_its_district_where_the_territory_knows_it():
    reading = read("SO POÚ Jirkov")
    assert names(reading.municipalities) == ["Jirkov", "Kalek"]
    assert reading.areas[0].note == "Obvod pověřeného úřadu bereme z územního číselníku."


def test_an_authorised_office_of_unknown_district_means_the_town_and_perhaps_its_orp():
    reading = read("SO POÚ Vejprty")
    assert names(reading.municipalities) == ["Vejprty"]
    assert set(reading.possible) == orp("Kadaň") - set(reading.municipalities)


def test_municipalities_come_in_the_order_of_their_codes():
    assert read("Louny, Chomutov, Most").municipalities == ("101", "121", "151")


def test_an_exception_takes_its_municipalities_out():
    reading = read("okres Most kromě Litvínova")
    assert names(reading.municipalities) == [
        *("Most", "Obrnice", "Bečov", "Meziboří", "Nová Ves v Horách")
    ]
    assert reading.coverage.certain == frozenset(reading.municipalities)


def test_an_exception_that_cannot_be_told_leaves_what_it_may_mean_possible():
    reading = read("okres Most kromě části Souš města Most")
    assert "Most" not in names(reading.municipalities)
    assert names(reading.possible) == ["Most"]


def test_the_whole_country_holds_all_municipalities_that_are_loaded():
    reading = read("celá ČR")
    assert reading.everywhere
    assert frozenset(reading.municipalities) == ALL
    assert reading.coverage.everywhere
    assert reading.coverage.certain == frozenset()


def test_the_whole_country_without_a_region_is_not_everywhere():
    reading = read("celá ČR mimo Ústecký kraj")
    assert not reading.everywhere
    assert not reading.coverage.everywhere
    assert {small_country().municipality(code).region for code in reading.municipalities} == {
        "Karlovarský kraj",
        "Kraj Vysočina",
    }


def test_a_part_makes_its_municipality_possible():
    reading = read("Most-Souš")
    assert (reading.municipalities, names(reading.possible)) == ((), ["Most"])
    assert reading.areas[0].area.code == "901"


def test_a_part_that_is_not_loaded_is_placed_by_the_text():
    reading = read("v Kadani a jejích místních částech Prunéřov a Tušimice")
    assert written(reading.areas) == [
        "municipality:Kadaň",
        "municipality_part:Prunéřov",
        "municipality_part:Tušimice",
    ]
    assert names(reading.municipalities) == ["Kadaň"]
    assert "čteme podle textu jako část obce Kadaň" in reading.areas[1].note


def test_a_part_of_the_municipality_just_named_is_preferred_to_a_village_far_away():
    reading = read(
        "v Klášterci nad Ohří a jeho obecních částech Miřetice u Klášterce nad Ohří, Hradiště"
    )
    assert [one.area.code for one in reading.areas] == ["112", "904", "903"]
    assert reading.confidence > 0.9


def test_parts_of_several_municipalities_are_looked_for_in_each():
    reading = read("v Kadani, Klášterci nad Ohří a jejich částech Ciboušov a Neznámov")
    assert written(reading.areas) == [
        "municipality:Kadaň",
        "municipality:Klášterec nad Ohří",
        "municipality_part:Ciboušov",
    ]
    assert [piece.text for piece in reading.unread] == ["Neznámov"]


def test_districts_of_a_city_are_its_parts():
    reading = read("Praha 4, 5 a 12, Most")
    assert written(reading.areas) == [
        "municipality_part:Praha 4",
        "municipality_part:Praha 5",
        "municipality_part:Praha 12",
        "municipality:Most",
    ]
    assert reading.areas[0].note.endswith("leží mimo načtené území.")


def test_radii_go_around_every_town_that_was_named_before():
    reading = read("v Mostě a Lounech a dojezdové vzdálenosti 25 km od těchto měst")
    assert written(reading.areas) == [
        "municipality:Most",
        "municipality:Louny",
        "radius:25:Most",
        "radius:25:Louny",
    ]
    assert "Jirkov" in names(reading.municipalities)


def test_a_place_outside_the_loaded_territory_is_understood_and_covers_nothing():
    reading = read("v Praze a Mostě")
    assert names(reading.municipalities) == ["Most"]
    assert reading.unread == ()
    assert reading.areas[0].note == "„Praha“ leží mimo načtené území."


def test_a_radius_outside_the_loaded_territory_may_reach_in_so_a_person_has_to_look():
    assert read("do 20 km od České Lípy").unread[0].why.startswith("okruh kolem místa mimo")


def test_an_unread_piece_may_lie_around_what_was_read():
    reading = read("v Mostě a Neznámově")
    assert set(reading.possible) == orp("Most") - {"121"}
    assert reading.coverage.unresolved == ("Neznámově",)
    assert reading.coverage.status is CoverageStatus.PARSED


def test_nothing_read_leaves_the_coverage_unknown():
    reading = read("na Mostecku")
    assert reading.coverage.status is CoverageStatus.UNKNOWN
    assert reading.possible == ()


# --- where the service stands ---------------------------------------------------------------------


def test_the_seat_of_the_service_is_the_middle_of_its_radius():
    reading = read("do 10 km od sídla služby", near="121")
    assert written(reading.areas) == ["radius:10:Most"]
    assert reading.areas[0].note == "Text území nejmenuje; bereme obec, kde služba sídlí."
    assert written(read("do 10 km", near="121").areas) == ["radius:10:Most"]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("na území města", "municipality:Most"),
        ("na území kraje", "region:Ústecký kraj"),
        ("na území okresu", "district:Most"),
        ("na území ORP", "orp:Most"),
    ],
)
def test_a_territory_without_a_name_is_that_of_the_service(text, area):
    assert written(read(text, near="121").areas) == [area]


def test_what_nobody_knows_may_also_lie_near_the_service():
    assert orp("Kadaň") <= set(read("v Mostě a Neznámově", near="111").possible)


def test_an_unknown_code_of_the_service_is_no_help():
    assert told("do 10 km od sídla služby", near="999") == ["? do 10 km od sídla"]


# --- notes and confidence -------------------------------------------------------------------------


def test_a_sure_reading_has_a_high_confidence_and_no_notes():
    reading = read("Terénní služba je poskytována v Mostě a v okrese Louny.")
    assert reading.confidence > 0.95
    assert [one.note for one in reading.areas] == ["", ""]


def test_each_unread_piece_lowers_the_confidence():
    texts = ("v Mostě", "v Mostě a Neznámově", "v Mostě, Neznámově a Neurčitově")
    confidences = [read(text).confidence for text in texts]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == 3


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("ORP Jirkov", "„Jirkov“ není sídlem ORP, čteme jako obec."),
        ("okres Jirkov", "„Jirkov“ není okres, čteme jako obec."),
        ("v Kadani a zejména v Mostě", "Text říká jen „zejména“"),
        ("převážně na území města Most", "Text říká jen „převážně“"),
        ("převážně v Mostě", "Text říká jen „převážně“, služba tedy může působit i jinde."),
        ("v Jirkově a okolí", "Okolí nemá udanou vzdálenost; jistá je obec, zbytek jejího ORP"),
        ("v Mostě, Kadani a spádových obcích", "Není řečeno, kterých z uvedených míst se to týká"),
        ("na území města Chomotov", "„Chomotov“ čteme jako Chomutov."),
        ("v části Bečov", "„Bečov“ jako část obce neznáme, čteme jako obec."),
        ("v Mostě a do 10 km", "Vzdálenost vztahujeme k dříve jmenovaným místům."),
        ("v Jirkově a jeho správním obvodu", "Obvod pověřeného úřadu v datech není"),
    ],
)
def test_every_assumption_has_a_note_and_lowers_the_confidence(text, note):
    reading = read(text)
    assert any(note in one.note for one in reading.areas)
    assert reading.confidence < read("v Mostě").confidence


def test_a_site_is_told_apart_from_a_territory():
    reading = read("Ambulantní služba je poskytována v Mostě, terénní služba v okrese Most.")
    assert written(reading.areas) == ["district:Most"]
    assert reading.notes == ("„v Mostě“ čteme jako místo, kde služba sídlí, ne kam dojíždí.",)


def test_a_site_nobody_knows_is_no_territory_either():
    assert told("Poradna v Neznámově.") == []


def test_besides_is_told_apart_from_except():
    reading = read("Kromě Mostu působíme také v Kadani.")
    assert reading.notes == ("„Kromě“ čteme jako „nejen tam“, ne jako výjimku.",)


def test_the_words_of_an_area_are_found_in_the_text():
    reading = read("Služba je poskytována\nv  Žatci a jeho spádových obcích, do 5 km od Loun.")
    assert [one.text for one in reading.areas] == [
        "Žatci a jeho spádových obcích",
        "do 5 km od Loun",
    ]
    for one in reading.areas:
        assert " ".join(reading.text[one.start : one.end].split()) == one.text


def test_an_area_named_twice_is_read_once():
    assert told("v Mostě a v Mostě") == ["municipality:Most"]


def test_a_text_beyond_the_longest_is_left_unread():
    reading = read("v Mostě " + "x" * LONGEST_REMARK)
    assert written(reading.areas) == ["municipality:Most"]
    assert [piece.text for piece in reading.unread] == ["…"]


# --- what stands beneath --------------------------------------------------------------------------


def test_one_remark_can_be_read_without_a_reader_of_its_own():
    territory = Territory.of([a_municipality("1", "Most", orp="Most")])
    index = PlaceIndex.of(territory)
    reading = read_coverage("ORP Most a Praha", index=index, territory=territory)
    assert reading.municipalities == ("1",)
    reading = read_coverage("v Praze", index=index, territory=territory, elsewhere=ELSEWHERE)
    assert written(reading.areas) == ["municipality:Praha"]


def test_decomposed_letters_are_read_like_composed_ones():
    decomposed = "v\u00adZ\u030catci, Most"
    assert tidy(decomposed) == "vŽatci, Most"
    assert tidy("a\r\nb\rc") == "a\nb\nc"
    assert told("v Z\u030catci") == ["municipality:Žatec"]


def test_memories_are_emptied_when_they_are_full(monkeypatch):
    monkeypatch.setattr(gazetteer_module, "_MOST_KEPT", 1)
    monkeypatch.setattr(phrases_module, "_MOST_KEPT", 1)
    territory = small_country()
    gazetteer = Gazetteer.of(PlaceIndex.of(territory))
    found = scan("v Mostě, Kadani a Žatci", gazetteer).mentions
    assert [one.named.candidates[0].place.name for one in found] == ["Most", "Kadaň", "Žatec"]
    index = PhraseIndex([(role, phrase) for role, phrase in ()])
    assert [list(index.at(("slovo", "jiné"), at)) for at in (0, 1)] == [[], []]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("spádových obcí", Role.CATCHMENT),
        ("spdových obcí", Role.CATCHMENT),
        ("vzdálennosti", Role.DISTANCE),
        ("zahrada", None),
    ],
)
def test_words_around_names_may_be_misspelt_by_a_letter(words, role):
    folded = tuple(tidy(words).lower().translate(str.maketrans("áýí", "ayi")).split())
    assert (role in roles_at(folded, 0)) if role else roles_at(folded, 0) == {}


def test_a_mention_keeps_what_was_assumed_before():
    mention = read("v Mostě")
    assert mention.areas[0].sure == 1.0
    raw = scan("v Mostě", Gazetteer.of(PlaceIndex.of(small_country()))).mentions[0]
    assert isinstance(raw, Mention)
    doubted = raw.doubted(0.5, "první").doubted(0.5, "druhá")
    assert (doubted.sure, doubted.notes) == (0.25, ("první", "druhá"))
