"""A small world for the matcher's tests, and Hypothesis strategies that fill it.

The world: a village, its neighbour, the town of their ORP, and a far town of another district;
invented throughout.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Eligibility,
    Kind,
    Location,
    Service,
    ServiceCapacity,
    Stance,
)
from referral.catalog.sexes import Sex
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form, RefusalBasis, Urgency, Vocabulary
from referral.matching.policy import Limits, Policy, Welcome
from referral.matching.request import AskedNeed, ReferralRequest, Refusal, RefusalReason
from support.build import (
    HOME,
    SECRET,
    TODAY,
    a_barrier,
    a_call,
    a_catalog,
    a_group,
    a_municipality,
    a_need,
    a_service,
    a_territory,
    a_type,
    a_vocabulary,
    covering,
    north_of,
)

LIMITS = Limits(
    ambulatory_km=40,
    ambulatory_full_km=2,
    residential_full_km=10,
    residential_zero_km=100,
    residential_best_share=0.8,
    fresh_days=90,
    stale_days=730,
    parsed_share=0.9,
    assumed_share=0.6,
    rank_step=0.1,
    beside_share=0.5,
    health_share=0.9,
    type_default_share=0.5,
    senior_from=65,
    condition_share=0.6,
    expired_share=0.5,
    ask_again_days=30,
    prior_strength=4,
    few_outcomes=5,
    likely_from=0.6,
)
POLICY = Policy(
    weights={
        "need": 25.0,
        "reach": 30.0,
        "group": 15.0,
        "age": 5.0,
        "barriers": 10.0,
        "refusal": 10.0,
        "vacancy": 5.0,
        "vicinity": 5.0,
        "freshness": 5.0,
    },
    limits=LIMITS,
    welcome={
        "ALKOHOL": Welcome(
            groups=frozenset({"ZAVISLI"}), types=frozenset({"62"}), kinds=frozenset({Kind.HEALTH})
        ),
        "NEVIM": Welcome(free_of_charge=True),
    },
)

VILLAGE = a_municipality()
NEIGHBOUR = a_municipality("500002", "Dolní Lhota", point=north_of(HOME, km=8))
TOWN = a_municipality("500003", "Velké Město", point=north_of(HOME, km=15), population=12_000)
SAME_DISTRICT = a_municipality(
    "500004", "Okresní Ves", orp="Druhé Město", point=north_of(HOME, km=30)
)
FAR = a_municipality(
    "500005", "Daleké Město", orp="Daleké Město", district="Jiný okres", point=north_of(HOME, km=90)
)
PLACES = (VILLAGE, NEIGHBOUR, TOWN, SAME_DISTRICT, FAR)
TERRITORY = a_territory(PLACES)


def a_world_vocabulary() -> Vocabulary:
    """Return a vocabulary with one word of every kind the rules tell apart."""
    return a_vocabulary(
        types=(
            a_type("40", "pečovatelská služba"),
            a_type("39", "osobní asistence", forms=(Form.FIELD,)),
            a_type("49", "domovy pro seniory", forms=(Form.RESIDENTIAL,)),
            a_type("41", "tísňová péče", forms=(Form.FIELD,), remote=True),
            a_type(
                "37",
                "odborné sociální poradenství",
                forms=(Form.AMBULATORY, Form.FIELD),
                typical_groups=(),
            ),
            a_type(
                "62", "nízkoprahová zařízení", forms=(Form.AMBULATORY,), typical_groups=("MLADEZ",)
            ),
        ),
        groups=(
            a_group("SENIORI", "senioři", seniors=True),
            a_group("ZDR-POST", "osoby se zdravotním postižením"),
            a_group("SLUCH", "osoby se sluchovým postižením", broader="ZDR-POST"),
            a_group("MLADEZ", "děti a mládež od 6 do 26 let", min_age=6, max_age=26),
            a_group("ZAVISLI", "osoby závislé na návykových látkách"),
        ),
        needs=(
            a_need("PEC-HYG", service_types=("40", "39", "49")),
            a_need("PEC-NOC", "bezpečí doma", service_types=("41",), typical_groups=()),
            a_need(
                "ZAV-ALK",
                "alkohol",
                service_types=("37",),
                typical_groups=(),
                implied_groups=("ZAVISLI",),
            ),
            a_need("VOLNY", "volný čas", service_types=("62",), typical_groups=("MLADEZ",)),
            a_need(
                "ZDR-SUI",
                "ohrožení života",
                service_types=("37",),
                typical_groups=(),
                urgency=Urgency.NOW,
            ),
        ),
        barriers=(
            a_barrier("ALKOHOL"),
            a_barrier("PAS", "PAS", bases=(RefusalBasis.CIRCLE,)),
            a_barrier("INFEKCE", "infekce", bases=(RefusalBasis.HEALTH,), residential_only=True),
            a_barrier("KAPACITA", "kapacita", bases=(RefusalBasis.CAPACITY,)),
            a_barrier("VYPOVED", "výpověď", bases=(RefusalBasis.BREACH,)),
            a_barrier("POBYT", "pobyt", bases=(RefusalBasis.ELIGIBLE_PERSON,)),
            a_barrier("IMOBIL", "imobilní", bases=(RefusalBasis.EQUIPMENT,)),
            a_barrier("NEVIM", "cokoli", bases=()),
        ),
        calls=(a_call("155", needs=("ZDR-SUI",)), a_call("158", "policie")),
    )


VOCABULARY = a_world_vocabulary()


def a_world(*services: Service) -> Catalog:
    """Return a catalogue of the services in the small world."""
    return a_catalog(*services, vocabulary=VOCABULARY, territory=TERRITORY)


def a_request(
    *needs: str,
    place=VILLAGE,
    groups=(),
    age=None,
    care_level=None,
    barriers=(),
    refusals=(),
    forms=(),
    limit=1000,
    **more,
) -> ReferralRequest:
    """Build a request; without arguments for PEC-HYG in the village."""
    return ReferralRequest(
        place=place,
        needs=tuple(AskedNeed(code=code) for code in needs or ("PEC-HYG",)),
        groups=frozenset(groups),
        age=age,
        care_level=care_level,
        barriers=frozenset(barriers),
        refusals=tuple(refusals),
        forms=frozenset(forms),
        limit=limit,
        **more,
    )


def within(place, *, km: float, role: AddressRole = AddressRole.FACILITY) -> Location:
    """Return a location some kilometres north of a municipality's point, in that municipality."""
    return Location(role=role, point=north_of(place.point, km=km), municipality=place.code)


