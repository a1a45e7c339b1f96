"""The tiny language of patterns in which phrases are looked for."""

import pytest

from referral.catalog.remarks.phrases import Phrase, PhraseError, PhraseIndex


@pytest.mark.parametrize(
    ("pattern", "words", "end"),
    [
        ("mimo", "mimo mesto", 1),
        ("mimo", "kromě mimo", None),
        ("nejsou|neni bezbarier*", "neni bezbarierovy", 2),
        ("nejsou|neni bezbarier*", "neni vzdy bezbarierovy", None),
        ("neni ~2 bezbarier*", "neni zcela a bezbarierovy", 4),
        ("neni ~2 bezbarier*", "neni to vubec zcela bezbarierovy", None),
        ("neni ~2 bezbarier*", "neni", None),
        ("poskytovana", "poskytovvana", 1),
        ("poskytovana", "boskytovana", None),
        ("mesto", "meslo", None),
        ("bezbarier*", "bezbaarierovy", 1),
        ("bezbarier*", "bezbarirovy", 1),
        ("bezbarier*", "pezbarierovy", None),
        ("bezbarier*", "bezbolestny", None),
        ("osob*", "osab", None),
    ],
)
def test_a_pattern_fits_the_words_it_describes(pattern, words, end):
    assert Phrase.parse(pattern).match(tuple(words.split()), 0) == end


@pytest.mark.parametrize(
    "pattern", ["", "~2 slovo", "slovo ~2", "jedno ~2 ~2 dve", "Slovo", "slo*vo", "a||b", "háček"]
)
def test_a_pattern_that_cannot_be_read_is_refused_with_a_sentence(pattern):
    with pytest.raises(PhraseError, match="vzor „"):
        Phrase.parse(pattern)


def test_an_index_finds_what_begins_at_a_word():
    phrases = {name: Phrase.parse(name) for name in ("osob*", "osoby se psem|kockou", "pes")}
    index = PhraseIndex(phrases.items())
    assert list(index.at(("osoby", "se", "psem"), 0)) == [("osob*", 1), ("osoby se psem|kockou", 3)]
    assert list(index.at(("osoby", "se", "psem"), 1)) == []
