"""Edits, links, proposals and counts of opened cards between requests."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from sqlalchemy import func, select

from referral.catalog.edit_store import EVERY_EDIT, EditWriter, WantedEdits
from referral.catalog.editing import Edit
from referral.catalog.links import RecordLink
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.proposals import Proposal
from referral.storage.editing import SqlEditReader, SqlEditWriter
from referral.storage.engine import reading, writing
from referral.storage.putting import accumulate_rows
from referral.storage.reading import in_batches
from referral.storage.repositories import SqlCatalogStore
from referral.storage.rows import CardOpeningsRow, ServiceRow
from referral.storage.schema import require_current


class SqlEditStore(SqlCatalogStore):
    """Implements ``referral.catalog.edit_store.EditStore`` over both databases."""

    @contextmanager
    def editing(self) -> Iterator[EditWriter]:
        """Give a writer whose work all takes effect, or none when left by an exception."""
        with self.writing_with(SqlEditWriter) as writer:
            yield writer

    @contextmanager
    def _edits(self) -> Iterator[SqlEditReader]:
        with reading(self._engine) as connection:
            require_current(connection)
            yield SqlEditReader(connection)

    def own_values(self, service: str | None = None) -> tuple[OwnValue, ...]:
        """Return our own values, all or those of one service."""
        with self._edits() as reader:
            return reader.own_values(service)

    def edits(self, wanted: WantedEdits = EVERY_EDIT) -> tuple[Edit, ...]:
        """Return edits, the latest first."""
        with self._edits() as reader:
            return reader.edits(wanted)

    def edit(self, number: int) -> Edit | None:
        """Return the edit of a number, None when there is none."""
        with self._edits() as reader:
            return reader.edit(number)

    def last_edits(self, services: Iterable[str]) -> Mapping[OwnField, int]:
        """Return the number of the latest edit of each field of these records together."""
        with self._edits() as reader:
            return reader.last_edits(services)

    def link(self, link_id: str) -> RecordLink | None:
        """Return the link of an id, None when there is none."""
        with self._edits() as reader:
            return reader.link(link_id)

    def links(self, service: str) -> tuple[RecordLink, ...]:
        """Return the links of a service, the newest first."""
        with self._edits() as reader:
            return reader.links(service)

    def proposals(self, *, waiting: bool = True) -> tuple[Proposal, ...]:
        """Return proposals, those that wait or all of them, the oldest first."""
        with self._edits() as reader:
            return reader.proposals(waiting=waiting)

    def proposal(self, number: int) -> Proposal | None:
        """Return the proposal of a number, None when there is none."""
        with self._edits() as reader:
            return reader.proposal(number)

    def count_openings(self, opened: Mapping[str, int], *, on: date) -> None:
        """Add openings of cards to the counts of a month; the catalogue does not change by it.

        What is counted of a service that is not stored is left out.
        """
        with writing(self._engine) as connection:
            stored: set[str] = set()
            for some in in_batches(opened):
                known = select(ServiceRow.id).where(ServiceRow.id.in_(some))
                stored.update(connection.scalars(known))
            month = on.replace(day=1)
            accumulate_rows(
                connection,
                [
                    CardOpeningsRow(service_id=name, month=month, opened=count)
                    for name, count in sorted(opened.items())
                    if name in stored and count > 0
                ],
                sums=("opened",),
                latest=(),
            )

    def openings(self, *, since: date) -> Mapping[str, int]:
        """Return how often the card of each service was opened since the month of a day."""
        statement = (
            select(CardOpeningsRow.service_id, func.sum(CardOpeningsRow.opened))
            .where(CardOpeningsRow.month >= since.replace(day=1))
            .group_by(CardOpeningsRow.service_id)
        )
        with reading(self._engine) as connection:
            require_current(connection)
            return {name: int(count) for name, count in connection.execute(statement)}
