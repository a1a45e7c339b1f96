"""How an offer is likely to answer this client: one of five words, and what it rests on.

Reasons why an offer is out are exclusions; here stand the conditions and the doubts that remain.
What is missing lowers the word, it never drops the offer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.catalog.model import Service
from referral.matching.asking import Asking
from referral.matching.criteria import way_share
from referral.matching.estimate import Estimate, estimate
from referral.matching.exclusions import meant_for
from referral.matching.reach import Reach
from referral.matching.refusals import Consequence, consequence_of
from referral.matching.welcome import Taking, stated, taking


class Answer(StrEnum):
    """How an offer answers, the best first."""

    ACCEPTS = "prijme"
    LIKELY = "pravdepodobne"
    CONDITIONAL = "podminene"
    UNKNOWN = "neznamo"
    REFUSES = "neprijme"


class ConditionKind(StrEnum):
    """What has to be done or awaited before the service accepts.

    STATED: a condition the service names. ASK_AGAIN: it refused, and the reason has lapsed.
    WRITTEN_REASON: it refused without a reason the law knows. PLACE: no place is free.
    """

    STATED = "stated"
    ASK_AGAIN = "ask_again"
    WRITTEN_REASON = "written_reason"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition; ``barrier`` and ``wording`` of a stated one, ``on`` the day it lapsed."""

    kind: ConditionKind
    barrier: str = ""
    wording: str = ""
    on: date | None = None


class DoubtKind(StrEnum):
    """What nobody has told; the first four may each hide a refusal and make the answer unknown."""

    REACH = "reach"
    CIRCLE = "circle"
    BARRIER = "barrier"
    CLIENT_OUTSIDE = "client_outside"
    CIRCLE_BY_TYPE = "circle_by_type"
    BARRIER_BY_TYPE = "barrier_by_type"
    BARRIER_BY_EXPERIENCE = "barrier_by_experience"
    CLIENT_GROUP = "client_group"
    CLIENT_AGE = "client_age"
    CLIENT_SEX = "client_sex"
    CLIENT_BARRIER = "client_barrier"


