"""Rows of an XLSX workbook, one after another: never more than one row and the texts in memory.

The zip and the XML are read with what Python brings along. A member may grow to ``MOST_BYTES`` at
most and a document type declaration is refused, so neither a zip bomb nor an entity bomb gets far;
a cell far to the right costs nothing, because a row is a mapping from column to value.
"""

import re
import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from referral.ingest.errors import IngestError

MOST_BYTES: Final = 256 * 1024 * 1024
"""How many bytes one sheet of a workbook may have once it is unpacked."""

_CHUNK: Final = 1 << 16
_COLUMN: Final = re.compile(r"[A-Z]{1,3}")
_WORKBOOK: Final = "xl/workbook.xml"
_LINKS: Final = "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedStrings.xml"
_SHEETS: Final = re.compile(r"xl/worksheets/[^/]+\.xml")

Cells = Mapping[int, str]
"""The values of a row that are not empty, by their column counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    """One sheet of a workbook; its rows can be read until the next sheet is asked for.

    Whoever reads no more of the rows closes them, for they hold the file.

    ``from_1904`` tells that the days of the workbook are counted from 1904, as old Macs did.
    """

    title: str
    rows: Generator[tuple[int, Cells], None, None]
    from_1904: bool = False


class _Contents:
    """Collects the titles of visible sheets with the keys of their members, and the calendar."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            keys = [one for key, one in attributes.items() if _local(key) == "id"]
            self.sheets.append((attributes.get("name", ""), keys[0] if keys else ""))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0").casefold() in {"1", "true", "on"}

    def data(self, text: str) -> None:
        """Pass over texts."""

    def end(self, tag: str) -> None:
        """Pass over ends."""


class _Links:
    """Collects which key stands for which member."""

    def __init__(self) -> None:
        self.members: dict[str, str] = {}

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        member = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        self.members[attributes.get("Id", "")] = member

    def data(self, text: str) -> None:
        """Pass over texts."""

    def end(self, tag: str) -> None:
        """Pass over ends."""


class _SharedTexts:
    """Collects the texts that cells refer to; what stands in several runs is one text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._inside = False

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        name = _local(tag)
        if name == "si":
            self._parts = []
        self._inside = name == "t"

    def data(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        self._inside = False
        if _local(tag) == "si":
            self.texts.append("".join(self._parts))


class _Rows:
    """Collects the rows of a sheet as they come; the reader takes them away."""

    def __init__(self, texts: list[str]) -> None:
        self.done: list[tuple[int, Cells]] = []
        self._texts = texts
        self._row: dict[int, str] = {}
        self._number = 0
        self._column = -1
        self._kind = ""
        self._parts: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdecimal() else self._number + 1
            self._row, self._column = {}, -1
        elif name == "c":
            place = _COLUMN.match(attributes.get("r", ""))
            self._column = _position(place[0]) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._parts = []
        self._inside = name in {"v", "t"}

    def data(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        self._inside = False
        name = _local(tag)
        if name == "c":
            value = self._value("".join(self._parts))
            if value:
                self._row[self._column] = value
        elif name == "row":
            self.done.append((self._number, self._row))

    def _value(self, raw: str) -> str:
        if self._kind != "s":
            return raw.strip()
        position = int(raw) if raw.isdecimal() else -1
        return self._texts[position].strip() if 0 <= position < len(self._texts) else ""


def xlsx_rows(file: Path | IO[bytes], *, name: str) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of the first sheet: their number as a spreadsheet counts, and their cells.

    Numbers come as they are written in the file, texts without spaces around them.

    Raises:
        IngestError: the file is no workbook, is broken or unpacks to too much.
    """
    with _told(name), zipfile.ZipFile(file) as archive:
        yield from _rows_of(archive, _first_sheet(archive), _texts(archive))


def xlsx_sheets(file: Path | IO[bytes], *, name: str) -> Generator[BookSheet, None, None]:
    """Yield the visible sheets of a workbook in their order, each with its rows.

    Raises:
        IngestError: the file is no workbook, is broken or unpacks to too much; also while the rows
            of a sheet are read.
    """
    with _told(name), zipfile.ZipFile(file) as archive:
        _first_sheet(archive)
        contents, links = _Contents(), _Links()
        _parse_whole(archive, _WORKBOOK, contents)
        _parse_whole(archive, _LINKS, links)
        texts = _texts(archive)
        for title, key in contents.sheets:
            member = links.members.get(key, "")
            if member in archive.namelist():
                rows = _rows_told(archive, member, texts, name)
                yield BookSheet(title=title, rows=rows, from_1904=contents.from_1904)


def _rows_told(
    archive: zipfile.ZipFile, member: str, texts: list[str], name: str
) -> Generator[tuple[int, Cells], None, None]:
    with _told(name):
        yield from _rows_of(archive, member, texts)


def _rows_of(
    archive: zipfile.ZipFile, member: str, texts: list[str]
) -> Iterator[tuple[int, Cells]]:
    rows = _Rows(texts)
    for _ in _parsed(archive, member, rows):
        yield from rows.done
        rows.done.clear()


def _texts(archive: zipfile.ZipFile) -> list[str]:
    texts = _SharedTexts()
    _parse_whole(archive, _TEXTS, texts)
    return texts.texts


def _parse_whole(
    archive: zipfile.ZipFile, member: str, target: "_SharedTexts | _Contents | _Links"
) -> None:
    """Parse a member, when there is one."""
    if member in archive.namelist():
        for _ in _parsed(archive, member, target):
            pass


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say in a sentence what is wrong with a workbook of this name."""
    try:
        yield
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise IngestError(
            f"Sešit nelze rozbalit ({error}); stáhněte jej znovu.", file=name
        ) from None
    except (expat.ExpatError, ParseError, ValueError) as error:
        if isinstance(error, IngestError):
            raise IngestError(error.message, file=name) from None
        raise IngestError(f"Sešit je poškozený ({error}); uložte jej znovu.", file=name) from None


def is_workbook(names: list[str]) -> bool:
    """Tell from the names in a zip whether it is a workbook."""
    return _WORKBOOK in names


def _first_sheet(archive: zipfile.ZipFile) -> str:
    sheets = sorted(
        (one for one in archive.namelist() if _SHEETS.fullmatch(one)),
        key=lambda one: (len(one), one),
    )
    if not sheets or not is_workbook(archive.namelist()):
        raise IngestError("Soubor není sešit XLSX; uložte jej v tomto formátu.", file="")
    return sheets[0]


def _parsed(
    archive: zipfile.ZipFile, member: str, target: "_SharedTexts | _Rows | _Contents | _Links"
) -> Iterator[None]:
    """Parse a member piece by piece; after each piece the target holds what has come."""
    if archive.getinfo(member).file_size > MOST_BYTES:
        raise _too_big()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - as above
        yield


def _refuse_doctype(*_: object) -> None:
    raise IngestError("Sešit obsahuje deklaraci typu dokumentu, jakou sešity nemívají.", file="")


def _too_big() -> IngestError:
    return IngestError(
        f"List sešitu má po rozbalení přes {MOST_BYTES // 1024**2}\N{NO-BREAK SPACE}MB; "
        "rozdělte jej na menší.",
        file="",
    )


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return position - 1
