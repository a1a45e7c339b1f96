"""Answer: where new places would serve most of those whom a rule finds without a service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.geo.travel import TravelModel
from referral.matching.policy import Policy
from referral.network.errors import PlacementError
from referral.network.gaps import GapStatus, RuleResult
from referral.network.means import (
    Means,
    Spread,
    Workforce,
    form_of,
    reach,
    road_km_from,
    spread_of,
    usual_means,
)
from referral.network.norms import Norm, Rule
from referral.network.placement import Choice, Instance, Pick, equals, instance
from referral.network.placement_exact import choose_exactly
from referral.network.placement_quick import choose_quickly
from referral.network.scenarios import AddService, Scenario, apply_scenario
from referral.network.sites import (
    Eased,
    Remaining,
    Served,
    SitesReport,
    SuggestedSite,
    Why,
    Wish,
    standing_of,
)
from referral.usecases.find_gaps import ESTIMATED, find_gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A wish made definite: what is built, from where it may reach whom."""

    wish: Wish
    rule: Rule
    norm: Norm
    means: Means
    form: Form
    spread: Spread
    capacity: float | None
    week_km: float | None
    base: Municipality | None
    targets: Sequence[Municipality]
    bases: Sequence[Municipality]
    problem: Instance
    travel: TravelModel


def suggest_sites(  # noqa: PLR0913 - as find_gaps, and what is wished for
    municipalities: Sequence[str],
    *,
    area: str,
    wish: Wish,
    norm: Norm,
    workforce: Workforce,
    catalog: Catalog,
    policy: Policy,
    today: date,
    travel: TravelModel = ESTIMATED,
) -> SitesReport:
    """Suggest places for the gaps of the municipalities (codes) of an area, existing ones fixed.

    Only gaps count: where it cannot be told whether somebody serves a municipality nobody is sent,
    but the report says how many would gain certainty.

    Raises:
        PlacementError: there is no such rule, or the wish makes no sense under it.
    """
    rule = rule_of(norm, wish.rule)
    one_rule = replace(norm, rules=(rule,))

    def judged(catalog: Catalog) -> tuple[RuleResult, ...]:
        return find_gaps(
            municipalities,
            area=area,
            norm=one_rule,
            catalog=catalog,
            policy=policy,
            today=today,
            travel=travel,
        ).results

    before = judged(catalog)
    plan = _planned(before, wish, rule, norm, workforce, catalog, policy, travel)
    choice = (
        choose_exactly(plan.problem, seconds=wish.seconds)
        if wish.exact
        else choose_quickly(plan.problem)
    )
    within = _Within(plan, before, catalog, policy)
    scenario = _scenario(plan, choice, within, area)
    changed = apply_scenario(scenario, catalog=catalog, today=today).catalog
    after = judged(changed) if scenario.changes else before
    return SitesReport(
        norm=norm,
        rule=rule,
        area=area,
        as_of=today,
        wish=wish,
        means=plan.means,
        form=plan.form,
        spread=plan.spread,
        capacity=plan.capacity,
        week_km=plan.week_km,
        base=None if plan.base is None else plan.base.code,
        method=choice.method,
        optimal=choice.optimal,
        stopped=choice.stopped,
        seconds=choice.seconds,
        value=round(choice.value),
        bound=int(choice.bound + 1e-6),
        before=standing_of(before),
        after=standing_of(after),
        eased=_eased(before, after),
        sites=_sites(plan, choice, within, before, after),
        remaining=_remaining(plan, choice, after, catalog),
        enough=_enough(plan),
        uncounted=sum(one.population is None for one in plan.targets),
        scenario=scenario,
    )


def rule_of(norm: Norm, code: str) -> Rule:
    """Return the rule with this code.

    Raises:
        PlacementError: the norm has none; the sentence lists those there are.
    """
    for rule in norm.rules:
        if rule.code == code:
            return rule
    codes = ", ".join(rule.code for rule in norm.rules)
    raise PlacementError(f"pravidlo „{code}“ v normě „{norm.name}“ není; pravidla jsou: {codes}")


