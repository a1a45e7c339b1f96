"""Printed matter set in type: each kind as a file, in Czech whatever language the page speaks."""

from collections.abc import Iterable

from referral.catalog.model import Service
from referral.catalog.own_fields import OwnValue
from referral.resources import data_dir
from referral.web.boundaries import Boundaries
from referral.web.papers.making import DOCX
from referral.web.papers.pdf import pdf_of
from referral.web.printed import brochure, card_paper, leaflet
from referral.web.printed.area_matter import AreaMatter
from referral.web.printed.service_card import Desk, service_card
from referral.web.translation import Language, spoken


def card_pdf(service: Service, desk: Desk, *, own: Iterable[OwnValue] = ()) -> bytes:
    """Set the card of a service as a PDF; the same service on the same day gives the same bytes."""
    with spoken(Language.CZECH):
        card = service_card(service, desk, own=own)
        return pdf_of(card_paper.card_paper(card, service, desk), template=card_paper.TEMPLATE)


def brochure_file(matter: AreaMatter, form: str) -> bytes:
    """Set the brochure of an area as PDF or DOCX; the same matter gives the same bytes."""
    with spoken(Language.CZECH):
        paper = brochure.brochure(matter)
        if form == DOCX:
            from referral.web.printed.word_blocks import book_docx  # noqa: PLC0415 - loads python-docx

            return book_docx(paper)
        return pdf_of(paper, template=brochure.TEMPLATE)


def leaflet_pdf(matter: AreaMatter, *, boundaries: Boundaries) -> bytes:
    """Set the leaflet of an area as a PDF; the same matter gives the same bytes."""
    situations = leaflet.read_situations(data_dir() / "papers")
    with spoken(Language.CZECH):
        return pdf_of(
            leaflet.leaflet(matter, situations=situations, boundaries=boundaries),
            template=leaflet.TEMPLATE,
        )
