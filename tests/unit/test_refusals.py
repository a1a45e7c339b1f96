"""What a refusal that has happened means for the search, and for how long."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.catalog.vocabulary import Form, RefusalBasis
from referral.matching.changes import Change, ChangeKind
from referral.matching.refusals import consequence_of, judge_barrier, months_after
from referral.matching.request import Refusal, RefusalReason
from support.build import TODAY, a_service
from support.matching import LIMITS, VOCABULARY

HOME = a_service(type="49", forms=[Form.RESIDENTIAL])


def meant(reason, *, service=HOME, today=TODAY, **more):
    return consequence_of(
        Refusal(service_id=service.id, reason=reason, **more),
        service=service,
        vocabulary=VOCABULARY,
        limits=LIMITS,
        today=today,
    )


def test_a_refusal_for_capacity_holds_for_the_wait_that_was_told():
    on = TODAY - timedelta(days=10)
    told = meant(RefusalReason.CAPACITY, on=on, wait_days=60)
    assert (told.holds, told.until) == (True, on + timedelta(days=60))
    assert told.change == Change(kind=ChangeKind.CAPACITY, on=told.until)
    assert not meant(RefusalReason.CAPACITY, on=on, wait_days=10).holds


def test_without_a_wait_the_policy_says_when_to_ask_again():
    on = TODAY - timedelta(days=29)
    assert meant(RefusalReason.CAPACITY, on=on).holds
    assert not meant(RefusalReason.CAPACITY, on=on - timedelta(days=1)).holds


def test_a_refusal_of_an_unknown_day_counts_as_one_of_today():
    for reason in (RefusalReason.CAPACITY, RefusalReason.BREACH):
        told = meant(reason)
        assert (told.holds, told.until) == (True, None)


def test_a_terminated_contract_holds_for_six_months_and_not_a_day_longer():
    """§ 91 odst. 3 písm. d)."""
    ended = date(2026, 3, 1)
    assert meant(RefusalReason.BREACH, on=ended, today=date(2026, 8, 31)).holds
    over = meant(RefusalReason.BREACH, on=ended, today=date(2026, 9, 1))
    assert (over.holds, over.until) == (False, date(2026, 9, 1))


def test_the_circle_of_persons_is_not_asked_again():
    told = meant(RefusalReason.CIRCLE, on=date(2020, 1, 1))
    assert (told.holds, told.until, told.change) == (True, None, None)


def test_health_waits_for_a_doctor_and_is_no_reason_at_home():
    assert meant(RefusalReason.HEALTH).change == Change(kind=ChangeKind.HEALTH)
    at_home = meant(RefusalReason.HEALTH, service=a_service(forms=[Form.FIELD]))
    assert (at_home.holds, at_home.verdict.lawful) == (False, False)


@pytest.mark.parametrize(
    ("barrier", "holds", "change"),
    [
        ("ALKOHOL", False, None),
        ("PAS", True, Change(kind=ChangeKind.BARRIER, of="PAS")),
        ("KAPACITA", True, Change(kind=ChangeKind.CAPACITY)),
        ("VYPOVED", True, Change(kind=ChangeKind.WAIT)),
    ],
)
def test_a_named_barrier_decides_by_its_own_ground(barrier, holds, change):
    told = meant(RefusalReason.OTHER, barrier=barrier)
    assert (told.holds, told.change) == (holds, change)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_one(day, months, then):
    assert months_after(day, months) == then


def test_a_claimed_ground_counts_only_where_the_barrier_knows_it():
    barrier = replace(
        VOCABULARY.barrier("PAS"), bases=(RefusalBasis.CIRCLE, RefusalBasis.EQUIPMENT)
    )
    service = a_service()

    def judged(claimed):
        return judge_barrier(barrier, service, VOCABULARY, claimed=claimed).basis

    assert judged(None) is RefusalBasis.CIRCLE
    assert judged(RefusalBasis.EQUIPMENT) is RefusalBasis.EQUIPMENT
    assert judged(RefusalBasis.CAPACITY) is RefusalBasis.CIRCLE
