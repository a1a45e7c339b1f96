"""Which unknowns are asked about first."""

from dataclasses import replace
from datetime import date

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import AddressRole
from referral.catalog.vocabulary import Form
from referral.geo.travel import StraightLine
from referral.network.gaps import GapStatus, Unknown
from referral.network.ground import Ground
from referral.network.norms import Metric, Neighbourhood, Norm, NormStatus, Rule
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
