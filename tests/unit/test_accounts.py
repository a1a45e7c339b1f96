"""Changing passwords and looking after accounts, over a store in memory."""

import pytest

from referral.accounts.errors import (
    AccountError,
    LastAdminError,
    LockedOutError,
    LoginTakenError,
    SignInError,
    UnknownAccountError,
)
from referral.accounts.hashing import Argon2Hasher
from referral.accounts.model import (
    Account,
    AccountEvent,
    Role,
)
from referral.usecases.accounts import Accounts
from support.accounts import (
    CHEAP,
    KEY,
    OTHER,
    PASSWORD,
    SHORT,
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


# --- Changing a password --------------------------------------------------------------------------


def guess(accounts: Accounts, times: int, *, login: str = "kadan-editor", address: str = HOME):
    for _ in range(times):
        with pytest.raises(SignInError, match="k sobě nepatří"):
            accounts.sign_in(login, password=WRONG, address=address)


def test_a_change_of_password_ends_every_session_and_opens_a_new_one(
    accounts: Accounts, editor: Account
):
    before = [accounts.sign_in(editor.login, password=PASSWORD, address=HOME)[1] for _ in "ab"]
    token = accounts.change_password(editor, current=PASSWORD, new=OTHER, address=HOME)
    assert [accounts.signed_in(one) for one in before] == [None, None]
    assert accounts.signed_in(token) is not None
    accounts.sign_in(editor.login, password=OTHER, address=HOME)
    with pytest.raises(SignInError):
        accounts.sign_in(editor.login, password=PASSWORD, address=HOME)


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("není to ono!", OTHER, "current"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "krátké", "new"),
    ],
)
def test_a_change_that_is_refused_changes_nothing(
    accounts: Accounts, editor: Account, current: str, new: str, field: str
):
    _, token = accounts.sign_in(editor.login, password=PASSWORD, address=HOME)
    with pytest.raises(AccountError) as refused:
        accounts.change_password(editor, current=current, new=new, address=HOME)
    assert refused.value.field == field
    assert accounts.signed_in(token) == editor
    accounts.sign_in(editor.login, password=PASSWORD, address=HOME)


def test_the_present_password_cannot_be_guessed_from_an_open_session(
    accounts: Accounts, editor: Account
):
    for _ in range(5):
        with pytest.raises(SignInError, match="Dosavadní heslo"):
            accounts.change_password(editor, current="hádám, hádám", new="x" * 20, address=HOME)
    with pytest.raises(LockedOutError):
        accounts.change_password(editor, current=PASSWORD, new=OTHER, address=HOME)


def test_a_made_up_password_has_to_be_replaced_and_a_chosen_one_not(accounts: Accounts):
    account, given = accounts.add("planovac-orp", roles=[Role.PLANNER], by="test")
    assert account.must_change
    accounts.change_password(account, current=given, new=OTHER, address=HOME)
    assert not accounts.known(account.id).must_change
    assert accounts.reset_password(account.id, by="test", password=PASSWORD) == PASSWORD
    assert not accounts.known(account.id).must_change
    with pytest.raises(AccountError, match="krátké"):
        accounts.reset_password(account.id, by="test", password=SHORT)


# --- Looking after accounts -----------------------------------------------------------------------


def test_two_accounts_cannot_share_a_login(accounts: Accounts, editor: Account):
    with pytest.raises(LoginTakenError):
        accounts.add("KADAN-EDITOR", roles=[Role.WORKER], by="test")
    assert accounts.store.accounts() == (editor,)


def test_an_account_without_a_role_or_with_a_bad_password_is_not_made(accounts: Accounts):
    with pytest.raises(AccountError, match="alespoň jednu roli") as refused:
        accounts.add("nova", roles=[], by="test")
    assert refused.value.field == "roles"
    with pytest.raises(AccountError, match="krátké"):
        accounts.add("nova", roles=[Role.WORKER], by="test", password=SHORT)
    assert accounts.store.accounts() == ()


def test_the_last_admin_can_be_neither_closed_nor_stripped(accounts: Accounts, editor: Account):
    first = with_account(accounts, "spravce", [Role.ADMIN])
    with pytest.raises(LastAdminError):
        accounts.deactivate(first.id, by="test")
    with pytest.raises(LastAdminError):
        accounts.set_roles(first.id, roles=[Role.EDITOR], by="test")
    second = with_account(accounts, "zastupce", [Role.ADMIN, Role.EDITOR])
    accounts.deactivate(first.id, by="test")
    with pytest.raises(LastAdminError):
        accounts.deactivate(second.id, by="test")
    assert accounts.set_roles(second.id, roles=[Role.ADMIN], by="test").roles == {Role.ADMIN}
    assert accounts.set_roles(editor.id, roles=[Role.ADMIN], by="test").roles == {Role.ADMIN}


def test_doing_what_is_done_already_writes_nothing_down(accounts: Accounts, editor: Account):
    before = len(accounts.store.lines)
    accounts.set_roles(editor.id, roles=[Role.EDITOR], by="test")
    accounts.activate(editor.id, by="test")
    assert len(accounts.store.lines) == before
    accounts.deactivate(editor.id, by="test")
    accounts.deactivate(editor.id, by="test")
    assert len(accounts.store.lines) == before + 1


def test_an_account_that_is_not_there_is_told_so(accounts: Accounts):
    for act in (accounts.deactivate, accounts.activate, accounts.reset_password):
        with pytest.raises(UnknownAccountError):
            act("neni", by="test")
    with pytest.raises(UnknownAccountError, match="referral user list"):
        accounts.named("neni-tu")


def test_everything_is_written_down_with_who_did_it_and_no_password(
    accounts: Accounts, editor: Account
):
    guess(accounts, 1)
    _, token = accounts.sign_in(editor.login, password=PASSWORD, address=HOME)
    token = accounts.change_password(editor, current=PASSWORD, new=OTHER, address=HOME)
    accounts.sign_out(token)
    accounts.set_roles(editor.id, roles=[Role.EDITOR, Role.PLANNER], by="spravce")
    given = accounts.reset_password(editor.id, by="spravce")
    accounts.deactivate(editor.id, by="spravce")
    accounts.activate(editor.id, by="spravce")
    assert [event for event, _ in events(accounts)] == [
        AccountEvent.ADDED,
        AccountEvent.SIGN_IN_FAILED,
        AccountEvent.SIGNED_IN,
        AccountEvent.PASSWORD_CHANGED,
        AccountEvent.SIGNED_OUT,
        AccountEvent.ROLES_CHANGED,
        AccountEvent.PASSWORD_RESET,
        AccountEvent.DEACTIVATED,
        AccountEvent.ACTIVATED,
    ]
    lines = accounts.store.events(limit=100, login=editor.login)
    assert {one.login for one in lines} == {editor.login}
    assert [one.by for one in lines[:4]] == ["spravce"] * 4
    assert lines[3].detail == "editor planner"
    told = str(lines)
    assert not any(secret in told for secret in (PASSWORD, OTHER, given, HOME))
