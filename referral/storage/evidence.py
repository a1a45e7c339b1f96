"""Keep counts of unmet searches and published indexes."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, select

from referral.catalog.evidence import ExclusionValue, UnmetCount
from referral.catalog.model import Source
from referral.catalog.ports import Fate, Origin
from referral.storage.engine import reading
from referral.storage.errors import RefusedError
from referral.storage.fates import fates_of
from referral.storage.mapping.evidence import (
    exclusion_value_from,
    exclusion_value_row,
    unmet_count_from,
    unmet_count_row,
)
from referral.storage.putting import accumulate_rows, upsert_rows
from referral.storage.reading import Stored, rows_of
from referral.storage.repositories import SqlCatalogStore
from referral.storage.rows import ExclusionValueRow, NeedRow, UnmetCountRow
from referral.storage.schema import require_current
from referral.storage.writing import SqlCatalogWriter


class SqlEvidenceWriter(SqlCatalogWriter):
    """Writes evidence through one open transaction."""

    def count_unmet(self, orp: str, *, needs: Iterable[str], on: date) -> None:
        """Add one unmet search for each need to the counts of the ORP and the day's month.

        The catalogue stays what it was: no snapshot of it becomes stale.

        Raises:
            RefusedError: the vocabulary lacks a need.
        """
        named = set(needs)
        missing = named - set(self._connection.scalars(select(NeedRow.code)))
        if missing:
            message = f"Potřebu {min(missing)} slovník nezná. Nic se nezměnilo."
            raise RefusedError(message)
        counts = [
            UnmetCount(orp=orp, need=need, month=on.replace(day=1), count=1)
            for need in sorted(named)
        ]
        accumulate_rows(
            self._connection,
            [unmet_count_row(one) for one in counts],
            sums=("count",),
            latest=(),
        )

    def save_exclusion(self, values: Iterable[ExclusionValue]) -> Mapping[tuple[str, int], Fate]:
        """Add or replace indexes by municipality and year; their source must be saved before.

        Raises:
            RefusedError: a municipality has two values for one year.
        """
        known = {
            (one.municipality, one.year): Stored(record=one, origin=Origin.OWN)
            for one in _exclusion_values(self._connection)
        }
        fates = fates_of(
            values, known, key=lambda one: (one.municipality, one.year), origin=Origin.OWN
        )
        upsert_rows(self._connection, [exclusion_value_row(one) for one in fates.to_write])
        return self._noted(fates)


class SqlEvidenceStore(SqlCatalogStore):
    """Implements ``referral.catalog.evidence.EvidenceStore`` over both databases."""

    def count_unmet(self, orp: str, *, needs: Iterable[str], on: date) -> None:
        """Add one unmet search for each need to the counts of the ORP and the day's month.

        Raises:
            RefusedError: the vocabulary lacks a need.
        """
        with self.writing_with(SqlEvidenceWriter) as writer:
            writer.count_unmet(orp, needs=needs, on=on)

    def unmet_counts(self) -> tuple[UnmetCount, ...]:
        """Return all counts, in the order of ORP, need and month."""
        with reading(self._engine) as connection:
            require_current(connection)
            found = [unmet_count_from(row) for row in rows_of(connection, UnmetCountRow)]
        return tuple(sorted(found, key=lambda one: (one.orp, one.need, one.month)))

    def save_exclusion(
        self, values: Iterable[ExclusionValue], *, source: Source
    ) -> Mapping[tuple[str, int], Fate]:
        """Add or replace indexes by municipality and year, and their source, or none of it."""
        with self.writing_with(SqlEvidenceWriter) as writer:
            writer.save_sources([source])
            return writer.save_exclusion(values)

    def exclusion_values(self) -> tuple[ExclusionValue, ...]:
        """Return all indexes, in the order of municipality and year."""
        with reading(self._engine) as connection:
            require_current(connection)
            return _exclusion_values(connection)


def _exclusion_values(connection: Connection) -> tuple[ExclusionValue, ...]:
    found = [exclusion_value_from(row) for row in rows_of(connection, ExclusionValueRow)]
    return tuple(sorted(found, key=lambda one: (one.municipality, one.year)))
