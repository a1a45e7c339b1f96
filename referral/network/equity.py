"""How evenly something is shared among people: means, the Lorenz curve and the Gini index."""

from dataclasses import dataclass

import numpy as np

from referral.geo.travel import Floats, Ints
from referral.network.gaps import Curve, Equity


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


def equity_of(rule: str, *, low: Floats, high: Floats, counted: Floats, persons: Floats) -> Equity:
    """Return how evenly people share what they can reach: at least ``low``, at most ``high``.

    One value for each municipality: what a thousand of those ``counted`` by the rule (code) can
    reach, how many these are, and how many persons live there; NaN where not known.
    """
    known, lives = ~np.isnan(counted), np.nan_to_num(persons)
    at_least = lorenz(np.where(known, low, np.nan), counted)
    # With one place of no known ceiling there is no telling how evenly all is shared.
    bounded = bool(np.isfinite(high[known & (np.nan_to_num(counted) > 0)]).all())
    at_most = lorenz(np.where(known, high, np.nan), counted) if bounded else None
    return Equity(
        rule=rule,
        gini_if_zero=_gini(at_least),
        gini_if_median=_gini(at_most),
        lorenz_if_zero=_curve(at_least),
        lorenz_if_median=_curve(at_most),
        people=int(lives.sum()),
        known_people=int(lives[known].sum()),
        sure_people=int(lives[known & (low == high)].sum()),
    )


def _gini(found: Lorenz | None) -> float | None:
    return None if found is None else round(min(max(found.gini, 0.0), 1.0), 4)


def _curve(found: Lorenz | None) -> Curve:
    if found is None:
        return ()
    points = zip(found.people.tolist(), found.has.tolist(), strict=True)
    return tuple((round(share, 4), round(has, 4)) for share, has in points)
