"""What imports and people add to the catalogue: its history, own values, decisions, outcomes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import cast

from sqlalchemy import delete, func, or_, select, update

from referral.catalog.changes import WHEREABOUTS, Change
from referral.catalog.code_lists import CodeListEntry, CodeLists
from referral.catalog.editing import Signature
from referral.catalog.experience import OutcomeCount
from referral.catalog.history import EVERYTHING, ChangeKey, KeptChange, KeptRun, Wanted
from referral.catalog.importing import ImportRun, ImportWriter
from referral.catalog.merging import MergeDecision
from referral.catalog.model import Service
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.ports import Fate, Origin
from referral.storage.deciding import SqlDecisionWriter
from referral.storage.edit_log import unsigned
from referral.storage.edit_stores import SqlEditStore
from referral.storage.editing import SqlEditWriter
from referral.storage.engine import reading
from referral.storage.fates import fates_of
from referral.storage.history import read_history, read_imports
from referral.storage.mapping.imports import (
    change_row,
    code_list_entry_row,
    import_from,
    import_row,
)
from referral.storage.putting import insert_rows, upsert_rows
from referral.storage.reading import (
    Stored,
    in_batches,
    read_code_lists,
    read_decisions,
    read_outcome_counts,
    read_own,
    read_services,
    read_services_among,
    rows_of,
)
from referral.storage.rows import (
    ChangeRow,
    ImportedRowRow,
    ImportRow,
    ServiceCapacityRow,
    ServiceRow,
)
from referral.storage.schema import require_current


class SqlImportWriter(SqlEditWriter):
    """Implements ``referral.catalog.importing.ImportWriter`` in one open transaction."""

    def stored(self, ids: Iterable[str]) -> Mapping[str, Service]:
        """Return those of the services that are stored, as their sources say, by id."""
        found = read_services_among(self._connection, ids)
        return {name: one.record for name, one in found.items()}

    def running(self, source: str, *, on: date) -> frozenset[str]:
        """Return the ids of the source's services that have not ended before a day."""
        statement = select(ServiceRow.id).where(
            ServiceRow.source_id == source,
            or_(ServiceRow.valid_to.is_(None), ServiceRow.valid_to >= on),
        )
        return frozenset(self._connection.scalars(statement))

    def fingerprints(self, source: str) -> Mapping[str, str]:
        """Return the fingerprints of the source's rows as last imported, by the service."""
        rows = rows_of(self._connection, ImportedRowRow, "source_id", [source])
        return {row.service_id: row.fingerprint for row in rows}

    def keep_fingerprints(self, source: str, prints: Mapping[str, str]) -> None:
        """Add or replace fingerprints of rows."""
        rows = [
            ImportedRowRow(service_id=name, source_id=source, fingerprint=fingerprint)
            for name, fingerprint in prints.items()
        ]
        upsert_rows(self._connection, rows)

    def drop_fingerprints(self, ids: Collection[str]) -> None:
        """Forget the fingerprints of services, so that their rows are read again."""
        for some in in_batches(ids):
            self._connection.execute(
                delete(ImportedRowRow).where(ImportedRowRow.service_id.in_(some))
            )

    def refresh(self, ids: Collection[str], *, as_of: date) -> None:
        """Note that a newer state of their source says the same about services."""
        for some in in_batches(ids):
            for table, key in (
                (ServiceRow, ServiceRow.id),
                (ServiceCapacityRow, ServiceCapacityRow.service_id),
            ):
                done = self._connection.execute(
                    update(table).where(key.in_(some), table.as_of < as_of).values(as_of=as_of)
                )
                self.changed = self.changed or done.rowcount > 0

    def record(self, run: ImportRun, changes: Iterable[Change]) -> None:
        """Keep an import and what it changed."""
        number = (self._connection.scalar(select(func.max(ImportRow.number))) or 0) + 1
        insert_rows(self._connection, [import_row(run, number=number)])
        insert_rows(
            self._connection,
            [change_row(one, number=number, position=at) for at, one in enumerate(changes)],
        )

    def forget_whereabouts(self, ids: Collection[str]) -> None:
        """Delete from the history what could tell where services are."""
        for some in in_batches(ids):
            self._connection.execute(
                delete(ChangeRow).where(
                    ChangeRow.service_id.in_(some), ChangeRow.field.in_(sorted(WHEREABOUTS))
                )
            )

    def save_code_lists(self, entries: Iterable[CodeListEntry]) -> Mapping[tuple[str, str], Fate]:
        """Add or replace entries of published code lists.

        Raises:
            RefusedError: an entry is given twice.
        """
        stored = read_code_lists(self._connection).entries
        known = {key: Stored(record=one, origin=Origin.OWN) for key, one in stored.items()}
        decision = fates_of(entries, known, key=lambda entry: entry.key, origin=Origin.OWN)
        upsert_rows(self._connection, [code_list_entry_row(one) for one in decision.to_write])
        return self._noted(decision)

    def last_import(self, source: str) -> ImportRun | None:
        """Return the latest import of a source, None when there was none."""
        table = ImportRow.__table__
        statement = (
            select(table)
            .where(table.c.source_id == source)
            .order_by(table.c.number.desc())
            .limit(1)
        )
        row = self._connection.execute(statement).first()
        return None if row is None else import_from(cast("ImportRow", row))


