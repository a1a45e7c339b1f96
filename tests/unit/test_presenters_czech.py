"""Czech as it is set: plural forms, numbers, dates, distances, line breaks."""

from datetime import date

import pytest

from referral.web.czech import (
    age_span,
    capitalised,
    counted,
    day,
    distance,
    listing,
    number,
    phone_href,
    phone_text,
    plain,
    points,
    sentence,
    typeset,
    years,
)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 služeb"), (1, "1 služba"), (2, "2 služby"), (4, "4 služby"), (5, "5 služeb")],
)
def test_a_number_takes_the_plural_form_that_czech_asks_for(count, text):
    assert plain(counted(count, "služba", "služby", "služeb")) == text


def test_a_number_never_parts_from_its_noun():
    assert counted(22, "služba", "služby", "služeb") == "22\u00a0služeb"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (3.14159, 2, "3,14"),
        (-2.5, 1, "−2,5"),
        (-0.01, 1, "0,0"),
        (9999, 0, "9999"),
        (12345, 0, "12\u00a0345"),
        (1234567.5, 1, "1\u00a0234\u00a0567,5"),
    ],
)
def test_a_number_has_a_decimal_comma_and_groups_only_from_five_digits(value, places, text):
    assert number(value, places=places) == text


@pytest.mark.parametrize(
    ("value", "text"), [(20.0, "20"), (7.5, "7,5"), (3.25, "3,25"), (0.0, "0"), (100.0, "100")]
)
def test_points_carry_no_idle_zeros(value, text):
    assert points(value) == text


def test_a_date_is_written_with_spaces_that_do_not_break():
    assert day(date(2026, 11, 21)) == "21.\u00a011.\u00a02026"


@pytest.mark.parametrize(
    ("km", "text"),
    [
        (0.0, "méně než 1 km vzdušnou čarou"),
        (0.99, "méně než 1 km vzdušnou čarou"),
        (1.0, "asi 1 km vzdušnou čarou"),
        (3.44, "asi 3,4 km vzdušnou čarou"),
        (9.96, "asi 10 km vzdušnou čarou"),
        (12.4, "asi 12 km vzdušnou čarou"),
    ],
)
def test_a_distance_says_that_it_is_straight_and_rough(km, text):
    assert plain(distance(km)) == text


@pytest.mark.parametrize(("age", "text"), [(1, "1 rok"), (3, "3 roky"), (78, "78 let")])
def test_an_age_is_counted_in_years(age, text):
    assert plain(years(age)) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (60, None, "od 60 let"),
        (None, 64, "do 64 let"),
        (18, 64, "od 18 do 64 let"),
        (1, None, "od 1 roku"),
        (None, None, "bez věkového omezení"),
    ],
)
def test_an_age_limit_is_said_from_and_to(low, high, text):
    assert plain(age_span(low, high)) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a a b"),
        (["a", "b", "c"], "a, b a c"),
        (["a", "b", "c", "d"], "a, b a 2 další"),
        (["a", "b", "c", "d", "e", "f", "g"], "a, b a 5 dalších"),
    ],
)
def test_a_long_list_says_how_many_are_left(words, text):
    limit = 2 if len(words) > 3 else 6
    assert plain(listing(words, at_most=limit)) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [("ahoj", "Ahoj."), ("Je to tak?", "Je to tak?"), ("", ""), ("  tady…", "Tady…")],
)
def test_a_sentence_begins_with_a_capital_and_ends(text, told):
    assert sentence(text) == told


def test_capitalising_leaves_the_rest_alone():
    assert capitalised("iPhone a WiFi") == "IPhone a WiFi"
    assert capitalised("") == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("v lese", "v\u00a0lese"),
        ("byl a v lese i u vody", "byl a\u00a0v\u00a0lese i\u00a0u\u00a0vody"),
        ("podle § 91 odst. 3 písm. a)", "podle §\u00a091 odst.\u00a03 písm.\u00a0a)"),
        ("řekl „v lese“", "řekl „v\u00a0lese“"),
        ("ves", "ves"),
        ("Pomoc, o. p. s.", "Pomoc, o.\u00a0p.\u00a0s."),
        ("ves. a pak", "ves. a\u00a0pak"),
    ],
)
def test_a_one_letter_word_keeps_to_the_next_one(text, told):
    assert typeset(text) == told


def test_setting_a_text_twice_changes_nothing():
    once = typeset("a v lese s ním")
    assert typeset(once) == once


@pytest.mark.parametrize(
    ("phone", "href", "text"),
    [
        ("474 123 456", "+420474123456", "474\u00a0123\u00a0456"),
        ("+420 474123456", "+420474123456", "474\u00a0123\u00a0456"),
        ("116 123", "116123", "116 123"),
        ("155", "155", "155"),
        ("OSPOD", "", "OSPOD"),
        ("", "", ""),
    ],
)
def test_a_phone_is_dialled_in_full_and_read_in_threes(phone, href, text):
    assert phone_href(phone) == href
    assert phone_text(phone) == text
