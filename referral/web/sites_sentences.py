"""What suggested places say in Czech: what was sought, what is found, what stays and why."""

from collections.abc import Iterable, Mapping, Sequence

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.network.gaps import GapStatus
from referral.network.means import Means
from referral.network.placement import GREEDY_SHARE
from referral.network.sites import Served, SitesReport, Standing, SuggestedSite, Why
from referral.web.czech import NBSP, capitalised, day, number, plural
from referral.web.gaps_presenter import norm_card
from referral.web.gaps_sentences import (
    demand,
    grouped,
    in_municipalities,
    municipalities,
    people,
    road_km,
    rule_name,
)
from referral.web.translation import _

WHY: Mapping[Why, str] = {
    Why.COUNT: _("jinde by pomoc přišla k\u00a0více lidem; stačilo by přidat další"),
    Why.REACH: _("nedosáhne na ně žádné místo, ze kterého se vybíralo"),
    Why.CAPACITY: _("kdo na ně dosáhne, už nemá volnou kapacitu"),
    Why.BUDGET: _("cesta na ně by překročila kilometry na týden"),
    Why.UNCOUNTED: _("neznáme jejich počet obyvatel"),
}
_NOUNS: Mapping[Means, tuple[str, str, str]] = {
    Means.SITE: (_("nové místo"), _("nová místa"), _("nových míst")),
    Means.WORKER: (_("nový pracovník"), _("noví pracovníci"), _("nových pracovníků")),
    Means.DAYS: (_("poradenský den"), _("poradenské dny"), _("poradenských dnů")),
}
_UNITS: Mapping[Means, tuple[str, str, str]] = {
    Means.SITE: (_("místo"), _("místa"), _("míst")),
    Means.WORKER: (_("pracovník"), _("pracovníci"), _("pracovníků")),
    Means.DAYS: (_("den"), _("dny"), _("dnů")),
}
_MEANS: Mapping[tuple[Means, Form], str] = {
    (Means.SITE, Form.AMBULATORY): _("nové ambulantní místo"),
    (Means.SITE, Form.RESIDENTIAL): _("nové pobytové zařízení"),
    (Means.WORKER, Form.FIELD): _("nový terénní pracovník"),
    (Means.DAYS, Form.AMBULATORY): _("poradenský den jednou týdně"),
}
_MANY = 12
_FEW_EQUALS = 8


def how_many(report: SitesReport, count: int) -> str:
    """Say how many places, workers or days: ``3 nová místa``."""
    return f"{grouped(count)}{NBSP}{plural(count, *_NOUNS[report.means])}"


def units_of(report: SitesReport, count: int) -> str:
    """Say how many stand in one place: ``3 pracovníci``."""
    return f"{grouped(count)}{NBSP}{plural(count, *_UNITS[report.means])}"


def sought(report: SitesReport, catalog: Catalog) -> str:
    """Say what is to be built, how far it reaches and how many people it can serve."""
    parts = [_MEANS[report.means, report.form]]
    if report.spread.whole_orp:
        parts.append(_("obslouží obce ORP, ve kterém sídlí"))
    elif report.spread.minutes is not None:
        parts.append(
            _("dosáhne do\u00a0{n}\u00a0minut jízdy").format(n=number(report.spread.minutes))
        )
    elif report.spread.road_km is None:
        parts.append(_("pomáhá na dálku, tedy kdekoli"))
    else:
        parts.append(_("dosáhne do\u00a0{km} po silnici").format(km=road_km(report.spread.road_km)))
    if report.capacity is not None:
        parts.append(_("postačí nejvýš pro {people}").format(people=people(round(report.capacity))))
    if report.week_km is not None and report.base is not None:
        parts.append(
            _("vyjíždí se z\u00a0obce {base} a\u00a0týdně se smí najezdit {km}").format(
                base=catalog.territory.municipality(report.base).name, km=road_km(report.week_km)
            )
        )
    return f"{capitalised('; '.join(parts))}."