class SqlImportStore(SqlEditStore):
    """Implements the catalogue's stores of imports, history and outcomes over both databases."""

    @contextmanager
    def importing(self) -> Iterator[ImportWriter]:
        """Give a writer whose work all takes effect, or none when left by an exception."""
        with self.writing_with(SqlImportWriter) as writer:
            yield writer

    def changes(
        self, *, since: date | None = None, service: str | None = None
    ) -> tuple[Change, ...]:
        """Return the kept changes, the latest import first."""
        services = None if service is None else frozenset([service])
        kept = self.history(Wanted(since=since, services=services))
        return tuple(one.change for one in kept)

    def history(
        self,
        wanted: Wanted = EVERYTHING,
        *,
        after: ChangeKey | None = None,
        limit: int | None = None,
    ) -> tuple[KeptChange, ...]:
        """Return changes from behind a place on, those of the latest import first."""
        with reading(self._engine) as connection:
            require_current(connection)
            return read_history(connection, wanted, after=after, limit=limit)

    def imports(self) -> tuple[KeptRun, ...]:
        """Return all finished imports, the latest first."""
        with reading(self._engine) as connection:
            require_current(connection)
            return read_imports(connection)

    def save_own(
        self, values: Iterable[OwnValue], *, signed: Signature | None = None
    ) -> Mapping[tuple[str, OwnField], Fate]:
        """Add or replace own values by service and field; without a signature the program did."""
        with self.writing_with(SqlImportWriter) as writer:
            return writer.save_own(values, signed=signed or unsigned())

    def own_values_of(self, services: Iterable[str]) -> tuple[OwnValue, ...]:
        """Return our own values of some services, in the order of their ids."""
        with reading(self._engine) as connection:
            require_current(connection)
            own = read_own(connection, services)
        return tuple(value for name in sorted(own) for value in own[name])

    def code_lists(self) -> CodeLists:
        """Return the published code lists."""
        with reading(self._engine) as connection:
            require_current(connection)
            return read_code_lists(connection)

    def decide(self, decisions: Iterable[MergeDecision]) -> None:
        """Add decisions about records of one service, replacing earlier ones on the same two.

        Raises:
            RefusedError: a service is not stored, or two of the decisions are on the same two.
        """
        with self.writing_with(SqlDecisionWriter) as writer:
            writer.decide(decisions)

    def withdraw(self, one: str, other: str) -> bool:
        """Take back the decision about two records; tell whether there was one."""
        with self.writing_with(SqlDecisionWriter) as writer:
            return writer.withdraw(one, other)

    def decisions(self) -> tuple[MergeDecision, ...]:
        """Return all decisions, in the order of their records."""
        with reading(self._engine) as connection:
            require_current(connection)
            return read_decisions(connection)

    def sourced_services(self) -> Mapping[str, Service]:
        """Return all services as their sources say, by id, whatever has been decided of them."""
        with reading(self._engine) as connection:
            require_current(connection)
            return {name: one.record for name, one in read_services(connection).items()}

    def count_outcome(
        self, service: str, *, barriers: Iterable[str], accepted: bool, on: date
    ) -> None:
        """Add one outcome to the counts of a service, once for each barrier or once without any.

        Raises:
            RefusedError: the service is not stored, or the vocabulary lacks a barrier.
        """
        with self.writing_with(SqlDecisionWriter) as writer:
            writer.count_outcome(service, barriers=barriers, accepted=accepted, on=on)

    def outcome_counts(self) -> tuple[OutcomeCount, ...]:
        """Return all counts, in the order of service and barrier."""
        with reading(self._engine) as connection:
            require_current(connection)
            return read_outcome_counts(connection)
