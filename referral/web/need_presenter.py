"""Where the need is large and the network thin: nine classes as a map, a square and a table. Pure.

Thinness comes from the gap report, need from the number of people or from evidence; who is in which
third is decided in ``network.evidence``, here it is only said.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

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
from referral.network.gaps import GapReport, GapStatus
from referral.network.norms import People, Rule
from referral.web.czech import NBSP, day, number
from referral.web.gaps_presenter import UNKNOWN_NUMBER, LegendItem, PlaceRow, area_title, norm_card
from referral.web.gaps_presenter import sources as sources_of
from referral.web.gaps_sentences import (
    STATUSES,
    grouped,
    in_municipalities,
    people,
    rule_name,
)
from referral.web.pictures import Axes, Picture
from referral.web.sites_presenter import place_row
from referral.web.translation import _


class NeedKind(StrEnum):
    """By what the need is measured, as an address calls it."""

    PEOPLE = "obyvatele"
    SENIORS = "65"
    OLDEST = "80"
    EXCLUSION = "vylouceni"
    UNMET = "nenalezeno"
    REFUSALS = "odmitnuti"


NEED_LABELS: Final[Mapping[NeedKind, str]] = {
    NeedKind.PEOPLE: _("počet obyvatel"),
    NeedKind.SENIORS: _("počet obyvatel od 65 let"),
    NeedKind.OLDEST: _("počet obyvatel od 80 let"),
    NeedKind.EXCLUSION: _("Index sociálního vyloučení"),
    NeedKind.UNMET: _("hledání, která nikoho nenašla (na 1\u00a0000 obyvatel ORP)"),
    NeedKind.REFUSALS: _("odmítnutí službami (na 1\u00a0000 obyvatel ORP)"),
}
EVIDENCE: Final[Mapping[NeedKind, EvidenceKind]] = {
    NeedKind.EXCLUSION: EvidenceKind.EXCLUSION,
    NeedKind.UNMET: EvidenceKind.UNMET,
    NeedKind.REFUSALS: EvidenceKind.REFUSALS,
}
_OF_RULE: Final[Mapping[People, NeedKind]] = {
    People.FROM_65: NeedKind.SENIORS,
    People.FROM_80: NeedKind.OLDEST,
}
_UNITS: Final[Mapping[NeedKind, str]] = {
    NeedKind.EXCLUSION: _("b."),
    NeedKind.UNMET: _("na 1\u00a0000"),
    NeedKind.REFUSALS: _("na 1\u00a0000"),
}
_NEEDS = (_("malá potřeba"), _("střední potřeba"), _("velká potřeba"))
_GAPS = (_("málo mezer"), _("středně mezer"), _("hodně mezer"))
_STATUS_OF = (GapStatus.MET, GapStatus.PARTIAL, GapStatus.GAP)
_SHARES: Final = (0.1, 1 / 3)
"""Shares of people in a gap up to which an ORP has few, and some; thirds would call 100 % little
where all ORPs stand alike."""
_MIDDLE: Final = 2
UNKNOWN_KEY: Final = "bxx"
WORST_KEY: Final = "b22"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A place in the square: how large its need (1-3), how thin its network (1-3), in words."""

    need: float | None
    need_class: int | None
    thin_class: int | None
    detail: str


