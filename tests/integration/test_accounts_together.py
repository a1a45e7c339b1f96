"""Accounts of several processes over one database, and of the program as a whole."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from referral.accounts.errors import LockedOutError, SignInError
from referral.accounts.hashing import Argon2Hasher
from referral.accounts.model import (
    Account,
    Role,
    Session,
)
from referral.bootstrap import Program, build
from referral.settings import Settings
from referral.storage.accounts import SqlAccountStore
from referral.storage.engine import create_store_engine, writing
from referral.storage.errors import NotReadyError
from referral.storage.repositories import SqlCatalogStore
from referral.usecases.accounts import Accounts
from support.accounts import CHEAP, KEY, NOON, PASSWORD, WRONG, with_account
from support.build import TODAY

HASH = "$argon2id$jedna"
DAY = date(2026, 9, 1)
FIRST = Account(
    id="a1",
    login="kadan-editor",
    roles=frozenset({Role.EDITOR, Role.PLANNER}),
    created_on=DAY,
    password_set_on=DAY,
)


def session(key: str, account: str = "a1", *, minutes: int = 0) -> Session:
    return Session(
        key=key, account=account, began_at=NOON, seen_at=NOON + timedelta(minutes=minutes)
    )


def test_a_database_without_tables_is_not_written_to(empty_engine: Engine):
    with pytest.raises(NotReadyError):
        SqlAccountStore(empty_engine).end_session("k")


def test_nothing_about_accounts_moves_the_catalogue(store: SqlCatalogStore, engine: Engine):
    before = store.revision()
    accounts = Accounts(SqlAccountStore(engine), hasher=Argon2Hasher(CHEAP), key=KEY)
    with_account(accounts, "kadan-editor", [Role.EDITOR])
    accounts.sign_in("kadan-editor", password=PASSWORD, address="")
    assert store.revision() == before


def test_guesses_sent_at_once_are_refused_as_those_sent_one_by_one(engine: Engine):
    """Several processes count together: five may be judged, however many come at a time."""
    rules = [
        Accounts(SqlAccountStore(engine), hasher=Argon2Hasher(CHEAP), key=KEY) for _ in range(2)
    ]
    with_account(rules[0], "kadan-editor", [Role.EDITOR])

    def guess(number: int) -> bool:
        """Tell whether the password was looked at."""
        try:
            rules[number % 2].sign_in("kadan-editor", password=WRONG, address="")
        except LockedOutError:
            return False
        except SignInError:
            return True
        raise AssertionError

    with ThreadPoolExecutor(6) as pool:
        at_once = sum(pool.map(guess, range(24)))
    one_by_one = sum(map(guess, range(8)))
    assert at_once + one_by_one == 5
    with pytest.raises(LockedOutError):
        rules[1].sign_in("kadan-editor", password=PASSWORD, address="")


def test_reading_a_page_does_not_wait_for_a_long_write(tmp_path: Path, ready_sqlite: Path):
    """The last use of a session goes unwritten while an import holds the file."""
    url = f"sqlite:///{tmp_path / 'busy.sqlite3'}"
    (tmp_path / "busy.sqlite3").write_bytes(ready_sqlite.read_bytes())
    engine, other = create_store_engine(url), create_store_engine(url)
    accounts = SqlAccountStore(engine)
    accounts.add_account(FIRST, password_hash=HASH)
    accounts.open_session(session("k1"))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with writing(other) as connection:
        connection.execute(text("UPDATE meta SET value = value"))
        accounts.see_session("k1", at=NOON + timedelta(minutes=5))
    assert accounts.session("k1") == (session("k1"), FIRST)
    engine.dispose()
    other.dispose()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Program]:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'own.sqlite3'}", hashing=CHEAP)
    made = build(settings, today=lambda: TODAY)
    yield made
    made.close()


def test_the_program_puts_accounts_together_over_its_database(fresh: Program):
    fresh.migrate()
    account = with_account(fresh.accounts, "kadan-editor", [Role.EDITOR])
    assert fresh.accounts.sign_in("kadan-editor", password=PASSWORD, address="")[0] == account
    assert account.created_on == datetime.now(UTC).date()
    assert "m=8,t=1,p=1" in fresh.accounts.store.password_of(account.id)
