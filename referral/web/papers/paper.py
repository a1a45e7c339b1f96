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
    """A heading of a section, or with ``level`` 2 of a part of one.

    ``anchor`` is what indexes and tables find its page by, empty when none does; ``fresh`` begins
    a page of its own.
    """

    text: str
    level: int = 1
    anchor: str = ""
    fresh: bool = False


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
    """A cell of a table: a strong first line, the rest below; ``tick`` is an empty box.

    ``page_of`` is an anchor whose page the cell tells instead.
    """

    text: str = ""
    strong: str = ""
    tick: bool = False
    page_of: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One statement; ``note`` says on what it rests, ``unknown`` when nobody has told."""

    text: str
    note: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reader asks and the statements that answer it."""

    label: str
    lines: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Several answers, their labels in a column of their own."""

    rows: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A titled list of statements; ``note`` says on what they rest."""

    title: str
    items: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two lists to be compared, side by side."""

    left: Side
    right: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing of our own: its SVG, its width in mm and what it shows for who cannot see it."""

    svg: str
    alt: str
    width_mm: int
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The head of a card: ``above`` and ``below`` its title, ``call`` in large, a QR code aside."""

    above: str
    title: str
    below: str
    call: str
    ways: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    code: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page of a brochure."""

    above: str
    title: str
    area: str
    lines: tuple[str, ...]
    code: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A table of contents, down to headings of level 2."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One service among others: who it is, how to reach it, and short answers."""

    anchor: str
    title: str
    below: str
    call: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Names in alphabetical order, each with the anchors that it stands at."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One box among others: a title, a strong line and the rest; ``blank`` leaves a line."""

    title: str
    strong: str = ""
    text: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Boxes in so many columns; ``loud`` for those that must be seen first."""

    tiles: tuple[Tile, ...]
    columns: int
    loud: bool = False


Block: TypeAlias = (
    Heading
    | Annex
    | Paragraph
    | Points
    | Note
    | Blanks
    | Address
    | Facts
    | Table
    | Signature
    | Answers
    | Sides
    | Picture
    | Masthead
    | Cover
    | Contents
    | Entry
    | Index
    | Tiles
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
    if isinstance(value, Picture):
        # A drawing is our own; what it shows is said as any other text.
        found = replace(value, alt=_typeset(value.alt), caption=_typeset(value.caption))
    elif isinstance(value, str):
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
