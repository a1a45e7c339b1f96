"""Hard rules: typed reasons with their legal basis."""

from datetime import date

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import AcceptanceRule, AddressRole, AgeRange, Eligibility, Kind, Stance
from referral.catalog.vocabulary import Form, RefusalBasis
from referral.matching.changes import Change, ChangeKind
from referral.matching.exclusion import ExclusionCode
from referral.matching.refusals import judge_barrier
from referral.matching.request import Refusal, RefusalReason
from referral.usecases.recommend import recommend
from support.build import TODAY, a_service, covering
from support.matching import (
    FAR,
    NEIGHBOUR,
    POLICY,
    TOWN,
    VILLAGE,
    VOCABULARY,
    a_request,
    a_world,
    within,
)

COMES = covering(VILLAGE.code)


def reasons(service, request=None):
    result = recommend(request or a_request(), catalog=a_world(service), policy=POLICY, today=TODAY)
    return list(result.not_for_you[0].exclusions) if result.not_for_you else []


def only(service, request=None):
    (reason,) = reasons(service, request)
    return reason


def rule(barrier, stance=Stance.EXCLUDES, wording=""):
    return AcceptanceRule(barrier=barrier, stance=stance, wording=wording)


def test_a_client_below_the_age_limit_is_refused_lawfully_and_learns_from_when():
    service = a_service(coverage=COMES, eligibility=Eligibility(ages=AgeRange(min=60)))
    reason = only(service, a_request(age=58))
    assert (reason.code, reason.basis, reason.lawful) == ("VEK-POD", RefusalBasis.CIRCLE, True)
    assert dict(reason.facts) == {"age": 58, "limit": 60}
    assert reason.change == Change(kind=ChangeKind.AGE, value=60)
    assert reasons(service, a_request(age=60)) == []


def test_a_client_above_the_age_limit_is_refused_and_nothing_would_change_it():
    service = a_service(coverage=COMES, eligibility=Eligibility(ages=AgeRange(min=18, max=64)))
    reason = only(service, a_request(age=65))
    assert (reason.code, reason.change) == ("VEK-NAD", None)
    assert reasons(service, a_request(age=64)) == []


def test_an_age_in_the_wording_of_the_circle_counts_as_a_limit():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"MLADEZ"}))
    )
    assert only(service, a_request(age=27)).code == "VEK-NAD"
    assert reasons(service, a_request(age=26)) == []


def test_a_circle_with_one_group_of_any_age_sets_no_limit():
    circle = frozenset({"MLADEZ", "ZDR-POST"})
    service = a_service(coverage=COMES, eligibility=Eligibility(target_groups=circle))
    assert reasons(service, a_request(age=40)) == []


def test_a_client_outside_the_circle_of_persons_is_refused_lawfully():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"MLADEZ"}))
    )
    reason = only(service, a_request(groups=["ZDR-POST"]))
    assert (reason.code, reason.basis, reason.lawful) == ("OKRUH", RefusalBasis.CIRCLE, True)
    assert dict(reason.facts) == {"circle": ("MLADEZ",), "client": ("ZDR-POST",)}


@pytest.mark.parametrize("circle", ["ZDR-POST", "SLUCH"])
def test_a_narrower_or_broader_group_is_not_refused(circle):
    service = a_service(coverage=COMES, eligibility=Eligibility(target_groups=frozenset({circle})))
    for group in ("ZDR-POST", "SLUCH"):
        assert reasons(service, a_request(groups=[group])) == []


def test_a_need_that_implies_a_group_puts_the_client_into_the_circle():
    service = a_service(
        type="37", coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"ZAVISLI"}))
    )
    assert reasons(service, a_request("ZAV-ALK", groups=["SENIORI"])) == []


def test_old_age_puts_the_client_among_seniors():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"SENIORI"}))
    )
    assert only(service, a_request(groups=["SLUCH"], age=64)).code == "OKRUH"
    assert reasons(service, a_request(groups=["SLUCH"], age=65)) == []


def test_a_client_of_whom_no_group_is_known_is_never_outside_the_circle():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"MLADEZ"}))
    )
    assert reasons(service, a_request()) == []


def test_a_stated_exclusion_for_alcohol_is_shown_with_its_wording_as_unlawful():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(rules=(rule("ALKOHOL", wording="ne alkohol"),))
    )
    reason = only(service, a_request(barriers=["ALKOHOL"]))
    assert (reason.code, reason.kind) == ("ALKOHOL", ExclusionCode.BARRIER)
    assert (reason.basis, reason.lawful) == (RefusalBasis.OUTSIDE_LAW, False)
    assert dict(reason.facts) == {"barrier": "ALKOHOL", "wording": "ne alkohol"}


