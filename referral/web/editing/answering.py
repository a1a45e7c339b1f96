"""What an answer that comes by a link may say, and how it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from referral.catalog.editing import same_content
from referral.catalog.known import known_value
from referral.catalog.links import Purpose
from referral.catalog.model import CapacityUnit, Service
from referral.catalog.own_fields import OwnField, OwnValue, Vacancy, VerifiedBy
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.usecases.edit_own import Wish
from referral.usecases.record_links import Subject
from referral.web.answers import Reader
from referral.web.draft import FieldError
from referral.web.editing.fields import BY_LINK, WORDS
from referral.web.editing.form_view import FieldForm, field_form
from referral.web.editing.reading import Reading, read
from referral.web.editing.telling import said, verified_text
from referral.web.editing.written import Written, rows_of
from referral.web.translation import _

_PEOPLE = (CapacityUnit.CLIENTS, CapacityUnit.BEDS)
"""Units in which free places are asked for; nobody counts free phone calls."""


class Choice(StrEnum):
    """What the first tap says, as the address carries it."""

    FREE = "volno"
    FULL = "plno"
    SAME = "stejne"
    ALL_RIGHT = "souhlasi"
    CORRECT = "opravit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One field as it holds now, for who confirms it."""

    name: str
    lines: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """One service that is answered about; ``last`` are the latest edits of its fields."""

    subject: Subject
    catalog: Catalog
    purpose: Purpose
    today: date
    last: Mapping[OwnField, int]

    @property
    def fields(self) -> tuple[OwnField, ...]:
        """The fields that the link asks about."""
        return (OwnField.VACANCY,) if self.purpose is Purpose.VACANCY else BY_LINK

    def known(self, field: OwnField) -> OwnValue | None:
        """Return what holds of a field, as if the provider verified it today."""
        return known_value(
            self.subject.service,
            field,
            own=self.subject.own,
            on=self.today,
            by=VerifiedBy.PROVIDER,
        )

    def told(self) -> tuple[Told, ...]:
        """Return what holds of each field that is asked about."""
        found = []
        for field in self.fields:
            value = self.known(field)
            own = [one for one in self.subject.own if one.field is field]
            newest = max(own, key=lambda one: one.verified_on, default=None)
            lines = (_("nevíme"),) if value is None else said(value, self.catalog)
            found.append(Told(name=WORDS[field].name, lines=lines, note=verified_text(newest)))
        return tuple(found)

    def free_now(self) -> bool:
        """Tell whether anything is known of free places, so that it can be left as it is."""
        return self.known(OwnField.VACANCY) is not None

    def lines(self) -> tuple[tuple[Form | None, CapacityUnit], ...]:
        """Return the forms and units in which the service counts its places."""
        return vacancy_lines(self.subject.service)

    def free_rows(self, typed: Written | None) -> tuple[dict[str, str], ...]:
        """Return the rows of free places: as typed, as known, or one place where nobody knows."""
        if typed is not None:
            rows = rows_of(OwnField.VACANCY, typed, "forma", "jednotka", "pocet")
            if rows:
                return tuple(rows)
        value = self.known(OwnField.VACANCY)
        held = {} if value is None else {(one.form, one.unit): one for one in value.vacancies}
        return tuple(
            {
                "forma": form or "",
                "jednotka": unit,
                "pocet": str(max(1, held[form, unit].available) if (form, unit) in held else 1),
            }
            for form, unit in self.lines()
        )

    def forms(
        self, choice: Choice, typed: Written | None, errors: Iterable[FieldError]
    ) -> tuple[FieldForm, ...]:
        """Return the forms of all fields, for who corrects the whole record."""
        if choice is not Choice.CORRECT:
            return ()
        wrong = list(errors)
        return tuple(
            field_form(
                field,
                value=self.known(field),
                written=typed,
                errors=wrong,
                service=self.subject.service,
                catalog=self.catalog,
            )
            for field in self.fields
        )

    def seen(self, typed: Written | None) -> dict[str, int]:
        """Return the latest edits that the page knows of, by the slugs of their fields."""
        if typed is None:
            return {WORDS[field].slug: self.last.get(field, 0) for field in self.fields}
        return {WORDS[field].slug: _seen(field, typed) for field in self.fields}


def vacancy_lines(service: Service) -> tuple[tuple[Form | None, CapacityUnit], ...]:
    """Return in what forms and units a service counts free places; one line at least."""
    known = [
        (one.form, one.unit)
        for one in service.capacities
        if one.unit in _PEOPLE and not one.immediate
    ]
    if known:
        return tuple(dict.fromkeys(known))
    only_beds = service.forms == frozenset({Form.RESIDENTIAL})
    return ((None, CapacityUnit.BEDS if only_beds else CapacityUnit.CLIENTS),)


def wishes_of(
    choice: Choice, answering: Answering, typed: Written, reader: Reader
) -> Sequence[Wish]:
    """Return what an answer asks to be written; errors go into the reader.

    What was left empty, or cannot be told from what holds, changes nothing but the day on which it
    was verified: by a link nothing is ever forgotten.
    """
    if choice in {Choice.SAME, Choice.ALL_RIGHT}:
        held = [answering.known(field) for field in answering.fields]
        return [_wish(value, typed) for value in held if value is not None]
    if choice is Choice.FULL:
        return [_wish(_none_free(answering), typed)]
    fields = [OwnField.VACANCY] if choice is Choice.FREE else answering.fields
    reading = Reading(
        service=answering.subject.service,
        catalog=answering.catalog,
        on=answering.today,
        by=VerifiedBy.PROVIDER,
    )
    found = []
    for field in fields:
        value = _like_known(read(field, typed, reading, reader), answering.known(field))
        if value is not None:
            found.append(_wish(value, typed))
    if choice is Choice.FREE and not found and not reader.errors:
        reader.wrong("volno-pocet-0", _("Napište, kolik míst je volných."))
    return found


def _like_known(value: OwnValue | None, known: OwnValue | None) -> OwnValue | None:
    """Return a value in the shape of what holds when it says the same."""
    if value is None or known is None:
        return value
    if value.coverage is not None and known.coverage is not None:
        same = (value.coverage.certain, value.coverage.everywhere) == (
            known.coverage.certain,
            known.coverage.everywhere,
        )
        return known if same else value
    return known if same_content(value, known) else value


def _none_free(answering: Answering) -> OwnValue:
    full = OwnValue(
        service=answering.subject.service.id,
        field=OwnField.VACANCY,
        verified_on=answering.today,
        verified_by=VerifiedBy.PROVIDER,
        vacancies=tuple(
            Vacancy(form=form, unit=unit, available=0) for form, unit in answering.lines()
        ),
    )
    held = answering.known(OwnField.VACANCY)
    if held is None:
        return full
    # What was free in other units is full as well.
    known = {(one.form, one.unit): replace(one, available=0) for one in held.vacancies}
    known |= {(one.form, one.unit): one for one in full.vacancies}
    return replace(full, vacancies=tuple(known.values()))


def _wish(value: OwnValue, typed: Written) -> Wish:
    return Wish(field=value.field, value=value, seen=_seen(value.field, typed))


def _seen(field: OwnField, typed: Written) -> int:
    text = typed.get(f"videno-{WORDS[field].slug}", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - fits a number
