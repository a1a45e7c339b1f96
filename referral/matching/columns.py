"""The catalogue laid out in columns, one row per offer, so that all offers are judged at once.

Nothing is decided here: a column holds what a service states, in numbers. The rules stay in their
own modules; ``screening`` puts whole columns to them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from referral.catalog.areas import Coverage, CoverageStatus, Covers
from referral.catalog.model import Kind, Location, Service, ServiceAtLocation
from referral.catalog.sexes import Sex, sex_told
from referral.catalog.snapshot import Catalog, offers_of
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Form, ServiceType, Vocabulary
from referral.geo import Point, planes_m
from referral.matching.circles import lacks_circle
from referral.matching.criteria import free_places
from referral.matching.exclusions import age_limits
from referral.matching.kept import Kept
from referral.matching.reach import forms_of, home_of
from referral.matching.sorts import sort

Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Masks = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

FORMS = tuple(Form)
STATUSES = tuple(CoverageStatus)
COVERS = (Covers.NO, Covers.UNKNOWN, Covers.YES)
SEXES: tuple[Sex | None, ...] = (None, *Sex)
KINDS = tuple(Kind)
DECLARED, WITHOUT = 4, 8
"""States of a circle: told of the type alone (0), declared, and none at all by the kind of help."""
_WORD = 64

_V = TypeVar("_V", bound=np.generic)


class Trait(NamedTuple):
    """What needs a service answers and how well: all services of one trait are alike in that."""

    type: str | None
    needs: frozenset[str]
    health: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grounds:
    """The municipalities as positions: those that are loaded, then the others that are named.

    ``planes`` are the points of those that are loaded, in the Krovak plane.
    """

    codes: Mapping[str, int]
    loaded: int
    orps: Mapping[str, Ints]
    districts: Mapping[str, Ints]
    planes: Mapping[Point, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """What the offers state; every array has one value for each of ``offers``, in their order.

    Offers are ordered by the id of their service, then as its locations are. ``service`` is the
    position of the service in ``services``; ``several`` tells whether any has two offers,
    ``leads`` marks the first one of each. ``trait`` is the position in ``traits`` of the type of a
    service and the needs it names itself, ``answering`` are those that answer a need and ``rows``
    the rows that do. Dates are ordinals, ages years, ``x`` and ``y`` metres in the Krovak plane
    (NaN without a known place of service). ``circle`` are the groups as they count (declared, else
    by type), as bits by the order of ``groups``, one array for every 64; ``circles`` tell of where
    they come from: 0, DECLARED, or WITHOUT plus a position in KINDS. ``forms`` are bits by the
    order of FORMS, ``sex`` a position in SEXES. ``municipality`` is a position in ``grounds``,
    ``grounds.loaded`` for none that is loaded; ``home`` is that of the service itself, -1 for none.
    ``status`` is a position in STATUSES, ``remote`` tells of help at a distance. ``covers`` is a
    position in COVERS that holds for places of which neither ``surely`` nor ``possibly`` names the
    row.
    """

    catalog: Catalog
    offers: Sequence[ServiceAtLocation]
    services: Sequence[Service]
    sorts: Ints
    positions: Mapping[str, int]
    service: Ints
    several: bool
    leads: Bools
    answering: Mapping[str, Sequence[int]]
    rows: Mapping[str, Ints]
    traits: Sequence[Trait]
    trait: Ints
    starts: Ints
    ends: Ints
    freshest: Ints
    free: Bytes
    lowest: Ints
    highest: Ints
    aged: Bytes
    sex: Bytes
    groups: Mapping[str, int]
    circle: tuple[Masks, ...]
    declared: Bytes
    circles: Bytes
    forms: Bytes
    status: Bytes
    remote: Bytes
    covers: Bytes
    surely: Mapping[str, Ints]
    possibly: Mapping[str, Ints]
    grounds: Grounds
    municipality: Ints
    home: Ints
    x: Floats
    y: Floats

    def spread(self, values: Iterable[object], kind: type[_V]) -> npt.NDArray[_V]:
        """Return a column of what is given for each of the services."""
        return _spread(values, kind, self.service)

    def rows_of(self, position: int) -> range:
        """Return the rows of the service at this position."""
        first, last = np.searchsorted(self.service, [position, position + 1]).tolist()
        return range(first, last)


def lay_out(catalog: Catalog) -> Columns:
    """Lay a catalogue out in columns."""
    vocabulary = catalog.vocabulary
    services = [catalog.services[one] for one in sorted(catalog.services)]
    per_service = [offers_of(service) for service in services]
    service = np.repeat(np.arange(len(services)), [len(some) for some in per_service])
    offers = [offer for some in per_service for offer in some]
    kinds = [_kind(service, vocabulary) for service in services]
    grounds = _grounds(catalog.territory, offers)
    traits: dict[Trait, int] = {}
    trait = [traits.setdefault(_trait(one), len(traits)) for one in services]
    answering = _answering(tuple(traits), vocabulary)
    groups = {code: position for position, code in enumerate(vocabulary.groups)}
    limits = [age_limits(service, vocabulary) for service in services]
    surely, possibly = _covered([(offer.service.coverage, row) for row, offer in enumerate(offers)])
    x, y = planes_m([_place_of(offer.location) for offer in offers])

    def spread(values: Iterable[object], kind: type[_V]) -> npt.NDArray[_V]:
        return _spread(values, kind, service)

    return Columns(
        catalog=catalog,
        offers=offers,
        services=services,
        sorts=sort(offers, vocabulary),
        positions={one.id: position for position, one in enumerate(services)},
        service=service,
        several=len(offers) > len(services),
        leads=np.diff(service, prepend=-1) != 0,
        answering=answering,
        rows=_rows(answering, np.array(trait, np.int64)[service]),
        traits=tuple(traits),
        trait=spread(trait, np.int64),
        starts=spread(((s.valid_from or date.min).toordinal() for s in services), np.int64),
        ends=spread(((s.valid_to or date.max).toordinal() for s in services), np.int64),
        freshest=spread((s.provenance.freshest.toordinal() for s in services), np.int64),
        free=spread((_free(s) for s in services), np.uint8),
        lowest=spread((lowest for lowest, _ in limits), np.int64),
        highest=spread((highest for _, highest in limits), np.int64),
        aged=spread((s.eligibility.ages is not None for s in services), np.uint8),
        sex=spread((SEXES.index(sex_told(s.name, s.places)) for s in services), np.uint8),
        groups=groups,
        circle=tuple(
            word[service]
            for word in masks([_circle(s, k) for s, k in zip(services, kinds, strict=True)], groups)
        ),
        declared=spread((bool(s.eligibility.target_groups) for s in services), np.uint8),
        circles=spread((_circle_state(s) for s in services), np.uint8),
        forms=spread(
            (form_bits(forms_of(s, k)[0]) for s, k in zip(services, kinds, strict=True)), np.uint8
        ),
        status=spread((STATUSES.index(s.coverage.status) for s in services), np.uint8),
        remote=spread((k is not None and k.remote for k in kinds), np.uint8),
        covers=spread((_elsewhere(s.coverage) for s in services), np.uint8),
        surely=surely,
        possibly=possibly,
        grounds=grounds,
        municipality=np.fromiter(
            (_municipality(offer.location, grounds) for offer in offers), np.int64, len(offers)
        ),
        home=np.fromiter(
            (_home(offer.location, grounds) for offer in offers), np.int64, len(offers)
        ),
        x=x,
        y=y,
    )


def _spread(values: Iterable[object], kind: type[_V], service: Ints) -> npt.NDArray[_V]:
    return np.array(list(values), kind)[service]


columns_of: Kept[Columns] = Kept(lay_out, keep=2)
"""Return the columns of a catalogue; those of the last two catalogues are kept."""


def form_bits(forms: Iterable[Form]) -> int:
    """Return a set of forms as bits, in the order of FORMS."""
    return sum(1 << FORMS.index(form) for form in forms)


def words(codes: Iterable[str], order: Mapping[str, int]) -> list[int]:
    """Return a set of codes as bits, in words of 64 bits each."""
    bits = 0
    for code in codes:
        bits |= 1 << order[code]
    count = max(1, -(-len(order) // _WORD))
    return [bits >> _WORD * word & (1 << _WORD) - 1 for word in range(count)]


def masks(sets: Sequence[Iterable[str]], order: Mapping[str, int]) -> tuple[Masks, ...]:
    """Return sets of codes as bits, in arrays of 64 bits each."""
    found = np.array([words(codes, order) for codes in sets], np.uint64)
    return tuple(found.reshape(len(sets), len(words((), order))).T.copy())


def _answering(traits: Sequence[Trait], vocabulary: Vocabulary) -> Mapping[str, Sequence[int]]:
    return {
        need.code: tuple(
            position
            for position, trait in enumerate(traits)
            if trait.type in need.service_types or need.code in trait.needs
        )
        for need in vocabulary.needs.values()
    }


def _rows(answering: Mapping[str, Sequence[int]], trait: Ints) -> Mapping[str, Ints]:
    return {need: np.isin(trait, traits).nonzero()[0] for need, traits in answering.items()}


def _trait(service: Service) -> Trait:
    return Trait(service.type, service.needs, service.kind is Kind.HEALTH)


def _kind(service: Service, vocabulary: Vocabulary) -> ServiceType | None:
    return vocabulary.service_type(service.type) if service.type is not None else None


def _circle(service: Service, kind: ServiceType | None) -> frozenset[str]:
    declared = service.eligibility.target_groups
    return declared or (kind.typical_groups if kind is not None else frozenset())


def _circle_state(service: Service) -> int:
    without = lacks_circle(service)
    if without is not None:
        return WITHOUT + KINDS.index(without)
    return DECLARED if service.eligibility.target_groups else 0


def _free(service: Service) -> bool:
    best = free_places(service)
    return best is not None and bool(best.available)


def _elsewhere(coverage: Coverage) -> int:
    """Return whether a coverage includes a place that it does not name."""
    if coverage.status is CoverageStatus.UNKNOWN:
        return COVERS.index(Covers.UNKNOWN)
    return COVERS.index(Covers.YES if coverage.everywhere else Covers.NO)


def _covered(
    coverages: Iterable[tuple[Coverage, int]],
) -> tuple[Mapping[str, Ints], Mapping[str, Ints]]:
    """Return the rows that surely and that possibly cover a municipality, by its code."""
    surely: defaultdict[str, list[int]] = defaultdict(list)
    possibly: defaultdict[str, list[int]] = defaultdict(list)
    for coverage, row in coverages:
        if coverage.status is CoverageStatus.UNKNOWN or coverage.everywhere:
            continue
        for code in coverage.certain:
            surely[code].append(row)
        for code in coverage.possible - coverage.certain:
            possibly[code].append(row)
    return (
        {code: np.array(rows, np.int64) for code, rows in surely.items()},
        {code: np.array(rows, np.int64) for code, rows in possibly.items()},
    )


def _grounds(territory: Territory, offers: Iterable[ServiceAtLocation]) -> Grounds:
    codes = {code: position for position, code in enumerate(territory.municipalities)}
    loaded = len(codes)
    for offer in offers:
        named = offer.location.municipality if offer.location is not None else None
        if named is not None and named not in codes:
            codes[named] = len(codes) + 1

    points = [place.point for place in territory.municipalities.values()]
    east, north = planes_m(points)

    def positions(index: Mapping[str, Sequence[str]]) -> Mapping[str, Ints]:
        return {
            name: np.array([codes[code] for code in some], np.int64) for name, some in index.items()
        }

    return Grounds(
        codes=codes,
        loaded=loaded,
        orps=positions(territory.by_orp),
        districts=positions(territory.by_district),
        planes=dict(zip(points, zip(east.tolist(), north.tolist(), strict=True), strict=True)),
    )


def _place_of(location: Location | None) -> Point | None:
    return location.service_point if location is not None else None


def _municipality(location: Location | None, grounds: Grounds) -> int:
    if location is None or location.municipality is None:
        return grounds.loaded
    return min(grounds.codes[location.municipality], grounds.loaded)


def _home(location: Location | None, grounds: Grounds) -> int:
    code = home_of(location)
    return -1 if code is None else grounds.codes[code]
