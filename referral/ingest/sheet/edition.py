"""Our own spreadsheet as one edition to be imported, and the report of how that went."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from referral.catalog.model import Service, Source
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader
from referral.catalog.snapshot import Catalog
from referral.ingest.errors import IngestError
from referral.ingest.report import ImportReport, Rejection
from referral.ingest.sheet.book import Book, Table, read_book
from referral.ingest.sheet.finding import Places, ServiceFinder
from referral.ingest.sheet.help_rows import HelpGuide, help_rows
from referral.ingest.sheet.layout import SheetKind
from referral.ingest.sheet.own_rows import OwnGuide, own_rows
from referral.ingest.sheet.words import Words
from referral.ingest.source_file import SourceFile, digest_of, salt_of
from referral.usecases.import_rows import Incoming
from referral.usecases.import_services import Edition, Unknown
from referral.usecases.import_sheet import RowFate, SheetEdition, SheetImported

SOURCE: Final = "sheet"
_TITLE: Final = "Vlastní tabulka místní pomoci"
_PUBLISHER: Final = "správce tohoto katalogu"
_LICENCE: Final = "vlastní údaje"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """The fate of every row, by sheet too; ``skipped`` are sheets that are none of ours.

    ``read`` = rows of the file + ``gone`` (what was stored and the file no longer says).
    """

    report: ImportReport
    sheets: Mapping[str, Mapping[str, int]]
    gone: int
    unknown: tuple[Unknown, ...]
    skipped: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    dry_run: bool = False

    def document(self) -> dict[str, Any]:
        """Return the report in the shape of the contract with its own fields, ready for JSON."""
        return self.report.document() | {
            "in_file": self.report.read - self.gone,
            "gone": self.gone,
            "dry_run": self.dry_run,
            "sheets": {name: dict(fates) for name, fates in self.sheets.items()},
            "unknown": [asdict(one) for one in self.unknown],
            "skipped_sheets": list(self.skipped),
            "unknown_columns": {name: list(columns) for name, columns in self.columns.items()},
        }


def places_of(catalog: Catalog, index: PlaceIndex, *, elsewhere: frozenset[str]) -> Places:
    """Arrange the territory of a catalogue for reading cells."""
    return Places(
        territory=catalog.territory,
        index=index,
        reader=CoverageReader.of(index, catalog.territory, elsewhere=elsewhere),
    )


def sheet_edition(
    file: SourceFile, *, catalog: Catalog, places: Places, today: date
) -> tuple[SheetEdition, Book]:
    """Read a spreadsheet; a sheet of help without any row is one that nobody uses.

    Raises:
        IngestError: the file cannot be read or none of its sheets is ours.
    """
    book = read_book(file.path)
    tables = {table.kind: table for table in book.tables}
    words = Words.of(catalog.vocabulary)
    source = file.source or SOURCE
    helped = tables.get(SheetKind.HELP)
    _check_source(source, catalog, file.path.name)
    edition, new = None, []
    if helped is not None and helped.rows:
        guide = HelpGuide(
            catalog=catalog,
            places=places,
            words=words,
            source=source,
            as_of=file.as_of,
            today=today,
            salt=salt_of(catalog),
        )
        new = _read_ahead(helped, guide)
        edition = _help_edition(file, helped, guide)
    finder = ServiceFinder.of((*catalog.services.values(), *new))
    own = OwnGuide(finder=finder, places=places, words=words, today=today)
    rows = tuple(
        row
        for table in book.tables
        if table.kind is not SheetKind.HELP
        for row in own_rows(table, own)
    )
    return SheetEdition(help=edition, rows=rows, dry_run=file.dry_run), book


def _check_source(source: str, catalog: Catalog, file: str) -> None:
    """Refuse the source of another kind of import: its services would end."""
    for service in catalog.services.values():
        if service.provenance.source == source and not service.id.startswith(f"help-{source}-"):
            message = f"Zdroj „{source}“ není tabulka místní pomoci; zvolte jiné --source."
            raise IngestError(message, file=file)


def _read_ahead(table: Table, guide: HelpGuide) -> list[Service]:
    """Return the help of the file itself, of which other sheets of it may speak."""
    told = (row.interpret().service for row in help_rows(table, guide))
    return [service for service in told if service is not None]


def _help_edition(file: SourceFile, table: Table, guide: HelpGuide) -> Edition:
    def read(as_of: date) -> Iterator[Incoming]:
        return help_rows(
            table,
            HelpGuide(
                catalog=guide.catalog,
                places=guide.places,
                words=guide.words,
                source=guide.source,
                as_of=as_of,
                today=guide.today,
                salt=guide.salt,
            ),
        )

    return Edition(
        source=Source(
            id=guide.source,
            title=_TITLE if guide.source == SOURCE else f"{_TITLE} ({guide.source})",
            publisher=_PUBLISHER,
            as_of=file.as_of,
            licence=_LICENCE,
        ),
        digest=_digest(file),
        read=read,
        accept_large_change=file.accept_large_change,
    )


def _digest(file: SourceFile) -> str:
    if file.path.is_file():
        return digest_of(file.path)
    whole = sha256()
    for one in sorted(file.path.glob("*.csv")):
        whole.update(digest_of(one).encode())
    return whole.hexdigest()


def sheet_report(done: SheetImported, book: Book, *, dry_run: bool = False) -> SheetReport:
    """Return the report of a finished import."""
    sheets: dict[str, dict[str, int]] = {table.kind.value: _none() for table in book.tables}
    for name, fates in done.fates.items():
        for fate, count in fates.items():
            sheets[name][fate.value] += count
    rejections, unknown, gone = list(done.rejections), list(done.unknown), done.gone
    if done.help is not None:
        told = done.help
        sheets[SheetKind.HELP.value] = {
            "added": told.added,
            "changed": told.changed,
            "unchanged": told.unchanged,
            "ended": told.ended,
            "rejected": told.rejected,
        }
        gone += told.gone
        rejections = [*told.rejections, *rejections]
        unknown = [*told.unknown, *unknown]
    total: Counter[str] = Counter()
    for counts in sheets.values():
        total.update(counts)
    return SheetReport(
        report=ImportReport(
            kind="sheet",
            read=total.total(),
            added=total["added"],
            changed=total["changed"],
            unchanged=total["unchanged"],
            ended=total["ended"],
            rejected=total["rejected"],
            rejections=tuple(
                Rejection(row=one.row, field=one.field, value=one.value, message=one.message)
                for one in rejections
            ),
        ),
        sheets=sheets,
        gone=gone,
        unknown=tuple(unknown),
        skipped=book.skipped,
        columns={table.kind.value: table.unknown for table in book.tables if table.unknown},
        dry_run=dry_run,
    )


def _none() -> dict[str, int]:
    return {fate.value: 0 for fate in RowFate}
