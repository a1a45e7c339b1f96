"""The file of our own spreadsheet, whatever its format: which sheets it has and what is in them."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from referral.ingest.delimited import delimited_rows
from referral.ingest.errors import IngestError
from referral.ingest.ods_rows import ods_sheets
from referral.ingest.sheet.layout import COLUMNS, EXAMPLE, SheetKind, keys_of, missing_from
from referral.ingest.xlsx_rows import BookSheet, xlsx_sheets
from referral.text import fold

MOST_ROWS: Final = 20_000
"""How many rows one sheet may have; the services of a whole country are a third of it."""

MOST_BYTES: Final = 64 * 1024 * 1024
_HEADER_WITHIN: Final = 10
_FEWEST_HEADINGS: Final = 2
_ZIP: Final = b"PK\x03\x04"
_OUR_OTHER: Final = frozenset({"jak na to", "seznamy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row that somebody filled in: its cells that are not empty by the keys of columns.

    ``fits`` is False for a line of a CSV with fewer or more cells than its header.
    """

    number: int
    cells: Mapping[str, str]
    from_1904: bool = False
    fits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet that was recognised, with the headings that nobody knows."""

    kind: SheetKind
    keys: frozenset[str]
    rows: tuple[TableRow, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All recognised sheets, and the titles of those passed over."""

    tables: tuple[Table, ...]
    skipped: tuple[str, ...]


def read_book(path: Path) -> Book:
    """Read a workbook (XLSX, ODS), one sheet saved as CSV, or a folder of such CSV files.

    Raises:
        IngestError: the file cannot be read or is too big, no sheet is ours, one stands twice, or a
            column is missing without which its rows mean nothing.
    """
    tables: dict[SheetKind, Table] = {}
    skipped: list[str] = []
    for file in _files(path):
        with closing(sheets_of(file)) as sheets:
            for sheet in sheets:
                with closing(sheet.rows):
                    table = _table(sheet, file.name)
                if table is None:
                    if fold(sheet.title) not in _OUR_OTHER:
                        skipped.append(sheet.title)
                elif table.kind in tables:
                    message = f"List „{table.kind}“ je tu dvakrát; ponechte jen jeden."
                    raise IngestError(message, file=file.name)
                else:
                    tables[table.kind] = table
    if not tables:
        names = ", ".join(f"„{kind}“" for kind in SheetKind)
        raise IngestError(
            f"V souboru není žádný náš list ({names}); začněte příkazem referral sheet template.",
            file=path.name,
        )
    return Book(tables=tuple(tables.values()), skipped=tuple(skipped))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.casefold() == ".csv")
        if not found:
            message = "Ve složce není žádný soubor CSV; zadejte sešit, nebo složku s listy v CSV."
            raise IngestError(message, file=str(path))
        return found
    if not path.is_file():
        raise IngestError("Soubor tam není; zkontrolujte cestu.", file=str(path))
    return [path]


def sheets_of(path: Path) -> Generator[BookSheet, None, None]:
    """Yield the sheets of a workbook (XLSX, ODS), or the one table of a file of text.

    Raises:
        IngestError: the file cannot be read, is too big or of a format that is not read here.
    """
    try:
        too_big = path.stat().st_size > MOST_BYTES
        with path.open("rb") as file:
            zipped = file.read(4) == _ZIP
    except OSError as error:
        message = f"Soubor nejde přečíst ({error.strerror}); zkontrolujte cestu a práva."
        raise IngestError(message, file=path.name) from None
    if too_big:
        message = f"Soubor má přes {MOST_BYTES // 1024**2}\N{NO-BREAK SPACE}MB; rozdělte jej."
        raise IngestError(message, file=path.name)
    suffix = path.suffix.casefold()
    if suffix in {".xls", ".doc", ".docx", ".pdf", ".numbers"}:
        message = f"Formát {suffix} neumíme; uložte sešit jako XLSX, ODS nebo CSV."
        raise IngestError(message, file=path.name)
    if zipped or suffix in {".xlsx", ".ods"}:
        reader = ods_sheets if suffix == ".ods" else xlsx_sheets
        yield from reader(path, name=path.name)
    else:
        yield _csv_sheet(path)


def _csv_sheet(path: Path) -> BookSheet:
    table = delimited_rows(path)
    positions = {name: position for position, name in enumerate(table.header)}

    def rows() -> Generator[tuple[int, Mapping[int, str]], None, None]:
        yield 1, {position: name for name, position in positions.items() if name}
        for number, cells in table.rows:
            if cells is None:
                yield number, {-1: "?"}
            else:
                yield number, {positions[name]: value for name, value in cells.items()}

    return BookSheet(title=path.stem, rows=rows())


def _table(sheet: BookSheet, file: str) -> Table | None:
    """Return what a sheet says, None when it is none of ours."""
    named = next((kind for kind in SheetKind if fold(kind) == fold(sheet.title)), None)
    rows = ((number, cells) for number, cells in sheet.rows if any(cells.values()))
    kind, keys, headings = _header(rows, named)
    if kind is None:
        if named is not None:
            message = f"List „{named}“ nemá záhlaví; první řádek má nést názvy sloupců."
            raise IngestError(message, file=file)
        return None
    missing = missing_from(kind, keys)
    if missing:
        listed = ", ".join(f"„{one}“" for one in missing)
        message = f"Na listu „{kind}“ chybí sloupec {listed}; doplňte jej do záhlaví."
        raise IngestError(message, file=file)
    found = []
    for seen, (number, cells) in enumerate(rows, start=1):
        row = _row(kind, keys, number, cells, from_1904=sheet.from_1904)
        if row is not None:
            found.append(row)
        if seen > MOST_ROWS:
            message = f"List „{kind}“ má přes {MOST_ROWS} řádků; rozdělte jej."
            raise IngestError(message, file=file)
    unknown = tuple(headings[one] for one in sorted(headings) if one not in keys)
    return Table(kind=kind, keys=frozenset(keys.values()), rows=tuple(found), unknown=unknown)


def _header(
    rows: Iterator[tuple[int, Mapping[int, str]]], named: SheetKind | None
) -> tuple[SheetKind | None, dict[int, str], Mapping[int, str]]:
    """Find the header among the first rows, and what sheet it belongs to when its title is silent.

    Of several sheets that a header could belong to, it is the one whose columns it names most of.
    """
    for _, cells in islice(rows, _HEADER_WITHIN):
        fitting = []
        for kind in [named] if named is not None else SheetKind:
            keys = keys_of(kind, cells)
            if len(keys) < _FEWEST_HEADINGS:
                continue
            if named is not None or not missing_from(kind, keys):
                fitting.append((len(keys), kind, keys))
        if fitting:
            _, kind, keys = max(fitting, key=lambda one: one[0])
            return kind, keys, cells
    return None, {}, {}


def _row(
    kind: SheetKind,
    keys: Mapping[int, str],
    number: int,
    cells: Mapping[int, str],
    *,
    from_1904: bool,
) -> TableRow | None:
    """Return a row that somebody filled in; None for an example and for what was left as it was."""
    if -1 in cells:
        return TableRow(number=number, cells={}, fits=False)
    first = min(keys, key=lambda one: one)
    if fold(cells.get(first, "")).startswith(fold(EXAMPLE)):
        return None
    told = {key: cells[position].strip() for position, key in keys.items() if position in cells}
    told = {key: value for key, value in told.items() if value}
    if not any(told.get(one.key) for one in COLUMNS[kind] if one.mark):
        return None
    return TableRow(number=number, cells=told, from_1904=from_1904)
