"""Where a place of care is: its point, and its municipality, which the register only names.

Nothing is guessed: a name that several municipalities bear leaves the municipality unknown, unless
its district or the point tells which one is meant.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from referral.catalog.model import AddressRole, Location
from referral.catalog.territory import Municipality, PartKind, Territory
from referral.geo import GeoError, Point, distance_km
from referral.geo.grids import point_of
from referral.ingest.row_values import Reading
from referral.text import fold

FARTHEST_KM: Final = 25.0
"""A place of care further than this from the middle of its municipality is not in it."""
CLEARLY_NEARER: Final = 3.0
"""How many times nearer than its namesakes a municipality must be to be the one that is meant."""

_NUMBER: Final = re.compile(r"-?\d{1,3}(?:[.,]\d{1,20})?")
_CITY_DISTRICT: Final = re.compile(r"\s\d{1,2}$")
_PRAGUE: Final = "praha"


def read_point(text: str, reading: Reading, column: str) -> Point | None:
    """Return the point written as ``POINT(lat lon)`` or ``lat lon``, in whichever order it stands.

    Czech latitudes never reach Czech longitudes, so the order follows from the numbers.
    """
    if not text:
        return None
    numbers = _NUMBER.findall(text)
    if len(numbers) == 2:  # noqa: PLR2004 - a latitude and a longitude
        first, second = (float(one.replace(",", ".")) for one in numbers)
        try:
            point = point_of(first, second)
        except GeoError:
            pass
        else:
            return Point(lat=round(point.lat, 6), lon=round(point.lon, 6))
    reading.note(column, "", "Souřadnice neleží v Česku nebo jim nerozumíme; bod neznáme.")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Municipalities by their folded names, and by those of the boroughs of big cities."""

    by_name: Mapping[str, tuple[Municipality, ...]]
    by_part: Mapping[str, tuple[Municipality, ...]]
    districts: frozenset[str]

    @classmethod
    def of(cls, territory: Territory) -> Self:
        """Index a territory."""
        names: defaultdict[str, list[Municipality]] = defaultdict(list)
        for one in territory.municipalities.values():
            names[fold(one.name)].append(one)
        parts: defaultdict[str, dict[str, Municipality]] = defaultdict(dict)
        for part in territory.parts:
            if part.kind is PartKind.BOROUGH:
                parts[fold(part.name)][part.municipality] = territory.municipality(
                    part.municipality
                )
        return cls(
            by_name={name: tuple(found) for name, found in names.items()},
            by_part={name: tuple(found.values()) for name, found in parts.items()},
            districts=frozenset(map(_district, territory.by_district)),
        )

    def find(
        self, name: str, *, district: str, point: Point | None, reading: Reading, column: str
    ) -> Municipality | None:
        """Return the municipality of a name, told apart from namesakes by its district and point.

        Of a district that is not in the territory nothing can be found, whatever the name.
        """
        folded = fold(name)
        if not folded:
            reading.note(column, "", "Obec chybí; zůstává neznámá.")
            return None
        if district and _district(district) not in self.districts:
            reading.note(
                column, district, "Tento okres není v načteném území; obec zůstává neznámá."
            )
            return None
        found = (
            self.by_name.get(folded)
            or self.by_part.get(folded)
            or self.by_name.get(_CITY_DISTRICT.sub("", folded))
            or ()
        )
        here = _district(district)
        near = [one for one in found if not district or _district(one.district) == here]
        if not near:
            reading.note(column, name, "Obec toho jména v uvedeném okrese není; zůstává neznámá.")
            return None
        chosen = _meant(near, point, sure=bool(district))
        if chosen is None:
            reading.note(
                column, name, "Nejde poznat, která obec toho jména to je; zůstává neznámá."
            )
        return chosen


def place_of(
    point: Point | None, municipality: Municipality | None, reading: Reading, column: str
) -> Location | None:
    """Return where the care is given, None when nothing is known of it.

    A point far from the municipality contradicts the address, which a person has written; then, and
    when there is no point, the municipality's own stands for the place.
    """
    if municipality is None:
        return None if point is None else Location(role=AddressRole.FACILITY, point=point)
    if point is not None and distance_km(point, municipality.point) > FARTHEST_KM:
        reading.note(
            column, municipality.name, "Bod leží daleko od obce v adrese; bereme bod obce."
        )
        point = None
    return Location(
        role=AddressRole.FACILITY,
        point=point or municipality.point,
        municipality=municipality.code,
        municipality_name=municipality.name,
    )


def _meant(
    found: Sequence[Municipality], point: Point | None, *, sure: bool
) -> Municipality | None:
    """Return the only municipality, or the one that is clearly nearer to the point than others.

    ``sure`` when the district is known: without it even an only one has to lie near the point,
    since the territory need not hold its namesakes.
    """
    if sure and len(found) == 1:
        return found[0]
    if point is None:
        return None
    apart = sorted((distance_km(point, one.point), one.code) for one in found)
    nearest, code = apart[0]
    clear = len(apart) == 1 or nearest * CLEARLY_NEARER < apart[1][0]
    if nearest > FARTHEST_KM or not clear:
        return None
    return next(one for one in found if one.code == code)


def _district(name: str) -> str:
    """Write a district's name as it is compared; Prague stands under several."""
    folded = fold(name)
    return _PRAGUE if folded in {"hlavni mesto praha", "hl m praha"} else folded
