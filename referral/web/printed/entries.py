"""The chapter of a brochure with its services: short cards below what their type is by the Act."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Kind, Service
from referral.catalog.vocabulary import Form
from referral.matching.reach import forms_of
from referral.web.czech import age_span, capitalised, counted, listing, phone_text, sentence
from referral.web.papers.paper import Block, Entry, Heading, Paragraph, Side, Sides
from referral.web.presenters.field_sources import FieldSources
from referral.web.presenters.labels import KINDS, names_of, service_label, type_label
from referral.web.presenters.offers import capacity_text, vacancy_text
from referral.web.presenters.service_page import service_page
from referral.web.printed.area_matter import AreaMatter
from referral.web.printed.law import Law, TypeLaw
from referral.web.printed.reaching import reach_lines
from referral.web.translation import _

_GROUPS_SHOWN = 8


def anchor_of(service: Service) -> str:
    """Return what indexes and tables find a service's card by."""
    return f"sluzba-{service.id}"


def call_of(service: Service) -> str:
    """Say a service's telephone, empty when no source holds it."""
    phone = service.contact.phone
    return _("tel. {phone}").format(phone=phone_text(phone)) if phone else ""


def who_told(service: Service, matter: AreaMatter) -> str:
    """Say what a service is, whose it is where its name does not say so, and its telephone."""
    if service.kind is Kind.AUTHORITY:
        return call_of(service)
    what = service_label(service, matter.catalog.vocabulary)
    named, paragraph, rest = what.partition(" (")
    if paragraph and named.casefold() in service.name.casefold():
        what = rest.removesuffix(")")
    provider = service.organization.name
    if provider.casefold() in service.name.casefold():
        provider = ""
    return "; ".join(filter(None, (what, provider, call_of(service))))


def entries(matter: AreaMatter) -> Iterator[Block]:
    """Yield the chapter: types in the order of the Act, then help that is no such service."""
    yield Heading(text=_("Karty služeb"), anchor="karty")
    yield Paragraph(
        text=_(
            "Služby jsou podle druhu v pořadí zákona č. 108/2006 Sb. U druhu je vlastními slovy, "
            "co dělá podle zákona a co obvykle nedělá; to druhé je obvyklá praxe, ne vyjádření "
            "služby. Kde u služby chybí telefon, náš zdroj ho neuvádí: doplňte ho na linku, je "
            "ve veřejném registru poskytovatelů pod uvedeným číslem."
        )
    )
    types = matter.catalog.vocabulary.types
    for code, services in _by_type(matter).items():
        kind = types.get(code)
        yield Heading(
            text=type_label(kind) if kind is not None else capitalised(KINDS[services[0].kind]),
            level=2,
        )
        if kind is not None:
            yield from _type_told(matter.desk.law, code, free=kind.free_of_charge)
        for service in services:
            yield _entry(service, matter)


def _by_type(matter: AreaMatter) -> Mapping[str, list[Service]]:
    """Return the shown services by type in the vocabulary's order, the others by their kind."""
    order = {code: place for place, code in enumerate(matter.catalog.vocabulary.types)}
    found: defaultdict[str, list[Service]] = defaultdict(list)
    for service in matter.shown:
        found[service.type or service.kind.value].append(service)
    return {code: found[code] for code in sorted(found, key=lambda it: (order.get(it, 99), it))}


def _type_told(law: Law, code: str, *, free: bool) -> Iterator[Block]:
    known: TypeLaw | None = law.types.get(code)
    if known is not None:
        yield Sides(
            left=Side(title=_("Co dělá podle zákona"), items=known.activities),
            right=Side(title=_("Co obvykle nedělá"), items=known.limits),
        )
        paid = (
            _("Základní činnosti jsou zdarma (§ 72).") if free else _("Za úhradu (§ 73 až § 75).")
        )
        yield Paragraph(
            text=_("{paid} Jak se obvykle začíná: {begins}").format(paid=paid, begins=known.begins),
            small=True,
        )


