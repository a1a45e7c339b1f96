"""A file of a source of services that is to be imported, and what every reader needs around it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b, file_digest
from pathlib import Path

from referral import __version__
from referral.catalog.code_lists import CodeLists
from referral.catalog.snapshot import Catalog
from referral.ingest.errors import IngestError

Heard = Callable[[int], None]
"""Is told how many bytes of the file have been read so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of a source of services, and how it is to be imported.

    ``as_of`` is the day of its state: most files do not tell it. ``dated`` when a
    person has told it, so that what the file says of itself must not stand against it. ``source``
    is the id under which the source is known; None is the usual one of its kind. Another file of
    the same source replaces this one, so two publishers of one format need two ids.
    ``code_lists`` are the published lists that have been imported before, with which a register's
    codes are read.
    """

    path: Path
    as_of: date
    source: str | None = None
    accept_large_change: bool = False
    dry_run: bool = False
    heard: Heard | None = None
    dated: bool = False
    code_lists: CodeLists = field(default_factory=lambda: CodeLists.of(()))


def digest_of(path: Path) -> str:
    """Name the content of a file.

    Raises:
        IngestError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        message = f"Soubor nejde přečíst ({error.strerror}); zkontrolujte cestu a práva."
        raise IngestError(message, file=path.name) from error


def salt_of(catalog: Catalog, more: Iterable[str] = ()) -> str:
    """Name what the meaning of a row depends on beside it: the program, places, words, and more."""
    digest = blake2b(__version__.encode(), digest_size=16)
    territory, vocabulary = catalog.territory, catalog.vocabulary
    for place in territory.municipalities.values():
        digest.update(
            f"{place.code}|{place.name}|{place.orp}|{place.region}|{place.point}".encode()
        )
    for part in territory.parts:
        digest.update(f"{part.code}|{part.name}|{part.municipality}".encode())
    for words in (vocabulary.types, vocabulary.groups, vocabulary.needs, vocabulary.barriers):
        digest.update("|".join(sorted(words)).encode())
    for one in more:
        digest.update(f"\n{one}".encode())
    return digest.hexdigest()