def result(report: SitesReport) -> str:
    """Say in one or two sentences what the places would change."""
    before, after = report.before, report.after
    if not before.municipalities[GapStatus.GAP]:
        none = _("Podle tohoto pravidla tu mezera není, není tedy co navrhovat.")
        return " ".join(filter(None, (none, _to_verify(before))))
    if not report.sites:
        return _("Žádné z\u00a0míst, ze kterých se vybíralo, by mezeru nezmenšilo.")
    helped = sum(site.gain_population for site in report.sites)
    served = len({one.code for site in report.sites for one in site.serves})
    left = after.municipalities[GapStatus.GAP]
    gain = _("{sites}: službu {get} {people} {where}.").format(
        sites=capitalised(how_many(report, sum(site.units for site in report.sites))),
        get=plural(helped, _("získá"), _("získají"), _("získá")),
        people=people(helped),
        where=in_municipalities(served),
    )
    rest = _("Žádná mezera nezůstane.")
    if left:
        count = after.people[GapStatus.GAP]
        rest = _("Bez ní {stay} {people} {where}.").format(
            stay=plural(count, _("zůstane"), _("zůstanou"), _("zůstane")),
            people=people(count),
            where=in_municipalities(left),
        )
    return " ".join(filter(None, (gain, _partly(report), rest)))


def _to_verify(standing: Standing) -> str:
    """Send the planner to verify what nobody knows before anything is built."""
    unknown = standing.municipalities[GapStatus.UNKNOWN]
    if not unknown:
        return ""
    return _(
        "Neznámo je to {where} ({people}): napřed ověřte, kam služby v\u00a0okolí jezdí."
    ).format(where=in_municipalities(unknown), people=people(standing.people[GapStatus.UNKNOWN]))


def _partly(report: SitesReport) -> str:
    """Say for whom a gap only becomes smaller; empty when for nobody."""
    turned = report.eased
    if not turned.municipalities:
        return ""
    return _("{people} {where} ji {have} aspoň v\u00a0mezi pro částečné splnění.").format(
        people=people(turned.people),
        where=in_municipalities(turned.municipalities),
        have=plural(turned.people, _("bude mít"), _("budou mít"), _("bude mít")),
    )


def fewer(report: SitesReport) -> str:
    """Say that fewer places than asked for make any difference; empty when all do."""
    placed = sum(site.units for site in report.sites)
    if placed >= report.wish.count or not report.before.municipalities[GapStatus.GAP]:
        return ""
    if not report.after.municipalities[GapStatus.GAP]:
        return _("Žádali jste {count}, víc jich už není třeba.").format(
            count=grouped(report.wish.count)
        )
    if report.means is Means.DAYS:
        return _(
            "Žádali jste {count}, ale do kilometrů na týden se už žádné další místo, které by "
            "někomu pomohlo, nevejde."
        ).format(count=grouped(report.wish.count))
    return _("Žádali jste {count}, ale víc jich už nikomu dalšímu nepomůže.").format(
        count=grouped(report.wish.count)
    )


def certainty(report: SitesReport) -> str:
    """Say how the places were found and how much better others could be."""
    rest = report.bound - report.value
    best = _("lepší výběr není")
    if not report.optimal:
        best = _("nic lepšího než o\u00a0{people} víc nalézt nelze").format(people=people(rest))
    if report.stopped:
        return _(
            "Hledali jsme přesně, ale čas ({seconds} s) nestačil: {best}. Víc času dá --seconds."
        ).format(seconds=number(report.wish.seconds), best=best)
    if report.wish.exact:
        return _("Nalezeno přesným výpočtem: {best}.").format(best=best)
    if report.capacity is None and report.week_km is None:
        return _(
            "Nalezeno rychlým výběrem s\u00a0výměnami: {best} (rychlý výběr sám vždy dá aspoň "
            "{share}\u00a0% nejlepšího). Přesný výpočet dá --exact."
        ).format(best=best, share=number(GREEDY_SHARE * 100))
    return _("Nalezeno rychlým výběrem: {best}. Přesný výpočet dá --exact.").format(best=best)


