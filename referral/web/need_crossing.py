"""Where the need is large and the network thin: a cell of the square for each place. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.network.evidence import (
    EvidenceKind,
    EvidenceReport,
    Layer,
    class_of,
    crossed,
    crossed_by_orp,
    terciles,
)
from referral.network.gaps import GapReport
from referral.network.norms import People, Rule
from referral.web.czech import number
from referral.web.gaps_sentences import STATUSES
from referral.web.need_sentences import EVIDENCE, Limits, NeedKind, need_text
from referral.web.translation import _

_OF_RULE: Final[Mapping[People, NeedKind]] = {
    People.FROM_65: NeedKind.SENIORS,
    People.FROM_80: NeedKind.OLDEST,
}
_SHARES: Final = (0.1, 1 / 3)
"""Shares of people in a gap up to which an ORP has few, and some; thirds would call 100 % little
where all ORPs stand alike."""
_MIDDLE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place in the square: how large its need (1-3), how thin its network (1-3), in words."""

    need: float | None
    need_class: int | None
    thin_class: int | None
    detail: str


Cells: TypeAlias = Sequence[tuple[str, Cell]]


def usual_need(rule: Rule | None) -> NeedKind:
    """Return by what the need of a rule's people is measured: those whom the rule counts."""
    return NeedKind.PEOPLE if rule is None else _OF_RULE.get(rule.per, NeedKind.PEOPLE)


def _people_of(place: Municipality, kind: NeedKind) -> int | None:
    return {
        NeedKind.PEOPLE: place.population,
        NeedKind.SENIORS: place.population_65_plus,
        NeedKind.OLDEST: place.population_80_plus,
    }[kind]


def layer_of(
    report: GapReport, evidence: EvidenceReport | None, catalog: Catalog, kind: NeedKind
) -> Layer:
    """Return the layer of need; of people it is made here, of evidence it is given."""
    if kind in EVIDENCE:
        if evidence is None:
            raise ValueError(kind)
        return evidence.layer(EVIDENCE[kind])
    found: dict[str, float | None] = {}
    for code in report.municipalities:
        count = _people_of(catalog.territory.municipality(code), kind)
        found[code] = None if count is None else float(count)
    limits = terciles(found.values())
    # Crossing reads values and classes alone; no kind of evidence stands for plain numbers.
    return Layer(
        kind=EvidenceKind.EXCLUSION,
        values=found,
        classes={code: class_of(value, limits) for code, value in found.items()},
        limits=limits,
        counts={},
    )


def place_cells(
    report: GapReport, layer: Layer, rule: Rule | None, kind: NeedKind
) -> tuple[Limits, Cells, Limits]:
    """Return the limits of need, a cell for each municipality, and the limits of the gap."""
    found = crossed(layer, report, None if rule is None else rule.code)
    limits = thirds([float(one.thin) for one in found])
    cells = []
    for one in found:
        gap = (
            STATUSES[one.status]
            if one.status is not None
            else _("pravidel s\u00a0mezerou: {n}").format(n=one.thin)
        )
        cells.append(
            (
                one.municipality,
                Cell(
                    need=one.need,
                    need_class=one.need_class,
                    thin_class=one.thin_class
                    if rule is not None
                    else third_of(float(one.thin), limits),
                    detail=f"{need_text(one.need, kind)}; {gap}",
                ),
            )
        )
    return layer.limits, cells, limits


def thirds(values: Sequence[float]) -> Limits:
    """Return what parts values into thirds so that the largest are never called few.

    Where most have the same, thirds are made of the different values; None where all are alike.
    """
    different = set(values)
    if len(different) < _MIDDLE:
        return None
    found = terciles(values)
    if found is not None and max(different) <= found[1]:
        found = terciles(different)
    return found


def third_of(value: float, limits: Limits) -> int:
    """Return the third of a value, 1 to 3; where all are alike none is, save the middle."""
    if limits is None:
        return 1 if not value else _MIDDLE
    return class_of(value, limits) or 1


def orp_cells(
    report: GapReport, layer: Layer, catalog: Catalog, rule: Rule | None, kind: NeedKind
) -> tuple[Limits, Cells, Limits]:
    """Return the limits of need, a cell for each ORP, and the limits of the gap."""
    found = crossed_by_orp(layer, report, catalog, None if rule is None else rule.code)
    needs = {one.orp: one.need for one in found}
    if kind not in EVIDENCE:
        # Of people it is the sum that an ORP has, not the mean of its municipalities.
        sums: defaultdict[str, float] = defaultdict(float)
        lacking: Counter[str] = Counter()
        for code, value in layer.values.items():
            orp = catalog.territory.municipality(code).orp
            sums[orp] += value or 0.0
            lacking[orp] += value is None
        needs = {orp: None if lacking[orp] else sums[orp] for orp in needs}
    limits = terciles(needs.values())
    thin_limits = _SHARES if rule is not None else thirds([one.gap_share for one in found])
    cells = []
    for one in found:
        told = [
            need_text(needs[one.orp], kind),
            _("mezera se týká {n}\u00a0% lidí").format(n=number(100 * one.gap_share))
            if rule is not None
            else _("na člověka průměrně {n}\u00a0% pravidel s\u00a0mezerou").format(
                n=number(100 * one.gap_share)
            ),
        ]
        cells.append(
            (
                one.orp,
                Cell(
                    need=needs[one.orp],
                    need_class=class_of(needs[one.orp], limits),
                    thin_class=third_of(one.gap_share, thin_limits),
                    detail="; ".join(told),
                ),
            )
        )
    return limits, cells, thin_limits
