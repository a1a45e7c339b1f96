"""Links for the staff of a service: making them, and taking them back."""

import re
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from referral.accounts.model import Role
from referral.catalog.links import MOST_DAYS, LinkState, Purpose, RecordLink
from referral.usecases.edit_own import EditError
from referral.usecases.record_links import (
    Subject,
    make_link,
    withdraw_link,
)
from referral.web.access import here, requires
from referral.web.editing.desk import logins, now, subject_of
from referral.web.editing.telling import moment
from referral.web.editing.tokens import write_token
from referral.web.presenters.offers import offer_view
from referral.web.program import Site
from referral.web.translation import _

DAYS: Final = 14
"""How long a link lives unless the editor says otherwise."""

_DAYS: Final = re.compile(r"[0-9]{1,3}")

PURPOSES: Final = {
    Purpose.VACANCY: _("jen volná místa"),
    Purpose.RECORD: _("celý záznam služby"),
}
STATES: Final = {
    LinkState.OPEN: _("čeká na odpověď"),
    LinkState.USED: _("odpověď přišla"),
    LinkState.EXPIRED: _("platnost skončila"),
    LinkState.WITHDRAWN: _("vzat zpět"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """One link as the list of a service shows it; its token is never shown again."""

    id: str
    purpose: str
    made: str
    by: str
    until: str
    state: str
    open: bool


def links_pages(pages: Blueprint, site: Site) -> None:
    """Add the page that makes links."""

    @pages.get("/sluzba/<service_id>/odkaz")
    @requires(Role.EDITOR)
    def links(service_id: str) -> ResponseReturnValue:
        return _links_page(site, subject_of(site, service_id))

    @pages.post("/sluzba/<service_id>/odkaz")
    @requires(Role.EDITOR)
    def add_link(service_id: str) -> ResponseReturnValue:
        subject = subject_of(site, service_id)
        typed = request.form.get("dni", "").strip()
        try:
            purpose = Purpose(request.form.get("ucel", ""))
            link = make_link(
                site.program.edits,
                subject.service.id,
                purpose,
                days=int(typed) if _DAYS.fullmatch(typed) else 0,
                at=now(),
                by=here().id,
            )
        except EditError as error:
            return _links_page(site, subject, error=str(error)), HTTPStatus.UNPROCESSABLE_ENTITY
        except ValueError:
            message = _("Vyberte, k\u00a0čemu odkaz je.")
            return _links_page(site, subject, error=message), HTTPStatus.UNPROCESSABLE_ENTITY
        return _links_page(site, subject, made=link)

    @pages.post("/odkaz/<link_id>/vzit-zpet")
    @requires(Role.EDITOR)
    def take_link_back(link_id: str) -> ResponseReturnValue:
        link = site.program.edits.link(link_id)
        if link is None:
            abort(HTTPStatus.NOT_FOUND)
        taken = withdraw_link(site.program.edits, link_id, at=now())
        flash(_("Odkaz je vzatý zpět.") if taken else _("Odkaz už nejde vzít zpět."))
        return redirect(url_for("editing.links", service_id=link.service), HTTPStatus.SEE_OTHER)


def _links_page(
    site: Site, subject: Subject, *, made: RecordLink | None = None, error: str = ""
) -> str:
    names = logins()
    at = now()
    found = [
        LinkView(
            id=link.id,
            purpose=PURPOSES[link.purpose],
            made=moment(link.made_at),
            by=names.get(link.made_by, _("příkazová řádka")),
            until=moment(link.expires_at - timedelta(minutes=1)),
            state=STATES[link.state(at)],
            open=link.state(at) is LinkState.OPEN,
        )
        for link in site.program.edits.links(subject.service.id)
    ]
    address = ""
    if made is not None:
        token = write_token(made.id, str(current_app.secret_key))
        address = url_for("answering.answer", token=token, _external=True)
    return render_template(
        "editing/links.html",
        offer=offer_view(subject.service, site.program.catalog()),
        links=found,
        address=address,
        made=None if made is None else PURPOSES[made.purpose],
        until="" if made is None else moment(made.expires_at),
        purposes=PURPOSES,
        purpose=request.form.get("ucel", Purpose.VACANCY.value),
        days=request.form.get("dni", str(DAYS)),
        most_days=MOST_DAYS,
        error=error,
    )
