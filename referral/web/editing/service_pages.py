"""The pages on which an editor corrects one service: an overview, and a form for each field."""

from http import HTTPStatus
from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from referral.accounts.model import Role
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy
from referral.usecases.edit_own import OvertakenError, Wish, edit_own
from referral.usecases.record_links import Subject
from referral.web.access import requires
from referral.web.answers import Reader
from referral.web.editing.desk import field_of, seen_number, signed, subject_of
from referral.web.editing.fields import WORDS
from referral.web.editing.personal import looks_personal
from referral.web.editing.reading import LONGEST_LINE, Reading, read
from referral.web.editing.service_desk import COORDINATOR, ServiceDesk, Shown
from referral.web.program import Site
from referral.web.translation import _

_CONFIRMED: Final = _("Potvrzeno beze změny.")
_FORGOTTEN: Final = _("Vlastní údaj vzat zpět.")


def service_pages(pages: Blueprint, site: Site) -> None:
    """Add the overview of a service and the form of each field."""
    desk = ServiceDesk(site)

    @pages.get("/sluzba/<service_id>")
    @requires(Role.EDITOR)
    def service(service_id: str) -> ResponseReturnValue:
        return desk.overview(subject_of(site, service_id))

    @pages.get("/sluzba/<service_id>/<slug>")
    @requires(Role.EDITOR)
    def field(service_id: str, slug: str) -> ResponseReturnValue:
        return desk.form_page(subject_of(site, service_id), field_of(slug), Shown())

    @pages.post("/sluzba/<service_id>/<slug>")
    @requires(Role.EDITOR)
    def save(service_id: str, slug: str) -> ResponseReturnValue:
        saving = _Saving(site, desk, subject_of(site, service_id), field_of(slug))
        action = request.form.get("kam", "")
        if action == "potvrdit":
            return saving.confirm()
        if action == "zpet":
            return saving.forget()
        return saving.write(action)


class _Saving:
    """One sent form of one field of one service."""

    def __init__(self, site: Site, desk: ServiceDesk, subject: Subject, edited: OwnField) -> None:
        self._site = site
        self._desk = desk
        self._subject = subject
        self._field = edited

    def confirm(self) -> ResponseReturnValue:
        """Verify what holds as it stands."""
        value = self._desk.known(self._subject, self._field, by=_role() or COORDINATOR)
        if value is None:
            flash(_("Není co potvrdit: o tomto poli nikdo nic neví. Doplňte ho."))
            slug = WORDS[self._field].slug
            address = url_for("editing.field", service_id=self._subject.service.id, slug=slug)
            return redirect(address, HTTPStatus.SEE_OTHER)
        return self._put(value, _reason() or _CONFIRMED, Shown())

    def forget(self) -> ResponseReturnValue:
        """Take our own value back, so that the source holds."""
        return self._put(None, _reason() or _FORGOTTEN, Shown())

    def write(self, action: str) -> ResponseReturnValue:
        """Save what was typed, show what it would change, or only show it again."""
        reader = Reader()
        value = self._read(reader, saves=action not in {"nahled", "pridat"})
        shown = Shown(written=request.form, errors=() if action == "pridat" else reader.errors)
        if action == "pridat":
            return self._page(shown)
        if value is None or reader.errors:
            return self._page(shown), HTTPStatus.UNPROCESSABLE_ENTITY
        if action == "nahled":
            return self._page(self._desk.previewed(self._subject, value, shown))
        return self._put(value, _reason(), shown)

    def _read(self, reader: Reader, *, saves: bool) -> OwnValue | None:
        by = _role()
        reading = Reading(
            service=self._subject.service,
            catalog=self._site.program.catalog(),
            on=self._site.today(),
            by=by or COORDINATOR,
        )
        value = read(self._field, request.form, reading, reader)
        if value is None and not reader.errors:
            message = _("Nic jste nevyplnili. Vlastní údaj vezmete zpět tlačítkem níže.")
            reader.wrong(f"{WORDS[self._field].slug}-pole", message)
        if saves and by is None:
            reader.wrong("overil", _("Vyberte, kdo údaj ověřil."))
        if saves:
            _judge_reason(reader)
        return value

    def _put(self, value: OwnValue | None, reason: str, shown: Shown) -> ResponseReturnValue:
        subject = self._subject
        wish = Wish(field=self._field, value=value, seen=seen_number())
        try:
            edit_own(
                self._site.program.edits,
                subject.service.id,
                [wish],
                records=subject.records,
                signed=signed(reason),
            )
        except OvertakenError as told:
            late = Shown(written=shown.written, errors=shown.errors, meanwhile=told.meanwhile)
            return self._page(late), HTTPStatus.CONFLICT
        flash(_("{field}: uloženo.").format(field=WORDS[self._field].name))
        address = url_for("editing.service", service_id=subject.service.id)
        return redirect(address, HTTPStatus.SEE_OTHER)

    def _page(self, shown: Shown) -> str:
        return self._desk.form_page(self._subject, self._field, shown)


def _role() -> VerifiedBy | None:
    try:
        return VerifiedBy(request.form.get("overil", ""))
    except ValueError:
        return None


def _reason() -> str:
    return " ".join(request.form.get("duvod", "").split())[:LONGEST_LINE]


def _judge_reason(reader: Reader) -> None:
    reason = _reason()
    if not reason:
        reader.wrong("duvod", _("Napište, podle čeho údaj měníte, třeba: zavolali jsme do služby."))
    elif looks_personal(reason):
        reader.wrong("duvod", _("Vypadá to jako rodné číslo. O lidech sem nic nepište."))
