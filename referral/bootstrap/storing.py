"""The database behind the program, and what is kept in it."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeAlias

from referral.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from referral.catalog.districts import Boundary
    from referral.catalog.places import PlaceIndex
    from referral.catalog.snapshot import Catalog
    from referral.network.gaps import GapReport
    from referral.storage.evidence import SqlEvidenceStore
    from referral.storage.importing import SqlImportStore
    from referral.usecases.accounts import Accounts


State: TypeAlias = "tuple[int, Catalog, PlaceIndex]"
"""A revision of the catalogue, what it held, and the index of its place names."""


class Storing:
    """Opens the database when something of it is asked for."""

    def __init__(self, settings: Settings, *, data: Path, today: Callable[[], date]) -> None:
        self.settings = settings
        self.today = today
        self._data = data
        self._lock = RLock()
        self._snapshot: State | None = None
        self._held: ContextVar[list[State] | None] = ContextVar("held", default=None)
        self._borders: tuple[int, tuple[Boundary, ...]] | None = None
        self._reports: dict[tuple[object, ...], GapReport] = {}

    @cached_property
    def _engine(self) -> "Engine":
        # Words alone are read without all this; see vocabulary().
        from referral.storage.engine import create_store_engine  # noqa: PLC0415 - see above

        return create_store_engine(self.settings.database_url)

    @cached_property
    def store(self) -> "SqlImportStore":
        """The catalogue's storage."""
        from referral.storage.importing import SqlImportStore  # noqa: PLC0415 - as in _engine()

        return SqlImportStore(self._engine)

    @property
    def history(self) -> "SqlImportStore":
        """What imports have changed, and our own values."""
        return self.store

    @property
    def edits(self) -> "SqlImportStore":
        """Edits of our own values, links to records, and how often cards are opened."""
        return self.store

    @property
    def outcomes(self) -> "SqlImportStore":
        """How services have answered clients, in counts alone."""
        return self.store

    @cached_property
    def evidence_store(self) -> "SqlEvidenceStore":
        """Counts of unmet searches and published indexes."""
        from referral.storage.evidence import SqlEvidenceStore  # noqa: PLC0415 - rarely asked for

        return SqlEvidenceStore(self._engine)

    @cached_property
    def signing_key(self) -> str:
        """What signs tokens and cookies; empty where there is none, and nobody can sign in.

        Raises:
            StorageError: the key is too short, or its file cannot be read or written.
        """
        from referral.storage.signing_key import signing_key  # noqa: PLC0415 - commands sign nothing

        return signing_key(self.settings)

    @cached_property
    def accounts(self) -> "Accounts":
        """Who may sign in, and signing in.

        Raises:
            StorageError: as ``signing_key``.
        """
        # Argon2 is loaded for those who sign in.
        from referral.accounts.hashing import Argon2Hasher  # noqa: PLC0415 - see above
        from referral.storage.accounts import SqlAccountStore  # noqa: PLC0415 - see above
        from referral.usecases.accounts import Accounts  # noqa: PLC0415 - see above

        return Accounts(
            SqlAccountStore(self._engine),
            hasher=Argon2Hasher(self.settings.hashing),
            key=self.signing_key,
        )

    def migrate(self) -> None:
        """Create the database or bring it to this program's state.

        Raises:
            StorageError: it does not answer, or a newer program made it.
        """
        from referral.storage.schema import migrate  # noqa: PLC0415 - as in _engine()
        from referral.storage.signing_key import signing_key  # noqa: PLC0415 - as in _engine()

        migrate(self._engine)
        signing_key(self.settings)  # kept beside the new file, before several processes ask for it

    def ping(self) -> None:
        """Return when the database answers.

        Raises:
            StorageError: it does not.
        """
        from referral.storage.schema import ping  # noqa: PLC0415 - as in _engine()

        ping(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        if "_engine" in self.__dict__:
            self._engine.dispose()
