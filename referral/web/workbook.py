"""Sheets of one look: lines about the sheet, then a table that can be filtered and printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell: TypeAlias = str | int | float | None

PEOPLE = "#,##0"
KM = "0.0"
SHARE = "0.00"

_FROZEN_AT_MOST = 8
"""Rows; more frozen ones would leave no room to scroll on a small screen."""

_LONGEST_TEXT = 32_767
"""Characters that one cell can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, its width in characters and the format of its numbers."""

    heading: str
    width: int
    number: str = "General"


class Sheets:
    """Writes sheets of one look: lines about the sheet, then a table with a frozen heading."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[str, Format] = {}
        self._heading = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#E7EDF3",
                "bottom": 1,
            }
        )
        self._label = book.add_format({"bold": True})

    def add(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        head: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Add a sheet; what ``head`` says stands above the table, one line each."""
        sheet = self._book.add_worksheet(name)
        for line, (label, text) in enumerate(head):
            _write(sheet, line, 0, label, self._label)
            _write(sheet, line, 1, text, None)
        top = len(head) + 1 if head else 0
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width)
            _write(sheet, top, position, column.heading, self._heading)
        formats = [self._format(column.number) for column in columns]
        last = top
        for last, cells in enumerate(rows, start=top + 1):
            for position, value in enumerate(cells):
                _write(sheet, last, position, value, formats[position])
        if top <= _FROZEN_AT_MOST:
            sheet.freeze_panes(top + 1, 2)
        sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)

    def _format(self, number: str) -> Format:
        if number not in self._formats:
            self._formats[number] = self._book.add_format({"num_format": number, "valign": "top"})
        return self._formats[number]


def _write(sheet: Worksheet, row: int, column: int, value: Cell, look: Format | None) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value[:_LONGEST_TEXT], look)
    elif value is not None:
        sheet.write_number(row, column, value, look)
