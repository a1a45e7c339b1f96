"""Where a registered service is, and where it says it works."""

from dataclasses import replace
from typing import Final

from referral.catalog.areas import UNKNOWN_COVERAGE, AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import AddressRole, Location
from referral.geo import distance_km
from referral.ingest.code_lists import REGIONS
from referral.ingest.row_values import Reading
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.record import FacilityEntry, Registration, Town

_SAME_TOWN_KM: Final = 10.0


def locations_of(
    item: Registration,
    facilities: list[FacilityEntry],
    guide: Guide,
    reading: Reading,
    *,
    secret: bool,
) -> tuple[Location, ...]:
    """Return one location for each municipality with a facility; one secret facility hides all.

    The register gives no coordinates: the point is the municipality's own.
    """
    if secret:
        return (Location(role=AddressRole.SECRET),)
    for one in facilities:
        if item.addresses_known and not one.coded:
            reading.note(
                "adresa.kodAdresnihoMista", "", "Adresa zařízení nemá kód adresního místa."
            )
    codes = dict.fromkeys(one.municipality for one in facilities if one.municipality)
    if codes:
        return tuple(_location(AddressRole.FACILITY, code, guide) for code in codes)
    seat = item.provider_municipality or _town(item.provider_town, guide, reading)
    return () if seat is None else (_location(AddressRole.PROVIDER_SEAT, seat, guide),)


def _town(town: Town | None, guide: Guide, reading: Reading) -> str | None:
    """Return the code of a municipality known by its name, None when the name does not tell which.

    Of those of one name in one kraj the one is meant that lies at the point beside the name.
    """
    if town is None:
        return None
    bearers = [
        one
        for one in guide.resolver.bearers.get(" ".join(town.name.split()).casefold(), ())
        if town.region in {"", one.region}
    ]
    if len(bearers) > 1 and town.point is not None:
        near = town.point
        bearers = [one for one in bearers if distance_km(one.point, near) <= _SAME_TOWN_KM]
    if len(bearers) == 1:
        return bearers[0].code
    reading.note(
        "adresaKontaktni.obec", town.name, "Obec toho jména neznáme, nebo je jich víc; chybí sídlo."
    )
    return None


def _location(role: AddressRole, code: str, guide: Guide) -> Location:
    known = guide.resolver.territory.municipalities.get(code)
    return Location(
        role=role,
        point=None if known is None else known.point,
        municipality=code,
        municipality_name="" if known is None else known.name,
    )


def coverage_of(
    item: Registration,
    facilities: list[FacilityEntry],
    remarks: list[str],
    guide: Guide,
    reading: Reading,
) -> Coverage:
    """Return where a service works: by its remarks, else by the further kraje it names.

    Neither says that it works in the whole of its own kraj; so that is possible only.
    """
    near = next((one.municipality for one in facilities if one.municipality), None)
    areas: list[ServiceArea] = []
    for code in item.further_regions:
        name = guide.ours(REGIONS, code, field="rozsirenePusobnostiVKraji", reading=reading)
        if name is not None:
            areas.append(ServiceArea(kind=AreaKind.REGION, name=name, code=None))
    told = UNKNOWN_COVERAGE
    if guide.read_coverage is not None and remarks:
        told = guide.read_coverage("\n".join(remarks), near) or UNKNOWN_COVERAGE
    if not areas:
        return told
    further = guide.resolver.resolve(areas, near=near, status=CoverageStatus.DECLARED)
    if told.status is not CoverageStatus.UNKNOWN:
        return _joined(told, further)
    home = {guide.codes.find(REGIONS, one.region) for one in facilities if one.region}
    by_region = guide.resolver.territory.by_region
    possible = {code for name in home if name for code in by_region.get(name, ())}
    return replace(further, possible=further.possible | possible - further.certain)


def _joined(told: Coverage, further: Coverage) -> Coverage:
    certain = told.certain | further.certain
    return replace(
        told,
        areas=told.areas + further.areas,
        certain=certain,
        possible=(told.possible | further.possible) - certain,
        unresolved=tuple(sorted({*told.unresolved, *further.unresolved})),
    )