def test_an_exclusion_outweighs_an_acceptance_of_the_same_barrier():
    rules = (rule("PAS", Stance.ACCEPTS), rule("PAS"))
    service = a_service(coverage=COMES, eligibility=Eligibility(rules=rules))
    assert only(service, a_request(barriers=["PAS"])).lawful is True


def test_an_accepted_or_unmentioned_barrier_excludes_nobody():
    service = a_service(
        coverage=COMES, eligibility=Eligibility(rules=(rule("PAS", Stance.ACCEPTS),))
    )
    assert reasons(service, a_request(barriers=["PAS", "ALKOHOL"])) == []


@pytest.mark.parametrize(
    ("barrier", "basis", "lawful"),
    [
        ("KAPACITA", RefusalBasis.CAPACITY, True),
        ("VYPOVED", RefusalBasis.BREACH, True),
        ("PAS", RefusalBasis.CIRCLE, True),
        ("POBYT", RefusalBasis.ELIGIBLE_PERSON, None),
        ("IMOBIL", RefusalBasis.EQUIPMENT, None),
        ("ALKOHOL", RefusalBasis.OUTSIDE_LAW, False),
        ("NEVIM", RefusalBasis.UNKNOWN, None),
    ],
)
def test_each_ground_has_its_verdict(barrier, basis, lawful):
    verdict = judge_barrier(VOCABULARY.barrier(barrier), a_service(), VOCABULARY)
    assert (verdict.basis, verdict.lawful) == (basis, lawful)


def test_health_is_a_ground_for_residential_services_only():
    infection = VOCABULARY.barrier("INFEKCE")
    home = a_service(type="49", forms=(Form.RESIDENTIAL,))
    assert judge_barrier(infection, home, VOCABULARY).lawful is None
    assert judge_barrier(infection, a_service(), VOCABULARY).lawful is False


def test_help_without_a_type_is_judged_too():
    office = a_service(type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None)
    assert judge_barrier(VOCABULARY.barrier("INFEKCE"), office, VOCABULARY).lawful is False


@pytest.mark.parametrize(
    ("reason", "basis", "lawful", "change"),
    [
        (RefusalReason.CAPACITY, RefusalBasis.CAPACITY, True, ChangeKind.CAPACITY),
        (RefusalReason.BREACH, RefusalBasis.BREACH, True, ChangeKind.WAIT),
        (RefusalReason.CIRCLE, RefusalBasis.CIRCLE, None, None),
    ],
)
def test_a_refusal_that_may_be_lawful_excludes_the_service(reason, basis, lawful, change):
    request = a_request(refusals=[Refusal(service_id="s-1", reason=reason)])
    found = only(a_service(coverage=COMES), request)
    assert (found.code, found.basis, found.lawful) == ("ODMITNUTI", basis, lawful)
    assert (found.change and found.change.kind) == change
    assert reasons(a_service("s-2", coverage=COMES), request) == []


def test_a_refusal_for_health_holds_only_for_a_residential_service():
    request = a_request(refusals=[Refusal(service_id="s-1", reason=RefusalReason.HEALTH)])
    home = a_service(type="49", forms=(Form.RESIDENTIAL,), locations=[within(TOWN, km=0)])
    assert only(home, request).change == Change(kind=ChangeKind.HEALTH)
    assert reasons(a_service(coverage=COMES), request) == []


def test_an_unlawful_refusal_keeps_the_service_in_the_offer():
    refusal = Refusal(service_id="s-1", reason=RefusalReason.OTHER, barrier="ALKOHOL")
    assert reasons(a_service(coverage=COMES), a_request(refusals=[refusal])) == []
    bare = Refusal(service_id="s-1", reason=RefusalReason.OTHER)
    assert reasons(a_service(coverage=COMES), a_request(refusals=[bare])) == []


def test_a_refusal_for_a_barrier_within_the_circle_excludes_and_names_the_barrier():
    refusal = Refusal(service_id="s-1", reason=RefusalReason.OTHER, barrier="PAS")
    found = only(a_service(coverage=COMES), a_request(refusals=[refusal]))
    assert dict(found.facts) == {"reason": "jine", "barrier": "PAS"}


