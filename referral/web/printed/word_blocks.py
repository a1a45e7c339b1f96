"""A brochure as a DOCX: real headings, contents and an index that the office can update."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from docx.document import Document as Page
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from referral.web.papers.paper import (
    Block,
    Contents,
    Cover,
    Entry,
    Heading,
    Index,
    Paper,
    Side,
    Sides,
)
from referral.web.papers.word import (
    FAINT,
    WIDTH_CM,
    WRITERS,
    Writers,
    add_page_of,
    bookmark,
    docx_of,
    element,
    new_table,
)
from referral.web.translation import _

_CONTENTS_TO = 2
"""Headings down to this level stand in the table of contents."""


def book_docx(paper: Paper) -> bytes:
    """Set a brochure as a document to be edited; the same brochure gives the same bytes."""
    anchored = tuple(
        replace(one, anchor=one.anchor or f"nadpis-{place}", fresh=one.fresh or one.level == 1)
        if isinstance(one, Heading)
        else one
        for place, one in enumerate(paper.blocks)
    )
    listed = [one for one in anchored if isinstance(one, Heading) and one.level <= _CONTENTS_TO]
    return docx_of(replace(paper, blocks=anchored), writers=_writers(listed))


def _writers(listed: Sequence[Heading]) -> Writers:
    own: Mapping[type[Block], object] = {
        Cover: _cover,
        Contents: partial(_contents, listed=listed),
        Sides: _sides,
        Entry: _entry,
        Index: _index,
    }
    return {**WRITERS, **own}  # type: ignore[dict-item]  # each writes the kind it stands beside


def _cover(page: Page, it: Cover) -> None:
    _update_fields_when_opened(page)
    above = page.add_paragraph().add_run(it.above)
    above.font.size, above.font.color.rgb = Pt(13), FAINT
    for _line in range(5):
        page.add_paragraph()
    page.add_paragraph(it.title, style="Title")
    area = page.add_paragraph().add_run(it.area)
    area.font.size = Pt(24)
    for _line in range(14):
        page.add_paragraph()
    for words in it.lines:
        page.add_paragraph(words)
    page.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _update_fields_when_opened(page: Page) -> None:
    """Have the numbers of pages counted: only the office's program knows where pages end."""
    told: BaseOxmlElement = page.settings.element
    told.append(element("w:updateFields", val="true"))


def _contents(page: Page, it: Contents, *, listed: Sequence[Heading]) -> None:
    """Write a field that the office can update, filled with what it will hold."""
    heading = page.add_paragraph().add_run(it.title)
    heading.bold, heading.font.size = True, Pt(16)
    lines = [page.add_paragraph() for _one in listed]
    for line, one in zip(lines, listed, strict=True):
        line.paragraph_format.left_indent = Cm(0.6 * (one.level - 1))
        line.paragraph_format.space_after = Pt(1)
        _leader(line)
    _mark(lines[0], "begin")
    _mark(lines[0], "instruction", f'TOC \\o "1-{_CONTENTS_TO}" \\h \\z \\u')
    _mark(lines[0], "separate")
    for line, one in zip(lines, listed, strict=True):
        line.add_run(f"{one.text}\t").bold = one.level == 1
        add_page_of(line, one.anchor)
    _mark(lines[-1], "end")


def _leader(line: WordParagraph) -> None:
    line.paragraph_format.tab_stops.add_tab_stop(
        Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _mark(line: WordParagraph, what: str, text: str = "") -> None:
    """Add one sign of a field that spans several lines."""
    run: BaseOxmlElement = line.add_run()._r  # noqa: SLF001 - python-docx has no fields
    if what == "instruction":
        run.append(element("w:instrText", text))
    else:
        run.append(element("w:fldChar", fldCharType=what))


def _labelled(page: Page, label: str, text: str) -> None:
    line = page.add_paragraph()
    line.paragraph_format.space_after = Pt(2)
    line.add_run(_("{label}: ").format(label=label)).bold = True
    line.add_run(text)


def _sides(page: Page, it: Sides) -> None:
    table = new_table(page, [WIDTH_CM / 2] * 2, rows=1, style="Table Grid")
    for cell, side in zip(table.rows[0].cells, (it.left, it.right), strict=True):
        _side(cell.paragraphs[0], side)
        for item in side.items:
            cell.add_paragraph(item, style="List Bullet")
        if side.note:
            cell.add_paragraph().add_run(side.note).font.color.rgb = FAINT
    page.add_paragraph()


def _side(line: WordParagraph, side: Side) -> None:
    line.add_run(side.title).bold = True


def _entry(page: Page, it: Entry) -> None:
    bookmark(page.add_heading(it.title, level=3), it.anchor)
    below = page.add_paragraph()
    below.paragraph_format.space_after = Pt(2)
    below.add_run(it.below).font.color.rgb = FAINT
    phone = it.call or _("Telefon (doplňte): {dots}").format(dots="." * 40)
    call = page.add_paragraph()
    call.paragraph_format.space_after = Pt(2)
    call.add_run(phone).bold = bool(it.call)
    for label, text in it.facts:
        _labelled(page, label, text)


def _index(page: Page, it: Index) -> None:
    for name, anchors in it.rows:
        line = page.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        _leader(line)
        line.add_run(f"{name}\t")
        for place, anchor in enumerate(anchors):
            if place:
                line.add_run(", ")
            add_page_of(line, anchor)
