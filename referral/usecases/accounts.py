"""Signing in and looking after accounts: the rules at work over a store, a hasher and a clock."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from referral.accounts.errors import (
    AccountError,
    LastAdminError,
    LockedOutError,
    SignInError,
    UnknownAccountError,
)
from referral.accounts.model import (
    Account,
    AccountEvent,
    Attempts,
    KeptEvent,
    LockOut,
    Role,
    Session,
    SessionLimits,
    login_of,
)
from referral.accounts.passwords import LONGEST, check_password, generate_password
from referral.accounts.ports import AccountStore, Hasher

_TOKEN_BYTES = 32


def _now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """Everything that is done with accounts; whoever does it gives their name as ``by``.

    ``key`` (any length, secret) makes the digests under which attempts are counted, so that neither
    an address nor a mistyped login can be read from the database.
    """

    def __init__(
        self,
        store: AccountStore,
        *,
        hasher: Hasher,
        key: str,
        now: Callable[[], datetime] = _now,
        limits: SessionLimits = SessionLimits(),  # noqa: B008 - a frozen value
        lock_out: LockOut = LockOut(),  # noqa: B008 - a frozen value
    ) -> None:
        self.store = store
        self.limits = limits
        self.lock_out = lock_out
        self._hasher = hasher
        self._key = hashlib.sha256(b"attempts:" + key.encode()).digest()
        self._now = now

    # --- Signing in -------------------------------------------------------------------------------

    def sign_in(self, login: str, *, password: str, address: str) -> tuple[Account, str]:
        """Return the account and the token of its new session.

        The attempt is written down before the password is looked at, so that guesses sent at once
        count as well; a login nobody has costs the same work as one that exists.

        Raises:
            LockedOutError: there have been too many failures; the password was not looked at.
            SignInError: there is no such account, it is not active, or the password is another.
        """
        named = _loosely(login)
        about = self.store.account_named(named) if named else None
        counted = self._admit(named, address=address)
        stored = self.store.password_of(about.id) if about is not None else ""
        nobody = self._nobody  # made for the first who comes, whether known or not
        right = self._hasher.matches(password[: LONGEST + 1], stored or nobody)
        if about is None or not stored or not right or not about.active:
            self._note_failure(about, counted, by="")
            raise SignInError(
                "Přihlašovací jméno a heslo k sobě nepatří. Zkontrolujte obojí; zapomenuté heslo "
                "vám nastaví správce účtů.",
                field="login",
            )
        self.store.forget_attempts(login=self._digest(named))
        if self._hasher.outdated(stored):
            self.store.replace_hash(about.id, old=stored, new=self._hasher.hash(password))
        self._note(AccountEvent.SIGNED_IN, about, by=about.login)
        return about, self._open(about)

    def _admit(self, named: str, *, address: str) -> Attempts:
        attempt, now = secrets.token_hex(8), self._now()
        keys = {"login": self._digest(named), "address": self._digest(f"@{address}")}
        self.store.note_attempt(attempt, at=now, **keys)
        counted = self.store.attempts(since=now - self.lock_out.within, **keys)
        if not self.lock_out.refuses(counted):
            return counted
        # Who is refused is not counted again: the door opens when the time is over.
        self.store.forget_attempt(attempt)
        minutes = int(self.lock_out.within.total_seconds() // 60)
        raise LockedOutError(
            f"Bylo tu příliš mnoho chybných pokusů. Zkuste to znovu za {minutes} minut, nebo "
            "požádejte správce účtů o nové heslo.",
            field="login",
        )

    def _note_failure(self, about: Account | None, counted: Attempts, *, by: str) -> None:
        self._note(AccountEvent.SIGN_IN_FAILED, about, by=by)
        if self.lock_out.shuts_after(counted):
            self._note(AccountEvent.LOCKED_OUT, about, by="")

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password matches, for logins that nobody has."""
        return self._hasher.hash(secrets.token_hex(_TOKEN_BYTES))

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    # --- Sessions ---------------------------------------------------------------------------------

    def signed_in(self, token: str) -> Account | None:
        """Return whose session a token opens, None when it has ended, expired or never was."""
        found = self.store.session(_session_key(token))
        if found is None:
            return None
        session, account = found
        now = self._now()
        if not account.active or not self.limits.holds(session, now=now):
            self.store.end_session(session.key)
            return None
        if now - session.seen_at >= self.limits.noted_every:
            self.store.see_session(session.key, at=now)
        return account

    def sign_out(self, token: str) -> None:
        """End one session."""
        account = self.signed_in(token)
        self.store.end_session(_session_key(token))
        if account is not None:
            self._note(AccountEvent.SIGNED_OUT, account, by=account.login)

    def end_others(self, account: Account, *, token: str) -> int:
        """End all sessions of an account but the present one; return how many there were."""
        return self.store.end_sessions(account.id, but=_session_key(token))

    def sessions(self, account: Account, *, token: str) -> tuple[tuple[Session, bool], ...]:
        """Return the sessions that last, the last used first, and which of them is the present."""
        now, key = self._now(), _session_key(token)
        found = self.store.sessions_of(account.id)
        return tuple((one, one.key == key) for one in found if self.limits.holds(one, now=now))

    def _open(self, account: Account) -> str:
        now, token = self._now(), secrets.token_urlsafe(_TOKEN_BYTES)
        self.store.forget_sessions(seen_before=now - self.limits.idle)
        self.store.open_session(
            Session(key=_session_key(token), account=account.id, began_at=now, seen_at=now)
        )
        return token

    # --- Passwords --------------------------------------------------------------------------------

    def change_password(self, account: Account, *, current: str, new: str, address: str) -> str:
        """Replace one's own password, end every session and return the token of a new one.

        Guessing the present password here counts as guessing it at the door.

        Raises:
            LockedOutError: there have been too many failures.
            AccountError: the present password is another, or the new one is no good.
        """
        counted = self._admit(account.login, address=address)
        stored = self.store.password_of(account.id)
        if not self._hasher.matches(current[: LONGEST + 1], stored):
            self._note_failure(account, counted, by=account.login)
            raise SignInError("Dosavadní heslo není správně.", field="current")
        self.store.forget_attempts(login=self._digest(account.login))
        if current == new:
            raise AccountError("Nové heslo je stejné jako dosavadní. Zvolte jiné.", field="new")
        check_password(new, login=account.login)
        self._set_password(account, new, must_change=False)
        self._note(AccountEvent.PASSWORD_CHANGED, account, by=account.login)
        return self._open(account)

    def reset_password(self, account_id: str, *, by: str, password: str | None = None) -> str:
        """Give an account a password (a made-up one unless given), end its sessions, return it.

        A made-up password has to be replaced at the first sign-in.

        Raises:
            UnknownAccountError: there is no such account.
            AccountError: the password given is no good.
        """
        account = self.known(account_id)
        if password is not None:
            check_password(password, login=account.login)
        chosen = generate_password() if password is None else password
        self._set_password(account, chosen, must_change=password is None)
        self.store.forget_attempts(login=self._digest(account.login))
        self._note(AccountEvent.PASSWORD_RESET, account, by=by)
        return chosen

    def _set_password(self, account: Account, password: str, *, must_change: bool) -> None:
        self.store.save_password(
            account.id,
            password_hash=self._hasher.hash(password),
            set_on=self._now().date(),
            must_change=must_change,
        )
        self.store.end_sessions(account.id)

    # --- Looking after accounts -------------------------------------------------------------------

    def add(
        self, login: str, *, roles: Iterable[Role], by: str, password: str | None = None
    ) -> tuple[Account, str]:
        """Add an account and return it with its password, a made-up one unless given.

        Raises:
            LoginTakenError: another account has this login.
            AccountError: the login, the roles or the password are no good.
        """
        name, wanted = login_of(login), _some(roles)
        if password is not None:
            check_password(password, login=name)
        chosen = generate_password() if password is None else password
        today = self._now().date()
        account = Account(
            id=secrets.token_hex(8),
            login=name,
            roles=wanted,
            must_change=password is None,
            created_on=today,
            password_set_on=today,
        )
        self.store.add_account(account, password_hash=self._hasher.hash(chosen))
        self._note(AccountEvent.ADDED, account, by=by, detail=_listed(wanted))
        return account, chosen

    def set_roles(self, account_id: str, *, roles: Iterable[Role], by: str) -> Account:
        """Replace the roles of an account.

        Raises:
            UnknownAccountError: there is no such account.
            LastAdminError: nobody who may manage accounts would be left.
            AccountError: no role is left.
        """
        account, wanted = self.known(account_id), _some(roles)
        if account.roles == wanted:
            return account
        if Role.ADMIN not in wanted:
            self._require_another_admin(account)
        changed = replace(account, roles=wanted)
        self.store.save_account(changed)
        self._note(AccountEvent.ROLES_CHANGED, changed, by=by, detail=_listed(wanted))
        return changed

    def deactivate(self, account_id: str, *, by: str) -> Account:
        """Close an account and end its sessions; what it has done stays under its login.

        Raises:
            UnknownAccountError: there is no such account.
            LastAdminError: nobody who may manage accounts would be left.
        """
        account = self.known(account_id)
        if not account.active:
            return account
        self._require_another_admin(account)
        changed = replace(account, active=False)
        self.store.save_account(changed)
        self.store.end_sessions(account.id)
        self._note(AccountEvent.DEACTIVATED, changed, by=by)
        return changed

    def activate(self, account_id: str, *, by: str) -> Account:
        """Open a closed account again.

        Raises:
            UnknownAccountError: there is no such account.
        """
        account = self.known(account_id)
        if account.active:
            return account
        changed = replace(account, active=True)
        self.store.save_account(changed)
        self._note(AccountEvent.ACTIVATED, changed, by=by)
        return changed

    def known(self, account_id: str) -> Account:
        """Return an account by id.

        Raises:
            UnknownAccountError: there is no such account.
        """
        account = self.store.account(account_id)
        if account is None:
            raise UnknownAccountError("Takový účet tu není. Podívejte se do seznamu účtů.")
        return account

    def named(self, login: str) -> Account:
        """Return an account by login.

        Raises:
            UnknownAccountError: there is no such account.
        """
        account = self.store.account_named(_loosely(login))
        if account is None:
            raise UnknownAccountError(
                f"Účet „{login}“ tu není. Účty vypíše: referral user list", field="login"
            )
        return account

    def _require_another_admin(self, account: Account) -> None:
        others = (one for one in self.store.accounts() if one.id != account.id)
        if account.may({Role.ADMIN}) and not any(one.may({Role.ADMIN}) for one in others):
            raise LastAdminError(
                f"Účet {account.login} je poslední, který smí spravovat účty. Nejdřív dejte tuto "
                "roli jinému účtu."
            )

    def _note(
        self, event: AccountEvent, about: Account | None, *, by: str, detail: str = ""
    ) -> None:
        login = about.login if about is not None else ""
        self.store.record(KeptEvent(at=self._now(), event=event, login=login, by=by, detail=detail))


def _loosely(typed: str) -> str:
    """Return the login that was meant, empty when it cannot be one."""
    try:
        return login_of(typed)
    except AccountError:
        return ""


def _some(roles: Iterable[Role]) -> frozenset[Role]:
    wanted = frozenset(roles)
    if not wanted:
        raise AccountError("Vyberte alespoň jednu roli.", field="roles")
    return wanted


def _listed(roles: Iterable[Role]) -> str:
    return " ".join(sorted(roles))


def _session_key(token: str) -> str:
    """Return the digest under which a session is kept: a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()
