"""Signing in, being locked out and staying signed in, over a store in memory."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from referral.accounts.errors import (
    LockedOutError,
    SignInError,
)
from referral.accounts.hashing import Argon2Hasher
from referral.accounts.model import (
    Account,
    AccountEvent,
    LockOut,
    Role,
    Session,
    SessionLimits,
)
from referral.settings import HashingCost
from referral.usecases.accounts import Accounts
from support.accounts import (
    CHEAP,
    KEY,
    NOON,
    PASSWORD,
    WRONG,
    Clock,
    HeldAccounts,
    with_account,
)

HOME, OFFICE = "192.0.2.7", "192.0.2.8"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(clock: Clock) -> Accounts:
    return Accounts(HeldAccounts(), hasher=Argon2Hasher(CHEAP), key=KEY, now=clock)


@pytest.fixture
def editor(accounts: Accounts) -> Account:
    return with_account(accounts, "kadan-editor", [Role.EDITOR])


def events(accounts: Accounts) -> list[tuple[AccountEvent, str]]:
    return [(one.event, one.login) for one in reversed(accounts.store.events(limit=1000))]


# --- Signing in -----------------------------------------------------------------------------------


def test_the_right_password_opens_a_session_whose_token_is_kept_nowhere(
    accounts: Accounts, editor: Account
):
    account, token = accounts.sign_in(" Kadan-Editor", password=PASSWORD, address=HOME)
    assert account == editor
    assert accounts.signed_in(token) == editor
    assert token not in str(vars(accounts.store))
    assert accounts.signed_in(token + "x") is None


@pytest.mark.parametrize(
    ("login", "password"),
    [("kadan-editor", WRONG), ("nikdo-takovy", PASSWORD), ("@@", PASSWORD), ("", "")],
)
def test_a_wrong_login_and_a_wrong_password_are_refused_alike(
    accounts: Accounts, editor: Account, login: str, password: str
):
    with pytest.raises(SignInError, match="k sobě nepatří"):
        accounts.sign_in(login, password=password, address=HOME)
    assert events(accounts)[-1][0] is AccountEvent.SIGN_IN_FAILED
    assert accounts.store.opened == {}
    assert editor.active


@dataclass
class Counting:
    """A hasher that remembers against what it was asked to judge."""

    inner: Argon2Hasher = field(default_factory=lambda: Argon2Hasher(CHEAP))
    judged: list[str] = field(default_factory=list)
    made: int = 0

    def hash(self, password: str) -> str:
        self.made += 1
        return self.inner.hash(password)

    def matches(self, password: str, stored: str) -> bool:
        self.judged.append(stored)
        return self.inner.matches(password, stored)

    def outdated(self, stored: str) -> bool:
        return self.inner.outdated(stored)


def test_a_login_nobody_has_costs_the_same_work_as_one_that_exists():
    hasher = Counting()
    accounts = Accounts(HeldAccounts(), hasher=hasher, key=KEY, now=Clock())
    closed = with_account(accounts, "zavreny", [Role.EDITOR])
    accounts.deactivate(closed.id, by="test")
    with_account(accounts, "kadan-editor", [Role.EDITOR])
    before = hasher.made
    for login in ("kadan-editor", "nikdo-takovy", "@@", "zavreny"):
        with pytest.raises(SignInError):
            accounts.sign_in(login, password=WRONG, address=HOME)
    assert len(hasher.judged) == 4
    assert all(stored.startswith("$argon2id$v=19$m=8,t=1,p=1$") for stored in hasher.judged)
    assert hasher.made == before + 1  # one for all who are nobody


def test_a_closed_account_does_not_open_even_with_its_password(accounts: Accounts, editor: Account):
    accounts.deactivate(editor.id, by="test")
    with pytest.raises(SignInError):
        accounts.sign_in("kadan-editor", password=PASSWORD, address=HOME)
    accounts.activate(editor.id, by="test")
    assert accounts.sign_in("kadan-editor", password=PASSWORD, address=HOME)[0] == editor


def test_a_hash_of_weaker_times_is_made_anew_when_its_owner_comes(clock: Clock):
    store = HeldAccounts()
    old = Accounts(store, hasher=Argon2Hasher(CHEAP), key=KEY, now=clock)
    account = with_account(old, "kadan-editor", [Role.EDITOR])
    stronger = HashingCost(passes=2, memory_kib=16, lanes=1)
    new = Accounts(store, hasher=Argon2Hasher(stronger), key=KEY, now=clock)
    new.sign_in("kadan-editor", password=PASSWORD, address=HOME)
    assert "m=16,t=2,p=1" in store.password_of(account.id)
    new.sign_in("kadan-editor", password=PASSWORD, address=HOME)


# --- Lock-out -------------------------------------------------------------------------------------


def guess(accounts: Accounts, times: int, *, login: str = "kadan-editor", address: str = HOME):
    for _ in range(times):
        with pytest.raises(SignInError, match="k sobě nepatří"):
            accounts.sign_in(login, password=WRONG, address=address)


@pytest.mark.parametrize("login", ["kadan-editor", "nikdo-takovy"])
def test_after_five_failures_even_the_right_password_has_to_wait(
    accounts: Accounts, editor: Account, clock: Clock, login: str
):
    guess(accounts, 5, login=login)
    for _ in range(3):
        with pytest.raises(LockedOutError, match="za 15 minut"):
            accounts.sign_in(login, password=PASSWORD, address=OFFICE)
        clock.pass_by(minutes=4)
    clock.pass_by(minutes=3)
    assert clock.now - NOON == timedelta(minutes=15)
    if login == "kadan-editor":
        assert accounts.sign_in(login, password=PASSWORD, address=OFFICE)[0] == editor
    assert [event for event, _ in events(accounts)].count(AccountEvent.LOCKED_OUT) == 1


def test_one_password_cannot_be_tried_on_many_logins_from_one_address(clock: Clock):
    lock_out = LockOut(per_login=2, per_address=3)
    accounts = Accounts(
        HeldAccounts(), hasher=Argon2Hasher(CHEAP), key=KEY, now=clock, lock_out=lock_out
    )
    with_account(accounts, "kadan-editor", [Role.EDITOR])
    for number in range(3):
        guess(accounts, 1, login=f"nikdo-{number}")
    with pytest.raises(LockedOutError):
        accounts.sign_in("kadan-editor", password=PASSWORD, address=HOME)
    assert accounts.sign_in("kadan-editor", password=PASSWORD, address=OFFICE)


def test_success_forgets_the_failures_of_the_login(accounts: Accounts, editor: Account):
    for _ in range(3):
        guess(accounts, 4)
        assert accounts.sign_in("kadan-editor", password=PASSWORD, address=HOME)[0] == editor


def test_a_new_password_from_an_admin_opens_the_door_at_once(accounts: Accounts, editor: Account):
    guess(accounts, 5)
    given = accounts.reset_password(editor.id, by="spravce")
    account, _ = accounts.sign_in("kadan-editor", password=given, address=HOME)
    assert account.must_change


def test_neither_an_address_nor_a_mistyped_login_can_be_read_from_what_is_stored(
    accounts: Accounts, editor: Account
):
    guess(accounts, 1, login="moje-tajne-heslo")
    stored = str(vars(accounts.store))
    assert "moje-tajne-heslo" not in stored
    assert HOME not in stored
    assert accounts.store.lines[-1].login == ""
    other = Accounts(accounts.store, hasher=Argon2Hasher(CHEAP), key="jiný" * 9, now=Clock())
    guess(other, 1, login="moje-tajne-heslo")
    assert len({login for login, _, _ in accounts.store.tries.values()}) == 2
    assert editor.login not in {login for login, _, _ in accounts.store.tries.values()}


# --- Sessions -------------------------------------------------------------------------------------


def test_a_session_ends_an_hour_after_it_was_last_used(
    accounts: Accounts, editor: Account, clock: Clock
):
    _, token = accounts.sign_in("kadan-editor", password=PASSWORD, address=HOME)
    for _ in range(3):
        clock.pass_by(minutes=59)
        assert accounts.signed_in(token) == editor
    clock.pass_by(minutes=60)
    assert accounts.signed_in(token) is None
    assert accounts.store.opened == {}


def test_a_session_in_use_ends_after_twelve_hours(
    accounts: Accounts, editor: Account, clock: Clock
):
    _, token = accounts.sign_in("kadan-editor", password=PASSWORD, address=HOME)
    for _ in range(23):
        clock.pass_by(minutes=30)
        assert accounts.signed_in(token) == editor
    clock.pass_by(minutes=30)
    assert accounts.signed_in(token) is None


def test_use_within_a_minute_is_not_written_down_again(
    accounts: Accounts, editor: Account, clock: Clock
):
    _, token = accounts.sign_in(editor.login, password=PASSWORD, address=HOME)
    clock.pass_by(seconds=59)
    accounts.signed_in(token)
    assert accounts.sessions(editor, token=token)[0][0].seen_at == NOON
    clock.pass_by(seconds=1)
    accounts.signed_in(token)
    assert accounts.sessions(editor, token=token)[0][0].seen_at == clock.now


def test_limits_are_reached_at_their_very_moment():
    limits = SessionLimits()
    session = Session(key="k", account="a", began_at=NOON, seen_at=NOON)
    assert limits.holds(session, now=NOON + limits.idle - timedelta(seconds=1))
    assert not limits.holds(session, now=NOON + limits.idle)


def test_signing_in_forgets_what_nobody_used_any_more(
    accounts: Accounts, editor: Account, clock: Clock
):
    accounts.sign_in(editor.login, password=PASSWORD, address=HOME)
    clock.pass_by(hours=2)
    _, token = accounts.sign_in(editor.login, password=PASSWORD, address=HOME)
    assert [one.key for one in accounts.store.opened.values()] == [
        one.key for one, present in accounts.sessions(editor, token=token) if present
    ]


def test_signing_out_ends_one_session_and_the_others_can_be_ended_from_it(
    accounts: Accounts, editor: Account
):
    tokens = [accounts.sign_in(editor.login, password=PASSWORD, address=HOME)[1] for _ in range(3)]
    accounts.sign_out(tokens[0])
    accounts.sign_out("neznámý")
    assert [accounts.signed_in(token) for token in tokens] == [None, editor, editor]
    assert [present for _, present in accounts.sessions(editor, token=tokens[2])].count(True) == 1
    assert accounts.end_others(editor, token=tokens[2]) == 1
    assert [accounts.signed_in(token) for token in tokens] == [None, None, editor]


def test_closing_an_account_ends_its_sessions(accounts: Accounts, editor: Account):
    _, token = accounts.sign_in(editor.login, password=PASSWORD, address=HOME)
    accounts.deactivate(editor.id, by="test")
    assert accounts.signed_in(token) is None
    accounts.activate(editor.id, by="test")
    assert accounts.signed_in(token) is None


def test_a_session_of_an_account_closed_behind_our_back_opens_nothing(
    accounts: Accounts, editor: Account
):
    _, token = accounts.sign_in(editor.login, password=PASSWORD, address=HOME)
    accounts.store.save_account(replace(editor, active=False))
    assert accounts.signed_in(token) is None
