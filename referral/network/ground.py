"""The municipalities of a report as columns: where they are, in what districts, how many people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from referral.catalog.territory import Municipality, Territory
from referral.geo.travel import Floats, Ints, Spots


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """Municipalities in the order of their codes; every array has one value for each.

    ``position`` finds them by code. ``orp``, ``district`` and ``region`` are numbers that equal
    ones share. ``people`` are persons, NaN where the source does not say.
    """

    places: tuple[Municipality, ...]
    position: Mapping[str, int]
    spots: Spots
    orp: Ints
    district: Ints
    region: Ints
    people: Floats
    people_65: Floats
    people_80: Floats

    @classmethod
    def of(cls, territory: Territory, codes: Iterable[str]) -> Self:
        """Lay municipalities out in columns.

        Raises:
            UnknownCodeError: one is not loaded.
        """
        places = tuple(territory.municipality(code) for code in sorted(set(codes)))
        return cls(
            places=places,
            position={place.code: at for at, place in enumerate(places)},
            spots=Spots.of([place.point for place in places], [place.code for place in places]),
            orp=_numbers(places, lambda place: place.orp),
            district=_numbers(places, lambda place: place.district),
            region=_numbers(places, lambda place: place.region),
            people=_counts(place.population for place in places),
            people_65=_counts(place.population_65_plus for place in places),
            people_80=_counts(place.population_80_plus for place in places),
        )

    def __len__(self) -> int:
        """Return how many municipalities there are."""
        return len(self.places)


def _numbers(places: Sequence[Municipality], name: Callable[[Municipality], str]) -> Ints:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name(place), len(known)) for place in places], np.int64)


def _counts(values: Iterable[int | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float64)
