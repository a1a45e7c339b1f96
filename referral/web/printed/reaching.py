"""Which municipalities of an area a service reaches, and how: by the rules of the search."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Service, ServiceAtLocation
from referral.catalog.snapshot import offers_of
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.matching.reach import Reach, access
from referral.web.czech import NBSP, counted, distance, listing, number
from referral.web.presenters.labels import FORMS
from referral.web.presenters.offers import where_text
from referral.web.printed.area_matter import AreaMatter
from referral.web.translation import _

_NAMED = 14
"""Municipalities that are named one by one; of more it is said which ones are left out."""
_STATUS = {
    CoverageStatus.DECLARED: "",
    CoverageStatus.PARSED: _("vyčteno z registru"),
    CoverageStatus.ASSUMED: _("předpoklad, ověřte"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """How a service and the places come together, each way on its own.

    ``comes`` are the names of places it surely comes to; ``silent`` tells that of some nobody says
    whether it does; ``spots`` are straight lines in km from the places, by form.
    """

    comes: tuple[str, ...] = ()
    status: CoverageStatus = CoverageStatus.UNKNOWN
    silent: bool = False
    remote: bool = False
    competent: bool = False
    spots: dict[Form, tuple[float, ...]] = field(default_factory=dict)
    somewhere: tuple[Form, ...] = ()


def reaching(service: Service, matter: AreaMatter) -> Reaching:
    """Find how a service reaches the places of the area."""
    comes: dict[str, CoverageStatus] = {}
    silent: set[str] = set()
    flags: set[str] = set()
    spots: defaultdict[Form, list[float]] = defaultdict(list)
    somewhere: dict[Form, None] = {}
    for place, way in _ways(service, matter.places, matter):
        if way.form is None:
            flags.add("competent")
        elif way.form is Form.FIELD:
            if way.remote:
                flags.add("remote")
            elif way.covers is CoverageStatus.UNKNOWN:
                silent.add(place.name)
            else:
                comes[place.name] = way.covers
        elif way.distance_km is None:
            somewhere[way.form] = None
        else:
            spots[way.form].append(way.distance_km)
    return Reaching(
        comes=tuple(comes),
        status=next(iter(comes.values()), CoverageStatus.UNKNOWN),
        silent=bool(silent - comes.keys()),
        remote="remote" in flags,
        competent="competent" in flags,
        spots={form: tuple(found) for form, found in spots.items()},
        somewhere=tuple(form for form in somewhere if form not in spots),
    )


def _ways(
    service: Service, places: Sequence[Municipality], matter: AreaMatter
) -> Iterator[tuple[Municipality, Reach]]:
    kind = matter.catalog.vocabulary.types.get(service.type or "")
    offers: tuple[ServiceAtLocation, ...] = offers_of(service)
    for place in places:
        for offer in offers:
            ways = access(offer, place=place, kind=kind, policy=matter.policy)
            for way in ways.reaches:
                yield place, way


def reach_lines(service: Service, matter: AreaMatter) -> tuple[str, ...]:
    """Say in a sentence for each way which places a service reaches."""
    return tuple(_told(reaching(service, matter), service, matter))


def _told(found: Reaching, service: Service, matter: AreaMatter) -> Iterator[str]:
    if found.competent:
        yield (
            _("působí na celém území") if service.coverage.everywhere else _("příslušný pro území")
        )
    if found.remote:
        yield _("na dálku, odkudkoli")
    if found.comes:
        note = _STATUS.get(found.status, "")
        yield _("terénní, jezdí {places}{note}").format(
            places=named_places(found.comes, matter), note=f" ({note})" if note else ""
        )
    elif found.silent:
        yield _("terénní, kam jezdí, zdroj neuvádí – zeptejte se")
    for form, kilometres in found.spots.items():
        where = where_text(service, matter.catalog)
        if form is Form.RESIDENTIAL:
            yield _("pobytová: {where}").format(where=where)
        else:
            yield _("{form}: {where}, {far}").format(
                form=FORMS[form], where=where, far=_far(kilometres)
            )
    for form in found.somewhere:
        yield _("{form}: {where}").format(
            form=FORMS[form], where=where_text(service, matter.catalog)
        )


def _far(kilometres: Sequence[float]) -> str:
    low, high = round(min(kilometres)), round(max(kilometres))
    if low == high:
        return distance(high) if high else _("na místě")
    return (
        _("{low}–{high} km vzdušnou čarou")
        .format(low=number(low), high=f"{number(high)}")
        .replace(" km", f"{NBSP}km")
    )


def named_places(names: Sequence[str], matter: AreaMatter) -> str:
    """Name places shortly: all of them, all but a few, or one by one."""
    every = [one.name for one in matter.places]
    left = [name for name in every if name not in set(names)]
    if not left:
        return (
            _("do celého území ({count})").format(count=counted(len(every), "obec", "obce", "obcí"))
            if len(every) > 1
            else every[0]
        )
    if len(left) < len(names) and len(left) <= _NAMED:
        return _("všude kromě: {names}").format(names=listing(left, at_most=_NAMED))
    ordered = sorted(names, key=every.index)
    return _("sem: {names}").format(names=listing(ordered, at_most=_NAMED))
