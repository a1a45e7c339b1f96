"""What would have to change for an offer to be made, and what the world looks like when it has.

Each change can be applied, so that "přijme, když…" is a statement that a test can check.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import ServiceAtLocation
from referral.catalog.vocabulary import Form
from referral.matching.policy import Policy
from referral.matching.request import ReferralRequest


class ChangeKind(StrEnum):
    """Changes in the order in which somebody can bring them about, the nearest first.

    PAPER: a document, an income or an insurance is proved. FORM: another form is wanted. WAIT: a
    time passes. CAPACITY: a place becomes free. DISTANCE: transport is arranged. AREA: the provider
    widens its area. BARRIER: the circumstance passes or the provider takes it on. HEALTH: a doctor
    judges otherwise. GROUP: the client belongs to another circle. AGE: the client grows older.
    START: the registration begins.
    """

    PAPER = "paper"
    FORM = "form"
    WAIT = "wait"
    CAPACITY = "capacity"
    DISTANCE = "distance"
    AREA = "area"
    BARRIER = "barrier"
    HEALTH = "health"
    GROUP = "group"
    AGE = "age"
    START = "start"


PAPERS = frozenset({"BEZ-DOKL", "BEZ-PRIJ", "BEZ-POJ"})
"""Barriers that a paper removes."""

_ORDER = {kind: position for position, kind in enumerate(ChangeKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: ``of`` is the code of the barrier, group or form, ``value`` the age or the km.

    ``on`` is the day from which it holds by itself, None when somebody has to bring it about or the
    day cannot be told.
    """

    kind: ChangeKind
    of: str = ""
    value: float | None = None
    on: date | None = None

    @property
    def distance(self) -> tuple[date, int, str]:
        """The order of changes: what comes by itself by its day, the rest by how near it is."""
        return self.on or date.min, _ORDER[self.kind], self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An offer, a request, the limits and the day on which they meet."""

    offer: ServiceAtLocation
    request: ReferralRequest
    policy: Policy
    today: date


def after(change: Change, situation: Situation) -> Situation:
    """Return the situation in which a change has come about, and nothing else."""
    return _AFTER[change.kind](change, situation)


def _older(change: Change, situation: Situation) -> Situation:
    age = situation.request.age if change.value is None else int(change.value)
    return _asking(situation, replace(situation.request, age=age))


def _belonging(change: Change, situation: Situation) -> Situation:
    groups = situation.request.groups | {change.of}
    return _asking(situation, replace(situation.request, groups=groups))


def _unbarred(change: Change, situation: Situation) -> Situation:
    """Take a barrier out of the way, and the refusals that rested on it."""
    request = situation.request
    return _asking(
        situation,
        replace(
            request,
            barriers=request.barriers - {change.of},
            refusals=tuple(one for one in request.refusals if one.barrier != change.of),
        ),
    )


def _content(change: Change, situation: Situation) -> Situation:
    forms = situation.request.forms | {Form(change.of)}
    return _asking(situation, replace(situation.request, forms=forms))


def _asked_again(_: Change, situation: Situation) -> Situation:
    mine = situation.offer.service.id
    kept = tuple(one for one in situation.request.refusals if one.service_id != mine)
    return _asking(situation, replace(situation.request, refusals=kept))


def _brought(change: Change, situation: Situation) -> Situation:
    km = situation.policy.limits.ambulatory_km if change.value is None else change.value
    limits = replace(situation.policy.limits, ambulatory_km=km + 1)
    return replace(situation, policy=replace(situation.policy, limits=limits))


def _begun(change: Change, situation: Situation) -> Situation:
    return replace(situation, today=change.on or situation.today)


def _asking(situation: Situation, request: ReferralRequest) -> Situation:
    return replace(situation, request=request)


def _reached(_: Change, situation: Situation) -> Situation:
    """Let the service work in the client's municipality too."""
    offer, place = situation.offer, situation.request.place.code
    coverage = offer.service.coverage
    wider = replace(
        coverage,
        status=CoverageStatus.DECLARED,
        certain=coverage.certain | {place},
        possible=coverage.possible - {place},
    )
    return replace(situation, offer=replace(offer, service=replace(offer.service, coverage=wider)))


_AFTER: Mapping[ChangeKind, Callable[[Change, Situation], Situation]] = {
    ChangeKind.PAPER: _unbarred,
    ChangeKind.FORM: _content,
    ChangeKind.WAIT: _asked_again,
    ChangeKind.CAPACITY: _asked_again,
    ChangeKind.DISTANCE: _brought,
    ChangeKind.AREA: _reached,
    ChangeKind.BARRIER: _unbarred,
    ChangeKind.HEALTH: _asked_again,
    ChangeKind.GROUP: _belonging,
    ChangeKind.AGE: _older,
    ChangeKind.START: _begun,
}
