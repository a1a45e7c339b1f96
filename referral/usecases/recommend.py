"""Answer: who can help here, why, why not the others, and what to do first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from referral.catalog.snapshot import Catalog
from referral.matching.next_step import next_step, urgent_calls
from referral.matching.plan import open_needs, plan, smallest_set
from referral.matching.policy import Policy
from referral.matching.prospect import Prospect, prospect_of
from referral.matching.question import Question, best_question
from referral.matching.ranking import Match, PlanStep, Recommendation
from referral.matching.request import ReferralRequest, Refusal
from referral.matching.sensitivity import Wobble

if TYPE_CHECKING:
    from referral.matching.shortlist import Shortlist

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
    Prospects, plan, question and steadiness follow when they are first asked for.

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
    calls = urgent_calls(request, catalog.vocabulary)
    return Recommendation(
        request=request,
        urgent=calls,
        matches=shown,
        not_for_you=found.near_misses(),
        open_needs=open_needs(found.answered(), request.need_codes),
        next_step=next_step(request, calls=calls, matches=found.first_sure(shown)),
        counts=found.counts(),
        further=_Further(found, shown),
    )


class _Further:
    """What follows from the order of the services and from those shown."""

    def __init__(self, found: "Shortlist", shown: Sequence[Match]) -> None:
        self._found = found
        self._shown = shown

    @cached_property
    def _chosen(self) -> tuple[Match, ...]:
        gists = self._found.gists()
        needs = self._found.asking.request.need_codes
        return tuple(self._found.match(one) for one in smallest_set(gists, needs))

    @cached_property
    def _prospects(self) -> Mapping[str, Prospect]:
        matches = {one.offer.id: one for one in (*self._shown, *self._chosen)}
        return {
            service_id: prospect_of(match.offer.service, match.reaches, self._found.asking)
            for service_id, match in matches.items()
        }

    def prospects(self) -> Mapping[str, Prospect]:
        return self._prospects

    def plan(self) -> tuple[PlanStep, ...]:
        asking = self._found.asking
        return plan(
            self._chosen,
            among=self._shown,
            prospects=self._prospects,
            request=asking.request,
            vocabulary=asking.vocabulary,
        )

    def question(self) -> Question | None:
        asking = self._found.asking
        return best_question(
            [match.offer.service for match in self._shown],
            request=asking.request,
            vocabulary=asking.vocabulary,
            policy=asking.policy,
        )

    def steadiness(self) -> tuple[Wobble, ...]:
        return self._found.wobbles()


def _shown(refusal: Refusal, catalog: Catalog) -> Refusal:
    """Return a refusal by the service that is shown for the record it was told of."""
    return replace(refusal, service_id=catalog.shown_id(refusal.service_id))
