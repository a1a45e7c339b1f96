"""The gap report as a workbook that a planner can filter, sum and print."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from io import BytesIO

import xlsxwriter

from referral.catalog.snapshot import Catalog
from referral.network.evidence import EvidenceReport
from referral.network.gaps import GapReport, GapStatus, RuleResult, RuleSummary
from referral.network.norms import Rule
from referral.web.calls import NO_PHONE, call_list
from referral.web.equity_sentences import WHAT_IT_IS
from referral.web.evidence_document import add_evidence_sheets
from referral.web.gaps_packed import is_packed
from referral.web.gaps_presenter import gaps_view, norm_card
from referral.web.gaps_sentences import METRICS, STATUSES, demand, finding, rule_name
from referral.web.overview_sheet import overview_columns, overview_rows
from referral.web.presenters.labels import FORMS
from referral.web.translation import _
from referral.web.workbook import KM, PEOPLE, SHARE, Cell, Column, Sheets

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_PLACE_COLUMNS = (
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Okres"), width=18),
    Column(heading=_("Kraj"), width=18),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Pravidlo"), width=10),
    Column(heading=_("Služba"), width=44),
    Column(heading=_("Stav"), width=11),
    Column(heading=_("Nejisté"), width=9),
    Column(heading=_("Nejbližší (km po silnici)"), width=14, number=KM),
    Column(heading=_("Mez"), width=8, number="General"),
    Column(heading=_("Jednotka"), width=10),
    Column(heading=_("Z čeho to plyne"), width=60),
)
_SUMMARY_COLUMNS = (
    Column(heading=_("Pravidlo"), width=12),
    Column(heading=_("Služba"), width=52),
    Column(heading=_("Co norma žádá"), width=58),
    Column(heading=_("Obcí"), width=9, number=PEOPLE),
    Column(heading=_("Splněno"), width=10, number=PEOPLE),
    Column(heading=_("Částečně"), width=10, number=PEOPLE),
    Column(heading=_("Mezera"), width=10, number=PEOPLE),
    Column(heading=_("Neznámo"), width=10, number=PEOPLE),
    Column(heading=_("Nejisté"), width=10, number=PEOPLE),
    Column(heading=_("Obyvatel v mezeře"), width=13, number=PEOPLE),
    Column(heading=_("Obyvatel v neznámém"), width=13, number=PEOPLE),
)
_RULE_COLUMNS = (
    Column(heading=_("Pravidlo"), width=12),
    Column(heading=_("Služba"), width=52),
    Column(heading=_("Forma"), width=12),
    Column(heading=_("Potřeba"), width=30),
    Column(heading=_("Co se měří"), width=42),
    Column(heading=_("Splněno"), width=10),
    Column(heading=_("Částečně"), width=10),
    Column(heading=_("Jednotka"), width=10),
    Column(heading=_("Proč tolik"), width=70),
    Column(heading=_("Zdroj čísla"), width=44),
)


_CALL_COLUMNS = (
    Column(heading=_("Pořadí"), width=7),
    Column(heading=_("Služba"), width=40),
    Column(heading=_("Poskytovatel"), width=34),
    Column(heading=_("Telefon"), width=16),
    Column(heading=_("E-mail"), width=26),
    Column(heading=_("Na co se zeptat"), width=56),
    Column(heading=_("Kolika lidem se může změnit stav"), width=14, number=PEOPLE),
    Column(heading=_("V kolika obcích"), width=10, number=PEOPLE),
    Column(heading=_("Pravidla"), width=16),
    Column(heading=_("Služby podle pravidel"), width=44),
    Column(heading=_("Číslo záznamu"), width=14),
)
_EQUITY_COLUMNS = (
    Column(heading=_("Pravidlo"), width=12),
    Column(heading=_("Služba"), width=52),
    Column(heading=_("Giniho index (neznámé = 0)"), width=14, number=SHARE),
    Column(heading=_("Giniho index (neznámé = medián)"), width=14, number=SHARE),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Z toho známe počty"), width=12, number=PEOPLE),
    Column(heading=_("Z toho úplné údaje"), width=12, number=PEOPLE),
)
_LORENZ_COLUMNS = (
    Column(heading=_("Pravidlo"), width=12),
    Column(heading=_("Neznámá kapacita"), width=18),
    Column(heading=_("Podíl lidí"), width=12, number=SHARE),
    Column(heading=_("Podíl kapacity"), width=12, number=SHARE),
)


def gaps_workbook(
    report: GapReport, catalog: Catalog, evidence: EvidenceReport | None = None
) -> bytes:
    """Return the workbook: summary, gaps, unknowns, whom to ask first, results, the norm.

    With capacity rules there is a sheet on how evenly people can reach what these measure, and one
    with the points of its curves; with evidence the sheets of what is known beside the norm.

    All results stand line by line; for a whole country they would be hundreds of thousands of
    lines, so there they are one row for each municipality with a column for each rule.

    Texts are written as texts whatever they begin with, so none becomes a formula.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties(
        {
            "title": f"{_('Mezery v síti služeb')}: {report.area}",
            "subject": report.norm.name,
            "author": _("Síť pomoci"),
            "comments": norm_card(report.norm).status_note,
            "created": datetime.combine(report.as_of, time(), UTC),
        }
    )
    sheets = Sheets(book)
    sheets.add(_("Souhrn"), _SUMMARY_COLUMNS, _summary_rows(report, catalog), _head(report))
    sheets.add(_("Mezery"), _PLACE_COLUMNS, _result_rows(report, catalog, GapStatus.GAP))
    unknown = _result_rows(report, catalog, GapStatus.UNKNOWN)
    sheets.add(_("Neznámé"), _PLACE_COLUMNS, unknown, _unknown_head(report))
    sheets.add(_("Co ověřit nejdřív"), _CALL_COLUMNS, _call_rows(report, catalog), _call_head())
    if is_packed(report):
        rows = overview_rows(report, catalog)
        sheets.add(_("Obce a pravidla"), overview_columns(report), rows)
    else:
        sheets.add(_("Všechny výsledky"), _PLACE_COLUMNS, _result_rows(report, catalog, None))
    if report.equity:
        head = [(WHAT_IT_IS, "")]
        sheets.add(_("Nerovnost"), _EQUITY_COLUMNS, _equity_rows(report, catalog), head)
        sheets.add(_("Lorenzovy křivky"), _LORENZ_COLUMNS, _lorenz_rows(report))
    if evidence is not None:
        add_evidence_sheets(sheets, evidence, report, catalog)
    sheets.add(
        _("Norma a zdroje"),
        _RULE_COLUMNS,
        (_rule_cells(rule, catalog) for rule in report.norm.rules),
        _sources_head(report, catalog),
    )
    book.close()
    return stream.getvalue()


