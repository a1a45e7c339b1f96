"""What the domain asks of storage, as Protocols."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from referral.catalog.areas import Coverage
from referral.catalog.districts import Boundary, District
from referral.catalog.model import Service, Source
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart
from referral.catalog.vocabulary import Vocabulary


class Origin(StrEnum):
    """Who wrote a record last: the program out of its embedded data, or a person or an import."""

    EMBEDDED = "embedded"
    OWN = "own"


class Fate(StrEnum):
    """What became of a saved record; KEPT: an own record that embedded data may not overwrite."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryFates:
    """What became of saved municipalities and parts, by their codes."""

    municipalities: Mapping[str, Fate]
    parts: Mapping[str, Fate]


class CatalogWriter(Protocol):
    """Writes into the catalogue; every call says what became of each record, in their order.

    With ``origin`` EMBEDDED records that are new or still as the program wrote them are saved and
    own ones are kept; with OWN everything is saved and what it adds or changes becomes own.
    """

    def save_sources(
        self, sources: Iterable[Source], *, origin: Origin = Origin.OWN
    ) -> Mapping[str, Fate]:
        """Add or replace sources by id."""
        ...

    def save_services(
        self, services: Iterable[Service], *, origin: Origin = Origin.OWN
    ) -> Mapping[str, Fate]:
        """Add or replace services by id; the words and sources they name must be saved before."""
        ...

    def save_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Replace the vocabulary."""
        ...

    def save_territory(
        self,
        municipalities: Iterable[Municipality],
        parts: Iterable[MunicipalityPart],
        *,
        origin: Origin = Origin.OWN,
    ) -> TerritoryFates:
        """Add or replace municipalities and parts by code."""
        ...

    def save_districts(self, districts: Iterable[District]) -> Mapping[str, Fate]:
        """Add or replace administrative districts by tier and code."""
        ...

    def save_boundaries(self, boundaries: Iterable[Boundary]) -> Mapping[str, Fate]:
        """Add or replace borders by what they go around."""
        ...

    def save_coverages(self, coverages: Mapping[str, Coverage]) -> Mapping[str, Fate]:
        """Replace the coverages of stored services by their ids; who wrote a service stays so."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Keep a note about the catalogue itself, such as the digest of the embedded data."""
        ...

    def load(self) -> Catalog:
        """Return everything in the middle of the transaction, each record by itself."""
        ...

    def boundaries(self) -> tuple[Boundary, ...]:
        """Return all borders, in the order of their keys."""
        ...


class CatalogStore(CatalogWriter, Protocol):
    """Where the catalogue lives between runs; each save is a transaction of its own."""

    def districts(self) -> tuple[District, ...]:
        """Return all administrative districts, in the order of their keys."""
        ...

    def transaction(self) -> AbstractContextManager[CatalogWriter]:
        """Give a writer whose saves all happen, or none when the block is left by an exception."""
        ...

    def recall(self, key: str) -> str | None:
        """Return the note remembered under the key, None when there is none."""
        ...

    def revision(self) -> int:
        """Return a number that grows with every change: a snapshot with another one is stale."""
        ...
