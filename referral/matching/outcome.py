"""One bar of an explanation: what a criterion found, how many points it gives, out of how many.

After splink's idea that an unknown is a level of its own and weighs nothing; in our own shape.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Self

Fact = str | int | float | tuple[str, ...]


class Level(StrEnum):
    """How well one criterion is met; UNKNOWN means that no fact is at hand."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    NONE = "NONE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of one criterion for one offer.

    ``points`` lie between 0 and ``at_most``, rounded to hundredths. ``facts`` are what the
    sentence on the page is made from; they are empty exactly when the level is UNKNOWN, and then
    ``missing`` says what it is that nobody has told.
    """

    criterion: str
    level: Level
    points: float
    at_most: float
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    missing: str = ""

    def __post_init__(self) -> None:
        """Refuse an outcome that contradicts itself."""
        if not 0 <= self.points <= self.at_most:
            message = f"{self.criterion}: {self.points} points do not lie in 0..{self.at_most}"
            raise ValueError(message)
        if (self.level is Level.UNKNOWN) != (not self.facts):
            message = f"{self.criterion}: a level is UNKNOWN exactly when there are no facts"
            raise ValueError(message)
        if self.level is Level.UNKNOWN and self.points:
            message = f"{self.criterion}: what is unknown gives no points"
            raise ValueError(message)

    @classmethod
    def known(
        cls, criterion: str, *, share: float, at_most: float, facts: Mapping[str, Fact]
    ) -> Self:
        """Build an outcome from the share (0-1) of the criterion that is met."""
        return cls.worth(criterion, points=points_of(share, at_most), at_most=at_most, facts=facts)

    @classmethod
    def worth(
        cls, criterion: str, *, points: float, at_most: float, facts: Mapping[str, Fact]
    ) -> Self:
        """Build an outcome from its points, as ``points_of`` gives them."""
        if points >= at_most:
            level = Level.FULL
        elif points <= 0:
            level = Level.NONE
        else:
            level = Level.PARTIAL
        return cls(
            criterion=criterion,
            level=level,
            points=points,
            at_most=at_most,
            facts=MappingProxyType(dict(facts)),
        )

    @classmethod
    def unknown(cls, criterion: str, *, at_most: float, missing: str) -> Self:
        """Build the outcome of a criterion about which the data say nothing."""
        return cls(
            criterion=criterion, level=Level.UNKNOWN, points=0.0, at_most=at_most, missing=missing
        )


def points_of(share: float, at_most: float) -> float:
    """Return the points for a share (0-1) of a criterion, in hundredths."""
    return min(max(round(share * at_most, 2), 0.0), at_most)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All bars of one offer, in a fixed order."""

    outcomes: tuple[Outcome, ...]

    @property
    def score(self) -> float:
        """The sum of the shown points, in hundredths."""
        return round(math.fsum(outcome.points for outcome in self.outcomes), 2)

    @property
    def unknowns(self) -> int:
        """How many bars rest on nothing."""
        return sum(outcome.level is Level.UNKNOWN for outcome in self.outcomes)
