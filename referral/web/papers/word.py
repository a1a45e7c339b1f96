"""A paper as a DOCX: real headings, repeated table headers, Czech for the spelling checker."""

import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from hashlib import sha256
from io import BytesIO
from typing import Final, TypeAlias, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Page
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph as WordParagraph

from referral.web.czech import plain
from referral.web.papers.paper import (
    Address,
    Annex,
    Blanks,
    Block,
    Cell,
    Cover,
    Facts,
    Heading,
    Note,
    Paper,
    Paragraph,
    Points,
    Signature,
    Table,
    with_typography,
)
from referral.web.translation import _

WIDTH_CM: Final = 17.0
_LABEL_CM: Final = 5.0
_BOX: Final = "☐"
FAINT: Final = RGBColor(0x5B, 0x6B, 0x73)
_INK: Final = RGBColor(0x1C, 0x2B, 0x33)
_SHADE: Final = "EEF2F3"
_FONT: Final = "Calibri"
_NOT_COUNTED: Final = "–"
"""Stands for the number of a page until the office's program has counted the pages."""
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest day a zip can hold: the files inside say nothing of when they were packed."""


Writers: TypeAlias = Mapping[type[Block], Callable[..., None]]
"""What writes each kind of block."""


def docx_of(paper: Paper, *, writers: Writers | None = None) -> bytes:
    """Set a paper as a document to be edited; the same paper gives the same bytes."""
    shown = with_typography(paper)
    write = WRITERS if writers is None else writers
    page = Document()
    _describe(page, shown)
    _set_styles(page)
    for block in shown.before:
        write[type(block)](page, block)
    if not any(isinstance(block, Cover) for block in shown.before):
        page.add_paragraph(shown.title, style="Title")
    for block in shown.blocks:
        write[type(block)](page, block)
    _write_footer(page, shown.footer)
    _drop_thumbnail(page)
    packed = BytesIO()
    page.save(packed)
    return _repacked(packed)


def _drop_thumbnail(page: Page) -> None:
    """Take away the picture of the empty document that every new one begins with."""
    links = page.part.package.rels
    for name in [name for name, link in links.items() if link.reltype == RT.THUMBNAIL]:
        del links[name]


def _repacked(packed: BytesIO) -> bytes:
    """Return the same archive without the moment at which it was packed."""
    again = BytesIO()
    with ZipFile(packed) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, _FIRST_DAY), old.read(name), ZIP_DEFLATED)
    return again.getvalue()


def _describe(page: Page, paper: Paper) -> None:
    told, made = page.core_properties, datetime.combine(paper.on, time(), tzinfo=UTC)
    told.title, told.author, told.language = plain(paper.title), "Síť pomoci", "cs-CZ"
    told.comments = told.keywords = told.subject = told.last_modified_by = ""
    told.created = told.modified = made
    told.revision = 1


def _set_styles(page: Page) -> None:
    section = page.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    sizes = {"Normal": 10.5, "Title": 18, "Heading 1": 13, "Heading 2": 11.5, "Heading 3": 10.5}
    for name, size in sizes.items():
        style = page.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{which}"), None)
        for which in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{which}"), _FONT)
    page.styles["Normal"].paragraph_format.space_after = Pt(5)
    # The title's rule and the first heading's gap belong to another kind of document.
    for edge in page.styles["Title"].element.xpath(".//w:pBdr"):
        edge.getparent().remove(edge)
    for lang in page.styles.element.xpath(".//w:docDefaults//w:lang"):
        for which in ("val", "eastAsia", "bidi"):
            lang.set(qn(f"w:{which}"), "cs-CZ")


def _write_footer(page: Page, text: str) -> None:
    line = page.sections[0].footer.paragraphs[0]
    line.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{text}\t")
    add_field(line, "PAGE")
    line.add_run(" / ")
    add_field(line, "NUMPAGES")
    for run in line.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), FAINT


def add_field(line: WordParagraph, name: str, *, shown: str = "1") -> None:
    """Add a field to a line; the office's program fills it in, till then it is ``shown`` so."""
    parts = (
        element("w:fldChar", fldCharType="begin"),
        element("w:instrText", name),
        element("w:fldChar", fldCharType="separate"),
        element("w:t", shown),
        element("w:fldChar", fldCharType="end"),
    )
    run: BaseOxmlElement = line.add_run()._r  # noqa: SLF001 - fields have no other way in
    for part in parts:
        run.append(part)


