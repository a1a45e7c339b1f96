"""The nouns of signing in: roles, accounts, sessions, and what is written down about them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from referral.accounts.errors import AccountError

_LOGIN: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,38})[a-z0-9]")


class Role(StrEnum):
    """What an account is for; an account may have several, and none includes another."""

    ADMIN = "admin"
    """Manages accounts."""
    EDITOR = "editor"
    """Corrects the catalogue."""
    PLANNER = "planner"
    """Plans the network of services."""
    WORKER = "worker"
    """Looks for help for clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who may sign in; ``login`` is a work name, and nothing else about the person is kept.

    ``must_change`` says that the password was given by somebody else and has to be replaced first.
    """

    id: str
    login: str
    roles: frozenset[Role]
    active: bool = True
    must_change: bool = False
    created_on: date
    password_set_on: date

    def __post_init__(self) -> None:
        if login_of(self.login) != self.login:
            raise AccountError("Přihlašovací jméno není v základním tvaru.", field="login")

    def may(self, roles: Iterable[Role]) -> bool:
        """Tell whether the account is active and has any of the roles."""
        return self.active and not self.roles.isdisjoint(roles)


def login_of(typed: str) -> str:
    """Return the login that was meant: case and blanks around it do not matter.

    Raises:
        AccountError: it cannot be a login.
    """
    login = unicodedata.normalize("NFKC", typed).strip().casefold()
    if not _LOGIN.fullmatch(login):
        raise AccountError(
            "Přihlašovací jméno má 3 až 40 znaků: písmena bez háčků, číslice, tečku, pomlčku nebo "
            "podtržítko uvnitř. Zvolte jméno pracovního místa, například kadan-koordinator.",
            field="login",
        )
    return login


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in that lasts; ``key`` is a digest of the token that only the browser has."""

    key: str
    account: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """How long a sign-in lasts: since it was last used, and at the longest."""

    idle: timedelta = timedelta(hours=1)
    absolute: timedelta = timedelta(hours=12)
    noted_every: timedelta = timedelta(minutes=1)
    """How often use is written down, so that reading a page seldom writes."""

    def holds(self, session: Session, *, now: datetime) -> bool:
        """Tell whether a session still lasts."""
        return now - session.seen_at < self.idle and now - session.began_at < self.absolute


@dataclass(frozen=True, slots=True, kw_only=True)
class LockOut:
    """When signing in is refused for a while: too many failures in a sliding stretch of time.

    ``per_login`` stops guessing one password, ``per_address`` trying one password on many logins.
    """

    per_login: int = 5
    per_address: int = 50
    within: timedelta = timedelta(minutes=15)

    def refuses(self, attempts: "Attempts") -> bool:
        """Tell whether these attempts, the present one among them, are too many."""
        return attempts.of_login > self.per_login or attempts.of_address > self.per_address

    def shuts_after(self, attempts: "Attempts") -> bool:
        """Tell whether the present attempt, when it fails, is the last that is let through."""
        return attempts.of_login == self.per_login or attempts.of_address == self.per_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """How many attempts a login and an address have had of late; those that failed or are going."""

    of_login: int
    of_address: int


class AccountEvent(StrEnum):
    """What is written down about accounts."""

    ADDED = "added"
    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCKED_OUT = "locked-out"
    SIGNED_OUT = "signed-out"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET = "password-reset"  # noqa: S105 - the name of an event
    ROLES_CHANGED = "roles-changed"
    DEACTIVATED = "deactivated"
    ACTIVATED = "activated"


COMMAND_LINE: Final = "příkazová řádka"
"""Who did what was done by a command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvent:
    """One line of the record: when, what, about whose account, and who did it.

    ``login`` is empty when there is no such account: what was typed could be anything, even a
    password. ``detail`` says the new roles.
    """

    at: datetime
    event: AccountEvent
    login: str
    by: str
    detail: str = ""
