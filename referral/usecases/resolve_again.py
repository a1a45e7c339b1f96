"""Read again what the named areas of services mean, after the territory has changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.model import AddressRole, Service
from referral.catalog.ports import CatalogWriter, Fate
from referral.catalog.resolve import CoverageResolver
from referral.catalog.territory import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedAgain:
    """The fates of services whose coverage came out otherwise, and the ids of those left alone."""

    fates: Mapping[str, Fate]
    left: tuple[str, ...]


def resolve_again(
    writer: CatalogWriter, *, before: Territory, elsewhere: Collection[str] = frozenset()
) -> ResolvedAgain:
    """Resolve the areas of stored services to the municipalities of the stored territory.

    The areas as the provider named them stay; so does who wrote the service. A coverage is resolved
    again only when its areas alone explain it: when resolving them over the territory ``before``
    gives just what is stored. One that was made of more than its areas (exceptions in a remark, a
    person's correction) would lose that, so it is left alone. ``elsewhere`` names known places
    outside the territory, as for ``resolve_coverage``.
    """
    catalog = writer.load()
    old = CoverageResolver.of(before, elsewhere=elsewhere)
    new = CoverageResolver.of(catalog.territory, elsewhere=elsewhere)
    changed: dict[str, Coverage] = {}
    left = []
    for service in catalog.services.values():
        stored = service.coverage
        if not stored.areas:
            continue
        after = _resolved(new, service, seat=True)
        if after == stored:
            continue
        if stored in (_resolved(old, service, seat=seat) for seat in (True, False)):
            changed[service.id] = after
        else:
            left.append(service.id)
    return ResolvedAgain(fates=writer.save_coverages(changed), left=tuple(left))


def _resolved(resolver: CoverageResolver, service: Service, *, seat: bool) -> Coverage:
    """Resolve the areas of a service, with the help of its provider's seat or without."""
    coverage = service.coverage
    # A list of which nothing was understood has lost how it was stated; read from text, then.
    stated = coverage.status is not CoverageStatus.UNKNOWN
    return resolver.resolve(
        coverage.areas,
        near=_standing(service, seat=False),
        seat=_standing(service, seat=True) if seat else None,
        status=coverage.status if stated else CoverageStatus.PARSED,
    )


def _standing(service: Service, *, seat: bool) -> str | None:
    """Return the first municipality where the service itself stands, or where its provider sits."""
    for location in service.locations:
        if location.municipality is not None:
            is_seat = location.role is AddressRole.PROVIDER_SEAT
            if is_seat is seat:
                return location.municipality
    return None
