"""What holds for any text whatsoever."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from referral.ingest.lexicon_file import read_lexicon
from referral.matching.intake.lexicon import OFF_TOPIC
from referral.matching.intake.listener import Listener
from referral.resources import data_dir

LEXICON = read_lexicon(data_dir() / "lexicon")
PHRASES = [phrase.text for phrase in LEXICON.phrases if phrase.code != OFF_TOPIC]
WORDS = sorted({word for text in PHRASES for word in text.split()})

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=12).map(", ".join),
)


@pytest.fixture(scope="module")
def listener(embedded):
    return Listener.of(LEXICON, embedded.vocabulary)


def without_diacritics(text):
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char))


@given(text=texts)
@example(text="")
@example(text="\0")
@example(text="½ ٣ 0 let")
@example(text="bije " * 400)
def test_any_text_is_heard_without_an_error_and_always_the_same(listener, text):
    heard = listener.hear(text)
    assert heard.text == text
    assert listener.hear(text) == heard


@given(text=texts)
def test_needs_are_unique_known_and_sorted_by_a_confidence_between_0_and_1(
    listener, embedded, text
):
    needs = listener.hear(text).needs
    confidences = [need.confidence for need in needs]
    assert len({need.code for need in needs}) == len(needs)
    assert all(need.code in embedded.vocabulary.needs for need in needs)
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < confidence <= 1 for confidence in confidences)


@given(text=texts)
def test_no_need_is_heard_exactly_when_nothing_is_understood(listener, text):
    heard = listener.hear(text)
    assert heard.understood == bool(heard.needs) == bool(heard.asked)
    assert set(heard.urgent) <= {need.code for need in heard.needs}


@given(text=texts)
def test_the_words_that_led_to_a_need_are_the_users_own(listener, text):
    for need in listener.hear(text).needs:
        assert all(word in text for word in need.words)


@given(text=texts)
def test_only_codes_of_the_vocabulary_are_heard(listener, embedded, text):
    heard = listener.hear(text)
    assert heard.groups <= embedded.vocabulary.groups.keys()
    assert heard.barriers <= embedded.vocabulary.barriers.keys()
    assert heard.age is None or 0 <= heard.age <= 120
    assert heard.care_level in {None, 0, 1, 2, 3, 4}


@given(text=st.sampled_from(PHRASES))
def test_lost_diacritics_do_not_change_the_first_need(listener, text):
    heard, plain = listener.hear(text), listener.hear(without_diacritics(text))
    assert [need.code for need in heard.needs[:1]] == [need.code for need in plain.needs[:1]]


@given(text=st.sampled_from(PHRASES))
def test_capitals_and_punctuation_at_the_end_do_not_matter(listener, text):
    heard, shouted = listener.hear(text), listener.hear(f"{text.upper()}!")
    assert [need.code for need in heard.needs] == [need.code for need in shouted.needs]
