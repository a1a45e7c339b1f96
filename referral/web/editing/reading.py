"""Read the inputs of a form into an own value; whatever is wrong is named with its field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Contact,
    Schedule,
    Service,
    Stance,
)
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Scope,
    Vacancy,
    VerifiedBy,
    Waiting,
)
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form, RefusalBasis
from referral.web.answers import Reader
from referral.web.editing.personal import looks_personal
from referral.web.editing.written import (
    CHOSEN,
    EVERYWHERE,
    WHOLE,
    Written,
    orp_key,
    rows_of,
    slug_of,
)
from referral.web.translation import _

LONGEST_TEXT: Final = 600
LONGEST_LINE: Final = 200
_MOST: Final = 100_000
_OLDEST: Final = 120
_LONGEST_WAIT_DAYS: Final = 3650
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ]{2,18}")
_EMAIL: Final = re.compile(r"[^@\s,;]{1,64}@[^@\s,;]+\.[^@\s,;.]{2,}")
_WEB: Final = re.compile(r"(https?://)?[^\s/@.]+(\.[^\s/@.]+)+(/\S*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is read for: a service, its catalogue, and who verifies it when."""

    service: Service
    catalog: Catalog
    on: date
    by: VerifiedBy


def read(field: OwnField, written: Written, reading: Reading, reader: Reader) -> OwnValue | None:
    """Return the value that a form says, None when it says nothing; errors go into the reader."""
    before = len(reader.errors)
    told = _READ[field](written, reading, reader)
    if len(reader.errors) > before or told is None:
        return None
    return OwnValue(
        service=reading.service.id,
        field=field,
        verified_on=reading.on,
        verified_by=reading.by,
        **told,
    )


def plain_text(text: str, name: str, reader: Reader, *, longest: int = LONGEST_LINE) -> str:
    """Return a free text without blanks around; one that may be about a person is refused."""
    told = "\n".join(line.strip() for line in text.strip().splitlines())
    if len(told) > longest:
        message = _("Text je delší než {n}\u00a0znaků; zkraťte ho.").format(n=longest)
        reader.wrong(name, message)
    if looks_personal(told):
        reader.wrong(name, _("Vypadá to jako rodné číslo. O lidech sem nic nepište; číslo smažte."))
    return told


_Told = dict[str, Any] | None


def _coverage(written: Written, reading: Reading, reader: Reader) -> _Told:
    prefix = slug_of(OwnField.COVERAGE)
    if written.get(f"{prefix}-kde") == EVERYWHERE:
        area = ServiceArea(kind=AreaKind.COUNTRY)
        whole = Coverage(areas=(area,), status=CoverageStatus.DECLARED, everywhere=True)
        return {"coverage": whole}
    territory = reading.catalog.territory
    ticked = set(written.getlist(f"{prefix}-obec"))
    areas: list[ServiceArea] = []
    certain: set[str] = set()
    for orp, codes in territory.by_orp.items():
        how = written.get(f"{prefix}-orp-{orp_key(orp)}", "")
        chosen = [code for code in codes if code in ticked] if how == CHOSEN else []
        if how == WHOLE or (chosen and len(chosen) == len(codes)):
            areas.append(ServiceArea(kind=AreaKind.ORP, name=orp))
            certain.update(codes)
        else:
            areas += [
                ServiceArea(
                    kind=AreaKind.MUNICIPALITY,
                    name=territory.municipality(code).name,
                    code=code,
                )
                for code in chosen
            ]
            certain.update(chosen)
    if not certain:
        reader.wrong(
            f"{prefix}-kde",
            _("Vyberte aspoň jednu obec. Když nevíte, kde služba působí, nechte platit zdroj."),
        )
    return {
        "coverage": Coverage(
            areas=tuple(areas), status=CoverageStatus.DECLARED, certain=frozenset(certain)
        )
    }


