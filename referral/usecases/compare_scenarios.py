"""Answer: what a scenario would change in the gaps of an area, beside the present."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from referral.catalog.snapshot import Catalog
from referral.geo.travel import TravelModel
from referral.matching.policy import Policy
from referral.network.gaps import GapReport, GapStatus, RuleSummary
from referral.network.norms import Norm
from referral.network.scenarios import Scenario, apply_scenario
from referral.usecases.find_gaps import ESTIMATED, EVERYBODY, Demand, find_gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A municipality whose status under a rule changes; ``serving`` are the ids that serve then."""

    municipality: str
    rule: str
    before: GapStatus
    after: GapStatus
    population: int | None
    serving: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An area now and under a scenario, by the rules that its changes can touch.

    ``before`` and ``after`` stand in the same order, one pair for each touched rule; ``untouched``
    are the codes of the others, which stay as they are. ``changed`` is the catalogue that would be.
    """

    scenario: Scenario
    norm: Norm
    area: str
    as_of: date
    before: tuple[RuleSummary, ...]
    after: tuple[RuleSummary, ...]
    turns: tuple[Turn, ...]
    untouched: tuple[str, ...]
    changed: Catalog


def compare_scenario(  # noqa: PLR0913 - as find_gaps, and the scenario
    scenario: Scenario,
    municipalities: Sequence[str],
    *,
    area: str,
    norm: Norm,
    catalog: Catalog,
    policy: Policy,
    today: date,
    travel: TravelModel = ESTIMATED,
    demand: Demand = EVERYBODY,
) -> Comparison:
    """Judge the municipalities (codes) of an area as they are and as the scenario leaves them.

    Only the rules about a type of service in which something changes are judged: the others cannot
    change.

    Raises:
        ScenarioError: the scenario names what is not there.
    """
    applied = apply_scenario(scenario, catalog=catalog, today=today)
    present = catalog
    touched = tuple(rule for rule in norm.rules if rule.types & applied.types)

    def judged(catalog: Catalog) -> GapReport:
        return find_gaps(
            municipalities,
            area=area,
            norm=replace(norm, rules=touched),
            catalog=catalog,
            policy=policy,
            today=today,
            travel=travel,
            demand=demand,
            present=present,
        )

    before, after = judged(catalog), judged(applied.catalog)
    return Comparison(
        scenario=scenario,
        norm=norm,
        area=area,
        as_of=today,
        before=before.summary,
        after=after.summary,
        turns=tuple(
            Turn(
                municipality=now.municipality,
                rule=now.rule,
                before=now.status,
                after=then.status,
                population=now.population,
                serving=then.serving,
            )
            for now, then in zip(before.results, after.results, strict=True)
            if now.status is not then.status
        ),
        untouched=tuple(rule.code for rule in norm.rules if rule not in touched),
        changed=applied.catalog,
    )
