"""To what capacity may be added, and what one unit there adds to each municipality."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from referral.catalog.model import CapacityUnit, Service
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form, ServiceType
from referral.geo.travel import Floats, Ints
from referral.network.capacity import Part
from referral.network.catchment import REACH_MINUTES, accessible, step_weights
from referral.network.means import laid
from referral.network.norms import Rule
from referral.network.setting import Setting


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CapacityPlace:
    """A service that may be given more, or a new one (``service`` None) at a municipality.

    ``before`` is what it has in its ``form`` (None: in all its forms together); ``adds`` is what
    one unit adds to what a thousand people can reach, for each municipality of the ground.
    ``covers`` are codes that a new field service declares.
    """

    service: Service | None
    at: Municipality | None
    form: Form | None
    before: float
    adds: Floats
    covers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the service, or of the municipality where a new one would be."""
        if self.service is not None:
            return self.service.name
        return "" if self.at is None else self.at.name


def existing_places(
    rule: Rule, parts: Sequence[Part], setting: Setting, people: Floats
) -> list[CapacityPlace]:
    """Return the services whose capacity and place are known, with each form that has a number."""
    demand = np.nan_to_num(people)
    services = setting.columns.services
    found = []
    known = {of for part in parts for of in part.of[part.pairs.slot[part.keep]].tolist()}
    for position in sorted(known):
        service = services[position]
        for form, amount in _forms_with_number(service, rule):
            adds: Floats = np.sum(
                [
                    _one_more(part, position, demand)
                    for part in parts
                    if form is None or (form is Form.FIELD) is part.afield
                ]
                or [np.zeros(len(demand))],
                axis=0,
            )
            at = _home(service, position, setting)
            found.append(CapacityPlace(service=service, at=at, form=form, before=amount, adds=adds))
    return _useful(found)


def _useful(places: Sequence[CapacityPlace]) -> list[CapacityPlace]:
    """Return those that add anything anywhere."""
    return [place for place in places if place.adds.any()]


def unknown_services(parts: Sequence[Part]) -> int:
    """Count the services that count for the rule and whose capacity nobody knows."""
    return len({of for part in parts for of in part.of[np.isnan(part.amount)].tolist()})


def new_places(
    rule: Rule,
    kind: ServiceType,
    bases: Sequence[Municipality],
    setting: Setting,
    people: Floats,
) -> list[CapacityPlace]:
    """Return new services of the rule's type: one at each base, or one for each base's whole ORP.

    A service on the spot has the catchment of its place; one that comes declares the ORP of its
    base, which is the first of the bases there, and help at a distance the whole country.
    """
    form = new_form(rule, kind)
    demand = np.nan_to_num(people)
    ground = setting.ground
    if form is not Form.FIELD:
        ways = setting.travel.within(REACH_MINUTES, ground.spots, laid(bases))
        weight = step_weights(ways.minutes)
        order = np.argsort(ways.destination, kind="stable")
        edges = np.searchsorted(ways.destination[order], np.arange(len(bases) + 1))
        found = []
        for at, base in enumerate(bases):
            some = order[edges[at] : edges[at + 1]]
            adds = _reach_of_one(ways.origin[some], weight[some], demand)
            found.append(CapacityPlace(service=None, at=base, form=form, before=0.0, adds=adds))
        return _useful(found)
    if kind.remote:
        everywhere = np.arange(len(ground))
        adds = _reach_of_one(everywhere, np.ones(len(ground)), demand)
        return [_afield(bases[0], adds, covers=("country",))]
    first: dict[str, Municipality] = {}
    for base in bases:
        first.setdefault(base.orp, base)
    found = []
    for orp, base in first.items():
        inside = [at for at, place in enumerate(ground.places) if place.orp == orp]
        adds = _reach_of_one(np.array(inside, np.int64), np.ones(len(inside)), demand)
        covers = tuple(ground.places[at].code for at in inside)
        found.append(_afield(base, adds, covers=covers))
    return _useful(found)


def _afield(base: Municipality, adds: Floats, *, covers: tuple[str, ...]) -> CapacityPlace:
    return CapacityPlace(
        service=None, at=base, form=Form.FIELD, before=0.0, adds=adds, covers=covers
    )


def new_form(rule: Rule, kind: ServiceType) -> Form:
    """Return the form of a new service: the rule's, or the first that the type may have."""
    if rule.form is not None:
        return rule.form
    return next(
        form for form in (Form.RESIDENTIAL, Form.AMBULATORY, Form.FIELD) if form in kind.forms
    )


def unit_of(rule: Rule) -> CapacityUnit:
    """Return the unit in which the rule counts."""
    return CapacityUnit(rule.unit)


def _forms_with_number(service: Service, rule: Rule) -> list[tuple[Form | None, float]]:
    """Return the service's numbers in the rule's unit by form, the largest of each.

    A number without a form stays as it is beside others; alone it is that of all forms.
    """
    largest: dict[Form | None, float] = {}
    for one in service.capacities:
        counts = one.unit.value == rule.unit and one.registered is not None and not one.doubt
        if counts and (rule.form is None or one.form in {None, rule.form}):
            largest[one.form] = max(one.registered or 0.0, largest.get(one.form, 0.0))
    forms = [one for one in largest.items() if one[0] is not None]
    return forms or list(largest.items())


def _one_more(part: Part, service: int, demand: Floats) -> Floats:
    """Return what one unit more of a service adds, shared by its places as its capacity is."""
    among = part.keep & (part.of[part.pairs.slot] == service)
    return accessible(
        1.0 / part.parts,
        demand,
        origin=part.pairs.origin[among],
        destination=part.pairs.slot[among],
        weight=part.pairs.weight[among],
    )


def _reach_of_one(origin: Ints, weight: Floats, demand: Floats) -> Floats:
    return accessible(
        np.ones(1),
        demand,
        origin=origin,
        destination=np.zeros(len(origin), np.int64),
        weight=weight,
    )


def _home(service: Service, position: int, setting: Setting) -> Municipality | None:
    if service.secret:
        return None
    rows = np.flatnonzero(setting.columns.service == position)
    homes = setting.home[rows]
    homes = homes[homes >= 0]
    return setting.ground.places[int(homes[0])] if len(homes) else None
