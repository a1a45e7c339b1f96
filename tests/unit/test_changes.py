"""Each change that would let an offer be made, one by one; properties put them together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.catalog.model import AcceptanceRule, AgeRange, Eligibility, Stance
from referral.catalog.sexes import Sex
from referral.catalog.snapshot import offers_of
from referral.catalog.vocabulary import Form
from referral.matching.assess import assess
from referral.matching.changes import Change, ChangeKind, Situation, after
from referral.matching.exclusion import ExclusionCode
from referral.matching.exclusions import birthday
from referral.matching.ranking import NearMiss
from referral.matching.request import Refusal, RefusalReason
from support.build import TODAY, a_service, covering
from support.matching import (
    FAR,
    NEIGHBOUR,
    POLICY,
    VILLAGE,
    a_request,
    a_world,
    within,
)

COMES = covering(VILLAGE.code)


def found_in(situation):
    return assess(
        situation.offer,
        needs=situation.request.need_codes,
        request=situation.request,
        catalog=a_world(situation.offer.service),
        policy=situation.policy,
        today=situation.today,
    ).exclusions


def situation(service, request=None):
    (offer,) = offers_of(service)
    return Situation(offer=offer, request=request or a_request(), policy=POLICY, today=TODAY)


def refusing(barrier):
    rule = AcceptanceRule(barrier=barrier, stance=Stance.EXCLUDES)
    return a_service(coverage=COMES, eligibility=Eligibility(rules=(rule,)))


def refused(reason, **more):
    return a_request(refusals=[Refusal(service_id="s-1", reason=reason, **more)])


@pytest.mark.parametrize(
    ("service", "request_", "kind"),
    [
        (
            a_service(coverage=COMES, eligibility=Eligibility(ages=AgeRange(min=60))),
            a_request(age=58),
            ChangeKind.AGE,
        ),
        (
            a_service(coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"MLADEZ"}))),
            a_request(groups=["ZDR-POST"]),
            ChangeKind.GROUP,
        ),
        (refusing("PAS"), a_request(barriers=["PAS"]), ChangeKind.BARRIER),
        (a_service(coverage=COMES), a_request(forms=[Form.RESIDENTIAL]), ChangeKind.FORM),
        (a_service(coverage=covering(FAR.code)), a_request(), ChangeKind.AREA),
        (
            a_service(forms=[Form.AMBULATORY], locations=[within(FAR, km=0)]),
            a_request(),
            ChangeKind.DISTANCE,
        ),
        (a_service(coverage=COMES), refused(RefusalReason.CAPACITY), ChangeKind.CAPACITY),
        (a_service(coverage=COMES), refused(RefusalReason.BREACH), ChangeKind.WAIT),
        (
            a_service(type="49", forms=[Form.RESIDENTIAL], coverage=COMES),
            refused(RefusalReason.HEALTH),
            ChangeKind.HEALTH,
        ),
        (
            a_service(coverage=COMES, valid_from=TODAY + timedelta(days=20)),
            a_request(),
            ChangeKind.START,
        ),
    ],
)
def test_the_named_change_is_the_one_that_helps(service, request_, kind):
    before = situation(service, request_)
    (reason,) = found_in(before)
    assert reason.change.kind is kind
    assert found_in(after(reason.change, before)) == ()


def test_a_paper_is_nearer_than_any_other_change():
    rules = tuple(AcceptanceRule(barrier=one, stance=Stance.EXCLUDES) for one in ("PAS", "ALKOHOL"))
    service = a_service(
        coverage=covering(FAR.code), eligibility=Eligibility(rules=rules, ages=AgeRange(min=60))
    )
    request = a_request(age=50, barriers=["PAS", "ALKOHOL"])
    reasons = found_in(situation(service, request))
    miss = NearMiss(offer=offers_of(service)[0], needs=("PEC-HYG",), exclusions=reasons)
    assert [change.kind for change in miss.changes] == [
        ChangeKind.AREA,
        ChangeKind.BARRIER,
        ChangeKind.BARRIER,
        ChangeKind.AGE,
    ]
    paper = Change(kind=ChangeKind.PAPER, of="BEZ-PRIJ")
    assert min([*miss.changes, paper], key=lambda change: change.distance) == paper
    without = after(paper, situation(service, replace(request, barriers=frozenset({"BEZ-PRIJ"}))))
    assert without.request.barriers == frozenset()


def test_where_one_reason_cannot_change_nothing_would_help():
    service = a_service(coverage=covering(FAR.code), eligibility=Eligibility(ages=AgeRange(max=64)))
    reasons = found_in(situation(service, a_request(age=70)))
    miss = NearMiss(offer=offers_of(service)[0], needs=("PEC-HYG",), exclusions=reasons)
    assert {reason.kind for reason in reasons} == {ExclusionCode.AGE_ABOVE, ExclusionCode.AREA}
    assert miss.changes == ()


def test_what_comes_by_itself_is_ordered_by_its_day():
    soon = Change(kind=ChangeKind.START, on=date(2026, 10, 1))
    late = Change(kind=ChangeKind.AGE, value=60, on=date(2028, 3, 14))
    by_hand = Change(kind=ChangeKind.GROUP, of="SENIORI")
    ordered = sorted((late, soon, by_hand), key=lambda one: one.distance)
    assert ordered == [by_hand, soon, late]


def test_behind_an_area_that_is_not_served_the_way_may_still_be_too_long():
    service = a_service(
        forms=[Form.AMBULATORY],
        coverage=covering(NEIGHBOUR.code),
        locations=[within(FAR, km=0)],
    )
    reasons = found_in(situation(service))
    assert [one.kind for one in reasons] == [ExclusionCode.AREA, ExclusionCode.DISTANCE]
    near = replace(service, locations=(within(NEIGHBOUR, km=0),))
    assert [one.kind for one in found_in(situation(near))] == [ExclusionCode.AREA]
    house = replace(service, type="49", forms=frozenset({Form.RESIDENTIAL}))
    assert [one.kind for one in found_in(situation(house))] == [ExclusionCode.AREA]
    office = replace(service, type=None, needs=frozenset({"PEC-HYG"}), forms=None)
    assert [one.kind for one in found_in(situation(office))] == [ExclusionCode.AREA]


def test_the_day_of_a_birthday_is_named_when_the_day_of_birth_is_known():
    service = a_service(coverage=COMES, eligibility=Eligibility(ages=AgeRange(min=60)))
    request = a_request(age=58, born=date(1968, 3, 14))
    (reason,) = found_in(situation(service, request))
    assert reason.change.on == date(2028, 3, 14)
    assert reason.facts["on"] == "2028-03-14"
    assert birthday(date(1968, 2, 29), 61) == date(2029, 3, 1)
    assert birthday(date(1968, 2, 29), 60) == date(2028, 2, 29)


def test_an_age_that_nobody_could_reach_has_no_change():
    """The circle ends at 26, the service begins at 30."""
    service = a_service(
        coverage=COMES,
        eligibility=Eligibility(target_groups=frozenset({"MLADEZ"}), ages=AgeRange(min=30)),
    )
    (reason,) = found_in(situation(service, a_request(age=20)))
    assert (reason.kind, reason.change) == (ExclusionCode.AGE_BELOW, None)


def test_a_house_for_women_is_not_for_a_man_and_unknown_excludes_nobody():
    service = a_service(name="Dům pro ženy", coverage=COMES)
    (reason,) = found_in(situation(service, a_request(sex=Sex.MAN)))
    assert (reason.kind, reason.lawful, reason.change) == (ExclusionCode.SEX, None, None)
    for sex in (None, Sex.WOMAN):
        assert found_in(situation(service, a_request(sex=sex))) == ()


def test_a_refusal_tells_its_day_and_when_it_lapses_and_then_excludes_no_more():
    service = a_service(coverage=COMES)
    fresh = refused(RefusalReason.CAPACITY, on=TODAY, wait_days=30)
    (reason,) = found_in(situation(service, fresh))
    assert reason.facts["on"] == TODAY.isoformat()
    assert reason.facts["until"] == (TODAY + timedelta(days=30)).isoformat()
    lapsed = refused(RefusalReason.CAPACITY, on=TODAY - timedelta(days=31))
    assert found_in(situation(service, lapsed)) == ()
