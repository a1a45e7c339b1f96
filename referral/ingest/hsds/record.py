"""One service as HSDS publishes it, without the people in it.

Contacts, assurers, authors of changes, "attention" lines of addresses and the descriptions beside
telephone numbers have no place here at all, so what is read into these values can be stored,
reported and logged.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEntry:
    """A term that something is marked with; ``taxonomies`` are all the names its taxonomy has.

    ``link`` tells what the term is about (HSDS link_type), ``value`` and ``label`` come from the
    mark itself.
    """

    names: tuple[str, ...]
    taxonomies: tuple[str, ...] = ()
    link: str = ""
    value: str = ""
    label: str = ""

    @property
    def shown(self) -> str:
        """Write the term for a report."""
        name = self.names[-1] if self.names else ""
        return f"{self.taxonomies[0]}: {name}" if self.taxonomies else name


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """A location with its first physical address; ``code`` is a municipality's own.

    ``tangible`` is false for a place one cannot go to (virtual, or only for post).
    """

    name: str = ""
    tangible: bool = True
    lat: float | None = None
    lon: float | None = None
    city: str = ""
    regions: tuple[str, ...] = ()
    country: str = ""
    code: str | None = None
    terms: tuple[TermEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEntry:
    """A service area: its name, its address, and whether a border came with it, which is not read.

    ``uri`` may be the code of a municipality.
    """

    name: str = ""
    uri: str = ""
    bordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursEntry:
    """Opening hours on some days, from and to as ``HH:MM``; ``starts`` and ``ends`` bound them."""

    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    monthly: bool = False
    every: int = 1
    starts: date | None = None
    ends: date | None = None
    terms: tuple[TermEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityEntry:
    """A capacity: all the names of its unit, free places, the most there can be, and the day."""

    unit: tuple[str, ...]
    available: int | None
    maximum: int | None
    updated: date | None = None
    terms: tuple[TermEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEntry:
    """One service of a file."""

    number: str
    name: str
    provider: str
    ico: str | None = None
    status: str = ""
    description: str = ""
    eligibility: str = ""
    youngest: int | None = None
    oldest: int | None = None
    assured: date | None = None
    modified: date | None = None
    terms: tuple[TermEntry, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    seats: tuple[PlaceEntry, ...] = ()
    areas: tuple[AreaEntry, ...] = ()
    hours: tuple[HoursEntry, ...] = ()
    capacities: tuple[CapacityEntry, ...] = ()
    phone: str | None = None
    email: str | None = None
    web: str | None = None
    bare: bool = False
