"""Where a service stands: the municipality of an address, and its point when it can be one."""

import re
from dataclasses import dataclass, field
from typing import Final

from referral.catalog.model import AddressRole, Location
from referral.catalog.places import AmbiguousPlace, FoundPlace, PlaceAnswer, PlaceIndex, find_place
from referral.catalog.places.answers import How
from referral.catalog.territory import Municipality
from referral.geo import Point, distance_km
from referral.ingest.hsds.record import PlaceEntry
from referral.ingest.row_values import Reading
from referral.text import fold

_LATITUDES: Final = (48.0, 52.0)
_LONGITUDES: Final = (12.0, 19.0)
_FAR_KM: Final = 30.0
"""The biggest municipalities reach some twelve kilometres from their point."""

_NEAR_KM: Final = 15.0
_SURE: Final = frozenset({How.CODE, How.EXACT})
_POST_OFFICE: Final = re.compile(r"\s+[0-9]{1,2}$")
_WIDER: Final = re.compile(r"\b(?:okres|kraj|orp|so orp)\b")
_HOME: Final = frozenset(
    {"cz", "cze", "cesko", "ceska republika", "czechia", "czech republic", "cr"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceReader:
    """Finds municipalities of addresses; what a name means is remembered."""

    index: PlaceIndex
    _answers: dict[str, PlaceAnswer] = field(default_factory=dict)

    def location(self, entry: PlaceEntry, role: AddressRole, reading: Reading) -> Location | None:
        """Return a location, None when nothing is known of it or it lies abroad."""
        if entry.country and fold(entry.country) not in _HOME:
            reading.note("country", entry.country, "Adresa není v Česku; místo vynecháváme.")
            return None
        point = _point(entry, reading)
        municipality = self._municipality(entry, point, reading)
        if municipality is not None and point is not None:
            apart = distance_km(municipality.point, point)
            if apart > _FAR_KM:
                reading.note(
                    "latitude",
                    f"{entry.lat}, {entry.lon}",
                    "Bod leží přes 30 km od obce z adresy; bereme bod obce.",
                )
                point = None
        if municipality is None:
            return None if point is None else Location(role=role, point=point)
        return Location(
            role=role,
            point=point or municipality.point,
            municipality=municipality.code,
            municipality_name=municipality.name,
        )

    def _municipality(
        self, entry: PlaceEntry, point: Point | None, reading: Reading
    ) -> Municipality | None:
        known = self.index.territory.municipalities
        if entry.code is not None:
            if entry.code in known:
                return known[entry.code]
            reading.note(
                "external_identifier", entry.code, "Obec s tímto kódem není mezi načtenými."
            )
        if not entry.city:
            return None
        answer = self._answer(entry.city)
        if isinstance(answer, FoundPlace) and answer.how in _SURE:
            return answer.municipality
        if isinstance(answer, AmbiguousPlace):
            return _told_apart(answer, entry, point, reading)
        reading.note(
            "city", entry.city, "Obec toho jména není mezi načtenými; obec zůstává neznámá."
        )
        return None

    def _answer(self, city: str) -> PlaceAnswer:
        if city not in self._answers:
            self._answers[city] = find_place(_POST_OFFICE.sub("", city), self.index)
        return self._answers[city]


def _told_apart(
    answer: AmbiguousPlace, entry: PlaceEntry, point: Point | None, reading: Reading
) -> Municipality | None:
    """Return the bearer of a name that the region or the point of the address tells."""
    wider = {_WIDER.sub("", fold(name)).strip() for name in entry.regions}
    near = [
        one
        for one in answer.candidates
        if wider & {_WIDER.sub("", fold(name)).strip() for name in (one.orp, one.district)}
    ]
    if len(near) != 1 and point is not None:
        near = [one for one in answer.candidates if distance_km(one.point, point) <= _NEAR_KM]
    if len(near) != 1:
        near = [
            one for one in answer.candidates if _WIDER.sub("", fold(one.region)).strip() in wider
        ]
    if len(near) == 1:
        return near[0]
    reading.note(
        "city", entry.city, "Obcí toho jména je víc a adresa neříká která; obec zůstává neznámá."
    )
    return None


def _point(entry: PlaceEntry, reading: Reading) -> Point | None:
    """Return the point; one with swapped degrees is turned round, one outside Czechia refused."""
    lat, lon = entry.lat, entry.lon
    if lat is None or lon is None:
        return None
    shown = f"{lat}, {lon}"
    if _within(lat, _LATITUDES) and _within(lon, _LONGITUDES):
        return Point(lat=lat, lon=lon)
    if _within(lon, _LATITUDES) and _within(lat, _LONGITUDES):
        reading.note("latitude", shown, "Šířka a délka jsou prohozené; čteme je obráceně.")
        return Point(lat=lon, lon=lat)
    reading.note("latitude", shown, "Souřadnice leží mimo Česko; bod zůstává neznámý.")
    return None


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
