"""Accounts in both kinds of database answer as those in memory do."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from referral.accounts.errors import LoginTakenError
from referral.accounts.model import (
    Account,
    AccountEvent,
    Attempts,
    KeptEvent,
    Role,
    Session,
)
from referral.accounts.ports import AccountStore
from referral.storage.accounts import SqlAccountStore
from support.accounts import NOON, HeldAccounts

HASH = "$argon2id$jedna"
OTHER_HASH = "$argon2id$dvě"
NEW_HASH = "$argon2id$tři"
DAY = date(2026, 9, 1)
FIRST = Account(
    id="a1",
    login="kadan-editor",
    roles=frozenset({Role.EDITOR, Role.PLANNER}),
    created_on=DAY,
    password_set_on=DAY,
)
SECOND = Account(
    id="a2",
    login="admin-orp",
    roles=frozenset({Role.ADMIN}),
    active=False,
    must_change=True,
    created_on=DAY,
    password_set_on=date(2026, 9, 2),
)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of store; the one in memory must be as good, for other tests use it."""
    return str(request.param)


@pytest.fixture
def accounts(kind: str, request: pytest.FixtureRequest) -> AccountStore:
    """An empty store of each kind."""
    if kind == "memory":
        return HeldAccounts()
    return SqlAccountStore(request.getfixturevalue("engine"))


@pytest.fixture
def two(accounts: AccountStore) -> AccountStore:
    accounts.add_account(FIRST, password_hash=HASH)
    accounts.add_account(SECOND, password_hash=OTHER_HASH)
    return accounts


def session(key: str, account: str = "a1", *, minutes: int = 0) -> Session:
    return Session(
        key=key, account=account, began_at=NOON, seen_at=NOON + timedelta(minutes=minutes)
    )


def test_an_account_comes_back_as_it_was_given(two: AccountStore):
    assert two.accounts() == (SECOND, FIRST)
    assert two.account("a1") == FIRST
    assert two.account_named("admin-orp") == SECOND
    assert two.account("a3") is None
    assert two.account_named("a1") is None


def test_the_hash_of_a_password_stays_out_of_the_account(two: AccountStore):
    assert two.password_of("a1") == HASH
    assert two.password_of("a3") == ""
    assert HASH not in repr(two.accounts())


def test_a_login_is_taken_once_and_a_refused_account_leaves_nothing(two: AccountStore):
    with pytest.raises(LoginTakenError, match="kadan-editor už tu je"):
        two.add_account(replace(FIRST, id="a3"), password_hash=OTHER_HASH)
    assert two.accounts() == (SECOND, FIRST)


def test_saving_an_account_replaces_its_roles_and_not_its_password(two: AccountStore):
    changed = replace(FIRST, roles=frozenset({Role.WORKER}), active=False)
    two.save_account(changed)
    assert two.account("a1") == changed
    assert two.account("a2") == SECOND
    assert two.password_of("a1") == HASH


def test_a_password_is_replaced_with_the_day_and_whether_it_has_to_be_changed(two: AccountStore):
    day = date(2026, 10, 1)
    two.save_password("a1", password_hash=NEW_HASH, set_on=day, must_change=True)
    assert two.password_of("a1") == NEW_HASH
    assert two.account("a1") == replace(FIRST, password_set_on=day, must_change=True)
    assert two.password_of("a2") == OTHER_HASH


def test_a_hash_made_anew_never_undoes_a_change_of_password(two: AccountStore):
    two.replace_hash("a1", old=HASH, new="silnější")
    assert two.password_of("a1") == "silnější"
    two.replace_hash("a1", old=HASH, new="dávný")
    assert two.password_of("a1") == "silnější"


def test_a_session_is_found_by_its_key_with_its_account(two: AccountStore):
    two.open_session(session("k1"))
    assert two.session("k1") == (session("k1"), FIRST)
    assert two.session("k2") is None
    two.see_session("k1", at=NOON + timedelta(minutes=5))
    assert two.session("k1") == (session("k1", minutes=5), FIRST)
    two.end_session("k1")
    two.end_session("k1")
    assert two.session("k1") is None


def test_sessions_of_an_account_end_together_but_for_one(two: AccountStore):
    for one in (session("k1"), session("k2", minutes=9), session("k3"), session("k4", "a2")):
        two.open_session(one)
    assert two.sessions_of("a1")[0].key == "k2"
    assert two.end_sessions("a1", but="k3") == 2
    assert [one.key for one in two.sessions_of("a1")] == ["k3"]
    assert two.end_sessions("a1") == 1
    assert [one.key for one in two.sessions_of("a2")] == ["k4"]


def test_sessions_nobody_uses_are_forgotten(two: AccountStore):
    for one in (session("k1", minutes=1), session("k2", minutes=2), session("k3", "a2")):
        two.open_session(one)
    two.forget_sessions(seen_before=NOON + timedelta(minutes=2))
    assert [two.session(key) is None for key in ("k1", "k2", "k3")] == [True, False, True]


def test_a_moment_of_another_zone_stays_the_same_moment(two: AccountStore):
    prague = timezone(timedelta(hours=2))
    at = datetime(2026, 9, 1, 14, 30, 15, 123456, tzinfo=prague)
    two.open_session(Session(key="k", account="a1", began_at=at, seen_at=at))
    found, _ = two.session("k")
    assert found.began_at == at
    assert found.began_at.tzinfo is not None


def test_attempts_are_counted_by_login_and_by_address_within_the_time(accounts: AccountStore):
    def note(name: str, login: str, address: str, *, minutes: int) -> None:
        at = NOON + timedelta(minutes=minutes)
        accounts.note_attempt(name, login=login, address=address, at=at)

    note("1", "l1", "d1", minutes=0)
    note("2", "l1", "d2", minutes=1)
    note("3", "l2", "d1", minutes=2)
    note("4", "l3", "d3", minutes=2)
    before = NOON - timedelta(minutes=1)
    assert accounts.attempts(login="l1", address="d1", since=before) == Attempts(
        of_login=2, of_address=2
    )
    assert accounts.attempts(login="l9", address="d9", since=before) == Attempts(
        of_login=0, of_address=0
    )
    accounts.forget_attempt("3")
    assert accounts.attempts(login="l1", address="d1", since=before).of_address == 1
    assert accounts.attempts(login="l1", address="d1", since=NOON).of_login == 1
    accounts.forget_attempts(login="l1")
    assert accounts.attempts(login="l1", address="d2", since=before) == Attempts(
        of_login=0, of_address=0
    )
    assert accounts.attempts(login="l3", address="d3", since=before).of_login == 1


def test_the_record_is_told_from_its_end_and_by_account(accounts: AccountStore):
    lines = [
        KeptEvent(at=NOON, event=event, login=login, by="spravce", detail="editor")
        for event, login in (
            (AccountEvent.ADDED, "kadan-editor"),
            (AccountEvent.SIGN_IN_FAILED, ""),
            (AccountEvent.SIGNED_IN, "kadan-editor"),
        )
    ]
    for line in lines:
        accounts.record(line)
    assert accounts.events(limit=10) == tuple(reversed(lines))
    assert accounts.events(limit=1) == (lines[2],)
    assert accounts.events(limit=10, login="kadan-editor") == (lines[2], lines[0])
