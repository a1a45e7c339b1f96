"""The services to ask first, as a list that a coordinator can phone through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.network.gaps import GapReport, ToVerify, Unknown
from referral.web.czech import capitalised, counted, listing, phone_text
from referral.web.gaps_sentences import municipalities, people, rule_name
from referral.web.presenters.labels import how_many_of
from referral.web.translation import _

NO_PHONE = _("telefon neznáme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: whom, what to ask in one sentence, and what the answer could change.

    ``people`` and ``municipality_count`` are those whose status could be better, ``rules`` the
    codes under which and ``rule_names`` how people call them.
    """

    position: int
    service_id: str
    name: str
    provider: str
    phone: str | None
    email: str | None
    question: str
    people: int
    municipality_count: int
    rules: tuple[str, ...]
    rule_names: tuple[str, ...]

    @property
    def effect(self) -> str:
        """Say what the answer could change: ``stav až pro 1 200 lidí v 5 obcích``."""
        return _("může změnit stav až pro {people} ({where})").format(
            people=people(self.people), where=municipalities(self.municipality_count)
        )


def call_list(report: GapReport, catalog: Catalog) -> tuple[Call, ...]:
    """Return the calls of a report, those that could change most people's status first."""
    names = {rule.code: rule_name(rule, catalog.vocabulary) for rule in report.norm.rules}
    return tuple(
        _call(position, one, catalog.service(one.service), names)
        for position, one in enumerate(report.verify_first, start=1)
    )


def _call(position: int, one: ToVerify, service: Service, names: Mapping[str, str]) -> Call:
    return Call(
        position=position,
        service_id=service.id,
        name=service.name,
        provider=service.organization.name,
        phone=phone_text(service.contact.phone) if service.contact.phone else None,
        email=service.contact.email,
        question=question(one, service),
        people=one.people,
        municipality_count=len(one.municipalities),
        rules=one.rules,
        rule_names=tuple(names[code] for code in one.rules),
    )


def question(one: ToVerify, service: Service) -> str:
    """Say in one sentence what to ask; nobody is asked where a secret address is."""
    return f"{capitalised(listing(list(_asked(one, service))))}?"


def _asked(one: ToVerify, service: Service) -> Iterator[str]:
    comes = service.forms is None or Form.FIELD in service.forms
    if Unknown.COVERAGE in one.unknown:
        yield _("do kterých obcí jezdíte") if comes else _("ze kterých obcí lidi přijímáte")
    if Unknown.PLACE in one.unknown and not service.secret:
        yield _("kde službu poskytujete")
    if Unknown.CAPACITY in one.unknown:
        units = " a ".join(how_many_of(unit) for unit in one.units)
        yield _("kolik máte {units}").format(units=units) if units else _("jakou máte kapacitu")
    if Unknown.HOURS in one.unknown:
        yield _("kdy máte otevřeno")


def call_lines(report: GapReport, catalog: Catalog) -> Iterator[str]:
    """Write the list for a terminal, three lines a call; nothing where there is nobody to ask."""
    calls = call_list(report, catalog)
    if not calls:
        return
    whom = counted(len(calls), _("službě"), _("službám"), _("službám"))
    yield _("Co ověřit nejdřív – komu zavolat ({whom})").format(whom=whom)
    for one in calls:
        phone = one.phone or one.email or NO_PHONE
        yield f"{one.position:>3}. {one.name} – {one.provider}, {phone}"
        yield f"     {one.question}"
        yield f"     {capitalised(one.effect)}: {'; '.join(one.rule_names)}"
