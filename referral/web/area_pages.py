"""Pages of a municipality and of an ORP; they hold nothing about any client."""

from datetime import date
from http import HTTPStatus

from flask import Blueprint, abort, render_template

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.matching.kept import Kept
from referral.network.gaps import GapReport
from referral.usecases.find_area import AreaLevel
from referral.usecases.survey_area import Survey, survey_area
from referral.web.orp_address import orp_key, orp_of
from referral.web.presenters.localities import locality_view, orp_view
from referral.web.program import Site

_KEPT = 64
"""Municipalities whose survey is kept; each asks one question for every need."""


def area_pages(site: Site) -> Blueprint:
    """Return the page of a municipality and the page of an ORP."""
    pages = Blueprint("areas", __name__)

    def surveyed(catalog: Catalog, place: Municipality, today: date) -> Survey:
        policy = site.program.policy
        return survey_area([place], catalog=catalog, policy=policy, today=today, shown=1)

    survey = Kept(surveyed, keep=_KEPT)

    def gaps_of(orp: str) -> GapReport:
        return site.program.gaps(orp, AreaLevel.ORP.value, None)

    @pages.get("/obec/<code>")
    def municipality(code: str) -> str:
        catalog = site.program.catalog()
        place = catalog.territory.municipalities.get(code)
        if place is None:
            abort(HTTPStatus.NOT_FOUND)
        view = locality_view(
            place,
            catalog,
            survey=survey(catalog, place, site.today()),
            report=gaps_of(place.orp),
            orp_key=orp_key(place.orp, catalog.territory),
        )
        return render_template("areas/municipality.html", view=view)

    @pages.get("/orp/<key>")
    def orp(key: str) -> str:
        catalog = site.program.catalog()
        name = orp_of(key, catalog.territory)
        if name is None:
            abort(HTTPStatus.NOT_FOUND)
        view = orp_view(name, catalog, key=key, report=gaps_of(name))
        return render_template("areas/orp.html", view=view)

    return pages