_OPEN = frozenset({DoubtKind.REACH, DoubtKind.CIRCLE, DoubtKind.BARRIER, DoubtKind.CLIENT_OUTSIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing that nobody has told; ``barrier`` where it is about one."""

    kind: DoubtKind
    barrier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """How an offer is likely to answer, and why; ``estimates`` by barrier, where there are any."""

    answer: Answer
    conditions: tuple[Condition, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    estimates: tuple[tuple[str, Estimate], ...] = ()


REFUSES = Prospect(answer=Answer.REFUSES)


def prospect_of(service: Service, reaches: tuple[Reach, ...], asking: Asking) -> Prospect:
    """Return how an offer that nothing excludes is likely to answer.

    A condition makes the answer conditional whatever else is known; a doubt that may hide a refusal
    makes it unknown; any other doubt, likely; without one the service accepts, by its own words.
    """
    conditions = tuple(_conditions(service, asking))
    estimates = tuple(_estimates(service, asking))
    doubts = (
        *_way_doubts(reaches, asking),
        *_circle_doubts(service, asking),
        *_barrier_doubts(service, asking, dict(estimates)),
        *_client_doubts(service, asking),
    )
    if any(one.kind in _OPEN for one in doubts):
        answer = Answer.UNKNOWN
    elif conditions:
        answer = Answer.CONDITIONAL
    else:
        answer = Answer.LIKELY if doubts else Answer.ACCEPTS
    return Prospect(answer=answer, conditions=conditions, doubts=doubts, estimates=estimates)


def _conditions(service: Service, asking: Asking) -> Iterator[Condition]:
    for code in sorted(asking.request.barriers):
        way = taking(service, code, vocabulary=asking.vocabulary, policy=asking.policy)
        if way is Taking.CONDITIONS:
            rule = stated(service, code)
            wording = rule.wording if rule is not None else ""
            yield Condition(kind=ConditionKind.STATED, barrier=code, wording=wording)
    for told, barrier in _past(service, asking):
        lapsed = told.verdict.lawful is not False
        kind = ConditionKind.ASK_AGAIN if lapsed else ConditionKind.WRITTEN_REASON
        yield Condition(kind=kind, barrier=barrier, on=told.until)
    if _full(service):
        yield Condition(kind=ConditionKind.PLACE)


def _past(service: Service, asking: Asking) -> Iterator[tuple[Consequence, str]]:
    for refusal in asking.request.refusals:
        if refusal.service_id == service.id:
            told = consequence_of(
                refusal,
                service=service,
                vocabulary=asking.vocabulary,
                limits=asking.policy.limits,
                today=asking.today,
            )
            yield told, refusal.barrier or ""


def _full(service: Service) -> bool:
    """Tell whether somebody has said of free places that there are none."""
    told = [one.available for one in service.capacities if one.available is not None]
    return bool(told) and not any(told)


def _estimates(service: Service, asking: Asking) -> Iterator[tuple[str, Estimate]]:
    for code in sorted(asking.request.barriers):
        found = estimate(service, code, experience=asking.experience, limits=asking.policy.limits)
        if found is not None:
            yield code, found


def _way_doubts(reaches: tuple[Reach, ...], asking: Asking) -> Iterator[Doubt]:
    if all(way_share(reach, asking.policy.limits) is None for reach in reaches):
        yield Doubt(kind=DoubtKind.REACH)


def _circle_doubts(service: Service, asking: Asking) -> Iterator[Doubt]:
    if service.type is None:
        return
    kind = asking.vocabulary.service_type(service.type)
    declared = service.eligibility.target_groups
    circle = declared or kind.typical_groups
    client = asking.client
    if not circle:
        yield Doubt(kind=DoubtKind.CIRCLE)
    elif circle & client.touched_by_sure:
        if not declared:
            yield Doubt(kind=DoubtKind.CIRCLE_BY_TYPE)
    elif circle & client.touched_by_usual:
        yield Doubt(kind=DoubtKind.CLIENT_GROUP)
    elif client.sure or client.usual:
        yield Doubt(kind=DoubtKind.CLIENT_OUTSIDE)
    else:
        yield Doubt(kind=DoubtKind.CLIENT_GROUP)


def _barrier_doubts(
    service: Service, asking: Asking, estimates: dict[str, Estimate]
) -> Iterator[Doubt]:
    likely_from = asking.policy.limits.likely_from
    for code in sorted(asking.request.barriers):
        way = taking(service, code, vocabulary=asking.vocabulary, policy=asking.policy)
        if way is Taking.TYPE:
            yield Doubt(kind=DoubtKind.BARRIER_BY_TYPE, barrier=code)
        elif way is None:
            found = estimates.get(code)
            likely = found is not None and found.mean >= likely_from
            kind = DoubtKind.BARRIER_BY_EXPERIENCE if likely else DoubtKind.BARRIER
            yield Doubt(kind=kind, barrier=code)


def _client_doubts(service: Service, asking: Asking) -> Iterator[Doubt]:
    """Yield facts about the client that the service makes something of and nobody has told."""
    request = asking.request
    if service.eligibility.ages is not None and request.age is None:
        yield Doubt(kind=DoubtKind.CLIENT_AGE)
    if request.sex is None and meant_for(service) is not None:
        yield Doubt(kind=DoubtKind.CLIENT_SEX)
    told = request.barriers | request.absent
    for code in sorted({rule.barrier for rule in service.eligibility.rules} - told):
        way = taking(service, code, vocabulary=asking.vocabulary, policy=asking.policy)
        if way in {Taking.EXCLUDES, Taking.CONDITIONS}:
            yield Doubt(kind=DoubtKind.CLIENT_BARRIER, barrier=code)
