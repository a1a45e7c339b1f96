"""From a gap report to what a page, a printed map or a screen reader shows. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, Territory
from referral.network.gaps import GapReport, GapStatus, RuleResult
from referral.network.norms import Norm, NormStatus
from referral.web.czech import day
from referral.web.gaps_document import results_by_place
from referral.web.gaps_sentences import (
    NORM_STATUSES,
    STATUSES,
    demand,
    finding,
    grouped,
    horizon,
    norm_assumptions,
    out_of,
    overall_sentence,
    rest_sentences,
    rule_name,
    rule_sentence,
    uncertain_sentence,
)
from referral.web.translation import _

ALL_RULES = ""
"""Stands for no single rule: the number of rules with a gap."""

UNKNOWN_NUMBER = "–"

SEVERITY = (GapStatus.MET, GapStatus.PARTIAL, GapStatus.UNKNOWN, GapStatus.GAP)
"""Statuses from the best to the worst, for sorting."""

_CLASSES = ((0, 0), (1, 2), (3, 5), (6, 10), (11, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class NormCard:
    """What must stand beside every result: which norm, how binding, whose, from when."""

    name: str
    status: str
    status_note: str
    is_guide: bool
    source: str
    authority: str
    territory: str
    valid_from: str
    note: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule over the area: numbers for a table, a sentence to read, the demand and its reason.

    The row that stands for all rules together has the empty code and no numbers.
    """

    code: str
    name: str
    demand: str
    why: str
    sentence: str
    rest: str
    met: str = ""
    partial: str = ""
    gap: str = ""
    unknown: str = ""
    gap_population: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One municipality in the table under the map.

    ``key`` chooses colour and pattern: a status, or for all rules ``n0`` to ``n4`` by the number of
    gaps; ``value`` is what the row says beside it (a status word, or that number in words).
    ``people`` and ``rank`` (worse is higher) are for sorting; people not counted are -1.
    """

    code: str
    name: str
    orp: str
    population: str
    key: str
    value: str
    uncertain: bool
    detail: str
    people: int
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendItem:
    """One colour and pattern of the map with its meaning and how many municipalities have it."""

    key: str
    text: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsView:
    """Everything that a page about the gaps of an area says, for one rule or for all together."""

    area: str
    as_of: str
    norm: NormCard
    rules: tuple[RuleRow, ...]
    chosen: RuleRow
    rows: tuple[PlaceRow, ...]
    legend: tuple[LegendItem, ...]
    caption: str
    horizon: str
    sources: tuple[str, ...]
    is_overall: bool


def gaps_view(report: GapReport, catalog: Catalog, *, rule: str = ALL_RULES) -> GapsView:
    """Present a report under one rule (its code), or under all together.

    Raises:
        KeyError: the norm has no rule with this code.
    """
    return gaps_views(report, catalog, [rule])[0]


def gaps_views(report: GapReport, catalog: Catalog, codes: Sequence[str]) -> tuple[GapsView, ...]:
    """Present a report under each of these rules; what they share is made once.

    Raises:
        KeyError: the norm has no rule with one of the codes.
    """
    area = area_title(report, catalog.territory)
    rules = rule_rows(report, catalog)
    heads = {row.code: row for row in (overall_row(report, catalog), *rules)}
    first = GapsView(
        area=area,
        as_of=day(report.as_of),
        norm=norm_card(report.norm, measured=report.measured),
        rules=rules,
        chosen=heads[ALL_RULES],
        rows=(),
        legend=(),
        caption="",
        horizon=horizon(catalog.territory),
        sources=sources(report, catalog),
        is_overall=True,
    )
    of_place = results_by_place(report)
    views = []
    for code in codes:
        rows = place_rows(report, catalog, of_place, rule=code)
        views.append(
            replace(
                first,
                chosen=heads[code],
                rows=rows,
                legend=legend(rows, overall=not code),
                caption=_("{rule} – {area}").format(rule=heads[code].name, area=area),
                is_overall=not code,
            )
        )
    return tuple(views)


def area_title(report: GapReport, territory: Territory) -> str:
    """Name the area with its level, which a name like Děčín leaves open: ``ORP Děčín``."""
    for level, index in (("ORP {name}", territory.by_orp), ("okres {name}", territory.by_district)):
        if report.area in index and set(index[report.area]) == set(report.municipalities):
            return level.format(name=report.area)
    return report.area


def norm_card(norm: Norm, *, measured: bool = False) -> NormCard:
    """Present a norm; ``measured`` where the ways of the report are no estimate."""
    return NormCard(
        name=norm.name,
        status=norm.status.value,
        status_note=NORM_STATUSES[norm.status],
        is_guide=norm.status is NormStatus.GUIDE,
        source=norm.source,
        authority=norm.authority,
        territory=norm.territory,
        valid_from=day(norm.valid_from),
        note=norm.note,
        assumptions=norm_assumptions(norm, measured=measured),
    )


def rule_rows(report: GapReport, catalog: Catalog) -> tuple[RuleRow, ...]:
    """Present every rule of the norm with its sums, in the norm's order."""
    rules = {rule.code: rule for rule in report.norm.rules}
    return tuple(
        RuleRow(
            code=summary.rule,
            name=rule_name(rules[summary.rule], catalog.vocabulary),
            demand=demand(rules[summary.rule]),
            why=rules[summary.rule].why,
            sentence=rule_sentence(summary, rules[summary.rule], catalog.vocabulary),
            rest=rest_sentences(summary, rules[summary.rule]),
            met=grouped(summary.met_municipalities),
            partial=grouped(summary.partial_municipalities),
            gap=grouped(summary.gap_municipalities),
            unknown=grouped(summary.unknown_municipalities),
            gap_population=grouped(summary.gap_population),
        )
        for summary in report.summary
    )


