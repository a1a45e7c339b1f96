"""From a scenario beside the present to what its page says: sums, turns and a map. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.network.gaps import GapStatus, RuleSummary
from referral.network.norms import Norm, Rule
from referral.usecases.compare_scenarios import Comparison, Turn
from referral.web.czech import counted, day, plural
from referral.web.gaps_presenter import SEVERITY, UNKNOWN_NUMBER, NormCard, PlaceRow, norm_card
from referral.web.gaps_sentences import (
    STATUSES,
    demand,
    grouped,
    horizon,
    in_municipalities,
    people,
    rule_name,
)
from referral.web.pictures import Picture, legend_of
from referral.web.scenario_sentences import change_sentence
from referral.web.sites_presenter import place_row
from referral.web.translation import _

BETTER, WORSE, MIXED, SAME = "new", "lost", "weaker", "n0"
_MEANINGS: Mapping[str, str] = {
    BETTER: _("zlepší se"),
    WORSE: _("zhorší se"),
    MIXED: _("něco se zlepší, něco zhorší"),
    SAME: _("beze změny"),
}
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One rule before and after: numbers for a table and a sentence."""

    code: str
    name: str
    demand: str
    sentence: str
    met_now: str
    met_then: str
    gap_now: str
    gap_then: str
    people_now: str
    people_then: str
    unknown_now: str
    unknown_then: str
    gained: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    """One municipality that changes under one rule."""

    rule: str
    place: str
    orp: str
    population: str
    before: str
    after: str
    before_key: str
    after_key: str
    way: str
    serving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView:
    """Everything that the page about a scenario says."""

    name: str
    note: str
    area: str
    as_of: str
    norm: NormCard
    lead: str
    changes: tuple[str, ...]
    rules: tuple[RuleChange, ...]
    turns: tuple[TurnRow, ...]
    untouched: str
    horizon: str
    picture: Picture


def scenario_view(
    comparison: Comparison, catalog: Catalog, municipalities: Sequence[str], *, area: str
) -> ScenarioView:
    """Present a scenario over the municipalities (codes) of an area called ``area``."""
    rules = {rule.code: rule for rule in comparison.norm.rules}
    lead = _lead(comparison)
    return ScenarioView(
        name=comparison.scenario.name,
        note=comparison.scenario.note,
        area=area,
        as_of=day(comparison.as_of),
        norm=norm_card(comparison.norm),
        lead=lead,
        changes=tuple(change_sentence(one, catalog) for one in comparison.scenario.changes),
        rules=tuple(
            _rule_change(now, then, rules[now.rule], comparison, catalog)
            for now, then in zip(comparison.before, comparison.after, strict=True)
        ),
        turns=tuple(_turn_row(turn, rules, comparison, catalog) for turn in comparison.turns),
        untouched=_untouched(comparison),
        horizon=horizon(catalog.territory),
        picture=_picture(comparison, catalog, municipalities, area=area, lead=lead),
    )


def is_better(turn: Turn) -> bool:
    """Tell whether a municipality comes off better."""
    return SEVERITY.index(turn.after) < SEVERITY.index(turn.before)


def _lead(comparison: Comparison) -> str:
    if not comparison.before:
        return _("Norma nemá pravidlo o\u00a0druhu služby, kterého se scénář týká.")
    better = {one.municipality for one in comparison.turns if is_better(one)}
    worse = {one.municipality for one in comparison.turns if not is_better(one)}
    if not better and not worse:
        return _("Podle této normy se v\u00a0žádné obci nic nezmění.")
    population = {one.municipality: one.population or 0 for one in comparison.turns}

    def told(codes: set[str]) -> str:
        return f"{in_municipalities(len(codes))} ({people(sum(population[one] for one in codes))})"

    parts = []
    if better:
        parts.append(_("Zlepší se to {where}.").format(where=told(better)))
    if worse:
        parts.append(_("Zhorší se to {where}.").format(where=told(worse)))
    return " ".join(parts)


