"""Invented records of services as several sources might hold them, and decisions about them."""

from datetime import date

from referral.catalog.merging import MergeDecision, MergeVerdict
from referral.catalog.model import Contact, Kind, Location, Organization, Provenance, Service
from referral.catalog.own_fields import VerifiedBy
from referral.catalog.territory import Territory
from referral.geo import Point
from support.build import TODAY, a_location, a_municipality, a_territory

HERE = Point(lat=50.4, lon=13.2)
NEARBY = Point(lat=50.401, lon=13.2)
TOWNS: Territory = a_territory(
    [
        a_municipality(
            "500001", "Velké Město", orp="Velké Město", point=Point(lat=50.39, lon=13.21)
        ),
        a_municipality("500002", "Malá Ves", orp="Velké Město", point=Point(lat=50.45, lon=13.25)),
        a_municipality(
            "500003", "Daleké Město", orp="Daleké Město", point=Point(lat=50.9, lon=14.2)
        ),
    ]
)


def a_record(  # noqa: PLR0913 - a record differs in many things
    service_id: str,
    *,
    source: str = "rpss",
    provider: str = "Modrá řeka, z. s.",
    name: str = "Kopretina",
    ico: str | None = "00000001",
    type: str | None = "40",  # noqa: A002 - the word of the model
    register_id: str | None = None,
    town: str | None = "500001",
    point: Point | None = None,
    locations: tuple[Location, ...] | None = None,
    kind: Kind = Kind.REGISTERED_SOCIAL,
    needs: frozenset[str] = frozenset(),
    contact: Contact | None = None,
    as_of: date = date(2026, 8, 31),
    valid_to: date | None = None,
) -> Service:
    """Build a record; without a point its place is only its municipality."""
    if locations is None:
        at = point
        if at is None and town in TOWNS.municipalities:
            at = TOWNS.municipalities[town].point
        name_of_town = "" if town not in TOWNS.municipalities else TOWNS.municipality(town).name
        locations = (a_location(town, point=at, municipality_name=name_of_town),)
    return Service(
        id=service_id,
        name=name,
        kind=kind,
        organization=Organization(name=provider, ico=ico),
        provenance=Provenance(source=source, as_of=as_of),
        type=type,
        register_id=register_id,
        locations=locations,
        needs=needs,
        contact=contact or Contact(),
        valid_to=valid_to,
    )


def same(kept: str, other: str) -> MergeDecision:
    """Decide that two records are one service."""
    return _decided(kept, other, MergeVerdict.SAME)


def different(one: str, other: str) -> MergeDecision:
    """Decide that two records are two services."""
    return _decided(one, other, MergeVerdict.DIFFERENT)


def _decided(kept: str, other: str, verdict: MergeVerdict) -> MergeDecision:
    return MergeDecision(
        kept=kept,
        other=other,
        verdict=verdict,
        decided_on=TODAY,
        decided_by=VerifiedBy.COORDINATOR,
    )
