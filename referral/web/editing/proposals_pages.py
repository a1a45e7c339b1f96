"""What came by links and waits for an editor, and the decision about it."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from referral.accounts.model import Role
from referral.catalog.known import known_value
from referral.catalog.own_fields import VerifiedBy
from referral.catalog.proposals import Proposal
from referral.usecases.edit_own import EditError, OvertakenError
from referral.usecases.record_links import approve_proposal, reject_proposal
from referral.web.access import here, requires
from referral.web.editing.desk import now, seen_number, subject_of
from referral.web.editing.fields import WORDS
from referral.web.editing.telling import DOUBTS, moment, said
from referral.web.program import Site
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """What waits for an editor: what holds, what is proposed, and why it waits."""

    number: int
    service_id: str
    service: str
    field: str
    sent: str
    now: tuple[str, ...]
    proposed: tuple[str, ...]
    doubts: tuple[str, ...]
    note: str
    seen: int
    overtaken: bool


def proposals_pages(pages: Blueprint, site: Site) -> None:
    """Add the list of what waits."""

    @pages.get("/ke-schvaleni")
    @requires(Role.EDITOR)
    def proposals() -> ResponseReturnValue:
        found = [_view(site, one) for one in site.program.edits.proposals()]
        return render_template("editing/proposals.html", proposals=found)

    @pages.post("/ke-schvaleni/<int:number>")
    @requires(Role.EDITOR)
    def decide(number: int) -> ResponseReturnValue:
        proposal = site.program.edits.proposal(number)
        if proposal is None:
            abort(HTTPStatus.NOT_FOUND)
        store, by = site.program.edits, here().id
        try:
            if request.form.get("kam") == "schvalit":
                approve_proposal(
                    store,
                    number,
                    records=subject_of(site, proposal.value.service).records,
                    seen=seen_number(),
                    at=now(),
                    by=by,
                )
                flash(_("Schváleno, platí to hned."))
            else:
                reject_proposal(store, number, at=now(), by=by)
                flash(_("Odmítnuto, v\u00a0katalogu se nic nezměnilo."))
        except EditError as error:
            flash(str(error))
        except OvertakenError:
            flash(_("Údaj se mezitím změnil. Podívejte se na nový stav a rozhodněte znovu."))
        return redirect(url_for("editing.proposals"), HTTPStatus.SEE_OTHER)


def _view(site: Site, proposal: Proposal) -> ProposalView:
    catalog = site.program.catalog()
    value = proposal.value
    subject = subject_of(site, value.service)
    holds = known_value(
        subject.service, value.field, own=subject.own, on=site.today(), by=VerifiedBy.PROVIDER
    )
    seen = site.program.edits.last_edits(subject.records).get(value.field, 0)
    return ProposalView(
        number=proposal.number,
        service_id=subject.service.id,
        service=subject.service.name,
        field=WORDS[value.field].name,
        sent=moment(proposal.sent_at),
        now=(_("nevíme"),) if holds is None else said(holds, catalog),
        proposed=said(value, catalog),
        doubts=tuple(DOUBTS[one] for one in proposal.doubts),
        note=proposal.note,
        seen=seen,
        overtaken=seen > proposal.seen,
    )
