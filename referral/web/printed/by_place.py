"""The chapter of a brochure by municipality: whom to call first, who comes, what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from referral.catalog.areas import Covers
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.matching.ranking import NextStep, NextStepKind
from referral.matching.reach import forms_of
from referral.network.gaps import GapStatus
from referral.web.czech import counted, day, listing, sentence
from referral.web.papers.paper import Block, Cell, Column, Heading, Paragraph, Table
from referral.web.presenters.steps import find_office, office_name
from referral.web.printed.area_matter import AreaMatter, is_line
from referral.web.printed.by_situation import CONTACTS
from referral.web.printed.entries import anchor_of, call_of, who_told
from referral.web.printed.money import grouped
from referral.web.translation import _

URGENT = "tisen"
"""The anchor of the chapter of urgent numbers."""
_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCall:
    """Whom to call first: who it is, how, for which situations, and where more stands."""

    who: str
    how: str
    needs: tuple[str, ...]
    anchor: str


def place_anchor(place: Municipality) -> str:
    """Return what the index finds a municipality's page by."""
    return f"obec-{place.code}"


def by_place(matter: AreaMatter) -> Iterator[Block]:
    """Yield the chapter, municipalities in the order of the alphabet."""
    yield Heading(text=_("Podle obce"), anchor="obce")
    yield Paragraph(
        text=_(
            "Koho v které obci volat první, když o člověku nic dalšího nevíte. Je to první "
            "odpověď vyhledávání; kdo ví víc (věk, okolnosti, kdo odmítl), najde přesnější odpověď "
            "tam. Kde u žádné služby nevíme jistě, že do obce dosáhne, je první sociální odbor."
        )
    )
    yield Table(
        name=_("Přehled obcí"),
        columns=(
            Column(title=_("Obec"), share=3),
            Column(title=_("Obyvatel"), share=1.2),
            Column(title=_("Terénních služeb, které sem podle údajů jezdí"), share=3),
            Column(title=_("Mezer podle normy"), share=1.6),
            Column(title=_("Str."), share=0.9),
        ),
        rows=tuple(_overview(place, matter) for place in matter.places),
    )
    if matter.gaps is not None:
        yield Paragraph(
            text=_(
                "Norma je {status}; co říká a co ne, stojí v kapitole Kde pomoc chybí. Nula "
                "ve třetím sloupci znamená, že to u žádné služby není jisté, ne že žádná nejezdí."
            ).format(status=matter.gaps.norm.status.value),
            small=True,
        )
    for place in matter.places:
        yield from _place(place, matter)


def _overview(place: Municipality, matter: AreaMatter) -> tuple[Cell, ...]:
    people = grouped(place.population) if place.population is not None else _("neznámo")
    gaps = _("neposouzeno")
    if matter.gaps is not None:
        here = [one for one in matter.gaps.results if one.municipality == place.code]
        missing = sum(one.status is GapStatus.GAP for one in here)
        gaps = f"{missing} / {len(here)}"
    return (
        Cell(strong=place.name),
        Cell(text=people),
        Cell(text=str(len(coming_to(place, matter)))),
        Cell(text=gaps),
        Cell(page_of=place_anchor(place)),
    )


def _place(place: Municipality, matter: AreaMatter) -> Iterator[Block]:
    yield Heading(text=place.name, level=2, anchor=place_anchor(place), fresh=True)
    yield Paragraph(text=_about(place), small=True)
    yield Table(
        name=_("Koho volat první: {place}").format(place=place.name),
        columns=(
            Column(title=_("Koho volat první"), share=5.4),
            Column(title=_("V jaké situaci"), share=4),
            Column(title=_("Str."), share=0.9),
        ),
        rows=tuple(
            (
                Cell(strong=one.who, text=one.how),
                Cell(text=sentence("; ".join(one.needs))),
                Cell(page_of=one.anchor),
            )
            for one in first_calls(place, matter)
        ),
    )
    coming = coming_to(place, matter)
    if coming:
        yield Paragraph(
            strong=_("Terénní služby, které sem podle údajů jezdí:"),
            text=f"{listing(coming, at_most=_NAMED)}.",
        )
    else:
        yield Paragraph(
            strong=_("Terénní služby:"),
            text=_("u žádné není z údajů jisté, že sem jezdí. Zeptejte se u nejbližších."),
        )
    if matter.gaps is not None:
        yield _missing(place, matter)


