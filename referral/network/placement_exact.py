"""The best answer there is, by mixed-integer programming, or how far from it we may be."""

from time import perf_counter
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from referral.network.placement import Choice, Instance, Method, Pick, arranged, instance
from referral.network.placement_bound import ceiling
from referral.network.placement_quick import choose_quickly

_WHOLE = 0.5
_STRONG_ENTRIES = 20_000
_SAME = 1e-6
_MOST_ENTRIES = 1_000_000
"""Pairs of a row and a place; with more the solver's presolve alone outlasts any time limit."""


def choose_exactly(problem: Instance, *, seconds: float) -> Choice:
    """Choose the sites that serve most people (HiGHS through ``scipy.optimize.milp``).

    When the time runs out the better of the best found so far and the quick answer is returned,
    with the solver's own bound, and ``stopped`` says so.
    """
    started = perf_counter()
    quick = choose_quickly(problem)
    if not problem.reach.nnz or problem.count < 1 or quick.optimal:
        return _told(quick, quick.value, started=started, stopped=False)
    limit = quick.bound
    places = np.arange(problem.reach.shape[1])
    plain = problem.capacity is None and problem.costs is None and problem.repeated == 1
    if plain:
        # Most places can hold no better choice; the solver need not learn that by itself.
        top = ceiling(problem, value=quick.value)
        limit = min(limit, top.bound)
        places = np.flatnonzero(top.keep)
        if limit < quick.value + 1.0 - _SAME or not len(places):
            return _told(quick, quick.value, started=started, stopped=False)
    smaller = _restricted(problem, places) if plain else problem
    if smaller.reach.nnz > _MOST_ENTRIES:
        return _told(quick, limit, started=started, stopped=True)
    model = (
        _covering(smaller) if problem.capacity is None else _transporting(problem, problem.capacity)
    )
    left = max(0.0, seconds - (perf_counter() - started))
    found, bound, stopped = _solved(*model, seconds=left)
    # A place that was left out holds no better choice, so what is known counts, too.
    bound = min(max(bound, quick.value), limit)
    if found is None:
        return _told(quick, bound, started=started, stopped=stopped)
    if problem.capacity is None:
        units = np.rint(found[: len(places)]).astype(int)
        picks = arranged(problem, [int(one) for one in np.repeat(places, units)])
        picks = tuple(one for one in picks if one.serves or problem.repeated > 1)
    else:
        picks = _assigned(problem, found)
    value = sum(one.gain for one in picks)
    best = quick
    if value > quick.value + _SAME:
        best = Choice(
            picks=picks, value=value, bound=bound, method=Method.EXACT, optimal=False, seconds=0.0
        )
    return _told(best, bound, started=started, stopped=stopped)


def _restricted(problem: Instance, places: Any) -> Instance:  # noqa: ANN401 - scipy has no types
    """Return the problem with these places only, rows alike in them taken together."""
    reach = problem.reach[:, places].tocsr()
    reach.sort_indices()
    groups: dict[bytes, int] = {}
    first: list[int] = []
    people: list[float] = []
    for row in range(reach.shape[0]):
        key = reach.indices[reach.indptr[row] : reach.indptr[row + 1]].tobytes()
        if not key:
            continue
        if key not in groups:
            groups[key] = len(first)
            first.append(row)
            people.append(0.0)
        people[groups[key]] += float(problem.people[row])
    return instance(np.array(people), reach[first], count=problem.count)


def _told(best: Choice, bound: float, *, started: float, stopped: bool) -> Choice:
    # Persons are whole, so a bound may be rounded down to the next of them.
    bound = max(best.value, float(np.floor(bound + _SAME)))
    return Choice(
        picks=best.picks,
        value=best.value,
        bound=bound,
        method=Method.EXACT,
        optimal=not stopped or bound <= best.value + _SAME,
        stopped=stopped and bound > best.value + _SAME,
        seconds=perf_counter() - started,
    )


