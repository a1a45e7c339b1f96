"""Municipalities, their parts and the districts they belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from referral.catalog.errors import CatalogError, UnknownCodeError
from referral.geo import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality (obec) with its six-digit RÚIAN/ČSÚ code.

    ``orp`` is the seat of the municipality with extended powers, ``district`` the okres, ``region``
    the kraj; ``pou`` the seat of the authorised office (pověřený obecní úřad), empty when unknown;
    populations are persons on ``population_as_of``, None where the source does not say.
    """

    code: str
    name: str
    orp: str
    district: str
    region: str
    point: Point
    population: int | None = None
    population_65_plus: int | None = None
    population_as_of: date | None = None
    source: str = ""
    pou: str = ""
    population_80_plus: int | None = None


class PartKind(StrEnum):
    """What a part is: a část obce, or a borough (městský obvod, městská část) of a big city."""

    PART = "part"
    BOROUGH = "borough"


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityPart:
    """A part of a municipality (část obce), known by name and by the municipality it belongs to."""

    code: str
    name: str
    municipality: str
    kind: PartKind = PartKind.PART


@dataclass(frozen=True, slots=True)
class Territory:
    """All loaded municipalities and parts, in the order of their codes."""

    municipalities: Mapping[str, Municipality]
    parts: tuple[MunicipalityPart, ...] = ()
    by_orp: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_district: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_region: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        municipalities: Iterable[Municipality],
        *,
        parts: Iterable[MunicipalityPart] = (),
    ) -> Self:
        """Index municipalities by code, ORP, district and region.

        Raises:
            CatalogError: a code stands twice, or a part belongs to no loaded municipality.
        """
        by_code: dict[str, Municipality] = {}
        for municipality in sorted(municipalities, key=lambda m: m.code):
            if municipality.code in by_code:
                message = f"the municipality {municipality.code} stands twice in the territory"
                raise CatalogError(message)
            by_code[municipality.code] = municipality
        kept = tuple(sorted(parts, key=lambda part: part.code))
        for part in kept:
            if part.municipality not in by_code:
                message = (
                    f"the part {part.name} ({part.code}) belongs to the municipality "
                    f"{part.municipality}, which is not loaded"
                )
                raise CatalogError(message)
        return cls(
            MappingProxyType(by_code),
            kept,
            _grouped(by_code, "orp"),
            _grouped(by_code, "district"),
            _grouped(by_code, "region"),
        )

    def municipality(self, code: str) -> Municipality:
        """Return the municipality with this code.

        Raises:
            UnknownCodeError: it is not loaded.
        """
        try:
            return self.municipalities[code]
        except KeyError:
            message = f"unknown municipality code {code!r}"
            raise UnknownCodeError(message) from None

    def in_area(self, name: str) -> tuple[str, ...]:
        """Return the codes of the municipalities of an ORP, else of a region, else of a district.

        Raises:
            UnknownCodeError: no ORP, region or district has this name.
        """
        for index in (self.by_orp, self.by_region, self.by_district):
            if name in index:
                return index[name]
        message = f"unknown area {name!r}"
        raise UnknownCodeError(message)


def _grouped(by_code: Mapping[str, Municipality], attribute: str) -> Mapping[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for code, municipality in by_code.items():
        groups[getattr(municipality, attribute)].append(code)
    return MappingProxyType({name: tuple(codes) for name, codes in groups.items()})