def _heading(page: Page, it: Heading) -> None:
    line = page.add_heading(it.text, level=it.level)
    line.paragraph_format.page_break_before = it.fresh or None
    bookmark(line, it.anchor)


def bookmark(line: WordParagraph, anchor: str) -> None:
    """Put a bookmark around a line, for fields that tell its page."""
    if not anchor:
        return
    name = _bookmark_name(anchor)
    number = str(zlib.crc32(name.encode()) % 2**31)
    whole: BaseOxmlElement = line._p  # noqa: SLF001 - nor for bookmarks
    # What a paragraph looks like stands before all that is in it.
    looks = len(whole.findall(qn("w:pPr")))
    whole.insert(looks, element("w:bookmarkStart", id=number, name=name))
    whole.append(element("w:bookmarkEnd", id=number))


def add_page_of(line: WordParagraph, anchor: str) -> None:
    """Add the number of the page on which an anchor stands."""
    add_field(line, f"PAGEREF {_bookmark_name(anchor)} \\h", shown=_NOT_COUNTED)


def _bookmark_name(anchor: str) -> str:
    """Return a name as the format wants it: a letter first, letters and digits, at most forty."""
    return f"a_{sha256(anchor.encode()).hexdigest()[:16]}"


def _annex(page: Page, _it: Annex) -> None:
    page.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _paragraph(page: Page, it: Paragraph) -> None:
    line = page.add_paragraph()
    if it.strong:
        line.add_run(f"{it.strong} ").bold = True
    run = line.add_run(it.text)
    if it.small:
        run.font.size, run.font.color.rgb = Pt(9), FAINT


def _points(page: Page, it: Points) -> None:
    for text in it.items:
        page.add_paragraph(text, style="List Bullet")


def _note(page: Page, it: Note) -> None:
    table = new_table(page, [WIDTH_CM], rows=1)
    _shade(table.cell(0, 0))
    table.cell(0, 0).paragraphs[0].add_run(it.text).bold = True
    page.add_paragraph()


def _blanks(page: Page, it: Blanks) -> None:
    if it.labels:
        _lines(new_table(page, [_LABEL_CM, WIDTH_CM - _LABEL_CM], rows=len(it.labels)), it.labels)
        page.add_paragraph().paragraph_format.space_after = Pt(0)
    for text in it.ticks:
        page.add_paragraph(f"{_BOX} {text}")


def _lines(table: WordTable, labels: tuple[str, ...]) -> None:
    """Write labels, each before a line to be filled in."""
    for row, words in zip(table.rows, labels, strict=True):
        run = row.cells[0].paragraphs[0].add_run(words)
        run.font.size, run.font.color.rgb = Pt(9), FAINT
        _underline(row.cells[1])
        row.height = Cm(0.75)


def _address(page: Page, it: Address) -> None:
    outer = new_table(page, [8.3, 0.7, 8.0], rows=1)
    left, _gap, right = outer.rows[0].cells
    inner = left.add_table(rows=len(it.sender), cols=2)
    inner.autofit = False
    for row in inner.rows:
        row.cells[0].width, row.cells[1].width = Cm(2.8), Cm(5.2)
    _lines(inner, it.sender)
    left.add_paragraph()
    _shade(right)
    right.paragraphs[0].add_run(it.to[0]).bold = True
    for text in (*it.to[1:], _("Adresa, datová schránka:")):
        right.add_paragraph(text)


