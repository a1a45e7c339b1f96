"""Read the history of imports, page by page."""

from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from typing import cast

from sqlalchemy import Connection, and_, or_, select

from referral.catalog.history import ChangeKey, KeptChange, KeptRun, Wanted
from referral.storage.mapping.imports import change_from, import_from
from referral.storage.reading import AT_ONCE
from referral.storage.rows import ChangeRow, ImportRow

_TOGETHER = 1000
"""Rows that are fetched at once."""


def read_history(
    connection: Connection, wanted: Wanted, *, after: ChangeKey | None, limit: int | None
) -> tuple[KeptChange, ...]:
    """Return changes, those of the latest import first and of one import in their order.

    More services than one query can name are chosen among the rows as they come.
    """
    table = ChangeRow.__table__.c
    statement = select(ChangeRow.__table__).order_by(table.import_number.desc(), table.position)
    if wanted.since is not None:
        statement = statement.where(table.on_day >= wanted.since)
    if wanted.source:
        statement = statement.where(table.source_id == wanted.source)
    if wanted.fields:
        statement = statement.where(table.field.in_(sorted(wanted.fields)))
    if wanted.run is not None:
        statement = statement.where(table.import_number == wanted.run)
    if after is not None:
        earlier = table.import_number < after.run
        later_in_it = and_(table.import_number == after.run, table.position > after.position)
        statement = statement.where(or_(earlier, later_in_it))
    services = wanted.services
    if services is not None and len(services) <= AT_ONCE:
        statement, services = statement.where(table.service_id.in_(sorted(services))), None
    if services is None:
        statement = statement.limit(limit)
    with closing(connection.execute(statement, execution_options={"yield_per": _TOGETHER})) as rows:
        changes = cast("Iterable[ChangeRow]", rows)
        chosen = (row for row in changes if services is None or row.service_id in services)
        return tuple(
            KeptChange(
                key=ChangeKey(run=row.import_number, position=row.position), change=change_from(row)
            )
            for row in islice(chosen, limit)
        )


def read_imports(connection: Connection) -> tuple[KeptRun, ...]:
    """Return all finished imports, the latest first."""
    table = ImportRow.__table__
    rows = cast("Iterable[ImportRow]", connection.execute(select(table).order_by(table.c.number)))
    found: list[KeptRun] = []
    seen: set[str] = set()
    for row in rows:
        first = row.source_id not in seen
        found.append(KeptRun(number=row.number, run=import_from(row), first=first))
        seen.add(row.source_id)
    return tuple(reversed(found))
