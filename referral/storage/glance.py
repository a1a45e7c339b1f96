"""Read the words of an SQLite file without the database library, which takes longer than the words.

A command that hears one sentence needs the vocabulary and nothing else of the database. The file is
read here with what Python itself brings, and only where everything is as it should be: an ordinary
file with the tables of this program. Anything else is left to the store, which knows what to say.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final

from referral.catalog.errors import CatalogError
from referral.catalog.vocabulary import Urgency, Vocabulary
from referral.storage.mapping.vocabulary import VocabularyRows, vocabulary_from
from referral.storage.revisions import REVISIONS

_SCHEMES: Final = ("sqlite:///", "sqlite+pysqlite:///")
_WAIT_SECONDS: Final = 5

_TABLES: Final = MappingProxyType(
    {
        "groups": ("target_groups", "position"),
        "types": ("service_types", "position"),
        "type_groups": ("service_type_groups", "service_type, target_group"),
        "needs": ("needs", "position"),
        "need_types": ("need_service_types", "need, position"),
        "need_groups": ("need_groups", "need, implied, target_group"),
        "barriers": ("barriers", "position"),
        "calls": ("calls", "position"),
        "call_needs": ("call_needs", "call, need"),
    }
)
"""The table of each part of the vocabulary, and its order."""

_READ_AS: Final[MappingProxyType[str, Callable[[Any], object]]] = MappingProxyType(
    {
        "bases": json.loads,
        "free_of_charge": bool,
        "implied": bool,
        "other_help": json.loads,
        "remote": bool,
        "residential_only": bool,
        "seniors": bool,
        "urgency": lambda stored: None if stored is None else Urgency(stored),
    }
)
"""The columns whose values SQLite keeps as something simpler."""


def words_at_a_glance(url: str) -> Vocabulary | None:
    """Return the words of an SQLite file, None where they have to be asked for the usual way."""
    file = _file_of(url)
    if file is None or not file.is_file():
        return None
    try:
        # The address says that the file is not to be created; as a file:// it may hold any sign.
        address = f"{file.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS)) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN")
            found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            if found != [(REVISIONS[-1],)]:
                return None
            return vocabulary_from(_rows(connection))
    except (sqlite3.Error, CatalogError, ValueError):
        return None


def _file_of(url: str) -> Path | None:
    for scheme in _SCHEMES:
        name = url.removeprefix(scheme)
        if name != url and name not in {"", ":memory:"} and not name.startswith("file:"):
            return None if "?" in name else Path(name)
    return None


def _rows(connection: sqlite3.Connection) -> VocabularyRows:
    # What reads takes anything with the columns as attributes (see mapping).
    parts: dict[str, Any] = {
        part: _records(connection, table, order) for part, (table, order) in _TABLES.items()
    }
    return VocabularyRows(**parts)


def _records(connection: sqlite3.Connection, table: str, order: str) -> list[SimpleNamespace]:
    query = f"SELECT * FROM {table} ORDER BY {order}"  # noqa: S608 - our own names, see _TABLES
    asked = connection.execute(query)
    names = [column[0] for column in asked.description]
    read = [_READ_AS.get(name) for name in names]
    return [
        SimpleNamespace(
            **{
                name: value if of is None else of(value)
                for name, of, value in zip(names, read, row, strict=True)
            }
        )
        for row in asked
    ]
