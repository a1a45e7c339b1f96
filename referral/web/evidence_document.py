"""Evidence beside the norm for machines, and as sheets of the planner's workbook."""

from collections.abc import Iterable, Iterator, Sequence

from referral.catalog.evidence import FEWEST
from referral.catalog.snapshot import Catalog
from referral.network.disclosure import Told
from referral.network.evidence import (
    EvidenceKind,
    EvidenceReport,
    Layer,
    crossed,
    crossed_by_orp,
)
from referral.network.gaps import GapReport
from referral.web.evidence_sentences import (
    CLASSES,
    KINDS,
    NOBODY,
    THIN,
    layer_name,
    told_text,
)
from referral.web.presenters.document import Json
from referral.web.translation import _
from referral.web.workbook import PEOPLE, SHARE, Cell, Column, Sheets

_CROSSED = (
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Co měří potřebu"), width=34),
    Column(heading=_("Potřeba"), width=10, number=SHARE),
    Column(heading=_("Potřeba je"), width=11),
    Column(heading=_("Pravidel s mezerou"), width=11, number=PEOPLE),
    Column(heading=_("Síť je"), width=11),
    Column(heading=_("Větší potřeba, tenčí síť"), width=13),
)
_ORPS = (
    Column(heading=_("ORP"), width=22),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Co měří potřebu"), width=34),
    Column(heading=_("Potřeba"), width=10, number=SHARE),
    Column(heading=_("Potřeba je"), width=11),
    Column(heading=_("Podíl mezer (váženo lidmi)"), width=13, number=SHARE),
    Column(heading=_("Síť je"), width=11),
    Column(heading=_("Obcí s větší potřebou a tenčí sítí"), width=15, number=PEOPLE),
    Column(heading=_("Lidí v nich"), width=11, number=PEOPLE),
)
_UNMET = (
    Column(heading=_("ORP"), width=22),
    Column(heading=_("Kód potřeby"), width=12),
    Column(heading=_("Potřeba"), width=44),
    Column(heading=_("Nenaplněných hledání"), width=30),
)
_OUTCOMES = (
    Column(heading=_("Druh služby"), width=12),
    Column(heading=_("Název"), width=44),
    Column(heading=_("Překážka"), width=34),
    Column(heading=_("Přijato"), width=30),
    Column(heading=_("Odmítnuto"), width=30),
    Column(heading=_("Poslední měsíc"), width=12),
)


def evidence_document(
    evidence: EvidenceReport, report: GapReport, catalog: Catalog
) -> dict[str, Json]:
    """Return the layers crossed with the gaps, and the counts that may be told."""
    return {
        "layers": [_layer(layer, report, catalog) for layer in evidence.layers],
        "unmet": unmet_document(evidence, catalog),
        "outcomes": [
            {
                "type": one.type,
                "barrier": one.barrier or None,
                "accepted": _told(one.accepted),
                "refused": _told(one.refused),
                "last_month": one.last_month.isoformat()[:7],
            }
            for one in evidence.outcomes
        ],
    }


def _layer(layer: Layer, report: GapReport, catalog: Catalog) -> dict[str, Json]:
    there = layer.limits is not None
    source = None if layer.source is None else catalog.sources.get(layer.source)
    return {
        "kind": layer.kind.value,
        "name": layer_name(layer),
        "year": layer.year,
        "until": None if layer.until is None else layer.until.isoformat(),
        "source": None if source is None else f"{source.title} – {source.publisher}",
        "as_of": None if source is None else source.as_of.isoformat(),
        "limits": None if layer.limits is None else list(layer.limits),
        "counts": {orp: _told(told) for orp, told in layer.counts.items()},
        "municipalities": [
            {
                "municipality": one.municipality,
                "need": one.need,
                "need_class": one.need_class,
                "gap_rules": one.thin,
                "thin_class": one.thin_class,
            }
            for one in (crossed(layer, report) if there else ())
        ],
        "orps": [
            {
                "orp": one.orp,
                "people": one.people,
                "need": one.need,
                "need_class": one.need_class,
                "gap_share": one.gap_share,
                "thin_class": one.thin_class,
                "worst_municipalities": one.worst_municipalities,
                "worst_people": one.worst_people,
            }
            for one in (crossed_by_orp(layer, report, catalog) if there else ())
        ],
    }


