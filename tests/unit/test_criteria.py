"""Each bar of the explanation, one by one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.experience import OutcomeCount
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Eligibility,
    Kind,
    ServiceCapacity,
    Stance,
)
from referral.catalog.vocabulary import Form
from referral.matching.outcome import Explanation, Level, Outcome
from referral.matching.request import AskedNeed, Refusal, RefusalReason
from referral.usecases.recommend import recommend
from support.build import HOME, SECRET, TODAY, a_catalog, a_location, a_service, covering
from support.matching import (
    FAR,
    NEIGHBOUR,
    POLICY,
    SAME_DISTRICT,
    TERRITORY,
    TOWN,
    VILLAGE,
    VOCABULARY,
    a_request,
    a_world,
    within,
)

COMES = covering(VILLAGE.code)
RESIDENTIAL = {"type": "49", "forms": (Form.RESIDENTIAL,)}
AMBULATORY = {"type": "62", "forms": (Form.AMBULATORY,)}


def bar(name, service, request=None):
    result = recommend(request or a_request(), catalog=a_world(service), policy=POLICY, today=TODAY)
    (match,) = result.matches
    bars = {one.criterion: one for one in match.explanation.outcomes}
    return bars.get(name)


def test_the_best_type_for_the_need_gets_all_points_and_each_place_behind_costs_a_tenth():
    assert bar("need", a_service(type="40", coverage=COMES)).points == 25
    behind = bar("need", a_service(type="39", coverage=COMES))
    assert behind.points == 22.5
    assert (behind.facts["rank"], behind.facts["type"]) == (2, "39")


def test_help_beside_the_registered_services_answers_half_a_need():
    office = a_service(
        type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None, coverage=COMES
    )
    found = bar("need", office)
    assert found.points == 12.5
    assert (found.facts["rank"], found.facts["type"]) == (0, "")


def test_one_of_two_needs_gets_its_share_by_confidence():
    request = replace(
        a_request(),
        needs=(
            AskedNeed(code="PEC-HYG", confidence=0.75),
            AskedNeed(code="PEC-NOC", confidence=0.25),
        ),
    )
    found = bar("need", a_service(coverage=COMES), request)
    assert found.points == 18.75
    assert (found.facts["needs"], found.facts["asked"]) == (("PEC-HYG",), 2)


def test_needs_heard_without_any_confidence_give_no_points():
    request = replace(a_request(), needs=(AskedNeed(code="PEC-HYG", confidence=0.0),))
    assert bar("need", a_service(coverage=COMES), request).level is Level.NONE


@pytest.mark.parametrize(
    ("coverage", "points"),
    [
        (covering(VILLAGE.code, status=CoverageStatus.DECLARED), 30),
        (covering(VILLAGE.code), 27),
        (Coverage(), 18),
    ],
)
def test_a_field_service_is_judged_by_how_surely_it_comes(coverage, points):
    found = bar("reach", a_service(coverage=coverage))
    assert found.points == points
    assert found.facts["form"] == "T"


def test_named_areas_are_told_once_each():
    twice = tuple(ServiceArea(kind=AreaKind.RADIUS, name="Lhota", km=km) for km in (5, 9))
    coverage = replace(covering(VILLAGE.code), areas=(*twice, ServiceArea(kind=AreaKind.COUNTRY)))
    assert bar("reach", a_service(coverage=coverage)).facts["areas"] == ("Lhota",)


@pytest.mark.parametrize(
    ("locations", "forms", "missing"),
    [
        ([within(TOWN, km=0)], (Form.FIELD,), "coverage"),
        ([within(TOWN, km=0, role=AddressRole.PROVIDER_SEAT)], (Form.FIELD,), "coverage"),
        ([within(TOWN, km=0, role=AddressRole.PROVIDER_SEAT)], (Form.RESIDENTIAL,), "place_seat"),
        ([SECRET], (Form.RESIDENTIAL,), "place_secret"),
        ([], (Form.RESIDENTIAL,), "place_none"),
        ([a_location(point=None)], (Form.RESIDENTIAL,), "place_none"),
    ],
)
def test_what_nobody_says_about_the_way_is_unknown_and_named(locations, forms, missing):
    found = bar("reach", a_service(forms=forms, locations=locations))
    assert (found.level, found.points, found.missing) == (Level.UNKNOWN, 0, missing)


def test_a_place_that_only_may_be_covered_is_unknown():
    service = a_service(coverage=covering(NEIGHBOUR.code, possible=[VILLAGE.code]), locations=[])
    assert bar("reach", service).missing == "coverage"


def test_an_office_of_unknown_jurisdiction_is_unknown_and_one_for_the_country_reaches_by_phone():
    office = {"type": None, "kind": Kind.AUTHORITY, "needs": ["PEC-HYG"], "forms": None}
    assert bar("reach", a_service(**office, locations=[])).missing == "coverage"
    line = a_service(**office, coverage=covering(everywhere=True, status=CoverageStatus.DECLARED))
    found = bar("reach", line)
    assert (found.points, found.facts["remote"], found.facts["form"]) == (30, 1, "")


def test_help_at_a_distance_is_assumed_to_reach_where_its_coverage_does_not_say():
    found = bar("reach", a_service(type="41", locations=[]), a_request("PEC-NOC"))
    assert (found.points, found.facts["remote"], found.facts["covers"]) == (18, 1, "assumed")


@pytest.mark.parametrize(
    ("form", "km", "points"), [("A", 1.5, 30), ("A", 21, 15), ("P", 9, 24), ("P", 55, 12)]
)
def test_distance_costs_nothing_near_and_then_falls_evenly(form, km, points):
    kind = AMBULATORY if form == "A" else RESIDENTIAL
    need = "VOLNY" if form == "A" else "PEC-HYG"
    found = bar("reach", a_service(**kind, locations=[within(VILLAGE, km=km)]), a_request(need))
    assert found.points == pytest.approx(points, abs=0.15)
    assert found.facts["km"] == pytest.approx(km, abs=0.1)
    assert found.facts["place"] == "facility"


def test_a_listed_place_says_that_it_is_only_listed():
    service = a_service(**RESIDENTIAL, locations=[within(VILLAGE, km=3, role=AddressRole.LISTED)])
    assert bar("reach", service).facts["place"] == "listed"


def test_the_best_way_is_judged_and_a_known_one_beats_an_unknown_one():
    both = a_service(
        forms=(Form.FIELD, Form.AMBULATORY), locations=[within(VILLAGE, km=20)], coverage=Coverage()
    )
    assert bar("reach", both).facts["form"] == "T"  # its own facility is in the village
    far_office = replace(both, locations=(within(TOWN, km=0),))
    assert bar("reach", far_office).facts["form"] == "A"


def test_of_equally_sure_ways_the_one_that_takes_least_from_home_comes_first():
    service = a_service(
        forms=(Form.FIELD, Form.AMBULATORY),
        locations=[within(VILLAGE, km=0)],
        coverage=covering(VILLAGE.code, status=CoverageStatus.DECLARED),
    )
    result = recommend(a_request(), catalog=a_world(service), policy=POLICY, today=TODAY)
    assert result.matches[0].forms == (Form.FIELD, Form.AMBULATORY)


def test_forms_known_only_from_the_type_are_used_and_marked():
    service = a_service(type="49", forms=None, locations=[within(VILLAGE, km=3)])
    result = recommend(a_request(), catalog=a_world(service), policy=POLICY, today=TODAY)
    (match,) = result.matches
    assert (match.forms, match.forms_by_type) == ((Form.RESIDENTIAL,), True)
    assert match.reach.form is Form.RESIDENTIAL


def test_a_stated_group_in_the_declared_circle_gets_all_points():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"SENIORI"}))
    )
    found = bar("group", service, a_request(groups=["SENIORI"]))
    assert (found.points, found.facts["basis"], found.facts["client"]) == (15, "declared", "stated")


def test_a_circle_only_by_type_or_a_client_only_by_need_gets_half():
    declared = a_service(
        coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"SENIORI"}))
    )
    by_need = bar("group", declared)
    assert (by_need.points, by_need.facts["client"]) == (7.5, "need")
    by_type = bar("group", a_service(coverage=COMES), a_request(groups=["SENIORI"]))
    assert (by_type.points, by_type.facts["basis"]) == (7.5, "type")


def test_a_circle_of_others_gives_none_while_the_clients_group_is_not_stated():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"MLADEZ"}))
    )
    found = bar("group", service)
    assert (found.level, found.facts["groups"]) == (Level.NONE, ())


def test_no_circle_at_all_and_no_group_of_the_client_are_different_unknowns():
    nobody_says = a_service(type="37", coverage=COMES)
    assert bar("group", nobody_says, a_request("ZAV-ALK")).missing == "groups"
    alarm = a_service(type="41")
    assert bar("group", alarm, a_request("PEC-NOC")).missing == "client_groups"


@pytest.mark.parametrize(("kind", "points"), [(Kind.HEALTH, 15), (Kind.COMMUNITY, 7.5)])
def test_help_without_a_circle_can_put_nobody_outside_it_and_health_care_may_not(kind, points):
    help_ = a_service("s-1", type=None, kind=kind, needs=["PEC-HYG"], forms=[Form.FIELD])
    told = bar("group", help_)
    assert (told.points, told.facts["basis"], told.facts["kind"]) == (points, "none", kind.value)


def test_health_care_that_names_the_need_answers_more_of_it_than_other_help_beside():
    points = [
        bar("need", a_service("s-1", type=None, kind=kind, needs=["PEC-HYG"])).points
        for kind in (Kind.HEALTH, Kind.COMMUNITY)
    ]
    assert points == [22.5, 12.5]


def test_a_circle_that_only_the_need_tells_of_gives_half_beside_a_group_that_was_told():
    """The need says that one is at risk of addiction; that one is deaf has been told."""

    def points(*circle):
        service = a_service(
            "s-1",
            type="37",
            coverage=covering(VILLAGE.code),
            eligibility=Eligibility(target_groups=frozenset(circle)),
        )
        return bar("group", service, a_request("ZAV-ALK", groups=["SLUCH"])).points

    assert (points("ZAVISLI", "SLUCH"), points("ZAVISLI")) == (15, 7.5)


def test_age_counts_only_when_both_the_limits_and_the_age_are_known():
    limited = a_service(coverage=COMES, eligibility=Eligibility(ages=AgeRange(min=18)))
    assert bar("age", limited, a_request(age=40)).facts == {"age": 40, "min": 18, "max": ""}
    assert bar("age", limited).missing == "client_age"
    assert bar("age", a_service(coverage=COMES), a_request(age=40)).missing == "ages"
    upper = a_service(coverage=COMES, eligibility=Eligibility(ages=AgeRange(max=64)))
    assert bar("age", upper, a_request(age=40)).facts["min"] == ""


def test_a_stated_acceptance_of_a_barrier_counts_by_share_and_silence_is_unknown():
    accepts = (AcceptanceRule(barrier="PAS", stance=Stance.ACCEPTS),)
    service = a_service(coverage=COMES, eligibility=Eligibility(rules=accepts))
    found = bar("barriers", service, a_request(barriers=["PAS", "ALKOHOL"]))
    assert found.points == 5
    assert {key: codes for key, codes in found.facts.items() if codes} == {
        "accepted": ("PAS",),
        "unknown": ("ALKOHOL",),
    }
    silent = bar("barriers", a_service(coverage=COMES), a_request(barriers=["PAS"]))
    assert silent.missing == "barriers"
    assert bar("barriers", service) is None


def test_a_barrier_of_which_nobody_tells_counts_by_experience():
    service = a_service(coverage=COMES)
    counts = [
        OutcomeCount(
            service="s-1", barrier="PAS", accepted=2, refused=1, last_month=date(2026, 8, 1)
        )
    ]
    catalog = a_catalog(service, vocabulary=VOCABULARY, territory=TERRITORY, outcomes=counts)
    request = a_request(barriers=["PAS"])
    (match,) = recommend(request, catalog=catalog, policy=POLICY, today=TODAY).matches
    (found,) = [one for one in match.explanation.outcomes if one.criterion == "barriers"]
    assert found.points == 6
    assert found.facts["experience"] == ("PAS",)


@pytest.mark.parametrize(
    ("service", "points", "fact"),
    [
        ({"stance": Stance.CONDITIONS}, 6, "conditions"),
        ({"circle": frozenset({"ZAVISLI"})}, 10, "circle"),
        ({"type": "62"}, 5, "type"),
    ],
)
def test_a_condition_a_circle_and_a_type_count_by_what_they_are_worth(service, points, fact):
    stances = [service["stance"]] if "stance" in service else []
    rules = [AcceptanceRule(barrier="ALKOHOL", stance=one) for one in stances]
    offer = a_service(
        type=service.get("type", "37"),
        forms=[Form.FIELD],
        coverage=COMES,
        eligibility=Eligibility(target_groups=service.get("circle"), rules=tuple(rules)),
    )
    found = bar("barriers", offer, a_request("ZAV-ALK", "VOLNY", barriers=["ALKOHOL"]))
    assert (found.points, found.facts[fact]) == (points, ("ALKOHOL",))


def test_a_refusal_that_has_lapsed_costs_half():
    lapsed = Refusal(service_id="s-1", reason=RefusalReason.CAPACITY, on=TODAY - timedelta(days=60))
    found = bar("refusal", a_service(coverage=COMES), a_request(refusals=[lapsed]))
    assert (found.points, found.facts["lapsed"]) == (5, 1)


def test_a_service_that_refused_without_a_lawful_reason_falls_behind():
    request = a_request(refusals=[Refusal(service_id="s-1", reason=RefusalReason.OTHER)])
    refused = bar("refusal", a_service(coverage=COMES), request)
    assert (refused.points, refused.facts["reasons"]) == (0, ("jine",))
    assert bar("refusal", a_service("s-2", coverage=COMES), request).points == 10
    assert bar("refusal", a_service(coverage=COMES)) is None


def vacancy(available, *, as_of=date(2026, 8, 1)):
    return ServiceCapacity(unit=CapacityUnit.BEDS, registered=10, available=available, as_of=as_of)


def test_a_free_place_counts_only_when_somebody_told_of_it():
    assert (
        bar("vacancy", a_service(coverage=COMES, capacities=[vacancy(None)])).missing == "vacancy"
    )
    full = bar("vacancy", a_service(coverage=COMES, capacities=[vacancy(0), vacancy(None)]))
    assert (full.level, full.facts["available"]) == (Level.NONE, 0)
    free = bar("vacancy", a_service(coverage=COMES, capacities=[vacancy(0), vacancy(2)]))
    assert (free.points, free.facts["available"], free.facts["unit"]) == (5, 2, "luzka")
    assert free.facts["as_of"] == "2026-08-01"


@pytest.mark.parametrize(
    ("place", "same", "points"),
    [
        (VILLAGE, "municipality", 5),
        (TOWN, "orp", 4),
        (SAME_DISTRICT, "district", 2),
        (FAR, "none", 0),
    ],
)
def test_the_providers_parts_count_a_little(place, same, points):
    seat = within(place, km=0, role=AddressRole.PROVIDER_SEAT)
    found = bar("vicinity", a_service(coverage=COMES, locations=[seat]))
    assert (found.points, found.facts["same"]) == (points, same)
    assert (found.facts["name"], found.facts["role"]) == (place.name, "provider_seat")


@pytest.mark.parametrize(
    "locations", [[], [SECRET], [a_location(None, point=HOME)], [a_location("999999")]]
)
def test_a_provider_of_unknown_whereabouts_is_unknown(locations):
    assert bar("vicinity", a_service(coverage=COMES, locations=locations)).missing == "vicinity"


@pytest.mark.parametrize(("days", "points"), [(0, 5), (90, 5), (410, 2.5), (730, 0), (2000, 0)])
def test_freshness_falls_evenly_with_age(days, points):
    found = bar("freshness", a_service(coverage=COMES, as_of=TODAY - timedelta(days=days)))
    assert (found.points, found.facts["days"], found.facts["verified"]) == (points, days, 0)


def test_a_verified_record_is_as_fresh_as_its_verification_and_never_older_than_today():
    old = a_service(coverage=COMES, as_of=date(2020, 1, 1), verified_on=TODAY + timedelta(days=3))
    found = bar("freshness", old)
    assert (found.points, found.facts["days"], found.facts["verified"]) == (5, 0, 1)


def test_an_explanation_counts_what_it_does_not_know():
    unknown = Outcome.unknown("age", at_most=5, missing="ages")
    known = Outcome.known("need", share=0.5, at_most=25, facts={"rank": 1})
    explanation = Explanation((unknown, known))
    assert (explanation.score, explanation.unknowns) == (12.5, 1)


@pytest.mark.parametrize(
    ("level", "points", "facts"),
    [
        (Level.FULL, 6.0, {"x": 1}),
        (Level.PARTIAL, -1.0, {"x": 1}),
        (Level.UNKNOWN, 0.0, {"x": 1}),
        (Level.FULL, 5.0, {}),
        (Level.UNKNOWN, 1.0, {}),
    ],
)
def test_an_outcome_that_contradicts_itself_is_refused(level, points, facts):
    with pytest.raises(ValueError, match="age"):
        Outcome(criterion="age", level=level, points=points, at_most=5.0, facts=facts)
