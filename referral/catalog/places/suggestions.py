"""What to offer while somebody is still typing the name of a place."""

from collections.abc import Iterator
from typing import Final

from referral.catalog.places.answers import How, Suggestion
from referral.catalog.places.choosing import places_of
from referral.catalog.places.hits import NAMED, Step
from referral.catalog.places.index import Place, PlaceIndex
from referral.catalog.places.lookup import Lookup, steps
from referral.catalog.places.narrowing import EVERYWHERE, Within, narrowings, qualified
from referral.catalog.places.wording import Word, Wording, strip_lead, without_postcode, words_of

_WHOLE: Final = NAMED | {How.FIRST_WORDS}
_AS_TYPED: Final = frozenset(How) - {How.SPELLING, How.TYPO}


def suggest(text: str, index: PlaceIndex, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Return the places that an unfinished text may become, the likeliest first.

    Namesakes come as separate lines with their ORP and district. Misspelt names are looked for only
    when what is typed is no whole name and its continuations do not fill the ``limit``.
    """
    found: dict[tuple[str, str], Suggestion] = {}
    for how, place in _likeliest(text, index):
        key = (place.name, place.municipality.code)
        if key not in found:
            found[key] = _suggestion(place, how)
            if len(found) == limit:
                break
    return tuple(found.values())


def _likeliest(text: str, index: PlaceIndex) -> Iterator[tuple[How, Place]]:
    name = without_postcode(text)
    words = words_of(name)
    if not words:
        return
    named = False
    for wording, within in _wordings(name, words, index):
        for step in steps(wording, index.names, among=_AS_TYPED):
            named = named or step.how in _WHOLE
            yield from _places(step, index, within)
    if not named:
        for wording, within in _wordings(name, words, index):
            for step in Lookup(wording, index.names).misspelt_step():
                yield from _places(step, index, within)


def _wordings(
    text: str, words: tuple[Word, ...], index: PlaceIndex
) -> Iterator[tuple[Wording, Within]]:
    bare = strip_lead(words)
    if len(bare.words) < len(words):
        yield Wording(words=words), EVERYWHERE
    yield _unfinished(bare), EVERYWHERE
    for asked in qualified(text):
        if asked.marked:
            for within in narrowings(asked, index):
                yield asked.name, within


def _unfinished(wording: Wording) -> Wording:
    """Return the wording with its last word taken for the beginning of one."""
    *before, last = wording.words
    unfinished = last._replace(dotted=bool(before) or last.dotted)
    return Wording(words=(*before, unfinished), cases=wording.cases)


def _places(step: Step, index: PlaceIndex, within: Within) -> Iterator[tuple[How, Place]]:
    for place in within.keep(places_of(step.hits, index)):
        yield step.how, place


def _suggestion(place: Place, how: How) -> Suggestion:
    municipality = place.municipality
    return Suggestion(
        name=place.name,
        municipality=municipality.name,
        orp=municipality.orp,
        district=municipality.district,
        code=municipality.code,
        how=how,
    )
