"""Imports of services in the relational database: their writer, their history, our own values."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import cast

from sqlalchemy import delete, func, or_, select, update

from referral.catalog.changes import WHEREABOUTS, Change
from referral.catalog.importing import ImportRun, ImportWriter
from referral.catalog.model import Service
from referral.catalog.own_fields import OwnValue
from referral.storage.engine import reading
from referral.storage.mapping.imports import (
    change_from,
    change_row,
    import_from,
    import_row,
    own_value_row,
)
from referral.storage.putting import insert_rows, upsert_rows
from referral.storage.reading import in_batches, read_own, read_services_among, rows_of
from referral.storage.repositories import SqlCatalogStore
from referral.storage.rows import (
    ChangeRow,
    ImportedRowRow,
    ImportRow,
    ServiceCapacityRow,
    ServiceRow,
)
from referral.storage.schema import require_current
from referral.storage.writing import SqlCatalogWriter


class SqlImportWriter(SqlCatalogWriter):
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

    def save_own(self, values: Iterable[OwnValue]) -> None:
        """Add or replace our own values by service and field."""
        rows = [own_value_row(value) for value in values]
        upsert_rows(self._connection, rows)
        self.changed = self.changed or bool(rows)

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


class SqlImportStore(SqlCatalogStore):
    """Implements ``referral.catalog.importing.ImportStore`` over SQLite or PostgreSQL."""

    @contextmanager
    def importing(self) -> Iterator[ImportWriter]:
        """Give a writer whose work all takes effect, or none when left by an exception."""
        with self.writing_with(SqlImportWriter) as writer:
            yield writer

    def changes(
        self, *, since: date | None = None, service: str | None = None
    ) -> tuple[Change, ...]:
        """Return the kept changes, the latest import first."""
        table = ChangeRow.__table__
        statement = select(table).order_by(table.c.import_number.desc(), table.c.position)
        if since is not None:
            statement = statement.where(table.c.on_day >= since)
        if service is not None:
            statement = statement.where(table.c.service_id == service)
        with reading(self._engine) as connection:
            require_current(connection)
            rows = cast("Iterable[ChangeRow]", connection.execute(statement))
            return tuple(change_from(row) for row in rows)

    def save_own(self, values: Iterable[OwnValue]) -> None:
        """Add or replace our own values by service and field."""
        with self.writing_with(SqlImportWriter) as writer:
            writer.save_own(values)

    def own_values(self, service: str | None = None) -> tuple[OwnValue, ...]:
        """Return our own values, all or those of one service."""
        with reading(self._engine) as connection:
            require_current(connection)
            own = read_own(connection)
        names = sorted(own) if service is None else [service]
        return tuple(value for name in names for value in own.get(name, ()))
