"""Settings, read once from the environment and passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

PREFIX = "REFERRAL_"
DEFAULT_DATABASE_URL = "sqlite:///var/referral.sqlite3"
_NO: Final = frozenset({"0", "ne", "no", "false", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HashingCost:
    """What hashing one password costs (Argon2id, the second recommendation of RFC 9106, 4)."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an administrator may set; every name has the prefix REFERRAL_ in the environment.

    ``database_url`` is an SQLAlchemy URL (SQLite or PostgreSQL through psycopg 3); ``secret_key``
    signs what the web application hands out, empty means the key kept beside an SQLite file;
    ``public_url`` is the address people reach the site on (without a slash at its end), printed as
    a QR code, empty when it is not said; ``https`` says that a server with HTTPS stands before the
    application, as an address that begins so does. What hashing costs only tests change.
    """

    database_url: str = DEFAULT_DATABASE_URL
    secret_key: str = field(default="", repr=False)
    public_url: str = ""
    https: bool = False
    hashing: HashingCost = HashingCost()

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings from the environment (or from the mapping given)."""
        env = os.environ if environ is None else environ
        public_url = _public(env.get(f"{PREFIX}PUBLIC_URL", ""))
        return cls(
            database_url=_psycopg3(env.get(f"{PREFIX}DATABASE_URL", "") or DEFAULT_DATABASE_URL),
            secret_key=env.get(f"{PREFIX}SECRET_KEY", ""),
            public_url=public_url,
            https=_said(env.get(f"{PREFIX}HTTPS", ""), default=public_url.startswith("https://")),
        )


def _public(url: str) -> str:
    """Return an address of the web without its last slash; anything else is no address."""
    bare = url.strip().rstrip("/")
    return bare if bare.startswith(("https://", "http://")) else ""


def _said(word: str, *, default: bool) -> bool:
    """Return what a word of yes or no says; an empty one says nothing."""
    bare = word.strip().casefold()
    return bare not in _NO if bare else default


def _psycopg3(url: str) -> str:
    """Name the driver where a plain ``postgres://`` or ``postgresql://`` URL does not."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url