def unmet_document(evidence: EvidenceReport, catalog: Catalog) -> dict[str, Json]:
    """Return the unmet searches; a number that is kept back is null, with the reason beside it."""
    needs = catalog.vocabulary.needs
    table = evidence.unmet
    until = evidence.layer(EvidenceKind.UNMET).until
    return {
        "until": None if until is None else until.isoformat(),
        "fewest": FEWEST,
        "cells": [
            {
                "orp": orp,
                "need": need,
                "name": needs[need].name if need in needs else need,
                **_told(told),
            }
            for (orp, need), told in table.cells.items()
        ],
        "orps": [{"orp": orp, **_told(told)} for orp, told in sorted(table.rows.items())],
        "needs": [{"need": need, **_told(told)} for need, told in sorted(table.columns.items())],
        "total": None if table.total is None else _told(table.total),
    }


def _told(told: Told) -> dict[str, Json]:
    return {"count": told.count, "kept": None if told.kept is None else told.kept.value}


def add_evidence_sheets(
    sheets: Sheets, evidence: EvidenceReport, report: GapReport, catalog: Catalog
) -> None:
    """Add a sheet for each kind of evidence that there is; none where there is nothing."""
    there = [layer for layer in evidence.layers if layer.limits is not None]
    if there:
        head = [(line, "") for line in _sources(there, catalog)]
        sheets.add(_("Potřeba a síť – obce"), _CROSSED, _crossed_rows(there, report, catalog), head)
        sheets.add(_("Potřeba a síť – ORP"), _ORPS, _orp_rows(there, report, catalog), head)
    if evidence.unmet.cells:
        sheets.add(_("Nenaplněná hledání"), _UNMET, _unmet_rows(evidence, catalog))
    if evidence.outcomes:
        sheets.add(_("Přijetí a odmítnutí"), _OUTCOMES, _outcome_rows(evidence, catalog))


def _sources(layers: Sequence[Layer], catalog: Catalog) -> Iterator[str]:
    for layer in layers:
        source = None if layer.source is None else catalog.sources.get(layer.source)
        told = "" if source is None else f" – {source.publisher}, {source.as_of.isoformat()}"
        yield f"{layer_name(layer)}{told}"
    yield _("Třídy jsou třetiny: z toho, co je známo, a podle počtu pravidel s mezerou.")


def _crossed_rows(
    layers: Sequence[Layer], report: GapReport, catalog: Catalog
) -> Iterable[Sequence[Cell]]:
    for layer in layers:
        for one in crossed(layer, report):
            place = catalog.territory.municipality(one.municipality)
            yield (
                place.code,
                place.name,
                place.orp,
                one.population,
                KINDS[layer.kind],
                one.need,
                CLASSES[one.need_class],
                one.thin,
                THIN[one.thin_class],
                _("ano") if one.is_worst else "",
            )


def _orp_rows(
    layers: Sequence[Layer], report: GapReport, catalog: Catalog
) -> Iterable[Sequence[Cell]]:
    for layer in layers:
        for one in crossed_by_orp(layer, report, catalog):
            yield (
                one.orp,
                one.people,
                KINDS[layer.kind],
                one.need,
                CLASSES[one.need_class],
                one.gap_share,
                THIN[one.thin_class],
                one.worst_municipalities,
                one.worst_people,
            )


def _unmet_rows(evidence: EvidenceReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    needs = catalog.vocabulary.needs
    for (orp, need), told in evidence.unmet.cells.items():
        yield orp, need, needs[need].name if need in needs else need, _cell(told)
    for orp, told in sorted(evidence.unmet.rows.items()):
        yield orp, "", _("celkem"), _cell(told)


def _outcome_rows(evidence: EvidenceReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    words = catalog.vocabulary
    for one in evidence.outcomes:
        kind = words.types.get(one.type or "")
        barrier = words.barriers.get(one.barrier)
        yield (
            one.type or "",
            _("pomoc mimo zákon") if kind is None else kind.name,
            NOBODY if not one.barrier else one.barrier if barrier is None else barrier.name,
            _cell(one.accepted),
            _cell(one.refused),
            one.last_month.isoformat()[:7],
        )


def _cell(told: Told) -> Cell:
    return told.count if told.kept is None else told_text(told)
