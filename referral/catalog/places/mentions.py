"""Places named inside a longer text: "babička z Chebu nechodí" names Cheb.

Better to miss a place than to invent one. A name counts only after a preposition of place, or when
it is written exactly and with a capital inside a sentence; only names read with no guess count. In
lower case, as people type on a phone, single words that also mean something else are left alone,
and so are single-word parts of municipalities, which hold half of the Czech dictionary.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from referral.catalog.places.answers import AmbiguousPlace, FoundPlace, How, PlaceMention
from referral.catalog.places.choosing import choose
from referral.catalog.places.declension import PREPOSITIONS
from referral.catalog.places.hits import NAMED, Step
from referral.catalog.places.index import PlaceIndex
from referral.catalog.places.lookup import Lookup, steps
from referral.catalog.places.narrowing import narrowings, qualified
from referral.catalog.places.wording import KINDS, Word, Wording, words_of

_LONGEST_NAME: Final = 6
_LONGEST_QUALIFIER: Final = 5

_PLACE_PREPOSITIONS: Final = frozenset(
    ("v", "ve", "z", "ze", "do", "u", "na", "od", "ode", "k", "ke", "pri", "kolem", "okolo")
) | frozenset(("pobliz", "blizko", "nedaleko", "vedle"))

# Words before a capital that make it the name of a person.
_TITLES: Final = frozenset(
    ("pan", "pana", "panu", "panem", "pani", "slecna", "slecny", "slecnu", "mudr", "ing", "mgr")
) | frozenset(("bc", "phdr", "judr", "doktor", "doktora", "doktorka", "doktorky", "sestra"))

# Municipalities whose names are words of everyday speech; in lower case they are just words.
_COMMON: Final = frozenset(
    (
        *("bor", "borek", "brod", "buk", "casy", "cechy", "cesta", "chata", "chleby", "cista"),
        *("cerna", "dily", "dobra", "dolni", "domov", "doupe", "dub", "dul", "dum", "dvory"),
        *("dvur", "haj", "haje", "hajek", "hora", "horni", "hory", "hrad", "hradek", "hradiste"),
        *("hrob", "hruska", "hrusky", "jama", "jamy", "kamen", "klaster", "kluky", "koruna"),
        *("kout", "kouty", "krasna", "krizovatka", "kruh", "lavicky", "lazne", "lednice", "les"),
        *("lesna", "lhuta", "loket", "lom", "louka", "louky", "luka", "mesto", "mestecko", "misto"),
        *(
            "mlyn",
            "mlyny",
            "nemile",
            "navsi",
            "nova",
            "nove",
            "obora",
            "obory",
            "okna",
            "onen svet",
            "osada",
            "paseka",
        ),
        *("paseky", "patek", "pec", "pila", "pisek", "pocatky", "pohled", "pole", "pomezi"),
        *("potok", "prace", "pradlo", "prameny", "rana", "reka", "rokle", "rovna", "ruda"),
        *("rybnik", "rybniky", "sedlo", "skala", "skaly", "sloup", "slunecna", "smrk", "spojil"),
        *(
            "staj",
            "stara",
            "stare",
            "straz",
            "stranka",
            "strani",
            "studanka",
            "studena",
            "sucha",
            "tene",
            "veznice",
        ),
        *("svata", "svetla", "tabor", "ticha", "ulice", "ustup", "utery", "val", "ves", "vez"),
        *("vir", "voda", "vrchy", "vysoka", "vysluni", "zahradka", "zahradky", "zajezd"),
        *("zasada", "zastavka", "zavada", "zaky", "zar", "zim"),
    )
)


def find_place_in(text: str, index: PlaceIndex) -> tuple[PlaceMention, ...]:
    """Return the places that a text names, in the order of the text and without overlaps.

    A name may be ambiguous; what follows it ("v Březové u Sokolova") is used to tell which.
    """
    found: list[PlaceMention] = []
    words = words_of(text)
    position = 0
    while position < len(words):
        mention = _mention_at(position, words, text, index)
        if mention is None:
            position += 1
        else:
            found.append(mention)
            position = sum(word.start < mention.end for word in words)
    return tuple(found)


def _mention_at(
    position: int, words: Sequence[Word], text: str, index: PlaceIndex
) -> PlaceMention | None:
    longest = _joined(position, words, text)
    for end in range(longest, position, -1):
        answer = _named(position, end, words, text, index)
        if answer is not None:
            if isinstance(answer, AmbiguousPlace):
                told = _told_apart(position, end, words, text, index)
                if told is not None:
                    return told
            return _mention(words[position], words[end - 1], text, answer)
    return None


def _mention(
    first: Word, last: Word, text: str, answer: FoundPlace | AmbiguousPlace
) -> PlaceMention:
    return PlaceMention(
        start=first.start, end=last.end, text=text[first.start : last.end], answer=answer
    )


def _joined(position: int, words: Sequence[Word], text: str) -> int:
    """Return the end of the longest run of words that no punctuation parts."""
    end = position + 1
    while end < len(words) and end - position < _LONGEST_NAME:
        between = text[words[end - 1].end : words[end].start]
        if between.replace(".", "", 1).strip(" \u00a0-") or (
            "." in between and len(words[end - 1].folded) > _LONGEST_ABBREVIATION
        ):
            break
        end += 1
    return end


_LONGEST_ABBREVIATION: Final = 3


def _named(
    position: int, end: int, words: Sequence[Word], text: str, index: PlaceIndex
) -> FoundPlace | AmbiguousPlace | None:
    chosen = words[position:end]
    before = words[position - 1] if position else None
    capital = chosen[0].capital and not text[chosen[0].start : chosen[-1].end].isupper()
    if before is not None and _leads_to_a_place(before):
        wording = Wording(words=tuple(chosen), cases=PREPOSITIONS.get(before.folded))
        lookup = Lookup(wording, index.names, strict=not text.isascii())
        for step in lookup.steps(NAMED):
            return choose(step, index) if capital or _is_safe(step, chosen, index) else None
    elif capital and _stands_alone(position, words, text):
        for step in _exactly(chosen, index):
            return None if _is_common(step, chosen, index) else choose(step, index)
    return None


def _exactly(chosen: Sequence[Word], index: PlaceIndex) -> Iterator[Step]:
    yield from Lookup(Wording(words=tuple(chosen)), index.names, strict=True).steps({How.EXACT})


def _leads_to_a_place(word: Word) -> bool:
    return not word.dotted and word.folded in _PLACE_PREPOSITIONS | KINDS


def _stands_alone(position: int, words: Sequence[Word], text: str) -> bool:
    """Tell whether a capital starts a name of its own: no new sentence, no name of a person."""
    if not position:
        return False
    before = words[position - 1]
    between = text[before.end : words[position].start]
    return not (before.capital or before.folded in _TITLES or set(between) & set(".!?:\n"))


def _is_common(step: Step, chosen: Sequence[Word], index: PlaceIndex) -> bool:
    """Tell whether the name is a word of everyday speech, or an adjective ("Bílá hůl")."""
    names = {index.names.folded[hit.position] for hit in step.hits}
    adjective = len(chosen) == 1 and chosen[0].typed.endswith(("á", "é", "ý"))
    return adjective or not names.isdisjoint(_COMMON)


def _is_safe(step: Step, chosen: Sequence[Word], index: PlaceIndex) -> bool:
    """Tell whether a name in lower case can hardly be anything else."""
    names = {index.names.folded[hit.position] for hit in step.hits}
    municipal = any(index.places[hit.position][0].part is None for hit in step.hits)
    return names.isdisjoint(_COMMON) and (municipal or len(chosen) > 1)


def _told_apart(
    position: int, end: int, words: Sequence[Word], text: str, index: PlaceIndex
) -> PlaceMention | None:
    """Return the mention together with the words after it when those tell which place it is."""
    for last in range(min(end + _LONGEST_QUALIFIER, len(words)), end + 1, -1):
        stretch = text[words[position].start : words[last - 1].end]
        told = _qualified(stretch, end - position, index) if stretch.count(",") <= 1 else ()
        for place in told:
            return _mention(words[position], words[last - 1], text, place)
    return None


def _qualified(stretch: str, name_words: int, index: PlaceIndex) -> Iterator[FoundPlace]:
    for asked in qualified(stretch):
        if asked.marked and len(asked.name.words) == name_words:
            for within in narrowings(asked, index):
                for step in steps(asked.name, index.names, among=NAMED):
                    answer = choose(step, index, within=within)
                    if isinstance(answer, FoundPlace):
                        yield answer
