"""One file of the register as an edition to be imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Final

from referral import __version__
from referral.catalog.model import AgeRange, Source
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader, read_acceptance, read_ages
from referral.catalog.snapshot import Catalog
from referral.ingest.embedded_territory import read_elsewhere
from referral.ingest.errors import IngestError
from referral.ingest.remarks_file import read_acceptance_patterns
from referral.ingest.rpss.codes import RegisterCodes
from referral.ingest.rpss.mapping import Guide
from referral.ingest.rpss.reader import read_register
from referral.ingest.rpss.stream import Heard
from referral.usecases.import_rows import Incoming
from referral.usecases.import_services import Edition

SOURCE: Final = "rpss"
_TITLE: Final = "Registr poskytovatelů sociálních služeb"
_PUBLISHER: Final = "Ministerstvo práce a sociálních věcí"
_LICENCE: Final = "otevřená data bez licenčních podmínek"
_URL: Final = "https://data.mpsv.cz/"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFile:
    """A file of the register, and how it is to be imported.

    ``as_of`` is the day of its state: the file itself does not tell it.
    """

    path: Path
    as_of: date
    accept_large_change: bool = False
    dry_run: bool = False
    heard: Heard | None = None


def rpss_edition(file: RegisterFile, *, data: Path, catalog: Catalog) -> Edition:
    """Return the edition; its rows are read when they are asked for.

    Raises:
        IngestError: the file cannot be read, or a data file of the program is wrong.
    """
    codes = RegisterCodes.read(data).with_groups(file.path, catalog.vocabulary)
    elsewhere = read_elsewhere(data)
    territory = catalog.territory
    reader = CoverageReader.of(PlaceIndex.of(territory), territory, elsewhere=elsewhere)
    patterns = read_acceptance_patterns(data / "remarks", barriers=catalog.vocabulary.barriers)
    salt = _salt(catalog, codes)

    def read(as_of: date) -> Iterator[Incoming]:
        guide = Guide(
            codes=codes,
            vocabulary=catalog.vocabulary,
            resolver=reader.resolver,
            source=SOURCE,
            as_of=as_of,
            read_coverage=lambda text, near: reader.read(text, near=near).coverage,
            read_ages=_ages,
            read_acceptance=lambda text: read_acceptance(text, patterns=patterns).rules,
        )
        return read_register(file.path, guide=guide, salt=salt, heard=file.heard)

    return Edition(
        source=Source(
            id=SOURCE,
            title=_TITLE,
            publisher=_PUBLISHER,
            as_of=file.as_of,
            licence=_LICENCE,
            url=_URL,
        ),
        digest=_digest(file.path),
        read=read,
        accept_large_change=file.accept_large_change,
        dry_run=file.dry_run,
    )


def _ages(text: str) -> AgeRange | None:
    told = read_ages(text)
    return None if told is None else told.ages


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        message = f"Soubor nejde přečíst ({error.strerror}); zkontrolujte cestu a práva."
        raise IngestError(message, file=path.name) from error


def _salt(catalog: Catalog, codes: RegisterCodes) -> str:
    """Name what the meaning of a row depends on beside it: the program, places, words, codes."""
    digest = blake2b(__version__.encode(), digest_size=16)
    territory, vocabulary = catalog.territory, catalog.vocabulary
    for place in territory.municipalities.values():
        digest.update(
            f"{place.code}|{place.name}|{place.orp}|{place.region}|{place.point}".encode()
        )
    for part in territory.parts:
        digest.update(f"{part.code}|{part.name}|{part.municipality}".encode())
    for words in (vocabulary.types, vocabulary.groups, vocabulary.barriers):
        digest.update("|".join(sorted(words)).encode())
    for key, ours in sorted(codes.ours.items()):
        digest.update(f"{key}|{ours}".encode())
    return digest.hexdigest()
