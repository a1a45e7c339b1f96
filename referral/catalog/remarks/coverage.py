"""Read where a provider says that it works, and say how far the reading can be trusted.

Meant to be confirmed or corrected by a person: every assumption has a note, and what cannot be
placed is named. The rules by which areas become municipalities are those of ``catalog.resolve``.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.places.index import Place, PlaceIndex
from referral.catalog.remarks.choosing import Choice, Chooser
from referral.catalog.remarks.gazetteer import Gazetteer
from referral.catalog.remarks.mentions import Findings, Mention
from referral.catalog.remarks.reading import CoverageReading, ReadArea, UnreadPiece
from referral.catalog.remarks.scanner import scan
from referral.catalog.remarks.tokens import LONGEST_REMARK, tidy
from referral.catalog.resolve import CoverageResolver
from referral.catalog.territory import Municipality, Territory

_SURE_OF_SEAT: Final = 0.95
_SURE_OF_TOWN: Final = 0.85
_LOST_BY_UNREAD: Final = 0.7
_MOST_SURE: Final = 0.98

_NOTE_SEAT: Final = "Spádové obce čteme jako celý správní obvod ORP {orp}."
_NOTE_NO_SEAT: Final = (
    "Obec {name} není sídlem ORP a její spádové obce nikdo nezveřejňuje: jistá je obec sama, zbytek "
    "ORP {orp} je možný."
)
_NOTE_OUTSIDE: Final = "„{name}“ leží mimo načtené území."
_NOTE_PART: Final = "Část obce {parent}; zda klient bydlí v ní, z obce nepoznáme, obec je možná."
_WHY_SEVERAL: Final = "míst toho jména je víc"
_WHY_OUTSIDE: Final = "okruh kolem místa mimo načtené území neumíme spočítat"
_WHY_LONG: Final = "text je delší, než kolik čteme"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """A mention with the places it means and the municipalities that follow from it."""

    mention: Mention
    read: ReadArea
    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    doubtful: str = ""


@dataclass(frozen=True, slots=True)
class CoverageReader:
    """A territory arranged for reading many remarks; build it with :meth:`of`."""

    gazetteer: Gazetteer
    resolver: CoverageResolver

    @classmethod
    def of(
        cls, index: PlaceIndex, territory: Territory, *, elsewhere: Collection[str] = ()
    ) -> Self:
        """Arrange a territory; ``elsewhere`` names known places that it does not hold."""
        return cls(
            Gazetteer.of(index, elsewhere=elsewhere),
            CoverageResolver.of(territory, elsewhere=frozenset(elsewhere)),
        )

    def read(self, text: str, *, near: str | None = None) -> CoverageReading:
        """Read one remark; see :func:`read_coverage`."""
        territory = self.resolver.territory
        home = None if near is None else territory.municipalities.get(near)
        tidied = tidy(text)
        findings = scan(tidied, self.gazetteer, near=home)
        chooser = Chooser(findings.mentions, territory, home)
        settled = [self._settle(one, chooser, tidied) for one in findings.mentions]
        unread = (*findings.unread, *_doubts(settled), *_rest(text))
        return self._reading(tidied, settled, findings, unread, home)

    # --- one area -----------------------------------------------------------------------------

    def _settle(self, mention: Mention, chooser: Chooser, text: str) -> _Settled:
        named = mention.named
        if mention.kind is AreaKind.MUNICIPALITY_PART:
            return self._settle_part(mention, chooser, text)
        if named.candidates:
            return self._settle_place(mention, chooser.choose(mention, named.candidates), text)
        area = ServiceArea(kind=mention.kind, name=named.name, km=mention.km)
        if named.outside:
            note = _NOTE_OUTSIDE.format(name=named.name)
            doubt = _WHY_OUTSIDE if area.kind is AreaKind.RADIUS else ""
            return _Settled(
                mention=mention, read=_read(mention, area, text, note=note), doubtful=doubt
            )
        found = self.resolver.resolve((area,))
        return _Settled(mention=mention, read=_read(mention, area, text), certain=found.certain)

    def _settle_place(self, mention: Mention, choice: Choice, text: str) -> _Settled:
        place = choice.places[0]
        if place.part is not None and mention.kind is AreaKind.MUNICIPALITY:
            return self._of_part(mention, choice, text)
        certain, possible = self._around(mention, choice.places)
        only = len(choice.places) == 1
        code = place.municipality.code if only and place.part is None else None
        area = ServiceArea(kind=mention.kind, name=place.name, code=code, km=mention.km)
        sure, note = choice.sure, choice.note
        if mention.kind is AreaKind.CATCHMENT and only:
            seat = place.municipality.name == place.municipality.orp
            sure *= _SURE_OF_SEAT if seat else _SURE_OF_TOWN
            told = _NOTE_SEAT if seat else _NOTE_NO_SEAT
            words = told.format(name=place.name, orp=place.municipality.orp)
            note = f"{note} {words}".strip()
        return _Settled(
            mention=mention,
            read=_read(mention, area, text, sure=sure, note=note),
            certain=certain if code else frozenset(),
            possible=possible if code else certain | possible,
            doubtful="" if only else _WHY_SEVERAL,
        )

    def _around(
        self, mention: Mention, places: Sequence[Place]
    ) -> tuple[frozenset[str], frozenset[str]]:
        areas = (
            ServiceArea(kind=mention.kind, code=place.municipality.code, km=mention.km)
            for place in places
        )
        found = [self.resolver.resolve((area,)) for area in areas]
        certain = frozenset[str]().union(*(one.certain for one in found))
        return certain, frozenset[str]().union(*(one.possible for one in found))

    def _settle_part(self, mention: Mention, chooser: Chooser, text: str) -> _Settled:
        named, parent = mention.named, mention.parent
        if named.candidates:
            return self._of_part(mention, chooser.choose(mention, named.candidates), text)
        area = ServiceArea(kind=AreaKind.MUNICIPALITY_PART, name=mention.label)
        if parent is None or not parent.candidates:
            note = _NOTE_OUTSIDE.format(name=mention.label)
            return _Settled(mention=mention, read=_read(mention, area, text, note=note))
        choice = chooser.choose(mention, parent.candidates)
        codes = frozenset(place.municipality.code for place in choice.places)
        note = _NOTE_PART.format(parent=choice.places[0].municipality.name)
        read = _read(mention, area, text, sure=choice.sure, note=note)
        doubt = "" if len(codes) == 1 else _WHY_SEVERAL
        return _Settled(mention=mention, read=read, possible=codes, doubtful=doubt)

    def _of_part(self, mention: Mention, choice: Choice, text: str) -> _Settled:
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
            note = _NOTE_PART.format(parent=place.municipality.name)
        return _Settled(
            mention=mention,
            read=_read(mention, area, text, sure=choice.sure, note=note),
            possible=codes,
            doubtful="" if only else _WHY_SEVERAL,
        )

    # --- all of them --------------------------------------------------------------------------

    def _reading(
        self,
        text: str,
        settled: Sequence[_Settled],
        findings: Findings,
        unread: tuple[UnreadPiece, ...],
        home: Municipality | None,
    ) -> CoverageReading:
        taken = [one for one in settled if not one.mention.excluded]
        excluded = [one for one in settled if one.mention.excluded]
        areas, exceptions = _distinct(taken), _distinct(excluded)
        everywhere = any(one.area.kind is AreaKind.COUNTRY for one in areas)
        certain = _union(one.certain for one in taken)
        possible = _union(one.possible for one in taken)
        if everywhere:
            certain = frozenset(self.resolver.territory.municipalities)
        elif findings.unread and (certain or possible):
            possible |= self._orps_around(certain | possible, home)
        out = _union(one.certain for one in excluded)
        maybe_out = _union(one.possible for one in excluded)
        possible = (possible | (certain & maybe_out)) - out
        certain -= out | maybe_out
        possible -= certain
        everywhere = everywhere and not (out or maybe_out)
        return CoverageReading(
            text=text,
            areas=areas,
            exceptions=exceptions,
            municipalities=tuple(sorted(certain)),
            possible=tuple(sorted(possible)),
            everywhere=everywhere,
            confidence=_confidence(areas, exceptions, unread),
            unread=unread,
            notes=findings.notes,
            coverage=Coverage(
                areas=tuple(one.area for one in areas),
                status=CoverageStatus.PARSED if areas else CoverageStatus.UNKNOWN,
                certain=frozenset() if everywhere else certain,
                possible=possible,
                everywhere=everywhere,
                unresolved=tuple(sorted({piece.text for piece in unread})),
            ),
        )

    def _orps_around(self, codes: Iterable[str], home: Municipality | None) -> frozenset[str]:
        """Return the ORPs in which a name that nobody knows may be a hamlet."""
        territory = self.resolver.territory
        orps = {territory.municipality(code).orp for code in codes}
        if home is not None:
            orps.add(home.orp)
        return frozenset(code for orp in orps for code in territory.by_orp[orp])


def read_coverage(
    text: str,
    *,
    index: PlaceIndex,
    territory: Territory,
    elsewhere: Collection[str] = (),
    near: str | None = None,
) -> CoverageReading:
    """Read in one remark where a service works; never raises, whatever the text.

    ``near`` is the code of the municipality where the service itself stands: it decides among
    namesakes and stands for "od sídla služby". ``elsewhere`` names known places outside the
    territory: they are understood and cover nothing here. For many remarks build a
    :class:`CoverageReader` once.
    """
    return CoverageReader.of(index, territory, elsewhere=elsewhere).read(text, near=near)


def _read(
    mention: Mention, area: ServiceArea, text: str, *, sure: float = 1.0, note: str = ""
) -> ReadArea:
    notes = dict.fromkeys((*mention.notes, note))
    return ReadArea(
        area=area,
        text=" ".join(text[mention.start : mention.end].split()),
        start=mention.start,
        end=mention.end,
        sure=round(mention.sure * sure, 4),
        note=" ".join(one for one in notes if one),
    )


def _distinct(settled: Iterable[_Settled]) -> tuple[ReadArea, ...]:
    """Return each area once, where it was named first."""
    found: dict[ServiceArea, ReadArea] = {}
    for one in settled:
        found.setdefault(one.read.area, one.read)
    return tuple(found.values())


def _doubts(settled: Iterable[_Settled]) -> Iterator[UnreadPiece]:
    for one in settled:
        if one.doubtful:
            read = one.read
            yield UnreadPiece(text=read.text, start=read.start, end=read.end, why=one.doubtful)


def _rest(text: str) -> Iterator[UnreadPiece]:
    if len(text) > LONGEST_REMARK:
        yield UnreadPiece(
            text="…", start=LONGEST_REMARK, end=LONGEST_REMARK, why=_WHY_LONG
        )


def _confidence(
    areas: Sequence[ReadArea], exceptions: Sequence[ReadArea], unread: Sequence[UnreadPiece]
) -> float:
    """Return how likely the whole reading is right: that of its weakest area, less what is left."""
    if not areas:
        return 0.0
    weakest = min(one.sure for one in (*areas, *exceptions))
    return round(min(_MOST_SURE, weakest) * _LOST_BY_UNREAD ** min(len(unread), 5), 2)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
