"""A paper as a row of blocks, before anybody sets it in type.

Texts are plain strings and stay so: a typesetter receives them as data, never as its own markup.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import TypeAlias, TypeVar
from unicodedata import category

from referral.web.czech import NBSP, typeset

_V = TypeVar("_V")

_CITED = re.compile(r"(?<=\d) (?=odst\.|písm\.)")
"""The space inside a citation, which stands on one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a section, or with ``level`` 2 of a part of one."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """The beginning of an annex, on a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``strong`` stands before its text, ``small`` is for what is said beside."""

    text: str
    strong: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Several sentences, each with a mark before it."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A paragraph in a frame, for what must not be overlooked."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """Lines to be filled in by hand, each after its label; ``tick`` items have a box instead."""

    labels: tuple[str, ...]
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Who writes (lines to be filled in) and to whom."""

    sender: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known, a label and a value on each row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table: a strong first line, the rest below; ``tick`` is an empty box."""

    text: str = ""
    strong: str = ""
    tick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``share`` is its part of the width against the others."""

    title: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose header is repeated on each page.

    ``name`` says what it lists, for who cannot see it; ``blank_rows`` are left for a pen, and their
    last cells are boxes where those of the rows are.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    blank_rows: int = 0

    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows followed by the blank ones."""
        ticked = [any(row[at].tick for row in self.rows) for at in range(len(self.columns))]
        blank = tuple(Cell(tick=tick) for tick in ticked)
        return (*self.rows, *(blank for _ in range(self.blank_rows)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Lines side by side at the end, each over its label."""

    labels: tuple[str, ...]


Block: TypeAlias = (
    Heading | Annex | Paragraph | Points | Note | Blanks | Address | Facts | Table | Signature
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper: ``on`` is the day it was made on, ``footer`` stands on every page.

    ``before`` are the blocks above the title.
    """

    title: str
    on: date
    footer: str
    blocks: tuple[Block, ...]
    before: tuple[Block, ...] = ()


def with_typography(paper: Paper) -> Paper:
    """Return the paper with every text set as Czech is: short words stay with the next one."""
    return replace(
        paper,
        title=_typeset(paper.title),
        footer=_typeset(paper.footer),
        before=_typeset(paper.before),
        blocks=_typeset(paper.blocks),
    )


def _typeset(value: _V) -> _V:
    """Set every text inside a value of any shape that a block is made of."""
    found: object = value
    if isinstance(value, str):
        found = _CITED.sub(NBSP, typeset("".join(map(_printable, value))))
    elif isinstance(value, tuple):
        found = tuple(map(_typeset, value))
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(
            value, **{one.name: _typeset(getattr(value, one.name)) for one in fields(value)}
        )
    return found  # type: ignore[return-value]  # each branch gives back the shape it took


def _printable(sign: str) -> str:
    """Return the sign, a space for one that moves a cursor, nothing for one that means nothing.

    Controls, halves of signs and private signs (bullets of a word processor) come with copied text.
    """
    kind = category(sign)
    if kind == "Cc":
        return " "
    return "" if kind in {"Cs", "Co", "Cn"} else sign


def as_data(value: object) -> object:
    """Return blocks as plain values for a typesetter; ``kind`` names what a block is."""
    if isinstance(value, Table):
        return {
            "kind": "table",
            "name": value.name,
            "columns": as_data(value.columns),
            "rows": as_data(value.all_rows()),
        }
    if is_dataclass(value) and not isinstance(value, type):
        named: Mapping[str, object] = {
            one.name: as_data(getattr(value, one.name)) for one in fields(value)
        }
        return {"kind": type(value).__name__.lower(), **named}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_data(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
