"""Suggested places: whom they serve, what they may not promise, and who stays without."""

from dataclasses import replace

import pytest

from referral.catalog.vocabulary import Form
from referral.geo.travel import StraightLine
from referral.geo.travel_given import GivenTimes, GivenWay
from referral.network.errors import PlacementError
from referral.network.gaps import GapStatus
from referral.network.means import Means, Spread
from referral.network.norms import Level, Metric, Neighbourhood
from referral.network.placement import Method
from referral.network.sites import Why, Wish
from referral.usecases.suggest_sites import suggest_sites
from referral.web.czech import plain
from referral.web.sites_sentences import result, sought
from support.build import TODAY, a_service
from support.matching import POLICY
from support.planning import (
    CODES,
    FIELD_RULE,
    HILL,
    LAST,
    NAMESAKE,
    NEAR,
    NOBODY,
    NORM,
    PLACES,
    SITE_RULE,
    TOWN,
    VALLEY,
    WORKFORCE,
    a_plan_catalog,
    suggested,
)


def codes(served) -> set[str]:
    return {one.code for one in served}


def test_a_new_place_stands_where_it_serves_most_people():
    report = suggested("45")
    (site,) = report.sites
    assert site.name == "Údolí"
    assert codes(site.serves) == {HILL.code, VALLEY.code, LAST.code}
    assert site.gain_population == 400 + 950 + 120
    assert report.method is Method.EXACT
    assert report.optimal
    assert report.value == report.bound == 1470


def test_the_reach_of_a_place_ends_with_the_threshold_of_the_rule():
    near = replace(NORM, rules=(replace(SITE_RULE, threshold=8.5, partial=None),))
    assert codes(suggested("45", norm=near).sites[0].serves) == {VALLEY.code, HILL.code}


def test_what_is_promised_is_what_the_gap_map_would_show():
    report = suggested("45")
    assert report.before.municipalities[GapStatus.GAP] == 5
    assert report.after.municipalities[GapStatus.GAP] == 1
    assert report.eased.municipalities == 1
    assert report.after.people[GapStatus.GAP] == 0
    assert report.remaining[0].code == NOBODY.code
    assert report.remaining[0].why is Why.UNCOUNTED
    assert report.uncounted == 1


def test_fewer_places_are_suggested_when_more_would_help_nobody():
    report = suggested("45", 5)
    assert [site.name for site in report.sites] == ["Údolí", "Konec"]
    assert report.enough == 2


def test_a_place_may_be_asked_to_stand_in_a_larger_municipality():
    report = suggested("45", 3, least_people=5_000)
    assert report.sites == ()
    assert {one.why for one in report.remaining} == {Why.REACH}
    with pytest.raises(PlacementError, match="100000 obyvatel"):
        suggested("45", least_people=100_000)


def test_places_that_would_do_as_well_are_named():
    report = suggested("45", area=(TOWN.code, HILL.code, VALLEY.code))
    assert report.sites[0].name == "Údolí"
    assert report.sites[0].equals == (HILL.code,)


def test_a_place_may_stand_outside_the_area_only_when_asked():
    area = (NEAR.code, HILL.code, LAST.code)
    assert suggested("45", area=area).sites[0].name == "Kopec"
    assert suggested("45", area=area, beyond=True).sites[0].name == "Údolí"


def test_the_quick_answer_is_the_same_here():
    quick, exact = suggested("45", 2, exact=False), suggested("45", 2)
    assert [one.name for one in quick.sites] == [one.name for one in exact.sites]
    assert quick.method is Method.GREEDY


def test_a_field_worker_serves_no_more_people_than_he_can():
    report = suggested("39", 1)
    (site,) = report.sites
    assert report.means is Means.WORKER
    assert report.capacity == 1_000
    assert site.gain_population == 950
    assert {one.why for one in report.remaining if one.code != NOBODY.code} <= {
        Why.CAPACITY,
        Why.COUNT,
        Why.REACH,
    }
    assert report.remaining[0].why is Why.CAPACITY
    assert report.enough is None