def _planned(
    before: Sequence[RuleResult],
    wish: Wish,
    rule: Rule,
    norm: Norm,
    workforce: Workforce,
    catalog: Catalog,
    policy: Policy,
    travel: TravelModel,
) -> _Plan:
    territory = catalog.territory
    kind = catalog.vocabulary.service_type(rule.type)
    means = wish.means or usual_means(rule, kind)
    form = form_of(means, rule=rule, kind=kind)
    spread = spread_of(
        means, rule=rule, kind=kind, usual=workforce, road_km=wish.road_km, whole_orp=wish.whole_orp
    )
    capacity = wish.capacity
    if capacity is None and means is Means.WORKER and not wish.unlimited and not kind.remote:
        capacity = workforce.people_per_worker.value
    area = [territory.municipality(one.municipality) for one in before]
    targets = [
        territory.municipality(one.municipality) for one in before if one.status is GapStatus.GAP
    ]
    bases = list(territory.municipalities.values()) if wish.beyond else area
    # Of places that serve equally many the first is taken: the larger one, easier to get to.
    bases = [one for one in bases if (one.population or 0) >= wish.least_people]
    if not bases:
        raise PlacementError(
            f"žádná obec území nemá aspoň {wish.least_people} obyvatel; zmenšete --least-people"
        )
    bases.sort(key=lambda one: (-(one.population or 0), one.code))
    base, week_km, costs = None, None, None
    if means is Means.DAYS:
        base = _base(wish, area, bases, catalog)
        week_km = wish.week_km if wish.week_km is not None else workforce.week_km.value
        costs = 2.0 * road_km_from(base, bases, norm=norm, travel=travel)
        capacity = None
    if spread == Spread():
        bases = bases[:1]
    standing = {one.municipality: one for one in before}
    lacking = [_lacking(standing[one.code], rule) for one in targets]
    if max(lacking, default=1) > 1:
        if means is Means.DAYS:
            raise PlacementError(
                f"pravidlo „{rule.code}“ žádá víc služeb najednou a poradenské dny jsou služba "
                "jedna; zkuste --by site"
            )
        if wish.capacity is not None:
            raise PlacementError(
                f"pravidlo „{rule.code}“ žádá víc služeb najednou a s tím --capacity počítat "
                "neumíme; volbu vynechte"
            )
        capacity = None
    problem = instance(
        np.array([float(one.population or 0) for one in targets]),
        reach(targets, bases, spread=spread, form=form, norm=norm, policy=policy, travel=travel),
        count=wish.count,
        missing=np.array(lacking, np.intp),
        capacity=capacity,
        costs=costs,
        budget=week_km,
    )
    return _Plan(
        wish=wish,
        rule=rule,
        norm=norm,
        means=means,
        form=form,
        spread=spread,
        capacity=capacity,
        week_km=week_km,
        base=base,
        targets=targets,
        bases=bases,
        problem=problem,
        travel=travel,
    )


def _lacking(result: RuleResult, rule: Rule) -> int:
    """Return how many services more the rule asks for in a municipality."""
    asked = rule.threshold if rule.metric.counts else rule.count
    return max(1, int(asked) - len(result.serving))


def _base(
    wish: Wish, area: Sequence[Municipality], bases: Sequence[Municipality], catalog: Catalog
) -> Municipality:
    """Return from where days are visited: the wished one, else the seat of the ORP, the largest."""
    if wish.base is not None:
        return catalog.territory.municipality(wish.base)
    seats = [one for one in bases if one.name == one.orp and one.orp in {a.orp for a in area}]
    return (seats or bases)[0]


class _Within:
    """Whom each base reaches of all municipalities of the area, with a gap or without."""

    def __init__(
        self, plan: _Plan, before: Sequence[RuleResult], catalog: Catalog, policy: Policy
    ) -> None:
        everyone = [catalog.territory.municipality(one.municipality) for one in before]
        self._codes = [one.code for one in everyone]
        self._columns = reach(
            everyone,
            plan.bases,
            spread=plan.spread,
            form=plan.form,
            norm=plan.norm,
            policy=policy,
            travel=plan.travel,
        ).tocsc()

    def codes(self, candidate: int) -> tuple[str, ...]:
        """Return the codes of the municipalities that a base reaches."""
        first, last = self._columns.indptr[candidate : candidate + 2]
        return tuple(sorted(self._codes[row] for row in self._columns.indices[first:last]))


def _scenario(plan: _Plan, choice: Choice, within: _Within, area: str) -> Scenario:
    """Write the choice down as changes that the gap map can judge and a planner can keep."""
    places = [plan.bases[pick.candidate] for pick in choice.picks]
    if plan.means is Means.DAYS:
        at = tuple(place.code for place in places)
        new = [AddService(type=plan.rule.type, form=plan.form, at=at)] if at else []
    else:
        new = [
            AddService(
                type=plan.rule.type,
                form=plan.form,
                at=(place.code,),
                covers=_covers(plan, pick, within),
            )
            for pick, place in zip(choice.picks, places, strict=True)
        ]
    return Scenario(
        name=f"{plan.rule.code}: {', '.join(place.name for place in places)}",
        area=area,
        changes=tuple(new),
    )


