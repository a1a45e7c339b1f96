"""Answer: where added capacity would lift most people over a capacity rule's threshold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.geo.travel import Bools, Floats, Ints, TravelModel
from referral.matching.policy import Policy
from referral.network.added_capacity import Added, Shortage, add_exactly, add_quickly
from referral.network.capacity import levelled, parts_of, people_of, reachable
from referral.network.capacity_places import (
    CapacityPlace,
    existing_places,
    new_places,
    unit_of,
    unknown_services,
)
from referral.network.capacity_plan import (
    AddedCapacity,
    CapacityReport,
    CapacityWish,
    Short,
    StillShort,
)
from referral.network.errors import PlacementError
from referral.network.gaps import GapStatus, RuleResult
from referral.network.ground import Ground
from referral.network.norms import Level, Metric, Norm, Rule
from referral.network.scenarios import AddService, Change, Scenario, SetCapacity, apply_scenario
from referral.network.setting import Setting, set_up
from referral.network.sites import Served, standing_of
from referral.usecases.find_gaps import ESTIMATED, EVERYBODY, Demand, find_gaps
from referral.usecases.suggest_sites import rule_of

_ATTEMPTS: Final = 3
_A_BIT_MORE: Final = 1 + 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rows:
    """Who misses capacity: names of rows with the municipalities of the area in each."""

    names: Sequence[str]
    members: Sequence[Sequence[Municipality]]
    people: Floats
    missing: Floats
    first: Ints


def add_capacity(  # noqa: PLR0913 - as find_gaps, and what is wished for
    municipalities: Sequence[str],
    *,
    area: str,
    wish: CapacityWish,
    norm: Norm,
    catalog: Catalog,
    policy: Policy,
    today: date,
    travel: TravelModel = ESTIMATED,
    demand: Demand = EVERYBODY,
) -> CapacityReport:
    """Suggest where to add capacity for the people of an area (codes) who surely miss it.

    What exists stays as it is. Only who would stay below the threshold even if every unknown
    capacity were the median counts; the others gain more from a phone call.

    Raises:
        PlacementError: there is no such rule, it measures no capacity, or the wish makes no sense.
    """
    rule = _capacity_rule(norm, wish.rule)
    one_rule = replace(norm, rules=(rule,))
    present = catalog

    def judged(catalog: Catalog) -> tuple[RuleResult, ...]:
        return find_gaps(
            municipalities,
            area=area,
            norm=one_rule,
            catalog=catalog,
            policy=policy,
            today=today,
            travel=travel,
            demand=demand,
            present=present,
        ).results

    setting = set_up(
        catalog,
        Ground.of(catalog.territory, catalog.territory.municipalities),
        norm=one_rule,
        policy=policy,
        today=today,
        travel=travel.with_detour(norm.detour),
    )
    people = people_of(rule, setting, demand)
    parts = parts_of(rule, setting, detour=norm.detour)
    before = judged(catalog)
    rows = _rows(rule, setting, people, before)
    places = existing_places(rule, parts, setting, people)
    if wish.new:
        places += _new(rule, catalog, setting, people, before, wish)
    gives = _gives(places, rows, rule, setting, people)
    missing = rows.missing
    for _ in range(_ATTEMPTS):
        problem = Shortage.of(rows.people, missing, gives, units=wish.units, most=wish.most)
        answer = add_exactly(problem, seconds=wish.seconds) if wish.exact else add_quickly(problem)
        scenario = _scenario(rule, places, answer.units, area)
        after = before
        if scenario.changes:
            after = judged(apply_scenario(scenario, catalog=catalog, today=today).catalog)
        unmet = {one.municipality for one in after if one.status is not GapStatus.MET}
        short = problem.lifted(answer.units) & np.array(
            [some[0].code in unmet for some in rows.members], np.bool_
        )
        if not short.any():
            break
        # The gap map adds the same up in another order and may miss the last bit.
        missing = np.where(short, missing * _A_BIT_MORE, missing)
    lifted = problem.lifted(answer.units) & ~short
    value = int(rows.people[lifted].sum())
    return CapacityReport(
        norm=norm,
        rule=rule,
        area=area,
        as_of=today,
        wish=wish,
        method=answer.method,
        optimal=answer.optimal and not short.any(),
        stopped=answer.stopped,
        seconds=answer.seconds,
        value=value,
        bound=int(answer.bound + 1e-6),
        used=int(answer.units.sum()),
        before=standing_of(before),
        after=standing_of(after),
        added=_added(problem, answer, lifted, places, rows, before, setting),
        remaining=_remaining(problem, lifted, rows, rule),
        unknown_services=unknown_services(parts),
        scenario=scenario,
    )


def _capacity_rule(norm: Norm, code: str) -> Rule:
    rule = rule_of(norm, code)
    if rule.metric is not Metric.CAPACITY:
        raise PlacementError(
            f"pravidlo „{code}“ neměří kapacitu; kde by pomohla nová služba, řekne --by site, "
            "worker nebo days"
        )
    return rule


def _rows(rule: Rule, setting: Setting, people: Floats, before: Sequence[RuleResult]) -> _Rows:
    """Return who surely misses capacity, row by row as the rule judges them."""
    reach = reachable(rule, setting, people, detour=setting.detours[0])
    low, high = (levelled(values, people, rule, setting) for values in (reach.low, reach.high))
    ground = setting.ground
    members: dict[str, list[Municipality]] = {}
    for one in before:
        at = ground.position[one.municipality]
        if one.status in {GapStatus.GAP, GapStatus.PARTIAL} and high[at] < rule.threshold:
            place = ground.places[at]
            members.setdefault(_row_of(place, rule), []).append(place)
    first = np.array([ground.position[some[0].code] for some in members.values()], np.int64)
    return _Rows(
        names=tuple(members),
        members=tuple(members.values()),
        people=np.array(
            [sum(place.population or 0 for place in some) for some in members.values()], np.float64
        ),
        missing=rule.threshold - low[first],
        first=first,
    )


def _row_of(place: Municipality, rule: Rule) -> str:
    of_level: Mapping[Level, str] = {
        Level.MUNICIPALITY: place.code,
        Level.ORP: place.orp,
        Level.REGION: place.region,
    }
    return of_level[rule.level]


def _new(
    rule: Rule,
    catalog: Catalog,
    setting: Setting,
    people: Floats,
    before: Sequence[RuleResult],
    wish: CapacityWish,
) -> list[CapacityPlace]:
    area = [catalog.territory.municipality(one.municipality) for one in before]
    bases = [one for one in area if (one.population or 0) >= wish.least_people]
    if not bases:
        raise PlacementError(
            f"žádná obec území nemá aspoň {wish.least_people} obyvatel; zmenšete --least-people"
        )
    bases.sort(key=lambda one: (one.name != one.orp, -(one.population or 0), one.code))
    kind = catalog.vocabulary.service_type(rule.type)
    return new_places(rule, kind, bases, setting, people)


def _gives(
    places: Sequence[CapacityPlace], rows: _Rows, rule: Rule, setting: Setting, people: Floats
) -> Floats:
    columns = [levelled(place.adds, people, rule, setting)[rows.first] for place in places]
    return np.array(columns, np.float64).reshape(len(places), len(rows.first)).T


def _scenario(rule: Rule, places: Sequence[CapacityPlace], units: Ints, area: str) -> Scenario:
    unit = unit_of(rule)
    changes: list[Change] = []
    for at in np.flatnonzero(units).tolist():
        place, added = places[at], float(units[at])
        if place.service is not None:
            changes.append(
                SetCapacity(
                    service=place.service.id,
                    unit=unit,
                    amount=place.before + added,
                    form=place.form,
                )
            )
        elif place.at is not None and place.form is not None:
            changes.append(
                AddService(
                    type=rule.type,
                    form=place.form,
                    at=(place.at.code,),
                    covers=place.covers,
                    unit=unit,
                    amount=added,
                )
            )
    return Scenario(name=f"{rule.code}: přidaná kapacita", area=area, changes=tuple(changes))


def _added(
    problem: Shortage,
    answer: Added,
    met: Bools,
    places: Sequence[CapacityPlace],
    rows: _Rows,
    before: Sequence[RuleResult],
    setting: Setting,
) -> tuple[AddedCapacity, ...]:
    """Tell of each place what is added, whom it lifts most of all, and whom it helps."""
    lifted = np.flatnonzero(met)
    chosen = np.flatnonzero(answer.units)
    parts = problem.gives * answer.units
    most = {row: int(chosen[parts[row, chosen].argmax()]) for row in lifted.tolist()}
    population = {one.municipality: one.population or 0 for one in before}
    codes = [one.code for one in setting.ground.places]
    found = []
    for column in chosen.tolist():
        place, units = places[column], int(answer.units[column])
        mine = [row for row in lifted.tolist() if most[row] == column]
        others = [row for row in lifted.tolist() if parts[row, column] > 0 and row not in mine]
        eased = [
            population[code]
            for code, more in zip(codes, place.adds.tolist(), strict=True)
            if more > 0 and code in population
        ]
        found.append(
            AddedCapacity(
                service=None if place.service is None else place.service.id,
                name=place.name,
                municipality=None if place.at is None else place.at.code,
                form=place.form,
                units=units,
                before=place.before,
                after=place.before + units,
                serves=tuple(
                    Served(
                        code=one.code,
                        name=one.name,
                        population=one.population,
                        people=one.population or 0,
                    )
                    for row in mine
                    for one in rows.members[row]
                ),
                also=tuple(one.code for row in others for one in rows.members[row]),
                eases_people=sum(eased),
                eases_municipalities=len(eased),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.gain_population, one.name)))


def _remaining(problem: Shortage, lifted: Bools, rows: _Rows, rule: Rule) -> tuple[StillShort, ...]:
    """Return who stays below the threshold, most people first, and why."""
    found = []
    for row, name in enumerate(rows.names):
        if lifted[row]:
            continue
        best = float(problem.gives[row].max(initial=0.0))
        needs = int(np.ceil(rows.missing[row] / best - 1e-9)) if best > 0 else None
        short = Short.COUNT
        if needs is None:
            short = Short.REACH
        elif needs > problem.units:
            short = Short.UNITS
        alone = rule.level is Level.MUNICIPALITY
        found.append(
            StillShort(
                code=name if alone else None,
                name=rows.members[row][0].name if alone else name,
                population=int(rows.people[row]),
                needs=needs,
                why=short,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.population, one.name)))
