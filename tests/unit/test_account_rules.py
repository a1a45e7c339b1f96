"""What a login and a password must be, and what a role lets one do."""

from datetime import date

import pytest

from referral.accounts.errors import (
    AccountError,
)
from referral.accounts.hashing import Argon2Hasher
from referral.accounts.model import (
    Account,
    AccountEvent,
    Role,
    login_of,
)
from referral.accounts.passwords import (
    LONGEST,
    SHORTEST,
    check_password,
    generate_password,
)
from referral.settings import HashingCost
from referral.usecases.accounts import Accounts
from support.accounts import CHEAP, KEY, PASSWORD, Clock, HeldAccounts, with_account

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


# --- Logins and roles -----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["kadan-koordinator", " Kadan-Koordinator ", "KADAN-KOORDINATOR"])
def test_case_and_blanks_of_a_login_do_not_matter(typed: str):
    assert login_of(typed) == "kadan-koordinator"


@pytest.mark.parametrize(
    "typed", ["", "ab", "a" * 41, "jan novák", "jan@example.test", "-kadan", "kadan-", "kadaň"]
)
def test_a_login_is_the_name_of_a_post_and_no_address_of_a_person(typed: str):
    with pytest.raises(AccountError, match="jméno pracovního místa") as refused:
        login_of(typed)
    assert refused.value.field == "login"


def test_an_account_cannot_hold_a_login_in_another_form():
    day = date(2026, 9, 1)
    with pytest.raises(AccountError):
        Account(id="1", login="Kadan", roles=frozenset(), created_on=day, password_set_on=day)


def test_no_role_includes_another_and_a_closed_account_may_nothing(accounts: Accounts):
    admin = with_account(accounts, "spravce", [Role.ADMIN])
    other = with_account(accounts, "editor", [Role.EDITOR, Role.PLANNER])
    assert admin.may({Role.ADMIN, Role.EDITOR})
    assert not admin.may({Role.EDITOR})
    assert other.may({Role.PLANNER})
    assert not accounts.deactivate(other.id, by="test").may({Role.PLANNER})


# --- Passwords ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "good",
    [
        PASSWORD,
        "kůň běží přes most",
        "482910473625",
        "xkcdxkcdabcd",
        "ž" * 7 + "abcdř",
        "a b c d e f g",
    ],
)
def test_any_long_and_uncommon_password_will_do(good: str):
    check_password(good, login="kadan-editor")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", "krátké"),
        ("Heslo2026!", "krátké"),
        ("x" * (SHORTEST - 1), "krátké"),
        ("abcde" * LONGEST, "moc dlouhé"),
        ("kadan-editor", "přihlašovací jméno"),
        ("Kadan.Editor.2026", "přihlašovací jméno"),
        ("aaaaaaaaaaaaaaa", "mezi prvními"),
        ("abababababababab", "mezi prvními"),
        ("123456789012", "mezi prvními"),
        ("210987654321", "mezi prvními"),
        ("Heslo12345678!", "mezi prvními"),
        ("Tajné heslo 1!", "mezi prvními"),
        ("qwertzuiop123", "mezi prvními"),
    ],
)
def test_a_password_that_others_would_guess_is_refused_with_the_reason(bad: str, why: str):
    with pytest.raises(AccountError, match=why) as refused:
        check_password(bad, login="kadan-editor")
    assert refused.value.field == "new"
    assert not bad or bad not in str(refused.value)


def test_a_login_of_digits_does_not_forbid_passwords_of_digits():
    check_password("482910473625", login="123")


def test_made_up_passwords_differ_and_keep_the_rules():
    made = {generate_password() for _ in range(50)}
    assert len(made) == 50
    for one in made:
        check_password(one, login="kadan-editor")


def test_a_password_is_the_same_however_the_keyboard_composes_it():
    hasher = Argon2Hasher(CHEAP)
    assert hasher.matches(
        "pr\u030ci\u0301lis\u030c z\u030clut\u030couc\u030cky\u0301",
        hasher.hash("příliš žlut\u030coučký"),
    )


def test_a_hash_is_argon2id_with_a_salt_of_its_own_and_the_costs_asked_for():
    stored = Argon2Hasher(CHEAP).hash(PASSWORD)
    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert stored != Argon2Hasher(CHEAP).hash(PASSWORD)
    assert HashingCost() == HashingCost(passes=3, memory_kib=65536, lanes=4)


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
def test_a_hash_that_cannot_be_read_matches_no_password(stored: str):
    assert not Argon2Hasher(CHEAP).matches("", stored)
