"""The whole answer on small worlds: order, near misses, plan, next step, counts."""

import pytest

from referral.catalog.areas import Coverage
from referral.catalog.model import AddressRole, Kind
from referral.catalog.vocabulary import Form
from referral.matching.errors import RequestError
from referral.matching.ranking import NextStepKind
from referral.matching.request import Refusal, RefusalReason
from referral.usecases.recommend import NEAR_MISSES_SHOWN, recommend
from support.build import SECRET, TODAY, a_service, covering
from support.matching import (
    FAR,
    NEIGHBOUR,
    POLICY,
    SAME_DISTRICT,
    TOWN,
    VILLAGE,
    a_request,
    a_world,
    within,
)

COMES = covering(VILLAGE.code)
ELSEWHERE = covering(NEIGHBOUR.code)


def answer(*services, request=None):
    return recommend(request or a_request(), catalog=a_world(*services), policy=POLICY, today=TODAY)


def test_a_bad_request_is_refused_before_anything_is_searched():
    with pytest.raises(RequestError):
        answer(request=a_request("NENI"))


def test_two_answers_are_equal_when_they_say_the_same_further_things_too():
    helper = a_service(coverage=COMES)
    assert answer(helper) == answer(helper)
    assert answer(helper) != answer(helper, request=a_request(age=80))
    assert answer(helper) != answer(helper).matches


def test_what_follows_from_an_answer_is_thought_over_once():
    result = answer(a_service(coverage=COMES))
    assert [step.service_id for step in result.plan] == [result.matches[0].service_id]
    assert result.plan is result.plan
    assert result.prospects is result.prospects


def test_a_service_that_answers_no_asked_need_is_not_mentioned():
    result = answer(a_service(type="62", forms=(Form.AMBULATORY,)))
    assert (result.matches, result.not_for_you) == ((), ())


def test_the_limit_cuts_the_shown_matches_but_not_the_count():
    many = [a_service(f"s-{number}", coverage=COMES) for number in range(5)]
    result = answer(*many, request=a_request(limit=2))
    assert [match.offer.id for match in result.matches] == ["s-0", "s-1"]
    assert result.counts.found == 5
    assert all(match.tied for match in result.matches)


def test_a_service_at_two_places_is_offered_once_at_its_better_place():
    home = a_service(
        type="49", forms=(Form.RESIDENTIAL,), locations=[within(FAR, km=0), within(TOWN, km=0)]
    )
    (match,) = answer(home).matches
    assert match.offer.location == within(TOWN, km=0)
    other_way = a_service(
        type="49", forms=(Form.RESIDENTIAL,), locations=[within(TOWN, km=0), within(FAR, km=0)]
    )
    assert answer(other_way).matches[0].offer.location == within(TOWN, km=0)


def test_a_service_admitted_at_one_place_is_no_near_miss_for_another():
    club = a_service(
        type="62", forms=(Form.AMBULATORY,), locations=[within(FAR, km=0), within(TOWN, km=0)]
    )
    result = answer(club, request=a_request("VOLNY"))
    assert (len(result.matches), result.not_for_you) == (1, ())


def test_a_near_miss_keeps_the_place_with_the_fewest_reasons():
    club = a_service(
        type="62", forms=(Form.AMBULATORY,), locations=[within(FAR, km=5), within(FAR, km=0)]
    )
    (miss,) = answer(club, request=a_request("VOLNY")).not_for_you
    assert miss.offer.location == within(FAR, km=5)
    assert [one.code for one in miss.exclusions] == ["DALEKO"]


