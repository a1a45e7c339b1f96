"""Answer: where the minimal network of an area has gaps under a norm."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np

from referral.catalog.snapshot import Catalog
from referral.geo.travel import StraightLine, TravelModel
from referral.matching.policy import Policy
from referral.network.capacity import judge_capacity, people_of
from referral.network.equity import equity_of
from referral.network.gaps import Equity, GapReport, GapStatus, RuleResult, RuleSummary
from referral.network.ground import Ground
from referral.network.judging import judge_all, results_of
from referral.network.norms import Metric, Norm, Rule
from referral.network.offered import offered, open_rows
from referral.network.setting import Setting, set_up
from referral.network.verify import verify_first

Demand = Mapping[str, Sequence[float]]
"""How much people below 65, from 65 to 79 and from 80 need a type of service."""
EVERYBODY: Demand = MappingProxyType({})
ESTIMATED = StraightLine()


def find_gaps(  # noqa: PLR0913 - everything that a judgement depends on is an argument
    municipalities: Sequence[str],
    *,
    area: str,
    norm: Norm,
    catalog: Catalog,
    policy: Policy,
    today: date,
    travel: TravelModel = ESTIMATED,
    demand: Demand = EVERYBODY,
    ask: int = 0,
    present: Catalog | None = None,
) -> GapReport:
    """Judge every municipality (six-digit codes) under every rule of the norm.

    ``area`` is the name shown for the set. Results come rule by rule, municipalities by code.
    ``travel`` tells how long ways are; where it estimates, the norm's detour holds. ``demand``
    weighs ages for capacities. ``ask`` is how many services to verify first, 0 for none.
    ``present`` is the catalogue as it is, where ``catalog`` is that of a scenario: an unknown
    capacity is then the median of what there is, not of what the scenario adds.

    Raises:
        UnknownCodeError: a municipality or a word of the norm is not in the catalogue.
    """
    territory = catalog.territory
    chosen = Ground.of(territory, municipalities)

    def held_against(ground: Ground) -> Setting:
        def laid_out(catalog: Catalog) -> Setting:
            return set_up(
                catalog,
                ground,
                norm=norm,
                policy=policy,
                today=today,
                travel=travel.with_detour(norm.detour),
            )

        setting = laid_out(catalog)
        if present is None or not any(rule.metric is Metric.CAPACITY for rule in norm.rules):
            return setting
        return replace(setting, present=laid_out(present))

    here = held_against(chosen)
    # Catchments and ORP reach over the border of the area that is asked for.
    wide = (
        held_against(Ground.of(territory, territory.municipalities))
        if any(rule.reaches_over for rule in norm.rules)
        else here
    )
    results: list[RuleResult] = []
    summary: list[RuleSummary] = []
    equity: list[Equity] = []
    for rule in norm.rules:
        setting = wide if rule.reaches_over else here
        found, shared = _judged(rule, setting, demand, chosen)
        of_rule = [one for one in found if one.municipality in chosen.position]
        results += of_rule
        summary.append(_summed(rule, of_rule))
        equity += shared
    return GapReport(
        norm=norm,
        area=area,
        as_of=today,
        municipalities=tuple(place.code for place in chosen.places),
        results=tuple(results),
        summary=tuple(summary),
        equity=tuple(equity),
        measured=not travel.is_estimate,
        verify_first=verify_first(
            here,
            count=ask,
            wide=wide,
            people_of=lambda rule, setting: people_of(rule, setting, demand),
        )
        if ask
        else (),
    )


def _judged(
    rule: Rule, setting: Setting, demand: Demand, chosen: Ground
) -> tuple[list[RuleResult], tuple[Equity, ...]]:
    """Judge every municipality of the setting, and how evenly the chosen ones share a capacity."""
    if rule.metric is not Metric.CAPACITY:
        found = offered(rule, open_rows(rule, setting), setting)
        return results_of(rule, judge_all(rule, found, setting), found, setting), ()
    people = people_of(rule, setting, demand)
    judged = judge_capacity(rule, setting, people)
    within = np.array([setting.ground.position[place.code] for place in chosen.places], np.int64)
    shared = equity_of(
        rule.code,
        low=judged.reach.low[within],
        high=judged.reach.high[within],
        counted=people[within],
        persons=chosen.people,
    )
    return judged.results, (shared,)


def _summed(rule: Rule, results: Sequence[RuleResult]) -> RuleSummary:
    def having(status: GapStatus) -> list[RuleResult]:
        return [one for one in results if one.status is status]

    gaps, unknown = having(GapStatus.GAP), having(GapStatus.UNKNOWN)
    return RuleSummary(
        rule=rule.code,
        municipalities=len(results),
        met_municipalities=len(having(GapStatus.MET)),
        partial_municipalities=len(having(GapStatus.PARTIAL)),
        gap_municipalities=len(gaps),
        unknown_municipalities=len(unknown),
        gap_population=sum(one.population or 0 for one in gaps),
        unknown_population=sum(one.population or 0 for one in unknown),
        uncertain_municipalities=sum(one.uncertain for one in results),
    )
