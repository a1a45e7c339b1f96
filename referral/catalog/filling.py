"""What the record that is shown does not know and another record of the same service does.

Each field that is taken over is named with its source and day, so that nothing passes for what the
shown record says itself. What the shown record knows is never replaced; numbers of two sources are
never mixed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from referral.catalog.areas import Coverage
from referral.catalog.model import AddressRole, Location, Service
from referral.catalog.territory import Territory


class TakenField(StrEnum):
    """What may be taken over from another record of the same service."""

    FORMS = "forms"
    TARGET_GROUPS = "target_groups"
    AGES = "ages"
    RULES = "rules"
    COVERAGE = "coverage"
    CAPACITY = "capacity"
    SCHEDULE = "schedule"
    PLACE = "place"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A field of a shown record that another record says: which, by what source, of what day."""

    field: TakenField
    record: str
    source: str
    as_of: date


_Fill = Callable[[Service, Service], Service]


def filled(
    kept: Service, others: Iterable[Service], territory: Territory
) -> tuple[Service, tuple[Taken, ...]]:
    """Return the shown record with what the others know more, and what was taken from which.

    The others are asked in their order. When the address of one of them is withheld, it is withheld
    of the service, and nothing that could tell the place is taken over.
    """
    records = tuple(others)
    secret = any(one.secret for one in (kept, *records))
    if secret:
        kept = replace(kept, locations=(Location(role=AddressRole.SECRET),), places=())
    taken: list[Taken] = []
    for other in records:
        for field, fill in _FILLS.items():
            if not (secret and field in _TELL_PLACE):
                after = fill(kept, other)
                if after != kept:
                    kept = after
                    taken.append(_taken(field, other))
        if not secret:
            after = _placed(kept, other, territory)
            if after != kept:
                kept = after
                taken.append(_taken(TakenField.PLACE, other))
    return kept, tuple(taken)


def known_fields(service: Service) -> int:
    """Count what a record knows of what records may differ in."""
    eligibility, contact = service.eligibility, service.contact
    return sum(
        (
            service.organization.ico is not None,
            service.forms is not None,
            eligibility.target_groups is not None,
            eligibility.ages is not None,
            bool(eligibility.rules),
            service.coverage != Coverage(),
            bool(service.capacities),
            bool(service.schedules),
            any(place.service_point is not None for place in service.locations),
            contact.phone is not None,
            contact.email is not None,
            contact.web is not None,
            bool(service.description),
        )
    )


def _taken(field: TakenField, other: Service) -> Taken:
    return Taken(
        field=field,
        record=other.id,
        source=other.provenance.source,
        as_of=other.provenance.as_of,
    )


def _forms(kept: Service, other: Service) -> Service:
    return kept if kept.forms is not None else replace(kept, forms=other.forms)


def _groups(kept: Service, other: Service) -> Service:
    if kept.eligibility.target_groups is not None:
        return kept
    groups = other.eligibility.target_groups
    return replace(kept, eligibility=replace(kept.eligibility, target_groups=groups))


def _ages(kept: Service, other: Service) -> Service:
    if kept.eligibility.ages is not None:
        return kept
    return replace(kept, eligibility=replace(kept.eligibility, ages=other.eligibility.ages))


def _rules(kept: Service, other: Service) -> Service:
    """Add what the other says of people this one is silent about; each rule names its source."""
    own = {rule.barrier for rule in kept.eligibility.rules}
    more = tuple(
        replace(
            rule,
            source=rule.source or other.provenance.source,
            verified_on=rule.verified_on or other.provenance.verified_on,
        )
        for rule in other.eligibility.rules
        if rule.barrier not in own
    )
    rules = kept.eligibility.rules + more
    return replace(kept, eligibility=replace(kept.eligibility, rules=rules)) if more else kept


def _coverage(kept: Service, other: Service) -> Service:
    return kept if kept.coverage != Coverage() else replace(kept, coverage=other.coverage)


def _capacities(kept: Service, other: Service) -> Service:
    return kept if kept.capacities else replace(kept, capacities=other.capacities)


def _schedules(kept: Service, other: Service) -> Service:
    return kept if kept.schedules else replace(kept, schedules=other.schedules)


def _phone(kept: Service, other: Service) -> Service:
    phone = kept.contact.phone or other.contact.phone
    return replace(kept, contact=replace(kept.contact, phone=phone))


def _email(kept: Service, other: Service) -> Service:
    email = kept.contact.email or other.contact.email
    return replace(kept, contact=replace(kept.contact, email=email))


def _web(kept: Service, other: Service) -> Service:
    web = kept.contact.web or other.contact.web
    return replace(kept, contact=replace(kept.contact, web=web))


def _placed(kept: Service, other: Service, territory: Territory) -> Service:
    """Take over where the service is given, or an exact point for one that is only the town's."""
    known = [place for place in other.locations if place.service_point is not None]
    if not any(place.service_point is not None for place in kept.locations):
        return replace(kept, locations=tuple(known)) if known else kept
    exact = [place for place in known if not _only_the_town(place, territory)]
    places = tuple(_exact(place, exact, territory) for place in kept.locations)
    return replace(kept, locations=places)


def _exact(place: Location, exact: list[Location], territory: Territory) -> Location:
    points = [one.point for one in exact if one.municipality == place.municipality]
    if len(points) != 1 or not _only_the_town(place, territory):
        return place
    return replace(place, point=points[0])


def _only_the_town(place: Location, territory: Territory) -> bool:
    town = territory.municipalities.get(place.municipality or "")
    return town is not None and place.point == town.point


_FILLS: Final[Mapping[TakenField, _Fill]] = MappingProxyType(
    {
        TakenField.FORMS: _forms,
        TakenField.TARGET_GROUPS: _groups,
        TakenField.AGES: _ages,
        TakenField.RULES: _rules,
        TakenField.COVERAGE: _coverage,
        TakenField.CAPACITY: _capacities,
        TakenField.SCHEDULE: _schedules,
        TakenField.PHONE: _phone,
        TakenField.EMAIL: _email,
        TakenField.WEB: _web,
    }
)
_TELL_PLACE: Final = frozenset({TakenField.COVERAGE})
