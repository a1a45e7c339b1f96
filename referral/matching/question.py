"""Which one question would tell the most about the offers at hand (information gain).

Every thinkable answer is put to the rules; a question is worth as many bits as the answers divide
the offers by. What the client has told already is not asked again.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from referral.catalog.model import Service
from referral.catalog.sexes import Sex, sex_in
from referral.catalog.vocabulary import Vocabulary
from referral.matching.exclusions import client_exclusions
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
    services: Sequence[Service],
    *,
    request: ReferralRequest,
    vocabulary: Vocabulary,
    policy: Policy,
    today: date,
) -> Question | None:
    """Return the question that tells the most, None when no answer would change anything.

    For an offer that stays under a share p of the (equally likely) answers, the answer is worth the
    entropy -p·log2 p - (1 - p)·log2 (1 - p) (Shannon 1948); over the offers it is summed, each
    weighing 1 / log2 (rank + 1), because the first ones matter most.
    """

    def stays(service: Service, asked: ReferralRequest) -> bool:
        against = client_exclusions(
            service, request=asked, vocabulary=vocabulary, policy=policy, today=today
        )
        return next(against, None) is None

    offered = [service for service in services if stays(service, request)]
    asked = [
        _weigh(subject, code, answers, offered, stays)
        for subject, code, answers in _questions(offered, request)
    ]
    telling = [question for question in asked if question.decides]
    return min(telling, key=lambda one: (-round(one.bits, 9), one.subject, one.of), default=None)


_Thinkable = tuple[Subject, str, Sequence[ReferralRequest]]


def _weigh(
    subject: Subject,
    code: str,
    answers: Sequence[ReferralRequest],
    offered: Sequence[Service],
    stays: Callable[[Service, ReferralRequest], bool],
) -> Question:
    bits, decides = 0.0, 0
    for rank, service in enumerate(offered, start=1):
        share = sum(stays(service, answer) for answer in answers) / len(answers)
        if 0 < share < 1:
            decides += 1
            bits += _entropy(share) / math.log2(rank + 1)
    return Question(subject=subject, of=code, bits=bits, decides=decides, among=len(offered))


def _entropy(share: float) -> float:
    return -share * math.log2(share) - (1 - share) * math.log2(1 - share)


def _questions(services: Iterable[Service], request: ReferralRequest) -> Iterator[_Thinkable]:
    """Yield what could be asked, with the request under each thinkable answer."""
    known = list(services)
    if request.age is None:
        ages = _telling_ages(known)
        if ages:
            yield Subject.AGE, "", [replace(request, age=age) for age in ages]
    if request.sex is None and any(sex_in(one.places or (one.name,)) for one in known):
        yield Subject.SEX, "", [replace(request, sex=sex) for sex in Sex]
    told = request.barriers | request.absent
    for code in sorted({rule.barrier for one in known for rule in one.eligibility.rules} - told):
        without = replace(request, absent=request.absent | {code})
        yield Subject.BARRIER, code, [without, replace(request, barriers=request.barriers | {code})]
    if not request.groups:
        circles = Counter(group for one in known for group in one.eligibility.target_groups or ())
        groups = [replace(request, groups=frozenset({group})) for group in sorted(circles)]
        if len(groups) > 1:
            yield Subject.GROUP, "", groups


def _telling_ages(services: Iterable[Service]) -> list[int]:
    """Return one age out of each span between two limits that services state."""
    starts = {0}
    for service in services:
        ages = service.eligibility.ages
        if ages is not None:
            starts |= {ages.min or 0, (MAX_AGE if ages.max is None else ages.max) + 1}
    inside = sorted(start for start in starts if start <= MAX_AGE)
    return inside if len(inside) > 1 else []
