"""Accounts in a relational database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import cast

from sqlalchemy import Connection, Engine, Table, delete, func, insert, or_, select, update

from referral.accounts.errors import LoginTakenError
from referral.accounts.model import Account, Attempts, KeptEvent, Role, Session
from referral.storage.engine import reading, writing
from referral.storage.errors import BusyError, RefusedError
from referral.storage.mapping.accounts import (
    account_from,
    account_row,
    event_from,
    event_row,
    role_rows,
    session_from,
    session_row,
    stored_moment,
)
from referral.storage.putting import insert_rows
from referral.storage.rows import (
    AccountEventRow,
    AccountRoleRow,
    AccountRow,
    AccountSessionRow,
    SignInFailureRow,
)
from referral.storage.schema import require_current


class SqlAccountStore:
    """Implements ``referral.accounts.ports.AccountStore`` over SQLite or PostgreSQL.

    Every method raises StorageError when the database does not answer or is not this program's.
    Nothing here moves the catalogue's revision.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen_current = False

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts by login."""
        with self._reading() as connection:
            return _accounts(connection)

    def account(self, account_id: str) -> Account | None:
        """Return the account with an id."""
        with self._reading() as connection:
            return next(iter(_accounts(connection, id=account_id)), None)

    def account_named(self, login: str) -> Account | None:
        """Return the account with a login."""
        with self._reading() as connection:
            return next(iter(_accounts(connection, login=login)), None)

    def password_of(self, account_id: str) -> str:
        """Return the hash of an account's password, empty when there is no such account."""
        wanted = select(AccountRow.password_hash).where(AccountRow.id == account_id)
        with self._reading() as connection:
            return connection.scalar(wanted) or ""

    def add_account(self, account: Account, *, password_hash: str) -> None:
        """Add an account.

        Raises:
            LoginTakenError: another account has its login.
        """
        try:
            with self._writing() as connection:
                insert_rows(connection, [account_row(account, password_hash=password_hash)])
                insert_rows(connection, role_rows(account))
        except RefusedError as error:
            raise LoginTakenError(
                f"Účet {account.login} už tu je. Zvolte jiné přihlašovací jméno.", field="login"
            ) from error

    def save_account(self, account: Account) -> None:
        """Replace what is stored about an account, without its password."""
        with self._writing() as connection:
            connection.execute(
                update(AccountRow)
                .where(AccountRow.id == account.id)
                .values(
                    login=account.login,
                    active=account.active,
                    must_change=account.must_change,
                    password_set_on=account.password_set_on,
                )
            )
            held = AccountRoleRow
            connection.execute(delete(held).where(held.account_id == account.id))
            insert_rows(connection, role_rows(account))

    def save_password(
        self, account_id: str, *, password_hash: str, set_on: date, must_change: bool
    ) -> None:
        """Replace the password of an account."""
        with self._writing() as connection:
            connection.execute(
                update(AccountRow)
                .where(AccountRow.id == account_id)
                .values(
                    password_hash=password_hash, password_set_on=set_on, must_change=must_change
                )
            )

    def replace_hash(self, account_id: str, *, old: str, new: str) -> None:
        """Replace the hash of the same password, unless another has been set meanwhile."""
        same = (AccountRow.id == account_id, AccountRow.password_hash == old)
        with self._writing() as connection:
            connection.execute(update(AccountRow).where(*same).values(password_hash=new))

    def open_session(self, session: Session) -> None:
        """Add a session."""
        with self._writing() as connection:
            insert_rows(connection, [session_row(session)])

    def session(self, key: str) -> tuple[Session, Account] | None:
        """Return a session and whose it is."""
        table = AccountSessionRow.__table__
        with self._reading() as connection:
            row = connection.execute(select(table).where(table.c.key == key)).first()
            if row is None:
                return None
            session = session_from(cast("AccountSessionRow", row))
            return session, _accounts(connection, id=session.account)[0]

    def see_session(self, key: str, *, at: datetime) -> None:
        """Write down that a session was used; skipped while somebody else is writing for long."""
        table = AccountSessionRow
        try:
            with self._writing() as connection:
                seen = update(table).where(table.key == key)
                connection.execute(seen.values(seen_at=stored_moment(at)))
        except BusyError:
            return

    def end_session(self, key: str) -> None:
        """Forget a session."""
        with self._writing() as connection:
            connection.execute(delete(AccountSessionRow).where(AccountSessionRow.key == key))

    def end_sessions(self, account_id: str, *, but: str = "") -> int:
        """Forget all sessions of an account but the one with a key; return how many."""
        table = AccountSessionRow
        wanted = delete(table).where(table.account_id == account_id, table.key != but)
        with self._writing() as connection:
            return connection.execute(wanted).rowcount

    def forget_sessions(self, *, seen_before: datetime) -> None:
        """Forget sessions of anybody that were not used since."""
        table = AccountSessionRow
        with self._writing() as connection:
            connection.execute(delete(table).where(table.seen_at < stored_moment(seen_before)))

    def sessions_of(self, account_id: str) -> tuple[Session, ...]:
        """Return the sessions of an account, the last used first."""
        table = AccountSessionRow.__table__
        wanted = (
            select(table)
            .where(table.c.account_id == account_id)
            .order_by(table.c.seen_at.desc(), table.c.key)
        )
        with self._reading() as connection:
            rows = cast("Iterable[AccountSessionRow]", connection.execute(wanted))
            return tuple(map(session_from, rows))

    def note_attempt(self, attempt: str, *, login: str, address: str, at: datetime) -> None:
        """Write an attempt down, so that every process sees it from now on."""
        row = SignInFailureRow(id=attempt, login=login, address=address, at=stored_moment(at))
        with self._writing() as connection:
            insert_rows(connection, [row])

    def attempts(self, *, login: str, address: str, since: datetime) -> Attempts:
        """Count the attempts of a login and of an address, and forget those of before."""
        table, past = SignInFailureRow, stored_moment(since)
        counted = select(
            func.count().filter(table.login == login), func.count().filter(table.address == address)
        ).where(or_(table.login == login, table.address == address))
        with self._writing() as connection:
            connection.execute(delete(table).where(table.at <= past))
            of_login, of_address = connection.execute(counted).one()
        return Attempts(of_login=of_login, of_address=of_address)

    def forget_attempt(self, attempt: str) -> None:
        """Forget one attempt."""
        with self._writing() as connection:
            connection.execute(delete(SignInFailureRow).where(SignInFailureRow.id == attempt))

    def forget_attempts(self, *, login: str) -> None:
        """Forget all attempts of a login."""
        with self._writing() as connection:
            connection.execute(delete(SignInFailureRow).where(SignInFailureRow.login == login))

    def record(self, event: KeptEvent) -> None:
        """Add a line to the record."""
        row, table = event_row(event), cast("Table", AccountEventRow.__table__)
        names = [column.name for column in table.columns if column.name != "number"]
        with self._writing() as connection:
            connection.execute(insert(table), {name: getattr(row, name) for name in names})

    def events(self, *, limit: int, login: str | None = None) -> tuple[KeptEvent, ...]:
        """Return the latest lines of the record, the newest first; of one account when asked."""
        table = AccountEventRow.__table__
        wanted = select(table).order_by(table.c.number.desc()).limit(limit)
        if login is not None:
            wanted = wanted.where(table.c.login == login)
        with self._reading() as connection:
            rows = cast("Iterable[AccountEventRow]", connection.execute(wanted))
            return tuple(map(event_from, rows))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with reading(self._engine) as connection:
            self._require_tables(connection)
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if not self._seen_current:
            with self._reading():
                pass
        with writing(self._engine) as connection:
            yield connection

    def _require_tables(self, connection: Connection) -> None:
        """Look at the tables once: a page of somebody signed in asks several times."""
        if not self._seen_current:
            require_current(connection)
            self._seen_current = True


def _accounts(connection: Connection, **wanted: str) -> tuple[Account, ...]:
    """Return the accounts whose columns have these values, by login."""
    table, held = AccountRow.__table__, AccountRoleRow.__table__
    chosen = select(table).filter_by(**wanted).order_by(table.c.login)
    rows = cast("list[AccountRow]", connection.execute(chosen).all())
    roles: dict[str, set[Role]] = {}
    of_them = select(held).where(held.c.account_id.in_([row.id for row in rows]))
    for account_id, role in connection.execute(of_them):
        roles.setdefault(account_id, set()).add(role)
    return tuple(account_from(row, roles.get(row.id, ())) for row in rows)
