"""Which unknowns are asked about first."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import AddressRole, CapacityUnit, Schedule, ServiceCapacity
from referral.catalog.vocabulary import Form
from referral.geo.travel import StraightLine
from referral.network.gaps import GapStatus, Unknown
from referral.network.ground import Ground
from referral.network.norms import Level, Metric, Neighbourhood, Norm, NormStatus, Rule
from referral.network.setting import set_up
from referral.network.verify import verify_first
from referral.usecases.find_gaps import find_gaps
from support.build import TODAY, a_service, covering
from support.matching import FAR, PLACES, POLICY, TOWN, VILLAGE, a_world, within

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


def asked(*services, rules, **norm):
    catalog = a_world(*services)
    ground = Ground.of(catalog.territory, [place.code for place in PLACES])
    words = {"policy": POLICY, "today": TODAY, "travel": StraightLine()}
    return catalog, set_up(catalog, ground, norm=a_norm(*rules, **norm), **words)


def test_the_service_whose_answer_helps_most_people_is_called_first():
    silent = a_service("ticha", locations=[within(TOWN, km=0, role=SEAT)])
    distant = a_service("daleka", locations=[within(FAR, km=0, role=SEAT)])
    rule = a_rule(type="40", metric=Metric.COVERAGE, threshold=1, unit="služba")
    _, setting = asked(silent, distant, rules=[rule], undecided_within=Neighbourhood.ORP)
    first, second = verify_first(setting)
    orp = [place for place in PLACES if place.orp == TOWN.orp]
    assert (first.service, first.people) == ("ticha", sum(place.population for place in orp))
    assert first.municipalities == tuple(place.code for place in orp)
    assert (first.rules, first.statuses) == (("R",), len(orp))
    assert (second.service, second.people) == ("daleka", FAR.population)
    assert first.unknown == (Unknown.COVERAGE, Unknown.CAPACITY)
    assert verify_first(setting, count=1) == (first,)


def test_nobody_is_called_whose_answer_would_change_nothing():
    sure = a_service("jista", coverage=covering(*(place.code for place in PLACES)))
    silent = a_service("ticha", locations=[within(TOWN, km=0, role=SEAT)])
    rule = a_rule(type="40", metric=Metric.COVERAGE, threshold=1, unit="služba")
    _, met = asked(sure, silent, rules=[rule])
    assert verify_first(met) == ()
    _, hopeless = asked(silent, rules=[replace(rule, threshold=3), a_rule()])
    assert verify_first(hopeless) == ()
    _, partly = asked(silent, rules=[replace(rule, threshold=3, partial=1)])
    assert len(verify_first(partly)) == 1


def test_a_service_assumed_at_home_is_worth_a_call_and_its_answer_makes_just_that_status_met():
    home = a_service("doma", forms=(Form.FIELD,), locations=[within(VILLAGE, km=0)])
    rule = a_rule(type="40", metric=Metric.COVERAGE, threshold=1, unit="služba")
    _, setting = asked(home, rules=[rule], undecided_within=Neighbourhood.ORP)
    (one,) = verify_first(setting)
    assert VILLAGE.code in one.municipalities
    assert one.unknown == (Unknown.COVERAGE, Unknown.CAPACITY)
    told = replace(home, coverage=covering(*one.municipalities, status=CoverageStatus.DECLARED))
    after = results(told, rule=rule)
    met = {code for code, found in after.items() if found.status is GapStatus.MET}
    assert met == set(one.municipalities)


# --- Opening hours and capacity -------------------------------------------------------------------


def test_a_service_of_unknown_hours_is_asked_when_it_is_open():
    rule = a_rule(metric=Metric.HOURS, threshold=35, partial=25, unit="h/týden", within_km=30)
    values = {"type": "49", "forms": (Form.RESIDENTIAL,), "locations": [within(TOWN, km=0)]}
    silent = a_service("ticha", **values)
    short = a_service(
        "kratka", schedules=[Schedule(form=Form.RESIDENTIAL, text="Po 8-10")], **values
    )
    lost = a_service(
        "nevime-kde",
        type="49",
        forms=(Form.RESIDENTIAL,),
        locations=[within(TOWN, km=0, role=SEAT)],
        schedules=[Schedule(form=Form.RESIDENTIAL, text="Po-Pá 8-14")],
    )
    _, setting = asked(silent, short, lost, rules=[rule], undecided_within=Neighbourhood.ORP)
    found = {one.service: one for one in verify_first(setting)}
    assert set(found) == {"ticha", "nevime-kde"}
    assert Unknown.HOURS in found["ticha"].unknown
    assert Unknown.HOURS not in found["nevime-kde"].unknown
    assert found["ticha"].rules == ("R",)
    # Thirty hours would be enough for a part where nothing is met, and for nothing more.
    whole = replace(rule, partial=None)
    _, strict = asked(silent, short, lost, rules=[whole], undecided_within=Neighbourhood.ORP)
    assert [one.service for one in verify_first(strict)] == ["ticha"]


def beds(number):
    return ServiceCapacity(
        unit=CapacityUnit.BEDS, registered=number, as_of=TODAY, form=Form.RESIDENTIAL
    )


def a_home(name, place, *capacities, **more):
    values = {"type": "49", "forms": (Form.RESIDENTIAL,), "locations": [within(place, km=0)]}
    return a_service(name, capacities=list(capacities), **(values | more))


def test_a_service_of_unknown_capacity_is_asked_how_much_it_has():
    rule = a_rule(threshold=5, partial=None)
    known, silent = a_home("znama", FAR, beds(400)), a_home("ticha", TOWN)
    _, setting = asked(known, silent, rules=[rule])
    (one,) = verify_first(setting)
    assert (one.service, one.units) == ("ticha", ("luzka",))
    assert Unknown.CAPACITY in one.unknown
    assert TOWN.code in one.municipalities
    # Told the very median that the interval takes, the same places are met.
    after = results(known, replace(silent, capacities=(beds(400),)), rule=rule)
    met = {code for code, found in after.items() if found.status is GapStatus.MET}
    before = results(known, silent, rule=rule)
    was = {code for code, found in before.items() if found.status is GapStatus.MET}
    assert met - was == set(one.municipalities)


def test_without_any_known_capacity_every_one_that_may_be_large_enough_is_asked():
    _, setting = asked(a_home("ticha", TOWN), rules=[a_rule()])
    (one,) = verify_first(setting)
    assert one.service == "ticha"
    far_too_little = a_home("mala", TOWN, beds(1))
    _, small = asked(far_too_little, a_home("ticha", TOWN), rules=[a_rule(threshold=50)])
    assert verify_first(small) == ()


def test_a_capacity_of_unknown_whereabouts_is_asked_where_it_is():
    lost = a_home("nevime-kde", TOWN, beds(900), locations=[within(TOWN, km=0, role=SEAT)])
    team = a_service("tym", type="39", forms=(Form.FIELD,), locations=[within(TOWN, km=0)])
    words = [a_rule(), a_rule(code="T", type="39", unit="uvazek", level=Level.ORP)]
    _, setting = asked(lost, team, rules=words, undecided_within=Neighbourhood.ORP)
    found = {one.service: one.unknown for one in verify_first(setting)}
    assert Unknown.PLACE in found["nevime-kde"]
    assert Unknown.COVERAGE in found["tym"]


def test_only_people_of_the_area_count_though_rules_reach_over_its_border():
    catalog, wide = asked(a_home("ticha", TOWN), rules=[a_rule()])
    report = find_gaps(
        [VILLAGE.code],
        area="ves",
        norm=a_norm(a_rule()),
        catalog=catalog,
        policy=POLICY,
        today=TODAY,
        ask=3,
    )
    (one,) = report.verify_first
    assert one.municipalities == (VILLAGE.code,)
    assert one.people == VILLAGE.population
    assert len(verify_first(wide)[0].municipalities) > 1
    alone = find_gaps(
        [FAR.code],
        area="daleko",
        norm=a_norm(a_rule()),
        catalog=catalog,
        policy=POLICY,
        today=TODAY,
        ask=3,
    )
    assert alone.verify_first == ()


# --- How evenly capacity is reached ---------------------------------------------------------------


def test_evenness_is_an_interval_from_unknown_as_zero_to_unknown_as_the_median():
    catalog, _ = asked(a_home("znama", FAR, beds(40)), a_home("ticha", TOWN), rules=[a_rule()])
    words = {"catalog": catalog, "policy": POLICY, "today": TODAY}
    codes = [place.code for place in PLACES]
    (one,) = find_gaps(codes, area="vše", norm=a_norm(a_rule(level=Level.ORP)), **words).equity
    everybody = sum(place.population for place in PLACES)
    assert one.people == one.known_people == everybody
    assert one.sure_people < everybody
    # Only those in the far town have anything: the share of all others is what the index is.
    assert one.gini_if_zero == pytest.approx(1 - FAR.population / everybody, abs=1e-3)
    assert one.gini_if_median < one.gini_if_zero
    assert one.lorenz_if_zero[0] == (0.0, 0.0)
    assert one.lorenz_if_zero[-1] == one.lorenz_if_median[-1] == (1.0, 1.0)
    nobody, _ = asked(a_home("ticha", TOWN), rules=[a_rule()])
    (none,) = find_gaps(
        codes, area="vše", norm=a_norm(a_rule()), catalog=nobody, policy=POLICY, today=TODAY
    ).equity
    assert (none.gini_if_zero, none.gini_if_median, none.lorenz_if_zero) == (None, None, ())


def test_of_two_forms_each_is_asked_for_where_it_bears():
    both = a_service(
        "obe",
        type="37",
        forms=(Form.AMBULATORY, Form.FIELD),
        coverage=covering(VILLAGE.code),
        locations=[within(TOWN, km=0)],
    )
    spot = a_service(
        "jen-tady", type="37", forms=(Form.AMBULATORY,), locations=[within(TOWN, km=0)]
    )
    rule = a_rule(type="37", need="ZAV-ALK", unit="klient")
    _, setting = asked(both, spot, rules=[rule])
    assert {one.service for one in verify_first(setting)} == {"obe", "jen-tady"}