def test_a_form_nobody_wants_excludes():
    home = a_service(type="49", forms=(Form.RESIDENTIAL,), locations=[within(TOWN, km=0)])
    reason = only(home, a_request(forms=[Form.FIELD]))
    assert (reason.code, reason.basis) == ("FORMA", None)
    assert dict(reason.facts) == {"offered": ("P",), "wanted": ("T",)}


def test_help_by_jurisdiction_has_no_form_to_refuse():
    office = a_service(
        type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None, coverage=COMES
    )
    assert reasons(office, a_request(forms=[Form.RESIDENTIAL])) == []


def test_a_field_service_that_names_other_places_does_not_come_here():
    coverage = Coverage(
        areas=(
            ServiceArea(kind=AreaKind.MUNICIPALITY, name="Dolní Lhota"),
            ServiceArea(kind=AreaKind.RADIUS, name="Dolní Lhota", km=5),
            ServiceArea(kind=AreaKind.COUNTRY),
        ),
        status=CoverageStatus.PARSED,
        certain=frozenset({NEIGHBOUR.code}),
    )
    reason = only(a_service(coverage=coverage))
    assert (reason.code, reason.lawful, reason.change.kind) == ("UZEMI", True, ChangeKind.AREA)
    assert reason.facts["areas"] == ("Dolní Lhota",)


def test_an_office_for_other_places_refuses_nobody_it_is_just_elsewhere():
    office = a_service(
        type=None,
        kind=Kind.AUTHORITY,
        needs=["PEC-HYG"],
        forms=None,
        coverage=covering(NEIGHBOUR.code),
    )
    reason = only(office)
    assert (reason.code, reason.basis, reason.lawful) == ("UZEMI", None, None)


def test_an_ambulatory_service_too_far_away_is_excluded_by_distance():
    counsel = a_service(type="62", forms=(Form.AMBULATORY,), locations=[within(FAR, km=0)])
    reason = only(counsel, a_request("VOLNY"))
    assert (reason.code, reason.basis, reason.change.kind) == ("DALEKO", None, ChangeKind.DISTANCE)
    assert reason.facts["limit_km"] == 40
    assert reason.facts["km"] == pytest.approx(90, abs=0.5)


def test_a_residential_service_is_never_too_far():
    home = a_service(type="49", forms=(Form.RESIDENTIAL,), locations=[within(FAR, km=0)])
    assert reasons(home) == []


def test_a_service_without_a_field_form_that_names_areas_takes_people_from_there_only():
    club = a_service(
        type="62",
        forms=(Form.AMBULATORY,),
        locations=[within(VILLAGE, km=0)],
        coverage=covering(NEIGHBOUR.code),
    )
    assert only(club, a_request("VOLNY")).code == "UZEMI"
    assert reasons(club, a_request("VOLNY", place=NEIGHBOUR)) == []


def test_a_barred_field_form_does_not_spoil_a_near_ambulatory_one():
    both = a_service(
        forms=(Form.FIELD, Form.AMBULATORY),
        coverage=covering(NEIGHBOUR.code),
        locations=[within(VILLAGE, km=1)],
    )
    assert reasons(both) == []
    assert only(both, a_request(forms=[Form.FIELD])).code == "UZEMI"


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "facts"),
    [
        (None, date(2026, 6, 30), {"on": "2026-06-30"}),
        (date(2027, 1, 1), None, {"from": "2027-01-01"}),
    ],
)
def test_a_service_is_offered_only_while_its_registration_runs(valid_from, valid_to, facts):
    service = a_service(coverage=COMES, valid_from=valid_from, valid_to=valid_to)
    reason = only(service)
    assert reason.code == "UKONCENA"
    assert dict(reason.facts) == facts


def test_the_reason_that_can_least_be_changed_comes_first():
    service = a_service(
        coverage=covering(NEIGHBOUR.code),
        eligibility=Eligibility(
            ages=AgeRange(min=60),
            target_groups=frozenset({"SENIORI"}),
            rules=(rule("ALKOHOL"),),
        ),
    )
    request = a_request(age=40, groups=["SLUCH"], barriers=["ALKOHOL"], forms=[Form.RESIDENTIAL])
    assert [reason.code for reason in reasons(service, request)] == [
        "VEK-POD",
        "OKRUH",
        "ALKOHOL",
        "FORMA",
        "UZEMI",
    ]


def test_a_seat_is_never_too_far_because_it_is_not_the_place():
    counsel = a_service(
        type="62",
        forms=(Form.AMBULATORY,),
        locations=[within(FAR, km=0, role=AddressRole.PROVIDER_SEAT)],
    )
    assert reasons(counsel, a_request("VOLNY")) == []
