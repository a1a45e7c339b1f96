"""What to do first; never nothing, since at the end of every road stands the ORP (§ 92)."""

from collections.abc import Sequence

from referral.catalog.vocabulary import Call, Vocabulary
from referral.matching.calls import calls_for
from referral.matching.ranking import Match, NextStep, NextStepKind
from referral.matching.request import ReferralRequest


def urgent_calls(request: ReferralRequest, vocabulary: Vocabulary) -> tuple[Call, ...]:
    """Return the numbers to ring now for urgent needs, in the vocabulary's order."""
    return calls_for(request.need_codes, vocabulary)


def next_step(
    request: ReferralRequest, *, calls: Sequence[Call], matches: Sequence[Match]
) -> NextStep:
    """Return the call to make now, else the best service that surely reaches, else the ORP.

    The office's duty: § 92 of Act 108/2006 Sb.
    """
    orp = request.place.orp
    if calls:
        return NextStep(kind=NextStepKind.CALL, orp=orp, call=calls[0])
    for match in matches:
        if match.reach.sure:
            return NextStep(kind=NextStepKind.SERVICE, orp=orp, service_id=match.offer.id)
    return NextStep(kind=NextStepKind.AUTHORITY, orp=orp)
