"""Life situations to read about and to begin from; their addresses say nothing of a client."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template

from referral.resources import data_dir
from referral.web.presenters.situations import situation_groups, situation_view
from referral.web.printed.law import read_law
from referral.web.program import Site


def situation_pages(site: Site) -> Blueprint:
    """Return the list of life situations and the page of each."""
    pages = Blueprint("situations", __name__)

    @pages.get("/situace")
    def index() -> str:
        vocabulary = site.program.catalog().vocabulary
        return render_template("situations/index.html", groups=situation_groups(vocabulary))

    @pages.get("/situace/<slug>")
    def one(slug: str) -> str:
        catalog = site.program.catalog()
        need = catalog.vocabulary.needs.get(slug.upper())
        if need is None or slug != slug.lower():
            abort(HTTPStatus.NOT_FOUND)
        view = situation_view(
            need, catalog, advice=site.program.advice, law=read_law(data_dir() / "papers")
        )
        return render_template("situations/one.html", view=view)

    return pages
