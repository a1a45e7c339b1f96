"""Suggested places and scenarios as workbooks that a planner can filter, sum and print."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

import xlsxwriter

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapStatus
from referral.network.norms import Norm
from referral.network.sites import SitesReport, Standing
from referral.usecases.compare_scenarios import Comparison
from referral.web.gaps_presenter import norm_card
from referral.web.gaps_sentences import STATUSES, rule_name
from referral.web.sites_sentences import WHY, certainty, fewer, heading, result
from referral.web.translation import _
from referral.web.workbook import KM, PEOPLE, Cell, Column, Sheets

_SITES = (
    Column(heading=_("Pořadí"), width=8),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Pracovníků či míst"), width=11, number=PEOPLE),
    Column(heading=_("Službu získá lidí"), width=12, number=PEOPLE),
    Column(heading=_("V kolika obcích"), width=10, number=PEOPLE),
    Column(heading=_("Jistotu získá obcí"), width=11, number=PEOPLE),
    Column(heading=_("Z částečného splněno obcí"), width=13, number=PEOPLE),
    Column(heading=_("Stejně dobře by posloužila"), width=50),
    Column(heading=_("Cesta tam a zpět (km)"), width=12, number=KM),
)
_SERVED = (
    Column(heading=_("Pořadí místa"), width=8),
    Column(heading=_("Místo"), width=26),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Z toho obslouží"), width=11, number=PEOPLE),
    Column(heading=_("Dnes"), width=12),
)
_REMAINING = (
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Proč zůstává bez služby"), width=70),
)
STANDING = (
    Column(heading=_("Stav"), width=14),
    Column(heading=_("Obcí dnes"), width=12, number=PEOPLE),
    Column(heading=_("Obcí potom"), width=12, number=PEOPLE),
    Column(heading=_("Lidí dnes"), width=12, number=PEOPLE),
    Column(heading=_("Lidí potom"), width=12, number=PEOPLE),
)
_RULES = (
    Column(heading=_("Pravidlo"), width=12),
    Column(heading=_("Služba"), width=52),
    Column(heading=_("Obcí s mezerou dnes"), width=12, number=PEOPLE),
    Column(heading=_("Obcí s mezerou potom"), width=12, number=PEOPLE),
    Column(heading=_("Lidí v mezeře dnes"), width=12, number=PEOPLE),
    Column(heading=_("Lidí v mezeře potom"), width=12, number=PEOPLE),
    Column(heading=_("Neznámo obcí dnes"), width=12, number=PEOPLE),
    Column(heading=_("Neznámo obcí potom"), width=12, number=PEOPLE),
)
_TURNS = (
    Column(heading=_("Pravidlo"), width=12),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Dnes"), width=12),
    Column(heading=_("Potom"), width=12),
)


def sites_workbook(report: SitesReport, catalog: Catalog) -> bytes:
    """Return the workbook: the places, whom each serves, who stays without, before and after."""
    told = [*heading(report, catalog), result(report), fewer(report), certainty(report)]
    head = [(text, "") for text in told if text]

    def fill(sheets: Sheets) -> None:
        sheets.add(_("Místa"), _SITES, _site_rows(report, catalog), head)
        sheets.add(_("Komu poslouží"), _SERVED, _served_rows(report, catalog))
        sheets.add(_("Kdo zůstane bez služby"), _REMAINING, _remaining_rows(report, catalog))
        sheets.add(
            _("Dnes a potom"),
            STANDING,
            standing_rows(report.before, report.after),
            norm_head(report.norm),
        )

    return workbook(_("Kde by nová služba pomohla nejvíc"), report.area, report.as_of, fill)


def comparison_workbook(comparison: Comparison, catalog: Catalog) -> bytes:
    """Return the workbook: gaps by rule now and then, and every municipality that changes."""
    scenario = comparison.scenario
    head = [(_("Scénář"), scenario.name), (_("Území"), comparison.area)]
    head += [(_("Poznámka"), scenario.note)] if scenario.note else []

    def fill(sheets: Sheets) -> None:
        sheets.add(_("Pravidla"), _RULES, _rule_rows(comparison, catalog), head)
        sheets.add(_("Obce, které se změní"), _TURNS, _turn_rows(comparison, catalog))
        sheets.add(
            _("Norma"), _RULES[:2], _untouched(comparison, catalog), norm_head(comparison.norm)
        )

    return workbook(_("Scénář sítě služeb"), comparison.area, comparison.as_of, fill)


def norm_head(norm: Norm) -> list[tuple[str, str]]:
    """Say what a norm is and where its numbers come from."""
    card = norm_card(norm)
    return [
        (_("Norma"), f"{card.name} ({card.status})"),
        (card.status_note, ""),
        (_("Zdroj čísel"), f"{card.source} ({card.authority})"),
    ]


def workbook(title: str, area: str, as_of: date, fill: Callable[[Sheets], None]) -> bytes:
    """Return a workbook that ``fill`` has filled."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties(
        {
            "title": f"{title}: {area}",
            "author": _("Síť pomoci"),
            "created": datetime.combine(as_of, time(), UTC),
        }
    )
    fill(Sheets(book))
    book.close()
    return stream.getvalue()


