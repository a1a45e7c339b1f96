"""The history of edits, and taking one of them back."""

import re
from http import HTTPStatus
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.accounts.model import Role
from referral.catalog.edit_store import WantedEdits
from referral.usecases.edit_own import EditError, OverwritesError, undo_edit, undoing
from referral.web.access import requires
from referral.web.editing.desk import logins, seen_number, signed, subject_of
from referral.web.editing.edit_view import edit_views, undo_view
from referral.web.editing.personal import looks_personal
from referral.web.program import Site
from referral.web.translation import _

_NUMBER: Final = re.compile(r"[0-9]{1,9}")

PAGE: Final = 40
"""Edits on one page."""


def history_pages(pages: Blueprint, site: Site) -> None:
    """Add the history and the way back."""

    @pages.get("/historie")
    @requires(Role.EDITOR)
    def history() -> ResponseReturnValue:
        catalog = site.program.catalog()
        service_id = request.args.get("sluzba", "")
        subject = subject_of(site, service_id) if service_id else None
        records = None if subject is None else frozenset(subject.records)
        before = _before(request.args.get("pred", ""))
        found = site.program.edits.edits(
            WantedEdits(services=records, before=before, limit=PAGE + 1)
        )
        return render_template(
            "editing/history.html",
            edits=edit_views(found[:PAGE], catalog, logins()),
            service=None if subject is None else subject.service,
            older=found[PAGE - 1].number if len(found) > PAGE else None,
            first=before is None,
        )

    @pages.get("/vratit/<int:number>")
    @requires(Role.EDITOR)
    def undo_page(number: int) -> ResponseReturnValue:
        return undo_question(number)

    @pages.post("/vratit/<int:number>")
    @requires(Role.EDITOR)
    def undo(number: int) -> ResponseReturnValue:
        seen = seen_number()
        over = request.form.get("prepsat") == "1"
        reason = " ".join(request.form.get("duvod", "").split()) or _("Vráceno zpět.")
        if looks_personal(reason):
            flash(_("Vypadá to jako rodné číslo. O lidech sem nic nepište."))
            return undo_question(number), HTTPStatus.UNPROCESSABLE_ENTITY
        try:
            undo_edit(site.program.edits, number, signed=signed(reason[:200]), seen=seen, over=over)
        except OverwritesError:
            return undo_question(number), HTTPStatus.CONFLICT
        except EditError as error:
            flash(str(error))
            return redirect(url_for("editing.history"), HTTPStatus.SEE_OTHER)
        edit = site.program.edits.edit(number)
        service_id = "" if edit is None else site.program.catalog().shown_id(edit.service)
        flash(_("Oprava číslo {number} je vrácená.").format(number=number))
        return redirect(url_for("editing.history", sluzba=service_id), HTTPStatus.SEE_OTHER)

    def undo_question(number: int) -> str:
        try:
            found = undoing(site.program.edits, number)
        except EditError:
            abort(HTTPStatus.NOT_FOUND)
        view = undo_view(found, site.program.catalog(), logins())
        return render_template("editing/undo.html", view=view)


def _before(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
