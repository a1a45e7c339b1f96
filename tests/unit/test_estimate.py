"""How likely a service accepts, judged by counts of what happened; never without any."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.experience import NO_EXPERIENCE, Experience, OutcomeCount
from referral.matching.estimate import estimate
from support.build import a_service
from support.matching import LIMITS

MONTH = date(2026, 8, 1)
TYPES = {"s-1": "40", "s-2": "40", "s-3": "49", "s-4": None}


def counted(**outcomes):
    return Experience.of(
        (
            OutcomeCount(
                service=service.replace("_", "-"),
                barrier="ALKOHOL",
                accepted=accepted,
                refused=refused,
                last_month=MONTH,
            )
            for service, (accepted, refused) in outcomes.items()
        ),
        types=TYPES,
    )


def judged(experience, service=None):
    return estimate(service or a_service("s-1"), "ALKOHOL", experience=experience, limits=LIMITS)


def test_without_any_outcome_there_is_no_estimate():
    assert judged(NO_EXPERIENCE) is None
    assert judged(counted(s_3=(5, 0))) is None
    office = a_service("s-4", type=None, needs=["PEC-HYG"])
    assert judged(counted(s_1=(5, 0)), office) is None


def test_two_of_three_accepted_stand_over_a_uniform_prior():
    found = judged(counted(s_1=(2, 1)))
    assert found.mean == pytest.approx(3 / 5)
    assert (found.accepted, found.refused, found.others, found.scarce) == (2, 1, 0, True)
    # Quantiles of Beta(3, 2): x^3 (4 - 3x) = 0.05 and 0.95.
    for quantile, share in ((found.low, 0.05), (found.high, 0.95)):
        assert quantile**3 * (4 - 3 * quantile) == pytest.approx(share)


def test_a_service_without_outcomes_leans_on_its_type():
    found = judged(counted(s_2=(8, 0)))
    assert found.mean == pytest.approx(0.9)
    assert (found.accepted, found.refused, found.others, found.scarce) == (0, 0, 8, False)


def test_what_was_counted_of_a_merged_record_counts_for_the_one_that_is_shown():
    counts = [
        OutcomeCount(service=name, barrier="ALKOHOL", accepted=2, refused=1, last_month=MONTH)
        for name in ("s-1", "r-9", "s-2")
    ]
    experience = Experience.of(counts, types=TYPES, aliases={"r-9": "s-1"})
    assert tuple(experience.own("s-1", "ALKOHOL")) == (4, 2)
    assert experience.own("r-9", "ALKOHOL").clients == 0
    assert tuple(experience.others("s-1", "40", "ALKOHOL")) == (2, 1)
    assert tuple(experience.others("s-2", "40", "ALKOHOL")) == (4, 2)


def test_the_own_outcomes_of_a_service_are_not_counted_twice():
    found = judged(counted(s_1=(3, 1), s_2=(0, 4)))
    prior = (0 + 1) / (4 + 2)
    assert found.mean == pytest.approx((prior * 4 + 3) / (4 + 4))
    assert found.others == 4


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_further_acceptance_never_lowers_the_estimate(accepted, refused, others, against):
    if accepted + refused + others + against == 0:
        return
    before = judged(counted(s_1=(accepted, refused), s_2=(others, against)))
    after = judged(counted(s_1=(accepted + 1, refused), s_2=(others, against)))
    assert before is not None
    assert after.mean >= before.mean
    assert 0 <= before.low <= before.mean <= before.high <= 1