def _site_rows(report: SitesReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    known = catalog.territory.municipality
    for position, site in enumerate(report.sites, start=1):
        yield (
            position,
            site.name,
            site.municipality,
            known(site.municipality).orp,
            site.units,
            site.gain_population,
            len(site.serves),
            len(site.assures),
            len(site.improves),
            ", ".join(known(code).name for code in site.equals),
            site.week_km,
        )


def _served_rows(report: SitesReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    known = catalog.territory.municipality
    for position, site in enumerate(report.sites, start=1):
        for one in site.serves:
            yield (
                position,
                site.name,
                one.name,
                one.code,
                known(one.code).orp,
                one.population,
                one.people,
                STATUSES[GapStatus.GAP],
            )
        others = ((site.improves, GapStatus.PARTIAL), (site.assures, GapStatus.UNKNOWN))
        for codes, status in others:
            for place in map(known, codes):
                yield (
                    position,
                    site.name,
                    place.name,
                    place.code,
                    place.orp,
                    place.population,
                    None,
                    STATUSES[status],
                )


def _remaining_rows(report: SitesReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    for one in report.remaining:
        orp = catalog.territory.municipality(one.code).orp
        yield one.code, one.name, orp, one.population, WHY[one.why]


def standing_rows(before: Standing, after: Standing) -> Iterable[Sequence[Cell]]:
    """Return a row for each status: municipalities and people now and then."""
    for status, name in STATUSES.items():
        yield (
            name,
            before.municipalities[status],
            after.municipalities[status],
            before.people[status],
            after.people[status],
        )


def _rule_rows(comparison: Comparison, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    rules = {rule.code: rule for rule in comparison.norm.rules}
    for now, then in zip(comparison.before, comparison.after, strict=True):
        yield (
            now.rule,
            rule_name(rules[now.rule], catalog.vocabulary),
            now.gap_municipalities,
            then.gap_municipalities,
            now.gap_population,
            then.gap_population,
            now.unknown_municipalities,
            then.unknown_municipalities,
        )


def _turn_rows(comparison: Comparison, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    for turn in comparison.turns:
        place = catalog.territory.municipality(turn.municipality)
        yield (
            turn.rule,
            place.name,
            place.code,
            place.orp,
            turn.population,
            STATUSES[turn.before],
            STATUSES[turn.after],
        )


def _untouched(comparison: Comparison, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    """Return the rules that the scenario does not touch."""
    for rule in comparison.norm.rules:
        if rule.code in comparison.untouched:
            yield rule.code, rule_name(rule, catalog.vocabulary)
