"""One request together with all that the rules weigh it by, beside the offers themselves."""

from dataclasses import dataclass
from datetime import date

from referral.catalog.experience import Experience
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Vocabulary
from referral.matching.circles import Belonging, belonging_of
from referral.matching.policy import Policy
from referral.matching.request import ReferralRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is the same for all offers under one request; ``client`` is where the client belongs."""

    request: ReferralRequest
    vocabulary: Vocabulary
    territory: Territory
    policy: Policy
    today: date
    experience: Experience
    client: Belonging


def asking_of(request: ReferralRequest, *, catalog: Catalog, policy: Policy, today: date) -> Asking:
    """Return a request with all that it is weighed by."""
    return Asking(
        request=request,
        vocabulary=catalog.vocabulary,
        territory=catalog.territory,
        policy=policy,
        today=today,
        experience=catalog.experience,
        client=belonging_of(request, catalog.vocabulary, policy),
    )
