"""Which one question would tell the most about the offers at hand (information gain).

Every thinkable answer is put to the rules; a question is worth as many bits as the answers divide
the offers by. What the client has told already is not asked again.
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from referral.catalog.model import Service
from referral.catalog.sexes import Sex
from referral.catalog.vocabulary import Vocabulary
from referral.matching.circles import touched_circles
from referral.matching.exclusions import (
    age_limits,
    excluding,
    meant_for,
    outside_circle,
)
from referral.matching.policy import Policy
from referral.matching.request import MAX_AGE, ReferralRequest


class Subject(StrEnum):
    """What is asked about."""

    AGE = "age"
    SEX = "sex"
    GROUP = "group"
    BARRIER = "barrier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the client: ``of`` is the code of the barrier or group.

    ``bits`` is what it tells of the offers; ``decides`` how many of them (of ``among``) stay under
    one answer and fall under another.
    """

    subject: Subject
    of: str = ""
    bits: float
    decides: int
    among: int


def best_question(
    offered: Sequence[Service], *, request: ReferralRequest, vocabulary: Vocabulary, policy: Policy
) -> Question | None:
    """Return the question that tells the most, None when no answer would change anything.

    Nothing may be known that excludes the client from the services.

    For an offer that stays under a share p of the (equally likely) answers, the answer is worth the
    entropy -p·log2 p - (1 - p)·log2 (1 - p) (Shannon 1948); over the offers it is summed, each
    weighing 1 / log2 (rank + 1), because the first ones matter most.
    """
    asked = [
        _weigh(subject, code, stays, offered)
        for subject, code, stays in _questions(offered, request, vocabulary, policy)
    ]
    telling = [question for question in asked if question.decides]
    return min(telling, key=lambda one: (-round(one.bits, 9), one.subject, one.of), default=None)


_Stays = Callable[[Service], float]
"""Under which share of the answers a service that is offered now stays offered."""


def _weigh(subject: Subject, code: str, stays: _Stays, offered: Sequence[Service]) -> Question:
    bits, decides = 0.0, 0
    for rank, service in enumerate(offered, start=1):
        share = stays(service)
        if 0 < share < 1:
            decides += 1
            bits += _entropy(share) / math.log2(rank + 1)
    return Question(subject=subject, of=code, bits=bits, decides=decides, among=len(offered))


def _entropy(share: float) -> float:
    return -share * math.log2(share) - (1 - share) * math.log2(1 - share)


def _questions(
    services: Sequence[Service], request: ReferralRequest, vocabulary: Vocabulary, policy: Policy
) -> Iterator[tuple[Subject, str, _Stays]]:
    """Yield what could be asked; of the rules only those are put again that an answer touches."""
    if request.age is None and (ages := _telling_ages(services)):
        yield Subject.AGE, "", _staying_by_age(ages, request, vocabulary, policy)
    if request.sex is None and any(meant_for(one) for one in services):
        yield Subject.SEX, "", _stays_by_sex
    told = request.barriers | request.absent
    for code, falling in sorted(_excluded(services).items()):
        if code not in told:
            yield Subject.BARRIER, code, partial(_stays_by_barrier, falling=falling)
    if not request.groups:
        circles = {group for one in services for group in one.eligibility.target_groups or ()}
        if len(circles) > 1:
            among = [replace(request, groups=frozenset({group})) for group in circles]
            yield Subject.GROUP, "", _staying_by_group(among, vocabulary, policy)


def _staying_by_age(
    ages: Sequence[int], request: ReferralRequest, vocabulary: Vocabulary, policy: Policy
) -> _Stays:
    """Old age may also bring a client into the circle, where the groups are told."""
    turn = bisect_left(ages, policy.limits.senior_from)
    spans = [(span, replace(request, age=span[0])) for span in (ages[:turn], ages[turn:]) if span]

    def stays(service: Service) -> float:
        lowest, highest = age_limits(service, vocabulary)
        return sum(
            max(0, bisect_right(span, highest) - bisect_left(span, lowest))
            for span, aged in spans
            if not outside_circle(service, aged, vocabulary, policy)
        ) / len(ages)

    return stays


def _staying_by_group(
    answers: Sequence[ReferralRequest], vocabulary: Vocabulary, policy: Policy
) -> _Stays:
    touched = [touched_circles(one, vocabulary, policy) for one in answers]

    def stays(service: Service) -> float:
        circle = service.eligibility.target_groups
        if not circle:
            return 1.0
        return sum(not circle.isdisjoint(one) for one in touched) / len(touched)

    return stays


def _stays_by_sex(service: Service) -> float:
    meant = meant_for(service)
    return 1.0 if meant is None else 1 / len(Sex)


def _excluded(services: Iterable[Service]) -> Mapping[str, Collection[str]]:
    """Return the ids of the services that exclude people with a barrier, by its code."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for service in services:
        for rule in service.eligibility.rules:
            if excluding(service, rule.barrier) is not None:
                found[rule.barrier].add(service.id)
    return found


def _stays_by_barrier(service: Service, *, falling: Collection[str]) -> float:
    return 0.5 if service.id in falling else 1.0


def _telling_ages(services: Iterable[Service]) -> list[int]:
    """Return one age out of each span between two limits that services state."""
    starts = {0}
    for service in services:
        ages = service.eligibility.ages
        if ages is not None:
            starts |= {ages.min or 0, (MAX_AGE if ages.max is None else ages.max) + 1}
    inside = sorted(start for start in starts if start <= MAX_AGE)
    return inside if len(inside) > 1 else []
