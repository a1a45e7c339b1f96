"""Fill in our own spreadsheet the way people do, in each format it may come in."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook, load_workbook

Rows = Sequence[Mapping[str, object]]


def fill_template(template: Path, target: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write rows, by their headings, below what a template already holds."""
    book = load_workbook(template)
    for title, rows in sheets.items():
        sheet = book[title]
        places = {cell.value: cell.column for cell in sheet[1]}
        for row in rows:
            below = sheet.max_row + 1
            for heading, value in row.items():
                sheet.cell(below, places[heading], value)
    book.save(target)
    return target


def as_xlsx(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write sheets as a workbook with a header in the first row."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        headings = headings_of(rows)
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(one) for one in headings])
    book.save(path)
    return path


def as_csv(path: Path, rows: Rows, *, encoding: str = "utf-8-sig", delimiter: str = ";") -> Path:
    """Write one sheet as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    headings = headings_of(rows)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_said(row.get(one)) for one in headings])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_ods(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write sheets as LibreOffice does, with a million empty rows and cells behind the last."""
    tables = []
    for title, rows in sheets.items():
        headings = headings_of(rows)
        lines = [headings, *([row.get(one) for one in headings] for row in rows)]
        body = "".join(_ods_row(line) for line in lines)
        tables.append(
            f"<table:table table:name={quoteattr(title)}>{body}"
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
            "</table:table>"
        )
    return write_ods(path, "".join(tables))


def write_ods(path: Path, tables: str, *, head: str = "") -> Path:
    """Write the tables of a spreadsheet of LibreOffice."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content '
        'xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def headings_of(rows: Rows) -> list[str]:
    """Return all headings in the order in which rows first use them."""
    return list(dict.fromkeys(heading for row in rows for heading in row))


def _ods_row(cells: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        told = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, date):
        told = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        told = f'office:value-type="float" office:value="{value}"'
    else:
        told = 'office:value-type="string"'
    shown = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f"<table:table-cell {told}><text:p>{shown}</text:p></table:table-cell>"


def _said(value: object) -> object:
    if isinstance(value, date):
        return f"{value.day}. {value.month}. {value.year}"
    return "" if value is None else value
