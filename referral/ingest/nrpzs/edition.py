"""One file of the register as an edition to be imported."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from referral.catalog.model import Source
from referral.catalog.snapshot import Catalog
from referral.ingest.errors import IngestError
from referral.ingest.nrpzs.care import CARE, CareTable
from referral.ingest.nrpzs.mapping import Guide
from referral.ingest.nrpzs.reader import read_register, survey
from referral.ingest.nrpzs.whereabouts import Gazetteer
from referral.ingest.source_file import SourceFile, digest_of, salt_of
from referral.usecases.import_rows import Incoming, Outside
from referral.usecases.import_services import Edition

SOURCE: Final = "nrpzs"
_TITLE: Final = "Národní registr poskytovatelů zdravotních služeb"
_PUBLISHER: Final = "Ústav zdravotnických informací a statistiky ČR"
_LICENCE: Final = "CC BY 4.0"
_URL: Final = "https://nrpzs.uzis.cz/"
_NAMED: Final = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?(?!\d)")


def nrpzs_edition(file: SourceFile, *, data: Path, catalog: Catalog) -> Edition:
    """Return the edition; its rows are read when they are asked for.

    Raises:
        IngestError: the file cannot be read, or a data file of the program is wrong.
    """
    source = file.source or SOURCE
    table = CareTable.read(data, catalog.vocabulary)
    gazetteer = Gazetteer.of(catalog.territory)
    found = survey(file.path)
    salt = salt_of(catalog, [_content(data / CARE)])

    def read(as_of: date) -> Iterator[Incoming | Outside]:
        guide = Guide(
            table=table, gazetteer=gazetteer, layout=found.layout, source=source, as_of=as_of
        )
        return read_register(
            file.path,
            guide=guide,
            first_facility=found.first_facility,
            salt=salt,
            heard=file.heard,
        )

    return Edition(
        source=Source(
            id=source,
            title=_TITLE,
            publisher=_PUBLISHER,
            as_of=_state_of(file, found.modified),
            licence=_LICENCE,
            url=_URL,
        ),
        digest=digest_of(file.path),
        read=read,
        accept_large_change=file.accept_large_change,
        dry_run=file.dry_run,
    )


def _state_of(file: SourceFile, modified: date | None) -> date:
    """Return the day of the file's state: as ordered, else as its rows or its name tell.

    A month in the name means its first day. What lies behind the day on which the file was written
    is no state of it.
    """
    if file.dated:
        return file.as_of
    told = [modified, _named(file.path.name)]
    return next((day for day in told if day is not None and day <= file.as_of), file.as_of)


def _named(name: str) -> date | None:
    found = _NAMED.search(name)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"Soubor nejde přečíst ({error.strerror}); zkontrolujte cestu a práva."
        raise IngestError(message, file=path.name) from error
