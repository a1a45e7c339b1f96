"""Where a social worker writes down how a service has answered: counts, and nothing of anybody."""

from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from referral.accounts.model import Role
from referral.text import fold
from referral.usecases.record_links import Subject
from referral.usecases.record_outcome import OutcomeError, record_outcome
from referral.web.access import requires
from referral.web.draft import FieldError
from referral.web.editing.desk import subject_of
from referral.web.presenters.offers import offer_view
from referral.web.program import Site
from referral.web.translation import _

_ACCEPTED, _REFUSED = "prijala", "odmitla"


def outcome_pages(site: Site) -> Blueprint:
    """Return the page under /vysledek."""
    pages = Blueprint("outcome", __name__)

    @pages.get("/vysledek/<service_id>")
    @requires(Role.WORKER, Role.EDITOR)
    def ask(service_id: str) -> ResponseReturnValue:
        return page(subject_of(site, service_id))

    @pages.post("/vysledek/<service_id>")
    @requires(Role.WORKER, Role.EDITOR)
    def count(service_id: str) -> ResponseReturnValue:
        subject = subject_of(site, service_id)
        answer = request.form.get("vysledek", "")
        if answer not in {_ACCEPTED, _REFUSED}:
            message = _("Vyberte, zda služba člověka přijala, nebo odmítla.")
            error = FieldError(field="vysledek", message=message)
            return page(subject, error=error), HTTPStatus.UNPROCESSABLE_ENTITY
        vocabulary = site.program.catalog().vocabulary
        try:
            named = record_outcome(
                site.program.outcomes,
                subject.service.id,
                barriers=request.form.getlist("prekazka"),
                accepted=answer == _ACCEPTED,
                on=site.today(),
                today=site.today(),
                vocabulary=vocabulary,
            )
        except OutcomeError as wrong:
            error = FieldError(field="prekazka", message=str(wrong))
            return page(subject, error=error), HTTPStatus.UNPROCESSABLE_ENTITY
        today = site.today()
        return render_template(
            "editing/outcome_counted.html",
            offer=offer_view(subject.service, site.program.catalog()),
            accepted=answer == _ACCEPTED,
            barriers=[vocabulary.barrier(code).name for code in named],
            month=f"{today.month}/{today.year}",
        )

    def page(subject: Subject, *, error: FieldError | None = None) -> str:
        catalog = site.program.catalog()
        barriers = sorted(catalog.vocabulary.barriers.values(), key=lambda one: fold(one.name))
        return render_template(
            "editing/outcome.html",
            offer=offer_view(subject.service, catalog),
            barriers=barriers,
            ticked=request.form.getlist("prekazka"),
            answer=request.form.get("vysledek", ""),
            errors=[error] if error else [],
        )

    return pages
