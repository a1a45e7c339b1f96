"""Put rows into their table, many at once."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Connection, Table, insert
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
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={
            column.name: statement.excluded[column.name]
            for column in table.columns
            if not column.primary_key
        },
    )
    connection.execute(statement, _values_of(rows, table))


def _table_of(rows: Sequence[Row]) -> Table:
    return cast("Table", type(rows[0]).__table__)


def _values_of(rows: Sequence[Row], table: Table) -> list[dict[str, object]]:
    names = [column.name for column in table.columns]
    return [{name: getattr(row, name) for name in names} for row in rows]
