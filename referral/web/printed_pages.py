"""Printed matter to take away: the service card, and of an ORP the brochure and the leaflet.

None of it holds a word about a client, so what it is about may stand in its address.
"""

from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from referral.catalog.errors import UnknownCodeError
from referral.resources import data_dir
from referral.web.papers.making import MIME_TYPES, PDF
from referral.web.printed.law import read_law
from referral.web.printed.service_card import Desk
from referral.web.program import Site


def printed_pages(site: Site, *, public_url: str) -> Blueprint:
    """Return the addresses of printed matter; ``public_url`` is the site's, empty when unset."""
    pages = Blueprint("printed", __name__)

    @pages.get("/karta/<service_id>.pdf")
    def card(service_id: str) -> Response | Redirect:
        from referral.web.printed.making import card_pdf  # noqa: PLC0415 - loads the typesetter

        desk = desk_of(site, public_url=public_url)
        try:
            service = desk.catalog.service(service_id)
        except UnknownCodeError:
            abort(HTTPStatus.NOT_FOUND)
        if service.id != service_id:
            # Not for good: a decision that two records are one service can be taken back.
            return redirect(url_for("printed.card", service_id=service.id))
        own = site.program.history.own_values_of(desk.catalog.records_of(service.id))
        return _file(card_pdf(service, desk, own=own), f"karta-{service.id}", PDF)

    return pages


def desk_of(site: Site, *, public_url: str = "") -> Desk:
    """Return what cards are made from, with the catalogue of this request."""
    return Desk(
        catalog=site.program.catalog(),
        advice=site.program.advice,
        law=read_law(data_dir() / "papers"),
        today=site.today(),
        public_url=public_url,
    )


def _file(content: bytes, stem: str, form: str) -> Response:
    """Answer with a file that a browser shows, and saves under a name of its own."""
    response = Response(content, mimetype=MIME_TYPES[form])
    shown = "inline" if form == PDF else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{stem}.{form}"'
    return response