def _rule_change(
    now: RuleSummary, then: RuleSummary, rule: Rule, comparison: Comparison, catalog: Catalog
) -> RuleChange:
    turns = [turn for turn in comparison.turns if turn.rule == rule.code]
    gained = [one for one in turns if one.after is GapStatus.MET]
    lost = [one for one in turns if one.before is GapStatus.MET]
    gained_people = sum(one.population or 0 for one in gained)
    lost_people = sum(one.population or 0 for one in lost)
    told = []
    if gained:
        told.append(
            _("Získá {people} {where}.").format(
                people=people(gained_people), where=in_municipalities(len(gained))
            )
        )
    if lost:
        told.append(
            _("Přijde o\u00a0ni {people} {where}.").format(
                people=people(lost_people), where=in_municipalities(len(lost))
            )
        )
    if not turns:
        told.append(_("V\u00a0žádné obci se stav nezmění."))
    elif not told:
        told.append(_("Stav se změní {where}.").format(where=in_municipalities(len(turns))))
    return RuleChange(
        code=rule.code,
        name=rule_name(rule, catalog.vocabulary),
        demand=demand(rule),
        sentence=" ".join(told),
        met_now=grouped(now.met_municipalities),
        met_then=grouped(then.met_municipalities),
        gap_now=grouped(now.gap_municipalities),
        gap_then=grouped(then.gap_municipalities),
        people_now=grouped(now.gap_population),
        people_then=grouped(then.gap_population),
        unknown_now=grouped(now.unknown_municipalities),
        unknown_then=grouped(then.unknown_municipalities),
        gained=gained_people,
        lost=lost_people,
    )


def _turn_row(
    turn: Turn, rules: Mapping[str, Rule], comparison: Comparison, catalog: Catalog
) -> TurnRow:
    place = catalog.territory.municipality(turn.municipality)
    return TurnRow(
        rule=rule_name(rules[turn.rule], catalog.vocabulary),
        place=place.name,
        orp=place.orp,
        population=UNKNOWN_NUMBER if turn.population is None else grouped(turn.population),
        before=STATUSES[turn.before],
        after=STATUSES[turn.after],
        before_key=turn.before.value,
        after_key=turn.after.value,
        way=_("lepší") if is_better(turn) else _("horší"),
        serving=_serving(turn, comparison.changed),
    )


def _serving(turn: Turn, changed: Catalog) -> str:
    names = [changed.services[one].name for one in turn.serving if one in changed.services]
    if len(names) <= _NAMED:
        return "; ".join(names)
    rest = counted(len(names) - _NAMED, _("další"), _("další"), _("dalších"))
    return f"{'; '.join(names[:_NAMED])}; {rest}"


def _untouched(comparison: Comparison) -> str:
    count = len(comparison.untouched)
    if not count:
        return ""
    return _("{n} scénář nemůže změnit: týká se jiného druhu služeb.").format(
        n=counted(count, _("další pravidlo"), _("další pravidla"), _("dalších pravidel"))
    )


def _picture(
    comparison: Comparison, catalog: Catalog, codes: Sequence[str], *, area: str, lead: str
) -> Picture:
    turns: defaultdict[str, list[Turn]] = defaultdict(list)
    for turn in comparison.turns:
        turns[turn.municipality].append(turn)
    # Those that change stand first: with hundreds of others they would be lost.
    ordered = sorted(codes, key=lambda code: (code not in turns, code))
    rows = tuple(
        _place(catalog.territory.municipality(code), turns[code], comparison.norm, catalog)
        for code in ordered
    )
    norm = norm_card(comparison.norm)
    return Picture(
        name=comparison.scenario.name,
        caption=_("{scenario} – {area}: co se změní").format(
            scenario=comparison.scenario.name, area=area
        ),
        lead=lead,
        rows=rows,
        legend=legend_of(rows, _MEANINGS),
        municipalities=tuple(codes),
        about=(
            _("Scénář je úvaha, ne skutečnost."),
            f"{norm.status_note} "
            + _("Norma „{name}“, {source}.").format(name=norm.name, source=norm.source),
            _("Zdroj údajů o\u00a0dnešku: {sources}.").format(sources=_sources(catalog)),
            _("Vypočteno {day}.").format(day=day(comparison.as_of)),
        ),
    )


def _sources(catalog: Catalog) -> str:
    used = {one.provenance.source for one in catalog.services.values()}
    return "; ".join(
        f"{source.title} ({day(source.as_of)})"
        for source in sorted(catalog.sources.values(), key=lambda one: one.id)
        if source.id in used
    )


def _place(place: Municipality, turns: Sequence[Turn], norm: Norm, catalog: Catalog) -> PlaceRow:
    rules = {rule.code: rule for rule in norm.rules}
    better = sum(is_better(turn) for turn in turns)
    worse = len(turns) - better
    key = SAME
    if turns:
        key = MIXED if better and worse else BETTER if better else WORSE
    value = _MEANINGS[SAME]
    if turns:
        noun = plural(len(turns), _("pravidlo"), _("pravidla"), _("pravidel"))
        value = f"{_MEANINGS[key]} ({len(turns)}\u00a0{noun})"
    detail = "; ".join(
        f"{rule_name(rules[one.rule], catalog.vocabulary)}: "
        f"{STATUSES[one.before]} → {STATUSES[one.after]}"
        for one in turns
    )
    return place_row(place, key=key, value=value, detail=detail or "–", rank=worse * 100 + better)
