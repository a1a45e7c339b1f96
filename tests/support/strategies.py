"""Hypothesis strategies that build the values of ``referral.catalog``.

Import as ``from support.strategies import services``. Whatever refers to a word, a source or a
municipality takes the codes it may name, by default those of ``support.invented``, so that drawn
services fit together into a catalogue. Vocabularies are drawn in ``support.word_strategies``.

Every strategy names every field of the class it builds: a field added to the model stops the suite
here until it is drawn, and so stored and read back, as well.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.districts import Boundary, Bounded, District, Tier
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
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart, PartKind, Territory
from referral.catalog.vocabulary import (
    Form,
    RefusalBasis,
    Vocabulary,
)
from referral.geo import Area, Point
from support.invented import PLACES, SOURCE_IDS, SOURCES, WORDS

_T = TypeVar("_T")

_CZECH = {"lat": (48.5, 51.1), "lon": (12.0, 18.9)}
_GLOBE = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0)}


def every_field(built: type[_T], /, **strategies: SearchStrategy[object]) -> SearchStrategy[_T]:
    """Build a dataclass from one strategy for each of its fields, and refuse to leave one out."""
    names = {one.name for one in fields(built)}  # type: ignore[arg-type]  # _T is always a dataclass here
    assert names == set(strategies), f"{built.__name__}: draw {names ^ set(strategies)}"
    return st.builds(built, **strategies)


def words(*, min_size: int = 0, max_size: int = 12) -> SearchStrategy[str]:
    """Text that any database can hold: no NUL and no lone surrogate, but any script."""
    alphabet = st.characters(codec="utf-8", exclude_characters="\x00")
    return st.text(alphabet=alphabet, min_size=min_size, max_size=max_size)


def names() -> SearchStrategy[str]:
    """Text that is not empty."""
    return words(min_size=1)


def codes(alphabet: str = "ABCDEFGHIJ0123456789-", *, max_size: int = 6) -> SearchStrategy[str]:
    """Short plain codes."""
    return st.text(alphabet=alphabet, min_size=1, max_size=max_size)


def days() -> SearchStrategy[date]:
    """Dates around the time of the registers."""
    return st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))


def points(*, anywhere: bool = False) -> SearchStrategy[Point]:
    """Points in and around Czechia, or anywhere on the globe."""
    box = _GLOBE if anywhere else _CZECH
    return every_field(
        Point,
        lat=st.floats(*box["lat"], allow_nan=False),
        lon=st.floats(*box["lon"], allow_nan=False),
    )


def sources(ids: SearchStrategy[str] | None = None) -> SearchStrategy[Source]:
    """Sources; the id is drawn from ``ids`` when given."""
    return every_field(
        Source,
        id=codes() if ids is None else ids,
        title=names(),
        publisher=words(),
        as_of=days(),
        licence=words(),
        url=st.none() | words(),
    )


def provenances(source_ids: Sequence[str]) -> SearchStrategy[Provenance]:
    """Provenances that name one of the given sources."""
    return every_field(
        Provenance,
        source=st.sampled_from(source_ids),
        as_of=days(),
        verified_on=st.none() | days(),
    )


def organizations() -> SearchStrategy[Organization]:
    """Providers with an IČO of eight digits or none."""
    return every_field(
        Organization,
        name=names(),
        ico=st.none() | st.text(alphabet="0123456789", min_size=8, max_size=8),
    )


def age_ranges() -> SearchStrategy[AgeRange]:
    """Ranges of ages, either end open or both."""
    return st.tuples(
        st.none() | st.integers(0, 110),
        st.none() | st.integers(0, 110),
    ).map(_age_range)


def _age_range(ends: tuple[int | None, int | None]) -> AgeRange:
    low, high = ends
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    return AgeRange(min=low, max=high)


def acceptance_rules(barriers: Sequence[str]) -> SearchStrategy[AcceptanceRule]:
    """What a provider says about people with one of the barriers."""
    return every_field(
        AcceptanceRule,
        barrier=st.sampled_from(barriers),
        stance=st.sampled_from(Stance),
        wording=words(),
        basis=st.none() | st.sampled_from(RefusalBasis),
        source=st.just("") | st.sampled_from(SOURCE_IDS),
        verified_on=st.none() | days(),
    )


def subset(words_of: Sequence[str]) -> SearchStrategy[frozenset[str]]:
    """Up to four of the words, empty when there are none."""
    if not words_of:
        return st.just(frozenset())
    return st.frozensets(st.sampled_from(words_of), max_size=4)


def eligibilities(vocabulary: Vocabulary = WORDS) -> SearchStrategy[Eligibility]:
    """Whom a service is for: nothing said, an empty circle, or some groups of the vocabulary."""
    barriers = tuple(vocabulary.barriers)
    return every_field(
        Eligibility,
        target_groups=st.none() | subset(tuple(vocabulary.groups)),
        ages=st.none() | age_ranges(),
        rules=few(acceptance_rules(barriers)) if barriers else st.just(()),
    )


def capacities() -> SearchStrategy[ServiceCapacity]:
    """Numbers with a unit and a date."""
    return every_field(
        ServiceCapacity,
        unit=st.sampled_from(CapacityUnit),
        registered=st.integers(0, 10_000),
        as_of=days(),
        form=st.none() | st.sampled_from(Form),
        immediate=st.booleans(),
        available=st.none() | st.integers(0, 100),
        doubt=words(),
    )


def schedules() -> SearchStrategy[Schedule]:
    """Opening times of one form."""
    return every_field(
        Schedule, form=st.sampled_from(Form), round_the_clock=st.booleans(), text=words()
    )


def locations(
    places: Sequence[str] = PLACES, *, anywhere: bool = False
) -> SearchStrategy[Location]:
    """Locations of every role; a secret one carries nothing."""
    known = every_field(
        Location,
        role=st.sampled_from([role for role in AddressRole if role is not AddressRole.SECRET]),
        point=st.none() | points(anywhere=anywhere),
        municipality=st.none() | st.sampled_from(places),
        municipality_name=words(),
    )
    return known | st.just(Location(role=AddressRole.SECRET))


def service_areas() -> SearchStrategy[ServiceArea]:
    """Areas as a provider names them."""
    return every_field(
        ServiceArea,
        kind=st.sampled_from(AreaKind),
        name=words(),
        code=st.none() | codes(),
        km=st.none() | st.floats(0, 500, allow_nan=False),
    )


def coverages(places: Sequence[str] = PLACES) -> SearchStrategy[Coverage]:
    """Coverages of the given municipalities."""
    return every_field(
        Coverage,
        areas=few(service_areas()),
        status=st.sampled_from(CoverageStatus),
        certain=subset(places),
        possible=subset(places),
        everywhere=st.booleans(),
        unresolved=few(words()),
    )


def contacts() -> SearchStrategy[Contact]:
    """Contacts, each field of them known or not."""
    return every_field(
        Contact,
        phone=st.none() | words(),
        email=st.none() | words(),
        web=st.none() | words(),
    )


def services(
    *,
    vocabulary: Vocabulary = WORDS,
    source_ids: Sequence[str] = SOURCE_IDS,
    places: Sequence[str] = PLACES,
    ids: SearchStrategy[str] | None = None,
    anywhere: bool = False,
) -> SearchStrategy[Service]:
    """Services under the Act and beside it, using the words, sources and municipalities given."""
    types, needs = tuple(vocabulary.types), tuple(vocabulary.needs)

    def drawn(
        kind_of_help: SearchStrategy[str | None], answered: SearchStrategy[frozenset[str]]
    ) -> SearchStrategy[Service]:
        return every_field(
            Service,
            id=codes() if ids is None else ids,
            name=names(),
            kind=st.sampled_from(Kind),
            organization=organizations(),
            provenance=provenances(source_ids),
            type=kind_of_help,
            register_id=st.none() | st.text(alphabet="0123456789", min_size=7, max_size=7),
            forms=st.none() | st.frozensets(st.sampled_from(Form)),
            eligibility=eligibilities(vocabulary),
            coverage=coverages(places),
            capacities=few(capacities()),
            schedules=few(schedules()),
            locations=few(locations(places, anywhere=anywhere)),
            places=few(words()),
            needs=answered,
            contact=contacts(),
            description=words(),
            valid_from=st.none() | days(),
            valid_to=st.none() | days(),
        )

    under_the_act = drawn(st.sampled_from(types), subset(needs))
    if not needs:
        return under_the_act
    beside_it = drawn(st.none(), st.frozensets(st.sampled_from(needs), min_size=1, max_size=4))
    return under_the_act | beside_it


def municipalities(
    municipality_codes: SearchStrategy[str] | None = None, *, anywhere: bool = False
) -> SearchStrategy[Municipality]:
    """Municipalities in one of two districts; the code is drawn from the strategy when given."""
    return every_field(
        Municipality,
        code=codes("0123456789") if municipality_codes is None else municipality_codes,
        name=names(),
        orp=st.sampled_from(("Velké Město", "Malé Město")),
        district=st.sampled_from(("Západ", "Východ")),
        region=st.just("Kraj"),
        point=points(anywhere=anywhere),
        population=st.none() | st.integers(0, 1_400_000),
        population_65_plus=st.none() | st.integers(0, 300_000),
        population_as_of=st.none() | days(),
        source=words(),
        pou=words(),
        population_80_plus=st.none() | st.integers(0, 100_000),
    )


def municipality_parts(places: Sequence[str] = PLACES) -> SearchStrategy[MunicipalityPart]:
    """Parts of one of the municipalities."""
    return every_field(
        MunicipalityPart,
        code=codes("0123456789"),
        name=names(),
        municipality=st.sampled_from(places),
        kind=st.sampled_from(PartKind),
    )


def districts() -> SearchStrategy[District]:
    """Administrative districts."""
    return every_field(
        District,
        tier=st.sampled_from(Tier),
        code=codes("0123456789"),
        name=names(),
        other_code=words(),
        parent=words(),
    )


def areas() -> SearchStrategy[Area]:
    """Triangles with any coordinates, one or two of them apart."""
    corner = st.tuples(st.floats(12, 14), st.floats(48, 50))
    triangle = st.lists(corner, min_size=3, max_size=3).filter(_encloses)
    one = triangle.map(lambda ring: {"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    far = st.floats(15, 16).map(lambda lon: [(lon, 50), (lon + 1, 50), (lon + 1, 51), (lon, 50)])
    two = st.tuples(triangle, far).map(
        lambda rings: {
            "type": "MultiPolygon",
            "coordinates": [[[*rings[0], rings[0][0]]], [rings[1]]],
        }
    )
    return (one | two).map(Area.from_geojson)


def _encloses(ring: list[tuple[float, float]]) -> bool:
    (ax, ay), (bx, by), (cx, cy) = ring
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) > 0.001


def boundaries() -> SearchStrategy[Boundary]:
    """Borders of municipalities and ORPs."""
    return every_field(
        Boundary,
        around=st.sampled_from(Bounded),
        code=codes("0123456789"),
        area=areas(),
        source=words(),
        as_of=days(),
    )


def territories(*, anywhere: bool = False) -> SearchStrategy[Territory]:
    """Territories of the PLACES or some of them, with a few parts."""
    return st.builds(
        _territory,
        st.lists(
            municipalities(st.sampled_from(PLACES), anywhere=anywhere),
            unique_by=lambda municipality: municipality.code,
        ),
        st.lists(municipality_parts(), max_size=3, unique_by=lambda part: part.code),
    )


def _territory(loaded: list[Municipality], parts: list[MunicipalityPart]) -> Territory:
    known = {municipality.code for municipality in loaded}
    return Territory.of(loaded, parts=[part for part in parts if part.municipality in known])


def catalogs(*, anywhere: bool = False) -> SearchStrategy[Catalog]:
    """Whole catalogues over WORDS and SOURCES."""
    return st.builds(
        Catalog.of,
        vocabulary=st.just(WORDS),
        territory=territories(anywhere=anywhere),
        # Two sources with one number of the register would stand as one service once loaded.
        services=st.lists(
            services(anywhere=anywhere),
            max_size=4,
            unique_by=(lambda service: service.id, lambda service: service.register_id or service),
        ),
        sources=st.just(SOURCES),
    )


def few(one: SearchStrategy[_T]) -> SearchStrategy[tuple[_T, ...]]:
    """Up to three, in any order and perhaps the same."""
    return st.lists(one, max_size=3).map(tuple)