def _solved(
    goal: Any,  # noqa: ANN401 - scipy has no types
    constraints: Any,  # noqa: ANN401 - as above
    whole: Any,  # noqa: ANN401 - as above
    bounds: Any,  # noqa: ANN401 - as above
    *,
    seconds: float,
) -> tuple[Any, float, bool]:
    answer = milp(
        goal,
        constraints=constraints,
        integrality=whole,
        bounds=bounds,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    proved = answer.status == 0
    dual = getattr(answer, "mip_dual_bound", None)
    bound = float("inf") if dual is None or not np.isfinite(dual) else -float(dual)
    return answer.x, bound, not proved


def _covering(problem: Instance) -> tuple[Any, Any, Any, Any]:
    """Return the model of covering: places y, then rows x with missing * x <= sum of y in reach."""
    rows, columns = problem.reach.shape
    needed = sparse.diags_array(problem.missing.astype(float))
    reach = problem.reach.astype(float)
    constraints = [
        LinearConstraint(sparse.hstack([-reach, needed], format="csr"), -np.inf, 0.0),
        _limited(np.ones(columns), rows, problem.count),
    ]
    if problem.costs is not None and problem.budget is not None:
        constraints.append(_limited(problem.costs, rows, problem.budget))
    whole = np.concatenate([np.ones(columns), np.full(rows, float(problem.repeated > 1))])
    upper = np.concatenate([np.full(columns, float(problem.repeated)), np.ones(rows)])
    goal = np.concatenate([np.zeros(columns), -problem.people])
    return goal, constraints, whole, Bounds(0.0, upper)


def _limited(weights: Any, others: int, most: float) -> LinearConstraint:  # noqa: ANN401 - scipy
    line = sparse.csr_array(np.concatenate([weights, np.zeros(others)])[None, :])
    return LinearConstraint(line, -np.inf, most)


def _transporting(problem: Instance, capacity: float) -> tuple[Any, Any, Any, Any]:
    """Return the model with capacities: places y, rows x, then persons z carried along reach."""
    rows, columns = problem.reach.shape
    pairs = problem.reach.tocoo()
    row, column = pairs.coords
    entries = len(row)
    each = np.arange(entries)
    one = np.ones(entries)
    by_row = sparse.csr_array((one, (row, each)), shape=(rows, entries))
    by_column = sparse.csr_array((one, (column, each)), shape=(columns, entries))
    no_y = sparse.csr_array((rows, columns))
    no_x = sparse.csr_array((columns, rows))
    whole_rows = sparse.hstack([no_y, -sparse.diags_array(problem.people), by_row], format="csr")
    room = sparse.hstack([-capacity * sparse.eye_array(columns), no_x, by_column], format="csr")
    constraints = [
        LinearConstraint(whole_rows, 0.0, 0.0),
        LinearConstraint(room, -np.inf, 0.0),
        _limited(np.ones(columns), rows + entries, problem.count),
    ]
    if entries <= _STRONG_ENTRIES:
        # Nobody is served from where no site stands: it says the same again, but the relaxation
        # learns it only from here.
        weights = sparse.csr_array((-problem.people[row], (each, column)), shape=(entries, columns))
        empty = sparse.csr_array((entries, rows))
        strong = sparse.hstack([weights, empty, sparse.eye_array(entries)], format="csr")
        constraints.append(LinearConstraint(strong, -np.inf, 0.0))
    whole = np.concatenate([np.ones(columns + rows), np.zeros(entries)])
    upper = np.concatenate(
        [np.full(columns, float(problem.count)), np.ones(rows), problem.people[row]]
    )
    goal = np.concatenate([np.zeros(columns), -problem.people, np.zeros(entries)])
    return goal, constraints, whole, Bounds(0.0, upper)


def _assigned(problem: Instance, found: Any) -> tuple[Pick, ...]:  # noqa: ANN401 - scipy
    rows, columns = problem.reach.shape
    row, column = problem.reach.tocoo().coords
    units = np.rint(found[:columns]).astype(int)
    carried = np.rint(found[columns + rows :])
    serves: dict[int, list[tuple[int, float]]] = {}
    for taken in np.flatnonzero(found[columns : columns + rows] > _WHOLE):
        entries = [entry for entry in np.flatnonzero(row == taken) if carried[entry] > _WHOLE]
        # Shares are rounded to whole persons; the last takes what rounding left.
        left = float(problem.people[taken])
        for entry in entries:
            share = left if entry == entries[-1] else float(carried[entry])
            serves.setdefault(int(column[entry]), []).append((int(taken), share))
            left -= share
    picks = [
        Pick(candidate=one, units=int(units[one]), serves=tuple(pairs))
        for one, pairs in serves.items()
    ]
    return tuple(sorted(picks, key=lambda one: (-one.gain / one.units, one.candidate)))
