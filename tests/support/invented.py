"""Invented words, sources, places and a service of which everything is known, for tests."""

from datetime import date

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
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
    Stance,
)
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

PLACES = ("500001", "500002", "500003", "500004")
"""Codes of municipalities that drawn locations and coverages name."""

SOURCES = (
    Source(
        id="zkouska",
        title="Zkušební seznam",
        publisher="Zkušebna",
        as_of=date(2026, 7, 31),
        licence="CC0 1.0",
        url="https://example.test/",
    ),
    Source(
        id="zkouska-2",
        title="Druhý seznam",
        publisher="Zkušebna",
        as_of=date(2025, 1, 1),
        licence="CC BY 4.0",
    ),
)
SOURCE_IDS = tuple(one.id for one in SOURCES)

WORDS = Vocabulary.of(
    groups=(
        TargetGroup(code="POSTIZENI", name="osoby se zdravotním postižením"),
        TargetGroup(code="ZRAK", name="osoby se zrakovým postižením", broader="POSTIZENI"),
        TargetGroup(code="SENIORI", name="senioři", min_age=65, seniors=True),
    ),
    types=(
        ServiceType(
            code="40",
            name="pečovatelská služba",
            category="péče",
            forms=(Form.FIELD, Form.AMBULATORY),
            free_of_charge=False,
            typical_groups=frozenset({"SENIORI"}),
        ),
        ServiceType(
            code="37",
            name="odborné sociální poradenství",
            category="poradenství",
            forms=(Form.AMBULATORY, Form.FIELD, Form.RESIDENTIAL),
            free_of_charge=True,
        ),
        ServiceType(
            code="52",
            name="sociální služby ve zdravotnických zařízeních",
            category="péče",
            forms=(Form.RESIDENTIAL,),
            free_of_charge=False,
            repealed="38/2025 Sb.",
        ),
    ),
    needs=(
        Need(
            code="PEC-HYG", area="péče", name="hygiena", service_types=("40",), other_help=("MAS",)
        ),
        Need(code="DLUHY", area="dluhy", name="dluhy a exekuce", service_types=("37",)),
        Need(
            code="ZIVOT",
            area="krize",
            name="ohrožení života",
            service_types=(),
            urgency=Urgency.NOW,
        ),
    ),
    barriers=(
        Barrier(code="ALKOHOL", name="pije", bases=(RefusalBasis.OUTSIDE_LAW,)),
        Barrier(
            code="INFEKCE",
            name="akutní infekce",
            bases=(RefusalBasis.HEALTH, RefusalBasis.UNKNOWN),
            residential_only=True,
        ),
    ),
    calls=(
        Call(
            number="155",
            name="záchranná služba",
            why="Jde o život.",
            needs=frozenset({"ZIVOT"}),
            source="zkouska",
        ),
    ),
)

FULL = Service(
    id="1001",
    name="Pečovatelská služba „U řeky“",
    kind=Kind.REGISTERED_SOCIAL,
    organization=Organization(name="Řeka, z. ú.", ico="00123456"),
    provenance=Provenance(source="zkouska", as_of=date(2026, 7, 31), verified_on=date(2026, 8, 5)),
    type="40",
    register_id="1234567",
    forms=frozenset({Form.FIELD, Form.AMBULATORY}),
    eligibility=Eligibility(
        target_groups=frozenset({"SENIORI", "ZRAK"}),
        ages=AgeRange(min=27),
        rules=(
            AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="pod vlivem"),
            AcceptanceRule(barrier="INFEKCE", stance=Stance.ACCEPTS),
        ),
    ),
    coverage=Coverage(
        areas=(
            ServiceArea(kind=AreaKind.ORP, name="Velké Město"),
            ServiceArea(kind=AreaKind.RADIUS, name="Lhota", code="500001", km=0.1 + 0.2),
        ),
        status=CoverageStatus.PARSED,
        certain=frozenset({"500001", "500002"}),
        possible=frozenset({"500003"}),
        unresolved=("celý mikroregion", ""),
    ),
    capacities=(
        ServiceCapacity(
            unit=CapacityUnit.CLIENTS,
            registered=40,
            as_of=date(2026, 7, 31),
            form=Form.FIELD,
            immediate=True,
            available=0,
            doubt="v poznámce je 400",
        ),
        ServiceCapacity(unit=CapacityUnit.BEDS, registered=0, as_of=date(2026, 7, 31)),
    ),
    schedules=(Schedule(form=Form.FIELD, round_the_clock=True, text="Po–Pá 7–15"),),
    locations=(
        Location(
            role=AddressRole.FACILITY,
            point=Point(lat=50.123456789012345, lon=13.1),
            municipality="500001",
            municipality_name="Horní Lhota",
        ),
        Location(role=AddressRole.SECRET),
    ),
    places=("Středisko Ž", "Středisko A"),
    needs=frozenset({"PEC-HYG"}),
    contact=Contact(phone="+420 000 000 000", web="https://example.test/"),
    description="Řádek\ndruhý",
    valid_from=date(2007, 1, 1),
    valid_to=date(2030, 12, 31),
)
"""A service of which everything is known."""
