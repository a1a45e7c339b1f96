"""The answer as it is defined: every offer assessed and explained one by one, all kept, then cut.

``recommend`` answers the same in another way; the tests hold the two together.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Service
from referral.catalog.sexes import Sex, sex_in
from referral.catalog.snapshot import Catalog, offers_of
from referral.catalog.vocabulary import Form, Vocabulary
from referral.matching.asking import asking_of
from referral.matching.assess import Assessment, assess, candidates
from referral.matching.criteria import Case, explain
from referral.matching.exclusions import client_exclusions
from referral.matching.next_step import next_step, urgent_calls
from referral.matching.order import Weighed, near_misses, rank
from referral.matching.plan import open_needs, plan, smallest_set
from referral.matching.policy import Policy
from referral.matching.prospect import Prospect, prospect_of
from referral.matching.question import Question, Subject
from referral.matching.ranking import Counts, Match, PlanStep, Recommendation
from referral.matching.request import MAX_AGE, ReferralRequest
from referral.matching.sensitivity import Wobble, wobbles
from referral.usecases.recommend import NEAR_MISSES_SHOWN


def recommend_slowly(
    request: ReferralRequest,
    *,
    catalog: Catalog,
    policy: Policy,
    today: date,
    near: int = NEAR_MISSES_SHOWN,
) -> Recommendation:
    """Rank the services that answer the request and explain the rest."""
    request.checked(catalog.vocabulary)
    request = replace(
        request,
        refusals=tuple(
            replace(it, service_id=catalog.shown_id(it.service_id)) for it in request.refusals
        ),
    )
    weighed, excluded = _assess_all(request, catalog=catalog, policy=policy, today=today)
    matches = rank(weighed, vocabulary=catalog.vocabulary)
    misses = near_misses(excluded, place=request.place.code, territory=catalog.territory)
    shown = matches[: request.limit]
    chosen = smallest_set(matches, request.need_codes)
    asking = asking_of(request, catalog=catalog, policy=policy, today=today)
    prospects = {
        match.offer.id: prospect_of(match.offer.service, match.reaches, asking)
        for match in (*shown, *chosen)
    }
    calls = urgent_calls(request, catalog.vocabulary)
    return Recommendation(
        request=request,
        urgent=calls,
        matches=shown,
        not_for_you=misses[:near],
        open_needs=open_needs(
            {need for match in matches for need in match.needs}, request.need_codes
        ),
        next_step=next_step(request, calls=calls, matches=matches),
        counts=_count(matches, excluded=len(misses)),
        further=Told(
            prospects=lambda: prospects,
            plan=lambda: plan(
                chosen,
                among=shown,
                prospects=prospects,
                request=request,
                vocabulary=catalog.vocabulary,
            ),
            question=lambda: best_question_slowly(
                [match.offer.service for match in shown],
                request=request,
                vocabulary=catalog.vocabulary,
                policy=policy,
                today=today,
            ),
            steadiness=lambda: wobbles(matches),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What follows from an answer, by the definitions."""

    prospects: Callable[[], Mapping[str, Prospect]]
    plan: Callable[[], tuple[PlanStep, ...]]
    question: Callable[[], Question | None]
    steadiness: Callable[[], tuple[Wobble, ...]]


def _assess_all(
    request: ReferralRequest, *, catalog: Catalog, policy: Policy, today: date
) -> tuple[list[Weighed], list[Assessment]]:
    """Return the admissible offers with explanations, and those of services admitted nowhere."""
    weighed: list[Weighed] = []
    excluded: list[Assessment] = []
    for service_id, needs in candidates(request, catalog).items():
        assessments = [
            assess(offer, needs=needs, request=request, catalog=catalog, policy=policy, today=today)
            for offer in offers_of(catalog.service(service_id))
        ]
        admitted = [one for one in assessments if one.admissible]
        for one in admitted:
            case = case_of(one, request=request, catalog=catalog, policy=policy, today=today)
            weighed.append(Weighed(assessment=one, explanation=explain(case)))
        if not admitted:
            excluded += assessments
    return weighed, excluded


def case_of(
    one: Assessment, *, request: ReferralRequest, catalog: Catalog, policy: Policy, today: date
) -> Case:
    """Return all that the criteria look at for an assessed offer."""
    asking = asking_of(request, catalog=catalog, policy=policy, today=today)
    return Case(offer=one.offer, asking=asking, needs=one.needs, reaches=one.reaches)


def _count(matches: tuple[Match, ...], *, excluded: int) -> Counts:
    in_the_field = {Form.FIELD, None}
    return Counts(
        found=len(matches),
        excluded=excluded,
        coverage_unknown=sum(
            match.reach.form in in_the_field and match.reach.covers is CoverageStatus.UNKNOWN
            for match in matches
        ),
        place_unknown=sum(
            match.reach.form not in in_the_field and match.reach.distance_km is None
            for match in matches
        ),
    )


def best_question_slowly(
    services: Sequence[Service],
    *,
    request: ReferralRequest,
    vocabulary: Vocabulary,
    policy: Policy,
    today: date,
) -> Question | None:
    """Put every thinkable answer to all the rules, for every service."""

    def stays(service: Service, asked: ReferralRequest) -> bool:
        reasons = client_exclusions(
            service, request=asked, vocabulary=vocabulary, policy=policy, today=today
        )
        return not any(reasons)

    offered = [service for service in services if stays(service, request)]
    weighed = []
    for subject, code, answers in _thinkable(offered, request):
        bits, decides = 0.0, 0
        for rank_of, service in enumerate(offered, start=1):
            share = sum(stays(service, answer) for answer in answers) / len(answers)
            if 0 < share < 1:
                decides += 1
                entropy = -share * math.log2(share) - (1 - share) * math.log2(1 - share)
                bits += entropy / math.log2(rank_of + 1)
        if decides:
            weighed.append(
                Question(subject=subject, of=code, bits=bits, decides=decides, among=len(offered))
            )
    return min(weighed, key=lambda one: (-round(one.bits, 9), one.subject, one.of), default=None)


def _thinkable(
    services: Sequence[Service], request: ReferralRequest
) -> Iterator[tuple[Subject, str, Sequence[ReferralRequest]]]:
    if request.age is None:
        starts = {0}
        for ages in (one.eligibility.ages for one in services):
            if ages is not None:
                starts |= {ages.min or 0, (MAX_AGE if ages.max is None else ages.max) + 1}
        inside = sorted(start for start in starts if start <= MAX_AGE)
        if len(inside) > 1:
            yield Subject.AGE, "", [replace(request, age=age) for age in inside]
    if request.sex is None and any(sex_in(one.places or (one.name,)) for one in services):
        yield Subject.SEX, "", [replace(request, sex=sex) for sex in Sex]
    told = request.barriers | request.absent
    for code in sorted({rule.barrier for one in services for rule in one.eligibility.rules} - told):
        without = replace(request, absent=request.absent | {code})
        yield Subject.BARRIER, code, [without, replace(request, barriers=request.barriers | {code})]
    circles = sorted({code for one in services for code in one.eligibility.target_groups or ()})
    if not request.groups and len(circles) > 1:
        yield (
            Subject.GROUP,
            "",
            [replace(request, groups=frozenset({code})) for code in circles],
        )
