"""What we have verified ourselves about a service; it stands above whatever its source says.

Who verified is kept as a role, never as a name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from referral.catalog.areas import Coverage
from referral.catalog.errors import CatalogError
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Contact,
    Schedule,
    Service,
    ServiceCapacity,
)
from referral.catalog.vocabulary import Form


class OwnField(StrEnum):
    """What we may know better than the source."""

    COVERAGE = "coverage"
    VACANCY = "vacancy"
    ACCEPTANCE = "acceptance"
    NETWORK = "network"
    CAPACITY = "capacity"
    CONTACT = "contact"
    HOURS = "hours"
    WAITING = "waiting"
    AGES = "ages"
    SCOPE = "scope"


class VerifiedBy(StrEnum):
    """In what role somebody verified a value."""

    PROVIDER = "provider"
    COORDINATOR = "coordinator"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """Free places of one form in one unit; ``form`` None is the whole service."""

    unit: CapacityUnit
    available: int
    form: Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCapacity:
    """What a service can do at most in one form and unit; ``form`` None is the whole service.

    The register holds no workloads (úvazky), in which kraje count; those need not be whole.
    """

    unit: CapacityUnit
    amount: float
    form: Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkMembership:
    """A network of services to which a kraj or an ORP has admitted a service.

    ``network`` is the name its authority gives it ("základní síť Karlovarského kraje"); ``since``
    and ``until`` are both included, None is an open end.
    """

    network: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long people wait for a service; ``days`` 0 is not at all, None that only words tell."""

    days: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a service does and what it does not do, in a few words for who looks for help."""

    does: str = ""
    does_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValue:
    """A verified value of one field: the one that ``field`` names is given and no other.

    ``contact`` is that of the service, never of a person; what it leaves out the source says.
    ``ages`` without ends mean that the service has no limit.
    """

    service: str
    field: OwnField
    verified_on: date
    verified_by: VerifiedBy
    coverage: Coverage | None = None
    vacancies: tuple[Vacancy, ...] = ()
    rules: tuple[AcceptanceRule, ...] = ()
    networks: tuple[NetworkMembership, ...] = ()
    capacities: tuple[OwnCapacity, ...] = ()
    contact: Contact | None = None
    hours: tuple[Schedule, ...] = ()
    waiting: Waiting | None = None
    ages: AgeRange | None = None
    scope: Scope | None = None

    def __post_init__(self) -> None:
        """Refuse a value of another field than the one named."""
        given = {
            OwnField.COVERAGE: self.coverage is not None,
            OwnField.VACANCY: bool(self.vacancies),
            OwnField.ACCEPTANCE: bool(self.rules),
            OwnField.NETWORK: bool(self.networks),
            OwnField.CAPACITY: bool(self.capacities),
            OwnField.CONTACT: self.contact not in {None, Contact()},
            OwnField.HOURS: bool(self.hours),
            OwnField.WAITING: self.waiting not in {None, Waiting()},
            OwnField.AGES: self.ages is not None,
            OwnField.SCOPE: self.scope not in {None, Scope()},
        }
        if [field for field, has in given.items() if has] != [self.field]:
            message = f"the own {self.field} of {self.service} must hold that and nothing else"
            raise CatalogError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProvenance:
    """Where one field of a service comes from; ``verified_by`` None: taken over from the source."""

    source: str
    as_of: date
    verified_by: VerifiedBy | None = None


def with_own(service: Service, own: Iterable[OwnValue]) -> Service:
    """Return a service with our verified values above those of its source.

    Acceptance replaces what is said about the same barriers and leaves the rest, and so do a
    capacity of the same form and unit, hours of the same form and each way of contact. Free places
    are added to the capacity they belong to, with the day on which they were verified; those that
    belong to none stand beside, without a maximum. Networks, waiting and scope are no part of a
    service: whoever shows them reads them out of our own values.
    """
    # Free places may belong to a capacity that only we know of.
    for value in sorted(own, key=lambda one: one.field is OwnField.VACANCY):
        service = _with_one(service, value)
    return service


def provenance_of(service: Service, own: Iterable[OwnValue]) -> dict[OwnField, FieldProvenance]:
    """Say where coverage, vacancy and acceptance of a service come from, field by field."""
    source, as_of = service.provenance.source, service.provenance.as_of
    found = {field: FieldProvenance(source=source, as_of=as_of) for field in OwnField}
    for value in own:
        found[value.field] = FieldProvenance(
            source="own", as_of=value.verified_on, verified_by=value.verified_by
        )
    return found


def _with_one(service: Service, value: OwnValue) -> Service:
    verified = max(filter(None, (service.provenance.verified_on, value.verified_on)))
    service = replace(service, provenance=replace(service.provenance, verified_on=verified))
    put = _PUT_OVER.get(value.field)
    return service if put is None else put(service, value)


def _with_coverage(service: Service, value: OwnValue) -> Service:
    return replace(service, coverage=value.coverage or service.coverage)


def _with_vacancies(service: Service, value: OwnValue) -> Service:
    capacities = service.capacities
    for free in value.vacancies:
        capacities = _with_free(capacities, free, value.verified_on)
    return replace(service, capacities=capacities)


def _with_rules(service: Service, value: OwnValue) -> Service:
    own = {rule.barrier for rule in value.rules}
    stated = tuple(rule for rule in service.eligibility.rules if rule.barrier not in own)
    eligibility = replace(service.eligibility, rules=stated + value.rules)
    return replace(service, eligibility=eligibility)


def _with_hours(service: Service, value: OwnValue) -> Service:
    forms = {one.form for one in value.hours}
    kept = tuple(one for one in service.schedules if one.form not in forms)
    return replace(service, schedules=kept + value.hours)


def _with_ages(service: Service, value: OwnValue) -> Service:
    return replace(service, eligibility=replace(service.eligibility, ages=value.ages))


def _with_contact(service: Service, value: OwnValue) -> Service:
    own, stated = value.contact or Contact(), service.contact
    return replace(
        service,
        contact=Contact(
            phone=own.phone or stated.phone,
            email=own.email or stated.email,
            web=own.web or stated.web,
        ),
    )


def _with_capacities(service: Service, value: OwnValue) -> Service:
    own = {(one.form, one.unit) for one in value.capacities}
    kept = tuple(one for one in service.capacities if (one.form, one.unit) not in own)
    known = tuple(
        ServiceCapacity(
            unit=one.unit, registered=one.amount, as_of=value.verified_on, form=one.form
        )
        for one in value.capacities
    )
    return replace(service, capacities=kept + known)


def _with_free(
    capacities: tuple[ServiceCapacity, ...], free: Vacancy, on: date
) -> tuple[ServiceCapacity, ...]:
    """Add free places to the one capacity they belong to, or beside all when there is none."""
    of_unit = [one for one in capacities if one.unit is free.unit]
    own = [one for one in of_unit if one.form is free.form]
    if not own and free.form is None and len(of_unit) == 1:
        own = of_unit
    if not own:
        alone = ServiceCapacity(
            unit=free.unit, registered=None, as_of=on, form=free.form, available=free.available
        )
        return (*capacities, alone)
    # The capacity of a day or a year rather than that of one moment, when both are registered.
    chosen = min(own, key=lambda one: one.immediate)
    known = replace(chosen, available=free.available, as_of=on)
    return tuple(known if one is chosen else one for one in capacities)


_PUT_OVER: Final[Mapping[OwnField, Callable[[Service, OwnValue], Service]]] = MappingProxyType(
    {
        OwnField.COVERAGE: _with_coverage,
        OwnField.VACANCY: _with_vacancies,
        OwnField.ACCEPTANCE: _with_rules,
        OwnField.CAPACITY: _with_capacities,
        OwnField.CONTACT: _with_contact,
        OwnField.HOURS: _with_hours,
        OwnField.AGES: _with_ages,
    }
)