def _counted(field: OwnField, written: Written, reader: Reader, *, whole: bool) -> list[Any]:
    """Read rows of form, unit and number; the same form and unit may stand once."""
    found: dict[object, tuple[Form | None, CapacityUnit, float]] = {}
    prefix = slug_of(field)
    for place, row in enumerate(rows_of(field, written, "forma", "jednotka", "pocet")):
        if not row["pocet"]:
            continue
        name = f"{prefix}-pocet-{place}"
        try:
            amount = float(row["pocet"].replace("\u00a0", "").replace(" ", "").replace(",", "."))
            form = Form(row["forma"]) if row["forma"] else None
            unit = CapacityUnit(row["jednotka"])
        except ValueError:
            reader.wrong(name, _("Počet napište číslem, třeba 3, a vyberte, čeho."))
            continue
        if not 0 <= amount <= _MOST or (whole and amount != int(amount)):
            reader.wrong(
                name,
                _("Volná místa jsou celé číslo od nuly.")
                if whole
                else _("Kapacita je číslo od nuly."),
            )
        elif (form, unit) in found:
            reader.wrong(name, _("Stejná forma a jednotka tu stojí dvakrát; nechte jednu."))
        else:
            found[form, unit] = (form, unit, amount)
    return list(found.values())


def _vacancies(written: Written, _reading: Reading, reader: Reader) -> _Told:
    rows = _counted(OwnField.VACANCY, written, reader, whole=True)
    free = tuple(Vacancy(form=form, unit=unit, available=int(most)) for form, unit, most in rows)
    return {"vacancies": free} if free else None


def _capacities(written: Written, _reading: Reading, reader: Reader) -> _Told:
    rows = _counted(OwnField.CAPACITY, written, reader, whole=False)
    most = tuple(OwnCapacity(form=form, unit=unit, amount=amount) for form, unit, amount in rows)
    return {"capacities": most} if most else None


def _rules(written: Written, reading: Reading, reader: Reader) -> _Told:
    field, prefix = OwnField.ACCEPTANCE, slug_of(OwnField.ACCEPTANCE)
    found: dict[str, AcceptanceRule] = {}
    known = reading.catalog.vocabulary.barriers
    rows = rows_of(field, written, "prekazka", "postoj", "slova", "duvod")
    for place, row in enumerate(rows):
        name = f"{prefix}-prekazka-{place}"
        if not row["postoj"]:
            if row["prekazka"] and row["slova"]:
                reader.wrong(name, _("Vyberte, zda služba lidi s\u00a0touto překážkou přijímá."))
            continue
        if row["prekazka"] not in known:
            reader.wrong(name, _("Vyberte překážku ze seznamu."))
        elif row["prekazka"] in found:
            reader.wrong(name, _("Tato překážka tu stojí dvakrát; nechte jednu."))
        else:
            words = plain_text(row["slova"], f"{prefix}-slova-{place}", reader)
            try:
                found[row["prekazka"]] = AcceptanceRule(
                    barrier=row["prekazka"],
                    stance=Stance(row["postoj"]),
                    wording=words,
                    basis=RefusalBasis(row["duvod"]) if row["duvod"] else None,
                )
            except ValueError:
                reader.wrong(name, _("Vyberte postoj ze seznamu."))
    return {"rules": tuple(found.values())} if found else None


def _networks(written: Written, _reading: Reading, reader: Reader) -> _Told:
    field, prefix = OwnField.NETWORK, slug_of(OwnField.NETWORK)
    found: dict[str, NetworkMembership] = {}
    for place, row in enumerate(rows_of(field, written, "nazev", "od", "do")):
        name = f"{prefix}-nazev-{place}"
        since = reader.day(row["od"], f"{prefix}-od-{place}", _("Začátek"))
        until = reader.day(row["do"], f"{prefix}-do-{place}", _("Konec"))
        if not row["nazev"] or len(row["nazev"]) > LONGEST_LINE:
            reader.wrong(name, _("Napište název sítě, jak ho používá její kraj nebo obec."))
        elif row["nazev"].casefold() in found:
            reader.wrong(name, _("Tato síť tu stojí dvakrát; nechte jednu."))
        elif since is not None and until is not None and until < since:
            reader.wrong(name, _("Konec v\u00a0síti je před začátkem; prohoďte dny."))
        else:
            found[row["nazev"].casefold()] = NetworkMembership(
                network=row["nazev"], since=since, until=until
            )
    return {"networks": tuple(found.values())} if found else None


