"""What files say about the territory, before it meets what is stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from referral.catalog.districts import Bounded, District
from referral.catalog.territory import MunicipalityPart
from referral.geo import Area, Point


class What(StrEnum):
    """The kinds of record that a row can be about."""

    MUNICIPALITY = "obce"
    PART = "části obcí"
    DISTRICT = "správní obvody"
    BOUNDARY = "hranice"
    CODE = "kódy registru"


class Subject(NamedTuple):
    """The record that a row is about: its kind and its key."""

    what: What
    key: str


class Given(StrEnum):
    """What a municipality's facts can come from; the value stands in the id of its source."""

    MPSV = "mpsv"
    RUIAN = "ruian"
    LINKS = "vazby"
    TABLE = "tabulka"
    AGES = "vek"
    POINTS = "body"
    BORDERS = "hranice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """People of a municipality on one day; a number is None when its source does not hold it."""

    population: int
    aged_65_plus: int | None = None
    aged_80_plus: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMunicipality:
    """What files say about one municipality; an empty text or None is what they do not say.

    ``inside`` is a point inside its border, for want of a better one; ``given`` says which kinds
    of file its facts come from.
    """

    code: str
    name: str = ""
    orp: str = ""
    district: str = ""
    region: str = ""
    pou: str = ""
    point: Point | None = None
    inside: Point | None = None
    ages: Ages | None = None
    given: frozenset[Given] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBoundary:
    """A border as a file draws it; ``publisher`` is empty and ``as_of`` None when unknown."""

    around: Bounded
    code: str
    area: Area
    name: str = ""
    publisher: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """One code of a list that translates a register of services; ``as_of`` None when unknown."""

    code_list: str
    code: str
    name: str
    as_of: date | None = None

    @property
    def key(self) -> str:
        """What no other code has."""
        return f"{self.code_list}/{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTerritory:
    """All that files say; ``ended`` are codes of municipalities that are no more.

    ``codes`` are of the lists of the register of services, which are published with those of the
    territory. ``as_of`` is the latest day that any of the files names, None when none does.
    """

    municipalities: tuple[FoundMunicipality, ...] = ()
    parts: tuple[MunicipalityPart, ...] = ()
    districts: tuple[District, ...] = ()
    boundaries: tuple[FoundBoundary, ...] = ()
    codes: tuple[FoundCode, ...] = ()
    ended: frozenset[str] = frozenset()
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a record was not taken over; ``message`` is a Czech sentence."""

    field: str
    value: str
    message: str
