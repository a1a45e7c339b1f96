"""Builders of small domain values with sensible defaults, for tests.

Import as ``from support.build import a_service``. Every name, code and number here is invented.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.experience import OutcomeCount
from referral.catalog.model import (
    AddressRole,
    Contact,
    Eligibility,
    Kind,
    Location,
    Organization,
    Provenance,
    Schedule,
    Service,
    ServiceCapacity,
    Source,
)
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart, Territory
from referral.catalog.vocabulary import (
    Barrier,
    Call,
    Form,
    Need,
    RefusalBasis,
    ServiceType,
    TargetGroup,
    Urgency,
    Vocabulary,
)
from referral.geo import Point

TODAY = date(2026, 9, 1)
AS_OF = date(2026, 7, 31)
SOURCE = "zkouska"

KM_OF_LATITUDE = 1 / 111.2
"""Degrees of latitude in one kilometre, near enough for a test."""


def north_of(point: Point, *, km: float) -> Point:
    """Return the point about this many kilometres north of another (south when negative)."""
    return Point(lat=point.lat + km * KM_OF_LATITUDE, lon=point.lon)


HOME = Point(lat=50.4, lon=13.2)


def a_municipality(  # noqa: PLR0913 - one argument per field
    code: str = "500001",
    name: str = "Horní Lhota",
    *,
    orp: str = "Velké Město",
    district: str = "Okres",
    region: str = "Kraj",
    point: Point = HOME,
    population: int | None = 500,
    population_65_plus: int | None = 100,
    population_as_of: date | None = date(2025, 12, 31),
    source: str = SOURCE,
) -> Municipality:
    """Build a municipality; without arguments a village of 500 people at HOME."""
    return Municipality(
        code=code,
        name=name,
        orp=orp,
        district=district,
        region=region,
        point=point,
        population=population,
        population_65_plus=population_65_plus,
        population_as_of=population_as_of,
        source=source,
    )


def a_part(
    code: str = "900001", name: str = "Zálesí", *, municipality: str = "500001"
) -> MunicipalityPart:
    """Build a part of a municipality."""
    return MunicipalityPart(code=code, name=name, municipality=municipality)


def a_territory(
    municipalities: Iterable[Municipality] | None = None,
    *,
    parts: Iterable[MunicipalityPart] = (),
) -> Territory:
    """Build a territory; without arguments a village, a neighbour 8 km off and a town 15 km off."""
    if municipalities is None:
        municipalities = (
            a_municipality(),
            a_municipality("500002", "Dolní Lhota", point=north_of(HOME, km=8)),
            a_municipality("500003", "Velké Město", point=north_of(HOME, km=15), population=12_000),
        )
    return Territory.of(municipalities, parts=parts)


def a_type(
    code: str = "40",
    name: str = "pečovatelská služba",
    *,
    category: str = "péče",
    forms: tuple[Form, ...] = (Form.FIELD, Form.AMBULATORY),
    free_of_charge: bool = False,
    typical_groups: Iterable[str] = ("SENIORI",),
    remote: bool = False,
    repealed: str | None = None,
) -> ServiceType:
    """Build a service type; without arguments pečovatelská služba."""
    return ServiceType(
        code=code,
        name=name,
        category=category,
        forms=forms,
        free_of_charge=free_of_charge,
        typical_groups=frozenset(typical_groups),
        remote=remote,
        repealed=repealed,
    )


def a_group(
    code: str = "SENIORI",
    name: str = "senioři",
    *,
    broader: str | None = None,
    min_age: int | None = None,
    max_age: int | None = None,
    seniors: bool = False,
) -> TargetGroup:
    """Build a target group."""
    return TargetGroup(
        code=code,
        name=name,
        broader=broader,
        min_age=min_age,
        max_age=max_age,
        seniors=seniors,
    )


def a_need(
    code: str = "PEC-HYG",
    name: str = "péče o vlastní osobu a hygiena",
    *,
    area: str = "péče",
    service_types: Sequence[str] = ("40",),
    other_help: Sequence[str] = (),
    typical_groups: Iterable[str] = ("SENIORI",),
    implied_groups: Iterable[str] = (),
    urgency: Urgency | None = None,
) -> Need:
    """Build a need."""
    return Need(
        code=code,
        area=area,
        name=name,
        service_types=tuple(service_types),
        other_help=tuple(other_help),
        typical_groups=frozenset(typical_groups),
        implied_groups=frozenset(implied_groups),
        urgency=urgency,
    )


def a_barrier(
    code: str = "ALKOHOL",
    name: str = "užívá alkohol nebo drogy",
    *,
    bases: Sequence[RefusalBasis] = (RefusalBasis.OUTSIDE_LAW,),
    residential_only: bool = False,
    note: str = "",
) -> Barrier:
    """Build a barrier."""
    return Barrier(
        code=code, name=name, bases=tuple(bases), residential_only=residential_only, note=note
    )


def a_call(
    number: str = "155",
    name: str = "zdravotnická záchranná služba",
    *,
    why: str = "Jde o život nebo zdraví.",
    needs: Iterable[str] = (),
    source: str = SOURCE,
) -> Call:
    """Build a number to ring now."""
    return Call(number=number, name=name, why=why, needs=frozenset(needs), source=source)


def a_vocabulary(
    *,
    types: Iterable[ServiceType] | None = None,
    groups: Iterable[TargetGroup] | None = None,
    needs: Iterable[Need] | None = None,
    barriers: Iterable[Barrier] | None = None,
    calls: Iterable[Call] = (),
) -> Vocabulary:
    """Build a vocabulary; what is not given holds one word with the code defaults use."""
    return Vocabulary.of(
        types=(a_type(),) if types is None else types,
        groups=(a_group(),) if groups is None else groups,
        needs=(a_need(),) if needs is None else needs,
        barriers=(a_barrier(),) if barriers is None else barriers,
        calls=calls,
    )


def a_source(source_id: str = SOURCE, *, as_of: date = AS_OF) -> Source:
    """Build a source."""
    return Source(
        id=source_id,
        title="Zkušební seznam",
        publisher="Zkušebna",
        as_of=as_of,
        licence="CC0 1.0",
        url="https://example.test/",
    )


def a_location(
    municipality: str | None = "500001",
    *,
    role: AddressRole = AddressRole.FACILITY,
    point: Point | None = HOME,
    municipality_name: str = "",
) -> Location:
    """Build a location; without arguments the service's own facility at HOME."""
    return Location(
        role=role, point=point, municipality=municipality, municipality_name=municipality_name
    )


