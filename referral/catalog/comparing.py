"""What speaks for two records being of one service, and what against it: trait by trait.

Points of the traits sum up to the score. They put proposals in order; how sure a proposal may be is
decided by the traits themselves (``referral.catalog.duplicates``). What a record does not say
weighs nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from referral import text
from referral.catalog.likeness import Name, likeness, name_of
from referral.catalog.model import AddressRole, Kind, Service
from referral.catalog.territory import Territory
from referral.geo import Point, distance_km

SPOT_KM: Final = 0.3
NEAR_KM: Final = 5.0
_SAME_NAME: Final = 0.93
_ALIKE_NAME: Final = 0.82
_PHONE_DIGITS: Final = 9


class Trait(StrEnum):
    """What of two records is compared, in the order in which it is told."""

    REGISTER = "register"
    ICO = "ico"
    PROVIDER = "provider"
    NAME = "name"
    TYPE = "type"
    PLACE = "place"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"


class Agreement(StrEnum):
    """How far two records agree; UNKNOWN: at least one of them does not say."""

    SAME = "same"
    ALIKE = "alike"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


_POINTS: Final[Mapping[tuple[Trait, Agreement], int]] = MappingProxyType(
    {
        (Trait.REGISTER, Agreement.SAME): 60,
        (Trait.ICO, Agreement.SAME): 30,
        (Trait.ICO, Agreement.DIFFERENT): -30,
        (Trait.PROVIDER, Agreement.SAME): 20,
        (Trait.PROVIDER, Agreement.ALIKE): 12,
        (Trait.NAME, Agreement.SAME): 12,
        (Trait.NAME, Agreement.ALIKE): 6,
        (Trait.TYPE, Agreement.SAME): 10,
        (Trait.TYPE, Agreement.ALIKE): 5,
        (Trait.PLACE, Agreement.SAME): 10,
        (Trait.PLACE, Agreement.ALIKE): 3,
        (Trait.PLACE, Agreement.DIFFERENT): -20,
        (Trait.PHONE, Agreement.SAME): 10,
        (Trait.EMAIL, Agreement.SAME): 10,
        (Trait.WEB, Agreement.SAME): 5,
    }
)
"""What is not here weighs nothing: one service may well have two telephones and two names."""

SPOT_POINTS: Final = 5
"""Added when both exact points are one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How two records agree in one trait, what that weighs, and what a sentence needs to say it.

    Of a secret address there are no facts.
    """

    trait: Trait
    agreement: Agreement
    points: int
    facts: Mapping[str, str | float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place of a record: its municipality, and its point when that is more than the town's."""

    municipality: str | None
    name: str
    orp: str | None
    point: Point | None
    seat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A service ready to be compared."""

    service: Service
    provider: Name
    name: Name
    spots: tuple[Spot, ...]
    phone: str
    email: str
    web: str


def record_of(service: Service, territory: Territory) -> Record:
    """Prepare a service to be compared; a point that is only its municipality's counts for none."""
    spots = () if service.secret else tuple(_spots(service, territory))
    town = frozenset(stem for spot in spots for stem in text.stems(spot.name))
    provider = name_of(service.organization.name)
    contact = service.contact
    return Record(
        service=service,
        provider=provider,
        name=name_of(_own_name(service), apart=town),
        spots=spots,
        phone=re.sub(r"\D", "", contact.phone or "")[-_PHONE_DIGITS:],
        email=(contact.email or "").strip().lower(),
        web=_host(contact.web or ""),
    )


def may_be_one(a: Service, b: Service) -> bool:
    """Tell whether two records can be of one service at all.

    A source lists separate registrations as separate services on purpose, so within one source only
    the same number of the register speaks. Two numbers are two registrations, two types two
    services, and a health service is not a social one.
    """
    if a.id == b.id:
        return False
    numbers = {a.register_id, b.register_id} - {None}
    same_number = a.register_id is not None and a.register_id == b.register_id
    if len(numbers) > 1 or (a.provenance.source == b.provenance.source and not same_number):
        return False
    if {a.kind, b.kind} == {Kind.HEALTH, Kind.REGISTERED_SOCIAL}:
        return False
    if a.type is not None and b.type is not None:
        return a.type == b.type
    return a.type is not None or b.type is not None or bool(a.needs & b.needs)


def one_registration(a: Service, b: Service) -> bool:
    """Tell whether two sources bear one number of the register and nothing contradicts it."""
    icos = {a.organization.ico, b.organization.ico} - {None}
    return (
        a.register_id is not None
        and a.provenance.source != b.provenance.source
        and a.register_id == b.register_id
        and len(icos) <= 1
        and may_be_one(a, b)
    )


def worth_comparing(a: Record, b: Record) -> bool:
    """Tell quickly whether anything speaks for two records, so that the rest may be left out."""
    one, other = a.service, b.service
    return (
        (one.organization.ico is not None and one.organization.ico == other.organization.ico)
        or (one.register_id is not None and one.register_id == other.register_id)
        or (bool(a.phone) and a.phone == b.phone)
        or (bool(a.email) and a.email == b.email)
        or likeness(a.provider, b.provider) >= _ALIKE_NAME
        or likeness(a.name, b.name) >= _SAME_NAME
    )


