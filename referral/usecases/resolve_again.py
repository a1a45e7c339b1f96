"""Read again what the named areas of services mean, after the territory has changed."""

from collections.abc import Collection, Mapping

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import AddressRole, Service
from referral.catalog.ports import CatalogWriter, Fate
from referral.catalog.resolve import CoverageResolver


def resolve_again(
    writer: CatalogWriter, *, elsewhere: Collection[str] = frozenset()
) -> Mapping[str, Fate]:
    """Resolve the areas of every stored service to the municipalities of the stored territory.

    The areas as the provider named them stay; so does who wrote the service. ``elsewhere`` names
    known places outside the territory, as for ``resolve_coverage``. Return the fates of those
    services whose coverage came out otherwise than before.
    """
    catalog = writer.load()
    resolver = CoverageResolver.of(catalog.territory, elsewhere=elsewhere)
    changed = {}
    for service in catalog.services.values():
        before = service.coverage
        if not before.areas:
            continue
        # A list of which nothing was understood has lost how it was stated; read from text, then.
        stated = before.status is not CoverageStatus.UNKNOWN
        after = resolver.resolve(
            before.areas,
            near=_standing(service, seat=False),
            seat=_standing(service, seat=True),
            status=before.status if stated else CoverageStatus.PARSED,
        )
        if after != before:
            changed[service.id] = after
    return writer.save_coverages(changed)


def _standing(service: Service, *, seat: bool) -> str | None:
    """Return the first municipality where the service itself stands, or where its provider sits."""
    for location in service.locations:
        if location.municipality is not None:
            is_seat = location.role is AddressRole.PROVIDER_SEAT
            if is_seat is seat:
                return location.municipality
    return None
