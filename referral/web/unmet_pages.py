"""Where a social worker counts a search that found nobody: the ORP, the needs and the month."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.accounts.model import Role
from referral.catalog.errors import UnknownCodeError
from referral.usecases.record_unmet import UnmetError
from referral.web.access import requires
from referral.web.presenters.labels import need_label
from referral.web.program import Site


def unmet_pages(site: Site) -> Blueprint:
    """Return the address to which the button below an answer posts."""
    pages = Blueprint("unmet", __name__)

    @pages.get("/nenaplneno")
    def without_search() -> ResponseReturnValue:
        return redirect(url_for("help.home"))

    @pages.post("/nenaplneno")
    @requires(Role.WORKER, Role.EDITOR)
    def count() -> ResponseReturnValue:
        try:
            counted = site.program.count_unmet(
                request.form.get("place_code", ""), request.form.getlist("need")
            )
        except (UnmetError, UnknownCodeError):
            # Only our own form posts here: without a known place and need there was no search.
            abort(HTTPStatus.BAD_REQUEST)
        vocabulary = site.program.catalog().vocabulary
        return render_template(
            "results/unmet_counted.html",
            orp=counted.orp,
            needs=[need_label(vocabulary.need(code)) for code in counted.needs],
            month=f"{counted.month.month}/{counted.month.year}",
        )

    return pages