def _entry(service: Service, matter: AreaMatter) -> Entry:
    silent = tuple(unknowns(service, matter))
    facts = [
        (_("Pro koho"), _whom(service, matter)),
        (_("Jak a kam"), sentence("; ".join(reach_lines(service, matter)))),
        (_("Kdy"), _when(service, matter)),
        (_("Kapacita"), _capacity(service, matter)),
        (_("Volno a čekání"), _free(service, matter)),
        (_("Podmínky"), _conditions(service, matter)),
        (_("Popis"), sentence(service.description)),
        (
            _("Neznámo"),
            _("{names} – zeptejte se.").format(names=capitalised(listing(silent, at_most=9)))
            if silent
            else "",
        ),
    ]
    number = (
        _("č. v registru {number}").format(number=service.register_id)
        if service.register_id
        else ""
    )
    contact = service.contact
    return Entry(
        anchor=anchor_of(service),
        title=service.name,
        below="; ".join(filter(None, (service.organization.name, number))),
        call=", ".join(filter(None, (phone_text(contact.phone or ""), contact.email, contact.web))),
        facts=tuple((label, text) for label, text in facts if text),
    )


def _whom(service: Service, matter: AreaMatter) -> str:
    groups, ages = service.eligibility.target_groups, service.eligibility.ages
    told = []
    if groups:
        names = names_of(groups, matter.catalog.vocabulary.groups)
        told.append(listing(names, at_most=_GROUPS_SHOWN))
    if ages is not None:
        told.append(age_span(ages.min, ages.max))
    return sentence("; ".join(told))


def _when(service: Service, matter: AreaMatter) -> str:
    page = service_page(service, matter.catalog, today=matter.desk.today)
    lines = next(row.lines for row in page.rows if row.label == _("Kdy"))
    return " ".join(one.text for one in lines if not one.unknown)


def _capacity(service: Service, matter: AreaMatter) -> str:
    sources = FieldSources.of(service, matter.catalog, matter.own.get(service.id, ()))
    told = (
        capacity_text(one, on=sources.registered_on(one))
        for one in service.capacities
        if one.registered is not None
    )
    return sentence("; ".join(told))


def _free(service: Service, matter: AreaMatter) -> str:
    told = []
    if any(one.available is not None for one in service.capacities):
        told.append(vacancy_text(service))
    waiting = _waiting(service, matter)
    if waiting:
        told.append(waiting)
    return sentence("; ".join(told))


def _waiting(service: Service, matter: AreaMatter) -> str:
    sources = FieldSources.of(service, matter.catalog, matter.own.get(service.id, ()))
    told = sources.waiting()
    if told is None:
        return ""
    waiting, found = told
    days = (
        _("čeká se asi {days}").format(days=counted(waiting.days, "den", "dny", "dní"))
        if waiting.days
        else _("nečeká se")
        if waiting.days == 0
        else ""
    )
    return _("{text} ({note})").format(
        text="; ".join(filter(None, (days, waiting.note))), note=sources.note(found)
    )


def _conditions(service: Service, matter: AreaMatter) -> str:
    barriers = matter.catalog.vocabulary.barriers
    words = {"accepts": _("přijímá"), "conditions": _("za podmínky"), "excludes": _("nepřijímá")}
    told = []
    for stance, word in words.items():
        names = [
            barriers[one.barrier].name
            for one in service.eligibility.rules
            if one.stance.value == stance and one.barrier in barriers
        ]
        if names:
            told.append(f"{word}: {listing(sorted(names), at_most=6)}")
    return sentence("; ".join(told))


def unknowns(service: Service, matter: AreaMatter) -> Iterator[str]:
    """Yield what nobody has told of a service, in short words."""
    types = matter.catalog.vocabulary.types
    forms = forms_of(service, types.get(service.type or ""))[0]
    if not service.contact.phone:
        yield _("telefon")
    if service.kind is not Kind.REGISTERED_SOCIAL:
        return
    if service.eligibility.target_groups is None:
        yield _("okruh osob")
    if service.eligibility.ages is None:
        yield _("věk")
    if Form.FIELD in forms and service.coverage.status is CoverageStatus.UNKNOWN:
        yield _("kam jezdí")
    if not any(one.round_the_clock or one.text for one in service.schedules):
        yield _("provozní doba")
    if all(one.registered is None for one in service.capacities):
        yield _("kapacita")
    if all(one.available is None for one in service.capacities):
        yield _("volná místa")
    if not _waiting(service, matter):
        yield _("čekání")