def test_workers_without_a_limit_serve_all_in_their_reach():
    (site,) = suggested("39", 1, unlimited=True).sites
    assert codes(site.serves) == {HILL.code, VALLEY.code, LAST.code, NAMESAKE.code}


def test_a_large_municipality_needs_several_workers_at_once():
    alone = a_plan_catalog(a_service("s-x", type="45", forms=[Form.AMBULATORY]))
    report = suggested("39", 10, catalog=alone, area=(TOWN.code,))
    assert [(site.name, site.units) for site in report.sites] == [("Město", 9)]
    few = suggested("39", 3, catalog=alone, area=(TOWN.code,))
    assert few.sites == ()
    assert [one.why for one in few.remaining] == [Why.CAPACITY]


def test_a_worker_may_serve_his_whole_orp():
    (site,) = suggested("39", 1, unlimited=True, whole_orp=True).sites
    assert codes(site.serves) == {VALLEY.code, LAST.code, NAMESAKE.code, NOBODY.code}


def test_a_worker_goes_as_far_as_he_is_told():
    (site,) = suggested("39", 1, unlimited=True, road_km=10.0).sites
    assert codes(site.serves) == {VALLEY.code, HILL.code, LAST.code}


def test_help_at_a_distance_is_needed_only_once():
    report = suggested("41", 3)
    assert [site.name for site in report.sites] == ["Město"]
    assert codes(report.sites[0].serves) == set(CODES)
    assert report.remaining == ()


def test_a_residential_service_closes_what_a_residential_service_is_missed_in():
    report = suggested("49")
    assert report.form is Form.RESIDENTIAL
    assert report.sites[0].name == "Město"


def test_counselling_days_keep_to_the_kilometres_of_a_week():
    near = suggested("40", 3, means=Means.DAYS, week_km=20.0)
    assert near.base == TOWN.code
    assert [site.name for site in near.sites] == ["Město"]
    assert sum(site.week_km for site in near.sites) <= 20.0
    assert Why.BUDGET in {one.why for one in near.remaining}
    far = suggested("40", 3, means=Means.DAYS, week_km=200.0)
    assert [site.name for site in far.sites] == ["Město", "Údolí", "Konec"]
    assert len(far.scenario.changes) == 1
    assert far.scenario.changes[0].at == (TOWN.code, VALLEY.code, LAST.code)


def test_days_begin_at_the_base_that_is_named():
    report = suggested("40", 1, means=Means.DAYS, base=VALLEY.code, week_km=1.0)
    assert [(site.name, site.week_km) for site in report.sites] == [("Údolí", 0.0)]


def test_a_municipality_that_misses_two_services_gets_two():
    two = replace(NORM, rules=(replace(FIELD_RULE, threshold=2),))
    report = suggested("39", 2, norm=two)
    assert report.after.municipalities[GapStatus.GAP] < report.before.municipalities[GapStatus.GAP]
    assert sum(site.gain_population for site in report.sites) > 0
    assert report.capacity is None
    with pytest.raises(PlacementError, match="--capacity"):
        suggested("39", 2, norm=two, capacity=100.0)


