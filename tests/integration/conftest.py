"""Databases for every test, of both kinds: a file of SQLite and, where it answers, PostgreSQL.

``empty_engine`` opens one without tables, ``engine`` one with empty tables. Making tables takes
half a second in PostgreSQL, so a session makes them once and only empties them between tests.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError

from referral.bootstrap import Program, build
from referral.settings import Settings
from referral.storage.engine import create_store_engine, writing
from referral.storage.putting import insert_rows
from referral.storage.repositories import SqlCatalogStore
from referral.storage.rows import MetaRow, Row
from referral.storage.schema import migrate
from referral.storage.writing import REVISION
from support.build import TODAY
from support.invented import SOURCES, WORDS
from support.territory_files import write_all

DEFAULT_SERVER = "postgresql+psycopg://root@127.0.0.1:5432/postgres"


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Make databases with names of this session's own (each xdist worker is one), drop them after.

    Where no server answers the test is skipped, which tests/conftest.py makes a failure in CI.
    """
    server = make_url(os.environ.get("REFERRAL_TEST_POSTGRES_URL") or DEFAULT_SERVER)
    admin = create_engine(server, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
    made: list[str] = []

    def make() -> str:
        name = f"referral_test_{secrets.token_hex(6)}"
        try:
            with admin.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
        except OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            pytest.skip(f"PostgreSQL v REFERRAL_TEST_POSTGRES_URL neodpovídá: {reason}")
        made.append(name)
        return server.set(database=name).render_as_string(hide_password=False)

    yield make
    for name in made:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(scope="session")
def empty_postgres(new_postgres: Callable[[], str]) -> str:
    """The address of a PostgreSQL database whose tables come and go."""
    return new_postgres()


@pytest.fixture(scope="session")
def ready_postgres(new_postgres: Callable[[], str]) -> str:
    """The address of a PostgreSQL database that has its tables."""
    return _migrated(new_postgres())


@pytest.fixture(scope="session")
def ready_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite that has its tables, to be copied."""
    file = tmp_path_factory.mktemp("ready") / "catalogue.sqlite3"
    _migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on."""
    return str(request.param)


@pytest.fixture
def empty_engine(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine over a database without tables."""
    if kind == "sqlite":
        engine = create_store_engine(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")
    else:
        engine = create_store_engine(request.getfixturevalue("empty_postgres"))
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    yield engine
    engine.dispose()


@pytest.fixture
def engine(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine over a database with empty tables."""
    if kind == "sqlite":
        file = tmp_path / "catalogue.sqlite3"
        shutil.copy(request.getfixturevalue("ready_sqlite"), file)
        engine = create_store_engine(f"sqlite:///{file}")
    else:
        engine = create_store_engine(request.getfixturevalue("ready_postgres"))
        _empty(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> SqlCatalogStore:
    """A store without any record."""
    return SqlCatalogStore(engine)


@pytest.fixture
def filled(store: SqlCatalogStore) -> SqlCatalogStore:
    """A store with words and sources, so that services can be saved."""
    store.save_vocabulary(WORDS)
    store.save_sources(SOURCES)
    return store


def _migrated(url: str) -> str:
    engine = create_store_engine(url)
    migrate(engine)
    engine.dispose()
    return url


def _empty(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in reversed(Row.metadata.sorted_tables):
            connection.execute(table.delete())
        insert_rows(connection, [MetaRow(key=REVISION, value="0")])


@pytest.fixture
def program(engine: Engine) -> Iterator[Program]:
    """A program over an empty database of either kind, with the day in the test's hands."""
    url = engine.url.render_as_string(hide_password=False)
    made = build(Settings(database_url=url), today=lambda: TODAY)
    yield made
    made.close()


@pytest.fixture
def land(tmp_path: Path) -> Path:
    """A folder with every kind of file."""
    return write_all(tmp_path / "land")
