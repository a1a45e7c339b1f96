"""The one word of an answer: what better news may do to it, and what no news may do."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, event, given
from hypothesis import strategies as st

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.experience import Experience, OutcomeCount
from referral.catalog.model import AcceptanceRule, Eligibility, Service, Stance
from referral.catalog.snapshot import offers_of
from referral.catalog.vocabulary import Form
from referral.matching.assess import assess
from referral.matching.estimate import estimate
from referral.matching.exclusions import age_limits
from referral.matching.prospect import Answer
from referral.matching.request import AskedNeed, ReferralRequest, Refusal, RefusalReason
from referral.usecases.recommend import recommend
from support.build import TODAY, a_catalog, a_service
from support.matching import (
    LIMITS,
    POLICY,
    TERRITORY,
    VOCABULARY,
    a_world,
    requests,
    services,
)

EVERYTHING = tuple(AskedNeed(code=code) for code in sorted(VOCABULARY.needs))
WORDS = list(Answer)
ADDICTED = {"ZAVISLI"}


@st.composite
def asked(draw) -> ReferralRequest:
    """Draw somebody who asks for everything, so that every service is a candidate."""
    return replace(draw(requests()), needs=EVERYTHING)


@st.composite
def open_services(draw) -> Service:
    """Draw a service, half the time one that comes everywhere and has everybody in its circle."""
    service = draw(services("s-1"))
    if draw(st.booleans()):
        return service
    return replace(
        service,
        forms=frozenset({Form.FIELD}),
        coverage=Coverage(status=CoverageStatus.DECLARED, everywhere=True),
        eligibility=replace(
            service.eligibility,
            target_groups=frozenset(VOCABULARY.groups) - draw(st.sampled_from([set(), ADDICTED])),
        ),
        capacities=(),
        valid_to=None,
    )


@st.composite
def undemanding(draw) -> ReferralRequest:
    """Draw somebody who asks, half the time one who wants no form and was refused by nobody."""
    request = draw(asked())
    if draw(st.booleans()):
        return request
    return replace(request, forms=frozenset(), refusals=(), sex=None, barriers=frozenset())


def recommended(service: Service, request: ReferralRequest, *, outcomes=()):
    catalog = a_catalog(service, vocabulary=VOCABULARY, territory=TERRITORY, outcomes=outcomes)
    return recommend(request, catalog=catalog, policy=POLICY, today=TODAY)


def word(service: Service, request: ReferralRequest, *, outcomes=()) -> Answer:
    found = recommended(service, request, outcomes=outcomes)
    if not found.matches:
        return Answer.REFUSES
    return found.prospects[service.id].answer


def worse(one: Answer, other: Answer) -> bool:
    return WORDS.index(one) > WORDS.index(other)


def ruled(service: Service, barrier: str, stance: Stance) -> Service:
    """Return the service with one more rule."""
    rules = (*service.eligibility.rules, AcceptanceRule(barrier=barrier, stance=stance))
    return replace(service, eligibility=replace(service.eligibility, rules=rules))


def outside(service: Service, request: ReferralRequest) -> bool:
    """Tell whether something stands against the service wherever it is given."""
    return all(
        assess(
            offer,
            needs=request.need_codes,
            request=request,
            catalog=a_world(service),
            policy=POLICY,
            today=TODAY,
        ).exclusions
        for offer in offers_of(service)
    )


barriers = st.sampled_from(sorted(VOCABULARY.barriers))


@given(open_services(), undemanding(), barriers)
def test_a_word_of_acceptance_never_worsens_the_answer(service, request, barrier):
    request = replace(
        request, barriers=request.barriers | {barrier}, absent=request.absent - {barrier}
    )
    before = word(service, request)
    after = word(ruled(service, barrier, Stance.ACCEPTS), request)
    event(f"{before} -> {after}")
    assert not worse(after, before)


@given(open_services(), undemanding(), barriers)
def test_to_learn_that_a_barrier_is_not_there_never_worsens_the_answer(service, request, barrier):
    vague = replace(
        request, barriers=request.barriers - {barrier}, absent=request.absent - {barrier}
    )
    before = word(service, vague)
    after = word(service, replace(vague, absent=vague.absent | {barrier}))
    event(f"{before} -> {after}")
    assert not worse(after, before)


@given(open_services(), undemanding(), st.data())
def test_to_learn_an_age_inside_the_limits_never_worsens_the_answer(service, request, data):
    """Below the age of seniors: that somebody is one is another fact, about their circle."""
    lowest, highest = age_limits(service, VOCABULARY)
    highest = min(highest, int(LIMITS.senior_from) - 1)
    assume(lowest <= highest)
    vague = replace(request, age=None, born=None)
    ages = st.sampled_from([lowest, highest]) | st.integers(lowest, highest)
    before = word(service, vague)
    after = word(service, replace(vague, age=data.draw(ages)))
    event(f"{before} -> {after}")
    assert not worse(after, before)


@given(services("s-1"), asked())
def test_a_service_is_offered_exactly_when_nothing_stands_against_it(service, request):
    found = recommended(service, request)
    assert bool(found.matches) is not outside(service, request)
    assert bool(found.not_for_you) is not bool(found.matches)


@given(open_services(), undemanding(), barriers)
def test_a_condition_never_excludes(service, request, barrier):
    before = bool(recommended(service, request).matches)
    told = recommended(ruled(service, barrier, Stance.CONDITIONS), request)
    assert bool(told.matches) is before


lapsed = st.one_of(
    st.builds(
        lambda days, wait: Refusal(
            service_id="s-1",
            reason=RefusalReason.CAPACITY,
            on=TODAY - timedelta(days=wait + days),
            wait_days=wait,
        ),
        st.integers(0, 300),
        st.integers(0, 300),
    ),
    st.builds(
        lambda days: Refusal(
            service_id="s-1",
            reason=RefusalReason.CAPACITY,
            on=TODAY - timedelta(days=int(LIMITS.ask_again_days) + days),
        ),
        st.integers(0, 300),
    ),
    st.builds(
        lambda days: Refusal(
            service_id="s-1", reason=RefusalReason.BREACH, on=TODAY - timedelta(days=days)
        ),
        # Six months never have more than 184 days.
        st.integers(184, 900),
    ),
)


@given(open_services(), undemanding(), lapsed)
def test_a_refusal_that_has_lapsed_never_excludes(service, request, refusal):
    fresh = replace(request, refusals=())
    before = bool(recommended(service, fresh).matches)
    after = bool(recommended(service, replace(fresh, refusals=(refusal,))).matches)
    event(f"{before}")
    assert after is before


any_refusal = st.builds(
    Refusal,
    service_id=st.just("s-1"),
    reason=st.sampled_from(RefusalReason),
    barrier=st.none() | barriers,
    on=st.none() | st.dates(TODAY - timedelta(days=400), TODAY),
    wait_days=st.none() | st.integers(0, 300),
)
unlawful = st.just(Refusal(service_id="s-1", reason=RefusalReason.OTHER))
refusals = st.lists(lapsed | unlawful, min_size=2, max_size=4) | st.lists(
    any_refusal, min_size=2, max_size=4
)


@given(open_services(), undemanding(), refusals, st.randoms(use_true_random=False))
def test_the_order_in_which_refusals_are_told_changes_nothing(service, request, told, random):
    shuffled = list(told)
    random.shuffle(shuffled)
    one = recommended(service, replace(request, refusals=tuple(told)))
    other = recommended(service, replace(request, refusals=tuple(shuffled)))
    assert [match.score for match in one.matches] == [match.score for match in other.matches]
    assert verdicts(one) == verdicts(other)
    assert [sorted(map(repr, miss.exclusions)) for miss in one.not_for_you] == [
        sorted(map(repr, miss.exclusions)) for miss in other.not_for_you
    ]


def verdicts(found):
    return {
        service: (told.answer, sorted(map(repr, told.conditions)), told.doubts)
        for service, told in found.prospects.items()
    }


counts = st.integers(0, 30)
few = st.integers(0, 4)


@given(counts, counts, counts, counts)
def test_an_estimate_moves_with_what_happened(accepted, refused, others_yes, others_no):
    def of(yes: int, no: int, *, yes_elsewhere: int = others_yes, no_elsewhere: int = others_no):
        told = [
            count("s-1", yes, no),
            count("s-2", yes_elsewhere, no_elsewhere),
        ]
        experience = Experience.of(told, types={"s-1": "40", "s-2": "40"})
        return estimate(a_service("s-1"), "ALKOHOL", experience=experience, limits=LIMITS)

    now = of(accepted, refused)
    assume(now is not None)
    assert 0 <= now.low <= now.mean <= now.high <= 1
    assert of(accepted + 1, refused).mean > now.mean
    assert of(accepted, refused + 1).mean < now.mean
    if others_yes + others_no:
        assert of(accepted, refused, yes_elsewhere=others_yes + 1).mean > now.mean
        assert of(accepted, refused, no_elsewhere=others_no + 1).mean < now.mean


def count(service: str, accepted: int, refused: int) -> OutcomeCount:
    return OutcomeCount(
        service=service,
        barrier="ALKOHOL",
        accepted=accepted,
        refused=refused,
        last_month=TODAY.replace(day=1),
    )


SILENT = a_service(
    "s-1",
    coverage=Coverage(status=CoverageStatus.DECLARED, everywhere=True),
    eligibility=Eligibility(target_groups=frozenset(VOCABULARY.groups) - ADDICTED),
)
"""A service in which only experience tells of people who drink."""


@given(st.just(SILENT) | open_services(), undemanding(), few, few)
def test_one_more_acceptance_never_worsens_the_answer(service, request, accepted, refused):
    request = replace(
        request, barriers=request.barriers | {"ALKOHOL"}, absent=request.absent - {"ALKOHOL"}
    )
    assume(accepted + refused)
    before = word(service, request, outcomes=[count("s-1", accepted, refused)])
    after = word(service, request, outcomes=[count("s-1", accepted + 1, refused)])
    event(f"{before} -> {after}")
    assert not worse(after, before)
