"""How roads are driven: speeds, signs, surfaces and barriers, kept as TOML with their reasons."""

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from referral.ingest.errors import IngestError

Table = Mapping[str, object]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """A kind of road: its usual speed and the statutory limit (km/h).

    ``oneway`` holds where nothing else is said; ``stops`` tells whether a place may be joined to
    such a road, which a motorway is not for.
    """

    kmh: float
    limit: float
    oneway: bool = False
    stops: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadRules:
    """Everything that turns the tags of OpenStreetMap into roads; speeds in km/h.

    ``tracks`` are the grades of tracks that are driven, ``surfaces`` the speeds no higher than
    which a surface is driven, ``signs`` the words that stand for a number on a sign.
    """

    reach_km: float
    of_the_sign: float
    destination_kmh: float
    ferry_wait_minutes: float
    classes: Mapping[str, RoadClass]
    tracks: Mapping[str, float]
    surfaces: Mapping[str, float]
    paved: frozenset[str]
    signs: Mapping[str, float]
    closed: frozenset[str]
    destination: frozenset[str]
    allowed: frozenset[str]
    closed_service_roads: frozenset[str]
    closing_barriers: frozenset[str]
    gates: frozenset[str]


FERRY = "ferry"
"""The class of ferries, which are no ``highway`` in OpenStreetMap."""


def read_road_rules(path: Path) -> RoadRules:
    """Read the rules.

    Raises:
        IngestError: the file cannot be read or a value is missing, has no reason or no sense.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IngestError(f"nejde přečíst: {error.strerror}", file=str(path)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise IngestError(f"není platný TOML v UTF-8: {error}", file=str(path)) from error
    reader = _Reader(path, document)
    classes = reader.each("classes", reader.road_class)
    if FERRY not in classes:
        raise IngestError("chybí tabulka [classes.ferry]; doplňte ji", file=str(path))
    surfaces = reader.section("surfaces")
    return RoadRules(
        reach_km=reader.value("reach_km"),
        of_the_sign=reader.value("of_the_sign"),
        destination_kmh=reader.value("destination_kmh"),
        ferry_wait_minutes=reader.value("ferry_wait_minutes"),
        classes=classes,
        tracks=reader.each("tracks", reader.kmh),
        surfaces={
            word: reader.kmh(name, reader.table("surfaces", name))
            for name in surfaces
            if name != "paved"
            for word in reader.names("surfaces", name)
        },
        paved=reader.names("surfaces", "paved"),
        signs=reader.each("signs", reader.kmh),
        closed=reader.names("access", "closed"),
        destination=reader.names("access", "destination"),
        allowed=reader.names("access", "allowed"),
        closed_service_roads=reader.names("service_roads", "closed"),
        closing_barriers=reader.names("barriers", "closed"),
        gates=reader.names("barriers", "gates"),
    )


class _Reader:
    """Takes values out of the document and says which one is wrong."""

    def __init__(self, path: Path, document: Table) -> None:
        self._path = path
        self._document = document

    def section(self, name: str) -> Table:
        """Return a table of the document."""
        found = self._document.get(name)
        if not isinstance(found, Mapping):
            raise self._wrong(f"chybí tabulka [{name}]; doplňte ji")
        return found

    def table(self, section: str, name: str) -> Table:
        """Return a table that says why it is as it is."""
        return self._reasoned(f"{section}.{name}", self.section(section).get(name))

    def value(self, name: str) -> float:
        """Return a number of its own."""
        return self._number(name, self._reasoned(name, self._document.get(name)), "value")

    def kmh(self, name: str, table: object) -> float:
        """Return the speed of a table."""
        return self._number(name, self._reasoned(name, table), "kmh")

    def road_class(self, name: str, table: object) -> RoadClass:
        """Return a class of roads; its usual speed is not above the limit."""
        found = self._reasoned(name, table)
        usual = RoadClass(
            kmh=self._number(name, found, "kmh"),
            limit=self._number(name, found, "limit"),
            oneway=self._flag(name, found, "oneway", otherwise=False),
            stops=self._flag(name, found, "stops", otherwise=True),
        )
        if usual.kmh > usual.limit:
            raise self._wrong("obvyklá rychlost je nad zákonným limitem", name, str(usual.kmh))
        return usual

    def each(self, section: str, read: Callable[[str, object], _T]) -> dict[str, _T]:
        """Read every table of a section."""
        return {name: read(name, table) for name, table in self.section(section).items()}

    def names(self, section: str, name: str) -> frozenset[str]:
        """Return the words that a table lists."""
        words = self.table(section, name).get("names")
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self._wrong("„names“ musí být seznam slov", f"{section}.{name}")
        return frozenset(words)

    def _reasoned(self, name: str, table: object) -> Table:
        if not isinstance(table, Mapping) or not str(table.get("why", "")).strip():
            raise self._wrong("chybí důvod „why“; doplňte ho", name)
        return table

    def _number(self, name: str, table: Table, key: str) -> float:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(f"„{key}“ musí být číslo", name, str(value or ""))
        if not 0 < value < math.inf:
            raise self._wrong(f"„{key}“ musí být kladné", name, str(value))
        return float(value)

    def _flag(self, name: str, table: Table, key: str, *, otherwise: bool) -> bool:
        value = table.get(key, otherwise)
        if not isinstance(value, bool):
            raise self._wrong(f"„{key}“ musí být true, nebo false", name, str(value))
        return value

    def _wrong(self, message: str, name: str = "", value: str = "") -> IngestError:
        return IngestError(message, file=str(self._path), column=name, value=value)
