"""Which place of a name is meant: "(Sokolov)", "okres Chomutov", "u Loun", ", Karlovy Vary"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from referral.catalog.places.answers import How
from referral.catalog.places.hits import NAMED
from referral.catalog.places.index import AreaIndex, Place, PlaceIndex
from referral.catalog.places.lookup import steps
from referral.catalog.places.wording import Word, Wording, strip_lead, words_of
from referral.catalog.territory import Municipality
from referral.geo import distance_km

NEARBY_KM: Final = 20.0
"""How far from X a place may lie and still be called "u X"; a reading aid, not a border."""
AS_NEAR_KM: Final = 5.0
"""Up to here all places are "u X" alike; beyond, one twice as far as the nearest is not meant."""

_SEPARATOR: Final = re.compile(r"[(),;/\n]|\s[-–—]\s")


class Relation(Enum):
    """How the words after a name say which one is meant."""

    ANY = auto()
    ORP = auto()
    DISTRICT = auto()
    NEAR = auto()


_RELATIONS: Final = {
    **dict.fromkeys(("orp",), Relation.ORP),
    **dict.fromkeys(("okres", "okresu", "okrese", "okr"), Relation.DISTRICT),
    **dict.fromkeys(("u", "pri", "pobliz", "nedaleko", "vedle", "blizko"), Relation.NEAR),
}


class Qualified(NamedTuple):
    """A name and the words that tell which place of that name is meant.

    ``marked`` when a sign or a word divides the two; without any both must be read with no guess.
    """

    name: Wording
    about: Wording
    relation: Relation
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The places that a narrowing leaves: those in ``codes`` and near one of ``neighbours``."""

    codes: frozenset[str] | None = None
    neighbours: tuple[Municipality, ...] = ()

    def keep(self, places: Iterable[Place]) -> list[Place]:
        """Return the places inside in their order, or the nearest to a neighbour first."""
        kept = [
            place for place in places if self.codes is None or place.municipality.code in self.codes
        ]
        if not self.neighbours:
            return kept
        apart = sorted((self._apart_km(place), place.order, place) for place in kept)
        farthest = min(NEARBY_KM, max(2 * apart[0][0], AS_NEAR_KM)) if apart else 0.0
        return [place for km, _, place in apart if km <= farthest]

    def and_also(self, other: "Within") -> "Within":
        """Return the narrowing that keeps what both keep; the other one has only codes, or none."""
        if other.codes is None:
            return self
        codes = other.codes if self.codes is None else self.codes & other.codes
        return Within(codes=codes, neighbours=self.neighbours)

    def _apart_km(self, place: Place) -> float:
        return min(distance_km(place.municipality.point, one.point) for one in self.neighbours)


EVERYWHERE: Final = Within()


def qualified(text: str) -> Iterator[Qualified]:
    """Yield the ways to divide a text into a name and what tells which one is meant."""
    pieces = [words for piece in _SEPARATOR.split(text) if (words := words_of(piece))]
    if len(pieces) > 1:
        yield from _pieces(pieces)
        return
    words = words_of(text)
    for middle in range(1, len(words) - 1):
        relation = _RELATIONS.get(words[middle].folded)
        if relation is not None:
            yield _divided(words[:middle], words[middle + 1 :], relation)
    for middle in range(len(words) - 1, 0, -1):
        name, about = strip_lead(words[:middle]), strip_lead(words[middle:])
        yield Qualified(name, about, Relation.ANY, marked=False)
        yield Qualified(about, name, Relation.ANY, marked=False)


def _pieces(pieces: list[tuple[Word, ...]]) -> Iterator[Qualified]:
    for name, about in ((pieces[0], pieces[1]), (pieces[1], pieces[0]), (pieces[0], pieces[-1])):
        relation = _RELATIONS.get(about[0].folded) if len(about) > 1 else None
        if relation is None:
            yield _divided(name, about, Relation.ANY)
        else:
            yield _divided(name, about[1:], relation)


def _divided(name: Iterable[Word], about: Iterable[Word], relation: Relation) -> Qualified:
    kept = list(name)
    while len(kept) > 1 and kept[-1].folded in {"v", "ve", "so"}:
        kept.pop()
    return Qualified(strip_lead(kept), strip_lead(tuple(about)), relation, marked=True)


def narrowings(asked: Qualified, index: PlaceIndex) -> list[Within]:
    """Return the narrowings that the words about a name can mean, the likeliest first."""
    if asked.relation is Relation.ORP:
        return _areas(asked, index.orps)
    if asked.relation is Relation.DISTRICT:
        return _areas(asked, index.districts)
    found = municipalities_named(asked.about, index)
    near = [Within(neighbours=found)] if found else []
    if asked.relation is Relation.NEAR:
        return near
    own = [Within(codes=frozenset(one.code for one in found))] if found else []
    return [*_areas(asked, index.areas), *own, *(near if asked.marked else [])]


def _areas(asked: Qualified, areas: AreaIndex) -> list[Within]:
    codes = area_codes(asked.about, areas, guess=asked.marked)
    return [] if codes is None else [Within(codes=codes)]


def area_codes(about: Wording, areas: AreaIndex, *, guess: bool) -> frozenset[str] | None:
    """Return the municipalities of the area with this name; None when no area is clearly meant.

    With ``guess`` the name may be misspelt, or unfinished: then of all areas it may become.
    """
    ways = frozenset(How) if guess else NAMED
    for step in steps(about, areas.names, among=ways):
        meant = step.clear
        if len(meant) == 1 or step.how is How.PREFIX:
            return frozenset().union(*(areas.codes[hit.position] for hit in meant))
        break
    return None


def municipalities_named(about: Wording, index: PlaceIndex) -> tuple[Municipality, ...]:
    """Return the municipalities of this name, read with no guess."""
    for step in steps(about, index.names, among=NAMED):
        places = (place for hit in step.hits for place in index.places[hit.position])
        found = tuple(place.municipality for place in places if place.part is None)
        if found:
            return found
    return ()
