"""How much better any choice could be, and which places no better choice can hold.

Lagrangian relaxation of maximal covering: a row counts as served beforehand at the price of its
multiplier, places collect the multipliers of their rows, and the best ``count`` of them are taken.
Whatever the multipliers, no choice serves more (Galvao & ReVelle 1996); subgradient steps of
Polyak's length make that bound small.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from referral.network.placement import Instance

_STEPS = 600
_PATIENCE = 12
_SMALLEST = 1e-3
_WHOLE_PERSON = 1.0 - 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ceiling:
    """``bound`` persons no choice exceeds; ``keep`` marks places that a better one may hold."""

    bound: float
    keep: npt.NDArray[np.bool_]


def ceiling(problem: Instance, *, value: float, steps: int = _STEPS) -> Ceiling:
    """Return how much any choice could serve when one is known to serve ``value`` persons.

    Only for plain covering: without capacities and costs, one site enough for each row.
    """
    people, by_place = problem.people, problem.reach.T.tocsr()
    columns = problem.reach.shape[1]
    count = min(problem.count, columns)
    prices = people / 2.0
    bound, keep = np.inf, np.ones(columns, bool)
    length, idle = 1.0, 0
    for _ in range(steps):
        worth = by_place @ prices
        chosen = np.argpartition(worth, columns - count)[columns - count :]
        relaxed = float((people - prices).sum() + worth[chosen].sum())
        # A place outside the best ones takes the seat of the worst of them.
        lost = worth[chosen].min() - worth
        keep &= (relaxed - np.maximum(lost, 0.0) >= value + _WHOLE_PERSON) | (lost <= 0)
        if relaxed < bound - 1e-9:
            bound, idle = relaxed, 0
        else:
            idle += 1
            if idle >= _PATIENCE:
                length, idle = length / 2, 0
        if bound < value + _WHOLE_PERSON or length < _SMALLEST:
            break
        taken = np.zeros(columns)
        taken[chosen] = 1.0
        slope = problem.reach @ taken - 1.0
        # At its own price a row may as well stay unserved, so it pulls no further up.
        slope[(prices >= people) & (slope < 0)] = 0.0
        slope[(prices <= 0) & (slope > 0)] = 0.0
        steep = float(slope @ slope)
        if not steep:
            break
        step = length * (relaxed - value) / steep
        prices = np.clip(prices - step * slope, 0.0, people)
    return Ceiling(bound=bound, keep=keep)
