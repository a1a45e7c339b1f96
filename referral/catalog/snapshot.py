"""The whole catalogue as one immutable value that every question is asked of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from referral.catalog.errors import CatalogError, UnknownCodeError
from referral.catalog.experience import NO_EXPERIENCE, Experience, OutcomeCount
from referral.catalog.merging import Merged
from referral.catalog.model import AddressRole, Service, ServiceAtLocation, Source
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Catalog:
    """Vocabulary, territory, sources and services, indexed once.

    ``aliases`` leads from the ids of records that stand behind others to those that are shown, and
    ``merged`` says of the shown ones what stands behind them.
    """

    vocabulary: Vocabulary
    territory: Territory
    sources: Mapping[str, Source]
    services: Mapping[str, Service]
    by_type: Mapping[str, tuple[ServiceAtLocation, ...]]
    by_need: Mapping[str, tuple[ServiceAtLocation, ...]]
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: Mapping[str, Merged] = field(default_factory=lambda: MappingProxyType({}))
    experience: Experience = NO_EXPERIENCE

    @classmethod
    def of(
        cls,
        *,
        vocabulary: Vocabulary,
        territory: Territory,
        services: Iterable[Service] = (),
        sources: Iterable[Source] = (),
        aliases: Mapping[str, str] = MappingProxyType({}),
        merged: Mapping[str, Merged] = MappingProxyType({}),
        outcomes: Iterable[OutcomeCount] = (),
    ) -> Self:
        """Build the catalogue and check that services use known words and sources.

        Services are kept in the order of their ids, so nothing depends on the order of the input.

        Raises:
            CatalogError: an id stands twice, or a service names a word or source that is missing.
        """
        known = {source.id: source for source in sources}
        by_id: dict[str, Service] = {}
        by_type: defaultdict[str, list[ServiceAtLocation]] = defaultdict(list)
        by_need: defaultdict[str, list[ServiceAtLocation]] = defaultdict(list)
        for service in sorted(services, key=lambda one: one.id):
            if service.id in by_id:
                message = f"the service {service.id} stands twice in the catalogue"
                raise CatalogError(message)
            _check(service, vocabulary, known)
            by_id[service.id] = service
            for offer in offers_of(service):
                if service.type is not None:
                    by_type[service.type].append(offer)
                for need in sorted(service.needs):
                    by_need[need].append(offer)
        return cls(
            vocabulary,
            territory,
            MappingProxyType(known),
            MappingProxyType(by_id),
            MappingProxyType({code: tuple(offers) for code, offers in by_type.items()}),
            MappingProxyType({code: tuple(offers) for code, offers in by_need.items()}),
            MappingProxyType(dict(aliases)),
            MappingProxyType(dict(merged)),
            Experience.of(
                outcomes, types={one.id: one.type for one in by_id.values()}, aliases=aliases
            ),
        )

    def shown_id(self, service_id: str) -> str:
        """Return the id under which a service is shown: another one when its record was merged."""
        return self.aliases.get(service_id, service_id)

    def records_of(self, service_id: str) -> tuple[str, ...]:
        """Return the ids of all records that a shown service stands for, its own first."""
        behind = sorted(name for name, shown in self.aliases.items() if shown == service_id)
        return (service_id, *behind)

    def service(self, service_id: str) -> Service:
        """Return the service with this id, or the one that is shown for the record with this id.

        Raises:
            UnknownCodeError: there is none.
        """
        try:
            return self.services[self.shown_id(service_id)]
        except KeyError:
            message = f"unknown service {service_id!r}"
            raise UnknownCodeError(message) from None

    def source(self, source_id: str) -> Source:
        """Return the source with this id (every service's source is known)."""
        return self.sources[source_id]


def offers_of(service: Service) -> tuple[ServiceAtLocation, ...]:
    """Return the service at each of its locations, or once without any.

    One whose address is withheld is offered there alone: what is told of the way to its other
    places, an office perhaps, could lead to it.
    """
    if not service.locations:
        return (ServiceAtLocation(service=service, location=None),)
    withheld = next((one for one in service.locations if one.role is AddressRole.SECRET), None)
    if withheld is not None:
        return (ServiceAtLocation(service=service, location=withheld),)
    return tuple(
        ServiceAtLocation(service=service, location=location) for location in service.locations
    )


def _check(service: Service, vocabulary: Vocabulary, sources: Mapping[str, Source]) -> None:
    if service.type is not None:
        vocabulary.service_type(service.type)
    for group in service.eligibility.target_groups or ():
        vocabulary.group(group)
    for rule in service.eligibility.rules:
        vocabulary.barrier(rule.barrier)
    for need in service.needs:
        vocabulary.need(need)
    if service.provenance.source not in sources:
        message = (
            f"service {service.id} names the source {service.provenance.source!r}, "
            "which is not among the sources"
        )
        raise CatalogError(message)
