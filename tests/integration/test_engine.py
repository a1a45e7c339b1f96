from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from referral.storage import engine as opening
from referral.storage.engine import create_store_engine, named, reading, writing
from referral.storage.errors import (
    AddressError,
    BusyError,
    NotReadyError,
    StorageError,
    UnreachableError,
)
from referral.storage.schema import SchemaState, migrate, ping, schema_state

Opener = Callable[[str], Engine]

NOBODY = "postgresql://jana:tajne-heslo@127.0.0.1:1/sit?application_name=tajne-jmeno"
"""A server that does not exist: nothing listens on port 1."""


@pytest.fixture
def opened() -> Iterator[Opener]:
    engines: list[Engine] = []

    def open_engine(url: str) -> Engine:
        engines.append(create_store_engine(url))
        return engines[-1]

    yield open_engine
    for engine in engines:
        engine.dispose()


def test_the_folder_of_the_file_is_made_with_the_first_connection_and_not_before(
    opened: Opener, tmp_path: Path
) -> None:
    folder = tmp_path / "var" / "data"
    engine = opened(f"sqlite:///{folder / 'sit.sqlite3'}")
    assert schema_state(engine) is SchemaState.ABSENT
    assert not folder.exists()
    migrate(engine)
    assert (folder / "sit.sqlite3").is_file()


def test_reading_a_missing_file_asks_for_init_and_creates_nothing(
    opened: Opener, tmp_path: Path
) -> None:
    engine = opened(f"sqlite:///{tmp_path / 'sit.sqlite3'}")
    with pytest.raises(NotReadyError) as raised, reading(engine):
        pytest.fail("there is nothing to read")
    assert str(raised.value) == (
        f"Databáze {tmp_path / 'sit.sqlite3'} není připravená. Spusťte: referral init --demo"
    )
    assert list(tmp_path.iterdir()) == []


def test_sqlite_keeps_foreign_keys_and_lets_readers_read_while_somebody_writes(
    opened: Opener, tmp_path: Path
) -> None:
    engine = opened(f"sqlite:///{tmp_path / 'sit.sqlite3'}")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_one_for_all_connections(opened: Opener, url: str) -> None:
    engine = opened(url)
    migrate(engine)
    ping(engine)
    assert named(engine) == ":memory:"


def test_a_database_can_be_given_as_a_file_uri(opened: Opener, tmp_path: Path) -> None:
    engine = opened(f"sqlite:///file:{tmp_path / 'sit.sqlite3'}?uri=true")
    migrate(engine)
    assert schema_state(engine) is SchemaState.CURRENT


@pytest.mark.parametrize("url", ["", "sit", "postgresql://server:port/sit"])
def test_an_address_that_cannot_be_read_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(AddressError, match=r"není čitelná; napište například sqlite:///"):
        create_store_engine(url)


@pytest.mark.parametrize("url", ["mysql://server/sit", "nonsense+driver://server/sit"])
def test_a_database_of_another_kind_is_refused_by_name(url: str) -> None:
    kind = url.partition(":")[0].partition("+")[0]
    with pytest.raises(AddressError, match=f"Databázi {kind} program nezná"):
        create_store_engine(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_postgresql_is_reached_through_psycopg_3_whatever_driver_the_address_names(
    opened: Opener, scheme: str
) -> None:
    assert opened(f"{scheme}://127.0.0.1/sit").dialect.driver == "psycopg"


def test_a_server_that_does_not_answer_is_named_without_user_password_and_options(
    opened: Opener,
) -> None:
    with pytest.raises(UnreachableError) as raised:
        ping(opened(NOBODY))
    assert str(raised.value) == (
        "Databáze postgresql://127.0.0.1:1/sit neodpovídá. Zkontrolujte, zda server běží a zda "
        "souhlasí adresa v REFERRAL_DATABASE_URL."
    )


def test_a_file_that_is_no_database_is_not_taken_for_one(opened: Opener, tmp_path: Path) -> None:
    file = tmp_path / "dopis.txt"
    file.write_text("Vážená paní starostko, " * 100)
    with pytest.raises(UnreachableError, match=r"zda je to databáze SQLite a zda ji smíte číst"):
        ping(opened(f"sqlite:///{file}"))


def test_a_folder_is_not_taken_for_a_database(opened: Opener, tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="neodpovídá"):
        migrate(opened(f"sqlite:///{tmp_path}"))


def test_a_folder_that_cannot_be_made_is_said(opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(UnreachableError, match="neodpovídá"):
        migrate(opened(f"sqlite:///{tmp_path / 'var' / 'sit.sqlite3'}"))


def test_a_writer_that_waits_too_long_is_told_to_come_back(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0)
    engine = opened(f"sqlite:///{tmp_path / 'sit.sqlite3'}")
    migrate(engine)
    change = text("UPDATE meta SET value = '7'")
    with writing(engine) as first:
        first.execute(change)
        with pytest.raises(BusyError, match="právě zapisuje někdo jiný"), writing(engine) as second:
            second.execute(change)


def test_a_pool_without_a_free_connection_is_an_unreachable_database(opened: Opener) -> None:
    engine = opened("sqlite://")

    @event.listens_for(engine, "engine_connect")
    def run_out(_: object) -> None:
        raise PoolTimeoutError

    with pytest.raises(UnreachableError), writing(engine):
        pytest.fail("there is no connection")


def test_an_error_never_shows_what_was_to_be_written(engine: Engine) -> None:
    with pytest.raises(StorageError) as raised, writing(engine) as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:told)"), {"told": "důvěrné"})
    assert "důvěrné" not in repr(
        (raised.value, raised.value.__cause__, str(raised.value.__cause__))
    )


def test_a_mistake_of_ours_is_not_blamed_on_the_database(engine: Engine) -> None:
    with pytest.raises(FileNotFoundError), writing(engine):
        raise FileNotFoundError


def test_what_is_written_before_an_exception_is_taken_back(engine: Engine) -> None:
    def forget_everything_and_fail() -> None:
        with writing(engine) as connection:
            connection.execute(text("DELETE FROM meta"))
            raise KeyError

    with pytest.raises(KeyError):
        forget_everything_and_fail()
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM meta")) == 1


def test_a_reader_sees_one_state_however_long_it_reads(engine: Engine) -> None:
    count = text("SELECT count(*) FROM meta")
    with reading(engine) as reader:
        before = reader.scalar(count)
        with writing(engine) as writer:
            writer.execute(text("DELETE FROM meta"))
        assert reader.scalar(count) == before
    with reading(engine) as reader:
        assert reader.scalar(count) == 0
