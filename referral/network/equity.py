"""How evenly something is shared among people: means, the Lorenz curve and the Gini index."""

from dataclasses import dataclass

import numpy as np

from referral.geo.travel import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lorenz:
    """The shares (0-1) of ``people`` from the worst off on, and of what they have, from 0 to 1.

    ``gini`` is 0 when all have the same and nears 1 when one has everything.
    """

    people: Floats
    has: Floats
    gini: float


def lorenz(each_has: Floats, people: Floats) -> Lorenz | None:
    """Return how evenly people of places share what each of them has; None where nobody has any.

    Places of unknown value or without people are left out.
    """
    counted = ~np.isnan(each_has) & (np.nan_to_num(people) > 0)
    value, weight = each_has[counted], people[counted]
    order = np.argsort(value, kind="stable")
    heads = np.concatenate([[0.0], np.cumsum(weight[order])])
    held = np.concatenate([[0.0], np.cumsum((value * weight)[order])])
    if held[-1] <= 0:
        return None
    heads, held = heads / heads[-1], held / held[-1]
    area = float(np.sum((heads[1:] - heads[:-1]) * (held[1:] + held[:-1])) / 2)
    return Lorenz(people=heads, has=held, gini=1 - 2 * area)


def weighted_means(values: Floats, people: Floats, groups: Ints) -> Floats:
    """Return the mean of each group by its people, NaN for a group without any known ones.

    ``groups`` are numbers from 0; places of unknown people weigh nothing.
    """
    weight = np.where(np.isnan(values), 0.0, np.nan_to_num(people))
    count = int(groups.max()) + 1 if len(groups) else 0
    total = np.bincount(groups, weight, minlength=count)
    # What nobody lives on must not count, be it infinite.
    counted = weight > 0
    held = np.bincount(groups[counted], weight[counted] * values[counted], minlength=count)
    means: Floats = np.divide(held, total, out=np.full(count, np.nan), where=total > 0)
    return means