def serves(served: Sequence[Served]) -> str:
    """List municipalities with their people: ``Vejprty (2 310), Kryštofovy Hamry (112 ze 300)``."""
    return ", ".join(_served(one) for one in served)


def _served(one: Served) -> str:
    if one.population is None:
        return _("{name} (obyvatel neznáme)").format(name=one.name)
    if one.people != one.population:
        return _("{name} ({part} z\u00a0{whole}, zbytek jiný pracovník)").format(
            name=one.name, part=grouped(one.people), whole=grouped(one.population)
        )
    return f"{one.name} ({grouped(one.population)})"


def besides(site: SuggestedSite, catalog: Catalog) -> tuple[str, ...]:
    """Say what a place does beyond the gaps, and which others would do as well."""
    lines = []
    if site.assures:
        lines.append(_("Jistotu místo „neznámo“ by získalo: {who}."))
        lines[-1] = lines[-1].format(who=_told(site.assures, catalog))
    if site.improves:
        lines.append(_("Z\u00a0„částečně“ na „splněno“: {who}."))
        lines[-1] = lines[-1].format(who=_told(site.improves, catalog))
    if site.also:
        names = _names(site.also, catalog)
        lines.append(_("Dosáhne i\u00a0na obce započtené výš: {names}.").format(names=names))
    if site.equals:
        names = _names(site.equals, catalog, at_most=_FEW_EQUALS)
        lines.append(_("Stejně dobře by posloužila: {names}.").format(names=names))
    return tuple(lines)


def _told(codes: Sequence[str], catalog: Catalog) -> str:
    known = [catalog.territory.municipality(code) for code in codes]
    total = people(sum(one.population or 0 for one in known))
    return f"{municipalities(len(codes))}, {total} ({_names(codes, catalog)})"


def _names(codes: Iterable[str], catalog: Catalog, *, at_most: int = _MANY) -> str:
    names = [catalog.territory.municipality(code).name for code in codes]
    if len(names) <= at_most + 1:
        return ", ".join(names)
    return _("{names} a\u00a0dalších {more}").format(
        names=", ".join(names[:at_most]), more=len(names) - at_most
    )


def left_over(report: SitesReport) -> tuple[str, ...]:
    """Say who stays without, reason by reason, and how many places would be enough for all."""
    lines = []
    for why, text in WHY.items():
        those = [one for one in report.remaining if one.why is why]
        if those:
            names = ", ".join(
                one.name if one.population is None else f"{one.name} ({grouped(one.population)})"
                for one in those[:_MANY]
            )
            more = len(those) - _MANY
            tail = _(" a\u00a0dalších {n}").format(n=more) if more > 0 else ""
            total = people(sum(one.population or 0 for one in those))
            lines.append(f"{municipalities(len(those))}, {total} – {text}: {names}{tail}.")
    if report.enough is not None and report.enough > len(report.sites):
        lines.append(
            _("Na všechny mezery, na které lze dosáhnout, postačí {sites}.").format(
                sites=how_many(report, report.enough)
            )
        )
    if report.uncounted:
        lines.append(
            _("Počet obyvatel neznáme: {n}; při výběru nic neváží.").format(
                n=municipalities(report.uncounted)
            )
        )
    return tuple(lines)


def heading(report: SitesReport, catalog: Catalog) -> tuple[str, ...]:
    """Say for what, where, under which norm and with what places are sought."""
    norm = norm_card(report.norm)
    return (
        _("{area}, vypočteno {day}").format(area=capitalised(report.area), day=day(report.as_of)),
        f"{rule_name(report.rule, catalog.vocabulary)} – {demand(report.rule)}",
        f"{_('Norma')}: {norm.name} – {norm.status.upper()}. {norm.status_note}",
        sought(report, catalog),
    )
