"""The key that signs what the web application hands out: set, or kept in a file of its own."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from referral.settings import Settings
from referral.storage.errors import StorageError

SHORTEST: Final = 32
"""Characters; a shorter key could be tried out."""

_ENDING: Final = ".key"


class KeyFileError(StorageError):
    """The key cannot be read or kept, or is too short."""


def signing_key(settings: Settings) -> str:
    """Return the key of the settings, or the one kept beside the SQLite file, made when missing.

    Empty when there is neither: a database on a server has no place for a secret of ours, and an
    SQLite file that does not exist yet gets its key with its tables. All processes of one machine
    read the same file, which only its owner may read.

    Raises:
        KeyFileError: the key is too short, or its file cannot be read or written.
    """
    if settings.secret_key:
        if len(settings.secret_key) < SHORTEST:
            raise KeyFileError(
                f"REFERRAL_SECRET_KEY je krátký: má mít alespoň {SHORTEST} znaků. Vytvoří ho "
                "třeba příkaz: openssl rand -hex 32"
            )
        return settings.secret_key
    file = _file_beside(settings.database_url)
    if file is None:
        return ""
    try:
        return _kept(file)
    except OSError as error:
        raise KeyFileError(
            f"Soubor {file} s klíčem nejde přečíst nebo založit. Zkontrolujte, zda do jeho složky "
            "smíte zapisovat, nebo nastavte REFERRAL_SECRET_KEY."
        ) from error


def _file_beside(url: str) -> Path | None:
    """Return where the key of an existing SQLite file is kept."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        return None
    name = address.database
    if address.get_backend_name() != "sqlite" or not name or name.startswith((":", "file:")):
        return None
    database = Path(name)
    return database.with_name(database.name + _ENDING) if database.is_file() else None


def _kept(file: Path) -> str:
    if not file.exists():
        _make(file)
    key = file.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST:
        raise KeyFileError(
            f"V souboru {file} není klíč. Smažte ho a program založí nový; kdo je přihlášený, "
            "přihlásí se znovu."
        )
    return key


def _make(file: Path) -> None:
    """Put a new key in place whole, unless another process has been quicker."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as writer:
            writer.write(secrets.token_hex(SHORTEST) + "\n")
        with suppress(FileExistsError):
            os.link(unfinished, file)
    finally:
        unfinished.unlink()
