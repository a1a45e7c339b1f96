"""Write own values with their log, the links of services' staff, and what waits for an editor."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, delete, func, select, update

from referral.catalog.edit_store import EVERY_EDIT, WantedEdits
from referral.catalog.editing import Edit, Signature
from referral.catalog.links import RecordLink
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.ports import Fate, Origin
from referral.catalog.proposals import Decision, Proposal
from referral.storage.edit_log import log_steps, read_edit, read_edits, read_last_edits
from referral.storage.fates import fates_of
from referral.storage.mapping.edits import (
    link_from,
    link_row,
    proposal_from,
    proposal_row,
    stored_moment,
)
from referral.storage.mapping.own import own_value_row
from referral.storage.putting import insert_rows, upsert_rows
from referral.storage.reading import Stored, read_own
from referral.storage.rows import OwnValueRow, ProposalRow, RecordLinkRow
from referral.storage.writing import SqlCatalogWriter

_Key = tuple[str, OwnField]


class SqlEditReader:
    """Reads edits, links and proposals through an open connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def own_values(self, service: str | None = None) -> tuple[OwnValue, ...]:
        """Return our own values, all or those of one service."""
        own = read_own(self._connection, None if service is None else [service])
        return tuple(value for name in sorted(own) for value in own[name])

    def edits(self, wanted: WantedEdits = EVERY_EDIT) -> tuple[Edit, ...]:
        """Return edits, the latest first."""
        return read_edits(self._connection, wanted)

    def edit(self, number: int) -> Edit | None:
        """Return the edit of a number, None when there is none."""
        return read_edit(self._connection, number)

    def last_edits(self, services: Iterable[str]) -> Mapping[OwnField, int]:
        """Return the number of the latest edit of each field of these records together."""
        return read_last_edits(self._connection, services)

    def link(self, link_id: str) -> RecordLink | None:
        """Return the link of an id, None when there is none."""
        table = RecordLinkRow.__table__
        row = self._connection.execute(select(table).where(table.c.id == link_id)).first()
        return None if row is None else link_from(cast("RecordLinkRow", row))

    def links(self, service: str) -> tuple[RecordLink, ...]:
        """Return the links of a service, the newest first."""
        table = RecordLinkRow.__table__
        statement = (
            select(table)
            .where(table.c.service_id == service)
            .order_by(table.c.made_at.desc(), table.c.id)
        )
        rows = cast("Iterable[RecordLinkRow]", self._connection.execute(statement))
        return tuple(link_from(row) for row in rows)

    def proposals(self, *, waiting: bool = True) -> tuple[Proposal, ...]:
        """Return proposals, those that wait or all of them, the oldest first."""
        table = ProposalRow.__table__
        statement = select(table).order_by(table.c.number)
        if waiting:
            statement = statement.where(table.c.decision.is_(None))
        rows = cast("Iterable[ProposalRow]", self._connection.execute(statement))
        return tuple(proposal_from(row) for row in rows)

    def proposal(self, number: int) -> Proposal | None:
        """Return the proposal of a number, None when there is none."""
        table = ProposalRow.__table__
        row = self._connection.execute(select(table).where(table.c.number == number)).first()
        return None if row is None else proposal_from(cast("ProposalRow", row))


class SqlEditWriter(SqlCatalogWriter, SqlEditReader):
    """Implements ``referral.catalog.edit_store.EditWriter`` in one open transaction."""

    def save_own(
        self, values: Iterable[OwnValue], *, signed: Signature, undoes: int | None = None
    ) -> Mapping[_Key, Fate]:
        """Add or replace own values by service and field, and log every change.

        Raises:
            RefusedError: a service is not stored, or a value is given twice.
        """
        given = list(values)
        self._require_services(value.service for value in given)
        before = self._own_of(value.service for value in given)
        known = {key: Stored(record=one, origin=Origin.OWN) for key, one in before.items()}
        decision = fates_of(
            given, known, key=lambda value: (value.service, value.field), origin=Origin.OWN
        )
        upsert_rows(self._connection, [own_value_row(value) for value in decision.to_write])
        steps = [
            (one.service, one.field, before.get((one.service, one.field)), one)
            for one in decision.to_write
        ]
        log_steps(self._connection, steps, signed=signed, undoes=undoes)
        return self._noted(decision)

    def forget_own(
        self, keys: Iterable[_Key], *, signed: Signature, undoes: int | None = None
    ) -> None:
        """Delete own values, so that the sources hold again, and log it."""
        wanted = list(dict.fromkeys(keys))
        before = self._own_of(service for service, _field in wanted)
        held = [key for key in wanted if key in before]
        for service, field in held:
            self._connection.execute(
                delete(OwnValueRow).where(
                    OwnValueRow.service_id == service, OwnValueRow.field == field
                )
            )
        steps = [(service, field, before[service, field], None) for service, field in held]
        log_steps(self._connection, steps, signed=signed, undoes=undoes)
        self.changed = self.changed or bool(held)

    def add_link(self, link: RecordLink) -> None:
        """Keep a new link.

        Raises:
            RefusedError: its service is not stored.
        """
        self._require_services([link.service])
        insert_rows(self._connection, [link_row(link)])

    def spend_link(self, link_id: str, *, at: datetime) -> bool:
        """Mark an unspent link that has not expired as used; tell whether it could be."""
        now = stored_moment(at)
        done = self._connection.execute(
            update(RecordLinkRow)
            .where(
                RecordLinkRow.id == link_id,
                RecordLinkRow.used_at.is_(None),
                RecordLinkRow.withdrawn_at.is_(None),
                RecordLinkRow.expires_at > now,
            )
            .values(used_at=now)
        )
        return done.rowcount > 0

    def withdraw_link(self, link_id: str, *, at: datetime) -> bool:
        """Take an unspent link back; tell whether it could be."""
        done = self._connection.execute(
            update(RecordLinkRow)
            .where(
                RecordLinkRow.id == link_id,
                RecordLinkRow.used_at.is_(None),
                RecordLinkRow.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=stored_moment(at))
        )
        return done.rowcount > 0

    def propose(self, proposal: Proposal) -> int:
        """Keep a proposal under the next number, and return that."""
        number = (self._connection.scalar(select(func.max(ProposalRow.number))) or 0) + 1
        insert_rows(self._connection, [proposal_row(proposal, number=number)])
        return number

    def decide_proposal(self, number: int, decision: Decision, *, at: datetime, by: str) -> bool:
        """Decide a proposal that waits; tell whether it waited."""
        done = self._connection.execute(
            update(ProposalRow)
            .where(ProposalRow.number == number, ProposalRow.decision.is_(None))
            .values(decision=decision, decided_at=stored_moment(at), decided_by=by)
        )
        return done.rowcount > 0

    def _own_of(self, services: Iterable[str]) -> dict[_Key, OwnValue]:
        found = read_own(self._connection, set(services))
        return {(one.service, one.field): one for among in found.values() for one in among}
