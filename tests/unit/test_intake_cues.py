"""Word patterns: how they are written and where they are found."""

import pytest

from referral.matching.intake.cuebook import CueBook
from referral.matching.intake.errors import LexiconError
from referral.matching.intake.lexicon import Cue, CueKind
from referral.matching.intake.pattern import Pattern
from referral.matching.intake.words import words_of


def a_cue(pattern, *, code="NAS-DOM", strength=3, kind=CueKind.NEED):
    return Cue(kind=kind, code=code, strength=strength, pattern=Pattern.parse(pattern))


def found_in(text, *patterns, reach=8, strict=False):
    book = CueBook.of([a_cue(pattern) for pattern in patterns], reach=reach, strict=strict)
    words = words_of(text)
    return [
        (hit.cue.pattern.text, [words[place].typed for place in hit.places])
        for hit in book.find(words)
    ]


def test_all_wanted_words_are_needed_in_any_order():
    assert found_in("manžel ji bije", "bij* ji") == [("bij* ji", ["ji", "bije"])]
    assert found_in("manžel bije", "bij* ji") == []


def test_a_star_stands_for_any_ending_and_a_bare_word_for_itself():
    assert found_in("mlátila ho", "mlati*") == [("mlati*", ["mlátila"])]
    assert found_in("mlátila ho", "mlati") == []


def test_one_alternative_is_enough():
    assert found_in("tluče ženu", "bij*|tluc* ji|zenu") == [
        ("bij*|tluc* ji|zenu", ["tluče", "ženu"])
    ]


def test_joined_words_must_be_neighbours_in_this_order():
    assert found_in("je na vozíku", "na_vozik*") == [("na_vozik*", ["na", "vozíku"])]
    assert found_in("na starém vozíku", "na_vozik*") == []
    assert found_in("vozíku na", "na_vozik*") == []
    assert found_in("sedí na", "na_vozik*") == []
    assert found_in("bez střechy nad hlavou", "bez_strechy_nad") != []


def test_an_unwanted_word_bars_the_whole_sentence_and_no_other():
    assert found_in("bije mi srdce", "bije mi -srdce") == []
    assert found_in("Srdce mám zdravé. Muž mě bije.", "bije me -srdce") != []


def test_an_unwanted_run_of_words_bars_too():
    assert found_in("boji se o deti otce", "boji otce -o_deti") == []
    assert found_in("deti se boji otce", "boji otce -o_deti") != []


def test_words_too_far_apart_are_not_together():
    text = "bije kdekoho a nikdo v celé vsi neví že tam bydlí i ona a ji"
    assert found_in(text, "bije ji") == []
    assert found_in(text, "bije ji", reach=20) != []


def test_words_of_two_sentences_are_not_together():
    assert found_in("Zvon bije. Ji to těší.", "bije ji") == []


def test_a_strict_book_wants_the_order_of_the_pattern_in_one_clause():
    assert found_in("není na vozíku", "neni na_voziku", strict=True) != []
    assert found_in("na vozíku není", "neni na_voziku", strict=True) == []
    assert found_in("není doma, na vozíku", "neni na_voziku", strict=True) == []


def test_one_word_does_not_stand_for_two_terms():
    assert found_in("bije", "bij* bije") == []


def test_a_later_place_is_tried_when_the_first_does_not_fit():
    assert found_in("Ji znám. Bije ji.", "bije ji") == [("bije ji", ["Bije", "ji"])]


def test_cues_are_found_in_the_order_of_the_file():
    assert [text for text, _ in found_in("pije a bije", "bije", "pije")] == ["bije", "pije"]


def test_a_set_stands_for_its_alternatives():
    pattern = Pattern.parse("bije @KOHO", sets={"KOHO": "ji|zenu"})
    assert pattern.wanted[1].runs == (("ji",), ("zenu",))
    assert pattern.atoms == ("bije", "ji", "zenu")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "wants no word"),
        ("-srdce", "wants no word"),
        ("bíje", "without diacritics"),
        ("Bije", "without diacritics"),
        ("b*ije", "only at the end"),
        ("bije|", "without diacritics"),
        ("bije @KOHO", "no line above it defines"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused_with_a_cure(text, says):
    with pytest.raises(LexiconError, match=says):
        Pattern.parse(text)


def test_a_text_falls_into_sentences_and_clauses():
    words = words_of("Pije, nepracuje a spí. Má psa – velkého!")
    assert [(word.plain, word.sentence, word.clause) for word in words] == [
        ("pije", 0, 0),
        ("nepracuje", 0, 1),
        ("a", 0, 2),
        ("spi", 0, 2),
        ("ma", 1, 3),
        ("psa", 1, 3),
        ("velkeho", 1, 4),
    ]


def test_leading_punctuation_opens_no_new_clause():
    assert [word.clause for word in words_of("... tak jo")] == [0, 0]


def test_one_typed_sign_may_hold_several_words():
    assert [(word.typed, word.plain) for word in words_of("½")] == [("½", "1"), ("½", "2")]
