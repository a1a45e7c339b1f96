"""Rows of a spreadsheet of LibreOffice (ODS), sheet by sheet, with the same care as for XLSX.

What a file repeats a million times it writes once with a number beside it. Empty cells and rows
are only counted, so they cost nothing; repeated values are given out one by one and end with the
sheet or with the patience of whoever asks.
"""

import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from referral.ingest.errors import IngestError
from referral.ingest.xlsx_rows import MOST_BYTES, BookSheet, Cells

MOST_COLUMNS: Final = 1024
"""To how many columns one repeated value is written at most."""

_CONTENT: Final = "content.xml"
_CHUNK: Final = 1 << 16
_HIDDEN: Final = frozenset({"annotation", "tracked-changes"})
"""Elements whose texts stand in no cell: comments, and what has been deleted."""

_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_VALUES: Final = ("value", "date-value", "boolean-value")


@dataclass(frozen=True, slots=True)
class _Started:
    """A sheet begins."""

    title: str


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A row and how many times it stands below each other, from which number on."""

    number: int
    times: int
    cells: Cells


class _Content:
    """Collects sheets and rows as they come; the reader takes them away."""

    def __init__(self) -> None:
        self.done: list[_Started | _Repeated] = []
        self._number = 0
        self._times = 1
        self._row: dict[int, str] = {}
        self._column = 0
        self._wide = 1
        self._value = ""
        self._parts: list[str] = []
        self._hidden = 0
        self._in_text = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if self._hidden or name in _HIDDEN:
            self._hidden += 1
            return
        told = {_local(key): value for key, value in attributes.items()}
        if name == "table":
            self.done.append(_Started(told.get("name", "")))
            self._number = 0
        elif name == "table-row":
            self._times = _count(told.get("number-rows-repeated"))
            self._row, self._column = {}, 0
        elif name in _CELLS:
            self._wide = _count(told.get("number-columns-repeated"))
            self._value = next((told[one] for one in _VALUES if told.get(one)), "")
            self._parts = []
        elif name == "p":
            self._in_text = True
            if self._parts:
                self._parts.append("\n")
        elif name == "s":
            self._parts.append(" ")
        elif name in {"tab", "line-break"}:
            self._parts.append("\n" if name == "line-break" else " ")

    def data(self, text: str) -> None:
        if self._in_text and not self._hidden:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        name = _local(tag)
        if name == "p":
            self._in_text = False
        elif name in _CELLS:
            value = self._value or "".join(self._parts).strip()
            if value:
                last = min(self._column + self._wide, max(MOST_COLUMNS, self._column + 1))
                self._row |= dict.fromkeys(range(self._column, last), value)
            self._column += self._wide
        elif name == "table-row":
            if self._row:
                self.done.append(_Repeated(self._number + 1, self._times, self._row))
            self._number += self._times


def ods_sheets(file: Path | IO[bytes], *, name: str) -> Generator[BookSheet, None, None]:
    """Yield the sheets of a spreadsheet in their order, each with its rows.

    Numbers, days (``2026-11-21``) and yes or no (``true``) come as they are written in the file,
    whatever the cell shows. The rows of a sheet must be read before the next one is asked for.

    Raises:
        IngestError: the file is no spreadsheet, is broken or unpacks to too much; also while rows
            are read.
    """
    with closing(_pieces(file, name)) as pieces:
        first = next(pieces, None)
        while isinstance(first, _Started):
            after: list[_Started] = []
            yield BookSheet(title=first.title, rows=_rows(pieces, after))
            first = after[0] if after else _next_sheet(pieces)


def _next_sheet(pieces: Iterator[_Started | _Repeated]) -> _Started | None:
    """Pass over the rows that nobody has read."""
    return next((one for one in pieces if isinstance(one, _Started)), None)


def is_spreadsheet(names: list[str]) -> bool:
    """Tell from the names in a zip whether it is a document of LibreOffice."""
    return _CONTENT in names


def _rows(
    pieces: Iterator[_Started | _Repeated], after: list[_Started]
) -> Generator[tuple[int, Cells], None, None]:
    """Yield rows until the next sheet begins, which is put aside."""
    for piece in pieces:
        if isinstance(piece, _Started):
            after.append(piece)
            return
        for one in range(piece.times):
            yield piece.number + one, piece.cells


def _pieces(file: Path | IO[bytes], name: str) -> Generator[_Started | _Repeated, None, None]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _parsed(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise IngestError(f"Sešit nelze rozbalit ({error}); uložte jej znovu.", file=name) from None
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, IngestError):
            raise IngestError(error.message, file=name) from None
        raise IngestError(f"Sešit je poškozený ({error}); uložte jej znovu.", file=name) from None


def _parsed(archive: zipfile.ZipFile) -> Iterator[_Started | _Repeated]:
    names = archive.namelist()
    if not is_spreadsheet(names):
        raise IngestError("Soubor není sešit ODS; uložte jej v tomto formátu.", file="")
    if archive.getinfo(_CONTENT).file_size > MOST_BYTES:
        raise IngestError("Sešit je po rozbalení příliš velký; rozdělte jej na menší.", file="")
    target = _Content()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(_CONTENT) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            yield from target.done
            target.done.clear()
        parser.Parse(b"", True)  # noqa: FBT003 - as above
        yield from target.done


def _refuse_doctype(*_: object) -> None:
    raise IngestError("Sešit obsahuje deklaraci typu dokumentu, jakou sešity nemívají.", file="")


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isascii() and text.isdigit() else 1


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
