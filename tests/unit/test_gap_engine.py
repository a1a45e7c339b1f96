"""Hours, capacities, evenness, the matrix and what to verify first."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.model import AddressRole, CapacityUnit, Schedule, ServiceCapacity
from referral.catalog.vocabulary import Form
from referral.geo.travel import Spots, StraightLine
from referral.geo.travel_given import GivenTimes, GivenWay
from referral.network.catchment import accessible, step_weights
from referral.network.equity import lorenz, weighted_means
from referral.network.gaps import GapStatus
from referral.network.ground import Ground
from referral.network.norms import Level, Metric, Neighbourhood, Norm, NormStatus, People, Rule
from referral.network.opening import WEEK_HOURS, weekly_hours
from referral.network.setting import set_up
from referral.usecases.find_gaps import find_gaps
from support.build import HOME, TODAY, a_service, covering
from support.matching import FAR, NEIGHBOUR, PLACES, POLICY, TOWN, VILLAGE, a_world, within

SEAT = AddressRole.PROVIDER_SEAT


def a_rule(**changes):
    values = {
        "code": "R",
        "type": "49",
        "need": "PEC-HYG",
        "metric": Metric.CAPACITY,
        "threshold": 10,
        "unit": "luzka",
        "source": "zkouška",
    }
    return Rule(**(values | changes))


def a_norm(*rules, **changes):
    values = {
        "id": "n",
        "name": "Zkušební",
        "status": NormStatus.GUIDE,
        "source": "zkouška",
        "territory": "nikde",
        "authority": "nikdo",
        "valid_from": date(2026, 1, 1),
        "rules": rules,
    }
    return Norm(**(values | changes))


def results(*services, rule, travel=None, places=PLACES, **norm):
    report = find_gaps(
        [place.code for place in places],
        area="vše",
        norm=a_norm(rule, **norm),
        catalog=a_world(*services),
        policy=POLICY,
        today=TODAY,
        travel=travel or StraightLine(),
    )
    return {one.municipality: one for one in report.results}


def beds(number, *, form=Form.RESIDENTIAL, unit=CapacityUnit.BEDS, **more):
    return ServiceCapacity(unit=unit, registered=number, as_of=TODAY, form=form, **more)


def a_home(service_id="s-1", place=TOWN, *, capacities=(), **more):
    values = {"type": "49", "forms": (Form.RESIDENTIAL,), "locations": [within(place, km=0)]}
    return a_service(service_id, **(values | {"capacities": list(capacities)} | more))


# --- Opening hours --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Po-Pá 8:00-16:00", 40),
        ("Po 7:00-13:00; Út 8:00-17:00; Čt-Pá 8:00-12:00", 23),
        ("Po-Pá 9:00-11:00, 12:30-14:30", 20),
        ("Po-Ne 18:00-8:00", 98),
        ("So-Po 10-12", 6),
        ("Po-Čt 0:00-24:00; Pá 0:00-16:00", 112),
        ("podle domluvy", None),
        ("Po 8:00-99:00", None),
        ("Po 0:00-20:00; Po 1:00-20:00", None),
        ("", None),
    ],
)
def test_weekly_hours_are_read_or_not_known(text, hours):
    service = a_service(schedules=[Schedule(form=Form.FIELD, text=text)])
    assert weekly_hours(service, None) == hours
    assert weekly_hours(service, Form.AMBULATORY) is None


def test_round_the_clock_is_the_whole_week():
    service = a_service(schedules=[Schedule(form=Form.FIELD, round_the_clock=True)])
    assert weekly_hours(service, Form.FIELD) == WEEK_HOURS


def open_home(text, **more):
    return a_home(schedules=[Schedule(form=Form.RESIDENTIAL, text=text)], **more)


@pytest.mark.parametrize(
    ("services", "status", "value"),
    [
        ([open_home("Po-Pá 8-16")], GapStatus.MET, 40.0),
        ([open_home("Po-Pá 8-14")], GapStatus.PARTIAL, 30.0),
        ([open_home("Po 8-14")], GapStatus.GAP, 6.0),
        ([open_home("dle dohody")], GapStatus.UNKNOWN, None),
        ([open_home("Po-Pá 8-16", place=FAR)], GapStatus.GAP, None),
        (
            [open_home("Po-Pá 8-16", locations=[within(TOWN, km=0, role=SEAT)])],
            GapStatus.UNKNOWN,
            None,
        ),
        ([], GapStatus.GAP, None),
    ],
)
def test_the_service_that_is_open_longest_within_reach_decides(services, status, value):
    rule = a_rule(metric=Metric.HOURS, threshold=35, partial=25, unit="h/týden", within_km=30)
    found = results(*services, rule=rule)[VILLAGE.code]
    assert (found.status, found.value) == (status, value)


# --- Capacity -------------------------------------------------------------------------------------


def test_step_weights_include_their_own_minutes():
    minutes = np.array([0.0, 10.0, 10.001, 20.0, 30.0, 30.001])
    assert step_weights(minutes).tolist() == [1.0, 1.0, 0.68, 0.68, 0.22, 0.0]


@given(
    st.lists(st.floats(0, 100), min_size=2, max_size=4),
    st.lists(st.floats(1, 1000), min_size=3, max_size=3),
    st.data(),
)
def test_all_that_can_be_reached_is_all_that_is_offered(supply, demand, data):
    pairs = data.draw(
        st.lists(
            st.tuples(
                st.integers(0, 2), st.integers(0, len(supply) - 1), st.sampled_from([1, 0.68, 0.22])
            ),
            unique_by=lambda pair: pair[:2],
        )
    )
    origin, destination, weight = (np.array([pair[at] for pair in pairs]) for at in range(3))
    supplies, people = np.array(supply), np.array(demand)
    reached = accessible(
        supplies,
        people,
        origin=origin.astype(np.int64),
        destination=destination.astype(np.int64),
        weight=weight.astype(np.float64),
    )
    offered = sum(supply[at] for at in {pair[1] for pair in pairs})
    assert (reached * people).sum() / 1000 == pytest.approx(offered)


def test_a_capacity_is_shared_by_all_within_half_an_hour_and_nearer_ones_count_more():
    """Village 0 km, neighbour 8, town 15, the fourth 30; the home stands in the village."""
    found = results(a_home(place=VILLAGE, capacities=[beds(30)]), rule=a_rule())
    ways = StraightLine().table(
        Spots.of([p.point for p in PLACES], [None] * 5), Spots.of([HOME], [None])
    )
    weights = step_weights(ways.minutes[:, 0])
    people = np.array([place.population for place in PLACES])
    expected = weights * 30 / (weights * people).sum() * 1000
    assert [found[place.code].value for place in PLACES] == [round(one, 2) for one in expected]
    assert found[VILLAGE.code].serving == ("s-1",)
    assert found[FAR.code].serving == ()
    assert found[FAR.code].status is GapStatus.GAP


def test_a_service_that_comes_shares_its_capacity_in_the_places_it_declares():
    worker = a_service(
        type="39",
        forms=(Form.FIELD,),
        coverage=covering(VILLAGE.code, FAR.code),
        capacities=[beds(2, form=Form.FIELD, unit=CapacityUnit.WORKLOADS)],
    )
    rule = a_rule(type="39", unit="uvazek", threshold=1, partial=0.5)
    found = results(worker, rule=rule)
    together = VILLAGE.population + FAR.population
    assert found[VILLAGE.code].value == found[FAR.code].value == round(2 / together * 1000, 2)
    assert found[NEIGHBOUR.code].value == 0
    assert results(worker, rule=replace(rule, unit="klient"))[VILLAGE.code].high is None


def test_an_unknown_capacity_is_an_interval_and_never_zero():
    homes = [a_home("a", capacities=[beds(300)]), a_home("b", capacities=[beds(9, doubt="divné")])]
    sure = results(homes[0], rule=a_rule())[VILLAGE.code]
    found = results(*homes, rule=a_rule(threshold=sure.value * 1.5))[VILLAGE.code]
    assert found.value == sure.value
    assert sure.high == sure.value
    assert found.high == pytest.approx(2 * found.value, abs=0.02)
    assert (found.status, found.undecided) == (GapStatus.UNKNOWN, 1)
    assert found.unknown_share == 0.5
    blind = results(homes[1], rule=a_rule())[VILLAGE.code]
    assert (blind.status, blind.value, blind.high) == (GapStatus.UNKNOWN, 0.0, None)
    assert blind.unknown_share == 1.0


def test_a_service_of_unknown_place_may_have_its_capacity_wherever_the_norm_thinks_of_it():
    home = a_home(capacities=[beds(300)], locations=[within(TOWN, km=0, role=SEAT)])
    found = results(home, rule=a_rule(), undecided_within=Neighbourhood.ORP)
    assert found[VILLAGE.code].status is GapStatus.UNKNOWN
    assert found[FAR.code].status is GapStatus.GAP
    two = a_home(
        capacities=[beds(300)], locations=[within(TOWN, km=0), within(FAR, km=0, role=SEAT)]
    )
    once = results(a_home(capacities=[beds(300)]), rule=a_rule())
    assert results(two, rule=a_rule())[VILLAGE.code].value == once[VILLAGE.code].value


def test_two_places_share_one_capacity_and_what_holds_at_one_moment_is_a_part():
    capacities = [beds(30), beds(20, immediate=True)]
    two = a_home(capacities=capacities, locations=[within(TOWN, km=0), within(TOWN, km=0.01)])
    once = results(a_home(capacities=[beds(30)]), rule=a_rule())
    found = results(two, rule=a_rule())
    assert found[TOWN.code].value == pytest.approx(once[TOWN.code].value, abs=0.01)


def test_units_and_forms_other_than_asked_for_do_not_count():
    day = beds(40, form=Form.AMBULATORY, unit=CapacityUnit.CLIENTS)
    found = results(a_home(capacities=[day]), rule=a_rule(unit="klient", form=Form.RESIDENTIAL))
    calls = beds(9, form=Form.FIELD, unit=CapacityUnit.CLIENTS)
    assert results(a_home(capacities=[calls]), rule=a_rule(unit="klient"))[TOWN.code].high is None
    assert (found[TOWN.code].value, found[TOWN.code].high) == (0.0, None)
    field_only = results(a_home(capacities=[beds(30)]), rule=a_rule(form=Form.FIELD))
    assert field_only[TOWN.code].high == 0.0
    assert results(a_home(capacities=[beds(30)]), rule=a_rule(form=Form.RESIDENTIAL))[
        TOWN.code
    ].value


def test_a_service_for_named_places_gives_its_capacity_to_nobody_else():
    home = a_home(capacities=[beds(300)], coverage=covering(TOWN.code))
    found = results(home, rule=a_rule())
    assert found[TOWN.code].value == round(300 / TOWN.population * 1000, 2)
    assert found[VILLAGE.code].value == 0.0


def test_help_that_comes_to_unknown_places_is_thought_of_and_remote_help_is_everywhere():
    silent = a_service(
        type="39",
        forms=(Form.FIELD,),
        locations=[within(TOWN, km=0)],
        capacities=[beds(5, form=None, unit=CapacityUnit.WORKLOADS)],
    )
    rule = a_rule(type="39", unit="uvazek", threshold=0.1)
    assert results(silent, rule=rule)[VILLAGE.code].status is GapStatus.UNKNOWN
    alarm = a_service(
        type="41",
        forms=(Form.FIELD,),
        locations=[],
        capacities=[beds(50, form=Form.FIELD, unit=CapacityUnit.CLIENTS)],
    )
    called = results(alarm, rule=a_rule(type="41", need="PEC-NOC", unit="klient", threshold=1))
    assert {one.status for one in called.values()} == {GapStatus.MET}


@pytest.mark.parametrize(
    ("per", "known"),
    [(People.ALL, True), (People.FROM_65, True), (People.FROM_80, False), (People.TO_17, False)],
)
def test_people_whom_no_source_counts_make_the_result_unknown(per, known):
    found = results(a_home(capacities=[beds(300)]), rule=a_rule(per=per))[TOWN.code]
    assert (found.value is not None) is known
    if not known:
        assert (found.status, found.unknown_share) == (GapStatus.UNKNOWN, 1.0)


def test_ages_may_weigh_by_how_much_they_need_the_type():
    ground = Ground.of(a_world().territory, [VILLAGE.code])
    rule = a_rule(per=People.AGED)
    from referral.network.capacity import people_of  # noqa: PLC0415 - beside its one use

    setting = set_up(
        a_world(), ground, norm=a_norm(rule), policy=POLICY, today=TODAY, travel=StraightLine()
    )
    old = replace(setting, ground=replace(ground, people_80=np.array([30.0])))
    weights = {"49": (0.0, 0.5, 1.0)}
    assert people_of(rule, old, weights).tolist() == [0.5 * 70 + 30]
    assert people_of(rule, old, {}).tolist() == [500.0]
    assert people_of(replace(rule, per=People.FROM_80), old, {}).tolist() == [30.0]


@pytest.mark.parametrize("level", [Level.ORP, Level.REGION])
def test_an_orp_or_kraj_has_the_mean_of_its_people_whatever_part_is_asked_about(level):
    home = a_home(capacities=[beds(300)])
    each = results(home, rule=a_rule())
    rule = a_rule(level=level)
    members = [p for p in PLACES if level is Level.REGION or p.orp == VILLAGE.orp]
    held = sum(each[p.code].value * p.population for p in members)
    expected = held / sum(p.population for p in members)
    found = results(home, rule=rule, places=[VILLAGE])
    assert list(found) == [VILLAGE.code]
    assert found[VILLAGE.code].value == pytest.approx(expected, abs=0.05)


# --- Measured ways --------------------------------------------------------------------------------


def test_given_times_decide_and_are_never_uncertain():
    given_way = GivenWay(from_code=VILLAGE.code, to_code=TOWN.code, minutes=70.0, km=50.0)
    travel = GivenTimes.of([given_way], otherwise=StraightLine())
    rule = a_rule(metric=Metric.NEAREST_MIN, unit="min", threshold=40, partial=60)
    estimated = results(a_home(), rule=rule)
    measured = results(a_home(), rule=rule, travel=travel)
    assert estimated[VILLAGE.code].status is GapStatus.MET
    assert (measured[VILLAGE.code].status, measured[VILLAGE.code].value) == (GapStatus.GAP, 70.0)
    assert (measured[VILLAGE.code].nearest_km, measured[VILLAGE.code].uncertain) == (50.0, False)
    assert measured[NEIGHBOUR.code] == estimated[NEIGHBOUR.code]
    km = replace(rule, metric=Metric.REACH, unit="km", count=2)
    two = [a_home("a"), a_home("b", locations=[within(TOWN, km=0), within(VILLAGE, km=1)])]
    assert results(*two, rule=km, travel=travel)[VILLAGE.code].value == 50.0


def test_an_even_share_has_no_gini_and_one_who_has_all_nearly_one():
    people = np.array([10.0, 30.0, np.nan])
    assert lorenz(np.array([2.0, 2.0, 5.0]), people).gini == pytest.approx(0)
    uneven = lorenz(np.array([0.0, 8.0]), np.array([99.0, 1.0]))
    assert uneven.gini == pytest.approx(0.99)
    assert uneven.people.tolist() == pytest.approx([0, 0.99, 1])
    assert uneven.has.tolist() == [0, 0, 1]
    assert lorenz(np.array([0.0]), np.array([1.0])) is None
    assert lorenz(np.array([np.nan]), np.array([1.0])) is None


def test_a_mean_weighs_people_and_is_unknown_without_them():
    groups = np.array([0, 0, 1])
    means = weighted_means(np.array([1.0, 4.0, 7.0]), np.array([2.0, 1.0, np.nan]), groups)
    assert means[0] == 2.0
    endless = weighted_means(np.array([np.inf, np.inf]), np.array([0.0, 3.0]), np.array([0, 1]))
    assert endless.tolist() == pytest.approx([np.nan, np.inf], nan_ok=True)
    assert np.isnan(means[1])
    assert not len(weighted_means(np.empty(0), np.empty(0), np.empty(0, np.int64)))
