"""Answer: who helps with each life situation in each municipality, by the rules of the search.

One question is asked for each municipality and need, as somebody who knows nothing more would ask
it; what the search itself would show first is what comes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.matching.policy import Policy
from referral.matching.ranking import Match, NextStep
from referral.matching.request import AskedNeed, ReferralRequest
from referral.usecases.recommend import recommend

SHOWN = 5
"""How many matches of a municipality and a need are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one question finds: the first step (never empty) and the best matches, in order."""

    step: NextStep
    matches: tuple[Match, ...]


Survey = Mapping[tuple[str, str], Found]
"""By municipality (six-digit code) and need (code)."""


def survey_area(
    places: Sequence[Municipality],
    *,
    catalog: Catalog,
    policy: Policy,
    today: date,
    shown: int = SHOWN,
) -> Survey:
    """Ask for every need of the vocabulary in every one of the places."""
    return dict(_answers(places, catalog=catalog, policy=policy, today=today, shown=shown))


def _answers(
    places: Sequence[Municipality], *, catalog: Catalog, policy: Policy, today: date, shown: int
) -> Iterator[tuple[tuple[str, str], Found]]:
    for place in places:
        for code in catalog.vocabulary.needs:
            asked = ReferralRequest(place=place, needs=(AskedNeed(code=code),), limit=shown)
            answer = recommend(asked, catalog=catalog, policy=policy, today=today, near_misses=0)
            yield (place.code, code), Found(step=answer.next_step, matches=answer.matches)
