"""The brochure of an area: contacts, situations, places, services, gaps, unknowns, an index."""

from collections import Counter
from collections.abc import Iterator

from referral.catalog.model import Service
from referral.web.czech import counted, day, listing, phone_text
from referral.web.papers.paper import (
    Block,
    Cell,
    Column,
    Contents,
    Cover,
    Heading,
    Index,
    Note,
    Paper,
    Paragraph,
    Points,
    Table,
)
from referral.web.presenters.labels import need_label
from referral.web.printed.alphabet import alphabetical
from referral.web.printed.area_matter import AreaMatter
from referral.web.printed.by_place import URGENT, by_place, place_anchor
from referral.web.printed.by_situation import CONTACTS, by_situation, situations_counted
from referral.web.printed.entries import anchor_of, entries
from referral.web.printed.missing import gaps_told, money_told, sources_told, unknowns_told
from referral.web.printed.money import grouped
from referral.web.printed.qr import qr_code
from referral.web.translation import _

TEMPLATE = "book.typ"
_MONTHS = (
    "leden", "únor", "březen", "duben", "květen", "červen",
    "červenec", "srpen", "září", "říjen", "listopad", "prosinec",
)  # fmt: skip
_NEEDS_SHOWN = 6


def brochure(matter: AreaMatter) -> Paper:
    """Lay out the brochure of an area."""
    return Paper(
        title=_("Dostupnost sociálních služeb: {area}").format(area=matter.title),
        on=matter.desk.today,
        footer=_("Dostupnost sociálních služeb, {area}, {edition}").format(
            area=matter.title, edition=edition(matter)
        ),
        before=(_cover(matter),),
        blocks=tuple(_blocks(matter)),
    )


def edition(matter: AreaMatter) -> str:
    """Name the edition by its month: ``listopad 2026``."""
    today = matter.desk.today
    return f"{_MONTHS[today.month - 1]} {today.year}"


def _cover(matter: AreaMatter) -> Cover:
    known = [one.population for one in matter.places if one.population is not None]
    dated = sorted({day(one.population_as_of) for one in matter.places if one.population_as_of})
    people = (
        _("{people} obyvatel (k {days})").format(people=grouped(sum(known)), days=listing(dated))
        if known and dated
        else ""
    )
    places = counted(len(matter.places), "obec", "obce", "obcí")
    services = counted(len(matter.shown), "služba nebo místo", "služby nebo místa", "služeb a míst")
    newest = max((one.provenance.freshest for one in matter.shown), default=matter.desk.today)
    return Cover(
        above=_("Kdo komu pomůže, kam dosáhne a kde pomoc chybí"),
        title=_("Dostupnost sociálních služeb"),
        area=matter.title,
        lines=tuple(
            filter(
                None,
                (
                    _("Vydání {edition}, sestaveno {day}").format(
                        edition=edition(matter), day=day(matter.desk.today)
                    ),
                    f"{places}, {people}" if people else places,
                    _("{services} pomoci, {situations}").format(
                        services=services, situations=situations_counted(matter)
                    ),
                    _("Nejnovější údaj o službě: {day}. Před cestou zavolejte.").format(
                        day=day(newest)
                    ),
                ),
            )
        ),
        code=qr_code(matter.desk.public_url, width_mm=28),
    )


def _blocks(matter: AreaMatter) -> Iterator[Block]:
    yield Contents(title=_("Obsah"))
    yield from _how_to(matter)
    yield from _urgent(matter)
    yield from _contacts(matter)
    yield from by_situation(matter)
    yield from by_place(matter)
    yield from entries(matter)
    yield from money_told(matter)
    if matter.gaps is not None:
        yield from gaps_told(matter.gaps, matter)
    yield from unknowns_told(matter)
    yield from sources_told(matter)
    yield from _index(matter)


