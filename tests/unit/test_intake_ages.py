"""What a text says about the client's age and degree of care."""

import pytest

from referral.matching.intake.ages import age_of
from referral.matching.intake.care import care_level_of
from referral.matching.intake.numerals import number_at
from referral.matching.intake.words import words_of


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("58 let, pije, nemá občanku", 58),
        ("osmdesátiletá paní", 80),
        ("dvaaosmdesatilety deda", 82),
        ("pětatřicetiletý chlap nemá kde bydlet", 35),
        ("59letý", 59),
        ("80ti letá", 80),
        ("80-ti letá babička", 80),
        ("90 letá", 90),
        ("80 ti leta pani", 80),
        ("má 82", 82),
        ("má 82 a žije sama", 82),
        ("je mu sedmdesát pět", 75),
        ("je jí 45 a má dvě děti", 45),
        ("uz ji je 80 let", 80),
        ("je mu asi 60", 60),
        ("babičce je 85", 85),
        ("ve věku 75", 75),
        ("věk 75 let", 75),
        ("starej pan, 88, nezvládá barák", 88),
        ("pán 84 bydlí sám", 84),
        ("klientka 67 let", 67),
        ("starý pán 91 let", 91),
        ("devadesát let stará paní", 90),
        ("sto let stará", 100),
        ("skoro 90 let, ležící", 90),
    ],
)
def test_an_age_is_read_from_digits_words_and_adjectives(text, age):
    assert age_of(words_of(text)) == age


@pytest.mark.parametrize(
    "text",
    [
        "pije 20 let",
        "před 5 lety zemřel",
        "po 50 letech manželství",
        "pečuju o manžela osm let",
        "odseděl si 5 let",
        "byli spolu 60 let",
        "děda je 20 let vdovec",
        "je 20 let sama",
        "žije sama 30 let",
        "7 let čeká na byt",
        "tříletý trest",
        "má 20 let praxe",
        "má 82 korun",
        "nemá 100 korun",
        "má tři děti",
        "v 8 hodin",
        "vozí 12 obědů",
        "84",
    ],
)
def test_a_span_of_time_or_a_count_is_no_age(text):
    assert age_of(words_of(text)) is None


def test_an_age_to_come_is_not_the_age_now():
    assert age_of(words_of("bude jí osmnáct a odchází z domova")) is None


def test_a_year_of_birth_is_left_out_since_the_age_depends_on_today():
    assert age_of(words_of("pán, narozen 1950")) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("je mu přes šedesát", 60),
        ("soused 57 hledá cokoliv", 57),
        ("paní 66 neví na který úřad", 66),
        ("vnučka 15 utíká z domova za partou", 15),
        ("kluk 16 se řeže", 16),
        ("holka 12 utíká z domova", 12),
        ("dědeček 82 zapomíná", 82),
        ("ženská 45 let", 45),
        ("ve svých 83 letech žije sama", 83),
        ("letos oslavila 90", 90),
    ],
)
def test_a_bare_number_after_a_person_is_the_age(text, age):
    assert age_of(words_of(text)) == age


@pytest.mark.parametrize(
    "text",
    [
        "soused 20 slepic chová",
        "paní 50 korun dala",
        "pán 30 dní nejedl",
        "děda 40 ovcí",
        "chlap 15 piv denně",
        "babička 2 děti",
        "paní 18 měsíců čeká",
        "soused prodal 20 králíků",
        "oslavila 90 korun výhry",
        "sedmdesátnice",
    ],
)
def test_a_number_of_things_beside_a_person_is_no_age(text):
    assert age_of(words_of(text)) is None


@pytest.mark.parametrize("text", ["dcera 6 let", "šestiletý kluk je sám doma"])
def test_a_child_alone_is_the_client(text):
    assert age_of(words_of(text)) == 6


@pytest.mark.parametrize(
    "text", ["matka s dvouletým dítětem", "rodiče pijí a pětileté dítě je samo"]
)
def test_a_childs_age_beside_an_adult_is_nobodys(text):
    assert age_of(words_of(text)) is None


def test_an_adults_age_beside_a_childs_is_the_adults():
    assert age_of(words_of("matka 35 let s dítětem 3 roky")) == 35


def test_two_different_ages_are_nobodys():
    assert age_of(words_of("babička 82 let a dědeček 85 let")) is None


def test_nobody_is_older_than_the_oldest_client():
    assert age_of(words_of("paní 150 let")) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (["osmdesat", "dva"], (82, 2)),
        (["osmdesat", "let"], (80, 1)),
        (["osmdesat"], (80, 1)),
        (["patnacti", "let"], (15, 1)),
        (["80ti"], (80, 1)),
        (["0", "let"], (0, 1)),
        (["1950"], None),
        (["babicka"], None),
    ],
)
def test_a_number_is_read_with_the_words_it_takes(words, number):
    assert number_at(words, 0) == number


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("III. stupeň příspěvku", 3),
        ("má třetí stupeň", 3),
        ("stupeň závislosti 4", 4),
        ("I. stupeň", 1),
        ("PnP II", 2),
        ("dvojka příspěvku na péči", 2),
        ("máme trojku, chceme zvýšit", 3),
        ("nemá příspěvek na péči", 0),
        ("příspěvek na péči ještě nemá", 0),
        ("trojka na příspěvku", 3),
        ("má čtyřku na péči", 4),
        ("bez přiznaného příspěvku na péči", 0),
    ],
)
def test_a_degree_of_care_is_read_from_numerals_words_and_nicknames(text, level):
    assert care_level_of(words_of(text)) == level


@pytest.mark.parametrize(
    "text",
    [
        "invalidita třetího stupně",
        "popáleniny druhého stupně",
        "2. stupeň základní školy",
        "minus 3 stupně",
        "dostal dvojku z češtiny",
        "který stupeň má mít",
        "chce příspěvek na péči",
        "nemá kdo pečovat",
        "nemá příspěvek na bydlení",
    ],
)
def test_any_other_degree_is_not_a_degree_of_care(text):
    assert care_level_of(words_of(text)) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("je mi šestnáct a otec míří na mámu nožem", 16),
        ("jsem 12 a bojím se jít domů k tátovi", 12),
        ("jsem 21, vyrostl jsem v děcáku", 21),
        ("mi je 13 let a máma pije", 13),
        ("syn (14) mi lže", 14),
    ],
)
def test_the_speakers_own_age_and_a_childs_in_brackets_are_heard(text, age):
    assert age_of(words_of(text)) == age


@pytest.mark.parametrize(
    "text",
    [
        "pracoval jsem patnáct let jako skladník",
        "jsem 2 roky bez práce",
        "je mi 60 a mamince je 85 let",
        "jsem 5 km od města",
        "babička (3) okna neumyje",
    ],
)
def test_what_only_looks_like_the_speakers_age_is_left_out(text):
    assert age_of(words_of(text)) is None


@pytest.mark.parametrize("text", ["žák 2. stupně", "učebnice pro druhý stupeň"])
def test_a_degree_of_school_is_not_a_degree_of_care(text):
    assert care_level_of(words_of(text)) is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("58 let, pije, 30. přijde o byt", 58),
        ("je mu 58, 30. ho vyhodí z bytu", 58),
        ("je mu 25. spí venku", 25),
        ("pán, 84. bydlí sám", 84),
        ("1. přijde o byt", None),
    ],
)
def test_a_number_of_a_day_is_no_age_and_ends_no_sentence(text, age):
    assert age_of(words_of(text)) == age
