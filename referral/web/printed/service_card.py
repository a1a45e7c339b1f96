"""What a service's card says beside its record: what it does and does not, money, how to begin.

Of a type it is told what the Act says and what is usual, always with those words; of the service
itself only what its own record holds. What nobody has told is said to be unknown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import AddressRole, Kind, Service
from referral.catalog.own_fields import OwnValue
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form, ServiceType
from referral.geo import distance_km
from referral.matching.advice import Advice, preparations_for
from referral.matching.reach import forms_of
from referral.web.czech import capitalised, day, listing, sentence
from referral.web.papers.paper import Told
from referral.web.presenters.field_sources import FieldSources
from referral.web.presenters.offers import where_text
from referral.web.presenters.service_page import ServicePage, service_page
from referral.web.presenters.steps import find_office, office_name
from referral.web.printed.law import Law, TypeLaw
from referral.web.printed.money import AllowanceTable, allowance, price
from referral.web.translation import _

LIKE_SHOWN = 4
LIKE_WITHIN_KM = 40.0
BESIDE_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeService:
    """A service of the same type in the neighbourhood, to be asked next."""

    id: str
    name: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSaid:
    """What somebody verified of the service's own work; empty where nobody did."""

    does: str = ""
    does_not: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """A service's page and all that its card says beside it.

    ``said`` is of this service; ``does`` and ``limits`` are of its type, empty where the Act knows
    none, and their notes say on what they rest. ``address`` is the page's, empty when the site's
    address is not set.
    """

    page: ServicePage
    said: ServiceSaid
    does: tuple[str, ...]
    does_note: str
    limits: tuple[str, ...]
    limits_note: str
    price: tuple[Told, ...]
    allowance: AllowanceTable | None
    reach_us: str
    begins: str
    ask: tuple[str, ...]
    prepare: tuple[Told, ...]
    turn_to: tuple[Told, ...]
    beside: tuple[str, ...]
    office: str
    like: tuple[LikeService, ...]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all cards are made from; ``public_url`` is the site's address, empty when not set."""

    catalog: Catalog
    advice: Advice
    law: Law
    today: date
    public_url: str = ""


def service_card(service: Service, desk: Desk, *, own: Iterable[OwnValue] = ()) -> ServiceCard:
    """Tell one service as its card does; ``own`` are our own values of all its records."""
    vocabulary = desk.catalog.vocabulary
    kind = vocabulary.types.get(service.type or "")
    known = desk.law.types.get(service.type or "")
    values = tuple(own)
    return ServiceCard(
        page=service_page(service, desk.catalog, today=desk.today, own=values),
        said=_said(FieldSources.of(service, desk.catalog, values)),
        does=known.activities if known is not None else (),
        does_note=_does_note(known, desk.law),
        limits=known.limits if known is not None else (),
        limits_note=desk.law.about.limits_source if known is not None else "",
        price=price(service, kind, desk.law),
        allowance=allowance(kind, desk.law),
        reach_us=_reach_us(service),
        begins=known.begins if known is not None else "",
        ask=tuple(_questions(service, kind)),
        prepare=tuple(
            Told(text=sentence(one.what), note=one.source)
            for one in preparations_for(
                service, form=None, advice=desk.advice, vocabulary=vocabulary
            )
        ),
        turn_to=_turn_to(service, desk),
        beside=tuple(_beside(service, desk.catalog)),
        office=_office(service, desk.catalog),
        like=like_services(service, desk.catalog, today=desk.today),
        address=f"{desk.public_url}/karta/{service.id}" if desk.public_url else "",
    )


def _said(sources: FieldSources) -> ServiceSaid:
    told = sources.scope()
    if told is None:
        return ServiceSaid()
    scope, found = told
    return ServiceSaid(does=scope.does, does_not=scope.does_not, note=sources.note(found))


def _does_note(known: TypeLaw | None, law: Law) -> str:
    if known is None:
        return ""
    if not known.paragraph:
        return _("obvyklá praxe; zákon to jako druh služby nezná")
    return _("{paragraph} – {source}, stav k {day}").format(
        paragraph=known.paragraph, source=law.about.source, day=day(law.about.as_of)
    )


def _reach_us(service: Service) -> str:
    """Say where the telephone is to be found when our sources do not hold it."""
    contact = service.contact
    if contact.phone:
        return ""
    if contact.email or contact.web:
        return _("Telefon zdroj neuvádí, pište.")
    if service.register_id:
        return _(
            "Telefon náš zdroj neuvádí. Je ve veřejném registru poskytovatelů sociálních služeb "
            "pod číslem {number}."
        ).format(number=service.register_id)
    if service.kind is Kind.REGISTERED_SOCIAL:
        return _(
            "Telefon náš zdroj neuvádí. Je ve veřejném registru poskytovatelů sociálních služeb "
            "pod jménem poskytovatele."
        )
    return _("Telefon náš zdroj neuvádí, spojení má organizace na svém webu.")


