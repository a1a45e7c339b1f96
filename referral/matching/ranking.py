"""The answer: matches in order, near misses with reasons, a plan and a next step."""

from dataclasses import dataclass
from enum import StrEnum

from referral.catalog.model import ServiceAtLocation
from referral.catalog.vocabulary import Call, Form
from referral.matching.exclusions import Exclusion
from referral.matching.outcome import Explanation
from referral.matching.reach import Reach
from referral.matching.request import ReferralRequest


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One service of the plan and the needs it takes over."""

    service_id: str
    covers: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """Everything that is answered to one request."""

    request: ReferralRequest
    urgent: tuple[Call, ...]
    matches: tuple[Match, ...]
    not_for_you: tuple[NearMiss, ...]
    plan: tuple[PlanStep, ...]
    open_needs: tuple[str, ...]
    next_step: NextStep
    counts: Counts
