"""Connections: how the two databases are opened, read as one state and written as a whole."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from referral.storage.errors import (
    AddressError,
    BusyError,
    NotReadyError,
    RefusedError,
    StorageError,
    UnreachableError,
)

WAIT_SECONDS = 5
"""How long a connection waits for the server, or for another's write to end."""


def create_store_engine(url: str) -> Engine:
    """Return an engine for an SQLAlchemy URL of SQLite or PostgreSQL (psycopg 3).

    Nothing is opened yet. The folder of an SQLite file is created with the first connection.
    Statements never show their parameters in an error. Whoever creates it disposes of it.

    Raises:
        AddressError: the URL cannot be read or names another database.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        message = (
            "Adresa databáze v REFERRAL_DATABASE_URL není čitelná; "
            "napište například sqlite:///var/referral.sqlite3."
        )
        raise AddressError(message) from error
    backend = address.get_backend_name()
    options: dict[str, Any] = {
        "hide_parameters": True,
        "json_serializer": partial(json.dumps, ensure_ascii=False),
    }
    if backend == "sqlite":
        return _sqlite_engine(address.set(drivername="sqlite"), options)
    if backend == "postgresql":
        return create_engine(
            address.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": WAIT_SECONDS},
            pool_pre_ping=True,
            **options,
        )
    message = (
        f"Databázi {backend} program nezná; v REFERRAL_DATABASE_URL smí být sqlite:// "
        "nebo postgresql://."
    )
    raise AddressError(message)


def named(engine: Engine) -> str:
    """Name a database for people: the file, or the server and the database, never a password."""
    url = engine.url
    if engine.dialect.name == "sqlite":
        return url.database or ":memory:"
    public = URL.create("postgresql", host=url.host, port=url.port, database=url.database)
    return public.render_as_string()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements all see one state of the database.

    Raises:
        NotReadyError: the SQLite file does not exist (reading does not create it).
        StorageError: the database does not answer.
    """
    if not exists(engine):
        raise NotReadyError(not_ready(engine))
    with _in_czech(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose statements all take effect when the block ends, or none of them.

    Raises:
        StorageError: the database does not answer or refuses what was written.
    """
    with _in_czech(engine), engine.begin() as connection:
        yield connection


def exists(engine: Engine) -> bool:
    """Tell whether there is a database to ask; only an SQLite file can be missing."""
    file = _file_of(engine.url)
    return file is None or file.exists()


def not_ready(engine: Engine) -> str:
    """Say that the database is to be created first."""
    return f"Databáze {named(engine)} není připravená. Spusťte: referral init --demo"


def _sqlite_engine(address: URL, options: dict[str, Any]) -> Engine:
    file = _file_of(address)
    if file is None:
        # One connection for all threads, or each would see an empty database of its own.
        options |= {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    engine = create_engine(address, **options)

    @event.listens_for(engine, "do_connect")
    def make_folder(*_: object) -> None:
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _explained(engine, error) from error

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        # The driver would begin transactions late and end them around DDL; "begin" below does it.
        connection.isolation_level = None
        try:
            connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error as error:
            connection.close()
            raise _explained(engine, error) from error

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _file_of(url: URL) -> Path | None:
    """Return the file of an SQLite database; None for one in memory, a file: URI or a server."""
    database = url.database
    if url.get_backend_name() != "sqlite" or not database:
        return None
    return None if database == ":memory:" or database.startswith("file:") else Path(database)


@contextmanager
def _in_czech(engine: Engine) -> Iterator[None]:
    """Turn what the driver says into a sentence for the user; our own mistakes stay as they are."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(engine, error.orig) from error
    except PoolTimeoutError as error:
        raise _explained(engine, error) from error


def _explained(engine: Engine, error: BaseException | None) -> StorageError:
    where = named(engine)
    # SQLSTATE of PostgreSQL, or SQLite's name of the result.
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None) or ""
    if code in {"23503", "SQLITE_CONSTRAINT_FOREIGNKEY"}:
        return RefusedError(
            f"Databáze {where} zápis odmítla: odkazuje na slovo, zdroj nebo obec, které v ní "
            "nejsou. Nic se nezměnilo."
        )
    # Classes 22 and 23: a value that does not fit its column, a broken constraint.
    if code.startswith(("22", "23", "SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG")):
        return RefusedError(
            f"Databáze {where} zápis odmítla: některá hodnota porušuje její pravidla. "
            "Nic se nezměnilo."
        )
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(
            f"Do databáze {where} právě zapisuje někdo jiný. Zkuste to za chvíli znovu."
        )
    # Class 42: a table or column that is missing or already there; SQLite has no code of its own.
    if code.startswith("42") or code == "SQLITE_ERROR":
        return NotReadyError(
            f"Databáze {where} má jiné tabulky, než program čeká. Použijte jinou databázi, nebo "
            "obnovte zálohu."
        )
    if engine.dialect.name == "sqlite":
        check = "zda je to databáze SQLite a zda ji smíte číst i zapisovat"
    else:
        check = "zda server běží a zda souhlasí adresa v REFERRAL_DATABASE_URL"
    return UnreachableError(f"Databáze {where} neodpovídá. Zkontrolujte, {check}.")
