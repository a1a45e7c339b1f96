"""Put rows into their table, many at once."""

from collections.abc import Collection, Sequence
from typing import cast

from sqlalchemy import Connection, Table, case, insert
from sqlalchemy.dialects import postgresql, sqlite

from referral.storage.rows import Row


def insert_rows(connection: Connection, rows: Sequence[Row]) -> None:
    """Add rows of one table that are not there yet."""
    if rows:
        table = _table_of(rows)
        connection.execute(insert(table), _values_of(rows, table))


def upsert_rows(connection: Connection, rows: Sequence[Row]) -> None:
    """Add rows of one table or replace those with the same key; what refers to them stays."""
    if not rows:
        return
    table = _table_of(rows)
    statement = _insert_into(table, connection)
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={
            column.name: statement.excluded[column.name]
            for column in table.columns
            if not column.primary_key
        },
    )
    connection.execute(statement, _values_of(rows, table))


def accumulate_rows(
    connection: Connection, rows: Sequence[Row], *, sums: Collection[str], latest: Collection[str]
) -> None:
    """Add rows of one table, or their numbers to those of the row with the same key.

    The database adds in one statement, so that no other writer's number can be lost in between.
    Of the columns in ``latest`` the greater value stays.
    """
    if not rows:
        return
    table = _table_of(rows)
    statement = _insert_into(table, connection)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: table.c[name] + new[name] for name in sums}
        | {
            name: case((new[name] > table.c[name], new[name]), else_=table.c[name])
            for name in latest
        },
    )
    connection.execute(statement, _values_of(rows, table))


def _insert_into(table: Table, connection: Connection) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _table_of(rows: Sequence[Row]) -> Table:
    return cast("Table", type(rows[0]).__table__)


def _values_of(rows: Sequence[Row], table: Table) -> list[dict[str, object]]:
    names = [column.name for column in table.columns]
    return [{name: getattr(row, name) for name in names} for row in rows]
