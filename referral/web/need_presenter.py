"""Where the need is large and the network thin: nine classes as a map, a square and a table. Pure.

Thinness comes from the gap report, need from the number of people or from evidence; which cell a
place belongs to is decided in ``need_crossing``, here it is shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.network.evidence import EvidenceReport
from referral.network.gaps import GapReport
from referral.network.norms import Rule
from referral.web.czech import day
from referral.web.gaps_presenter import UNKNOWN_NUMBER, LegendItem, PlaceRow, area_title, norm_card
from referral.web.gaps_presenter import sources as sources_of
from referral.web.gaps_sentences import STATUSES, grouped, rule_name
from referral.web.need_crossing import Cell, layer_of, orp_cells, place_cells
from referral.web.need_sentences import (
    GAPS,
    NEED_LABELS,
    NEEDS,
    STATUS_OF,
    UNKNOWN_KEY,
    NeedKind,
    empty,
    evidence_source,
    gap_words,
    lead,
    need_words,
    notes,
)
from referral.web.pictures import Axes, Picture
from referral.web.sites_presenter import place_row
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """Everything that the page about need and gap says."""

    area: str
    name: str
    need: str
    lead: str
    worst: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    empty: str
    picture: Picture


def need_view(
    report: GapReport,
    evidence: EvidenceReport | None,
    catalog: Catalog,
    *,
    rule: Rule | None,
    kind: NeedKind,
    by_orp: bool,
) -> NeedView:
    """Present need and gap under one rule, or under all (None), by municipality or by ORP.

    ``evidence`` is needed for the kinds that stand on it.
    """
    layer = layer_of(report, evidence, catalog, kind)
    if by_orp:
        limits, cells, thin_limits = orp_cells(report, layer, catalog, rule, kind)
    else:
        limits, cells, thin_limits = place_cells(report, layer, rule, kind)
    name = _("Všechna pravidla") if rule is None else rule_name(rule, catalog.vocabulary)
    area = area_title(report, catalog.territory)
    columns = need_words(limits, kind)
    levels = gap_words(thin_limits, rule, by_orp=by_orp)
    rows = tuple(
        sorted(
            (_row(key, cell, report, catalog, rule, by_orp=by_orp) for key, cell in cells),
            key=lambda row: (-row.rank, -row.people, row.code),
        )
    )
    told_lead, worst = lead(rows, by_orp=by_orp)
    told_notes = notes(layer, kind, rule, by_orp=by_orp)
    told = (*sources_of(report, catalog), *evidence_source(layer, kind, catalog))
    norm = norm_card(report.norm)
    gaps = GAPS if rule is None or by_orp else tuple(STATUSES[one] for one in STATUS_OF)
    legend = _legend(rows, gaps)
    return NeedView(
        area=area,
        name=name,
        need=NEED_LABELS[kind],
        lead=told_lead,
        worst=worst,
        notes=told_notes,
        sources=told,
        empty=empty(kind) if limits is None else "",
        picture=Picture(
            name=name,
            caption=_("Potřeba a\u00a0mezera: {rule} – {area}").format(rule=name, area=area),
            lead=told_lead,
            rows=rows,
            legend=legend,
            municipalities=report.municipalities,
            by_orp=by_orp,
            axes=_axes(legend, columns, levels),
            about=(
                _("Potřeba: {need}.").format(need=NEED_LABELS[kind]),
                f"{norm.status_note} "
                + _("Norma „{name}“, {source}.").format(name=norm.name, source=norm.source),
                _("Zdroj údajů: {sources}.").format(sources="; ".join(told)),
                _("Vypočteno {day}.").format(day=day(report.as_of)),
            ),
        ),
    )


def _row(
    key: str,
    cell: Cell,
    report: GapReport,
    catalog: Catalog,
    rule: Rule | None,
    *,
    by_orp: bool,
) -> PlaceRow:
    look, value, rank = UNKNOWN_KEY, _("nelze zařadit"), 0
    if cell.need_class is not None and cell.thin_class is not None:
        look = f"b{cell.need_class - 1}{cell.thin_class - 1}"
        gap = (
            STATUSES[STATUS_OF[cell.thin_class - 1]]
            if rule is not None and not by_orp
            else GAPS[cell.thin_class - 1]
        )
        value = f"{NEEDS[cell.need_class - 1]}, {gap}"
        rank = 3 * cell.thin_class + cell.need_class
    if not by_orp:
        place = catalog.territory.municipality(key)
        return place_row(place, key=look, value=value, detail=cell.detail, rank=rank)
    codes = [one for one in report.municipalities if catalog.territory.municipality(one).orp == key]
    total = sum(catalog.territory.municipality(one).population or 0 for one in codes)
    return PlaceRow(
        code=key,
        name=key,
        orp=key,
        population=grouped(total) if total else UNKNOWN_NUMBER,
        key=look,
        value=value,
        uncertain=False,
        detail=cell.detail,
        people=total,
        rank=rank,
    )


def _legend(rows: Sequence[PlaceRow], gaps: Sequence[str]) -> tuple[LegendItem, ...]:
    counts = Counter(row.key for row in rows)
    keys = {
        f"b{need}{gap}": f"{NEEDS[need]}, {gaps[gap]}" for gap in (2, 1, 0) for need in range(3)
    }
    keys[UNKNOWN_KEY] = _("nelze zařadit: potřebu nebo stav neznáme, nebo je případů málo")
    return tuple(
        LegendItem(key=key, text=text, count=grouped(counts[key])) for key, text in keys.items()
    )


def _axes(legend: Sequence[LegendItem], need: Sequence[str], gap: Sequence[str]) -> Axes:
    items = {item.key: item for item in legend}
    return Axes(
        need=tuple(_("potřeba {word}").format(word=word) for word in need),
        rows=tuple(
            (gap[level], tuple(items[f"b{column}{level}"] for column in range(3)))
            for level in (2, 1, 0)
        ),
    )
