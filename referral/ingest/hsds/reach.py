"""Where a service works, by its service areas.

An area is declared when it is a code, or a name that says a territory and nothing more. Any other
wording is read as a remark, and the whole coverage is then only read, not declared. What cannot be
read is named, and makes the neighbourhood of the rest possible rather than excluded.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from referral.catalog.areas import (
    UNKNOWN_COVERAGE,
    AreaKind,
    Coverage,
    CoverageStatus,
    ServiceArea,
)
from referral.catalog.remarks import CoverageReader, CoverageReading
from referral.ingest.hsds.record import AreaEntry
from referral.ingest.hsds.taxonomies import area_of
from referral.ingest.row_values import Reading
from referral.text import fold

_CODE: Final = re.compile(r"(?:.*[^0-9])?([0-9]{6})")
_COUNTRY: Final = frozenset(
    {
        "ceska republika", "cela ceska republika", "cr", "cela cr", "cesko", "cele cesko",
        "uzemi cele ceske republiky", "cele uzemi ceske republiky", "uzemi cele cr",
        "cele uzemi cr", "celorepublikova", "celorepublikova pusobnost", "celostatni",
        "celostatni pusobnost", "czechia", "czech republic",
    }
)  # fmt: skip
_PLAIN: Final = frozenset(
    {
        "a", "obec", "obce", "mesto", "mesta", "mestys", "okres", "okresy", "kraj", "kraje",
        "uzemi", "cely", "cele", "orp", "so", "spravni", "obvod", "s", "rozsirenou", "pusobnosti",
    }
)  # fmt: skip
"""Words that may stand beside the name of a territory without saying more than what it is."""

_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachReader:
    """Reads service areas; what a wording means is remembered."""

    reader: CoverageReader
    _read: dict[tuple[str, str | None], CoverageReading] = field(default_factory=dict)

    def coverage(
        self, areas: tuple[AreaEntry, ...], *, near: str | None, reading: Reading
    ) -> Coverage:
        """Return the coverage; ``near`` is the municipality where the service surely stands."""
        declared: list[ServiceArea] = []
        told: list[Coverage] = []
        unread: list[str] = []
        for area in areas:
            sure = self._declared(area, near)
            if sure:
                declared += sure
            elif area.name and (parsed := self.parsed(area.name, near=near)) is not None:
                told.append(parsed)
            else:
                unread.append(area.name[:_LONGEST_NAME] or area.uri[:_LONGEST_NAME])
                reading.note("service_areas", area.name or area.uri, _why(area))
        named = [ServiceArea(kind=AreaKind.MUNICIPALITY, name=name) for name in unread if name]
        resolver = self.reader.resolver
        status = CoverageStatus.PARSED if told else CoverageStatus.DECLARED
        whole = resolver.resolve(declared, near=near, status=status)
        for one in told:
            whole = _joined(whole, one)
        if not named or whole.status is CoverageStatus.UNKNOWN:
            return whole
        # With something unread the reach may be wider than what was understood.
        wider = resolver.resolve([*whole.areas, *named], near=near, status=whole.status)
        return replace(
            whole,
            possible=(whole.possible | wider.possible) - whole.certain,
            unresolved=tuple(sorted({*whole.unresolved, *filter(None, unread)})),
        )

    def parsed(self, text: str, *, near: str | None) -> Coverage | None:
        """Return where a remark says the service works, None when it names no territory."""
        coverage = self._reading(text, near).coverage
        return coverage if coverage.areas else None

    def _declared(self, area: AreaEntry, near: str | None) -> tuple[ServiceArea, ...]:
        """Return the areas that an entry surely means, none when that cannot be told."""
        for text in (area.uri, area.name):
            coded = self._coded(text)
            if coded is not None:
                return (coded,)
        if fold(area.name) in _COUNTRY:
            return (ServiceArea(kind=AreaKind.COUNTRY, name="Česká republika"),)
        return self._named(self._reading(area.name, near)) if area.name else ()

    def _coded(self, text: str) -> ServiceArea | None:
        """Return the area of an address of ours, or of a code of a municipality at its end."""
        known = self.reader.resolver.territory.municipalities
        area = area_of(text)
        if area is not None:
            code = area.code or ""
            return replace(area, name=known[code].name) if code in known else area
        found = _CODE.fullmatch(text)
        if found is None or found[1] not in known:
            return None
        return ServiceArea(kind=AreaKind.MUNICIPALITY, name=known[found[1]].name, code=found[1])

    def _named(self, told: CoverageReading) -> tuple[ServiceArea, ...]:
        """Return the areas of a text that says their names, surely read, and nothing more."""
        if told.unread or told.exceptions or told.notes:
            return ()
        if any(one.sure < 1 or one.note for one in told.areas):
            return ()
        rest = list(told.text)
        for one in told.areas:
            rest[one.start : one.end] = " " * (one.end - one.start)
        if set(fold("".join(rest)).split()) - _PLAIN:
            return ()
        return tuple(one.area for one in told.areas)

    def _reading(self, text: str, near: str | None) -> CoverageReading:
        key = (text, near)
        if key not in self._read:
            self._read[key] = self.reader.read(text, near=near)
        return self._read[key]


def _why(area: AreaEntry) -> str:
    if area.bordered and not area.name:
        return "Hranici území nečteme; doplňte jeho název nebo kód obce."
    return "V popisu území nepoznáváme žádné místo; území zůstává neznámé."


def _joined(one: Coverage, other: Coverage) -> Coverage:
    if one == UNKNOWN_COVERAGE:
        return other
    certain = one.certain | other.certain
    everywhere = one.everywhere or other.everywhere
    unsure = CoverageStatus.UNKNOWN in {one.status, other.status}
    return Coverage(
        areas=one.areas + other.areas,
        status=CoverageStatus.UNKNOWN if unsure else CoverageStatus.PARSED,
        certain=certain,
        possible=frozenset() if everywhere else (one.possible | other.possible) - certain,
        everywhere=everywhere,
        unresolved=tuple(sorted({*one.unresolved, *other.unresolved})),
    )
