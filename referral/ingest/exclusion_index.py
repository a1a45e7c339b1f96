"""The Index of social exclusion, from a table that its publisher gives to municipalities.

One row a municipality and year, or one row a municipality with a column for each year; headings are
known by their words, wherever among the first rows they stand.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from referral.catalog.evidence import HIGHEST_INDEX
from referral.ingest.errors import IngestError
from referral.ingest.sheet.book import sheets_of
from referral.ingest.xlsx_rows import BookSheet, Cells
from referral.text import fold
from referral.usecases.import_index import IndexCell, IndexRow
from referral.usecases.import_rows import Problem

MOST_ROWS: Final = 500_000
_HEADER_WITHIN: Final = 20
_YEARS: Final = range(2000, 2101)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d|2100)(?!\d)")
_CODE: Final = re.compile(r"\d{6}")
_CODE_WORDS: Final = frozenset(
    {"kod", "kod obce", "obec kod", "kodobce", "obec kod ruian", "ruian", "kod ruian", "kod zuj"}
    | {"zuj", "icob", "icz obec", "lau2", "kod lau2", "kod obce csu", "kod obce ruian", "code"}
)
_VALUE_WORDS: Final = frozenset(
    {"index", "isv", "hodnota", "body", "pocet bodu", "hodnota indexu", "hodnota isv", "value"}
    | {"index socialniho vylouceni", "index soc vylouceni", "bodova hodnota", "isv celkem"}
    | {"index socialniho vylouceni isv", "celkem", "celkem bodu"}
)
_YEAR_WORDS: Final = frozenset({"rok", "year", "rok indexu", "obdobi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """Positions of the columns: of the code, of the year if there is one, of values by year."""

    code: int
    year: int | None
    values: Mapping[int, int | None]
    names: Mapping[int, str]


def read_exclusion_index(path: Path, *, year: int | None = None) -> Iterator[IndexRow]:
    """Yield the rows of the first sheet that holds the index, each with its values or mistakes.

    ``year`` is that of values beside which none stands; else the one in the name of the file.

    Raises:
        IngestError: the file cannot be read, no sheet has the columns, or no year is to be found.
    """
    if not path.is_file():
        raise IngestError("Soubor tam není; zkontrolujte cestu.", file=str(path))
    with closing(sheets_of(path)) as sheets:
        for sheet in sheets:
            with closing(sheet.rows):
                header = _header(sheet)
                if header is None:
                    continue
                assumed = year or _year_in(path.stem) or _year_in(sheet.title)
                if header.year is None and None in header.values.values() and assumed is None:
                    raise IngestError(
                        "U hodnot nestojí rok; doplňte sloupec „rok“, nebo zadejte --as-of.",
                        file=path.name,
                    )
                yield from _rows(sheet, header, assumed, path.name)
                return
    raise IngestError(
        "V souboru nejsou sloupce s kódem obce a hodnotou indexu; pojmenujte je „kód obce“, "
        "„rok“ a „hodnota“.",
        file=path.name,
    )


def _header(sheet: BookSheet) -> _Header | None:
    for _, cells in islice(sheet.rows, _HEADER_WITHIN):
        folded = {position: fold(text) for position, text in cells.items() if position >= 0}
        code = next((at for at, text in folded.items() if text in _CODE_WORDS), None)
        year = next((at for at, text in folded.items() if text in _YEAR_WORDS), None)
        values: dict[int, int | None] = {
            at: None for at, text in folded.items() if text in _VALUE_WORDS
        }
        values = dict(list(values.items())[:1])
        if year is None:
            by_year = {
                at: found
                for at, text in folded.items()
                if at != code and (found := _year_in(text)) is not None
            }
            values = dict(by_year) or values
        if code is not None and values:
            return _Header(code=code, year=year, values=values, names=dict(cells))
    return None


def _year_in(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _rows(sheet: BookSheet, header: _Header, assumed: int | None, file: str) -> Iterator[IndexRow]:
    for seen, (number, cells) in enumerate(sheet.rows, start=1):
        if seen > MOST_ROWS:
            raise IngestError(f"Tabulka má přes {MOST_ROWS} řádků; rozdělte ji.", file=file)
        if any(text.strip() for text in cells.values()):
            yield _row(number, cells, header, assumed)


def _row(number: int, cells: Cells, header: _Header, assumed: int | None) -> IndexRow:
    problems: list[Problem] = []

    def wrong(at: int | None, value: str, message: str) -> None:
        name = "" if at is None else header.names.get(at, "")
        problems.append(Problem(field=name, value=value, message=message))

    if -1 in cells:
        wrong(None, "", "Řádek má jiný počet polí než záhlaví; zkontrolujte oddělovače.")
        return IndexRow(number=number, cells=(), problems=tuple(problems))
    code = _whole(cells.get(header.code, ""))
    if _CODE.fullmatch(code) is None:
        wrong(header.code, code, "Kód obce má šest číslic; opravte jej.")
    told: list[IndexCell] = []
    for at, of_column in header.values.items():
        text = cells.get(at, "").strip()
        if not text:
            continue
        year = _year_of(cells, header, of_column, assumed)
        value = _number(text)
        if year is None:
            typed = cells.get(header.year if header.year is not None else at, "")
            wrong(header.year, typed, "Rok je celé číslo od 2000 do 2100; opravte jej.")
        elif value is None or not 0 <= value <= HIGHEST_INDEX:
            wrong(at, text, f"Index je číslo od 0 do {HIGHEST_INDEX:g}; opravte jej.")
        else:
            told.append(IndexCell(municipality=code, year=year, value=value))
    if not told and not problems:
        at = next(iter(header.values))
        wrong(at, "", "Hodnota indexu chybí; doplňte ji, nebo řádek vynechte.")
    return IndexRow(number=number, cells=() if problems else tuple(told), problems=tuple(problems))


def _year_of(
    cells: Cells, header: _Header, of_column: int | None, assumed: int | None
) -> int | None:
    if of_column is not None:
        return of_column
    if header.year is None:
        return assumed
    typed = _whole(cells.get(header.year, ""))
    return int(typed) if typed.isdecimal() and int(typed) in _YEARS else None


def _whole(text: str) -> str:
    """Return digits as they stand, without the ".0" that spreadsheets add to numbers."""
    return re.sub(r"[.,]0+$", "", text.strip())


def _number(text: str) -> float | None:
    try:
        return float(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
