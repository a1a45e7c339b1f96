"""Whether the first place survives when a weight is moved: how far a ranking can be defended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from referral.matching.outcome import Explanation

SWING = 0.2
"""By what share of itself each weight is moved, up and down."""


class Ranked(Protocol):
    """A ranked offer."""

    @property
    def explanation(self) -> Explanation:
        """Its bars."""
        ...

    @property
    def service_id(self) -> str:
        """The id of its service."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wobble:
    """A weight moved by ``swing`` of itself (0.2 is 20 % more) puts ``first`` first."""

    criterion: str
    swing: float
    first: str


def wobbles(ranked: Sequence[Ranked], *, swing: float = SWING) -> tuple[Wobble, ...]:
    """Return the moves of single weights that put another service in the first place.

    Points are a share of a weight, so they grow and shrink with it. A tie with the first one counts
    as survival.
    """
    if not ranked:
        return ()
    names = [outcome.criterion for outcome in ranked[0].explanation.outcomes]
    found = []
    for position, name in enumerate(names):
        for by in (swing, -swing):
            scores = [_moved(one.explanation, position, by) for one in ranked]
            best = max(scores)
            if scores[0] < best:
                winner = ranked[scores.index(best)].service_id
                found.append(Wobble(criterion=name, swing=by, first=winner))
    return tuple(found)


def _moved(explanation: Explanation, position: int, swing: float) -> float:
    return round(explanation.score + swing * explanation.outcomes[position].points, 2)
