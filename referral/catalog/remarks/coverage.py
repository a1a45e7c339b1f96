"""Read where a provider says that it works, and say how far the reading can be trusted.

Meant to be confirmed or corrected by a person: every assumption has a note, and what cannot be
placed is named. The rules by which areas become municipalities are those of ``catalog.resolve``.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.places.index import PlaceIndex
from referral.catalog.remarks.choosing import Chooser
from referral.catalog.remarks.gazetteer import Gazetteer
from referral.catalog.remarks.mentions import Findings
from referral.catalog.remarks.reading import CoverageReading, ReadArea, UnreadPiece
from referral.catalog.remarks.scanner import scan
from referral.catalog.remarks.settling import Settled, Settler
from referral.catalog.remarks.tokens import LONGEST_REMARK, tidy
from referral.catalog.remarks.wording import WHY_LONG
from referral.catalog.resolve import CoverageResolver
from referral.catalog.territory import Municipality, Territory

_LOST_BY_UNREAD: Final = 0.7
_MOST_SURE: Final = 0.98
_MOST_COUNTED: Final = 5


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
        settler = Settler(tidied, chooser, self.resolver)
        settled = [settler.settle(one) for one in findings.mentions]
        unread = (*findings.unread, *_doubts(settled), *_rest(text))
        return self._reading(tidied, settled, findings, unread, home)

    def _reading(
        self,
        text: str,
        settled: Sequence[Settled],
        findings: Findings,
        unread: tuple[UnreadPiece, ...],
        home: Municipality | None,
    ) -> CoverageReading:
        taken = [one for one in settled if not one.excluded]
        excluded = [one for one in settled if one.excluded]
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


def _distinct(settled: Iterable[Settled]) -> tuple[ReadArea, ...]:
    """Return each area once, where it was named first."""
    found: dict[ServiceArea, ReadArea] = {}
    for one in settled:
        found.setdefault(one.read.area, one.read)
    return tuple(found.values())


def _doubts(settled: Iterable[Settled]) -> Iterator[UnreadPiece]:
    for one in settled:
        if one.doubtful:
            read = one.read
            yield UnreadPiece(text=read.text, start=read.start, end=read.end, why=one.doubtful)


def _rest(text: str) -> Iterator[UnreadPiece]:
    if len(text) > LONGEST_REMARK:
        yield UnreadPiece(text="…", start=LONGEST_REMARK, end=LONGEST_REMARK, why=WHY_LONG)


def _confidence(
    areas: Sequence[ReadArea], exceptions: Sequence[ReadArea], unread: Sequence[UnreadPiece]
) -> float:
    """Return how likely the whole reading is right: that of its weakest area, less what is left."""
    if not areas:
        return 0.0
    weakest = min(one.sure for one in (*areas, *exceptions))
    return round(min(_MOST_SURE, weakest) * _LOST_BY_UNREAD ** min(len(unread), _MOST_COUNTED), 2)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
