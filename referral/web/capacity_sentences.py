"""What added capacity says in Czech, and the whole answer as text for a terminal."""

from collections.abc import Iterator, Mapping

from referral.catalog.snapshot import Catalog
from referral.network.capacity_plan import AddedCapacity, CapacityReport, Short
from referral.network.gaps import GapStatus
from referral.web.czech import capitalised, day, number, plural
from referral.web.gaps_presenter import norm_card
from referral.web.gaps_sentences import (
    STATUSES,
    demand,
    grouped,
    in_municipalities,
    municipalities,
    people,
    rule_name,
)
from referral.web.presenters.labels import FORMS, unit_amount, unit_count
from referral.web.sites_sentences import serves
from referral.web.sites_text import wrapped
from referral.web.translation import _

SHORT: Mapping[Short, str] = {
    Short.REACH: _("nedosáhne na ně žádné místo, kam lze kapacitu přidat"),
    Short.UNITS: _("samy by potřebovaly víc, než je k\u00a0rozdání"),
    Short.COUNT: _("jinde tatáž kapacita pomůže více lidem"),
}
_MANY = 12
_ORDER = (GapStatus.GAP, GapStatus.PARTIAL, GapStatus.UNKNOWN, GapStatus.MET)


def heading(report: CapacityReport, catalog: Catalog) -> tuple[str, ...]:
    """Say for what, where, under which norm and how much capacity is to be added."""
    norm = norm_card(report.norm)
    return (
        _("{area}, vypočteno {day}").format(area=capitalised(report.area), day=day(report.as_of)),
        f"{rule_name(report.rule, catalog.vocabulary)} – {demand(report.rule)}",
        f"{_('Norma')}: {norm.name} – {norm.status.upper()}. {norm.status_note}",
        sought(report),
    )


def sought(report: CapacityReport) -> str:
    """Say how much is to be added and where it may be."""
    where = _("ke stávajícím službám nebo novým") if report.wish.new else _("ke stávajícím službám")
    told = _("Přidat nejvýš {units} {where}").format(
        units=unit_count(report.rule.unit, report.wish.units), where=where
    )
    if report.wish.most is not None:
        told += _(", jedné službě nejvýš {most}").format(most=grouped(report.wish.most))
    return f"{told}."


def result(report: CapacityReport) -> str:
    """Say in one or two sentences whom the added capacity lifts over the threshold."""
    if not report.value:
        return " ".join(filter(None, (_nothing(report), to_verify(report))))
    lifted = {one.code for added in report.added for one in added.serves}
    told = _("{units} stačí, aby mez {reached} {people} {where}.").format(
        units=capitalised(unit_count(report.rule.unit, report.used)),
        reached=plural(report.value, _("splnil"), _("splnili"), _("splnilo")),
        people=people(report.value),
        where=in_municipalities(len(lifted)),
    )
    return " ".join(filter(None, (told, to_verify(report))))


def _nothing(report: CapacityReport) -> str:
    if not report.remaining:
        return _("Pod mezí tu s\u00a0jistotou nikdo není, není tedy co přidávat.")
    return _("Přidaná kapacita by přes mez nepomohla nikomu.")


def to_verify(report: CapacityReport) -> str:
    """Send the planner to verify capacities that nobody knows; empty where there are none."""
    unknown = report.before.municipalities[GapStatus.UNKNOWN]
    if not unknown or not report.unknown_services:
        return ""
    count = report.unknown_services
    return _(
        "U\u00a0{n} {services} kapacitu nikdo neuvádí, proto je výsledek neznámý {where} "
        "({people}): napřed ji ověřte."
    ).format(
        n=grouped(count),
        services=plural(count, _("služby"), _("služeb"), _("služeb")),
        where=in_municipalities(unknown),
        people=people(report.before.people[GapStatus.UNKNOWN]),
    )


def certainty(report: CapacityReport) -> str:
    """Say how the places were found and how much better others could be."""
    best = _("lepší rozdělení není")
    if not report.optimal:
        best = _("nic lepšího než o\u00a0{people} víc nalézt nelze").format(
            people=people(report.bound - report.value)
        )
    if report.stopped:
        return _(
            "Hledali jsme přesně, ale čas ({seconds} s) nestačil: {best}. Víc času dá --seconds."
        ).format(seconds=number(report.wish.seconds), best=best)
    if report.wish.exact:
        return _("Nalezeno přesným výpočtem: {best}.").format(best=best)
    return _("Nalezeno rychlým výběrem: {best}. Přesný výpočet dá --exact.").format(best=best)


def what(report: CapacityReport, one: AddedCapacity) -> str:
    """Say what is added: ``Domov U Lesa: +12 lůžek (z 30 lůžek na 42 lůžek)``."""
    unit = report.rule.unit
    more = f"+{unit_count(unit, one.units)}"
    if one.service is None:
        form = "" if one.form is None else f"{FORMS[one.form]} "
        return _("{place}: nová {form}služba, {more}").format(place=one.name, form=form, more=more)
    return _("{name}: {more} (z\u00a0{before} na {after})").format(
        name=one.name,
        more=more,
        before=unit_amount(unit, one.before),
        after=unit_amount(unit, one.after),
    )


def whom(one: AddedCapacity) -> Iterator[str]:
    """Say whom the added capacity lifts, with whom it helps and how many can reach more."""
    if one.serves:
        yield f"{_('Přes mez dostane')} {people(one.gain_population)}: {serves(one.serves)}."
    if one.also:
        yield _("Pomůže přes mez i\u00a0tam, kde přidává víc jiná služba: {where}.").format(
            where=municipalities(len(one.also))
        )
    yield _("Na víc kapacity dosáhne {people} {where}.").format(
        people=people(one.eases_people), where=in_municipalities(one.eases_municipalities)
    )


def left_over(report: CapacityReport) -> Iterator[str]:
    """Say who stays below the threshold, reason by reason."""
    for why, text in SHORT.items():
        those = [one for one in report.remaining if one.why is why]
        if not those:
            continue
        names = ", ".join(
            f"{one.name} ({grouped(one.population)}"
            + ("" if one.needs is None else _(", chybí {n}").format(n=grouped(one.needs)))
            + ")"
            for one in those[:_MANY]
        )
        more = len(those) - _MANY
        tail = _(" a\u00a0dalších {n}").format(n=more) if more > 0 else ""
        total = people(sum(one.population for one in those))
        yield f"{total} – {text}: {names}{tail}."


def capacity_text(report: CapacityReport, catalog: Catalog) -> str:
    """Write where to add, the present beside what would be, and who stays below the threshold."""
    lines = [*heading(report, catalog), "", result(report)]
    if report.value:
        lines += ["", *_standings(report)]
    for position, one in enumerate(report.added, start=1):
        lines += ["", f"{position:>2}. {what(report, one)}", *(f"    {line}" for line in whom(one))]
    if report.remaining:
        lines += ["", _("Kdo zůstane pod mezí:"), *(f"  {line}" for line in left_over(report))]
    if report.remaining or report.value:
        lines += ["", certainty(report)]
    return "\n".join(map(wrapped, lines))


def _standings(report: CapacityReport) -> Iterator[str]:
    for name, standing in ((_("dnes"), report.before), (_("s\u00a0návrhem"), report.after)):
        cells = "; ".join(
            f"{STATUSES[one]} {municipalities(standing.municipalities[one])}, "
            f"{people(standing.people[one])}"
            for one in _ORDER
        )
        yield f"{name}: {cells}"
