"""What an editor sees of one service: the overview of its fields, and the form of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import render_template, request

from referral.catalog.areas import CoverageStatus
from referral.catalog.edit_store import WantedEdits
from referral.catalog.editing import Edit
from referral.catalog.known import OWN_ONLY, known_value
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy, with_own
from referral.usecases.edit_own import edits_after
from referral.usecases.preview_edit import preview
from referral.usecases.record_links import Subject
from referral.web.boundaries import boundaries_of
from referral.web.czech import day
from referral.web.draft import FieldError
from referral.web.editing.desk import latest_own, logins, seen_number
from referral.web.editing.edit_view import EditView, edit_view, edit_views
from referral.web.editing.fields import ROLES, STANCES, UNITS, WORDS, FieldWords
from referral.web.editing.form_view import coverage_map, field_form
from referral.web.editing.preview_view import CaseView, case_views
from referral.web.editing.telling import said, verified_text
from referral.web.editing.written import Written
from referral.web.gaps_map_data import inline_json
from referral.web.presenters.labels import FORMS
from referral.web.presenters.offers import offer_view
from referral.web.program import Site
from referral.web.translation import _

COORDINATOR: Final = VerifiedBy.COORDINATOR
"""The role in which a field is told while nobody has said in which it is verified."""

_SHOWN_EDITS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field of the overview: what holds, on what it rests, and who touched it last."""

    words: FieldWords
    lines: tuple[str, ...]
    note: str
    known: bool
    own: bool
    seen: int
    last: EditView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown above a form: what was typed, what is wrong, and what happened meanwhile."""

    written: Written | None = None
    errors: Sequence[FieldError] = ()
    meanwhile: tuple[Edit, ...] = ()
    cases: tuple[CaseView, ...] | None = None
    changes: bool = False


class ServiceDesk:
    """Makes the pages of a service."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def known(self, subject: Subject, edited: OwnField, *, by: VerifiedBy) -> OwnValue | None:
        """Return what holds of a field, as if it were verified today."""
        return known_value(subject.service, edited, own=subject.own, on=self._site.today(), by=by)

    def overview(self, subject: Subject) -> str:
        """Return the page with all fields of a service."""
        catalog = self._site.program.catalog()
        last = self._site.program.edits.last_edits(subject.records)
        names = logins()
        edits = {
            one.number: one
            for one in self._site.program.edits.edits(
                WantedEdits(services=frozenset(subject.records))
            )
        }
        fields = []
        for edited, words in WORDS.items():
            value = known_value(
                subject.service, edited, own=subject.own, on=self._site.today(), by=COORDINATOR
            )
            own = latest_own(subject, edited)
            edit = edits.get(last.get(edited, 0))
            fields.append(
                FieldView(
                    words=words,
                    lines=() if value is None else said(value, catalog),
                    note=self._note(subject, own, value),
                    known=value is not None,
                    own=own is not None,
                    seen=last.get(edited, 0),
                    last=None if edit is None else edit_view(edit, catalog, names),
                )
            )
        return render_template(
            "editing/service.html", offer=offer_view(subject.service, catalog), fields=fields
        )

    def _note(self, subject: Subject, own: OwnValue | None, value: OwnValue | None) -> str:
        if own is not None:
            return verified_text(own)
        if value is None:
            return ""
        source = self._site.program.catalog().source(subject.service.provenance.source)
        told = _("říká zdroj {title}, stav k\u00a0{day}; nikdo z\u00a0nás neověřil").format(
            title=source.title, day=day(subject.service.provenance.as_of)
        )
        coverage = value.coverage
        parsed = subject.service.coverage.status is CoverageStatus.PARSED
        return told + (
            _("; přečteno z\u00a0věty v\u00a0registru") if coverage is not None and parsed else ""
        )

    def previewed(self, subject: Subject, value: OwnValue, shown: Shown) -> Shown:
        """Return what is shown above a form with what the matcher would answer otherwise."""
        program = self._site.program
        if value.field in OWN_ONLY or value.field is OwnField.CONTACT:
            return replace(shown, cases=())
        before = subject.service
        cases = preview(
            before,
            with_own(before, [value]),
            catalog=program.catalog(),
            policy=program.policy,
            today=self._site.today(),
        )
        views = case_views(cases, program.catalog())
        return replace(shown, cases=views, changes=bool(views))

    def form_page(self, subject: Subject, edited: OwnField, shown: Shown) -> str:
        """Return the page with the form of one field."""
        catalog = self._site.program.catalog()
        names = logins()
        form = field_form(
            edited,
            value=known_value(
                subject.service, edited, own=subject.own, on=self._site.today(), by=COORDINATOR
            ),
            written=shown.written,
            errors=shown.errors,
            service=subject.service,
            catalog=catalog,
        )
        shapes = None
        if edited is OwnField.COVERAGE:
            bounds = boundaries_of(catalog.territory, self._site.program.boundaries())
            shapes = inline_json(coverage_map(form, bounds))
        seen = self._site.program.edits.last_edits(subject.records).get(edited, 0)
        if shown.written is not None and not shown.meanwhile:
            # What was typed answers to what was seen when typing began.
            seen = seen_number()
        earlier = edits_after(self._site.program.edits, subject.records, edited, 0)
        return render_template(
            "editing/field.html",
            offer=offer_view(subject.service, catalog),
            form=form,
            errors=shown.errors,
            meanwhile=edit_views(shown.meanwhile, catalog, names),
            cases=shown.cases,
            changes=shown.changes,
            own=latest_own(subject, edited) is not None,
            seen=seen,
            roles=ROLES,
            role=request.form.get("overil", ""),
            reason=request.form.get("duvod", ""),
            earlier=edit_views(earlier[:_SHOWN_EDITS], catalog, names),
            shapes=shapes,
            forms=FORMS,
            units=UNITS,
            stances=STANCES,
            barriers=catalog.vocabulary.barriers,
        )
