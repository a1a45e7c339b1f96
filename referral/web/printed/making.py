"""Printed matter set in type: each kind as a file."""

from collections.abc import Iterable

from referral.catalog.model import Service
from referral.catalog.own_fields import OwnValue
from referral.web.papers.pdf import pdf_of
from referral.web.printed import card_paper
from referral.web.printed.service_card import Desk, service_card


def card_pdf(service: Service, desk: Desk, *, own: Iterable[OwnValue] = ()) -> bytes:
    """Set the card of a service as a PDF; the same service on the same day gives the same bytes."""
    card = service_card(service, desk, own=own)
    return pdf_of(card_paper.card_paper(card, service, desk), template=card_paper.TEMPLATE)
