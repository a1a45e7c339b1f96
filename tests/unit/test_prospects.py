"""How an offer is likely to answer: conditions, doubts, and the one word they come to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.catalog.experience import Experience, OutcomeCount
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Eligibility,
    Kind,
    ServiceCapacity,
    Stance,
)
from referral.catalog.sexes import Sex
from referral.catalog.snapshot import offers_of
from referral.catalog.vocabulary import Form
from referral.matching.asking import asking_of
from referral.matching.prospect import (
    Answer,
    Condition,
    ConditionKind,
    Doubt,
    DoubtKind,
    prospect_of,
)
from referral.matching.reach import access
from referral.matching.request import Refusal, RefusalReason
from support.build import TODAY, a_catalog, a_need, a_service, a_type, a_vocabulary, covering
from support.matching import POLICY, VILLAGE, VOCABULARY, a_request

COMES = covering(VILLAGE.code)
SENIORS = frozenset({"SENIORI"})


def prospect(service, request=None, *, vocabulary=VOCABULARY, experience=None):
    request = request or a_request(age=80)
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    (offer,) = offers_of(service)
    ways = access(offer, place=request.place, kind=kind, policy=POLICY)
    catalog = replace(a_catalog(vocabulary=vocabulary), experience=experience or Experience())
    asking = asking_of(request, catalog=catalog, policy=POLICY, today=TODAY)
    return prospect_of(service, ways.reaches, asking)


def sure(**more):
    """A service that comes to the village and has seniors in its circle."""
    more.setdefault("eligibility", Eligibility(target_groups=SENIORS))
    return a_service(coverage=COMES, **more)


def taking(*rules, groups=SENIORS):
    return Eligibility(
        target_groups=groups,
        rules=tuple(
            AcceptanceRule(barrier=barrier, stance=stance, wording=f"o {barrier}")
            for barrier, stance in rules
        ),
    )


def kinds(found):
    return {one.kind for one in found}


def test_a_service_of_which_nothing_is_in_doubt_accepts():
    assert prospect(sure()).answer is Answer.ACCEPTS


def test_a_circle_known_only_from_the_type_makes_it_likely():
    found = prospect(sure(eligibility=Eligibility()))
    assert (found.answer, kinds(found.doubts)) == (Answer.LIKELY, {DoubtKind.CIRCLE_BY_TYPE})


def test_a_way_of_which_nothing_is_known_makes_it_unknown():
    found = prospect(a_service(eligibility=Eligibility(target_groups=SENIORS), locations=()))
    assert (found.answer, kinds(found.doubts)) == (Answer.UNKNOWN, {DoubtKind.REACH})


def test_a_circle_of_other_people_makes_it_unknown():
    outside = Eligibility(target_groups=frozenset({"MLADEZ"}))
    found = prospect(sure(eligibility=outside))
    assert (found.answer, kinds(found.doubts)) == (Answer.UNKNOWN, {DoubtKind.CLIENT_OUTSIDE})


def test_a_client_whose_group_only_the_need_suggests_is_likely():
    found = prospect(sure(), a_request())
    assert (found.answer, kinds(found.doubts)) == (Answer.LIKELY, {DoubtKind.CLIENT_GROUP})


def test_who_drinks_is_not_outside_a_circle_of_people_at_risk_of_addiction():
    club = sure(type="37", eligibility=taking(groups=frozenset({"ZAVISLI"})))
    drinks = a_request("ZDR-SUI", age=58, barriers=["ALKOHOL"])
    assert kinds(prospect(club, drinks).doubts) == {DoubtKind.CLIENT_GROUP}
    sober = a_request("PEC-HYG", age=58)
    assert DoubtKind.CLIENT_OUTSIDE in kinds(prospect(club, sober).doubts)


def test_a_client_of_whom_no_group_is_known_is_in_doubt():
    found = prospect(sure(type="41"), a_request("PEC-NOC"))
    assert kinds(found.doubts) == {DoubtKind.CLIENT_GROUP}


def test_without_any_circle_nothing_can_be_told():
    words = a_vocabulary(
        types=(a_type("40", typical_groups=()),),
        groups=(),
        needs=(a_need("PEC-HYG", service_types=("40",), typical_groups=()),),
    )
    bare = a_service(coverage=COMES)
    found = prospect(bare, a_request("PEC-HYG"), vocabulary=words)
    assert (found.answer, kinds(found.doubts)) == (Answer.UNKNOWN, {DoubtKind.CIRCLE})


def test_help_beside_the_register_has_no_circle_to_doubt():
    office = a_service(
        type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None, coverage=COMES
    )
    assert prospect(office).answer is Answer.ACCEPTS


@pytest.mark.parametrize(
    ("eligibility", "answer", "doubts"),
    [
        (taking(("ALKOHOL", Stance.ACCEPTS)), Answer.ACCEPTS, set()),
        (taking(groups=SENIORS | {"ZAVISLI"}), Answer.ACCEPTS, set()),
        (taking(("ALKOHOL", Stance.CONDITIONS)), Answer.CONDITIONAL, set()),
        (taking(), Answer.UNKNOWN, {DoubtKind.BARRIER}),
    ],
)
def test_a_barrier_is_taken_by_word_by_circle_under_a_condition_or_nobody_knows(
    eligibility, answer, doubts
):
    found = prospect(sure(eligibility=eligibility), a_request(age=80, barriers=["ALKOHOL"]))
    assert (found.answer, kinds(found.doubts)) == (answer, doubts)


def test_a_condition_is_told_in_the_providers_words():
    service = sure(eligibility=taking(("ALKOHOL", Stance.CONDITIONS)))
    (condition,) = prospect(service, a_request(age=80, barriers=["ALKOHOL"])).conditions
    assert condition == Condition(kind=ConditionKind.STATED, barrier="ALKOHOL", wording="o ALKOHOL")


def test_a_type_that_is_meant_for_such_people_makes_it_likely():
    club = sure(type="62", forms=[Form.AMBULATORY], eligibility=taking(groups={"MLADEZ"}))
    request = a_request("VOLNY", groups=["MLADEZ"], barriers=["ALKOHOL"])
    found = prospect(club, request)
    assert DoubtKind.BARRIER_BY_TYPE in kinds(found.doubts)
    assert DoubtKind.BARRIER not in kinds(found.doubts)


@pytest.mark.parametrize(
    ("accepted", "refused", "answer", "doubt"),
    [
        (8, 1, Answer.LIKELY, DoubtKind.BARRIER_BY_EXPERIENCE),
        (1, 8, Answer.UNKNOWN, DoubtKind.BARRIER),
    ],
)
def test_experience_makes_likely_what_nobody_states(accepted, refused, answer, doubt):
    experience = Experience.of(
        [
            OutcomeCount(
                service="s-1",
                barrier="ALKOHOL",
                accepted=accepted,
                refused=refused,
                last_month=date(2026, 8, 1),
            )
        ],
        types={"s-1": "40"},
    )
    found = prospect(sure(), a_request(age=80, barriers=["ALKOHOL"]), experience=experience)
    assert (found.answer, kinds(found.doubts)) == (answer, {doubt})
    assert [barrier for barrier, _ in found.estimates] == ["ALKOHOL"]


def test_what_the_service_makes_something_of_and_nobody_asked_is_a_doubt():
    service = sure(
        name="Dům pro ženy",
        eligibility=replace(
            taking(("PAS", Stance.EXCLUDES), ("POBYT", Stance.ACCEPTS)), ages=AgeRange(min=60)
        ),
    )
    found = prospect(service, a_request(groups=["SENIORI"]))
    assert found.answer is Answer.LIKELY
    assert set(found.doubts) == {
        Doubt(kind=DoubtKind.CLIENT_AGE),
        Doubt(kind=DoubtKind.CLIENT_SEX),
        Doubt(kind=DoubtKind.CLIENT_BARRIER, barrier="PAS"),
    }
    told = a_request(groups=["SENIORI"], age=70, sex=Sex.WOMAN, absent=frozenset({"PAS"}))
    assert prospect(service, told).answer is Answer.ACCEPTS


@pytest.mark.parametrize(
    ("available", "answer"),
    [(0, Answer.CONDITIONAL), (2, Answer.ACCEPTS), (None, Answer.ACCEPTS)],
)
def test_a_service_known_to_be_full_accepts_when_a_place_is_free(available, answer):
    capacity = ServiceCapacity(
        unit=CapacityUnit.CLIENTS, registered=5, available=available, as_of=TODAY
    )
    found = prospect(sure(capacities=[capacity]))
    assert found.answer is answer
    assert (ConditionKind.PLACE in kinds(found.conditions)) is (available == 0)


def test_a_lapsed_refusal_says_to_ask_again_and_an_unlawful_one_to_ask_in_writing():
    lapsed = Refusal(service_id="s-1", reason=RefusalReason.CAPACITY, on=TODAY - timedelta(days=90))
    unlawful = Refusal(service_id="s-1", reason=RefusalReason.OTHER, barrier="ALKOHOL")
    elsewhere = Refusal(service_id="s-2", reason=RefusalReason.OTHER)
    found = prospect(sure(), a_request(age=80, refusals=[lapsed, unlawful, elsewhere]))
    assert found.answer is Answer.CONDITIONAL
    assert found.conditions == (
        Condition(kind=ConditionKind.ASK_AGAIN, on=TODAY - timedelta(days=60)),
        Condition(kind=ConditionKind.WRITTEN_REASON, barrier="ALKOHOL"),
    )
