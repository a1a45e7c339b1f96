"""What the catalogue now says of one field of a service, in the shape in which it is verified.

A person sees it, corrects it or confirms it as it stands; what is confirmed is verified as a whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.model import AcceptanceRule, Contact, Service
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Vacancy,
    VerifiedBy,
)

OWN_ONLY: Final = frozenset({OwnField.NETWORK, OwnField.WAITING, OwnField.SCOPE})
"""Fields that no source holds: a service does not carry them."""


def known_value(
    service: Service, field: OwnField, *, own: Iterable[OwnValue], on: date, by: VerifiedBy
) -> OwnValue | None:
    """Return what holds of a field as if it were verified now; None when nothing is known.

    ``service`` is as it is shown and ``own`` our own values of all its records; ``on`` and ``by``
    are the day and the role of who would verify it.
    """
    bare = _Bare(service.id, on, by)
    if field in OWN_ONLY:
        return _latest_own(field, own, bare)
    return _SAID[field](service, bare)


def declared(coverage: Coverage) -> Coverage:
    """Return a coverage as somebody has confirmed it."""
    return replace(coverage, status=CoverageStatus.DECLARED)


class _Bare:
    """Who would verify what of which service."""

    def __init__(self, service: str, on: date, by: VerifiedBy) -> None:
        self.service = service
        self.on = on
        self.by = by

    def value(self, field: OwnField, **said: object) -> OwnValue:
        return OwnValue(
            service=self.service,
            field=field,
            verified_on=self.on,
            verified_by=self.by,
            **said,  # type: ignore[arg-type]  # one of its fields, by name
        )


def _latest_own(field: OwnField, own: Iterable[OwnValue], bare: _Bare) -> OwnValue | None:
    values = sorted(
        (value for value in own if value.field is field),
        key=lambda one: (one.verified_on, one.service == bare.service),
    )
    if not values:
        return None
    latest = replace(values[-1], service=bare.service, verified_on=bare.on, verified_by=bare.by)
    if field is not OwnField.NETWORK:
        return latest
    # Networks of all records hold together, each as it was verified last.
    members = {one.network: one for value in values for one in value.networks}
    return replace(latest, networks=_by_name(members))


def _by_name(members: Mapping[str, NetworkMembership]) -> tuple[NetworkMembership, ...]:
    return tuple(members[name] for name in sorted(members))


def _coverage(service: Service, bare: _Bare) -> OwnValue | None:
    found = service.coverage
    if found.status is CoverageStatus.UNKNOWN:
        return None
    return bare.value(OwnField.COVERAGE, coverage=declared(found))


def _vacancy(service: Service, bare: _Bare) -> OwnValue | None:
    free = {
        (one.form, one.unit): Vacancy(unit=one.unit, available=one.available, form=one.form)
        for one in service.capacities
        if one.available is not None
    }
    return bare.value(OwnField.VACANCY, vacancies=tuple(free.values())) if free else None


def _capacity(service: Service, bare: _Bare) -> OwnValue | None:
    most: dict[object, OwnCapacity] = {}
    for one in service.capacities:
        if one.registered is not None and not one.immediate:
            held = OwnCapacity(unit=one.unit, amount=one.registered, form=one.form)
            most.setdefault((one.form, one.unit), held)
    return bare.value(OwnField.CAPACITY, capacities=tuple(most.values())) if most else None


def _acceptance(service: Service, bare: _Bare) -> OwnValue | None:
    rules = {
        one.barrier: AcceptanceRule(
            barrier=one.barrier, stance=one.stance, wording=one.wording, basis=one.basis
        )
        for one in service.eligibility.rules
    }
    return bare.value(OwnField.ACCEPTANCE, rules=tuple(rules.values())) if rules else None


def _contact(service: Service, bare: _Bare) -> OwnValue | None:
    if service.contact == Contact():
        return None
    return bare.value(OwnField.CONTACT, contact=service.contact)


def _hours(service: Service, bare: _Bare) -> OwnValue | None:
    told = tuple(one for one in service.schedules if one.round_the_clock or one.text)
    return bare.value(OwnField.HOURS, hours=told) if told else None


def _ages(service: Service, bare: _Bare) -> OwnValue | None:
    ages = service.eligibility.ages
    return None if ages is None else bare.value(OwnField.AGES, ages=ages)


_SAID: Final[Mapping[OwnField, Callable[[Service, _Bare], OwnValue | None]]] = MappingProxyType(
    {
        OwnField.COVERAGE: _coverage,
        OwnField.VACANCY: _vacancy,
        OwnField.CAPACITY: _capacity,
        OwnField.ACCEPTANCE: _acceptance,
        OwnField.CONTACT: _contact,
        OwnField.HOURS: _hours,
        OwnField.AGES: _ages,
    }
)
