"""Ages of clients in remarks, apart from ages of children, durations and dates."""

import pytest

from referral.catalog.remarks import read_ages
from referral.catalog.remarks.ages import NOTE_WIDEST

AGES = [
    ("od 18 do 64 let", 18, 64),
    ("Služba je poskytována od 18 let do 80 let věku.", 18, 80),
    ("ve věku 6-26", 6, 26),
    ("Věk: 15 – 64", 15, 64),
    ("ve věku od 8 do 16", 8, 16),
    ("mezi 18 a 26 lety", 18, 26),
    ("v rozmezí od 15 do 26 roků", 15, 26),
    ("starší 60 let", 60, None),
    ("senioři nad 65 let věku", 65, None),
    ("osoby od 18-ti let", 18, None),
    ("18+", 18, None),
    ("60 let a více", 60, None),
    ("50 a více let", 50, None),
    ("po dosažení 18 let", 18, None),
    ("od věku 16 let", 16, None),
    ("minimálně 15 let", 15, None),
    ("zletilé osoby", 18, None),
    ("osoby mladší 18 let", None, 17),
    ("děti do 7 let", None, 7),
    ("do věku 26 let", None, 26),
    ("klienti do 26. roku věku", None, 26),
    ("nejvýše 64 let", None, 64),
    ("děti od 1 roku do 7 let", 1, 7),
    ("děti do 2 let", None, 2),
    ("starší 18 let, maximálně do 64 let", 18, 64),
    ("Osobám mladším 18 let službu neposkytujeme.", 18, None),
    ("Službu neposkytujeme osobám mladším 15 let", 15, None),
    ("mimo osob do 18 let", 18, None),
    ("Neposkytujeme osobám nad 80 let.", None, 80),
    ("Neposkytujeme osobám od 65 let.", None, 64),
    ("Neposkytujeme osobám od 18 do 26 let.", 18, 26),
]
NO_AGES = [
    "",
    "Zejména osoby starší 65 let.",
    "nezletilé děti",
    "po dobu 2 let",
    "rodiny s dětmi do 7 let",
    "Dítětem se rozumí nezaopatřené dítě do 15, výjimečně do 18 let.",
    "rodiny, ve kterých se narodily tři děti, a to do 4 let věku těchto dětí",
    "děti do 4 let věku těchto dětí",
    "pobyt do 1 roku",
    "od 1. 1. 2020",
    "od 8 do 16 hodin",
    "od 18 let praxe",
    "od 150 let",
    "od 130 do 140 let",
    "od 80 do 18 let",
    "Děti do 15 let. Dospělí od 18 let. Senioři.",
]


@pytest.mark.parametrize(("text", "low", "high"), AGES)
def test_the_ages_of_clients_are_read(text, low, high):
    reading = read_ages(text)
    assert (reading.ages.min, reading.ages.max, reading.note) == (low, high, "")


@pytest.mark.parametrize("text", NO_AGES)
def test_what_limits_no_clients_age_is_left_alone(text):
    assert read_ages(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("děti od 6 do 15 let a dospělí od 18 do 64 let", 6, 64),
        ("ženy od 18 let, muži od 21 let", 18, None),
        ("do 64 let nebo od 18 do 80 let", None, 80),
        ("od 18 let. Do 64 let.", None, None),
        ("od 27 let a do 18 let", None, None),
    ],
)
def test_two_groups_of_people_give_the_widest_range_and_a_note(text, low, high):
    reading = read_ages(text)
    if low is None and high is None:
        assert reading is None
    else:
        assert (reading.ages.min, reading.ages.max, reading.note) == (low, high, NOTE_WIDEST)


def test_the_words_that_were_read_are_kept_as_they_stand():
    assert read_ages("Ženy od  18 do\n64 let a muži od 21 let").words == (
        "od 18 do 64 let",
        "od 21 let",
    )