_codes = st.sampled_from([place.code for place in PLACES])


@st.composite
def coverages(draw) -> Coverage:
    """Draw a coverage of any status."""
    status = draw(st.sampled_from(CoverageStatus))
    if status is CoverageStatus.UNKNOWN:
        return Coverage()
    certain = draw(st.frozensets(_codes))
    return Coverage(
        status=status,
        certain=certain,
        possible=draw(st.frozensets(_codes)) - certain,
        everywhere=draw(st.booleans()),
    )


@st.composite
def locations(draw) -> Location:
    """Draw a location of any role in the small world."""
    role = draw(st.sampled_from(AddressRole))
    if role is AddressRole.SECRET:
        return SECRET
    place = draw(st.sampled_from(PLACES))
    point = draw(st.none() | st.floats(-60, 60).map(lambda km: north_of(place.point, km=km)))
    return Location(
        role=role, point=point, municipality=draw(st.sampled_from([None, place.code, "999999"]))
    )


_ages = st.builds(
    lambda low, width: AgeRange(min=low, max=None if width is None else low + width),
    st.integers(0, 80),
    st.none() | st.integers(0, 60),
)
_eligibility = st.builds(
    Eligibility,
    target_groups=st.none() | st.frozensets(st.sampled_from(sorted(VOCABULARY.groups)), max_size=3),
    ages=st.none() | _ages,
    rules=st.lists(
        st.builds(
            AcceptanceRule,
            barrier=st.sampled_from(sorted(VOCABULARY.barriers)),
            stance=st.sampled_from(Stance),
        ),
        max_size=2,
    ).map(tuple),
)


@st.composite
def capacities(draw, as_of: date) -> list[ServiceCapacity]:
    """Draw what a service can do: often nothing is known, or not for sure, or only free places."""
    return draw(
        st.lists(
            st.builds(
                ServiceCapacity,
                unit=st.sampled_from([CapacityUnit.CLIENTS, CapacityUnit.BEDS]),
                registered=st.integers(0, 50) | st.none(),
                available=st.none() | st.integers(0, 3),
                form=st.none() | st.sampled_from(Form),
                doubt=st.sampled_from(["", "", "", "číslo vypadá jako rok"]),
                as_of=st.just(as_of),
            ),
            max_size=2,
        )
    )