def _facts(page: Page, it: Facts) -> None:
    table = new_table(page, [_LABEL_CM, WIDTH_CM - _LABEL_CM], rows=len(it.rows))
    for row, (name, value) in zip(table.rows, it.rows, strict=True):
        run = row.cells[0].paragraphs[0].add_run(name)
        run.font.color.rgb = FAINT
        row.cells[1].paragraphs[0].add_run(value)
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    page.add_paragraph()


def _table(page: Page, it: Table) -> None:
    whole = sum(column.share for column in it.columns)
    widths = [WIDTH_CM * column.share / whole for column in it.columns]
    rows = it.all_rows()
    table = new_table(page, widths, rows=len(rows) + 1, style="Table Grid")
    _describe_table(table, it.name)
    head, *body = table.rows
    _mark(head, "w:tblHeader")
    for cell, column in zip(head.cells, it.columns, strict=True):
        _shade(cell)
        cell.paragraphs[0].add_run(column.title).bold = True
    for row, cells in zip(body, rows, strict=True):
        _mark(row, "w:cantSplit")
        for place, told in zip(row.cells, cells, strict=True):
            _fill(place, told)
    for row in table.rows:
        for cell in row.cells:
            for line in cell.paragraphs:
                line.paragraph_format.space_after = Pt(2)
                for run in line.runs:
                    run.font.size = Pt(9.5)
    page.add_paragraph()


def _fill(place: WordCell, told: Cell) -> None:
    line = place.paragraphs[0]
    if told.tick:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(_BOX)
        return
    if told.page_of:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_page_of(line, told.page_of)
        return
    if told.strong:
        line.add_run(told.strong).bold = True
        line = place.add_paragraph() if told.text else line
    if told.text:
        line.add_run(told.text)


def _signature(page: Page, it: Signature) -> None:
    page.add_paragraph().paragraph_format.space_after = Pt(24)
    width = WIDTH_CM / len(it.labels)
    table = new_table(page, [width] * len(it.labels), rows=1)
    for cell, words in zip(table.rows[0].cells, it.labels, strict=True):
        run = cell.paragraphs[0].add_run(f"{'.' * 40}\n{words}")
        run.font.size, run.font.color.rgb = Pt(9), FAINT
    page.add_paragraph()


def new_table(
    page: Page, widths: list[float], *, rows: int, style: str = "Normal Table"
) -> WordTable:
    """Add a table whose columns have these widths in cm."""
    table: WordTable = page.add_table(rows=rows, cols=len(widths))
    table.style = page.styles[style]
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def _describe_table(table: WordTable, name: str) -> None:
    told: BaseOxmlElement = table._tbl.tblPr  # noqa: SLF001 - captions have no other way in
    told.append(element("w:tblCaption", val=name))


def _mark(row: Row, name: str) -> None:
    told: BaseOxmlElement = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for it
    told.append(element(name))


def _shade(cell: WordCell) -> None:
    _add_look(cell, element("w:shd", val="clear", color="auto", fill=_SHADE))


def _underline(cell: WordCell) -> None:
    borders = element("w:tcBorders")
    borders.append(element("w:bottom", val="dotted", sz="6", color="8A979D"))
    _add_look(cell, borders)


def _add_look(cell: WordCell, part: BaseOxmlElement) -> None:
    told: BaseOxmlElement = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - nor for looks of cells
    told.append(part)


def element(tag: str, text: str = "", /, **attributes: str) -> BaseOxmlElement:
    """Make a part of the document that python-docx has no word for."""
    made = cast("BaseOxmlElement", OxmlElement(tag))
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.text = text or None
    return made


WRITERS: Writers = {
    Heading: _heading,
    Annex: _annex,
    Paragraph: _paragraph,
    Points: _points,
    Note: _note,
    Blanks: _blanks,
    Address: _address,
    Facts: _facts,
    Table: _table,
    Signature: _signature,
}
