"""What a way of finding places leads to: names, and how sure it is that they are meant."""

from typing import Final, NamedTuple

from referral.catalog.places.answers import How

NAMED: Final = frozenset((How.EXACT, How.INFLECTED, How.ABBREVIATED))
"""The ways that read the whole name, with no guess."""
GUESSED: Final = frozenset((How.SPELLING, How.PREFIX, How.LATER_WORDS, How.TYPO))
"""The ways that guess what the name would be."""

_CLEARLY_BETTER: Final = 1.0


class Hit(NamedTuple):
    """One name: its position in the index and how many letters are wrong (0 when none).

    ``doubt`` tells apart, in wrong letters, what should be shown first among equals; it does not
    make a name found or not.
    """

    position: int
    cost: float = 0.0
    doubt: float = 0.0


class Step(NamedTuple):
    """The names that one way of finding leads to, the likeliest first."""

    how: How
    hits: tuple[Hit, ...]

    @property
    def least(self) -> float:
        """How many letters are wrong in the nearest of the names."""
        return min(hit.cost for hit in self.hits)

    @property
    def clear(self) -> tuple[Hit, ...]:
        """The nearest names and those less than one wrong letter further: no telling them apart."""
        farthest = self.least + _CLEARLY_BETTER
        return tuple(hit for hit in self.hits if hit.cost < farthest)
