"""What changed on services, as Czech sentences and as plain values."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from referral.catalog.areas import AreaKind, ServiceArea
from referral.catalog.changes import GONE, SECRET, Change, ChangedField
from referral.catalog.model import CapacityUnit, Service, Stance
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.web.czech import NBSP, day, listing, sentence
from referral.web.presenters.document import Json
from referral.web.presenters.labels import FORMS, area_name, unit_count
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
_NOTHING: Final = _("neuvedeno")
_LONGEST: Final = 80
_STANCES: Final[Mapping[str, str]] = {
    Stance.ACCEPTS: _("přijímá"),
    Stance.EXCLUDES: _("nepřijímá"),
}
_NUMBER: Final = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_DAYS: Final = {ChangedField.VALID_FROM, ChangedField.VALID_TO}


def change_sentence(change: Change, catalog: Catalog) -> str:
    """Say a change in one sentence that begins with its day."""
    service = catalog.service(change.service)
    told = f"„{service.name}“ ({service.organization.name})"
    return sentence(f"{day(change.on)}: {_what(change, service, told, catalog)}")


def change_document(change: Change, catalog: Catalog) -> dict[str, Json]:
    """Return a change as plain JSON values, with its sentence."""
    return {
        "service_id": change.service,
        "field": change.field.value,
        "detail": change.detail,
        "before": change.before,
        "after": change.after,
        "on": change.on.isoformat(),
        "source": change.source,
        "text": change_sentence(change, catalog).replace(NBSP, " "),
    }


def _what(change: Change, service: Service, told: str, catalog: Catalog) -> str:
    where = _where(service)
    if change.field is ChangedField.REGISTERED:
        return f"{where}přibyla služba {told}"
    if change.field is ChangedField.RENEWED:
        return f"{where}znovu běží služba {told}"
    if change.field is ChangedField.ENDED:
        why = _(", v registru už není") if change.detail == GONE else ""
        last = f" {_last_day(change.after)}" if change.after else ""
        return f"{where}skončila služba {told}{last}{why}"
    before, after = _values(change, catalog)
    return f"{told}: {_field(change)} {before} → {after}"


def _where(service: Service) -> str:
    """Name the municipality in a way that needs no inflection; a secret address names none."""
    names = [one.municipality_name for one in service.locations if one.municipality_name]
    return f"v{NBSP}obci {names[0]} " if len(set(names)) == 1 else ""


def _last_day(text: str) -> str:
    return f"ke dni {day(date.fromisoformat(text))}"


def _field(change: Change) -> str:
    """Name the field, with the form it belongs to."""
    name = _FIELDS[change.field]
    letter = change.detail.partition(":")[0]
    return f"{name} ({FORMS[Form(letter)]})" if letter else name


def _values(change: Change, catalog: Catalog) -> tuple[str, str]:
    before, after = change.before, change.after
    if change.field is ChangedField.CAPACITY:
        unit = CapacityUnit(change.detail.rpartition(":")[2])
        first = _NOTHING if before is None else before
        return first, _amount(after, unit)
    words = _words(change.field, catalog)
    return _value(before, words), _value(after, words)


def _amount(text: str | None, unit: CapacityUnit) -> str:
    """Write a number with its unit; several numbers, or one with a remark, stand as they are."""
    if text is None:
        return _NOTHING
    return unit_count(unit, int(text)) if text.isdigit() else f"{text} ({unit})"


def _words(field: ChangedField, catalog: Catalog) -> Callable[[str], str]:
    """Return how one word of a field is written for people."""
    types, groups = catalog.vocabulary.types, catalog.vocabulary.groups
    if field in _DAYS:
        return lambda text: day(date.fromisoformat(text))
    writers: Mapping[ChangedField, Callable[[str], str]] = {
        ChangedField.TYPE: lambda code: types[code].name if code in types else code,
        ChangedField.TARGET_GROUPS: lambda code: groups[code].name if code in groups else code,
        ChangedField.FORMS: lambda code: FORMS[Form(code)],
        ChangedField.RULES: lambda text: _rule(text, catalog),
        ChangedField.COVERAGE: _area,
    }
    return writers.get(field, _short)


def _value(text: str | None, words: Callable[[str], str]) -> str:
    if text is None:
        return _NOTHING
    if text == SECRET:
        return _("utajeno")
    if words is _short:
        return f"„{_short(text)}“"
    # Of areas only the names are said; how sure they are stands in brackets behind them.
    named = text.rpartition(" [")[0] if words is _area else text
    return listing([words(one.strip()) for one in named.split(";") if one.strip()]) or _NOTHING


def _rule(text: str, catalog: Catalog) -> str:
    """Say a rule written as ``stance:barrier:wording``; its wording stands on the card."""
    stance, _colon, rest = text.partition(":")
    code = rest.partition(":")[0]
    barriers = catalog.vocabulary.barriers
    if stance not in _STANCES or code not in barriers:
        return _short(text)
    return f"{_STANCES[stance]} ({barriers[code].name})"


def _area(text: str) -> str:
    """Say an area written as ``kind:name`` or ``radius:name:km``."""
    kind, _colon, rest = text.partition(":")
    name, _colon, km = rest.partition(":")
    if kind not in set(AreaKind):
        return _short(text)
    return area_name(
        ServiceArea(kind=AreaKind(kind), name=name, km=float(km) if _NUMBER.fullmatch(km) else None)
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
