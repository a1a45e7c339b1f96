"""How an offer and a place come together: the worker comes, or the client goes there."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from referral.catalog.areas import CoverageStatus, Covers
from referral.catalog.model import AddressRole, Location, Service, ServiceAtLocation
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form, ServiceType
from referral.geo import distance_km
from referral.matching.policy import Policy


class PlaceKnown(StrEnum):
    """What is known about where an ambulatory or residential service is given."""

    YES = "yes"
    LISTED = "listed"
    SEAT_ONLY = "seat_only"
    SECRET = "secret"  # noqa: S105 - a kind of address, not a password
    NO = "no"


class Barred(StrEnum):
    """Why one form of an offer does not come together with a place."""

    AREA = "area"
    DISTANCE = "distance"


_KNOWN = {
    AddressRole.FACILITY: PlaceKnown.YES,
    AddressRole.LISTED: PlaceKnown.LISTED,
    AddressRole.PROVIDER_SEAT: PlaceKnown.SEAT_ONLY,
    AddressRole.SECRET: PlaceKnown.SECRET,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One way in which an offer reaches the client.

    ``form`` None is help by jurisdiction (an office competent for the place). For T and None,
    ``covers`` tells how sure it is that the place is served and ``distance_km`` is None. For A and
    P ``distance_km`` is the straight line to the place of service, None when that place is not
    known (``place_known`` says why). ``remote`` marks help at a distance (a line, an alarm).
    """

    form: Form | None
    covers: CoverageStatus = CoverageStatus.UNKNOWN
    distance_km: float | None = None
    place_known: PlaceKnown = PlaceKnown.NO
    remote: bool = False

    @property
    def sure(self) -> bool:
        """Whether anything is known about this way at all."""
        return (
            self.remote or self.distance_km is not None or self.covers is not CoverageStatus.UNKNOWN
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """All ways to an offer from one place: the usable ones, and what bars the others.

    ``distance_km`` is the straight line to the place of service whatever the form, None when it is
    not known.
    """

    reaches: tuple[Reach, ...]
    barred: tuple[Barred, ...] = ()
    distance_km: float | None = None


def forms_of(service: Service, kind: ServiceType | None) -> tuple[frozenset[Form], bool]:
    """Return the forms of a service and whether they are only those its type allows (§ 33)."""
    if service.forms is not None:
        return service.forms, False
    return (frozenset(kind.forms) if kind is not None else frozenset()), True


def forms_by_type(service: Service) -> bool:
    """Tell whether the forms of a service are only those its type allows."""
    return service.forms is None


def access(
    offer: ServiceAtLocation, *, place: Municipality, kind: ServiceType | None, policy: Policy
) -> Access:
    """Find the ways in which an offer and a place come together.

    A field form is decided by coverage, an ambulatory or residential one by the straight-line
    distance to the place of service in kilometres. A service without a field form that names areas
    takes people from these areas only. What is unknown bars nothing.
    """
    km = _distance(offer.location, place)
    return access_over(km, offer, place=place, kind=kind, policy=policy)


def access_over(
    km: float | None,
    offer: ServiceAtLocation,
    *,
    place: Municipality,
    kind: ServiceType | None,
    policy: Policy,
) -> Access:
    """Find the same when the straight line to the place of service has been measured already."""
    forms, _ = forms_of(offer.service, kind)
    covers = offer.service.coverage.includes(place.code)
    if not forms:
        return _by_jurisdiction(offer, covers, km)
    reaches: list[Reach] = []
    barred: set[Barred] = set()
    for form in _in_order(forms):
        if form is Form.FIELD:
            way = _in_the_field(offer, covers, place, remote=kind is not None and kind.remote)
            bar = Barred.AREA
        elif Form.FIELD not in forms and covers is Covers.NO:
            way, bar = None, Barred.AREA
        else:
            way, bar = on_the_spot(form, offer.location, km, policy), Barred.DISTANCE
        if way is None:
            barred.add(bar)
        else:
            reaches.append(way)
    return Access(reaches=tuple(reaches), barred=tuple(sorted(barred)), distance_km=km)


@lru_cache(maxsize=64)
def _in_order(forms: frozenset[Form]) -> tuple[Form, ...]:
    return tuple(sorted(forms))


def _distance(location: Location | None, place: Municipality) -> float | None:
    if location is None or location.service_point is None:
        return None
    return distance_km(location.service_point, place.point)


def _by_jurisdiction(offer: ServiceAtLocation, covers: Covers, km: float | None) -> Access:
    if covers is Covers.NO:
        return Access(reaches=(), barred=(Barred.AREA,), distance_km=km)
    status = offer.service.coverage.status if covers is Covers.YES else CoverageStatus.UNKNOWN
    remote = covers is Covers.YES and offer.service.coverage.everywhere
    return Access(reaches=(Reach(form=None, covers=status, remote=remote),), distance_km=km)


def _in_the_field(
    offer: ServiceAtLocation, covers: Covers, place: Municipality, *, remote: bool
) -> Reach | None:
    if covers is Covers.NO:
        return None
    if covers is Covers.YES:
        status = offer.service.coverage.status
    elif remote or _at_home(offer.location, place):
        status = CoverageStatus.ASSUMED
    else:
        status = CoverageStatus.UNKNOWN
    return _coming(status, remote=remote)


@lru_cache(maxsize=16)
def _coming(status: CoverageStatus, *, remote: bool) -> Reach:
    return Reach(form=Form.FIELD, covers=status, remote=remote)


def _at_home(location: Location | None, place: Municipality) -> bool:
    return home_of(location) == place.code


def home_of(location: Location | None) -> str | None:
    """Return the municipality that the service itself (not only its provider) is in."""
    if location is None or location.role not in {AddressRole.FACILITY, AddressRole.LISTED}:
        return None
    return location.municipality


def on_the_spot(
    form: Form, location: Location | None, km: float | None, policy: Policy
) -> Reach | None:
    """Return the way on which the client goes to the place of service, None when it is too far."""
    if km is not None and form is Form.AMBULATORY and km > policy.limits.ambulatory_km:
        return None
    return Reach(form=form, distance_km=km, place_known=_place_known(location, km))


def _place_known(location: Location | None, km: float | None) -> PlaceKnown:
    if location is None:
        return PlaceKnown.NO
    known = _KNOWN[location.role]
    if km is None and known in {PlaceKnown.YES, PlaceKnown.LISTED}:
        return PlaceKnown.NO
    return known
