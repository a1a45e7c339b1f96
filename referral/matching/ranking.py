"""The answer: matches in order, near misses with reasons, a plan and a next step."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from referral.catalog.model import ServiceAtLocation
from referral.catalog.vocabulary import Call, Form
from referral.matching.changes import Change
from referral.matching.exclusion import Exclusion
from referral.matching.outcome import Explanation
from referral.matching.prospect import Prospect
from referral.matching.question import Question
from referral.matching.reach import Reach
from referral.matching.request import ReferralRequest
from referral.matching.sensitivity import Wobble


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One offer that may be made, with the reasons.

    ``reaches`` are the usable ways to it, best first (never empty); ``forms_by_type`` is true when
    the forms come from the type of service, not from the service's own record; ``needs`` are the
    asked needs it answers; ``tied`` when a neighbour in the order has the same score.
    """

    rank: int
    offer: ServiceAtLocation
    needs: tuple[str, ...]
    reaches: tuple[Reach, ...]
    forms_by_type: bool
    explanation: Explanation
    tied: bool = False

    @property
    def reach(self) -> Reach:
        """The best way to it."""
        return self.reaches[0]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The usable forms, best first; empty for help by jurisdiction."""
        return tuple(reach.form for reach in self.reaches if reach.form is not None)

    @property
    def service_id(self) -> str:
        """The id of the service."""
        return self.offer.id

    @property
    def score(self) -> float:
        """The sum of the explanation's points."""
        return self.explanation.score


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """An offer that answers a need but is not for this client here, worst reason first."""

    offer: ServiceAtLocation
    needs: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]
    distance_km: float | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would all have to change for the offer to be made, the nearest first.

        Empty when for one of the reasons nothing would help.
        """
        named = [reason.change for reason in self.exclusions]
        found = {change for change in named if change is not None}
        if None in named:
            return ()
        return tuple(sorted(found, key=lambda change: change.distance))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One service of the plan and the needs it takes over.

    ``turn`` is its place in time, counted from 1: what is urgent and what has a near ``due`` day
    comes first. ``alternatives`` could stand in its place, the likeliest first; ``bridge`` help
    until a place becomes free, where it is known that there is none now. Both are ids of services.
    """

    service_id: str
    covers: tuple[str, ...]
    turn: int
    due: date | None = None
    alternatives: tuple[str, ...] = ()
    bridge: tuple[str, ...] = ()


class NextStepKind(StrEnum):
    """What to do first."""

    CALL = "call"
    SERVICE = "service"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The first step: ring ``call``, contact ``service_id``, or the ORP's office (§ 92).

    ``orp`` is always named, since it is where every road ends.
    """

    kind: NextStepKind
    orp: str
    service_id: str | None = None
    call: Call | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much of the answer rests on knowledge.

    ``found`` offers that may be made (before the limit), ``excluded`` offers with a reason against,
    ``coverage_unknown`` field offers among the found whose coverage nobody states,
    ``place_unknown`` found offers whose place of service is not in the data.
    """

    found: int
    excluded: int
    coverage_unknown: int
    place_unknown: int


class Further(Protocol):
    """What follows from an answer and is thought over when somebody asks for it."""

    def prospects(self) -> Mapping[str, Prospect]:
        """Say how the shown and the planned services are likely to answer, by their ids."""
        ...

    def plan(self) -> tuple[PlanStep, ...]:
        """Say which services together answer the needs."""
        ...

    def question(self) -> Question | None:
        """Say which question's answer would tell the most."""
        ...

    def steadiness(self) -> tuple[Wobble, ...]:
        """Say who would come first if a weight were another."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Recommendation:
    """Everything that is answered to one request.

    Who comes first, why, and why the others do not is here from the start. What is ``further`` is
    thought over once, when a page or a file asks for it. Two answers are equal when they say the
    same, further things too.
    """

    request: ReferralRequest
    urgent: tuple[Call, ...]
    matches: tuple[Match, ...]
    not_for_you: tuple[NearMiss, ...]
    open_needs: tuple[str, ...]
    next_step: NextStep
    counts: Counts
    further: Further = field(repr=False)

    @cached_property
    def prospects(self) -> Mapping[str, Prospect]:
        """How the shown and the planned services are likely to answer, by their ids."""
        return self.further.prospects()

    @cached_property
    def plan(self) -> tuple[PlanStep, ...]:
        """The smallest set of services that answers the needs, as steps."""
        return self.further.plan()

    @cached_property
    def question(self) -> Question | None:
        """The one question whose answer would tell the most."""
        return self.further.question()

    @cached_property
    def steadiness(self) -> tuple[Wobble, ...]:
        """Who would come first if a weight were another."""
        return self.further.steadiness()

    def __eq__(self, other: object) -> bool:
        """Tell whether two answers say the same."""
        if not isinstance(other, Recommendation):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in SAID)

    __hash__ = None  # type: ignore[assignment]  # it holds mappings


SAID = (
    *(one.name for one in fields(Recommendation) if one.name != "further"),
    "prospects",
    "plan",
    "question",
    "steadiness",
)
"""The names of all that an answer says."""