def _how_to(matter: AreaMatter) -> Iterator[Block]:
    yield Heading(text=_("Jak s brožurou pracovat"))
    yield Points(
        items=(
            _("Hrozí nebezpečí? Volejte hned čísla z oddílu Tísňová čísla."),
            _(
                "Víte, odkud člověk je? Najděte jeho obec v kapitole Podle obce: u každé situace "
                "je, koho volat první."
            ),
            _("Víte, co je potřeba? Kapitola Podle životní situace ukáže víc služeb vedle sebe."),
            _(
                "Znáte jméno služby? Rejstřík na konci vede k její kartě: pro koho je, kam jezdí, "
                "kdy a co o ní nevíme."
            ),
            _(
                "Odmítli? Chtějte důvod písemně (§ 91) a volejte sociální odbor obce "
                "s rozšířenou působností, který pomoc koordinuje (§ 92)."
            ),
        )
    )
    yield Heading(text=_("Co slova znamenají"), level=2)
    yield Points(
        items=(
            _("Neznámo – zeptejte se: žádný zdroj to neuvádí. Neznamená to ne."),
            _(
                "Vyčteno z registru: poskytovatel to napsal větou do poznámky a program ji "
                "přečetl; poskytovatel to v této podobě nepotvrdil."
            ),
            _("Předpoklad: služba je v obci, a proto tam nejspíš i jezdí. Ověřte."),
            _("Terénní služba přijede, ambulantní se navštěvuje, v pobytové se bydlí."),
        )
    )
    if matter.desk.public_url:
        yield Paragraph(
            text=_("Stále čerstvé údaje a vyhledávání: {url}").format(url=matter.desk.public_url)
        )


def _urgent(matter: AreaMatter) -> Iterator[Block]:
    yield Heading(text=_("Tísňová čísla a úřady"))
    yield Heading(text=_("Tísňová čísla"), level=2, anchor=URGENT)
    yield Note(text=_("Při ohrožení života nebo zdraví volejte hned. Všechna čísla jsou zdarma."))
    yield Table(
        name=_("Tísňová čísla"),
        columns=(
            Column(title=_("Číslo"), share=1.6),
            Column(title=_("Kdo"), share=3.4),
            Column(title=_("Kdy"), share=5),
        ),
        rows=tuple(
            (Cell(strong=one.number), Cell(text=one.name), Cell(text=one.why))
            for one in matter.catalog.vocabulary.calls
        ),
    )


def _contacts(matter: AreaMatter) -> Iterator[Block]:
    yield Heading(text=_("Úřady, které pomáhají"), level=2, anchor=CONTACTS)
    yield Paragraph(
        text=_(
            "Sociální odbor obce s rozšířenou působností koordinuje pomoc ve svém obvodu a hledá "
            "řešení, když službu nelze najít nebo člověka odmítli (§ 92 zákona č. 108/2006 Sb.). "
            "Kde telefon chybí, náš zdroj ho neuvádí: doplňte ho."
        )
    )
    yield Table(
        name=_("Úřady"),
        columns=(
            Column(title=_("Úřad"), share=4.2),
            Column(title=_("S čím"), share=4),
            Column(title=_("Telefon"), share=2.2),
        ),
        rows=tuple(
            (
                Cell(strong=one.name, text=one.description),
                Cell(text=_needs_of(one, matter)),
                Cell(text=phone_text(one.contact.phone or "")),
            )
            for one in matter.offices
        ),
    )


def _needs_of(office: Service, matter: AreaMatter) -> str:
    names = [need_label(one) for one in matter.needs if one.code in office.needs]
    return listing(names, at_most=_NEEDS_SHOWN)


def _index(matter: AreaMatter) -> Iterator[Block]:
    yield Heading(text=_("Rejstřík"), anchor="rejstrik")
    yield Heading(text=_("Služby"), level=2)
    times = Counter(service.name for service in matter.shown)
    named: dict[str, list[str]] = {}
    for service in matter.shown:
        alone = times[service.name] == 1 or service.organization.name == service.name
        name = service.name if alone else f"{service.name} ({service.organization.name})"
        named.setdefault(name, []).append(anchor_of(service))
    yield Index(rows=tuple((name, tuple(named[name])) for name in sorted(named, key=alphabetical)))
    yield Heading(text=_("Obce"), level=2)
    yield Index(rows=tuple((one.name, (place_anchor(one),)) for one in matter.places))
