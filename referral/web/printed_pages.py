"""Printed matter to take away: the service card, and of an ORP the brochure and the leaflet.

None of it holds a word about a client, so what it is about may stand in its address.
"""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from referral.catalog.errors import UnknownCodeError
from referral.catalog.snapshot import Catalog
from referral.matching.kept import Kept
from referral.resources import data_dir
from referral.usecases.find_area import Area, AreaLevel
from referral.web.orp_address import orp_of
from referral.web.papers.making import DOCX, MIME_TYPES, PDF
from referral.web.printed.area_matter import AreaMatter, gaps_in, matter_of
from referral.web.printed.law import read_law
from referral.web.printed.service_card import Desk
from referral.web.program import Site

_BROCHURES_KEPT, _LEAFLETS_KEPT = 4, 8


def printed_pages(site: Site, *, public_url: str) -> Blueprint:
    """Return the addresses of printed matter; ``public_url`` is the site's, empty when unset."""
    pages, press = Blueprint("printed", __name__), _Press(site, public_url)
    # A brochure takes seconds: the last few are kept until the catalogue changes or the day ends.
    brochures: Kept[bytes] = Kept(press.brochure, keep=_BROCHURES_KEPT)
    leaflets: Kept[bytes] = Kept(press.leaflet, keep=_LEAFLETS_KEPT)

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

    @pages.get("/orp/<code>/brozura.pdf")
    def brochure(code: str) -> Response:
        content = brochures(site.program.catalog(), code, PDF, site.today())
        return _file(content, f"brozura-{code}", PDF)

    @pages.get("/orp/<code>/brozura.docx")
    def brochure_to_edit(code: str) -> Response:
        content = brochures(site.program.catalog(), code, DOCX, site.today())
        return _file(content, f"brozura-{code}", DOCX)

    @pages.get("/orp/<code>/letak.pdf")
    def leaflet(code: str) -> Response:
        content = leaflets(site.program.catalog(), code, site.today())
        return _file(content, f"letak-{code}", PDF)

    return pages


class _Press:
    """Makes the printed matter of an ORP, named as its page is."""

    def __init__(self, site: Site, public_url: str) -> None:
        self._site = site
        self._public_url = public_url

    def brochure(self, catalog: Catalog, code: str, form: str, today: date) -> bytes:
        """Make the brochure in a form."""
        from referral.web.printed.making import brochure_file  # noqa: PLC0415 - loads the typesetter

        return brochure_file(self._matter(catalog, code, today, judged=True), form)

    def leaflet(self, catalog: Catalog, code: str, today: date) -> bytes:
        """Make the leaflet."""
        from referral.web.boundaries import boundaries_of  # noqa: PLC0415 - loads shapely
        from referral.web.printed.making import leaflet_pdf  # noqa: PLC0415 - loads the typesetter

        borders = boundaries_of(catalog.territory, self._site.program.boundaries())
        matter = self._matter(catalog, code, today, judged=False)
        return leaflet_pdf(matter, boundaries=borders)

    def _matter(self, catalog: Catalog, code: str, today: date, *, judged: bool) -> AreaMatter:
        name = orp_of(code, catalog.territory)
        if name is None:
            abort(HTTPStatus.NOT_FOUND)
        codes = catalog.territory.by_orp[name]
        area = Area(name=name, level=AreaLevel.ORP, municipalities=codes)
        program = self._site.program
        return matter_of(
            area,
            desk=_desk(catalog, self._site, today, self._public_url),
            policy=program.policy,
            gaps=gaps_in(area, catalog.territory, gaps=program.gaps) if judged else None,
            own_values_of=program.history.own_values_of,
        )


def desk_of(site: Site, *, public_url: str = "") -> Desk:
    """Return what cards are made from, with the catalogue of this request."""
    return _desk(site.program.catalog(), site, site.today(), public_url)


def _desk(catalog: Catalog, site: Site, today: date, public_url: str) -> Desk:
    return Desk(
        catalog=catalog,
        advice=site.program.advice,
        law=read_law(data_dir() / "papers"),
        today=today,
        public_url=public_url,
    )


def _file(content: bytes, stem: str, form: str) -> Response:
    """Answer with a file that a browser shows, and saves under a name of its own."""
    response = Response(content, mimetype=MIME_TYPES[form])
    shown = "inline" if form == PDF else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{stem}.{form}"'
    return response
