"""Where each field of a card comes from: a source and its day, or the role of who verified it.

What we have verified ourselves stands above the sources, and the newest of it above the rest; a
field that was taken over from another record of the same service keeps the source of that record.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from referral.catalog.filling import TakenField
from referral.catalog.model import AcceptanceRule, Service, ServiceCapacity
from referral.catalog.own_fields import (
    FieldProvenance,
    NetworkMembership,
    OwnField,
    OwnValue,
    Scope,
    VerifiedBy,
    Waiting,
    provenance_of,
)
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.web.czech import day
from referral.web.translation import _

_ROLES: Final = {
    VerifiedBy.PROVIDER: _("ověřil poskytovatel {day}"),
    VerifiedBy.COORDINATOR: _("ověřil koordinátor {day}"),
    VerifiedBy.OFFICE: _("ověřil úřad {day}"),
}
_TAKEN: Final = {
    OwnField.COVERAGE: TakenField.COVERAGE,
    OwnField.CAPACITY: TakenField.CAPACITY,
    OwnField.VACANCY: TakenField.CAPACITY,
    OwnField.ACCEPTANCE: TakenField.RULES,
}


@dataclass(frozen=True, slots=True)
class FieldSources:
    """What stands behind the fields of one service; ``own`` with the newest value last."""

    service: Service
    catalog: Catalog
    own: tuple[OwnValue, ...]

    @classmethod
    def of(cls, service: Service, catalog: Catalog, own: Iterable[OwnValue]) -> Self:
        """Put own values of all records of a service in the order in which they hold."""
        values = sorted(own, key=lambda one: (one.verified_on, one.service == service.id))
        return cls(service, catalog, tuple(values))

    def coverage(self) -> FieldProvenance:
        """Return where the coverage comes from."""
        return self._provenance(OwnField.COVERAGE, lambda value: value.coverage is not None)

    def capacity(self, capacity: ServiceCapacity) -> FieldProvenance:
        """Return where what a capacity says of its most comes from."""
        key = (capacity.form, capacity.unit)
        return self._provenance(
            OwnField.CAPACITY,
            lambda value: key in {(one.form, one.unit) for one in value.capacities},
        )

    def vacancy(self, capacity: ServiceCapacity) -> FieldProvenance:
        """Return where the free places of a capacity come from."""
        return self._provenance(
            OwnField.VACANCY,
            lambda value: (
                value.verified_on == capacity.as_of
                and (capacity.unit, capacity.available)
                in {(one.unit, one.available) for one in value.vacancies}
            ),
        )

    def rule(self, rule: AcceptanceRule) -> FieldProvenance:
        """Return where it comes from that people with a barrier are accepted or are not."""
        found = self._provenance(OwnField.ACCEPTANCE, lambda value: rule in value.rules)
        if found.verified_by is None and rule.source in self.catalog.sources:
            stated = self.catalog.sources[rule.source]
            return FieldProvenance(source=stated.id, as_of=rule.verified_on or stated.as_of)
        return found

    def networks(self) -> tuple[tuple[NetworkMembership, FieldProvenance], ...]:
        """Return the networks a service belongs to, each as it was verified last."""
        latest = {
            one.network: (
                one,
                _verified(value),
            )
            for value in self.own
            for one in value.networks
        }
        return tuple(latest[name] for name in sorted(latest))

    def ages(self) -> FieldProvenance:
        """Return where the limits of age come from."""
        return self._provenance(OwnField.AGES, lambda value: value.ages is not None)

    def hours(self, form: Form) -> FieldProvenance:
        """Return where the opening hours of a form come from."""
        return self._provenance(
            OwnField.HOURS, lambda value: form in {one.form for one in value.hours}
        )

    def waiting(self) -> tuple[Waiting, FieldProvenance] | None:
        """Return how long people wait, as it was verified last; None when nobody has told."""
        told = [value for value in self.own if value.waiting is not None]
        if not told or told[-1].waiting is None:
            return None
        return told[-1].waiting, _verified(told[-1])

    def scope(self) -> tuple[Scope, FieldProvenance] | None:
        """Return what the service does and does not, as it was verified last; None: nobody told."""
        told = [value for value in self.own if value.scope is not None]
        if not told or told[-1].scope is None:
            return None
        return told[-1].scope, _verified(told[-1])

    def note(self, found: FieldProvenance) -> str:
        """Say where a field comes from in a few words."""
        if found.verified_by is not None:
            return _ROLES[found.verified_by].format(day=day(found.as_of))
        return _("{source}, stav k\u00a0{day}").format(
            source=self.title(found), day=day(found.as_of)
        )

    def title(self, found: FieldProvenance) -> str:
        """Name the source of a field that nobody verified."""
        return self.catalog.source(found.source).title

    def registered_on(self, capacity: ServiceCapacity) -> date:
        """Return the day of the most a capacity says; that of its free places may be another."""
        found = self.capacity(capacity)
        verified_free = self.vacancy(capacity).verified_by is not None
        return found.as_of if found.verified_by or verified_free else capacity.as_of

    def _provenance(self, field: OwnField, concerns: Callable[[OwnValue], bool]) -> FieldProvenance:
        own = [value for value in self.own if value.field is field and concerns(value)]
        found = provenance_of(self.service, own)[field]
        merged = self.catalog.merged.get(self.service.id)
        if found.verified_by is not None or merged is None:
            return found
        for taken in merged.taken:
            if taken.field is _TAKEN.get(field):
                return FieldProvenance(source=taken.source, as_of=taken.as_of)
        return found


def _verified(value: OwnValue) -> FieldProvenance:
    """Return the provenance of a value of our own."""
    return FieldProvenance(source="own", as_of=value.verified_on, verified_by=value.verified_by)
