"""Where added capacity lifts most people over what a rule asks for: the problem and its answers.

Rows are municipalities (or ORP, kraje) below the threshold, columns places where capacity may be
added. A unit added somewhere raises what a thousand people can reach in every row around it; a row
is lifted when what it gains is all that it misses. What exists stays: only units are added.
"""

from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from referral.geo.travel import Bools, Floats, Ints
from referral.network.placement import Method

_SAME: Final = 1e-6
_LEAST_SECONDS: Final = 0.05
_BOUND_SECONDS: Final = 60.0
_FRUGAL: Final = 0.5
_ROUNDED: Final = 1e-12
"""By how much a quotient of floats may be too large."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shortage:
    """The problem: ``people`` of rows, what each row is ``missing`` (above 0), who gives what.

    Of columns that do equally well the first is taken.

    ``gives`` (rows x columns) is what one unit in a column adds to a row. At most ``units`` are
    added in all, at most ``most`` of them in each column.
    """

    people: Floats
    missing: Floats
    gives: Floats
    units: int
    most: Ints

    @classmethod
    def of(
        cls, people: Floats, missing: Floats, gives: Floats, *, units: int, most: int | None = None
    ) -> "Shortage":
        """State the problem; no column is given more than lifts every row that it reaches."""
        with np.errstate(divide="ignore"):
            alone = np.where(gives > 0, np.ceil(missing[:, None] / gives * (1 - _ROUNDED)), 0.0)
        enough = alone.max(axis=0, initial=0.0)
        limit = min(units, most if most is not None else units)
        return cls(
            people=people,
            missing=missing,
            gives=gives,
            units=units,
            most=np.minimum(enough, limit).astype(np.int64),
        )

    def lifted(self, added: Ints) -> Bools:
        """Tell which rows have all that they miss when so many units are added to each column."""
        gained: Floats = self.gives @ added.astype(np.float64)
        return gained >= self.missing

    def worth(self, added: Ints) -> float:
        """Return the people of the rows that are lifted."""
        return float(self.people[self.lifted(added)].sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Added:
    """An answer: units by column, the ``value`` persons it lifts, the ``bound`` of any answer.

    ``optimal`` when they meet; ``stopped`` when the time ran out before that was proved.
    """

    units: Ints
    value: float
    bound: float
    method: Method
    optimal: bool
    stopped: bool = False
    seconds: float = field(default=0.0)


def add_quickly(problem: Shortage) -> Added:
    """Lift rows one after another, always where a unit lifts most people.

    The threshold makes gains grow with what is added, so greedy choice has no share of the best
    that it surely reaches; the bound beside it is that of the linear relaxation.
    """
    started = perf_counter()
    added = np.zeros(problem.gives.shape[1], np.int64)
    while (step := _best_step(problem, added)) is not None:
        column, units = step
        added[column] += units
    added = in_order(problem, _without_idle(problem, added))
    value = problem.worth(added)
    bound = max(value, _relaxed_bound(problem))
    return Added(
        units=added,
        value=value,
        bound=bound,
        method=Method.GREEDY,
        optimal=bound < value + 1.0 - _SAME,
        seconds=perf_counter() - started,
    )


def add_exactly(problem: Shortage, *, seconds: float) -> Added:
    """Lift most people there can be lifted, with the fewest units that do so (HiGHS).

    When the time runs out the better of the best found so far and the quick answer is returned,
    with the solver's own bound, and ``stopped`` says so.
    """
    started = perf_counter()
    quick = add_quickly(problem)
    best, bound, stopped = quick.units, quick.bound, False
    if len(problem.people) and problem.gives.size:
        left = max(_LEAST_SECONDS, seconds - (perf_counter() - started))
        found, limit, stopped = _solved(problem, seconds=left)
        bound = min(bound, limit)
        tried = [best] if found is None else [best, found]
        best = max(tried, key=lambda one: (problem.worth(one), -int(one.sum())))
    best = in_order(problem, best)
    value = problem.worth(best)
    bound = max(value, float(np.floor(bound + _SAME)))
    proved = bound < value + 1.0 - _SAME
    return Added(
        units=best,
        value=value,
        bound=bound,
        method=Method.EXACT,
        optimal=proved,
        stopped=stopped and not proved,
        seconds=perf_counter() - started,
    )


def _best_step(problem: Shortage, added: Ints) -> tuple[int, int] | None:
    """Return a column and how many units to add so that most people a unit are lifted."""
    gained = problem.gives @ added.astype(np.float64)
    short = np.flatnonzero(gained < problem.missing)
    left = problem.units - int(added.sum())
    room = np.minimum(problem.most - added, left)
    best: tuple[float, int, int] | None = None
    for column in np.flatnonzero(room > 0).tolist():
        gives = problem.gives[short, column]
        rows = short[gives > 0]
        need = (problem.missing[rows] - gained[rows]) / problem.gives[rows, column]
        units = np.maximum(np.ceil(need * (1 - _ROUNDED)), 1.0)
        order = np.argsort(units, kind="stable")
        fits = units[order] <= room[column]
        people = np.cumsum(problem.people[rows[order]])[fits]
        if not len(people):
            continue
        rate = people / units[order][fits]
        at = int(rate.argmax())
        if rate[at] > 0 and (best is None or rate[at] > best[0]):
            best = (float(rate[at]), column, int(units[order][fits][at]))
    if best is None:
        return None
    after = added.copy()
    after[best[1]] += best[2]
    return best[1:] if problem.worth(after) > problem.worth(added) else None


def _without_idle(problem: Shortage, added: Ints) -> Ints:
    """Take back units without which nobody is worse off, from the least useful column on."""
    kept = added.copy()
    for column in np.argsort(kept, kind="stable").tolist():
        low, high = 0, int(kept[column])
        worth = problem.worth(kept)
        while low < high:
            middle = (low + high) // 2
            fewer = kept.copy()
            fewer[column] = middle
            low, high = (low, middle) if problem.worth(fewer) >= worth else (middle + 1, high)
        kept[column] = low
    return kept


def in_order(problem: Shortage, added: Ints) -> Ints:
    """Move what a column is given to the first one that would do as well: the order is a wish."""
    best = added.copy()
    worth = problem.worth(best)
    for column in np.flatnonzero(best).tolist():
        units = int(best[column])
        for other in np.flatnonzero(problem.most[:column] >= units).tolist():
            moved = best.copy()
            moved[column], moved[other] = 0, units
            if not best[other] and problem.worth(moved) >= worth:
                best = moved
                break
    return best


def _relaxed_bound(problem: Shortage) -> float:
    if not len(problem.people) or not problem.gives.size:
        return 0.0
    _, bound, _ = _solved(problem, seconds=_BOUND_SECONDS, whole=False)
    return float(np.floor(bound + _SAME))


def _solved(problem: Shortage, *, seconds: float, whole: bool = True) -> tuple[Any, float, bool]:
    """Return units by column, a bound of the people lifted, and whether the time ran out."""
    rows, columns = problem.gives.shape
    share = sparse.csr_array(problem.gives / problem.missing[:, None])
    constraints = [
        LinearConstraint(sparse.hstack([share, -sparse.eye_array(rows)], format="csr"), 0.0),
        LinearConstraint(
            sparse.csr_array(np.concatenate([np.ones(columns), np.zeros(rows)])[None, :]),
            -np.inf,
            float(problem.units),
        ),
    ]
    # Of answers that lift as many people the one with the fewest units: all of these together
    # weigh less than half a person.
    frugal = _FRUGAL / (problem.units + 1.0)
    answer = milp(
        np.concatenate([np.full(columns, frugal), -problem.people]),
        constraints=constraints,
        integrality=np.full(columns + rows, float(whole)),
        bounds=Bounds(0.0, np.concatenate([problem.most.astype(np.float64), np.ones(rows)])),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    dual = getattr(answer, "mip_dual_bound", None)
    proved = answer.fun if answer.status == 0 else -float(problem.people.sum())
    # Without a bound of the solver's all is thought to be possible.
    dual = float(dual if dual is not None and np.isfinite(dual) else proved)
    # The units may have cost it up to half a person.
    bound = -dual + _FRUGAL
    found = None if answer.x is None else np.rint(answer.x[:columns]).astype(np.int64)
    return found, bound, answer.status != 0
