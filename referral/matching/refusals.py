"""Refusals: whether the law allows them, and what one that has happened means for the search.

§ 91 odst. 3 of Act 108/2006 Sb. knows four reasons only: a) the service asked for is not given,
also with regard to the circle of persons, b) no capacity, c) a health state that excludes a
residential service, d) the contract was terminated less than six months ago.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from referral.catalog.model import Service
from referral.catalog.vocabulary import Barrier, Form, RefusalBasis, Vocabulary
from referral.matching.changes import PAPERS, Change, ChangeKind
from referral.matching.policy import Limits
from referral.matching.reach import forms_of
from referral.matching.request import Refusal, RefusalReason

BREACH_MONTHS = 6
"""For how long a terminated contract is a reason (§ 91 odst. 3 písm. d)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a refusal on some ground would be lawful, and the ground."""

    basis: RefusalBasis
    lawful: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What a refusal means for the search on a day.

    ``holds``: the service is not asked again for now. ``until`` is the day from which it may be
    asked again, None when no day can be told. ``change`` is what would have to happen, None when
    nothing would help. A refusal without a lawful reason never holds: the service stays, lower.
    """

    verdict: Verdict
    holds: bool
    until: date | None = None
    change: Change | None = None


def consequence_of(
    refusal: Refusal, *, service: Service, vocabulary: Vocabulary, limits: Limits, today: date
) -> Consequence:
    """Return what a refusal by this service means today.

    No capacity: ask again after the wait that was told, or after ``limits.ask_again_days``. The
    circle of persons: not again. A terminated contract: not for six months. Health: not until a
    doctor judges otherwise. A refusal whose day nobody told counts as one of today.
    """
    verdict = judge_refusal(refusal, service=service, vocabulary=vocabulary)
    if verdict.lawful is False:
        return Consequence(verdict=verdict, holds=False)
    until = _until(refusal, verdict.basis, limits)
    if until is not None and until <= today:
        return Consequence(verdict=verdict, holds=False, until=until)
    return Consequence(
        verdict=verdict, holds=True, until=until, change=_change(refusal, verdict.basis, until)
    )


def _until(refusal: Refusal, basis: RefusalBasis, limits: Limits) -> date | None:
    if refusal.on is None:
        return None
    if basis is RefusalBasis.BREACH:
        return months_after(refusal.on, BREACH_MONTHS)
    if basis is RefusalBasis.CAPACITY:
        wait = limits.ask_again_days if refusal.wait_days is None else refusal.wait_days
        return refusal.on + timedelta(days=int(wait))
    return None


def _change(refusal: Refusal, basis: RefusalBasis, until: date | None) -> Change | None:
    if basis is RefusalBasis.CAPACITY:
        return Change(kind=ChangeKind.CAPACITY, on=until)
    if basis is RefusalBasis.BREACH:
        return Change(kind=ChangeKind.WAIT, on=until)
    if refusal.barrier is not None:
        return barrier_change(refusal.barrier)
    return Change(kind=ChangeKind.HEALTH) if basis is RefusalBasis.HEALTH else None


def barrier_change(barrier: str) -> Change:
    """Return the change that takes a barrier out of the way."""
    return Change(kind=ChangeKind.PAPER if barrier in PAPERS else ChangeKind.BARRIER, of=barrier)


def months_after(day: date, months: int) -> date:
    """Return the day of the same number so many months later, or the last one of that month.

    So a period counted in months ends (§ 605 odst. 2 of Act 89/2012 Sb.).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def judge_refusal(refusal: Refusal, *, service: Service, vocabulary: Vocabulary) -> Verdict:
    """Judge a refusal that has happened, by the reason that was given.

    Whether the stated facts are true is not judged: c) stays open (None) for a residential service,
    since the decree's conditions (505/2006 Sb., § 36) need a doctor's opinion, and a) stays open
    too, because the register may hold more than we do.
    """
    if refusal.barrier is not None:
        return judge_barrier(vocabulary.barrier(refusal.barrier), service, vocabulary)
    if refusal.reason is RefusalReason.CAPACITY:
        return Verdict(basis=RefusalBasis.CAPACITY, lawful=True)
    if refusal.reason is RefusalReason.BREACH:
        return Verdict(basis=RefusalBasis.BREACH, lawful=True)
    if refusal.reason is RefusalReason.CIRCLE:
        return Verdict(basis=RefusalBasis.CIRCLE, lawful=None)
    if refusal.reason is RefusalReason.HEALTH:
        open_question = None if may_be_residential(service, vocabulary) else False
        return Verdict(basis=RefusalBasis.HEALTH, lawful=open_question)
    return Verdict(basis=RefusalBasis.OUTSIDE_LAW, lawful=False)


def judge_barrier(
    barrier: Barrier,
    service: Service,
    vocabulary: Vocabulary,
    *,
    claimed: RefusalBasis | None = None,
) -> Verdict:
    """Judge a refusal for a barrier by the grounds it could rest on (``Barrier.bases``).

    A ground in the circle of persons is lawful when the register states it, which is where our
    exclusions come from; equipment and § 4 depend on facts we do not hold; § 91 odst. 3 písm. c)
    belongs to residential services only. A ground that the service has ``claimed`` for itself is
    judged when a refusal for this barrier could rest on it; otherwise the claim changes nothing.
    """
    bases = (claimed,) if claimed in barrier.bases else barrier.bases
    for basis in _PRECEDENCE:
        if basis in bases:
            if basis is RefusalBasis.HEALTH and not may_be_residential(service, vocabulary):
                return Verdict(basis=basis, lawful=False)
            return Verdict(basis=basis, lawful=_LAWFUL.get(basis))
    return Verdict(basis=RefusalBasis.UNKNOWN, lawful=None)


_PRECEDENCE = (
    RefusalBasis.CAPACITY,
    RefusalBasis.BREACH,
    RefusalBasis.CIRCLE,
    RefusalBasis.HEALTH,
    RefusalBasis.ELIGIBLE_PERSON,
    RefusalBasis.EQUIPMENT,
    RefusalBasis.OUTSIDE_LAW,
)
_LAWFUL = {
    RefusalBasis.CAPACITY: True,
    RefusalBasis.BREACH: True,
    RefusalBasis.CIRCLE: True,
    RefusalBasis.OUTSIDE_LAW: False,
}


def may_be_residential(service: Service, vocabulary: Vocabulary) -> bool:
    """Tell whether a service may be given as a residential one, as far as is known."""
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    forms, _ = forms_of(service, kind)
    return Form.RESIDENTIAL in forms
