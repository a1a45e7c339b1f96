"""What holds for every place and for every text that anybody could type."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.places import (
    AmbiguousPlace,
    FoundPlace,
    How,
    PlaceIndex,
    UnknownPlace,
    find_place,
    find_place_in,
    suggest,
)
from referral.catalog.territory import Territory
from referral.text import fold
from support.build import HOME, a_municipality, a_part
from support.map_of_places import a_map

MAP = a_map()
INDEX = PlaceIndex.of(MAP)
NAMES = sorted(
    {one.name for one in MAP.municipalities.values()} | {part.name for part in MAP.parts}
)

# What people type: names and pieces of them, among prepositions, signs, digits and anything else.
PIECES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(("v", "u", "z", "okres", "ORP", ",", "(", ")", "-", "431 91", "560294", ".")),
    st.sampled_from(NAMES).map(fold),
    st.sampled_from(NAMES).map(lambda name: name[: len(name) // 2]),
    st.text(max_size=6),
)
TEXTS = st.lists(PIECES, max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def whole(embedded):
    """The territory that the program ships, indexed."""
    return PlaceIndex.of(embedded.territory)


def codes(answer):
    match answer:
        case FoundPlace():
            return {answer.municipality.code}
        case AmbiguousPlace():
            return {one.code for one in answer.candidates}
        case UnknownPlace():
            return set()


def test_every_shipped_municipality_is_found_by_its_name_or_asked_back(whole):
    namesakes = defaultdict(set)
    for one in whole.territory.municipalities.values():
        namesakes[one.name].add(one.code)
    for name, shared in namesakes.items():
        answer = find_place(name, whole)
        assert codes(answer) >= shared, name
        assert isinstance(answer, AmbiguousPlace if len(shared) > 1 else FoundPlace), name


def test_every_shipped_municipality_is_found_by_its_name_and_orp_and_by_its_code(whole):
    for one in whole.territory.municipalities.values():
        assert one.code in codes(find_place(one.name, whole, orp=one.orp)), one
        by_code = find_place(one.code, whole)
        assert isinstance(by_code, FoundPlace)
        assert (by_code.municipality, by_code.how) == (one, How.CODE)


def test_a_suggestion_chosen_leads_back_to_its_municipality(whole):
    for one in whole.territory.municipalities.values():
        for offered in suggest(one.name, whole):
            chosen = find_place(f"{offered.name} (ORP {offered.orp})", whole)
            assert offered.code in codes(chosen), offered


@given(TEXTS, st.none() | st.sampled_from(("Most", "karlovy vari", "?")))
def test_any_text_gets_an_answer_and_what_is_asked_back_is_a_choice(text, orp):
    answer = find_place(text, INDEX, orp=orp)
    assert isinstance(answer, FoundPlace | AmbiguousPlace | UnknownPlace)
    if isinstance(answer, AmbiguousPlace):
        assert len(codes(answer)) == len(answer.candidates) == len(answer.options) > 1
        assert answer.candidates == tuple(option.municipality for option in answer.options)


@given(TEXTS, st.sampled_from(sorted(MAP.by_orp)))
def test_nothing_outside_the_given_orp_is_found(text, orp):
    assert codes(find_place(text, INDEX, orp=orp)) <= set(MAP.by_orp[orp])


@given(TEXTS, st.integers(min_value=1, max_value=9))
def test_suggestions_are_distinct_places_within_the_limit(text, limit):
    found = suggest(text, INDEX, limit=limit)
    assert len(found) <= limit
    assert len({(one.name, one.code) for one in found}) == len(found)


@given(TEXTS)
def test_mentions_stand_in_the_text_in_order_and_do_not_overlap(text):
    end = 0
    for mention in find_place_in(text, INDEX):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


NAMED = st.sampled_from(("Lhota", "Lhotka", "Lhoty", "Dolní Lhota", "Líny", "Liny", "Nová Ves"))
PEOPLE = st.none() | st.sampled_from((100, 200))


@st.composite
def shuffled_territories(draw):
    """Two territories of the same municipalities and parts, given in different order."""
    named = draw(st.lists(st.tuples(NAMED, PEOPLE), min_size=1, max_size=6))
    municipalities = [
        a_municipality(str(500_000 + number), name, point=HOME, population=people)
        for number, (name, people) in enumerate(named)
    ]
    owners = st.sampled_from([one.code for one in municipalities])
    parts = [
        a_part(str(number), name, municipality=owner)
        for number, (name, owner) in enumerate(draw(st.lists(st.tuples(NAMED, owners), max_size=6)))
    ]
    return (
        Territory.of(municipalities, parts=parts),
        Territory.of(draw(st.permutations(municipalities)), parts=draw(st.permutations(parts))),
    )


@given(shuffled_territories(), NAMED, st.sampled_from(("{}", "v {}", "{}x", "{}, okres Okres")))
def test_the_answer_does_not_depend_on_the_order_of_the_territory(pair, name, pattern):
    first, second = (PlaceIndex.of(territory) for territory in pair)
    text = pattern.format(name)
    assert find_place(text, first) == find_place(text, second)
    assert suggest(text, first) == suggest(text, second)
