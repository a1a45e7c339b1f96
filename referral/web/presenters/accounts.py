"""Accounts, their sessions and their record as views for pages and commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from referral.accounts.model import Account, AccountEvent, KeptEvent, Role, Session
from referral.web.czech import day
from referral.web.translation import _

ROLE_NAMES: Final[Mapping[Role, str]] = {
    Role.ADMIN: _("správa účtů"),
    Role.EDITOR: _("úpravy katalogu"),
    Role.PLANNER: _("plánování sítě"),
    Role.WORKER: _("sociální práce"),
}
ROLE_HINTS: Final[Mapping[Role, str]] = {
    Role.ADMIN: _("zakládá a zavírá účty, dává role a hesla"),
    Role.EDITOR: _("opravuje působnost, podmínky přijetí a volná místa"),
    Role.PLANNER: _("plánuje minimální síť služeb"),
    Role.WORKER: _("hledá pomoc klientům a zapisuje, jak služby odpověděly"),
}
_EVENTS: Final[Mapping[AccountEvent, str]] = {
    AccountEvent.ADDED: _("účet založen"),
    AccountEvent.SIGNED_IN: _("přihlášení"),
    AccountEvent.SIGN_IN_FAILED: _("chybné heslo nebo jméno"),
    AccountEvent.LOCKED_OUT: _("přihlašování pozastaveno pro mnoho pokusů"),
    AccountEvent.SIGNED_OUT: _("odhlášení"),
    AccountEvent.PASSWORD_CHANGED: _("heslo změněno"),
    AccountEvent.PASSWORD_RESET: _("nové heslo od správce"),
    AccountEvent.ROLES_CHANGED: _("role změněny"),
    AccountEvent.DEACTIVATED: _("účet zavřen"),
    AccountEvent.ACTIVATED: _("účet znovu otevřen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    """One box of the choice of roles."""

    value: str
    name: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account in the list of accounts."""

    id: str
    login: str
    roles: str
    state: str
    active: bool
    own: bool
    created: str
    choices: tuple[RoleChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A sign-in that lasts."""

    began: str
    seen: str
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """A line of the record; ``by`` is empty when it says nothing new."""

    at: str
    what: str
    login: str
    by: str


def moment(at: datetime) -> str:
    """Return a day and a time of the server's place: ``21. 11. 2026 9:05``."""
    here = at.astimezone()
    return f"{day(here.date())} {here.hour}:{here.minute:02}"


def role_names(account: Account) -> str:
    """Return the names of an account's roles, as roles are ordered."""
    return ", ".join(ROLE_NAMES[role] for role in Role if role in account.roles)


def role_choices(chosen: frozenset[Role]) -> tuple[RoleChoice, ...]:
    """Return the boxes of roles with those ticked that are chosen."""
    return tuple(
        RoleChoice(
            value=role.value, name=ROLE_NAMES[role], hint=ROLE_HINTS[role], chosen=role in chosen
        )
        for role in Role
    )


def account_view(account: Account, *, reader: Account) -> AccountView:
    """Return an account as an admin sees it."""
    waiting = _("Čeká, až si majitel změní heslo") if account.must_change else _("Otevřený")
    return AccountView(
        id=account.id,
        login=account.login,
        roles=role_names(account),
        state=waiting if account.active else _("Zavřený"),
        active=account.active,
        own=account.id == reader.id,
        created=day(account.created_on),
        choices=role_choices(account.roles),
    )


def session_view(session: Session, *, present: bool) -> SessionView:
    """Return a sign-in as its owner sees it."""
    return SessionView(
        began=moment(session.began_at), seen=moment(session.seen_at), present=present
    )


def event_view(event: KeptEvent) -> EventView:
    """Return a line of the record."""
    what = _EVENTS[event.event]
    if event.detail:
        what = f"{what}: {_roles_of(event.detail)}"
    return EventView(
        at=moment(event.at),
        what=what,
        login=event.login or _("neznámé jméno"),
        by="" if event.by == event.login else event.by,
    )


def _roles_of(detail: str) -> str:
    kept = frozenset(detail.split())
    return ", ".join(name for role, name in ROLE_NAMES.items() if role.value in kept)
