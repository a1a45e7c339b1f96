"""Where a service says it works, and whether that includes a given municipality."""

from dataclasses import dataclass
from enum import StrEnum


class AreaKind(StrEnum):
    """The kinds of area that providers name."""

    MUNICIPALITY = "municipality"
    MUNICIPALITY_PART = "municipality_part"
    CATCHMENT = "catchment"
    ORP = "orp"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    RADIUS = "radius"


class CoverageStatus(StrEnum):
    """How sure we are that a service comes to a place."""

    DECLARED = "declared"
    PARSED = "parsed"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class Covers(StrEnum):
    """Whether a coverage includes a municipality: yes, no, or it cannot be told."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceArea:
    """One area as the provider named it (HSDS ServiceArea); ``km`` only for a radius."""

    kind: AreaKind
    name: str = ""
    code: str | None = None
    km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The areas of a service, resolved to municipalities.

    ``certain`` are municipality codes that the areas include beyond doubt; ``possible`` those of
    which it cannot be told (a part of a municipality that is not loaded, a catchment without a
    published border). ``everywhere`` stands for the whole country. A place in neither set is not
    covered; a service that names no area has status UNKNOWN and rules no place out.
    """

    areas: tuple[ServiceArea, ...] = ()
    status: CoverageStatus = CoverageStatus.UNKNOWN
    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    everywhere: bool = False
    unresolved: tuple[str, ...] = ()

    def includes(self, municipality: str) -> Covers:
        """Tell whether the municipality with this code is covered."""
        if self.status is CoverageStatus.UNKNOWN:
            return Covers.UNKNOWN
        if self.everywhere or municipality in self.certain:
            return Covers.YES
        return Covers.UNKNOWN if municipality in self.possible else Covers.NO


UNKNOWN_COVERAGE = Coverage()