def compare(a: Record, b: Record) -> tuple[Evidence, ...]:
    """Return the evidence of every trait, in their order; it does not depend on which is first."""
    one, other = a.service, b.service
    return (
        _equal(Trait.REGISTER, one.register_id, other.register_id),
        _equal(Trait.ICO, one.organization.ico, other.organization.ico),
        _named(Trait.PROVIDER, a.provider, b.provider),
        _named(Trait.NAME, a.name, b.name)
        if a.name.telling and b.name.telling
        else _evidence(Trait.NAME, Agreement.UNKNOWN),
        _typed(one, other),
        _placed(a, b),
        _equal(Trait.PHONE, a.phone, b.phone, told=False),
        _equal(Trait.EMAIL, a.email, b.email, told=False),
        _equal(Trait.WEB, a.web, b.web, told=False),
    )


def _spots(service: Service, territory: Territory) -> list[Spot]:
    spots = []
    for place in service.locations:
        known = territory.municipalities.get(place.municipality or "")
        own = place.point is not None and (known is None or place.point != known.point)
        spots.append(
            Spot(
                municipality=place.municipality,
                name=place.municipality_name or ("" if known is None else known.name),
                orp=None if known is None else known.orp,
                point=place.point if own else None,
                seat=place.role is AddressRole.PROVIDER_SEAT,
            )
        )
    return spots


def _own_name(service: Service) -> str:
    """Return the name that is the service's own: one made of its provider's tells nothing more."""
    folded, provider = text.fold(service.name), text.fold(service.organization.name)
    return "" if folded.endswith(provider) else service.name


def _host(web: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", web.strip().lower()).rstrip("/")


def _evidence(trait: Trait, agreement: Agreement, **facts: str | float) -> Evidence:
    return Evidence(
        trait=trait,
        agreement=agreement,
        points=_POINTS.get((trait, agreement), 0),
        facts=MappingProxyType(facts),
    )


def _equal(trait: Trait, a: str | None, b: str | None, *, told: bool = True) -> Evidence:
    if not a or not b:
        return _evidence(trait, Agreement.UNKNOWN)
    if a != b:
        return _evidence(trait, Agreement.DIFFERENT)
    return _evidence(trait, Agreement.SAME, value=a) if told else _evidence(trait, Agreement.SAME)


def _named(trait: Trait, a: Name, b: Name) -> Evidence:
    alike = likeness(a, b)
    agreement = Agreement.DIFFERENT
    if alike >= _SAME_NAME:
        agreement = Agreement.SAME
    elif alike >= _ALIKE_NAME:
        agreement = Agreement.ALIKE
    return _evidence(trait, agreement, likeness=round(alike, 2))


def _typed(a: Service, b: Service) -> Evidence:
    if a.type is not None and a.type == b.type:
        return _evidence(Trait.TYPE, Agreement.SAME, type=a.type)
    if a.type is None and b.type is None:
        return _evidence(Trait.TYPE, Agreement.ALIKE)
    return _evidence(Trait.TYPE, Agreement.UNKNOWN)


def _placed(a: Record, b: Record) -> Evidence:
    """Compare the nearest of their places; the seat of a provider never speaks against one."""
    found = [_two_spots(one, other) for one in a.spots for other in b.spots]
    order = (Agreement.SAME, Agreement.ALIKE, Agreement.UNKNOWN, Agreement.DIFFERENT)
    return min(
        found,
        key=lambda it: (order.index(it.agreement), -it.points, sorted(it.facts.items())),
        default=_evidence(Trait.PLACE, Agreement.UNKNOWN),
    )


def _two_spots(a: Spot, b: Spot) -> Evidence:
    km = None if a.point is None or b.point is None else distance_km(a.point, b.point)
    facts: dict[str, str | float] = {} if km is None else {"km": round(km, 1)}
    if km is not None and km <= SPOT_KM and not (a.seat or b.seat):
        return Evidence(
            trait=Trait.PLACE,
            agreement=Agreement.SAME,
            points=_POINTS[Trait.PLACE, Agreement.SAME] + SPOT_POINTS,
            facts=MappingProxyType(facts | {"place": min(a.name, b.name)}),
        )
    if a.municipality is not None and a.municipality == b.municipality:
        return _evidence(Trait.PLACE, Agreement.SAME, place=min(a.name, b.name), **facts)
    if (a.orp is not None and a.orp == b.orp) or (km is not None and km <= NEAR_KM):
        shared = {"orp": a.orp} if a.orp is not None and a.orp == b.orp else {}
        return _evidence(Trait.PLACE, Agreement.ALIKE, **facts, **shared)
    unsaid = a.municipality is None or b.municipality is None
    if a.seat or b.seat or (unsaid and km is None):
        return _evidence(Trait.PLACE, Agreement.UNKNOWN)
    return _evidence(Trait.PLACE, Agreement.DIFFERENT, **facts)