def _unknown_head(report: GapReport) -> list[tuple[str, str]]:
    if not report.verify_first:
        return []
    return [(_("Komu zavolat nejdřív, je na listu „Co ověřit nejdřív“."), "")]


def _call_head() -> list[tuple[str, str]]:
    return [
        (_("Komu zavolat nejdřív: služby, jejichž odpověď by změnila stav nejvíc lidem."), ""),
        (_("Počítá se, co by změnila odpověď té služby sama, kdyby obcím sloužila."), ""),
    ]


def _call_rows(report: GapReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    for one in call_list(report, catalog):
        yield (
            one.position,
            one.name,
            one.provider,
            one.phone or NO_PHONE,
            one.email,
            one.question,
            one.people,
            one.municipality_count,
            ", ".join(one.rules),
            "; ".join(one.rule_names),
            one.service_id,
        )


def _equity_rows(report: GapReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    rules = {rule.code: rule for rule in report.norm.rules}
    for one in report.equity:
        yield (
            one.rule,
            rule_name(rules[one.rule], catalog.vocabulary),
            one.gini_if_zero,
            one.gini_if_median,
            one.people,
            one.known_people,
            one.sure_people,
        )


def _lorenz_rows(report: GapReport) -> Iterable[Sequence[Cell]]:
    for one in report.equity:
        curves = (
            (_("jako nula"), one.lorenz_if_zero),
            (_("jako medián druhu"), one.lorenz_if_median),
        )
        for name, curve in curves:
            yield from ((one.rule, name, share, has) for share, has in curve)


def _head(report: GapReport) -> list[tuple[str, str]]:
    norm = norm_card(report.norm)
    return [
        (_("Mezery v síti služeb"), report.area),
        (norm.status_note, ""),
        (_("Norma"), f"{norm.name} ({norm.status})"),
        (_("Zdroj čísel"), f"{norm.source} ({norm.authority})"),
        (_("Stav údajů k"), report.as_of.isoformat()),
    ]


def _sources_head(report: GapReport, catalog: Catalog) -> list[tuple[str, str]]:
    view = gaps_view(report, catalog)
    norm = view.norm
    told = [
        (_("Norma"), f"{norm.name} ({norm.status})"),
        (norm.status_note, ""),
        (_("Zdroj čísel"), norm.source),
        (_("Kdo za ní stojí"), norm.authority),
        (_("Území"), norm.territory),
        (_("Platí od"), report.norm.valid_from.isoformat()),
    ]
    told += [(_("Poznámka"), text) for text in (norm.note, *norm.assumptions, view.horizon) if text]
    return told + [(_("Zdroj údajů"), source) for source in view.sources]


def _summary_rows(report: GapReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    rules = {rule.code: rule for rule in report.norm.rules}
    for summary in report.summary:
        yield _summary_cells(summary, rules[summary.rule], catalog)


def _summary_cells(summary: RuleSummary, rule: Rule, catalog: Catalog) -> Sequence[Cell]:
    return (
        rule.code,
        rule_name(rule, catalog.vocabulary),
        demand(rule),
        summary.municipalities,
        summary.met_municipalities,
        summary.partial_municipalities,
        summary.gap_municipalities,
        summary.unknown_municipalities,
        summary.uncertain_municipalities,
        summary.gap_population,
        summary.unknown_population,
    )


def _result_rows(
    report: GapReport, catalog: Catalog, status: GapStatus | None
) -> Iterable[Sequence[Cell]]:
    rules = {rule.code: rule for rule in report.norm.rules}
    for result in report.results:
        if status is None or result.status is status:
            yield _result_cells(result, rules[result.rule], catalog)


def _result_cells(result: RuleResult, rule: Rule, catalog: Catalog) -> Sequence[Cell]:
    place = catalog.territory.municipality(result.municipality)
    return (
        place.code,
        place.name,
        place.orp,
        place.district,
        place.region,
        result.population,
        rule.code,
        catalog.vocabulary.service_type(rule.type).name,
        STATUSES[result.status],
        _("ano") if result.uncertain else "",
        result.nearest_km,
        result.threshold,
        rule.unit,
        finding(result, rule),
    )


def _rule_cells(rule: Rule, catalog: Catalog) -> Sequence[Cell]:
    return (
        rule.code,
        rule_name(rule, catalog.vocabulary),
        "" if rule.form is None else FORMS[rule.form],
        catalog.vocabulary.need(rule.need).name,
        METRICS[rule.metric],
        rule.threshold,
        rule.partial,
        rule.unit,
        rule.why,
        rule.source,
    )
