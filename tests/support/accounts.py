"""Accounts held in memory, a cheap way of hashing, and clients that are signed in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from referral.accounts.errors import LoginTakenError
from referral.accounts.hashing import Argon2Hasher
from referral.accounts.model import Account, Attempts, KeptEvent, Role, Session
from referral.settings import HashingCost
from referral.usecases.accounts import Accounts
from referral.web.access import PUBLIC

CHEAP = HashingCost(passes=1, memory_kib=8, lanes=1)
"""The least that Argon2 knows: as right as any, and no protection."""

KEY = "klíč-jen-pro-testy-" * 3
PASSWORD = "čtyři slova za sebou"  # noqa: S105 - it opens nothing
OTHER = "úplně jiná slova"
WRONG = "jiné dlouhé heslo"
SHORT = "krátké"
DOOR = "/ucet/prihlaseni"
LIST = "/sprava/uzivatele"
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock in the test's hands."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time pass; spans are named as for timedelta."""
        self.now += timedelta(**span)


@dataclass
class HeldAccounts:
    """An AccountStore without a database."""

    kept: dict[str, Account] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    opened: dict[str, Session] = field(default_factory=dict)
    tries: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)
    lines: list[KeptEvent] = field(default_factory=list)

    def accounts(self) -> tuple[Account, ...]:
        return tuple(sorted(self.kept.values(), key=lambda one: one.login))

    def account(self, account_id: str) -> Account | None:
        return self.kept.get(account_id)

    def account_named(self, login: str) -> Account | None:
        return next((one for one in self.kept.values() if one.login == login), None)

    def password_of(self, account_id: str) -> str:
        return self.hashes.get(account_id, "")

    def add_account(self, account: Account, *, password_hash: str) -> None:
        if self.account_named(account.login):
            raise LoginTakenError(f"Účet {account.login} už tu je.", field="login")
        self.kept[account.id] = account
        self.hashes[account.id] = password_hash

    def save_account(self, account: Account) -> None:
        self.kept[account.id] = account

    def save_password(
        self, account_id: str, *, password_hash: str, set_on: date, must_change: bool
    ) -> None:
        self.hashes[account_id] = password_hash
        self.kept[account_id] = replace(
            self.kept[account_id], password_set_on=set_on, must_change=must_change
        )

    def replace_hash(self, account_id: str, *, old: str, new: str) -> None:
        if self.hashes.get(account_id) == old:
            self.hashes[account_id] = new

    def open_session(self, session: Session) -> None:
        self.opened[session.key] = session

    def session(self, key: str) -> tuple[Session, Account] | None:
        found = self.opened.get(key)
        return None if found is None else (found, self.kept[found.account])

    def see_session(self, key: str, *, at: datetime) -> None:
        self.opened[key] = replace(self.opened[key], seen_at=at)

    def end_session(self, key: str) -> None:
        self.opened.pop(key, None)

    def end_sessions(self, account_id: str, *, but: str = "") -> int:
        ended = [
            one.key for one in self.opened.values() if one.account == account_id and one.key != but
        ]
        for key in ended:
            del self.opened[key]
        return len(ended)

    def forget_sessions(self, *, seen_before: datetime) -> None:
        self.opened = {k: one for k, one in self.opened.items() if one.seen_at >= seen_before}

    def sessions_of(self, account_id: str) -> tuple[Session, ...]:
        own = [one for one in self.opened.values() if one.account == account_id]
        return tuple(sorted(own, key=lambda one: one.seen_at, reverse=True))

    def note_attempt(self, attempt: str, *, login: str, address: str, at: datetime) -> None:
        self.tries[attempt] = (login, address, at)

    def attempts(self, *, login: str, address: str, since: datetime) -> Attempts:
        self.tries = {k: one for k, one in self.tries.items() if one[2] > since}
        return Attempts(
            of_login=sum(one[0] == login for one in self.tries.values()),
            of_address=sum(one[1] == address for one in self.tries.values()),
        )

    def forget_attempt(self, attempt: str) -> None:
        self.tries.pop(attempt, None)

    def forget_attempts(self, *, login: str) -> None:
        self.tries = {k: one for k, one in self.tries.items() if one[0] != login}

    def record(self, event: KeptEvent) -> None:
        self.lines.append(event)

    def events(self, *, limit: int, login: str | None = None) -> tuple[KeptEvent, ...]:
        wanted = [one for one in self.lines if login is None or one.login == login]
        return tuple(reversed(wanted))[:limit]


def held_accounts(*, clock: Clock | None = None) -> Accounts:
    """Return the rules over an empty store in memory, with a cheap hash."""
    return Accounts(HeldAccounts(), hasher=Argon2Hasher(CHEAP), key=KEY, now=clock or Clock())


def with_account(
    accounts: Accounts, login: str, roles: Iterable[Role], *, password: str = PASSWORD
) -> Account:
    """Add an account unless it is there, and return it."""
    try:
        return accounts.add(login, roles=roles, by="test", password=password)[0]
    except LoginTakenError:
        return accounts.named(login)


def token_in(page: str) -> str:
    """Return the token against forgery of the first form that has one."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "no form of this page has a token"
    return found[1]


def signed_in(app: Flask, *roles: Role, login: str = "") -> FlaskClient:
    """Return a browser without scripts, signed in by the door as an account with these roles."""
    accounts: Accounts = app.extensions["accounts"]
    name = login or "-".join(["ucet", *sorted(roles)])
    with_account(accounts, name, roles)
    client = app.test_client()
    token = token_in(client.get("/ucet/prihlaseni").text)
    answer = client.post(
        "/ucet/prihlaseni", data={"csrf_token": token, "login": name, "password": PASSWORD}
    )
    assert answer.status_code == 303, answer.text
    return client


def post(client: FlaskClient, path: str, *, seen_at: str = "/ucet", **data: object):
    """Send a form as the page at ``seen_at`` would, with its token against forgery."""
    token = token_in(client.get(seen_at).text)
    return client.post(path, data={"csrf_token": token, **data})


def list_as_public(app: Flask) -> None:
    """Let anybody call the routes that a test has added itself; others are refused unlisted."""
    routes = app.extensions["routes"]
    for rule in app.url_map.iter_rules():
        routes.setdefault(rule.endpoint, PUBLIC)


def enter(client: FlaskClient, **typed: str) -> TestResponse:
    """Sign in by the door as a person would, as kadan-editor unless said otherwise."""
    data = {"login": "kadan-editor", "password": PASSWORD} | typed
    return client.post(DOOR, data={"csrf_token": token_in(client.get(DOOR).text)} | data)


def client_like(client: FlaskClient) -> FlaskClient:
    """Return another browser in front of the same application."""
    return client.application.test_client()


def errors_of(answer: TestResponse) -> dict[str, str]:
    """Return where the lines of a page's summary of errors lead, and what they say."""
    links = html.document_fromstring(answer.text).xpath("//div[@role='alert']//a")
    return {link.get("href"): link.text_content().replace("\xa0", " ") for link in links}