def overall_row(report: GapReport, catalog: Catalog) -> RuleRow:
    """Present all rules together."""
    rules = {rule.code: rule for rule in report.norm.rules}
    return RuleRow(
        code=ALL_RULES,
        name=_("Kolik pravidel má v\u00a0obci mezeru"),
        demand=_("Počítají se jen mezery; částečné splnění a neznámé se nepočítají."),
        why="",
        sentence=overall_sentence(report.summary, rules, catalog.vocabulary),
        rest=uncertain_sentence(sum(one.uncertain_municipalities for one in report.summary)),
    )


def place_rows(
    report: GapReport,
    catalog: Catalog,
    of_place: Mapping[str, Mapping[str, RuleResult]],
    *,
    rule: str,
) -> tuple[PlaceRow, ...]:
    """Present every municipality under one rule, or under all; in the report's order."""
    rules = {one.code: one for one in report.norm.rules}
    rows = []
    for code in report.municipalities:
        place = catalog.territory.municipality(code)
        results = of_place[code]
        if rule:
            result = results[rule]
            rows.append(
                _row(
                    place,
                    key=result.status.value,
                    value=STATUSES[result.status],
                    uncertain=result.uncertain,
                    detail=finding(result, rules[rule]),
                    rank=SEVERITY.index(result.status),
                )
            )
        else:
            rows.append(_overall_place(place, results, report, catalog))
    return tuple(rows)


def _overall_place(
    place: Municipality, results: Mapping[str, RuleResult], report: GapReport, catalog: Catalog
) -> PlaceRow:
    counts = Counter(result.status for result in results.values())
    gaps = counts[GapStatus.GAP]
    missing = [
        catalog.vocabulary.service_type(rule.type).name
        for rule in report.norm.rules
        if results[rule.code].status is GapStatus.GAP
    ]
    unknown = counts[GapStatus.UNKNOWN]
    detail = ", ".join(missing) if missing else _("žádná mezera")
    if unknown:
        detail += _("; neznámo u\u00a0{n}").format(n=unknown)
    return _row(
        place,
        key=f"n{class_of(gaps)}",
        value=f"{gaps} {out_of(len(results))}",
        uncertain=False,
        detail=detail,
        rank=gaps,
    )


def _row(
    place: Municipality, *, key: str, value: str, uncertain: bool, detail: str, rank: int
) -> PlaceRow:
    return PlaceRow(
        code=place.code,
        name=place.name,
        orp=place.orp,
        population=UNKNOWN_NUMBER if place.population is None else grouped(place.population),
        key=key,
        value=value,
        uncertain=uncertain,
        detail=detail,
        people=-1 if place.population is None else place.population,
        rank=rank,
    )


def class_of(gaps: int) -> int:
    """Return the class (0 to 4) of a number of gaps: none, 1–2, 3–5, 6–10, 11 and more."""
    return next(
        index for index, (_low, high) in enumerate(_CLASSES) if high is None or gaps <= high
    )


def legend(rows: Sequence[PlaceRow], *, overall: bool) -> tuple[LegendItem, ...]:
    """Say what the colours and patterns of a map mean, the same in number whatever it shows."""
    counts = Counter(row.key for row in rows)
    meanings = (
        {f"n{index}": _class_text(*limits) for index, limits in enumerate(_CLASSES)}
        if overall
        else {status.value: word for status, word in STATUSES.items()}
    )
    return tuple(
        LegendItem(key=key, text=text, count=grouped(counts[key])) for key, text in meanings.items()
    )


def _class_text(low: int, high: int | None) -> str:
    if high is None:
        return _("{low} a\u00a0více mezer").format(low=low)
    if high == 0:
        return _("bez prokázané mezery")
    noun = _("mezery") if high <= 4 else _("mezer")  # noqa: PLR2004 - 2–4 mezery, 5+ mezer
    return f"{low}–{high} {noun}"


def sources(report: GapReport, catalog: Catalog) -> tuple[str, ...]:
    """Name every source whose services or municipalities stand behind the report."""
    serving = {one for result in report.results for one in result.serving}
    used = {catalog.services[one].provenance.source for one in serving if one in catalog.services}
    used |= {catalog.territory.municipality(code).source for code in report.municipalities}
    return tuple(
        _("{title} – {publisher}, stav k\u00a0{date}, {licence}").format(
            title=source.title,
            publisher=source.publisher,
            date=day(source.as_of),
            licence=source.licence,
        )
        for source in sorted(catalog.sources.values(), key=lambda one: one.id)
        if source.id in used
    )
