"""From one mention to an area and the municipalities that follow from it.

The rules by which areas become municipalities are those of ``catalog.resolve``; this module decides
which of the namesakes is meant, and says in a note what was assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from referral.catalog.areas import AreaKind, Coverage, ServiceArea
from referral.catalog.places.index import Place
from referral.catalog.remarks.choosing import Choice, Chooser
from referral.catalog.remarks.mentions import Mention
from referral.catalog.remarks.reading import ReadArea
from referral.catalog.remarks.wording import (
    NOTE_IN_PART,
    NOTE_NO_SEAT,
    NOTE_OFFICE,
    NOTE_OUTSIDE,
    NOTE_POU,
    NOTE_SEAT,
    WHY_OUTSIDE,
    WHY_SEVERAL,
)
from referral.catalog.resolve import CoverageResolver

_SURE_OF_SEAT: Final = 0.95
_SURE_OF_TOWN: Final = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A mention as an area, with the municipalities it surely and possibly includes.

    ``doubtful`` says in Czech why a person has to place it, empty when nobody has to.
    """

    read: ReadArea
    excluded: bool = False
    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    doubtful: str = ""


class Settler:
    """Settles the mentions of one text."""

    def __init__(self, text: str, chooser: Chooser, resolver: CoverageResolver) -> None:
        self._text = text
        self._chooser = chooser
        self._resolver = resolver
        self._known: dict[ServiceArea, Coverage] = {}

    def _resolved(self, area: ServiceArea) -> Coverage:
        if area not in self._known:
            self._known[area] = self._resolver.resolve((area,))
        return self._known[area]

    def settle(self, mention: Mention) -> Settled:
        """Return the area of a mention."""
        named = mention.named
        if mention.kind is AreaKind.MUNICIPALITY_PART:
            return self._settle_part(mention)
        if named.candidates:
            return self._settle_place(mention, self._chooser.choose(mention, named.candidates))
        area = ServiceArea(kind=mention.kind, name=named.name, km=mention.km)
        if named.outside:
            note = NOTE_OUTSIDE.format(name=named.name)
            doubt = WHY_OUTSIDE if area.kind is AreaKind.RADIUS else ""
            return Settled(
                excluded=mention.excluded, read=self._read(mention, area, note=note), doubtful=doubt
            )
        found = self._resolved(area)
        return Settled(
            excluded=mention.excluded, read=self._read(mention, area), certain=found.certain
        )

    def _settle_place(self, mention: Mention, choice: Choice) -> Settled:
        place = choice.places[0]
        if place.part is not None and mention.kind is AreaKind.MUNICIPALITY:
            return self._of_part(mention, choice)
        certain, possible = self._around(mention, choice.places)
        only = len(choice.places) == 1
        if mention.office and only:
            return self._settle_office(mention, choice)
        code = place.municipality.code if only and place.part is None else None
        area = ServiceArea(kind=mention.kind, name=place.name, code=code, km=mention.km)
        sure, note = choice.sure, choice.note
        if mention.kind is AreaKind.CATCHMENT and only:
            seat = place.municipality.name == place.municipality.orp
            sure *= _SURE_OF_SEAT if seat else _SURE_OF_TOWN
            told = NOTE_SEAT if seat else NOTE_NO_SEAT
            words = told.format(name=place.name, orp=place.municipality.orp)
            note = f"{note} {words}".strip()
        return Settled(
            excluded=mention.excluded,
            read=self._read(mention, area, sure=sure, note=note),
            certain=certain if code else frozenset(),
            possible=possible if code else certain | possible,
            doubtful="" if only else WHY_SEVERAL,
        )

    def _settle_office(self, mention: Mention, choice: Choice) -> Settled:
        """Return the district of an authorised office, as far as the territory knows it."""
        municipality = choice.places[0].municipality
        area = ServiceArea(kind=AreaKind.CATCHMENT, name=municipality.name, code=municipality.code)
        orp = self._resolver.territory.by_orp[municipality.orp]
        district = frozenset(
            code
            for code in orp
            if self._resolver.territory.municipality(code).pou == municipality.name
        )
        note = NOTE_OFFICE if district else NOTE_POU
        sure = _SURE_OF_SEAT if district else _SURE_OF_TOWN
        own = frozenset((municipality.code,))
        return Settled(
            excluded=mention.excluded,
            read=self._read(mention, area, sure=choice.sure * sure, note=note),
            certain=district | own,
            possible=frozenset() if district else frozenset(orp) - own,
        )

    def _around(
        self, mention: Mention, places: Sequence[Place]
    ) -> tuple[frozenset[str], frozenset[str]]:
        areas = (
            ServiceArea(kind=mention.kind, code=place.municipality.code, km=mention.km)
            for place in places
        )
        found = [self._resolved(area) for area in areas]
        certain = frozenset[str]().union(*(one.certain for one in found))
        return certain, frozenset[str]().union(*(one.possible for one in found))

    def _settle_part(self, mention: Mention) -> Settled:
        named, parent = mention.named, mention.parent
        if named.candidates:
            # The text says of which municipality it is a part, so there is nothing to choose.
            return self._of_part(mention, Choice(places=(named.candidates[0].place,)))
        area = ServiceArea(kind=AreaKind.MUNICIPALITY_PART, name=mention.label)
        if parent is None or not parent.candidates:
            note = NOTE_OUTSIDE.format(name=mention.label)
            return Settled(excluded=mention.excluded, read=self._read(mention, area, note=note))
        choice = self._chooser.choose(mention, parent.candidates)
        codes = frozenset(place.municipality.code for place in choice.places)
        note = NOTE_IN_PART.format(parent=choice.places[0].municipality.name)
        read = self._read(mention, area, sure=choice.sure, note=note)
        doubt = "" if len(codes) == 1 else WHY_SEVERAL
        return Settled(excluded=mention.excluded, read=read, possible=codes, doubtful=doubt)

    def _of_part(self, mention: Mention, choice: Choice) -> Settled:
        place = choice.places[0]
        codes = frozenset(one.municipality.code for one in choice.places)
        only = len(codes) == 1
        area = ServiceArea(
            kind=AreaKind.MUNICIPALITY_PART,
            name=place.name,
            code=place.part.code if only and place.part is not None else None,
        )
        note = choice.note
        if only:
            note = NOTE_IN_PART.format(parent=place.municipality.name)
        return Settled(
            excluded=mention.excluded,
            read=self._read(mention, area, sure=choice.sure, note=note),
            possible=codes,
            doubtful="" if only else WHY_SEVERAL,
        )

    def _read(
        self, mention: Mention, area: ServiceArea, *, sure: float = 1.0, note: str = ""
    ) -> ReadArea:
        notes = dict.fromkeys((*mention.notes, note))
        return ReadArea(
            area=area,
            text=" ".join(self._text[mention.start : mention.end].split()),
            start=mention.start,
            end=mention.end,
            sure=round(mention.sure * sure, 4),
            note=" ".join(one for one in notes if one),
        )
