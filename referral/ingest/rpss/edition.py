"""One file of the register as an edition to be imported."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from referral.catalog.model import AgeRange, Source
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader, read_acceptance, read_ages
from referral.catalog.snapshot import Catalog
from referral.ingest.embedded_territory import read_elsewhere
from referral.ingest.remarks_file import read_acceptance_patterns
from referral.ingest.rpss.codes import RegisterCodes
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.reader import read_register
from referral.ingest.source_file import SourceFile, digest_of, salt_of
from referral.usecases.import_rows import Incoming
from referral.usecases.import_services import Edition

SOURCE: Final = "rpss"
_TITLE: Final = "Registr poskytovatelů sociálních služeb"
_PUBLISHER: Final = "Ministerstvo práce a sociálních věcí"
_LICENCE: Final = "otevřená data bez licenčních podmínek"
_URL: Final = "https://data.mpsv.cz/"


def rpss_edition(file: SourceFile, *, data: Path, catalog: Catalog) -> Edition:
    """Return the edition; its rows are read when they are asked for.

    Raises:
        IngestError: the file cannot be read, or a data file of the program is wrong.
    """
    source = file.source or SOURCE
    codes = RegisterCodes.read(data).with_stored(file.code_lists, catalog.vocabulary)
    codes = codes.with_lists_beside(file.path, catalog.vocabulary)
    elsewhere = read_elsewhere(data)
    territory = catalog.territory
    reader = CoverageReader.of(PlaceIndex.of(territory), territory, elsewhere=elsewhere)
    patterns = read_acceptance_patterns(data / "remarks", barriers=catalog.vocabulary.barriers)
    salt = salt_of(catalog, codes.meaning())

    def read(as_of: date) -> Iterator[Incoming]:
        guide = Guide(
            codes=codes,
            vocabulary=catalog.vocabulary,
            resolver=reader.resolver,
            source=source,
            as_of=as_of,
            read_coverage=lambda text, near: reader.read(text, near=near).coverage,
            read_ages=_ages,
            read_acceptance=lambda text: read_acceptance(text, patterns=patterns).rules,
        )
        return read_register(file.path, guide=guide, salt=salt, heard=file.heard)

    return Edition(
        source=Source(
            id=source,
            title=_TITLE,
            publisher=_PUBLISHER,
            as_of=file.as_of,
            licence=_LICENCE,
            url=_URL,
        ),
        digest=digest_of(file.path),
        read=read,
        accept_large_change=file.accept_large_change,
        dry_run=file.dry_run,
    )


def _ages(text: str) -> AgeRange | None:
    told = read_ages(text)
    return None if told is None else told.ages
