"""What a municipality and an ORP have: whom to call first, who comes, what is there, what lacks.

The same survey as in print and the same report as on the gap map; nothing is judged here anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from referral.catalog.areas import CoverageStatus, Covers
from referral.catalog.model import AddressRole, Kind, Service
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form, Need
from referral.matching.ranking import NextStep, NextStepKind
from referral.matching.reach import forms_of
from referral.network.gaps import GapReport, GapStatus
from referral.usecases.survey_area import Survey
from referral.web.czech import day, phone_href, phone_text
from referral.web.gaps_sentences import demand, finding, people, rule_name
from referral.web.presenters.labels import need_label, service_label
from referral.web.presenters.situations import slug_of
from referral.web.presenters.steps import find_office, office_name
from referral.web.printed.alphabet import alphabetical
from referral.web.translation import _, translated

_GIVEN_AT = frozenset({AddressRole.FACILITY, AddressRole.LISTED})
_HOW: dict[CoverageStatus, str] = {
    CoverageStatus.DECLARED: "",
    CoverageStatus.PARSED: _("vyčteno z poznámky v registru"),
    CoverageStatus.ASSUMED: _("předpoklad, ověřte"),
    CoverageStatus.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something to go to: its place in an address and what it is called."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalCall:
    """Whom to call first, and in which situations; ``service_id`` may be empty."""

    who: str
    what: str
    phone: str
    href: str
    service_id: str
    urgent: bool
    needs: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalService:
    """A service that comes to a municipality or is in it; ``note`` says how we know."""

    id: str
    name: str
    what: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One rule of the norm that a municipality does not meet."""

    rule: str
    asks: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a municipality stands under a norm; lists hold what is not met, counts all of it."""

    norm: str
    status: str
    gaps: tuple[Lack, ...]
    partial: tuple[Lack, ...]
    unknown: tuple[str, ...]
    met: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalityView:
    """A municipality."""

    code: str
    name: str
    orp: Named
    district: str
    people: str
    calls: tuple[LocalCall, ...]
    comes: tuple[LocalService, ...]
    here: tuple[LocalService, ...]
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeView:
    """An authority of the area and how to reach it."""

    id: str
    name: str
    phone: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A municipality in the list of its ORP; ``gaps`` of ``of`` rules are not met."""

    code: str
    name: str
    people: str
    comes: int
    gaps: int
    unknown: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrpView:
    """An ORP: its offices, its municipalities and what is in it."""

    key: str
    name: str
    seat: Named | None
    people: str
    office: str
    offices: tuple[OfficeView, ...]
    places: tuple[PlaceLine, ...]
    services: int
    norm: str
    status: str


def locality_view(
    place: Municipality, catalog: Catalog, *, survey: Survey, report: GapReport, orp_key: str
) -> LocalityView:
    """Tell a municipality from what the search finds there and what the norm says of it."""
    return LocalityView(
        code=place.code,
        name=place.name,
        orp=Named(key=orp_key, name=place.orp),
        district=place.district,
        people=_people(place),
        calls=local_calls(place, catalog, survey=survey),
        comes=tuple(_services(catalog, lambda one: _comes(one, place, catalog))),
        here=tuple(_services(catalog, lambda one: _is_here(one, place))),
        standing=_standing(place, catalog, report),
    )


def _people(place: Municipality) -> str:
    if place.population is None:
        return _("počet obyvatel neznáme")
    if place.population_as_of is None:
        return people(place.population)
    return _("{people} k {day}").format(
        people=people(place.population), day=day(place.population_as_of)
    )


def local_calls(place: Municipality, catalog: Catalog, *, survey: Survey) -> tuple[LocalCall, ...]:
    """Return whom the search sends to first, each once: what cannot wait, then the most asked."""
    steps: dict[NextStep, list[Need]] = {}
    for need in catalog.vocabulary.needs.values():
        steps.setdefault(survey[place.code, need.code].step, []).append(need)
    ordered = sorted(
        steps.items(), key=lambda one: (one[0].kind is not NextStepKind.CALL, -len(one[1]))
    )
    return tuple(_call(step, needs, catalog) for step, needs in ordered)


def _call(step: NextStep, needs: Sequence[Need], catalog: Catalog) -> LocalCall:
    named = tuple(Named(key=slug_of(need), name=need_label(need)) for need in needs)
    if step.kind is NextStepKind.CALL and step.call is not None:
        digits = phone_href(step.call.number)
        numbered = any(sign.isdigit() for sign in digits)
        return LocalCall(
            who=translated(step.call.name),
            what=translated(step.call.why),
            phone=step.call.number if numbered else "",
            href=digits if numbered else "",
            service_id="",
            urgent=True,
            needs=named,
        )
    service = catalog.services.get(step.service_id or "") or find_office(step.orp, catalog)
    if service is None:
        return LocalCall(
            who=office_name(step.orp),
            what=_("u žádné služby nevíme jistě, že sem dosáhne"),
            phone="",
            href="",
            service_id="",
            urgent=False,
            needs=named,
        )
    phone = service.contact.phone or ""
    return LocalCall(
        who=service.name,
        what=service_label(service, catalog.vocabulary),
        phone=phone_text(phone),
        href=phone_href(phone),
        service_id=service.id,
        urgent=False,
        needs=named,
    )


