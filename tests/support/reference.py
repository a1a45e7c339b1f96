"""The answer as it is defined: every offer assessed and explained one by one, all kept, then cut.

``recommend`` answers the same in another way; the tests hold the two together.
"""

from dataclasses import replace
from datetime import date

from referral.catalog.areas import CoverageStatus
from referral.catalog.snapshot import Catalog, offers_of
from referral.catalog.vocabulary import Form
from referral.matching.assess import Assessment, assess, candidates
from referral.matching.criteria import Case, explain
from referral.matching.next_step import next_step, urgent_calls
from referral.matching.order import Weighed, near_misses, rank
from referral.matching.plan import open_needs, plan, smallest_set
from referral.matching.policy import Policy
from referral.matching.prospect import Asking, prospect_of
from referral.matching.question import best_question
from referral.matching.ranking import Counts, Match, Recommendation
from referral.matching.request import ReferralRequest
from referral.matching.sensitivity import wobbles
from referral.usecases.recommend import NEAR_MISSES_SHOWN


def recommend_slowly(
    request: ReferralRequest, *, catalog: Catalog, policy: Policy, today: date
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
    asking = Asking(
        request=request,
        vocabulary=catalog.vocabulary,
        policy=policy,
        today=today,
        experience=catalog.experience,
    )
    prospects = {
        match.offer.id: prospect_of(match.offer.service, match.reaches, asking)
        for match in (*shown, *chosen)
    }
    calls = urgent_calls(request, catalog.vocabulary)
    return Recommendation(
        request=request,
        urgent=calls,
        matches=shown,
        not_for_you=misses[:NEAR_MISSES_SHOWN],
        plan=plan(
            chosen,
            among=shown,
            prospects=prospects,
            request=request,
            vocabulary=catalog.vocabulary,
        ),
        open_needs=open_needs(matches, request.need_codes),
        next_step=next_step(request, calls=calls, matches=matches),
        counts=_count(matches, excluded=len(misses)),
        prospects=prospects,
        question=best_question(
            [match.offer.service for match in shown],
            request=request,
            vocabulary=catalog.vocabulary,
            policy=policy,
            today=today,
        ),
        steadiness=wobbles(matches),
    )


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
            case = _case(one, request=request, catalog=catalog, policy=policy, today=today)
            weighed.append(Weighed(assessment=one, explanation=explain(case)))
        if not admitted:
            excluded += assessments
    return weighed, excluded


def _case(
    one: Assessment, *, request: ReferralRequest, catalog: Catalog, policy: Policy, today: date
) -> Case:
    kind = one.offer.service.type
    return Case(
        offer=one.offer,
        request=request,
        needs=one.needs,
        reaches=one.reaches,
        kind=catalog.vocabulary.service_type(kind) if kind is not None else None,
        vocabulary=catalog.vocabulary,
        territory=catalog.territory,
        policy=policy,
        today=today,
        experience=catalog.experience,
    )


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