@pytest.mark.parametrize(
    ("rule", "wish", "words"),
    [
        ("x", {}, "pravidla jsou: 45, 39, 40, 41, 49"),
        ("39", {"means": Means.SITE}, "--by worker"),
        ("45", {"means": Means.WORKER}, "--by site"),
        ("49", {"means": Means.DAYS}, "má formy P"),
        ("45", {"road_km": 5.0}, "--radius"),
        ("45", {"whole_orp": True}, "--whole-orp"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_with_advice(rule, wish, words):
    with pytest.raises(PlacementError, match=words):
        suggested(rule, **wish)


def test_what_no_place_can_change_is_refused():
    hours = replace(NORM.rules[2], metric=Metric.HOURS, unit="h/týden")
    for rule in (hours, replace(FIELD_RULE, metric=Metric.PRESENCE, level=Level.ORP)):
        with pytest.raises(PlacementError, match="referral scenario"):
            suggested(rule.code, norm=replace(NORM, rules=(rule,)))


def test_ways_in_minutes_are_measured_in_minutes():
    rule = replace(NORM.rules[2], metric=Metric.REACH_MIN, threshold=20, unit="min")
    report = suggested("40", norm=replace(NORM, rules=(rule,)))
    assert report.spread == Spread(minutes=20)
    assert report.sites[0].name == "Město"
    assert "dosáhne do 20 minut jízdy" in plain(sought(report, a_plan_catalog()))


def test_a_rule_of_presence_is_met_by_who_comes_or_by_a_place_in_the_municipality():
    rule = replace(NORM.rules[2], metric=Metric.PRESENCE, threshold=1, unit="služba")
    norm = replace(NORM, rules=(rule,))
    assert suggested("40", norm=norm).means is Means.WORKER
    site = suggested("40", norm=norm, means=Means.SITE).sites[0]
    assert codes(site.serves) == {TOWN.code}


def test_a_choice_of_two_cannot_be_met_by_the_days_of_one_worker():
    rule = replace(NORM.rules[2], count=2)
    with pytest.raises(PlacementError, match="služba jedna"):
        suggested("40", norm=replace(NORM, rules=(rule,)), means=Means.DAYS)
    two = suggested("40", 2, norm=replace(NORM, rules=(rule,)))
    assert two.after.municipalities[GapStatus.GAP] < two.before.municipalities[GapStatus.GAP]


def test_a_form_that_the_rule_asks_for_is_kept():
    field = replace(NORM, rules=(replace(NORM.rules[2], form=Form.FIELD),))
    assert suggested("40", norm=field).means is Means.WORKER
    with pytest.raises(PlacementError, match="pravidlo žádá formu T"):
        suggested("40", norm=field, means=Means.SITE)


def test_unknown_municipalities_are_not_gaps_but_gain_certainty():
    silent = a_service("s-1", type="40", forms=[Form.FIELD])
    report = suggested("40", catalog=a_plan_catalog(silent), means=Means.SITE)
    assert report.before.municipalities[GapStatus.GAP] == 0
    assert report.sites == ()
    assert "Neznámo je to v" in plain(result(report))
    wider = replace(NORM.rules[2], threshold=20)
    orp = replace(NORM, undecided_within=Neighbourhood.ORP, rules=(wider,))
    known = suggested("40", catalog=a_plan_catalog(silent), norm=orp)
    assert known.sites[0].name == "Údolí"
    assert known.sites[0].assures == (HILL.code,)


def test_measured_ways_decide_whom_a_place_reaches_and_how_far_days_are_driven():
    ways = [
        GivenWay(from_code=one.code, to_code=other.code, minutes=200, km=300)
        for one in PLACES
        for other in PLACES
        if one is not other
    ]
    words = {
        "area": "Zkušební kraj",
        "norm": NORM,
        "workforce": WORKFORCE,
        "catalog": a_plan_catalog(),
        "policy": POLICY,
        "today": TODAY,
        "travel": GivenTimes.of(ways, otherwise=StraightLine()),
    }
    report = suggest_sites(CODES, wish=Wish(rule="45", count=2), **words)
    assert all({one.code for one in site.serves} == {site.municipality} for site in report.sites)
    assert len(report.sites) == 2
    assert report.value == sum(site.gain_population for site in report.sites)
    days = Wish(rule="45", count=2, means=Means.DAYS, week_km=500)
    # Another municipality is six hundred kilometres there and back.
    assert all(site.week_km == 0 for site in suggest_sites(CODES, wish=days, **words).sites)