def usual_need(rule: Rule | None) -> NeedKind:
    """Return by what the need of a rule's people is measured: those whom the rule counts."""
    return NeedKind.PEOPLE if rule is None else _OF_RULE.get(rule.per, NeedKind.PEOPLE)


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
    layer = _layer(report, evidence, catalog, kind)
    if by_orp:
        limits, cells, thin_limits = _orp_cells(report, layer, catalog, rule, kind)
    else:
        limits, cells, thin_limits = _place_cells(report, layer, rule, kind)
    name = _("Všechna pravidla") if rule is None else rule_name(rule, catalog.vocabulary)
    area = area_title(report, catalog.territory)
    need_words = _need_words(limits, kind)
    gap_words = _gap_words(thin_limits, rule, by_orp=by_orp)
    rows = tuple(
        sorted(
            (_row(key, cell, report, catalog, rule, by_orp=by_orp) for key, cell in cells),
            key=lambda row: (-row.rank, -row.people, row.code),
        )
    )
    lead, worst = _lead(rows, by_orp=by_orp)
    notes = _notes(layer, kind, rule, by_orp=by_orp)
    told = (*sources_of(report, catalog), *_evidence_source(layer, kind, catalog))
    norm = norm_card(report.norm)
    gaps = _GAPS if rule is None or by_orp else tuple(STATUSES[one] for one in _STATUS_OF)
    legend = _legend(rows, gaps)
    return NeedView(
        area=area,
        name=name,
        need=NEED_LABELS[kind],
        lead=lead,
        worst=worst,
        notes=notes,
        sources=told,
        empty=_empty(kind) if limits is None else "",
        picture=Picture(
            name=name,
            caption=_("Potřeba a\u00a0mezera: {rule} – {area}").format(rule=name, area=area),
            lead=lead,
            rows=rows,
            legend=legend,
            municipalities=report.municipalities,
            by_orp=by_orp,
            axes=_axes(legend, need_words, gap_words),
            about=(
                _("Potřeba: {need}.").format(need=NEED_LABELS[kind]),
                f"{norm.status_note} "
                + _("Norma „{name}“, {source}.").format(name=norm.name, source=norm.source),
                _("Zdroj údajů: {sources}.").format(sources="; ".join(told)),
                _("Vypočteno {day}.").format(day=day(report.as_of)),
            ),
        ),
    )


def _people_of(place: Municipality, kind: NeedKind) -> int | None:
    return {
        NeedKind.PEOPLE: place.population,
        NeedKind.SENIORS: place.population_65_plus,
        NeedKind.OLDEST: place.population_80_plus,
    }[kind]


def _layer(
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


_Cells = Sequence[tuple[str, _Cell]]
_Limits = tuple[float, float] | None


def _place_cells(
    report: GapReport, layer: Layer, rule: Rule | None, kind: NeedKind
) -> tuple[_Limits, _Cells, _Limits]:
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
                _Cell(
                    need=one.need,
                    need_class=one.need_class,
                    thin_class=one.thin_class
                    if rule is not None
                    else third_of(float(one.thin), limits),
                    detail=f"{_need_text(one.need, kind)}; {gap}",
                ),
            )
        )
    return layer.limits, cells, limits


def thirds(values: Sequence[float]) -> _Limits:
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


def third_of(value: float, limits: _Limits) -> int:
    """Return the third of a value, 1 to 3; where all are alike none is, save the middle."""
    if limits is None:
        return 1 if not value else _MIDDLE
    return class_of(value, limits) or 1


def _orp_cells(
    report: GapReport, layer: Layer, catalog: Catalog, rule: Rule | None, kind: NeedKind
) -> tuple[_Limits, _Cells, _Limits]:
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
            _need_text(needs[one.orp], kind),
            _("mezera se týká {n}\u00a0% lidí").format(n=number(100 * one.gap_share))
            if rule is not None
            else _("na člověka průměrně {n}\u00a0% pravidel s\u00a0mezerou").format(
                n=number(100 * one.gap_share)
            ),
        ]
        cells.append(
            (
                one.orp,
                _Cell(
                    need=needs[one.orp],
                    need_class=class_of(needs[one.orp], limits),
                    thin_class=third_of(one.gap_share, thin_limits),
                    detail="; ".join(told),
                ),
            )
        )
    return limits, cells, thin_limits


def _need_text(need: float | None, kind: NeedKind) -> str:
    if need is None:
        return _("potřeba: neznámo nebo málo případů")
    if kind in EVIDENCE:
        return _("potřeba: {n} {unit}").format(n=number(need, places=1), unit=_UNITS[kind])
    return people(round(need))


def _need_words(limits: _Limits, kind: NeedKind) -> tuple[str, ...]:
    if limits is None:
        return _NEEDS
    places = 1 if kind in EVIDENCE else 0
    low, high = (
        number(one, places=places) if kind in EVIDENCE else grouped(round(one)) for one in limits
    )
    unit = f"{NBSP}{_UNITS[kind]}" if kind in EVIDENCE else ""
    return (
        _("malá (do {n}{unit})").format(n=low, unit=unit),
        _("střední (do {n}{unit})").format(n=high, unit=unit),
        _("velká (nad {n}{unit})").format(n=high, unit=unit),
    )


