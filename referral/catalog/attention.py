"""Which services somebody should verify first: the most used ones, and the longest unverified."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Kind, Service
from referral.catalog.own_fields import OwnField
from referral.catalog.territory import Territory

PEOPLE_PER_OPENING: Final = 10_000
"""So many inhabitants of the area of a service weigh as one opening of its card.

It is our estimate, there so that a catalogue that nobody has counted yet is in some order too.
"""
NEVER_VERIFIED_DAYS: Final = 365
"""What nobody has ever verified counts as this much older than its source."""


class Missing(StrEnum):
    """What nobody knows of a service, and a call could tell."""

    COVERAGE = "coverage"
    COVERAGE_UNCONFIRMED = "coverage_unconfirmed"
    VACANCY = "vacancy"
    CAPACITY = "capacity"
    ACCEPTANCE = "acceptance"
    CONTACT = "contact"
    HOURS = "hours"
    AGES = "ages"
    WAITING = "waiting"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """One service of the work list with what its place in it rests on.

    ``opened`` counts openings of its card, ``people`` live where it surely works, ``days`` have
    passed since it was verified, or since its source's day when ``verified_on`` is None.
    """

    service: Service
    opened: int
    people: int
    days: int
    verified_on: date | None
    missing: tuple[Missing, ...]

    @property
    def weight(self) -> float:
        """Use times age: a service used twice as much is twice as urgent."""
        use = 1 + self.opened + self.people / PEOPLE_PER_OPENING
        return use * (self.days + (NEVER_VERIFIED_DAYS if self.verified_on is None else 0))


def work_list(
    services: Iterable[Service],
    *,
    territory: Territory,
    opened: Mapping[str, int],
    own: Mapping[str, frozenset[OwnField]],
    today: date,
) -> tuple[Attention, ...]:
    """Order the services that run, the most urgent first and equals by their ids.

    ``opened`` and ``own`` (the fields that we have verified ourselves) are by ids of shown
    services.
    """
    found = [
        Attention(
            service=service,
            opened=opened.get(service.id, 0),
            people=_people(service, territory),
            days=max(0, (today - _since(service)).days),
            verified_on=service.provenance.verified_on,
            missing=tuple(_missing(service, own.get(service.id, frozenset()))),
        )
        for service in services
        if service.offered_on(today)
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.service.id)))


def _since(service: Service) -> date:
    return service.provenance.verified_on or service.provenance.as_of


def _people(service: Service, territory: Territory) -> int:
    """Return how many people live where a service works; of the whole country none.

    A line for everybody would stand above all services of a district, whose coordinator can ask.
    """
    places = (territory.municipalities.get(code) for code in service.coverage.certain)
    return sum(place.population or 0 for place in places if place is not None)


def _missing(service: Service, own: frozenset[OwnField]) -> Iterator[Missing]:
    asked = _OF_AUTHORITIES if service.kind is Kind.AUTHORITY else frozenset(Missing)
    return (one for one, lacks in _LACKS.items() if one in asked and lacks(service, own))


_OF_AUTHORITIES: Final = frozenset(
    {Missing.COVERAGE, Missing.COVERAGE_UNCONFIRMED, Missing.CONTACT, Missing.HOURS}
)
"""An authority has no free places and refuses nobody."""

_LACKS: Final[Mapping[Missing, Callable[[Service, frozenset[OwnField]], bool]]] = MappingProxyType(
    {
        Missing.COVERAGE: lambda one, _: one.coverage.status is CoverageStatus.UNKNOWN,
        Missing.COVERAGE_UNCONFIRMED: lambda one, _: (
            one.coverage.status in {CoverageStatus.PARSED, CoverageStatus.ASSUMED}
        ),
        Missing.VACANCY: lambda one, _: all(it.available is None for it in one.capacities),
        Missing.CAPACITY: lambda one, _: all(it.registered is None for it in one.capacities),
        Missing.ACCEPTANCE: lambda one, _: not one.eligibility.rules,
        Missing.CONTACT: lambda one, _: one.contact.phone is None and one.contact.email is None,
        Missing.HOURS: lambda one, _: (
            not any(it.round_the_clock or it.text for it in one.schedules)
        ),
        Missing.AGES: lambda one, _: one.eligibility.ages is None,
        Missing.WAITING: lambda _, own: OwnField.WAITING not in own,
        Missing.SCOPE: lambda _, own: OwnField.SCOPE not in own,
    }
)
