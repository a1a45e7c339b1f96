"""What if: changes of services thought through on a copy of the catalogue, never in the database.

The changed catalogue is judged by the same rules as the present one, so a scenario can promise
nothing that the gap map and the match page would not show once it came true.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.model import (
    AddressRole,
    CapacityUnit,
    Kind,
    Location,
    Organization,
    Provenance,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Source,
)
from referral.catalog.snapshot import Catalog, offers_of
from referral.catalog.vocabulary import Form
from referral.matching.reach import forms_of
from referral.network.errors import ScenarioError
from referral.network.scenario_places import find_municipality, municipalities_of

SOURCE_ID: Final = "scenar"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddService:
    """A new service: of a type, in one form, at municipalities (codes or names), for areas.

    An area is a municipality, or ``orp:``, ``district:``, ``region:`` with a name, or
    ``radius:KM:PLACE``, or ``country``; only a field service needs one. ``amount`` is its capacity
    in ``unit``; both or neither are given.
    """

    type: str
    form: Form
    at: tuple[str, ...]
    covers: tuple[str, ...] = ()
    name: str = ""
    unit: CapacityUnit | None = None
    amount: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseService:
    """A service (id or number of the register) that ends."""

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveService:
    """A service whose place moves; ``origin`` chooses among several places."""

    service: str
    to: str
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendService:
    """A service that begins to come to further areas."""

    service: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCapacity:
    """A service whose registered capacity in one unit becomes another: in one form, or in all."""

    service: str
    unit: CapacityUnit
    amount: float
    form: Form | None = None


Change: TypeAlias = AddService | CloseService | MoveService | ExtendService | SetCapacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named list of changes; ``area`` and ``norm`` are those it was thought up for."""

    name: str
    changes: tuple[Change, ...]
    area: str | None = None
    norm: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The catalogue as it would be, and the types of service in which anything changes."""

    catalog: Catalog
    types: frozenset[str]


def apply_scenario(scenario: Scenario, *, catalog: Catalog, today: date) -> Applied:
    """Return the catalogue as the changes, one after another, would leave it.

    Raises:
        ScenarioError: a change names a service, a place or a word that is not there; the Czech
            sentence says which change it is.
    """
    services = dict(catalog.services)
    types: set[str] = set()
    for position, change in enumerate(scenario.changes, start=1):
        try:
            for one in _changed(change, position, services, catalog, today):
                if one.type is not None:
                    types.add(one.type)
        except ScenarioError as error:
            raise ScenarioError(f"změna {position}.: {error}") from None
    return Applied(catalog=_catalog_of(catalog, services, today), types=frozenset(types))


def _changed(
    change: Change, position: int, services: dict[str, Service], catalog: Catalog, today: date
) -> tuple[Service, ...]:
    """Make one change in ``services`` and return the services that it touches."""
    if isinstance(change, AddService):
        new = _new_service(change, position, catalog, today)
        services[new.id] = new
        return (new,)
    known = _service(change.service, services, catalog)
    if isinstance(change, CloseService):
        del services[known.id]
        return (known,)
    if isinstance(change, MoveService):
        services[known.id] = _moved(known, change, catalog)
    elif isinstance(change, ExtendService):
        services[known.id] = _extended(known, change, catalog)
    else:
        services[known.id] = _with_capacity(known, change, today)
    return (known,)


def _new_service(change: AddService, position: int, catalog: Catalog, today: date) -> Service:
    kind = catalog.vocabulary.types.get(change.type)
    if kind is None:
        raise ScenarioError(f"druh služby „{change.type}“ neznáme; pište paragraf, například „40“")
    if change.form not in kind.forms:
        allowed = ", ".join(kind.forms)
        raise ScenarioError(f"druh služby {kind.code} nemá formu {change.form}, jen {allowed}")
    if change.form is Form.FIELD and not change.covers:
        raise ScenarioError("terénní služba musí mít „covers“: kam bude jezdit")
    places = [find_municipality(name, territory=catalog.territory) for name in change.at]
    return Service(
        id=f"{SOURCE_ID}-{position}",
        name=change.name or f"{kind.name}: {', '.join(place.name for place in places)}",
        kind=Kind.REGISTERED_SOCIAL,
        organization=Organization(name="návrh"),
        provenance=Provenance(source=SOURCE_ID, as_of=today),
        type=change.type,
        forms=frozenset({change.form}),
        coverage=_declared(change.covers, catalog) if change.covers else Coverage(),
        locations=tuple(
            Location(role=AddressRole.FACILITY, point=place.point, municipality=place.code)
            for place in places
        ),
        capacities=()
        if change.unit is None
        else (ServiceCapacity(unit=change.unit, registered=change.amount, as_of=today),),
    )


def _declared(covers: tuple[str, ...], catalog: Catalog) -> Coverage:
    return Coverage(
        status=CoverageStatus.DECLARED,
        certain=municipalities_of(covers, territory=catalog.territory),
        everywhere="country" in covers,
    )


def _service(named: str, services: Mapping[str, Service], catalog: Catalog) -> Service:
    found = services.get(named) or services.get(catalog.shown_id(named))
    if found is None:
        found = next((one for one in services.values() if one.register_id == named), None)
    if found is None:
        raise ScenarioError(
            f"služba „{named}“ v katalogu není; pište její id nebo číslo z registru "
            "(referral match --json je vypisuje)"
        )
    return found


def _moved(service: Service, change: MoveService, catalog: Catalog) -> Service:
    target = find_municipality(change.to, territory=catalog.territory)
    new = Location(role=AddressRole.FACILITY, point=target.point, municipality=target.code)
    places = list(service.locations)
    if service.secret:
        raise ScenarioError(f"služba „{service.name}“ má utajenou adresu, přemístit ji nelze")
    if change.origin is None:
        if len(places) > 1:
            names = ", ".join(sorted({place.municipality or "?" for place in places}))
            raise ScenarioError(
                f"služba „{service.name}“ má {len(places)} míst; řekněte klíčem „from“, "
                f"ze které obce se stěhuje: {names}"
            )
        return replace(service, locations=(new,))
    origin = find_municipality(change.origin, territory=catalog.territory)
    kept = [place for place in places if place.municipality != origin.code]
    if len(kept) == len(places):
        raise ScenarioError(f"služba „{service.name}“ v obci {origin.name} místo nemá")
    return replace(service, locations=(*kept, new))


def _extended(service: Service, change: ExtendService, catalog: Catalog) -> Service:
    kind = None if service.type is None else catalog.vocabulary.service_type(service.type)
    forms, _ = forms_of(service, kind)
    if kind is not None and Form.FIELD not in kind.forms:
        raise ScenarioError(
            f"služba „{service.name}“ je druhu {kind.code}, který do obcí nejezdí; "
            "rozšířit lze jen terénní službu"
        )
    added = _declared(change.covers, catalog)
    before = service.coverage
    possible = before.possible
    if before.status is CoverageStatus.UNKNOWN:
        # Where it works now nobody says; naming more places must not turn that into a no.
        possible = frozenset(catalog.territory.municipalities)
    certain = before.certain | added.certain
    sure = {CoverageStatus.DECLARED, CoverageStatus.PARSED}
    coverage = replace(
        before,
        status=before.status if before.status in sure else CoverageStatus.DECLARED,
        certain=certain,
        possible=possible - certain,
        everywhere=before.everywhere or added.everywhere,
    )
    return replace(
        service,
        forms=None if service.forms is None and Form.FIELD in forms else forms | {Form.FIELD},
        coverage=coverage,
    )


def _with_capacity(service: Service, change: SetCapacity, today: date) -> Service:
    others = tuple(
        one
        for one in service.capacities
        if one.unit is not change.unit or change.form not in {None, one.form}
    )
    new = ServiceCapacity(unit=change.unit, registered=change.amount, as_of=today, form=change.form)
    return replace(service, capacities=(*others, new))


def _catalog_of(catalog: Catalog, services: Mapping[str, Service], today: date) -> Catalog:
    """Return the catalogue with these services instead of its own; all else stays."""
    by_type: defaultdict[str, list[ServiceAtLocation]] = defaultdict(list)
    by_need: defaultdict[str, list[ServiceAtLocation]] = defaultdict(list)
    ordered = dict(sorted(services.items()))
    for service in ordered.values():
        for offer in offers_of(service):
            if service.type is not None:
                by_type[service.type].append(offer)
            for need in sorted(service.needs):
                by_need[need].append(offer)
    source = Source(
        id=SOURCE_ID, title="Scénář", publisher="plánovač sítě", as_of=today, licence=""
    )
    return replace(
        catalog,
        sources=MappingProxyType({**catalog.sources, SOURCE_ID: source}),
        services=MappingProxyType(ordered),
        by_type=MappingProxyType({code: tuple(offers) for code, offers in by_type.items()}),
        by_need=MappingProxyType({code: tuple(offers) for code, offers in by_need.items()}),
    )
