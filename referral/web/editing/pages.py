"""The editors' room under /upravy."""

from flask import Blueprint

from referral.web.editing.history_pages import history_pages
from referral.web.editing.links_pages import links_pages
from referral.web.editing.proposals_pages import proposals_pages
from referral.web.editing.service_pages import service_pages
from referral.web.editing.work_pages import work_pages
from referral.web.program import Site


def editing_pages(site: Site) -> Blueprint:
    """Return the pages of editors."""
    pages = Blueprint("editing", __name__, url_prefix="/upravy")
    for add in (work_pages, service_pages, history_pages, links_pages, proposals_pages):
        add(pages, site)
    return pages