def _questions(service: Service, kind: ServiceType | None) -> Iterator[str]:
    """Yield what to ask on the telephone: first what the data leave open."""
    if service.kind is not Kind.REGISTERED_SOCIAL:
        yield _("Pomůžete člověku z naší obce? (řekněte, ze které voláte)")
        yield _("Co si máme připravit a kdo může přijít?")
        yield _("Když to není k vám, kam se máme obrátit?")
        return
    forms = forms_of(service, kind)[0]
    comes = Form.FIELD in forms and not (kind is not None and kind.remote)
    if comes and service.coverage.status is CoverageStatus.UNKNOWN:
        yield _("Přijedete i k nám? (řekněte obec; kam služba jezdí, nikdo neuvádí)")
    elif comes:
        yield _("Přijedete k nám, kdy a jak často? (řekněte obec)")
    else:
        yield _("Přijmete člověka z naší obce? (řekněte, ze které voláte)")
    if all(one.available is None for one in service.capacities):
        yield _("Máte teď volno? Když ne, jak dlouho se čeká a vede se pořadník?")
    else:
        yield _("Platí, že máte volno? Od kdy můžete začít?")
    if service.eligibility.target_groups is None or service.eligibility.ages is None:
        yield _("Pro koho jste a od kolika let? Bylo by něco, co by přijetí bránilo?")
    else:
        yield _("Bylo by něco, co by přijetí bránilo?")
    if kind is None or not kind.free_of_charge:
        yield _("Kolik to bude stát a pošlete ceník?")
    yield _("Co máme mít připravené a jaký je další krok?")
    yield _("Když to nepůjde: dáte nám důvod písemně?")


def _turn_to(service: Service, desk: Desk) -> tuple[Told, ...]:
    """Name those to turn to after an unlawful refusal; only registered services are bound so."""
    if service.kind is not Kind.REGISTERED_SOCIAL:
        return ()
    place = place_of(service, desk.catalog)
    region = place.region if place is not None else _("kraj, kde bydlíte")
    orp = place.orp if place is not None else _("podle bydliště")
    return tuple(
        Told(text=sentence(one.who.format(region=region, orp=orp)), note=one.source)
        for one in desk.advice.recourses
    )


def _beside(service: Service, catalog: Catalog) -> Iterator[str]:
    """Yield help beside the registered services that goes with the needs this one answers."""
    seen: set[str] = set()
    for need in catalog.vocabulary.needs.values():
        if service.type in need.service_types[:2] or need.code in service.needs:
            for one in need.other_help:
                if one not in seen and len(seen) < BESIDE_SHOWN:
                    seen.add(one)
                    yield one


def place_of(service: Service, catalog: Catalog) -> Municipality | None:
    """Return the municipality a service is given in; None when withheld or not known."""
    if service.secret:
        return None
    for location in service.locations:
        if location.role in {AddressRole.FACILITY, AddressRole.LISTED}:
            found = catalog.territory.municipalities.get(location.municipality or "")
            if found is not None:
                return found
    return None


def _office(service: Service, catalog: Catalog) -> str:
    """Name the office where every road ends; where the service's place is known, its ORP."""
    place = place_of(service, catalog)
    if place is None:
        return _("sociální odbor úřadu obce s rozšířenou působností, kde člověk bydlí (§ 92)")
    office = find_office(place.orp, catalog)
    name = office.name if office is not None else office_name(place.orp)
    return _("{name} (§ 92); bydlí-li člověk jinde, úřad podle jeho bydliště").format(name=name)


def like_services(
    service: Service, catalog: Catalog, *, today: date, at_most: int = LIKE_SHOWN
) -> tuple[LikeService, ...]:
    """Return the nearest services of the same type within ``LIKE_WITHIN_KM``, the nearest first.

    Nothing is near a service whose address is withheld, and none with such an address is near any.
    """
    here = place_of(service, catalog)
    if here is None or service.type is None:
        return ()
    found = []
    for offer in catalog.by_type.get(service.type, ()):
        other = offer.service
        place = place_of(other, catalog)
        if other.id == service.id or place is None or not other.offered_on(today):
            continue
        km = distance_km(here.point, place.point)
        if km <= LIKE_WITHIN_KM:
            found.append((km, other.id, other))
    nearest = {other.id: other for _km, _id, other in sorted(found, key=lambda one: one[:2])}
    return tuple(
        LikeService(id=one.id, name=one.name, where=capitalised(where_text(one, catalog)))
        for one in list(nearest.values())[:at_most]
    )


def sources_told(service: Service, catalog: Catalog) -> str:
    """Name the source of a service's record, its day and its licence in one sentence."""
    source = catalog.source(service.provenance.source)
    verified = service.provenance.verified_on
    checked = (
        _("u služby ověřeno {day}").format(day=day(verified))
        if verified is not None
        else _("u služby nikdo neověřil")
    )
    return _("{title}, {publisher}, stav k {day}; {checked}. Licence: {licence}.").format(
        title=source.title,
        publisher=source.publisher,
        day=day(service.provenance.as_of),
        checked=checked,
        licence=source.licence,
    )


def other_help(names: Iterable[str]) -> str:
    """Join kinds of help in one line."""
    return listing(tuple(names), at_most=BESIDE_SHOWN)
