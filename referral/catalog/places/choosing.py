"""From names to an answer: one place, a choice of several, or the nearest."""

from collections.abc import Iterable, Sequence
from typing import Final

from referral.catalog.places.answers import AmbiguousPlace, FoundPlace, How
from referral.catalog.places.hits import NAMED, Hit, Step
from referral.catalog.places.index import Place, PlaceIndex
from referral.catalog.places.narrowing import EVERYWHERE, Within
from referral.catalog.territory import Municipality
from referral.text import best

_MOST_OPTIONS: Final = 12
_NEAREST: Final = 5
_LIKE_ENOUGH: Final = 0.5


def places_of(hits: Iterable[Hit], index: PlaceIndex) -> list[Place]:
    """Return the places of the names that were hit, in their order."""
    return [place for hit in hits for place in index.places[hit.position]]


def distinct(places: Iterable[Place]) -> tuple[Municipality, ...]:
    """Return the municipalities of places, each once, in their order."""
    return tuple({place.municipality.code: place.municipality for place in places}.values())


def choose(
    step: Step, index: PlaceIndex, *, within: Within = EVERYWHERE
) -> FoundPlace | AmbiguousPlace | None:
    """Answer with what one way of finding has led to; None when nothing of it lies within.

    A municipality is preferred to parts of others. A part that alone bears a name is still asked
    back when municipalities begin with the same words (Klášterec: a village, or Klášterec nad
    Ohří?). Misspelt names compete only with those less than one wrong letter further.
    """
    inside = tuple(hit for hit in step.hits if within.keep(index.places[hit.position]))
    if not inside:
        return None
    hits = Step(step.how, inside).clear
    places = within.keep(places_of(hits, index))
    if step.how in NAMED and all(place.part is not None for place in places):
        places += within.keep(_longer_municipalities(hits, index))
        return _one_or_several(places, step.how, [])
    return _preferred(places, step.how, prefer=step.how is not How.TYPO and not within.neighbours)


def _preferred(places: list[Place], how: How, *, prefer: bool) -> FoundPlace | AmbiguousPlace:
    municipalities = [place for place in places if place.part is None]
    if prefer and municipalities:
        return _one_or_several(municipalities, how, places)
    return _one_or_several(places, how, [])


def _one_or_several(
    places: Sequence[Place], how: How, others: Iterable[Place]
) -> FoundPlace | AmbiguousPlace:
    options: dict[str, Place] = {}
    for place in places:
        options.setdefault(place.municipality.code, place)
    found = [
        FoundPlace(municipality=place.municipality, part=place.part, how=how)
        for place in options.values()
    ]
    if len(found) > 1:
        kept = tuple(found if how in NAMED else found[:_MOST_OPTIONS])
        return AmbiguousPlace(candidates=tuple(one.municipality for one in kept), options=kept)
    namesakes = {place.municipality.code for place in others} - options.keys()
    only = found[0]
    return FoundPlace(
        municipality=only.municipality, part=only.part, how=how, namesakes=len(namesakes)
    )


def _longer_municipalities(hits: Iterable[Hit], index: PlaceIndex) -> list[Place]:
    longer = (
        position
        for hit in hits
        for position in index.names.beginning_with(f"{index.names.folded[hit.position]} ")
    )
    return [place for position in longer for place in index.places[position] if place.part is None]


def nearest_to(
    typed: str, index: PlaceIndex, *, within: Within = EVERYWHERE
) -> tuple[Municipality, ...]:
    """Return up to five municipalities that bear, or hold, the names most like a folded text."""
    choices = index.names.spellings.texts
    if within != EVERYWHERE:
        choices = tuple(
            name
            for name in choices
            if any(within.keep(index.places[one]) for one in index.names.called(name))
        )
    found: dict[str, Municipality] = {}
    for likeness in best(typed, choices, limit=4 * _NEAREST, at_least=_LIKE_ENOUGH):
        for position in index.names.called(choices[likeness.position]):
            for place in within.keep(index.places[position]):
                found.setdefault(place.municipality.code, place.municipality)
    return tuple(found.values())[:_NEAREST]
