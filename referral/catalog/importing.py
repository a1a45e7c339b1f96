"""What an import of services asks of storage, as Protocols."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from referral.catalog.changes import Change
from referral.catalog.code_lists import CodeListEntry, CodeLists
from referral.catalog.editing import Signature
from referral.catalog.merging import MergeDecision
from referral.catalog.model import Service
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.ports import CatalogStore, CatalogWriter, Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """A finished import: which source and file (by its digest), of what day, and how it went."""

    source: str
    digest: str
    as_of: date
    on: date
    in_file: int
    added: int
    changed: int
    unchanged: int
    ended: int
    rejected: int


class ImportWriter(CatalogWriter, Protocol):
    """Writes an import into the catalogue, within one transaction."""

    def stored(self, ids: Iterable[str]) -> Mapping[str, Service]:
        """Return those of the services that are stored, as their sources say, by id."""
        ...

    def running(self, source: str, *, on: date) -> frozenset[str]:
        """Return the ids of the source's services that have not ended before a day."""
        ...

    def fingerprints(self, source: str) -> Mapping[str, str]:
        """Return the fingerprints of the source's rows as last imported, by the service."""
        ...

    def keep_fingerprints(self, source: str, prints: Mapping[str, str]) -> None:
        """Add or replace fingerprints of rows."""
        ...

    def drop_fingerprints(self, ids: Collection[str]) -> None:
        """Forget the fingerprints of services, so that their rows are read again."""
        ...

    def refresh(self, ids: Collection[str], *, as_of: date) -> None:
        """Note that a newer state of their source says the same about services."""
        ...

    def record(self, run: ImportRun, changes: Iterable[Change]) -> None:
        """Keep an import and what it changed."""
        ...

    def forget_whereabouts(self, ids: Collection[str]) -> None:
        """Delete from the history what could tell where services are."""
        ...

    def save_own(
        self, values: Iterable[OwnValue], *, signed: Signature, undoes: int | None = None
    ) -> Mapping[tuple[str, OwnField], Fate]:
        """Add or replace our own values by service and field, and log every change."""
        ...

    def forget_own(
        self,
        keys: Iterable[tuple[str, OwnField]],
        *,
        signed: Signature,
        undoes: int | None = None,
    ) -> None:
        """Delete own values, so that the sources hold again, and log it."""
        ...

    def own_values(self, service: str | None = None) -> tuple[OwnValue, ...]:
        """Return our own values, all or those of one service."""
        ...

    def save_code_lists(self, entries: Iterable[CodeListEntry]) -> Mapping[tuple[str, str], Fate]:
        """Add or replace entries of published code lists."""
        ...

    def last_import(self, source: str) -> ImportRun | None:
        """Return the latest import of a source, None when there was none."""
        ...


class ImportStore(CatalogStore, Protocol):
    """Where imports, their changes and our own values live."""

    def importing(self) -> AbstractContextManager[ImportWriter]:
        """Give a writer whose work all takes effect, or none when left by an exception."""
        ...

    def changes(
        self, *, since: date | None = None, service: str | None = None
    ) -> tuple[Change, ...]:
        """Return the kept changes, the latest import first."""
        ...

    def save_own(
        self, values: Iterable[OwnValue], *, signed: Signature | None = None
    ) -> Mapping[tuple[str, OwnField], Fate]:
        """Add or replace our own values by service and field; without a signature the program."""
        ...

    def own_values(self, service: str | None = None) -> tuple[OwnValue, ...]:
        """Return our own values, all or those of one service."""
        ...

    def code_lists(self) -> CodeLists:
        """Return the published code lists."""
        ...

    def decide(self, decisions: Iterable[MergeDecision]) -> None:
        """Add decisions about records of one service, replacing earlier ones on the same two."""
        ...

    def withdraw(self, one: str, other: str) -> bool:
        """Take back the decision about two records; tell whether there was one."""
        ...

    def decisions(self) -> tuple[MergeDecision, ...]:
        """Return all decisions, in the order of their records."""
        ...

    def sourced_services(self) -> Mapping[str, Service]:
        """Return all services as their sources say, by id, whatever has been decided of them."""
        ...