SECRET = Location(role=AddressRole.SECRET)
"""The location of a service whose address is withheld."""


def covering(
    *codes: str,
    possible: Iterable[str] = (),
    status: CoverageStatus = CoverageStatus.PARSED,
    everywhere: bool = False,
) -> Coverage:
    """Build a coverage that surely includes the municipalities with these codes."""
    return Coverage(
        areas=tuple(
            ServiceArea(kind=AreaKind.MUNICIPALITY, name=code, code=code) for code in codes
        ),
        status=status,
        certain=frozenset(codes),
        possible=frozenset(possible) - frozenset(codes),
        everywhere=everywhere,
    )


def a_service(  # noqa: PLR0913 - one argument per field
    service_id: str = "s-1",
    name: str = "Pečovatelská služba Horní Lhota",
    *,
    type: str | None = "40",  # noqa: A002 - the name of the field it fills
    kind: Kind = Kind.REGISTERED_SOCIAL,
    provider: str = "Pomoc, z. s.",
    register_id: str | None = None,
    forms: Iterable[Form] | None = (Form.FIELD,),
    eligibility: Eligibility | None = None,
    coverage: Coverage | None = None,
    capacities: Iterable[ServiceCapacity] = (),
    schedules: Iterable[Schedule] = (),
    locations: Iterable[Location] | None = None,
    places: Iterable[str] = (),
    needs: Iterable[str] = (),
    contact: Contact | None = None,
    description: str = "",
    as_of: date = AS_OF,
    verified_on: date | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str = SOURCE,
) -> Service:
    """Build a service; without arguments a field service at HOME that says nothing of its reach.

    ``forms=None`` and ``coverage=None`` stand for "the source does not say"; ``locations=()`` for
    no known place, ``locations=[SECRET]`` for a withheld one.
    """
    return Service(
        id=service_id,
        name=name,
        kind=kind,
        organization=Organization(name=provider),
        provenance=Provenance(source=source, as_of=as_of, verified_on=verified_on),
        type=type,
        register_id=register_id,
        forms=None if forms is None else frozenset(forms),
        eligibility=Eligibility() if eligibility is None else eligibility,
        coverage=Coverage() if coverage is None else coverage,
        capacities=tuple(capacities),
        schedules=tuple(schedules),
        locations=(a_location(),) if locations is None else tuple(locations),
        places=tuple(places),
        needs=frozenset(needs),
        contact=Contact() if contact is None else contact,
        description=description,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def a_catalog(
    *services: Service,
    vocabulary: Vocabulary | None = None,
    territory: Territory | None = None,
    sources: Iterable[Source] | None = None,
    outcomes: Iterable[OutcomeCount] = (),
) -> Catalog:
    """Build a catalogue of the given services over the default words and places."""
    return Catalog.of(
        vocabulary=a_vocabulary() if vocabulary is None else vocabulary,
        territory=a_territory() if territory is None else territory,
        services=services,
        sources=(a_source(),) if sources is None else sources,
        outcomes=outcomes,
    )