def _contact(written: Written, _reading: Reading, reader: Reader) -> _Told:
    prefix = slug_of(OwnField.CONTACT)
    told: dict[str, str | None] = {}
    for name, key, pattern, message in (
        ("telefon", "phone", _PHONE, _("Telefon napište jen číslicemi, třeba 474 123 456.")),
        ("email", "email", _EMAIL, _("E-mail napište jako sluzba@priklad.cz.")),
        ("web", "web", _WEB, _("Web napište jako https://www.priklad.cz.")),
    ):
        text = " ".join(written.get(f"{prefix}-{name}", "").split())
        if text and (len(text) > LONGEST_LINE or pattern.fullmatch(text) is None):
            reader.wrong(f"{prefix}-{name}", message)
        told[key] = text or None
    contact = Contact(**told)
    return None if contact == Contact() else {"contact": contact}


def _hours(written: Written, _reading: Reading, reader: Reader) -> _Told:
    prefix = slug_of(OwnField.HOURS)
    hours = []
    for form in Form:
        name = f"{prefix}-text-{form}"
        text = plain_text(written.get(name, ""), name, reader)
        always = bool(written.get(f"{prefix}-stale-{form}"))
        if text or always:
            hours.append(Schedule(form=form, round_the_clock=always, text=text))
    return {"hours": tuple(hours)} if hours else None


def _waiting(written: Written, _reading: Reading, reader: Reader) -> _Told:
    prefix = slug_of(OwnField.WAITING)
    message = _("Čekání napište v\u00a0celých dnech, nejvýš {n}.").format(n=_LONGEST_WAIT_DAYS)
    days = reader.number(written.get(f"{prefix}-dny", ""), f"{prefix}-dny", message)
    if days is not None and not 0 <= days <= _LONGEST_WAIT_DAYS:
        reader.wrong(f"{prefix}-dny", message)
    name = f"{prefix}-poznamka"
    waiting = Waiting(days=days, note=plain_text(written.get(name, ""), name, reader))
    return None if waiting == Waiting() else {"waiting": waiting}


def _ages(written: Written, _reading: Reading, reader: Reader) -> _Told:
    prefix = slug_of(OwnField.AGES)
    message = _("Věk napište v\u00a0celých letech od 0 do {n}.").format(n=_OLDEST)
    low, high = (
        reader.number(written.get(f"{prefix}-{end}", ""), f"{prefix}-{end}", message)
        for end in ("od", "do")
    )
    for end, age in (("od", low), ("do", high)):
        if age is not None and not 0 <= age <= _OLDEST:
            reader.wrong(f"{prefix}-{end}", message)
    if low is not None and high is not None and low > high:
        reader.wrong(f"{prefix}-od", _("Spodní hranice věku je nad horní; prohoďte je."))
        return None
    unlimited = bool(written.get(f"{prefix}-bez"))
    if low is None and high is None:
        return {"ages": AgeRange()} if unlimited else None
    if unlimited:
        reader.wrong(f"{prefix}-bez", _("Buď napište hranici, nebo zaškrtněte, že žádná není."))
        return None
    return {"ages": AgeRange(min=low, max=high)}


def _scope(written: Written, _reading: Reading, reader: Reader) -> _Told:
    prefix = slug_of(OwnField.SCOPE)
    does, does_not = (
        plain_text(written.get(name, ""), name, reader, longest=LONGEST_TEXT)
        for name in (f"{prefix}-dela", f"{prefix}-nedela")
    )
    scope = Scope(does=does, does_not=does_not)
    return None if scope == Scope() else {"scope": scope}


_READ: Final[Mapping[OwnField, Callable[[Written, Reading, Reader], _Told]]] = MappingProxyType(
    {
        OwnField.COVERAGE: _coverage,
        OwnField.VACANCY: _vacancies,
        OwnField.ACCEPTANCE: _rules,
        OwnField.NETWORK: _networks,
        OwnField.CAPACITY: _capacities,
        OwnField.CONTACT: _contact,
        OwnField.HOURS: _hours,
        OwnField.WAITING: _waiting,
        OwnField.AGES: _ages,
        OwnField.SCOPE: _scope,
    }
)
