"""Answer: who can help here, why, why not the others, and what to do first."""

from dataclasses import replace
from datetime import date

from referral.catalog.snapshot import Catalog
from referral.matching.next_step import next_step, urgent_calls
from referral.matching.plan import open_needs, plan, smallest_set
from referral.matching.policy import Policy
from referral.matching.prospect import prospect_of
from referral.matching.question import best_question
from referral.matching.ranking import Recommendation
from referral.matching.request import ReferralRequest, Refusal

NEAR_MISSES_SHOWN = 12


def recommend(
    request: ReferralRequest,
    *,
    catalog: Catalog,
    policy: Policy,
    today: date,
    near_misses: int = NEAR_MISSES_SHOWN,
) -> Recommendation:
    """Rank the services that answer the request and explain the rest; nothing is stored.

    All offers are weighed at once, in columns; what is shown is then explained by the rules.

    Raises:
        RequestError: a field of the request is out of range or names an unknown word.
    """
    # numpy takes a tenth of a second to load, and many commands recommend nothing.
    from referral.matching.shortlist import shortlist  # noqa: PLC0415 - see above

    request.checked(catalog.vocabulary)
    if request.refusals:
        request = replace(request, refusals=tuple(_shown(it, catalog) for it in request.refusals))
    found = shortlist(request, catalog=catalog, policy=policy, today=today, near=near_misses)
    shown = found.matches(request.limit)
    gists = found.gists()
    chosen = tuple(found.match(one) for one in smallest_set(gists, request.need_codes))
    prospects = {
        match.offer.id: prospect_of(match.offer.service, match.reaches, found.asking)
        for match in {one.offer.id: one for one in (*shown, *chosen)}.values()
    }
    calls = urgent_calls(request, catalog.vocabulary)
    return Recommendation(
        request=request,
        urgent=calls,
        matches=shown,
        not_for_you=found.near_misses(),
        plan=plan(
            chosen,
            among=shown,
            prospects=prospects,
            request=request,
            vocabulary=catalog.vocabulary,
        ),
        open_needs=open_needs(gists, request.need_codes),
        next_step=next_step(request, calls=calls, matches=found.first_sure()),
        counts=found.counts(),
        prospects=prospects,
        question=best_question(
            [match.offer.service for match in shown],
            request=request,
            vocabulary=catalog.vocabulary,
            policy=policy,
        ),
        steadiness=found.wobbles(),
    )


def _shown(refusal: Refusal, catalog: Catalog) -> Refusal:
    """Return a refusal by the service that is shown for the record it was told of."""
    return replace(refusal, service_id=catalog.shown_id(refusal.service_id))