def _services(catalog: Catalog, note_of: Callable[[Service], str | None]) -> Iterable[LocalService]:
    """Yield services by the alphabet for which there is a note (an empty one counts)."""
    found = [
        (one, note)
        for one in catalog.services.values()
        if one.kind is not Kind.AUTHORITY and (note := note_of(one)) is not None
    ]
    for one, note in sorted(found, key=lambda pair: (alphabetical(pair[0].name), pair[0].id)):
        yield LocalService(
            id=one.id, name=one.name, what=service_label(one, catalog.vocabulary), note=note
        )


def _comes(service: Service, place: Municipality, catalog: Catalog) -> str | None:
    """Return how we know that a field service surely comes, None when it does not surely."""
    kind = catalog.vocabulary.types.get(service.type or "")
    covered = service.coverage
    if Form.FIELD not in forms_of(service, kind)[0] or covered.everywhere:
        return None
    return _HOW[covered.status] if covered.includes(place.code) is Covers.YES else None


def _is_here(service: Service, place: Municipality) -> str | None:
    """Return an empty note for a service with a public place in the municipality."""
    return "" if place.code in _places_of(service) else None


def _places_of(service: Service) -> frozenset[str]:
    """Return the municipalities where a service is given, a provider's seat not among them."""
    if service.secret:
        return frozenset()
    return frozenset(
        one.municipality for one in service.locations if one.municipality and one.role in _GIVEN_AT
    )


def _standing(place: Municipality, catalog: Catalog, report: GapReport) -> Standing:
    rules = {rule.code: rule for rule in report.norm.rules}
    here = [one for one in report.results if one.municipality == place.code]

    def lacks(status: GapStatus) -> tuple[Lack, ...]:
        return tuple(
            Lack(
                rule=rule_name(rules[one.rule], catalog.vocabulary),
                asks=demand(rules[one.rule]),
                found=finding(one, rules[one.rule]),
            )
            for one in here
            if one.status is status
        )

    return Standing(
        norm=report.norm.name,
        status=report.norm.status.value,
        gaps=lacks(GapStatus.GAP),
        partial=lacks(GapStatus.PARTIAL),
        unknown=tuple(
            rule_name(rules[one.rule], catalog.vocabulary)
            for one in here
            if one.status is GapStatus.UNKNOWN
        ),
        met=sum(one.status is GapStatus.MET for one in here),
        of=len(here),
    )


def orp_view(name: str, catalog: Catalog, *, key: str, report: GapReport) -> OrpView:
    """Tell an ORP."""
    codes = catalog.territory.by_orp[name]
    places = sorted(
        (catalog.territory.municipality(code) for code in codes),
        key=lambda one: (alphabetical(one.name), one.code),
    )
    seat = next((one for one in places if one.name == name), None)
    known = [one.population for one in places if one.population is not None]
    count = people(sum(known)) if known else _("počet obyvatel neznáme")
    if known and len(known) < len(places):
        count = _("{people} v obcích, kde počet známe").format(people=count)
    found_office = find_office(name, catalog)
    offices = [
        one
        for one in catalog.services.values()
        if one.kind is Kind.AUTHORITY
        and not one.coverage.everywhere
        and one.coverage.certain & set(codes)
    ]
    here = set(codes)
    return OrpView(
        key=key,
        name=name,
        seat=None if seat is None else Named(key=seat.code, name=seat.name),
        people=count,
        office=found_office.name if found_office is not None else office_name(name),
        offices=tuple(
            OfficeView(
                id=one.id,
                name=one.name,
                phone=phone_text(one.contact.phone or ""),
                href=phone_href(one.contact.phone or ""),
            )
            for one in sorted(offices, key=lambda one: alphabetical(one.name))
        ),
        places=tuple(_line(one, catalog, report) for one in places),
        services=sum(bool(_places_of(one) & here) for one in catalog.services.values()),
        norm=report.norm.name,
        status=report.norm.status.value,
    )


def _line(place: Municipality, catalog: Catalog, report: GapReport) -> PlaceLine:
    here = [one.status for one in report.results if one.municipality == place.code]
    return PlaceLine(
        code=place.code,
        name=place.name,
        people=_people(place),
        comes=sum(_comes(one, place, catalog) is not None for one in catalog.services.values()),
        gaps=here.count(GapStatus.GAP),
        unknown=here.count(GapStatus.UNKNOWN),
        of=len(here),
    )
