"""Cut a big JSON file into the items of its list, holding one item in memory at a time.

The decoder of the standard library finds the end of each item, so an item is decoded once, by C
code, and its own text is at hand for a fingerprint.
"""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, NoReturn, TextIO

from referral.ingest.errors import IngestError
from referral.ingest.source_file import Heard

_CHUNK: Final = 1 << 19
_LONGEST_ITEM: Final = 1 << 25
"""Characters; the longest item ever seen has some tens of thousands."""

_LONGEST_NUMBER: Final = 18
_SPACE: Final = " \t\r\n"
_HEAL: Final = "stáhněte soubor znovu"


def _whole(digits: str) -> int | str:
    """Read a whole number; one that no column holds stays text, which every field refuses."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _nothing(_: str) -> None:
    """Read NaN and Infinity, which JSON does not know, as nothing."""


_DECODER: Final = json.JSONDecoder(parse_int=_whole, parse_constant=_nothing, strict=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One item of the list: its place counted from 1, its own text and what it says."""

    number: int
    text: str
    value: Any


def pieces(path: Path, *, roots: Collection[str], heard: Heard | None = None) -> Iterator[Piece]:
    """Yield the items of the first list under one of the ``roots`` of the file's object.

    Raises:
        IngestError: the file cannot be read, is not JSON in UTF-8, breaks off, holds an item
            longer than 32 million characters, or has no such list.
    """
    yield from _cut(path, heard, lambda cutter: cutter.pieces(roots))


def loose_pieces(
    path: Path, *, roots: Collection[str], beside: dict[str, Any], heard: Heard | None = None
) -> Iterator[Piece]:
    """Yield the items of a file that is a list, holds one under a root, or is objects in a row.

    Objects in a row (one on each line, say) are the items themselves, and so is a single one.
    ``beside`` is given what stands beside the list of a root; it is complete after the last item.

    Raises:
        IngestError: as of ``pieces``, or something stands behind the end.
    """
    yield from _cut(path, heard, lambda cutter: cutter.loose_pieces(roots, beside))


def _cut(
    path: Path, heard: Heard | None, cut: Callable[["_Cutter"], Iterator[Piece]]
) -> Iterator[Piece]:
    try:
        with path.open("rb") as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
            yield from cut(_Cutter(path.name, file, raw.tell, heard))
    except OSError as error:
        message = f"Soubor nejde přečíst ({error.strerror}); zkontrolujte cestu a práva."
        raise IngestError(message, file=path.name) from error
    except UnicodeDecodeError as error:
        message = f"Soubor není v kódování UTF-8; {_HEAL}."
        raise IngestError(message, file=path.name) from error


class _Cutter:
    """A window over the text of a file, moved forward item by item."""

    def __init__(
        self, name: str, file: TextIO, tell: Callable[[], int], heard: Heard | None
    ) -> None:
        self._name = name
        self._file = file
        self._tell = tell
        self._heard = heard
        self._text = ""
        self._at = 0
        self._ended = False
        self._number = 0
        self._rooted = False

    def pieces(self, roots: Collection[str]) -> Iterator[Piece]:
        if self._next() != "{":
            self._fail(f"Soubor nezačíná objektem JSON; {_HEAL}.")
        self._at += 1
        while self._next() == '"':
            _, key = self._value()
            self._expect(":")
            if self._next() == "[" and key in roots:
                yield from self._items()
                return
            self._value()
            if self._next() == ",":
                self._at += 1
        expected = " ani ".join(f"„{root}“" for root in sorted(roots))
        self._fail(f"V souboru není seznam {expected}; zkontrolujte, že je to soubor registru.")

    def loose_pieces(self, roots: Collection[str], beside: dict[str, Any]) -> Iterator[Piece]:
        first = self._next()
        if first == "[":
            yield from self._items()
            self._expect("]")
        elif first == "{":
            yield from self._object(roots, beside)
            while not self._rooted and self._next() == "{":
                self._number += 1
                text, value = self._value()
                yield Piece(number=self._number, text=text, value=value)
        else:
            self._fail(f"Soubor nezačíná objektem ani seznamem JSON; {_HEAL}.")
        if self._next():
            self._fail(f"Za koncem údajů ještě něco stojí; {_HEAL}.")

    def _object(self, roots: Collection[str], beside: dict[str, Any]) -> Iterator[Piece]:
        """Yield the items under a root of an object, or the object itself when it has none."""
        self._at += 1
        told: dict[str, Any] = {}
        texts: list[str] = []
        held = 0
        while self._next() == '"':
            name, key = self._value()
            self._expect(":")
            if self._next() == "[" and key in roots and not self._rooted:
                self._rooted = True
                yield from self._items()
                self._expect("]")
            else:
                text, told[key] = self._value()
                texts += (name, text)
                held += len(name) + len(text)
            if held > _LONGEST_ITEM:
                self._fail(f"Položka je poškozená, nebo delší než 32 milionů znaků; {_HEAL}.")
            if self._next() == ",":
                self._at += 1
        self._expect("}")
        if self._rooted:
            beside.update(told)
        else:
            self._number += 1
            yield Piece(number=self._number, text="\n".join(texts), value=told)

    def _items(self) -> Iterator[Piece]:
        """Yield the items of a list and stop before its end."""
        self._at += 1
        if self._next() == "]":
            return
        while True:
            self._number += 1
            self._next()
            text, value = self._value()
            yield Piece(number=self._number, text=text, value=value)
            if self._next() == "]":
                return
            self._expect(",")

    def _value(self) -> tuple[str, Any]:
        """Return the next value and its text; reads on as long as it is not whole."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                self._fail("Údaje jsou do sebe vnořené hlouběji, než program čte.")
            except ValueError:
                if self._ended:
                    self._fail(f"Soubor je poškozený nebo není celý; {_HEAL}.")
            else:
                # A number at the end of the window may go on behind it.
                if end < len(self._text) or self._ended:
                    text = self._text[self._at : end]
                    self._at = end
                    return text, value
            if len(self._text) - self._at > _LONGEST_ITEM:
                self._fail(f"Položka je poškozená, nebo delší než 32 milionů znaků; {_HEAL}.")
            self._read_on()

    def _next(self) -> str:
        """Skip blank space and return the next character, nothing at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._read_on()

    def _expect(self, mark: str) -> None:
        if self._next() != mark:
            self._fail(f"Soubor je poškozený nebo není celý; {_HEAL}.")
        self._at += 1

    def _read_on(self) -> None:
        """Drop what has been read and double what is held, so that long items cost no more."""
        kept = self._text[self._at :]
        more = self._file.read(max(_CHUNK, len(kept)))
        self._ended = not more
        self._text, self._at = kept + more, 0
        if self._heard is not None:
            self._heard(self._tell())

    def _fail(self, message: str) -> NoReturn:
        raise IngestError(message, file=self._name, row=self._number or None)
