"""The chapters of a brochure that say what is missing, what nobody knows and what all rests on."""

from collections import Counter
from collections.abc import Iterator

from referral.network.gaps import GapReport, GapStatus
from referral.network.norms import NormStatus
from referral.web.czech import counted, day, listing, sentence
from referral.web.gaps_presenter import area_title, norm_card, overall_row, rule_rows
from referral.web.papers.paper import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Note,
    Paragraph,
    Points,
    Table,
)
from referral.web.printed.area_matter import AreaMatter
from referral.web.printed.by_place import place_anchor
from referral.web.printed.card_paper import allowance_blocks
from referral.web.printed.entries import unknowns
from referral.web.printed.money import allowance_table, crowns
from referral.web.translation import _


def gaps_told(report: GapReport, matter: AreaMatter) -> Iterator[Block]:
    """Yield the gap table, under the norm's loud label."""
    norm = norm_card(report.norm)
    yield Heading(text=_("Kde pomoc chybí"), anchor="mezery")
    yield Note(text=norm_warning(report))
    overall = overall_row(report, matter.catalog)
    whole = area_title(report, matter.catalog.territory)
    if set(report.municipalities) != set(matter.area.municipalities):
        yield Paragraph(text=_("Čísla v první tabulce jsou za {area}.").format(area=whole))
    yield Paragraph(text=" ".join(filter(None, (overall.sentence, overall.rest))))
    yield Table(
        name=_("Mezery podle pravidel normy"),
        columns=(
            Column(title=_("Pravidlo"), share=4.4),
            Column(title=_("splněno"), share=1.1),
            Column(title=_("částečně"), share=1.2),
            Column(title=_("mezera"), share=1.1),
            Column(title=_("neznámo"), share=1.2),
            Column(title=_("lidí v mezeře"), share=1.2),
        ),
        rows=tuple(
            (
                Cell(strong=row.name, text=row.demand),
                *(
                    Cell(text=number)
                    for number in (row.met, row.partial, row.gap, row.unknown, row.gap_population)
                ),
            )
            for row in rule_rows(report, matter.catalog)
        ),
    )
    yield Paragraph(
        text=_("Čísla ve sloupcích jsou počty obcí, poslední počet jejich obyvatel."), small=True
    )
    yield Heading(text=_("Mezery po obcích"), level=2)
    yield Table(
        name=_("Mezery po obcích"),
        columns=(
            Column(title=_("Obec"), share=2),
            Column(title=_("Mezer"), share=0.8),
            Column(title=_("Neznámo"), share=1.1),
            Column(title=_("Co podle normy chybí"), share=5.2),
            Column(title=_("Str."), share=0.9),
        ),
        rows=tuple(_place_rows(report, matter)),
    )
    yield Points(items=tuple(map(sentence, norm.assumptions)))


def norm_warning(report: GapReport) -> str:
    """Say which norm it is and how binding, so that nobody takes a guide for a standard."""
    norm = norm_card(report.norm)
    loud = _("ORIENTAČNÍ NORMA, ne úřední standard.") if norm.is_guide else ""
    if report.norm.status is not NormStatus.GUIDE:
        loud = _("NORMA: {status}.").format(status=norm.status)
    return " ".join(
        filter(
            None,
            (
                loud,
                norm.status_note,
                _("{name}; vydal {authority}, platí od {day}. Opora: {source}").format(
                    name=norm.name,
                    authority=norm.authority,
                    day=norm.valid_from,
                    source=sentence(norm.source),
                ),
                _("Stav k {day}.").format(day=day(report.as_of)),
            ),
        )
    )