def _covers(plan: _Plan, pick: Pick, within: _Within) -> tuple[str, ...]:
    """Return the codes that a new service names as its area; none where its place decides."""
    if plan.capacity is not None:
        return tuple(sorted(plan.targets[row].code for row, _ in pick.serves))
    return within.codes(pick.candidate) if plan.form is Form.FIELD else ()


def _sites(
    plan: _Plan,
    choice: Choice,
    within: _Within,
    before: Sequence[RuleResult],
    after: Sequence[RuleResult],
) -> tuple[SuggestedSite, ...]:
    gained = {
        one.municipality: one.status
        for one, then in zip(before, after, strict=True)
        if then.status is GapStatus.MET and one.status is not GapStatus.MET
    }
    same = {}
    if plan.capacity is None and plan.problem.repeated == 1:
        same = equals(plan.problem, [pick.candidate for pick in choice.picks])
    found = []
    for pick in choice.picks:
        base = plan.bases[pick.candidate]
        serves = tuple(
            Served(
                code=plan.targets[row].code,
                name=plan.targets[row].name,
                population=plan.targets[row].population,
                people=round(people),
            )
            for row, people in pick.serves
        )
        reached = within.codes(pick.candidate) if plan.capacity is None else ()
        mine = {one.code for one in serves}
        fresh = {code: gained.pop(code) for code in reached if code in gained}
        found.append(
            SuggestedSite(
                municipality=base.code,
                name=base.name,
                units=pick.units,
                gain_population=sum(one.people for one in serves),
                serves=tuple(sorted(serves, key=lambda one: (-one.people, one.code))),
                also=tuple(
                    one.code for one in plan.targets if one.code in reached and one.code not in mine
                ),
                assures=_those(fresh, GapStatus.UNKNOWN),
                improves=_those(fresh, GapStatus.PARTIAL),
                equals=tuple(plan.bases[one].code for one in same.get(pick.candidate, ())),
                week_km=None
                if plan.problem.costs is None
                else round(float(plan.problem.costs[pick.candidate]), 1),
            )
        )
    return tuple(found)


def _those(fresh: Mapping[str, GapStatus], status: GapStatus) -> tuple[str, ...]:
    return tuple(code for code, was in fresh.items() if was is status)


def _eased(before: Sequence[RuleResult], after: Sequence[RuleResult]) -> Eased:
    turned = [
        now
        for now, then in zip(before, after, strict=True)
        if now.status is GapStatus.GAP and then.status is GapStatus.PARTIAL
    ]
    return Eased(municipalities=len(turned), people=sum(one.population or 0 for one in turned))


def _remaining(
    plan: _Plan, choice: Choice, after: Sequence[RuleResult], catalog: Catalog
) -> tuple[Remaining, ...]:
    """Return who stays without, most people first, and the reason for each."""
    rows = {one.code: row for row, one in enumerate(plan.targets)}
    still = [one for one in after if one.status is GapStatus.GAP]
    still.sort(key=lambda one: (-(one.population or 0), one.municipality))
    return tuple(
        Remaining(
            code=one.municipality,
            name=catalog.territory.municipality(one.municipality).name,
            population=one.population,
            why=_why(plan, choice, rows[one.municipality]),
        )
        for one in still
    )


def _why(plan: _Plan, choice: Choice, row: int) -> Why:
    bases = plan.problem.reach[[row]].indices
    if not len(bases):
        return Why.REACH
    if not plan.targets[row].population:
        return Why.UNCOUNTED
    if plan.capacity is not None and {pick.candidate for pick in choice.picks} & set(bases):
        return Why.CAPACITY
    placed = sum(pick.units for pick in choice.picks)
    if placed < plan.wish.count:
        return Why.CAPACITY if plan.capacity is not None else Why.BUDGET
    return Why.COUNT


def _enough(plan: _Plan) -> int | None:
    if plan.capacity is not None or plan.problem.costs is not None or not plan.targets:
        return None
    most = len(plan.targets) * plan.problem.repeated
    return len(choose_quickly(replace(plan.problem, count=most)).picks)
