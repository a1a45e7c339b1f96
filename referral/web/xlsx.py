"""The gap report as a workbook that a planner can filter, sum and print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapReport, GapStatus, RuleResult, RuleSummary
from referral.network.norms import Rule
from referral.web.gaps_presenter import gaps_view, norm_card
from referral.web.gaps_sentences import METRICS, STATUSES, demand, finding, rule_name
from referral.web.presenters.labels import FORMS
from referral.web.translation import _

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell: TypeAlias = str | int | float | None

_FROZEN_AT_MOST = 8
"""Rows; more frozen ones would leave no room to scroll on a small screen."""

_LONGEST_TEXT = 32_767
"""Characters that one cell can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column: its heading, its width in characters and the format of its numbers."""

    heading: str
    width: int
    number: str = "General"


_PEOPLE = "#,##0"
_KM = "0.0"
_PLACE_COLUMNS = (
    _Column(heading=_("Kód obce"), width=10),
    _Column(heading=_("Obec"), width=26),
    _Column(heading=_("ORP"), width=20),
    _Column(heading=_("Okres"), width=18),
    _Column(heading=_("Kraj"), width=18),
    _Column(heading=_("Obyvatel"), width=11, number=_PEOPLE),
    _Column(heading=_("Pravidlo"), width=10),
    _Column(heading=_("Služba"), width=44),
    _Column(heading=_("Stav"), width=11),
    _Column(heading=_("Nejisté"), width=9),
    _Column(heading=_("Nejbližší (km po silnici)"), width=14, number=_KM),
    _Column(heading=_("Mez"), width=8, number="General"),
    _Column(heading=_("Jednotka"), width=10),
    _Column(heading=_("Z čeho to plyne"), width=60),
)
_SUMMARY_COLUMNS = (
    _Column(heading=_("Pravidlo"), width=12),
    _Column(heading=_("Služba"), width=52),
    _Column(heading=_("Co norma žádá"), width=58),
    _Column(heading=_("Obcí"), width=9, number=_PEOPLE),
    _Column(heading=_("Splněno"), width=10, number=_PEOPLE),
    _Column(heading=_("Částečně"), width=10, number=_PEOPLE),
    _Column(heading=_("Mezera"), width=10, number=_PEOPLE),
    _Column(heading=_("Neznámo"), width=10, number=_PEOPLE),
    _Column(heading=_("Nejisté"), width=10, number=_PEOPLE),
    _Column(heading=_("Obyvatel v mezeře"), width=13, number=_PEOPLE),
    _Column(heading=_("Obyvatel v neznámém"), width=13, number=_PEOPLE),
)
_RULE_COLUMNS = (
    _Column(heading=_("Pravidlo"), width=12),
    _Column(heading=_("Služba"), width=52),
    _Column(heading=_("Forma"), width=12),
    _Column(heading=_("Potřeba"), width=30),
    _Column(heading=_("Co se měří"), width=42),
    _Column(heading=_("Splněno"), width=10),
    _Column(heading=_("Částečně"), width=10),
    _Column(heading=_("Jednotka"), width=10),
    _Column(heading=_("Proč tolik"), width=70),
    _Column(heading=_("Zdroj čísla"), width=44),
)


def gaps_workbook(report: GapReport, catalog: Catalog) -> bytes:
    """Return the workbook: summary, gaps, unknowns, all results, the norm with its sources.

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
    sheets = _Sheets(book)
    sheets.add(_("Souhrn"), _SUMMARY_COLUMNS, _summary_rows(report, catalog), _head(report))
    for name, status in (
        (_("Mezery"), GapStatus.GAP),
        (_("Neznámé"), GapStatus.UNKNOWN),
        (_("Všechny výsledky"), None),
    ):
        sheets.add(name, _PLACE_COLUMNS, _result_rows(report, catalog, status))
    sheets.add(
        _("Norma a zdroje"),
        _RULE_COLUMNS,
        (_rule_cells(rule, catalog) for rule in report.norm.rules),
        _sources_head(report, catalog),
    )
    book.close()
    return stream.getvalue()


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


class _Sheets:
    """Writes sheets of one look: lines about the sheet, then a table with a frozen heading."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._formats: dict[str, Format] = {}
        self._heading = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#E7EDF3",
                "bottom": 1,
            }
        )
        self._label = book.add_format({"bold": True})

    def add(
        self,
        name: str,
        columns: Sequence[_Column],
        rows: Iterable[Sequence[Cell]],
        head: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Add a sheet; what ``head`` says stands above the table, one line each."""
        sheet = self._book.add_worksheet(name)
        for line, (label, text) in enumerate(head):
            _write(sheet, line, 0, label, self._label)
            _write(sheet, line, 1, text, None)
        top = len(head) + 1 if head else 0
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width)
            _write(sheet, top, position, column.heading, self._heading)
        formats = [self._format(column.number) for column in columns]
        last = top
        for last, cells in enumerate(rows, start=top + 1):
            for position, value in enumerate(cells):
                _write(sheet, last, position, value, formats[position])
        if top <= _FROZEN_AT_MOST:
            sheet.freeze_panes(top + 1, 2)
        sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)

    def _format(self, number: str) -> Format:
        if number not in self._formats:
            self._formats[number] = self._book.add_format({"num_format": number, "valign": "top"})
        return self._formats[number]


def _write(sheet: Worksheet, row: int, column: int, value: Cell, look: Format | None) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value[:_LONGEST_TEXT], look)
    elif value is not None:
        sheet.write_number(row, column, value, look)
