"""Accounts, sessions and events as rows, and back; stored moments are in UTC and do not say so."""

from collections.abc import Iterable
from datetime import UTC, datetime

from referral.accounts.model import Account, KeptEvent, Role, Session
from referral.storage.rows import AccountEventRow, AccountRoleRow, AccountRow, AccountSessionRow


def stored_moment(moment: datetime) -> datetime:
    """Return an aware moment as it is stored."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def moment_from(stored: datetime) -> datetime:
    """Return a stored moment as an aware one."""
    return stored.replace(tzinfo=UTC)


def account_row(account: Account, *, password_hash: str) -> AccountRow:
    """Return the row of an account."""
    return AccountRow(
        id=account.id,
        login=account.login,
        password_hash=password_hash,
        active=account.active,
        must_change=account.must_change,
        created_on=account.created_on,
        password_set_on=account.password_set_on,
    )


def role_rows(account: Account) -> list[AccountRoleRow]:
    """Return the rows of an account's roles."""
    return [AccountRoleRow(account_id=account.id, role=role) for role in sorted(account.roles)]


def account_from(row: AccountRow, roles: Iterable[Role]) -> Account:
    """Return the account of a row; the hash of its password stays behind."""
    return Account(
        id=row.id,
        login=row.login,
        roles=frozenset(roles),
        active=row.active,
        must_change=row.must_change,
        created_on=row.created_on,
        password_set_on=row.password_set_on,
    )


def session_row(session: Session) -> AccountSessionRow:
    """Return the row of a session."""
    return AccountSessionRow(
        key=session.key,
        account_id=session.account,
        began_at=stored_moment(session.began_at),
        seen_at=stored_moment(session.seen_at),
    )


def session_from(row: AccountSessionRow) -> Session:
    """Return the session of a row."""
    return Session(
        key=row.key,
        account=row.account_id,
        began_at=moment_from(row.began_at),
        seen_at=moment_from(row.seen_at),
    )


def event_row(event: KeptEvent) -> AccountEventRow:
    """Return the row of a line of the record; the database numbers it."""
    return AccountEventRow(
        at=stored_moment(event.at),
        event=event.event,
        login=event.login,
        by=event.by,
        detail=event.detail,
    )


def event_from(row: AccountEventRow) -> KeptEvent:
    """Return the line of the record of a row."""
    return KeptEvent(
        at=moment_from(row.at),
        event=row.event,
        login=row.login,
        by=row.by,
        detail=row.detail,
    )
