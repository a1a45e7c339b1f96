"""Which places a longer text names, and which words only look like one."""

import pytest

from referral.catalog.places import AmbiguousPlace, FoundPlace, PlaceIndex, find_place_in
from support.map_of_places import a_map

INDEX = PlaceIndex.of(a_map())


def named(text):
    """Return the words of each mention and the name they lead to, with "?" when asked back."""
    return [
        (
            mention.text,
            mention.answer.name if isinstance(mention.answer, FoundPlace) else "?",
        )
        for mention in find_place_in(text, INDEX)
    ]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("babička z Chebu nechodí", [("Chebu", "Cheb")]),
        ("máma ve vejprtech nezvládá schody", [("vejprtech", "Vejprty")]),
        (
            "bydli v karlovych varech, syn v Kadani",
            [("karlovych varech", "Karlovy Vary"), ("Kadani", "Kadaň")],
        ),
        (
            "z Klášterce n. O. jezdí do Mostu",
            [("Klášterce n. O", "Klášterec nad Ohří"), ("Mostu", "Most")],
        ),
        ("Hledám pomoc pro Vejprty a okolí.", [("Vejprty", "Vejprty")]),
        ("jsme z obce Místo", [("Místo", "Místo")]),
        ("u babičky na Dlouhé Louce", [("Dlouhé Louce", "Dlouhá Louka")]),
        ("u babičky na dlouhé louce", [("dlouhé louce", "Dlouhá Louka")]),
        ("v Lípě", [("Lípě", "Lípa")]),
        ("V Chebu.\nV Kadani.", [("Chebu", "Cheb"), ("Kadani", "Kadaň")]),
        ("BABIČKA JE VE VEJPRTECH", [("VEJPRTECH", "Vejprty")]),
        ("děda je v Březové a nevidí", [("Březové", "?")]),
        ("děda je v Březové u Sokolova a nevidí", [("Březové u Sokolova", "Březová")]),
        ("v Březové, okres Karlovy Vary, nevidí", [("Březové, okres Karlovy Vary", "Březová")]),
        ("v Březové u babičky, nevidí, neslyší", [("Březové", "?")]),
        ("v Březové, Karlovarský kraj", [("Březové", "?")]),
        ("z Březové u Kadaně", [("Březové", "?"), ("Kadaně", "Kadaň")]),
    ],
)
def test_a_name_counts_after_a_preposition_or_with_a_capital(text, mentions):
    assert named(text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "",
        "na místo na zastávce",
        "Místo toho pije",
        "pan Most má dluhy",
        "Jan Most má dluhy",
        "Dubá žena",
        "hledá Dubá žena",
        "most spadl",
        "u rybáře",
        "v louňé",
        "s Mostem",
        "hledá. Most spadl",
        "hledá Místo",
        "do práce",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(text):
    assert named(text) == []


def test_a_mention_knows_where_it_stands():
    text = "Dědeček z Kadaně"
    (mention,) = find_place_in(text, INDEX)
    assert text[mention.start : mention.end] == mention.text == "Kadaně"
    assert isinstance(mention.answer, FoundPlace)


def test_a_mention_of_a_shared_name_carries_the_choice():
    (mention,) = find_place_in("bydlí v Březové", INDEX)
    assert isinstance(mention.answer, AmbiguousPlace)
    assert {one.code for one in mention.answer.candidates} == {"560294", "537870"}
