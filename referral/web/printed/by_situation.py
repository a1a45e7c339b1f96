"""The chapter of a brochure by life situation: what answers it and which places that reaches."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from referral.catalog.model import Kind, Service
from referral.catalog.vocabulary import Need
from referral.matching.calls import calls_for
from referral.web.czech import capitalised, counted, listing, sentence
from referral.web.papers.paper import Block, Cell, Column, Heading, Paragraph, Table
from referral.web.presenters.labels import need_label
from referral.web.printed.area_matter import AreaMatter, is_line
from referral.web.printed.entries import anchor_of, who_told
from referral.web.printed.reaching import reach_lines
from referral.web.translation import _

ROWS_SHOWN = 8
CONTACTS = "kontakty"
"""The anchor of the chapter that offices stand in."""


def by_situation(matter: AreaMatter) -> Iterator[Block]:
    """Yield the chapter, situations grouped by their area of life."""
    yield Heading(text=_("Podle životní situace"), anchor="situace")
    yield Paragraph(
        text=_(
            "U každé situace jsou služby, které na ni odpovídají a z některé obce území jsou mezi "
            "prvními pěti; nejdřív ty, které takto vyjdou ve více obcích. Pořadí je stejné jako "
            "ve vyhledávání a nic neslibuje: o přijetí rozhodne služba."
        )
    )
    for area, needs in groupby(matter.needs, key=lambda one: one.area):
        yield Heading(text=capitalised(area), level=2)
        for need in needs:
            yield from _situation(need, matter)


def _situation(need: Need, matter: AreaMatter) -> Iterator[Block]:
    yield Heading(text=need_label(need), level=3)
    calls = calls_for((need.code,), matter.catalog.vocabulary)
    if calls:
        numbers = (
            _("{number} ({name})").format(number=one.number, name=one.name)
            if any(sign.isdigit() for sign in one.number)
            else one.name
            for one in calls
        )
        yield Paragraph(strong=_("Hrozí-li nebezpečí, hned:"), text=f"{'; '.join(numbers)}.")
    ranked = ranked_services(need, matter)
    if not ranked:
        yield Paragraph(
            text=_(
                "V katalogu na to není žádná služba, která by některou obec území dosáhla. "
                "Obraťte se na sociální odbor obce s rozšířenou působností (§ 92)."
            )
        )
    else:
        yield Table(
            name=_("Služby: {need}").format(need=need.name),
            columns=(
                Column(title=_("Služba"), share=4.2),
                Column(title=_("Jak pomáhá a kam dosáhne"), share=5.2),
                Column(title=_("Str."), share=0.9),
            ),
            rows=tuple(_row(one, matter) for one in ranked[:ROWS_SHOWN]),
        )
    left = len(ranked) - ROWS_SHOWN
    beside = listing(need.other_help, at_most=8) if need.other_help else ""
    told = (
        _("Pomáhá i: {help}.").format(help=beside) if beside else "",
        _("Dalších služeb k této situaci: {left}.").format(left=left) if left > 0 else "",
    )
    if any(told):
        yield Paragraph(text=" ".join(filter(None, told)), small=True)


def ranked_services(need: Need, matter: AreaMatter) -> tuple[Service, ...]:
    """Return services among the first of some place, those of most places first."""
    places: Counter[str] = Counter()
    best: dict[str, int] = {}
    for place in matter.places:
        for match in matter.found(place, need).matches:
            places[match.offer.id] += 1
            best[match.offer.id] = min(match.rank, best.get(match.offer.id, match.rank))
    ordered = sorted(places, key=lambda one: (-places[one], best[one], one))
    services = (matter.catalog.services[one] for one in ordered)
    return tuple(one for one in services if not is_line(one))


def _row(service: Service, matter: AreaMatter) -> tuple[Cell, ...]:
    office = service.kind is Kind.AUTHORITY
    return (
        Cell(strong=service.name, text=who_told(service, matter)),
        Cell(text=sentence("; ".join(reach_lines(service, matter)))),
        Cell(page_of=CONTACTS if office else anchor_of(service)),
    )


def situations_counted(matter: AreaMatter) -> str:
    """Say how many life situations the brochure knows."""
    return counted(len(matter.needs), "životní situace", "životní situace", "životních situací")
