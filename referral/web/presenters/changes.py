"""What changed on services, as Czech sentences and as plain values.

Of a service whose address is withheld nothing is said of where it is or was, whichever of its
records the change is of and whenever it was kept.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from referral.catalog.changes import GONE, WHEREABOUTS, Change, ChangedField
from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.web.czech import NBSP, day, sentence
from referral.web.presenters.changed_values import changed_values
from referral.web.presenters.document import Json
from referral.web.presenters.labels import FORMS
from referral.web.translation import _

_FIELDS: Final[Mapping[ChangedField, str]] = {
    ChangedField.NAME: _("název"),
    ChangedField.PROVIDER: _("poskytovatel"),
    ChangedField.KIND: _("druh pomoci"),
    ChangedField.TYPE: _("druh služby"),
    ChangedField.REGISTER_ID: _("číslo v registru"),
    ChangedField.FORMS: _("formy"),
    ChangedField.TARGET_GROUPS: _("okruh osob"),
    ChangedField.AGES: _("věk"),
    ChangedField.RULES: _("koho přijímá a nepřijímá"),
    ChangedField.COVERAGE: _("území působnosti"),
    ChangedField.CAPACITY: _("kapacita"),
    ChangedField.SCHEDULE: _("doba provozu"),
    ChangedField.LOCATIONS: _("místo"),
    ChangedField.PLACES: _("zařízení"),
    ChangedField.NEEDS: _("potřeby"),
    ChangedField.PHONE: _("telefon"),
    ChangedField.EMAIL: _("e-mail"),
    ChangedField.WEB: _("web"),
    ChangedField.DESCRIPTION: _("poznámka"),
    ChangedField.VALID_FROM: _("začátek"),
    ChangedField.VALID_TO: _("konec"),
}


def change_sentence(change: Change, catalog: Catalog) -> str:
    """Say a change in one sentence that begins with its day."""
    return f"{day(change.on)}: {change_text(change, catalog)}"


def change_text(change: Change, catalog: Catalog, *, named: bool = True) -> str:
    """Say a change in a sentence; not ``named`` it is told where the service is known."""
    service = catalog.service(change.service)
    told = f" „{service.name}“ ({service.organization.name})" if named else ""
    where = _where(service) if named else ""
    if change.field is ChangedField.REGISTERED:
        return f"{where}přibyla služba{told}." if named else _("Přibyla do katalogu.")
    if change.field is ChangedField.RENEWED:
        return f"{where}znovu běží služba{told}." if named else _("Znovu běží.")
    if change.field is ChangedField.ENDED:
        why = _(", ve zdroji už není") if change.detail == GONE else ""
        last = f" ke dni {day(date.fromisoformat(change.after))}" if change.after else ""
        ended = f"{where}skončila služba{told}" if named else _("Skončila")
        return f"{ended}{last}{why}."
    said = f"{_field(change)} {_values(change, service, catalog)}"
    return sentence(said) if not named else f"{told.lstrip()}: {_stopped(said)}"


def change_document(change: Change, catalog: Catalog) -> dict[str, Json]:
    """Return a change as plain JSON values, with its sentence."""
    service = catalog.service(change.service)
    hidden = _hidden(change, service)
    return {
        "service_id": change.service,
        "shown_as": service.id,
        "field": change.field.value,
        "detail": change.detail,
        "before": None if hidden else change.before,
        "after": None if hidden else change.after,
        "on": change.on.isoformat(),
        "source": change.source,
        "text": change_sentence(change, catalog).replace(NBSP, " "),
    }


def _stopped(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."


def _values(change: Change, service: Service, catalog: Catalog) -> str:
    if _hidden(change, service):
        return _("– změna se neukazuje, adresa je ze zákona utajená")
    said = changed_values(change, catalog)
    # "okruh osob – přibylo: …", but "kapacita 32 → 28 lůžek".
    return said if "→" in said else f"– {said}"


def _hidden(change: Change, service: Service) -> bool:
    return service.secret and change.field in WHEREABOUTS


def _where(service: Service) -> str:
    """Name the municipality in a way that needs no inflection; a secret address names none."""
    names = [one.municipality_name for one in service.locations if one.municipality_name]
    return f"v{NBSP}obci {names[0]} " if len(set(names)) == 1 and not service.secret else ""


def _field(change: Change) -> str:
    """Name the field, with the form it belongs to."""
    name = _FIELDS[change.field]
    letter = change.detail.partition(":")[0]
    return f"{name} ({FORMS[Form(letter)]})" if letter else name
