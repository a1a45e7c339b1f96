"""What words say for a need, and how slips of the keyboard are mended."""

import numpy as np
import pytest

from referral.matching.intake.evidence import Evidence
from referral.matching.intake.judgement import Signs, shares
from referral.matching.intake.spelling import Speller

PHRASES = [
    ("A", ["pije", "pivo"]),
    ("A", ["pije", "rum"]),
    ("B", ["nema", "praci"]),
    ("B", ["hleda", "praci"]),
]
CODES = ["-", "A", "B"]


def test_a_word_speaks_for_the_code_it_was_learnt_in():
    said = Evidence.of(PHRASES, codes=CODES).weigh(["praci", "pije"])
    assert np.argmax(said, axis=1).tolist() == [2, 1]


def test_another_form_of_a_word_speaks_too():
    said = Evidence.of(PHRASES, codes=CODES).weigh(["prace"])
    assert said[0].argmax() == 2


def test_an_unheard_word_says_nothing():
    assert not Evidence.of(PHRASES, codes=CODES).weigh(["xyz"]).any()


def test_a_word_said_twice_counts_once():
    said = Evidence.of(PHRASES, codes=CODES).weigh(["praci", "nebo", "a", "praci"])
    assert said[0].any()
    assert not said[3].any()


def test_a_silent_word_speaks_only_beside_another():
    evidence = Evidence.of(PHRASES, codes=CODES, silent=frozenset({"nema"}))
    alone, beside = evidence.weigh(["nema"]), evidence.weigh(["nema", "praci"])
    assert not alone.any()
    assert beside[1].max() > evidence.weigh(["praci"])[0].max()


def test_neighbours_say_more_than_the_same_words_apart():
    evidence = Evidence.of(PHRASES, codes=CODES)
    together = evidence.weigh(["hleda", "praci"]).sum(axis=0)
    apart = evidence.weigh(["hleda", "x", "y", "praci"]).sum(axis=0)
    assert together[2] > apart[2]


def test_nothing_learnt_says_nothing():
    assert Evidence.of([], codes=["-"]).weigh(["pije"]).tolist() == [[0.0]]


def test_the_weights_of_a_feature_balance_over_the_codes():
    said = Evidence.of(PHRASES, codes=CODES).weigh(["pije", "hleda", "praci", "rum"])
    assert said.any(axis=1).all()
    assert said.sum(axis=1) == pytest.approx(0, abs=1e-5)


def test_the_weights_are_those_of_complement_naive_bayes():
    # One word of one letter in each of two codes: its stem and its only piece are the features.
    said = Evidence.of([("A", ["x"]), ("A", ["x"]), ("B", ["y"])], codes=["A", "B"]).weigh(["x"])
    # A holds 4 features, B 2; each is brought towards their mean, 3, by the power of 0.75.
    a, b = 2 * (3 / 4) ** 0.75, (3 / 2) ** 0.75
    for_a = -np.log((0 + 1) / (2 * b + 4))
    for_b = -np.log((a + 1) / (2 * a + 4))
    # A piece counts a quarter; what is left over the mean of both codes is half their difference.
    assert said[0] == pytest.approx(np.array([1, -1]) * 1.25 * (for_a - for_b) / 2, abs=1e-6)


def test_a_piece_that_stands_twice_in_a_word_is_learnt_twice():
    once = Evidence.of([("A", ["ppp"]), ("B", ["q"])], codes=["A", "B"])
    twice = Evidence.of([("A", ["pppp"]), ("B", ["q"])], codes=["A", "B"])
    features = {name: one.pieces.features for name, one in (("once", once), ("twice", twice))}
    key = twice.pieces.keys(["ppp"])[0][1:2]
    assert features["twice"].counts(key)[1].tolist() == [[2, 0]]
    key = once.pieces.keys(["ppp"])[0][1:2]
    assert features["once"].counts(key)[1].tolist() == [[1, 0]]


def test_a_letter_that_nobody_has_learnt_makes_a_piece_unknown_and_no_other():
    evidence = Evidence.of(PHRASES, codes=CODES)
    plain, strange = evidence.weigh(["praci"]), evidence.weigh(["pracж"])
    assert 0 < abs(strange).sum() < abs(plain).sum()
    assert not evidence.weigh(["жжжжж"]).any()


SPELLER = Speller.of(
    ["nemocnice", "nemocnice", "pije", "bydli", "starecek", "vychazi"],
    atoms=["mlati", "pronasled*", "pij*"],
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("nemocnice", "nemocnice"),
        ("nemocnici", "nemocnici"),
        ("nemocncie", "nemocnice"),
        ("nemoccnie", "nemocnice"),
        ("staercek", "starecek"),
        ("mlti", "mlati"),
        ("pyje", "pije"),
        ("pje", "pje"),
        ("xyzxyz", "xyzxyz"),
        ("pronasledoval", "pronasledoval"),
        ("bydl1", "bydl1"),
    ],
)
def test_a_slip_of_the_keyboard_is_mended_and_nothing_else(typed, read):
    assert SPELLER.read(typed) == read


def test_common_czech_is_read_as_it_is_written():
    speller = Speller.of(["byt", "okno", "stary", "uhlí"])
    assert [speller.read(word) for word in ("bejt", "vokno", "starej")] == ["byt", "okno", "stary"]


def test_a_word_is_known_by_its_stem_or_by_a_pattern():
    assert [SPELLER.knows(word) for word in ("nemocnici", "pronasledoval", "rohlik", "pijan")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_commoner_word_is_meant_where_two_are_as_near():
    speller = Speller.of(["kosti", "kosta", "kosta"])
    assert speller.read("kostx") == "kosta"


def test_shares_add_up_to_one_and_keep_the_order():
    points = np.array([1.0, 3.0, 2.0], dtype=np.float32)
    assert shares(points).sum() == pytest.approx(1)
    assert shares(points).argsort().tolist() == [0, 2, 1]


def test_a_stronger_cue_makes_a_call_for_help_likelier():
    def asks(strength):
        return Signs(best=2, off_topic=0, strength=strength, known=0.5, words=4).asks

    assert 0 < asks(0) < asks(1) < asks(3) < 1


def test_a_kind_is_weighed_as_one_beside_its_codes():
    evidence = Evidence.of(PHRASES, codes=CODES, kinds={"drink": ["A"], "rest": ["-", "B"]})
    drinking, working = evidence.weigh(["rum"])[0, 3:], evidence.weigh(["praci"])[0, 3:]
    assert drinking[0] > drinking[1]
    assert working[1] > working[0]


def test_more_danger_and_a_cue_make_an_alarm_likelier():
    def alarms(danger, warning):
        signs = Signs(
            best=2, off_topic=0, strength=0, known=1, words=6, danger=danger, warning=warning
        )
        return signs.alarms

    assert 0 < alarms(-3, 0) < alarms(3, 0) < alarms(3, 2) < 1


def test_a_long_text_that_says_little_asks_less_than_a_short_one_that_says_as_much():
    def asks(words):
        return Signs(best=4, off_topic=2, strength=0, known=2 / words, words=words).asks

    assert asks(30) < asks(3)
