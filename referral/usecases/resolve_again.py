"""Read again what the named areas of services mean, after the territory has changed."""

from collections.abc import Collection, Mapping

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import AddressRole, Service
from referral.catalog.ports import CatalogWriter, Fate
from referral.catalog.resolve import CoverageResolver

_NOT_ITS_PLACE = {AddressRole.PROVIDER_SEAT, AddressRole.SECRET}


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
            near=_near(service),
            status=before.status if stated else CoverageStatus.PARSED,
        )
        if after != before:
            changed[service.id] = after
    return writer.save_coverages(changed)


def _near(service: Service) -> str | None:
    """Return where the service itself stands; its provider's seat tells nothing of its reach."""
    for location in service.locations:
        if location.municipality is not None and location.role not in _NOT_ITS_PLACE:
            return location.municipality
    return None
