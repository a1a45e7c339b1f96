"""A paper as a PDF: tagged for screen readers (PDF/UA-1), fit for archives (PDF/A-2a), offline.

What is printed reaches the typesetter as data, so nothing in it can be read as a command. It sees
its own template and the fonts it carries, no file beside them and no package from a network.
"""

import json
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING

import typst

from referral.resources import templates_dir
from referral.web.papers.paper import Paper, as_data, with_typography
from referral.web.translation import _

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARDS: "list[PDFStandard]" = ["a-2a", "ua-1"]


def pdf_of(paper: Paper, *, template: str = "paper.typ") -> bytes:
    """Set a paper as A4 pages by a template; the same paper gives the same bytes."""
    try:
        return _compiled(paper, template, STANDARDS)
    except typst.TypstError:
        # The standards forbid a sign that none of the fonts has (a picture in a provider's name);
        # a paper with an empty box in it is better than none.
        return _compiled(paper, template, [])


def _compiled(paper: Paper, template: str, standards: "list[PDFStandard]") -> bytes:
    folder = templates_dir() / "papers"
    return typst.compile(
        str(folder / template),
        root=str(folder),
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs_of(paper),
        pdf_standards=standards,
        timestamp=datetime.combine(paper.on, time(), tzinfo=UTC),
    )


def inputs_of(paper: Paper) -> dict[str, str]:
    """Return what the template is given: the paper as one JSON document."""
    return {
        "paper": json.dumps(as_data(with_typography(paper)), ensure_ascii=False),
        "address": _("Adresa, datová schránka"),
        "phone": _("Telefon (doplňte)"),
        "telephone": _("tel."),
    }


@cache
def fonts() -> typst.Fonts:
    """Return the fonts inside the typesetter, so that a paper looks alike on every computer."""
    return typst.Fonts(include_system_fonts=False)
