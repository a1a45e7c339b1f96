"""Which of the places of one name is meant, judged by what else the text names.

The same rule of nearness as in ``catalog.resolve`` (ORP, then district, then region), and beside
it what providers mean when nothing else is named: a town rather than villages of the same name.
Nothing is chosen silently: each choice has a note.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from referral.catalog.areas import AreaKind
from referral.catalog.places.index import Place
from referral.catalog.remarks.gazetteer import Candidate
from referral.catalog.remarks.mentions import Mention
from referral.catalog.territory import Municipality, Territory

TOWN_POPULATION: Final = 3000
"""From how many people a municipality may become a town (§ 3 of Act 128/2000 Sb.)."""

_AT_HOME: Final = 4
_SAME_ORP: Final = 3
_SAME_DISTRICT: Final = 2
# By nearness, from far away to the service's own municipality.
_MUNICIPALITIES: Final = (1, 3, 5, 5, 5)
_PARTS: Final = (0, 0, 2, 4, 4)
_SURE_BY_OTHERS: Final = 0.9
_SURE_OF_SEAT: Final = 0.87
_SURE_OF_TOWN: Final = 0.75
_SURE_OF_PART: Final = 0.75
_SURE_FAR: Final = 0.75
_SURE_OF_SEVERAL: Final = 0.4


class _Nearness(NamedTuple):
    """How many of the other named places lie in each ORP, district and region."""

    home: Municipality | None
    orps: Counter[str]
    districts: Counter[str]
    regions: Counter[str]

    def of(self, place: Place) -> int:
        """Return 4 for the service's own municipality, 3 for an ORP of others … 0 for far away."""
        municipality = place.municipality
        if municipality == self.home and place.part is None:
            return _AT_HOME
        if self.orps[municipality.orp] > 0:
            return _SAME_ORP
        if self.districts[municipality.district] > 0:
            return _SAME_DISTRICT
        return int(self.regions[municipality.region] > 0)

    @property
    def empty(self) -> bool:
        """Whether nothing else is named."""
        return not any(count > 0 for count in self.regions.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The places that a mention means: one, or several of which none can be told; never none."""

    places: tuple[Place, ...]
    sure: float = 1.0
    note: str = ""


class Chooser:
    """Chooses among namesakes in one text; ``home`` is where the service stands, if known."""

    def __init__(
        self, mentions: Iterable[Mention], territory: Territory, home: Municipality | None
    ) -> None:
        self._territory = territory
        self._home = home
        self._anchors = {id(mention): self._anchors_of(mention) for mention in mentions}
        all_named = [] if home is None else [home]
        all_named += [one for found in self._anchors.values() for one in found]
        self._counts = (
            Counter(one.orp for one in all_named),
            Counter(one.district for one in all_named),
            Counter(one.region for one in all_named),
        )

    def choose(self, mention: Mention, candidates: Sequence[Candidate]) -> Choice:
        """Return which of the candidates a mention means."""
        near = self._nearness(mention)
        best = _likeliest(candidates, near)
        if best[0].place.part is not None:
            known = [one for one in candidates if _outweighs_parts(one.place, near)]
            best = _likeliest(known, near) if known else best
        kept = _distinct(one.place for one in best)
        if len(kept) > 1:
            return self._by_importance(kept, mention)
        return self._explained(kept[0], candidates, near)

    def _explained(self, place: Place, candidates: Sequence[Candidate], near: _Nearness) -> Choice:
        municipal = _distinct(one.place for one in candidates if one.place.part is None)
        others = [one for one in municipal if one.municipality != place.municipality]
        if place.part is not None:
            where = f"„{place.name}“ čteme jako část obce {place.municipality.name}"
            if others:
                note = f"{where}, ne jako vzdálenou obec toho jména."
                return Choice(places=(place,), sure=_SURE_OF_PART, note=note)
            return Choice(places=(place,), sure=_SURE_BY_OTHERS, note=f"{where}.")
        if others:
            note = (
                f"Obcí jménem {place.name} je víc; podle ostatních míst čteme tu v okrese "
                f"{_district(place)}."
            )
            return Choice(places=(place,), sure=_SURE_BY_OTHERS, note=note)
        if not near.empty and not near.of(place) and not _is_town(place):
            note = f"Obec {place.name} leží daleko od ostatních míst (okres {_district(place)})."
            return Choice(places=(place,), sure=_SURE_FAR, note=note)
        return Choice(places=(place,))

    def _by_importance(self, places: Sequence[Place], mention: Mention) -> Choice:
        name = places[0].name
        seats = [one for one in places if _is_seat(one)]
        towns = [one for one in places if mention.town and _is_town(one)]
        if len(seats) == 1:
            note = f"Obcí jménem {name} je víc; čteme sídlo ORP."
            return Choice(places=tuple(seats), sure=_SURE_OF_SEAT, note=note)
        if len(towns) == 1:
            note = f"Obcí jménem {name} je víc; čteme město v okrese {_district(towns[0])}."
            return Choice(places=tuple(towns), sure=_SURE_OF_TOWN, note=note)
        where = ", ".join(f"{one.municipality.name} (okres {_district(one)})" for one in places[:6])
        note = f"Míst jménem {name} je víc a text neříká, které: {where}."
        return Choice(places=tuple(places), sure=_SURE_OF_SEVERAL, note=note)

    def _nearness(self, mention: Mention) -> _Nearness:
        """Count what is named beside the mention itself."""
        orps, districts, regions = (count.copy() for count in self._counts)
        for one in self._anchors.get(id(mention), ()):
            orps[one.orp] -= 1
            districts[one.district] -= 1
            regions[one.region] -= 1
        return _Nearness(self._home, orps, districts, regions)

    def _anchors_of(self, mention: Mention) -> list[Municipality]:
        """Return the municipalities that a mention surely speaks of."""
        named = mention.named
        wide = {
            AreaKind.ORP: self._territory.by_orp,
            AreaKind.DISTRICT: self._territory.by_district,
            AreaKind.REGION: self._territory.by_region,
        }.get(named.kind)
        if wide is not None:
            return [self._territory.municipality(code) for code in wide.get(named.name, ())]
        parent = mention.parent.candidates if mention.parent is not None else ()
        places = [one.place for one in (*named.candidates, *parent)]
        whole = _distinct(place for place in places if place.part is None)
        sure = whole or _distinct(places)
        return [sure[0].municipality] if len(sure) == 1 else []


def _likeliest(candidates: Sequence[Candidate], near: _Nearness) -> list[Candidate]:
    """Return the likeliest candidates, several when nothing tells them apart."""
    ranked = [(_likelihood(one, near), one) for one in candidates]
    best = max(likelihood for likelihood, _ in ranked)
    return [one for likelihood, one in ranked if likelihood == best]


def _likelihood(candidate: Candidate, near: _Nearness) -> tuple[int, int, int]:
    """Return how likely a candidate is meant: greater is likelier.

    A municipality in the district of the other places comes before a part in their ORP, that one
    before a municipality in their region, and a part in their district before one far away.
    """
    nearness = near.of(candidate.place)
    order = _PARTS if candidate.place.part is not None else _MUNICIPALITIES
    return order[nearness], nearness, -candidate.rank


def _outweighs_parts(place: Place, near: _Nearness) -> bool:
    """Tell whether a place is a town so well known that no part of its name nearby is meant."""
    return _is_seat(place) or (_is_town(place) and near.of(place) > 0)


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return places of different municipalities, in their order."""
    return tuple({place.municipality.code: place for place in reversed([*places])}.values())[::-1]


def _is_seat(place: Place) -> bool:
    return place.part is None and place.municipality.name == place.municipality.orp


def _is_town(place: Place) -> bool:
    population = place.municipality.population or 0
    return place.part is None and population >= TOWN_POPULATION


def is_well_known(place: Place) -> bool:
    """Tell whether a place is so big that a misspelt name means it rather than a hamlet."""
    return _is_seat(place) or _is_town(place)


def _district(place: Place) -> str:
    return place.municipality.district
