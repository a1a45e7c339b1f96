"""From points to confidence: how sure a need is, and whether the text asks for help at all.

The numbers were fitted once on phrases that the listener had not learnt (see the ADR on needs from
text and ``bench/needs``): each is what a logistic regression gave, rounded.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from referral.matching.intake.evidence import Weights

TEMPERATURE: Final = 1.1
"""Points are divided by this before they become shares of certainty."""

REFUSED_BELOW: Final = 0.5
"""A text that is less likely than this to ask for help we know of is not understood."""

LEAST_BEST: Final = 0.07
"""Where not even the best need is this sure, nothing was understood."""

_ENOUGH_WORDS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What tells a call for help from small talk: points, cues and how many words are known.

    ``best`` (of the needs) and ``off_topic`` are points, ``strength`` the points of the strongest
    cue, ``known`` the share of words that the lexicon knows, ``words`` their number.
    """

    best: float
    off_topic: float
    strength: float
    known: float
    words: int

    @property
    def asks(self) -> float:
        """The probability (0-1) that the text asks for one of the needs."""
        z = (
            -3.74
            + 0.33 * self.best
            - 2.89 * self.off_topic
            + 0.58 * self.strength
            + 1.87 * self.known
            + 0.41 * min(self.words, _ENOUGH_WORDS)
        )
        return float(1 / (1 + np.exp(-np.clip(z, -50, 50))))


def shares(points: Weights) -> Weights:
    """Return how the certainty is shared out among the codes (0-1, together 1)."""
    scaled = np.exp((points - points.max()) / TEMPERATURE)
    return np.asarray(scaled / scaled.sum(), dtype=np.float32)