def _about(place: Municipality) -> str:
    told = [_("ORP {orp}, okres {district}").format(orp=place.orp, district=place.district)]
    if place.population is not None:
        people = _("{people} obyvatel").format(people=grouped(place.population))
        if place.population_as_of is not None:
            people = _("{people} k {day}").format(people=people, day=day(place.population_as_of))
        told.append(people)
    else:
        told.append(_("počet obyvatel neznáme"))
    return f"{'; '.join(told)}."


def first_calls(place: Municipality, matter: AreaMatter) -> tuple[FirstCall, ...]:
    """Return whom the search sends to first, each once with all situations it is the first for."""
    steps: dict[NextStep, list[str]] = {}
    for need in matter.needs:
        steps.setdefault(matter.found(place, need).step, []).append(need.name)
    ordered = sorted(steps, key=lambda step: step.kind is not NextStepKind.CALL)
    return tuple(_first_call(step, tuple(steps[step]), matter) for step in ordered)


def _first_call(step: NextStep, needs: tuple[str, ...], matter: AreaMatter) -> FirstCall:
    catalog = matter.catalog
    if step.kind is NextStepKind.CALL and step.call is not None:
        numbered = any(sign.isdigit() for sign in step.call.number)
        who = f"{step.call.number} – {step.call.name}" if numbered else step.call.name
        return FirstCall(who=who, how="", needs=needs, anchor=URGENT)
    service = catalog.services.get(step.service_id or "")
    if step.kind is NextStepKind.SERVICE and service is not None:
        shown = service.id in matter.shown_ids
        anchor = anchor_of(service) if shown else URGENT if is_line(service) else CONTACTS
        how = who_told(service, matter)
        return FirstCall(who=service.name, how=how, needs=needs, anchor=anchor)
    office = find_office(step.orp, catalog)
    return FirstCall(
        who=office.name if office is not None else office_name(step.orp),
        how=call_of(office) if office is not None else "",
        needs=needs,
        anchor=CONTACTS,
    )


def coming_to(place: Municipality, matter: AreaMatter) -> tuple[str, ...]:
    """Name field services that surely come to a municipality, as far as the brochure shows them."""
    types = matter.catalog.vocabulary.types
    return tuple(
        one.name
        for one in matter.shown
        if Form.FIELD in forms_of(one, types.get(one.type or ""))[0]
        and one.coverage.includes(place.code) is Covers.YES
    )


def _missing(place: Municipality, matter: AreaMatter) -> Paragraph:
    """Say what the norm misses here, by types of service, and of how many rules nobody knows."""
    report = matter.gaps
    assert report is not None  # noqa: S101 - the caller has looked
    types: Mapping[str, str] = {
        rule.code: matter.catalog.vocabulary.service_type(rule.type).name
        for rule in report.norm.rules
    }
    here = [one for one in report.results if one.municipality == place.code]
    gaps = tuple(dict.fromkeys(types[one.rule] for one in here if one.status is GapStatus.GAP))
    unknown = sum(one.status is GapStatus.UNKNOWN for one in here)
    text = listing(gaps, at_most=20) if gaps else _("nic")
    if unknown:
        rules = counted(unknown, "pravidla", "pravidel", "pravidel")
        text = _("{text}; u {rules} to z údajů poznat nejde").format(text=text, rules=rules)
    return Paragraph(
        strong=_("Co podle normy ({status}) chybí:").format(status=report.norm.status.value),
        text=f"{text}.",
    )
