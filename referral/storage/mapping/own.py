"""Values of our own as rows and as documents, and back.

A document is a short list or object in JSON, one shape for each field. Older programs wrote fewer
items into a rule; whatever they wrote is read.
"""

import json
from collections.abc import Callable, Mapping
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
from referral.catalog.vocabulary import Form, RefusalBasis
from referral.storage.rows import OwnValueRow


def own_value_row(value: OwnValue) -> OwnValueRow:
    """Return the row of a value of our own."""
    return OwnValueRow(
        service_id=value.service,
        field=value.field,
        verified_on=value.verified_on,
        verified_by=value.verified_by,
        value=_dumped(_WRITE[value.field](value)),
    )


def own_value_from(row: OwnValueRow) -> OwnValue:
    """Return the value of our own of a row."""
    return OwnValue(
        service=row.service_id,
        field=row.field,
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        **_READ[row.field](json.loads(row.value)),
    )


def verified_text(value: OwnValue | None) -> str | None:
    """Write a value with its day and role, for the log of edits; service and field stand beside."""
    if value is None:
        return None
    said = _WRITE[value.field](value)
    return _dumped({"on": _text(value.verified_on), "by": value.verified_by, "value": said})


def verified_from(text: str | None, *, service: str, field: OwnField) -> OwnValue | None:
    """Read a value that was written by ``verified_text``."""
    if text is None:
        return None
    document = json.loads(text)
    return OwnValue(
        service=service,
        field=field,
        verified_on=date.fromisoformat(document["on"]),
        verified_by=VerifiedBy(document["by"]),
        **_READ[field](document["value"]),
    )


def _dumped(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)


def _rule_document(rule: AcceptanceRule) -> list[str | None]:
    return [
        rule.barrier,
        rule.stance,
        rule.wording,
        rule.basis,
        rule.source,
        _text(rule.verified_on),
    ]


def _rule_from(
    barrier: str,
    stance: str,
    wording: str,
    basis: str | None = None,
    source: str = "",
    verified_on: str | None = None,
) -> AcceptanceRule:
    """Read a rule; those written by older programs end with the wording."""
    return AcceptanceRule(
        barrier=barrier,
        stance=Stance(stance),
        wording=wording,
        basis=None if basis is None else RefusalBasis(basis),
        source=source,
        verified_on=_day(verified_on),
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _coverage_document(value: OwnValue) -> dict[str, object]:
    coverage = value.coverage or Coverage()
    return {
        "areas": [[one.kind, one.name, one.code, one.km] for one in coverage.areas],
        "status": coverage.status,
        "certain": sorted(coverage.certain),
        "possible": sorted(coverage.possible),
        "everywhere": coverage.everywhere,
        "unresolved": list(coverage.unresolved),
    }


def _coverage_from(document: dict[str, Any]) -> Coverage:
    return Coverage(
        areas=tuple(
            ServiceArea(kind=AreaKind(kind), name=name, code=code, km=km)
            for kind, name, code, km in document["areas"]
        ),
        status=CoverageStatus(document["status"]),
        certain=frozenset(document["certain"]),
        possible=frozenset(document["possible"]),
        everywhere=document["everywhere"],
        unresolved=tuple(document["unresolved"]),
    )


def _form(written: str | None) -> Form | None:
    return Form(written) if written else None


def _write_vacancies(value: OwnValue) -> object:
    return [[one.form, one.unit, one.available] for one in value.vacancies]


def _write_capacities(value: OwnValue) -> object:
    return [[one.form, one.unit, one.amount] for one in value.capacities]


def _write_networks(value: OwnValue) -> object:
    return [[one.network, _text(one.since), _text(one.until)] for one in value.networks]


def _write_contact(value: OwnValue) -> object:
    told = value.contact or Contact()
    return [told.phone, told.email, told.web]


def _write_waiting(value: OwnValue) -> object:
    told = value.waiting or Waiting()
    return [told.days, told.note]


def _write_ages(value: OwnValue) -> object:
    told = value.ages or AgeRange()
    return [told.min, told.max]


def _write_scope(value: OwnValue) -> object:
    told = value.scope or Scope()
    return [told.does, told.does_not]


_WRITE: Final[Mapping[OwnField, Callable[[OwnValue], object]]] = MappingProxyType(
    {
        OwnField.COVERAGE: _coverage_document,
        OwnField.VACANCY: _write_vacancies,
        OwnField.ACCEPTANCE: lambda value: [_rule_document(one) for one in value.rules],
        OwnField.NETWORK: _write_networks,
        OwnField.CAPACITY: _write_capacities,
        OwnField.CONTACT: _write_contact,
        OwnField.HOURS: lambda value: [
            [one.form, one.round_the_clock, one.text] for one in value.hours
        ],
        OwnField.WAITING: _write_waiting,
        OwnField.AGES: _write_ages,
        OwnField.SCOPE: _write_scope,
    }
)
_READ: Final[Mapping[OwnField, Callable[[Any], dict[str, Any]]]] = MappingProxyType(
    {
        OwnField.COVERAGE: lambda written: {"coverage": _coverage_from(written)},
        OwnField.VACANCY: lambda written: {
            "vacancies": tuple(
                Vacancy(form=_form(form), unit=CapacityUnit(unit), available=available)
                for form, unit, available in written
            )
        },
        OwnField.ACCEPTANCE: lambda written: {"rules": tuple(_rule_from(*one) for one in written)},
        OwnField.NETWORK: lambda written: {
            "networks": tuple(
                NetworkMembership(network=network, since=_day(since), until=_day(until))
                for network, since, until in written
            )
        },
        OwnField.CAPACITY: lambda written: {
            "capacities": tuple(
                OwnCapacity(form=_form(form), unit=CapacityUnit(unit), amount=amount)
                for form, unit, amount in written
            )
        },
        OwnField.CONTACT: lambda written: {
            "contact": Contact(phone=written[0], email=written[1], web=written[2])
        },
        OwnField.HOURS: lambda written: {
            "hours": tuple(
                Schedule(form=Form(form), round_the_clock=always, text=text)
                for form, always, text in written
            )
        },
        OwnField.WAITING: lambda written: {"waiting": Waiting(days=written[0], note=written[1])},
        OwnField.AGES: lambda written: {"ages": AgeRange(min=written[0], max=written[1])},
        OwnField.SCOPE: lambda written: {"scope": Scope(does=written[0], does_not=written[1])},
    }
)
