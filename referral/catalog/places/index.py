"""The places of a territory under their names, and its areas under theirs."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from referral.catalog.places.names import NameIndex
from referral.catalog.territory import Municipality, MunicipalityPart, Territory

# A city of a million is 0.3 of a wrong letter likelier than a hamlet, a part 0.2 less likely.
_HANDICAP_OF_SMALLEST: Final = 0.3
_HANDICAP_OF_PART: Final = 0.5


class Place(NamedTuple):
    """A municipality under its own name, or under the name of one of its parts."""

    name: str
    municipality: Municipality
    part: MunicipalityPart | None

    @property
    def handicap(self) -> float:
        """How much less likely it is meant than a big town, in wrong letters of a misspelt name."""
        if self.part is not None:
            return _HANDICAP_OF_PART
        return _HANDICAP_OF_SMALLEST - math.log10(1 + (self.municipality.population or 0)) / 20

    @property
    def order(self) -> tuple[float, str, str, str]:
        """What to show first among equals: municipalities, the bigger ones, then by name."""
        part = "" if self.part is None else self.part.code
        return (self.handicap, self.name, self.municipality.code, part)


@dataclass(frozen=True, slots=True)
class AreaIndex:
    """Areas by name; ``codes[i]`` are the municipalities of the area ``names.names[i]``."""

    names: NameIndex
    codes: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, *groups: Mapping[str, Iterable[str]]) -> Self:
        """Index areas of several kinds; those of one name become one."""
        found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for group in groups:
            for name, codes in group.items():
                found[name] |= frozenset(codes)
        names = NameIndex.of(dict.fromkeys(found, 0.0))
        return cls(names, tuple(found[name] for name in names.names))


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """What places are searched in; build it with :meth:`of`, once per territory.

    ``places[i]`` are the places called ``names.names[i]``, those to show first coming first.
    """

    territory: Territory
    names: NameIndex
    places: tuple[tuple[Place, ...], ...]
    orps: AreaIndex
    districts: AreaIndex
    regions: AreaIndex
    areas: AreaIndex

    @classmethod
    def of(cls, territory: Territory) -> Self:
        """Index the municipalities and parts of a territory; their order plays no role."""
        places: defaultdict[str, list[Place]] = defaultdict(list)
        for place in sorted(_places_of(territory), key=lambda place: place.order):
            places[place.name].append(place)
        names = NameIndex.of({name: found[0].handicap for name, found in places.items()})
        return cls(
            territory=territory,
            names=names,
            places=tuple(tuple(places[name]) for name in names.names),
            orps=AreaIndex.of(territory.by_orp),
            districts=AreaIndex.of(territory.by_district),
            regions=AreaIndex.of(territory.by_region),
            areas=AreaIndex.of(territory.by_orp, territory.by_district, territory.by_region),
        )


def _places_of(territory: Territory) -> Iterator[Place]:
    for municipality in territory.municipalities.values():
        yield Place(municipality.name, municipality, None)
    for part in territory.parts:
        yield Place(part.name, territory.municipalities[part.municipality], part)
