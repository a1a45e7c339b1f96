"""The report of an import as a workbook, to be filtered or sent to the publisher of the source."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format

_COUNTS: Final = (
    ("read", "Přečteno celkem"),
    ("in_file", "Řádků v souboru"),
    ("outside", "z toho mimo katalog, do přečtených se nepočítají"),
    ("gone", "Služeb, které v souboru už nejsou"),
    ("added", "Přidáno"),
    ("changed", "Změněno"),
    ("unchanged", "Beze změny"),
    ("ended", "Skončilo"),
    ("rejected", "Odmítnuto"),
    ("merged", "Ukazuje se jednou s jiným záznamem téhož čísla v registru"),
    ("to_judge", "Dvojic, které mohou být jednou službou (referral duplicates)"),
)
_REJECTED: Final = (
    ("file", "Soubor", 24),
    ("row", "Řádek", 10),
    ("field", "Pole", 28),
    ("value", "Hodnota", 30),
    ("message", "Proč", 80),
)
_UNKNOWN: Final = (
    ("field", "Pole", 28),
    ("value", "Hodnota", 30),
    ("message", "Co s ní", 80),
    ("rows", "Řádků", 10),
    ("first_row", "První řádek", 12),
)
_LONGEST: Final = 32_767
"""Characters that one cell can hold."""


def report_workbook(document: Mapping[str, Any]) -> bytes:
    """Return the JSON document of an import's report as a workbook, a sheet for each list.

    No cell is ever a formula or a link, whatever the source holds.
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        counts = book.add_worksheet("Souhrn")
        counts.set_column(0, 0, 60)
        counted = {key for key, _ in _COUNTS if document.get(key) is not None}
        known = [(label, document[key]) for key, label in _COUNTS if key in counted]
        for row, (label, count) in enumerate(known):
            counts.write_string(row, 0, label)
            counts.write_number(row, 1, count)
        _table(book, "Odmítnuté řádky", _REJECTED, document["rejections"], bold)
        _table(book, "Neznámé údaje", _UNKNOWN, document.get("unknown", ()), bold)
        if document.get("outside_kinds"):
            _table(book, "Mimo katalog", _UNKNOWN, document["outside_kinds"], bold)
    return target.getvalue()


def _table(
    book: xlsxwriter.Workbook,
    title: str,
    columns: Sequence[tuple[str, str, int]],
    rows: Sequence[Mapping[str, Any]],
    bold: Format,
) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    shown = [one for one in columns if not rows or one[0] in rows[0]]
    for column, (key, heading, width) in enumerate(shown):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            if isinstance(row[key], int):
                sheet.write_number(number, column, row[key])
            else:
                sheet.write_string(number, column, str(row[key])[:_LONGEST])
