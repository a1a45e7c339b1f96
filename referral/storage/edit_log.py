"""The log of edits: read page by page, written only at its end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Connection, func, select

from referral.catalog.edit_store import WantedEdits
from referral.catalog.editing import THE_PROGRAM, Edit, Signature
from referral.catalog.own_fields import OwnField, OwnValue
from referral.storage.mapping.edits import edit_from, edit_row
from referral.storage.putting import insert_rows
from referral.storage.reading import AT_ONCE, in_batches
from referral.storage.rows import EditRow

Step = tuple[str, OwnField, OwnValue | None, OwnValue | None]
"""A service, a field, and the value before and after."""


def unsigned(reason: str = "") -> Signature:
    """Return the signature under what the program itself changes, now."""
    return Signature(author=THE_PROGRAM, at=datetime.now(UTC), reason=reason)


def log_steps(
    connection: Connection, steps: Sequence[Step], *, signed: Signature, undoes: int | None = None
) -> None:
    """Add edits at the end of the log; the transaction holds the lock of all writers."""
    number = connection.scalar(select(func.max(EditRow.number))) or 0
    insert_rows(
        connection,
        [
            edit_row(
                Edit(
                    number=number + place,
                    service=service,
                    field=field,
                    before=before,
                    after=after,
                    signed=signed,
                    undoes=undoes,
                )
            )
            for place, (service, field, before, after) in enumerate(steps, start=1)
        ],
    )


def read_edits(connection: Connection, wanted: WantedEdits) -> tuple[Edit, ...]:
    """Return edits, the latest first."""
    if wanted.services is not None and len(wanted.services) > AT_ONCE:
        found = [
            edit
            for some in in_batches(sorted(wanted.services))
            for edit in read_edits(connection, replace(wanted, services=frozenset(some)))
        ]
        found.sort(key=lambda one: -one.number)
        return tuple(found[: wanted.limit])
    table = EditRow.__table__.c
    statement = select(EditRow.__table__).order_by(table.number.desc()).limit(wanted.limit)
    if wanted.services is not None:
        statement = statement.where(table.service_id.in_(sorted(wanted.services)))
    if wanted.field is not None:
        statement = statement.where(table.field == wanted.field)
    if wanted.before is not None:
        statement = statement.where(table.number < wanted.before)
    rows = cast("Iterable[EditRow]", connection.execute(statement))
    return tuple(edit_from(row) for row in rows)


def read_edit(connection: Connection, number: int) -> Edit | None:
    """Return the edit of a number, None when there is none."""
    table = EditRow.__table__
    row = connection.execute(select(table).where(table.c.number == number)).first()
    return None if row is None else edit_from(cast("EditRow", row))


def read_last_edits(connection: Connection, services: Iterable[str]) -> Mapping[OwnField, int]:
    """Return the number of the latest edit of each field of these records together."""
    found: dict[OwnField, int] = {}
    for some in in_batches(services):
        statement = (
            select(EditRow.field, func.max(EditRow.number))
            .where(EditRow.service_id.in_(some))
            .group_by(EditRow.field)
        )
        for field, number in connection.execute(statement):
            found[field] = max(number, found.get(field, 0))
    return found