def _place_rows(report: GapReport, matter: AreaMatter) -> Iterator[tuple[Cell, ...]]:
    types = {
        rule.code: matter.catalog.vocabulary.service_type(rule.type).name
        for rule in report.norm.rules
    }
    for place in matter.places:
        here = [one for one in report.results if one.municipality == place.code]
        gaps = [one for one in here if one.status is GapStatus.GAP]
        names = tuple(dict.fromkeys(types[one.rule] for one in gaps))
        unknown = sum(one.status is GapStatus.UNKNOWN for one in here)
        yield (
            Cell(strong=place.name),
            Cell(text=f"{len(gaps)} / {len(here)}"),
            Cell(text=str(unknown)),
            Cell(text=listing(names, at_most=20) if names else _("podle normy nic")),
            Cell(page_of=place_anchor(place)),
        )


def unknowns_told(matter: AreaMatter) -> Iterator[Block]:
    """Yield how much of what a reader asks nobody has told, and how to mend it."""
    services = matter.shown
    silent = Counter(name for one in services for name in unknowns(one, matter))
    unverified = sum(one.provenance.verified_on is None for one in services)
    every = counted(len(services), "služby", "služeb", "služeb")
    yield Heading(text=_("Co nevíme a odkud údaje jsou"), anchor="nevime")
    yield Heading(text=_("Co nevíme"), level=2)
    yield Paragraph(
        text=_(
            "Co zdroje neuvádějí, tady říkáme, nehádáme. Prázdné místo neznamená „ne“. Víte-li "
            "to, nebo pracujete-li ve službě, řekněte to tomu, kdo brožuru vydává: doplní se do "
            "katalogu s dnem ověření."
        )
    )
    yield Facts(
        rows=(
            *(
                (sentence(name).rstrip("."), _("neznáme u {n} z {every}").format(n=n, every=every))
                for name, n in silent.most_common()
            ),
            (
                _("Ověření u služby"),
                _("nikdo neověřil {n} z {every}").format(n=unverified, every=every),
            ),
        )
    )


def money_told(matter: AreaMatter) -> Iterator[Block]:
    """Yield what is paid and by what, with the days from which it holds."""
    law = matter.desk.law
    yield Heading(text=_("Kolik se platí a čím"), anchor="penize")
    for paying in (law.free, law.paid):
        yield Paragraph(
            text=_("{text} ({source}, stav k {day})").format(
                text=paying.text, source=paying.source, day=day(paying.as_of)
            )
        )
    for most in law.maxima:
        yield Paragraph(
            text=_("V pobytových službách {what} (od {day}; {source}).").format(
                what=most.what.format(amount=crowns(most.amount)),
                day=day(most.since),
                source=most.source,
            )
        )
    for rule in law.rules[:1]:
        yield Paragraph(
            text=_("V domovech: {text} ({source}, stav k {day})").format(
                text=rule.text[:1].lower() + rule.text[1:],
                source=rule.source,
                day=day(rule.as_of),
            )
        )
    yield Heading(text=_("Příspěvek na péči"), level=2)
    yield from allowance_blocks(allowance_table(law))


def sources_told(matter: AreaMatter) -> Iterator[Block]:
    """Yield every source of what the brochure holds, with its day and licence."""
    used = {one.provenance.source for one in (*matter.shown, *matter.offices)}
    used |= {place.source for place in matter.places}
    used |= {call.source for call in matter.catalog.vocabulary.calls}
    yield Heading(text=_("Odkud údaje jsou"), level=2, anchor="zdroje")
    yield Points(
        items=tuple(
            _("{title} – {publisher}, stav k {day}, licence: {licence}").format(
                title=one.title,
                publisher=one.publisher,
                day=day(one.as_of),
                licence=one.licence,
            )
            for one in sorted(matter.catalog.sources.values(), key=lambda it: it.id)
            if one.id in used
        )
    )
    about = matter.desk.law.about
    yield Paragraph(
        text=_(
            "Co druhy služeb dělají: {source}, stav k {day}. Co obvykle nedělají a jak se začíná: "
            "obvyklá praxe. Vzdálenosti jsou vzdušnou čarou k místu služby; sídlo poskytovatele se "
            "za místo služby nevydává a utajená adresa se neuvádí nikdy."
        ).format(source=about.source, day=day(about.as_of)),
        small=True,
    )
