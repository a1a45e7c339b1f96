"""What holds for every remark, whatever it says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from referral.catalog.areas import AreaKind, Covers
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader, read_acceptance, read_ages
from referral.catalog.remarks.phrases import Phrase
from referral.catalog.remarks.tokens import levelled
from referral.ingest.remarks_file import read_acceptance_patterns
from referral.resources import data_dir
from support.remarks import ELSEWHERE, read, small_country, told

TOWNS = ("Chomutov", "Jirkov", "Kalek", "Kadaň", "Vejprty", "Rokle", "Most", "Obrnice", "Louny")
WORDS = (
    *("v", "ve", "na", "z", "do", "od", "a", "i", "nebo", "u", "mimo", "vyjma", "kromě", "není"),
    *("území", "obce", "města", "městě", "okres", "kraj", "kraji", "ORP", "SO", "části", "okolí"),
    *("spádových", "obcí", "jeho", "jejich", "těchto", "měst", "správní", "obvod", "působností"),
    *("s", "rozšířenou", "km", "15", "do", "okruhu", "minut", "sídla", "hranic", "celé", "ČR"),
    *("poskytujeme", "neposkytujeme", "také", "převážně", "ambulantní", "terénní", "poradna"),
    *("Mostě", "Kadani", "Žatci", "Lhotě", "Březové", "Praze", "6", "Souš", "Ústeckém", "Mostecku"),
    *(
        "Neznámov",
        "MAS",
        "mikroregion",
        "oblasti",
        "lokalitě",
        "let",
        "18",
        "osob",
        "PAS",
        "Karlovy",
    ),
    *(",", ".", ";", ":", "(", ")", "-", "–", "/", "\n", "„", "n.", "L.", "+"),
)
remarks = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
lists = st.lists(st.sampled_from(TOWNS), min_size=1, max_size=6, unique=True)


@pytest.fixture(scope="module")
def patterns(embedded):
    return read_acceptance_patterns(data_dir() / "remarks", barriers=embedded.vocabulary.barriers)


@given(st.text() | remarks)
@example("ﷺ ½ ² Ǆ 1\u0301 \ud7ff")
@example("9" * 5000 + " km od Mostu")
def test_no_text_is_too_much(patterns, text):
    reading = read(text)
    read_ages(text)
    read_acceptance(text, patterns=patterns)
    assert 0 <= reading.confidence <= 1
    assert (reading.confidence == 0) == (not reading.areas)


@given(remarks)
def test_every_area_comes_from_words_of_the_text(text):
    reading = read(text)
    for one in (*reading.areas, *reading.exceptions, *reading.unread):
        assert 0 <= one.start < one.end <= len(reading.text)
        assert " ".join(reading.text[one.start : one.end].split()) == one.text


@given(remarks)
def test_what_was_read_and_what_is_stored_agree(text):
    reading = read(text)
    known = small_country().municipalities
    assert set(reading.municipalities).isdisjoint(reading.possible)
    assert list(reading.municipalities) == sorted(reading.municipalities)
    assert set(reading.municipalities) | set(reading.possible) <= set(known)
    for code in known if reading.areas else ():
        expected = Covers.NO
        if code in reading.municipalities:
            expected = Covers.YES
        elif code in reading.possible:
            expected = Covers.UNKNOWN
        assert reading.coverage.includes(code) is expected


@given(remarks)
def test_the_same_text_is_always_read_the_same(text):
    fresh = CoverageReader.of(PlaceIndex.of(small_country()), small_country(), elsewhere=ELSEWHERE)
    assert fresh.read(text) == read(text) == read(text)


@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_listed_names_does_not_matter(towns, random):
    shuffled = [*towns]
    random.shuffle(shuffled)
    for lead in ("na území obcí ", "ORP ", "okresy ", "spádové obce měst ", "do 12 km od "):
        one, other = (read(lead + ", ".join(names)) for names in (towns, shuffled))
        assert {area.area for area in one.areas} == {area.area for area in other.areas}
        assert one.municipalities == other.municipalities
        assert one.possible == other.possible


@given(lists, lists)
def test_an_exception_never_adds_a_municipality(towns, excepted):
    text = "na území ORP " + ", ".join(towns)
    whole = read(text)
    less = read(f"{text} vyjma obcí {', '.join(excepted)}")
    assert {one.area.name for one in less.exceptions} == set(excepted)
    assert set(less.municipalities) <= set(whole.municipalities)
    assert set(less.municipalities) | set(less.possible) <= (
        set(whole.municipalities) | set(whole.possible)
    )


def test_every_municipality_that_is_named_is_read_or_asked_back(embedded):
    territory = embedded.territory
    reader = CoverageReader.of(PlaceIndex.of(territory), territory)
    for municipality in territory.municipalities.values():
        reading = reader.read(f"Služba je poskytována na území města {municipality.name}.")
        namesakes = {
            one.code for one in territory.municipalities.values() if one.name == municipality.name
        }
        if reading.municipalities:
            assert set(reading.municipalities) <= namesakes, municipality.name
        else:
            assert municipality.code in reading.possible, municipality.name
            assert reading.unread, municipality.name
        if len(namesakes) == 1:
            assert reading.municipalities == (municipality.code,), municipality.name
            assert not reading.unread, municipality.name
        else:
            assert reading.areas[0].note, municipality.name


@pytest.mark.parametrize("kind", [AreaKind.ORP, AreaKind.DISTRICT, AreaKind.REGION])
def test_every_area_that_is_named_is_read(embedded, kind):
    territory = embedded.territory
    reader = CoverageReader.of(PlaceIndex.of(territory), territory)
    leads = {
        AreaKind.ORP: ("ORP ", territory.by_orp),
        AreaKind.DISTRICT: ("okres ", territory.by_district),
        AreaKind.REGION: ("na území ", territory.by_region),
    }
    lead, areas = leads[kind]
    for name, codes in areas.items():
        reading = reader.read(f"Služba působí {lead}{name}.")
        assert [(one.area.kind, one.area.name) for one in reading.areas] == [(kind, name)]
        assert reading.municipalities == tuple(sorted(codes))


@given(st.integers(0, 120), st.integers(0, 120))
def test_stated_ages_are_read_and_never_an_empty_range(low, high):
    reading = read_ages(f"osoby ve věku od {low} do {high} let")
    assert (reading is None) == (low > high)
    if reading is not None:
        assert (reading.ages.min, reading.ages.max) == (low, high)


@given(st.text())
def test_levelling_keeps_every_letter_in_its_place(text):
    assert len(levelled(text)) == len(text)


@given(st.lists(st.from_regex(r"[a-z0-9]{1,8}\*?", fullmatch=True), min_size=1, max_size=4))
def test_a_pattern_fits_its_own_words(words):
    phrase = Phrase.parse(" ".join(words))
    said = tuple(word.removesuffix("*") for word in words)
    assert phrase.match((*said, "dalsi"), 0) == len(words)
    assert phrase.match(said[:-1], 0) is None


def test_a_list_is_read_like_its_names_one_by_one():
    assert told("na území obcí " + ", ".join(TOWNS)) == [f"municipality:{name}" for name in TOWNS]
