"""Tables of accounts: who may sign in, who is signed in, attempts of late, and what was done."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.accounts.model import AccountEvent, Role
from referral.storage.rows.base import Row


class AccountRow(Row):
    """An account, with the hash of its password and no word about the person."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    active: Mapped[bool]
    must_change: Mapped[bool]
    created_on: Mapped[date]
    password_set_on: Mapped[date]


class AccountRoleRow(Row):
    """A role of an account."""

    __tablename__ = "account_roles"

    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(primary_key=True)


class AccountSessionRow(Row):
    """A sign-in that lasts; the key is a digest, and moments are in UTC."""

    __tablename__ = "account_sessions"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SignInFailureRow(Row):
    """An attempt to sign in that has not succeeded; login and address are keyed digests."""

    __tablename__ = "sign_in_failures"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]


class AccountEventRow(Row):
    """A line of the record; its login stays when the account is gone."""

    __tablename__ = "account_events"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    at: Mapped[datetime]
    event: Mapped[AccountEvent]
    login: Mapped[str] = mapped_column(index=True)
    by: Mapped[str]
    detail: Mapped[str]
