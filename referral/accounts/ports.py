"""What the rules of accounts need from the outside: a store, and a way of hashing passwords."""

from datetime import date, datetime
from typing import Protocol

from referral.accounts.model import Account, Attempts, KeptEvent, Session


class Hasher(Protocol):
    """Turns passwords into what may be stored, slowly."""

    def hash(self, password: str) -> str:
        """Return a salted hash with its parameters."""
        ...

    def matches(self, password: str, stored: str) -> bool:
        """Tell whether a password is the one that was hashed; an unreadable hash matches none."""
        ...

    def outdated(self, stored: str) -> bool:
        """Tell whether a hash was made with other parameters than today's."""
        ...


class AccountStore(Protocol):
    """Accounts, sessions, attempts to sign in and the record of events.

    Every moment is aware and in UTC. A hash of a password leaves it by ``password_of`` alone.
    """

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts by login."""
        ...

    def account(self, account_id: str) -> Account | None:
        """Return the account with an id."""
        ...

    def account_named(self, login: str) -> Account | None:
        """Return the account with a login."""
        ...

    def password_of(self, account_id: str) -> str:
        """Return the hash of an account's password, empty when there is no such account."""
        ...

    def add_account(self, account: Account, *, password_hash: str) -> None:
        """Add an account.

        Raises:
            LoginTakenError: another account has its login.
        """
        ...

    def save_account(self, account: Account) -> None:
        """Replace what is stored about an account, without its password."""
        ...

    def save_password(
        self, account_id: str, *, password_hash: str, set_on: date, must_change: bool
    ) -> None:
        """Replace the password of an account."""
        ...

    def replace_hash(self, account_id: str, *, old: str, new: str) -> None:
        """Replace the hash of the same password, unless another has been set meanwhile."""
        ...

    def open_session(self, session: Session) -> None:
        """Add a session."""
        ...

    def session(self, key: str) -> tuple[Session, Account] | None:
        """Return a session and whose it is."""
        ...

    def see_session(self, key: str, *, at: datetime) -> None:
        """Write down that a session was used."""
        ...

    def end_session(self, key: str) -> None:
        """Forget a session."""
        ...

    def end_sessions(self, account_id: str, *, but: str = "") -> int:
        """Forget all sessions of an account but the one with a key; return how many."""
        ...

    def forget_sessions(self, *, seen_before: datetime) -> None:
        """Forget sessions of anybody that were not used since."""
        ...

    def sessions_of(self, account_id: str) -> tuple[Session, ...]:
        """Return the sessions of an account, the last used first."""
        ...

    def note_attempt(self, attempt: str, *, login: str, address: str, at: datetime) -> None:
        """Write an attempt down, so that every process sees it from now on.

        ``login`` and ``address`` are keyed digests, ``attempt`` is any name not used before.
        """
        ...

    def attempts(self, *, login: str, address: str, since: datetime) -> Attempts:
        """Count the attempts of a login and of an address, and forget those of before."""
        ...

    def forget_attempt(self, attempt: str) -> None:
        """Forget one attempt."""
        ...

    def forget_attempts(self, *, login: str) -> None:
        """Forget all attempts of a login."""
        ...

    def record(self, event: KeptEvent) -> None:
        """Add a line to the record."""
        ...

    def events(self, *, limit: int, login: str | None = None) -> tuple[KeptEvent, ...]:
        """Return the latest lines of the record, the newest first; of one account when asked."""
        ...