def test_near_misses_come_from_the_nearest_and_only_the_nearest_are_shown():
    def missing(name, location):
        return a_service(name, coverage=ELSEWHERE, locations=location)

    seat = AddressRole.PROVIDER_SEAT
    result = answer(
        missing("a-secret", [SECRET]),
        missing("b-nowhere", []),
        missing("c-far", [within(FAR, km=0)]),
        missing("d-district", [within(SAME_DISTRICT, km=0)]),
        missing("e-orp-seat", [within(TOWN, km=0, role=seat)]),
        missing("f-orp", [within(TOWN, km=0)]),
        missing("g-here", [within(VILLAGE, km=0)]),
    )
    assert [miss.offer.id for miss in result.not_for_you] == [
        "g-here",
        "f-orp",
        "e-orp-seat",
        "d-district",
        "c-far",
        "a-secret",
        "b-nowhere",
    ]
    assert [miss.distance_km is None for miss in result.not_for_you] == [
        False,
        False,
        True,
        False,
        False,
        True,
        True,
    ]
    crowd = [missing(f"s-{number:02}", []) for number in range(NEAR_MISSES_SHOWN + 3)]
    crowded = answer(*crowd)
    assert len(crowded.not_for_you) == NEAR_MISSES_SHOWN
    assert crowded.counts.excluded == NEAR_MISSES_SHOWN + 3


def test_a_service_that_refused_this_client_comes_first_among_the_near_misses():
    refusal = Refusal(service_id="z-far", reason=RefusalReason.CAPACITY)
    result = answer(
        a_service("z-far", coverage=COMES, locations=[within(FAR, km=0)]),
        a_service("a-near", coverage=ELSEWHERE),
        request=a_request(refusals=[refusal]),
    )
    assert [miss.offer.id for miss in result.not_for_you] == ["z-far", "a-near"]


def test_one_service_for_both_needs_beats_two_for_one_each():
    both = a_service(
        "z-both", type=None, kind=Kind.COMMUNITY, needs=["PEC-HYG", "PEC-NOC"], forms=None
    )
    care = a_service("a-care", coverage=COMES)
    alarm = a_service("b-alarm", type="41")
    request = a_request("PEC-HYG", "PEC-NOC", "VOLNY")
    result = answer(both, care, alarm, request=request)
    assert [(step.service_id, step.covers) for step in result.plan] == [
        ("z-both", ("PEC-HYG", "PEC-NOC"))
    ]
    assert result.open_needs == ("VOLNY",)
    assert [step.service_id for step in answer(care, alarm, request=request).plan] == [
        "a-care",
        "b-alarm",
    ]


def test_of_equally_small_plans_the_one_with_more_points_is_made():
    nearer = a_service("z-near", coverage=COMES)
    vaguer = a_service("a-vague", locations=[])
    assert [step.service_id for step in answer(nearer, vaguer).plan] == ["z-near"]


def test_a_threat_to_life_is_a_call_before_anything_else():
    result = answer(a_service(type="37", coverage=COMES), request=a_request("ZDR-SUI", "PEC-HYG"))
    assert [call.number for call in result.urgent] == ["155"]
    assert result.next_step.kind is NextStepKind.CALL
    assert result.next_step.call.number == "155"


def test_the_first_step_is_the_best_service_that_surely_reaches():
    result = answer(a_service("a-vague", locations=[]), a_service("b-sure", coverage=COMES))
    assert (result.next_step.kind, result.next_step.service_id) == (NextStepKind.SERVICE, "b-sure")


@pytest.mark.parametrize("services", [(), (a_service(locations=[]),)])
def test_where_nothing_surely_reaches_stands_the_orp(services):
    step = answer(*services).next_step
    assert (step.kind, step.orp) == (NextStepKind.AUTHORITY, VILLAGE.orp)


def test_the_answer_counts_how_much_of_it_is_unknown():
    seat = AddressRole.PROVIDER_SEAT
    result = answer(
        a_service("a", coverage=COMES),
        a_service("b", locations=[]),
        a_service(
            "c", type="49", forms=(Form.RESIDENTIAL,), locations=[within(TOWN, km=0, role=seat)]
        ),
        a_service("d", type="49", forms=(Form.RESIDENTIAL,), locations=[within(TOWN, km=0)]),
        a_service(
            "e", type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None, coverage=Coverage()
        ),
        a_service("f", coverage=ELSEWHERE),
    )
    counts = result.counts
    assert (counts.found, counts.excluded) == (5, 1)
    assert (counts.coverage_unknown, counts.place_unknown) == (2, 1)
