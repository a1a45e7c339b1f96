"""From points to confidence: how sure a need is, and whether the text asks for help at all.

The numbers were fitted once on phrases that the listener had not learnt (see the ADR on needs from
text and ``bench/needs``): each is what a logistic regression gave, rounded.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from referral.matching.intake.evidence import Weights

TEMPERATURE: Final = 1.1
"""Points are divided by this before they become shares of certainty."""

REFUSED_BELOW: Final = 0.5
"""A text that is less likely than this to ask for help we know of is not understood."""

ALARM_FROM: Final = 0.35
"""From this likelihood of danger on the alarm is raised: better once too often."""

ASKS_AT_LEAST: Final = 0.2
"""In a text less likely than this to ask for help no clause is heard alone, nor its danger."""

LEAST_BEST: Final = 0.07
"""Where not even the best need is this sure, nothing was understood."""

_ENOUGH_WORDS: Final = 24
"""More known words than these make danger no likelier."""

_NAMING: Final = 2.0
"""A cue with so many points names its need, a weaker one only hints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What tells a call for help from small talk, and danger from both.

    All but ``known`` and ``words`` are points: ``best`` of the needs, ``off_topic``, ``strength``
    of the strongest cue, ``talk`` and ``danger`` of all that is off topic and of all urgent needs
    against the rest, ``edge`` of the best urgent need over the best other one, ``warning`` of the
    strongest cue of an urgent need. ``known`` is the share of words that the lexicon knows.
    """

    best: float
    off_topic: float
    strength: float
    known: float
    words: int
    talk: float = 0.0
    danger: float = 0.0
    edge: float = 0.0
    warning: float = 0.0

    @property
    def asks(self) -> float:
        """The probability (0-1) that the text asks for one of the needs.

        Points are sums over the words: they are brought to what a text of one word would have, lest
        a long text that says little be taken for a short one that says much.
        """
        points = 0.52 * self.best - 2.35 * self.off_topic - 1.18 * self.talk
        return _logistic(
            -6.0
            + points / math.sqrt(max(self.words, 1))
            + 0.26 * self.strength
            + 4.66 * self.known
            + 0.8 * math.log1p(self.words)
        )

    @property
    def alarms(self) -> float:
        """The probability (0-1) that the text speaks of danger to somebody's life or safety."""
        known = min(self.known * self.words, _ENOUGH_WORDS)
        return _logistic(
            -4.57
            + 0.32 * self.danger
            + 0.3 * self.edge
            + 2.06 * math.log1p(known)
            + (2.3 if self.warning >= _NAMING else 0.0)
        )


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-min(max(z, -50.0), 50.0)))


def shares(points: Weights) -> Weights:
    """Return how the certainty is shared out among the codes (0-1, together 1)."""
    scaled = np.exp((points - points.max()) / TEMPERATURE)
    return np.asarray(scaled / scaled.sum(), dtype=np.float32)