@st.composite
def services(draw, service_id: str, *, of_type: str | None = None) -> Service:
    """Draw a service with this id; of a given type when one is named."""
    beside = of_type is None and draw(st.integers(0, 9)) == 0
    forms = draw(st.none() | st.frozensets(st.sampled_from(Form), min_size=1))
    as_of = TODAY - timedelta(days=draw(st.integers(0, 1500)))
    return a_service(
        service_id,
        type=None if beside else of_type or draw(st.sampled_from(sorted(VOCABULARY.types))),
        kind=draw(st.sampled_from([Kind.AUTHORITY, Kind.HEALTH]))
        if beside
        else Kind.REGISTERED_SOCIAL,
        needs=draw(st.frozensets(st.sampled_from(sorted(VOCABULARY.needs)), min_size=1))
        if beside
        else (),
        forms=None if beside else forms,
        name=draw(st.sampled_from(["Služba", "Dům pro ženy", "Dům pro muže", "Dům pro všechny"])),
        eligibility=draw(_eligibility),
        coverage=draw(coverages()),
        locations=draw(st.lists(locations(), max_size=2)),
        capacities=draw(capacities(as_of)),
        as_of=as_of,
        verified_on=draw(st.none() | st.just(TODAY)),
        valid_to=draw(st.sampled_from([None, None, None, date(2026, 1, 1), date(2030, 1, 1)])),
    )


@st.composite
def catalogs(draw, *, max_services: int = 8, of_type: str | None = None) -> Catalog:
    """Draw a catalogue over the small world; when a type is named, most services are of it."""
    count = draw(st.integers(0, max_services))
    return a_world(
        *(
            draw(services(f"s-{number}", of_type=of_type if number % 4 else None))
            for number in range(count)
        )
    )


@st.composite
def found_services(draw, *, form: Form | None = None) -> tuple[Service, ReferralRequest]:
    """Draw a service with one known place and a bare request that surely asks for its type."""
    need = draw(st.sampled_from([one for one in VOCABULARY.needs.values() if one.service_types]))
    place = draw(st.sampled_from(PLACES))
    service = a_service(
        "s-1",
        type=draw(st.sampled_from(need.service_types)),
        forms=[form or draw(st.sampled_from(Form))],
        coverage=draw(coverages()) if form is None else None,
        locations=[within(place, km=draw(st.floats(-30, 30)))],
        as_of=TODAY - timedelta(days=draw(st.integers(0, 1500))),
    )
    return service, a_request(need.code, place=draw(st.sampled_from(PLACES)))


@st.composite
def helpers(draw, *, needs=("PEC-HYG", "PEC-NOC", "ZAV-ALK", "VOLNY", "ZDR-SUI")) -> Catalog:
    """Draw a catalogue of help that answers sets of needs and reaches the village surely or not."""
    count = draw(st.integers(1, 9))
    return a_world(
        *(
            a_service(
                f"s-{number}",
                type=None,
                kind=Kind.COMMUNITY,
                needs=draw(st.frozensets(st.sampled_from(needs), min_size=1, max_size=3)),
                forms=None,
                coverage=draw(st.sampled_from([Coverage(), covering(VILLAGE.code)])),
            )
            for number in range(count)
        )
    )


@st.composite
def requests(draw, *, plain: bool = False) -> ReferralRequest:
    """Draw a request; a plain one asks for needs in a place and nothing else."""
    needs = draw(
        st.lists(st.sampled_from(sorted(VOCABULARY.needs)), min_size=1, max_size=3, unique=True)
    )
    place = draw(st.sampled_from(PLACES))
    if plain:
        return a_request(*needs, place=place)
    refusal = st.builds(
        Refusal,
        service_id=st.sampled_from([f"s-{number}" for number in range(8)]),
        reason=st.sampled_from(RefusalReason),
        barrier=st.none() | st.sampled_from(sorted(VOCABULARY.barriers)),
        on=st.none() | st.dates(TODAY - timedelta(days=400), TODAY),
        wait_days=st.none() | st.integers(0, 300),
    )
    barriers = draw(st.frozensets(st.sampled_from(sorted(VOCABULARY.barriers)), max_size=2))
    age = draw(st.none() | st.integers(0, 100))
    return a_request(
        *needs,
        place=place,
        groups=draw(st.frozensets(st.sampled_from(sorted(VOCABULARY.groups)), max_size=2)),
        age=age,
        barriers=barriers,
        absent=draw(st.frozensets(st.sampled_from(sorted(VOCABULARY.barriers)), max_size=2))
        - barriers,
        sex=draw(st.none() | st.sampled_from(Sex)),
        born=None
        if age is None
        else draw(st.none() | st.just(date(TODAY.year - age, TODAY.month, TODAY.day))),
        discharge_on=draw(st.none() | st.just(TODAY + timedelta(days=3))),
        eviction_on=draw(st.none() | st.just(TODAY + timedelta(days=9))),
        refusals=draw(st.lists(refusal, max_size=2)),
        forms=draw(st.frozensets(st.sampled_from(Form), max_size=2)),
    )
