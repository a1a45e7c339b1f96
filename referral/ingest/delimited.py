"""A table of text of any size, read row by row: CSV in any of the usual dialects and encodings.

``delimited_rows`` reads the whole file once to find its encoding, since the first letter with a
diacritic may stand anywhere, and then row by row: one row is in memory at a time. The limit of the
standard library on the length of a field holds for the whole process, so it is left as it is
(131,072 characters); rows have a limit of their own, whatever it is set to.
"""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final, Self, TextIO

from referral.ingest.errors import IngestError
from referral.ingest.source_file import Heard

DELIMITERS: Final = ";,\t|"
LONGEST_ROW: Final = 1 << 21
"""Characters; the longest row of a published register has some thousands."""

_CHUNK: Final = 1 << 20
_QUOTED: Final = re.compile(r'"[^"]*"')
_AGAIN: Final = "stáhněte soubor znovu"

TableRow = tuple[int, Mapping[str, str] | None]
"""The number of a row (the header is 1) and its cells by column; None: they do not fit the header.

A row shorter than the header does not fit, nor a longer one unless what is over is empty.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """A table of text: its column names as written, without blanks around them, and its rows.

    ``rows`` opens the file when the first row is asked for, skips blank rows but counts them, and
    gives each cell as written, without NUL characters. A column without a name is left out.
    ``note`` is a Czech sentence on what was assumed, empty when nothing was.
    """

    header: tuple[str, ...]
    rows: Iterator[TableRow]
    note: str = ""


def delimited_rows(path: Path, *, heard: Heard | None = None) -> Delimited:
    """Open a table of text; ``heard`` is told how many bytes have been read while rows are.

    UTF-8 and UTF-16 are known by their mark, UTF-8 without it by being valid as a whole; anything
    else is read as windows-1250. The delimiter is the one of ``; , tab |`` that divides the header
    most.

    Raises:
        IngestError: the file cannot be read, is empty or damaged, or two columns have one name.
            While rows are read: a row or a field is too long, or a quote is never closed.
    """
    try:
        encoding = _encoding(path)
        with _Lines(path, encoding) as lines:
            delimiter = delimiter_of(lines.first())
            header = tuple(name.strip() for name in next(_records(lines, delimiter), []))
    except OSError as error:
        raise _unreadable(path, error) from error
    if not any(header):
        message = f"Soubor nemá záhlaví se jmény sloupců; {_AGAIN}."
        raise IngestError(message, file=path.name, row=1)
    named = [name for name in header if name]
    for name in named:
        if named.count(name) > 1:
            message = "Dva sloupce mají stejné jméno; zkontrolujte, že je to soubor zdroje."
            raise IngestError(message, file=path.name, row=1, column=name[:80])
    return Delimited(
        header=tuple(named),
        rows=_rows(path, encoding, delimiter, header, heard),
        note=f"{path.name} není v UTF-8, čteme jej jako windows-1250."
        if encoding == "cp1250"
        else "",
    )


def delimiter_of(header: str) -> str:
    """Return what divides the header into most columns; marks inside quotes do not count."""
    return max(DELIMITERS, key=_QUOTED.sub("", header).count)


def _rows(
    path: Path, encoding: str, delimiter: str, header: tuple[str, ...], heard: Heard | None
) -> Iterator[TableRow]:
    try:
        with _Lines(path, encoding, heard) as lines:
            records = _records(lines, delimiter)
            next(records)
            for number, record in enumerate(records, start=2):
                if any(cell.strip() for cell in record):
                    yield number, _cells(header, record)
    except OSError as error:
        raise _unreadable(path, error) from error


def _cells(header: tuple[str, ...], record: list[str]) -> Mapping[str, str] | None:
    if len(record) < len(header) or any(record[len(header) :]):
        return None
    return {name: cell for name, cell in zip(header, record, strict=False) if name}


def _records(lines: "_Lines", delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            record = next(reader, None)
        except csv.Error as error:
            message = f"Řádek není správné CSV ({error}); zkontrolujte uvozovky, nebo {_AGAIN}."
            raise IngestError(message, file=lines.name, row=lines.row) from error
        if record is None:
            return
        if lines.ended:
            message = f"Uvozovky otevřené v tomto řádku nikdo nezavřel; {_AGAIN}."
            raise IngestError(message, file=lines.name, row=lines.row)
        yield record


class _Lines:
    """The lines of a text file, none of them and no row longer than the limit."""

    def __init__(self, path: Path, encoding: str, heard: Heard | None = None) -> None:
        self.name = path.name
        self.row = 0
        self.ended = False
        self._heard = heard
        self._told = 0
        self._length = 0
        self._raw: BinaryIO = path.open("rb")
        self._file: TextIO = TextIOWrapper(self._raw, encoding=encoding, newline="")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Self:
        return self

    def first(self) -> str:
        """Return the first line without going past it."""
        line = self._file.readline(LONGEST_ROW)
        self._file.seek(0)
        return line

    def begin_row(self) -> None:
        """Take note that the next line begins a row."""
        self.row += 1
        self._length = 0

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_ROW)
        if self._heard is not None and (read := self._raw.tell()) != self._told:
            self._told = read
            self._heard(read)
        if not line:
            self.ended = True
            raise StopIteration
        self._length += len(line)
        if self._length >= LONGEST_ROW:
            message = (
                "Řádek má přes dva miliony znaků; zkontrolujte, že je to tabulka s konci řádků "
                f"a zavřenými uvozovkami, nebo {_AGAIN}."
            )
            raise IngestError(message, file=self.name, row=self.row)
        return line.replace("\0", "")


def _encoding(path: Path) -> str:
    """Return the encoding in which the whole file can be read."""
    with path.open("rb") as file:
        start = file.read(len(BOM_UTF8))
    if start[:2] in {BOM_UTF16_LE, BOM_UTF16_BE}:
        return _sure(path, "utf-16")
    if start == BOM_UTF8:
        return _sure(path, "utf-8-sig")
    fits, letters = _fits(path, "utf-8")
    if fits:
        return "utf-8"
    # In windows-1250 hardly any letter looks like one of UTF-8: where some do, it is damaged UTF-8.
    if letters:
        raise _damaged(path)
    return _sure(path, "cp1250")


def _sure(path: Path, encoding: str) -> str:
    if not _fits(path, encoding)[0]:
        raise _damaged(path)
    return encoding


def _fits(path: Path, encoding: str) -> tuple[bool, bool]:
    """Tell whether a whole file is in an encoding, and whether letters beyond ASCII came first."""
    decoder = getincrementaldecoder(encoding)()
    letters = False
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                letters = not decoder.decode(chunk, final=not chunk).isascii() or letters
            except UnicodeDecodeError as error:
                whole = error.object[: error.start]
                return False, letters or not whole.isascii()
            if not chunk:
                return True, letters


def _damaged(path: Path) -> IngestError:
    message = (
        "Soubor není celý, nebo není v kódování UTF-8, UTF-16 ani windows-1250; "
        f"{_AGAIN}, nebo ho uložte v UTF-8."
    )
    return IngestError(message, file=path.name)


def _unreadable(path: Path, error: OSError) -> IngestError:
    message = f"Soubor nejde přečíst ({error.strerror}); zkontrolujte cestu a práva."
    return IngestError(message, file=path.name)