def _gap_words(limits: _Limits, rule: Rule | None, *, by_orp: bool) -> tuple[str, ...]:
    if rule is not None and not by_orp:
        return tuple(STATUSES[one] for one in _STATUS_OF)
    if limits is None:
        return _GAPS
    low, high = (f"{number(100 * one)}{NBSP}%" if by_orp else grouped(round(one)) for one in limits)
    return (
        _("málo mezer (do {n})").format(n=low),
        _("středně (do {n})").format(n=high),
        _("hodně mezer (nad {n})").format(n=high),
    )


def _row(
    key: str,
    cell: _Cell,
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
            STATUSES[_STATUS_OF[cell.thin_class - 1]]
            if rule is not None and not by_orp
            else _GAPS[cell.thin_class - 1]
        )
        value = f"{_NEEDS[cell.need_class - 1]}, {gap}"
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
        f"b{need}{gap}": f"{_NEEDS[need]}, {gaps[gap]}" for gap in (2, 1, 0) for need in range(3)
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


def _lead(rows: Sequence[PlaceRow], *, by_orp: bool) -> tuple[str, tuple[str, ...]]:
    worst = sorted((row for row in rows if row.key == WORST_KEY), key=lambda row: -row.people)
    if not worst:
        return _("Nikde se nesešla velká potřeba s\u00a0velkou mezerou."), ()
    total = people(sum(max(row.people, 0) for row in worst))
    names = tuple(f"{row.name} ({row.population})" for row in worst[:10])
    if by_orp:
        return (
            _(
                "Velká potřeba a\u00a0hodně mezer se sešly v\u00a0{n}\u00a0ORP, žije tam {people}."
            ).format(n=len(worst), people=total),
            names,
        )
    return (
        _("Velká potřeba a\u00a0mezera se sešly {where}, žije tam {people}.").format(
            where=in_municipalities(len(worst)), people=total
        ),
        names,
    )


def _empty(kind: NeedKind) -> str:
    if kind is NeedKind.EXCLUSION:
        return _("Index sociálního vyloučení není nahraný, mapa proto nemá co ukázat.")
    if kind in EVIDENCE:
        return _(
            "Takových případů je zatím méně než pět v\u00a0každém ORP; menší počty neukazujeme, "
            "aby nikoho neprozradily."
        )
    return _("Zdroj počty lidí tohoto věku pro toto území neuvádí.")


def _notes(
    layer: Layer,
    kind: NeedKind,
    rule: Rule | None,
    *,
    by_orp: bool,
) -> tuple[str, ...]:
    told = [
        _(
            "Třídy potřeby jsou třetiny: v\u00a0každé je přibližně stejně {what}. Je to srovnání "
            "uvnitř vybraného území, ne norma."
        ).format(what=_("ORP") if by_orp else _("obcí"))
    ]
    if rule is None:
        told.append(_("Stejně tak se třídí počet pravidel s\u00a0mezerou."))
    elif by_orp:
        told.append(
            _("ORP má málo mezer, je-li v\u00a0mezeře do 10\u00a0% lidí, a\u00a0hodně nad třetinu.")
        )
    if kind is NeedKind.EXCLUSION and layer.year is not None:
        told.append(_("Index je za rok {year}, 0 až 30 bodů.").format(year=layer.year))
    if kind in {NeedKind.UNMET, NeedKind.REFUSALS}:
        told.append(
            _(
                "Počty jsou za celé ORP a\u00a0na 1\u00a0000 obyvatel; méně než pět případů se "
                "neukazuje. Kolik lidí pomoc nehledalo vůbec, z\u00a0nich poznat nelze."
            )
        )
        if layer.until is not None:
            told.append(_("Započteno do {day}.").format(day=day(layer.until)))
    if kind in {NeedKind.PEOPLE, NeedKind.SENIORS, NeedKind.OLDEST}:
        told.append(
            _("Počet lidí není počet těch, kdo pomoc potřebují; ukazuje, koho by se mohla týkat.")
        )
    return tuple(told)


def _evidence_source(layer: Layer, kind: NeedKind, catalog: Catalog) -> tuple[str, ...]:
    if kind is NeedKind.EXCLUSION and layer.source in catalog.sources:
        source = catalog.sources[layer.source or ""]
        return (f"{source.title} – {source.publisher}, stav k\u00a0{day(source.as_of)}",)
    if kind in EVIDENCE and kind is not NeedKind.EXCLUSION:
        return (_("vlastní počty této instalace"),)
    return ()
