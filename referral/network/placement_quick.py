"""An answer while one waits: greedy choice improved by swaps, with a bound on what it lacks."""

from time import perf_counter

import numpy as np

from referral.network.placement import (
    Choice,
    Cover,
    Floats,
    Instance,
    Integers,
    Method,
    Pick,
    arranged,
)

_NO_MORE = 1e-9
"""Persons; gains are sums of floats, and a swap must not be made for a rounding error."""


def choose_quickly(problem: Instance) -> Choice:
    """Choose sites greedily, then swap single ones while that serves more people.

    Without capacities and costs the greedy choice serves at least 1 - 1/e of the most that can be
    served, and swaps only add to it. ``bound`` is computed for the very instance: what is served
    plus the best gains still open, which coverage never exceeds because gains only shrink.
    """
    started = perf_counter()
    if problem.capacity is not None:
        picks, value, bound = _filled(problem, problem.capacity)
    else:
        cover, bound = _greedy(problem, by_cost=False)
        if problem.costs is not None:
            other, also = _greedy(problem, by_cost=True)
            bound = min(bound, also)
            cover = max((cover, other), key=lambda one: one.value)
        if problem.repeated == 1:
            _swap(cover)
            bound = min(bound, cover.value + _open(cover))
        picks, value = arranged(problem, cover.chosen), cover.value
    reached = np.diff(problem.reach.indptr) > 0
    bound = min(bound, float(problem.people[reached].sum()))
    return Choice(
        picks=picks,
        value=value,
        bound=bound,
        method=Method.GREEDY,
        optimal=value >= bound - _NO_MORE,
        seconds=perf_counter() - started,
    )


def _greedy(problem: Instance, *, by_cost: bool) -> tuple[Cover, float]:
    cover = Cover(problem)
    bound = np.inf
    for _ in range(problem.count):
        bound = min(bound, cover.value + _open(cover))
        gains = cover.affordable(cover.gains)
        if by_cost and problem.costs is not None:
            gains = np.where(gains > 0, gains / np.maximum(problem.costs, _NO_MORE), gains)
        best = int(gains.argmax()) if len(gains) else -1
        if best < 0 or gains[best] <= _NO_MORE:
            break
        cover.add(best)
    return cover, bound


def _open(cover: Cover) -> float:
    """Return the most that any further sites could add: the sum of the largest single gains."""
    count = min(cover.problem.count, len(cover.gains))
    # A place with several sites could bring its gain more than once.
    if cover.problem.repeated > 1:
        return float(cover.problem.people.sum())
    return float(np.partition(cover.gains, -count)[-count:].sum()) if count else 0.0


def _swap(cover: Cover) -> None:
    # It ends: every swap serves more people, and there are only so many.
    better = True
    while better:
        better = False
        for one in tuple(cover.chosen):
            alone = cover.left_alone(one)
            gains = cover.affordable(cover.gains + cover.worth_of(alone), without=one)
            best = int(gains.argmax())
            if gains[best] > cover.problem.people[alone].sum() + _NO_MORE:
                cover.remove(one)
                cover.add(best)
                better = True


def _filled(problem: Instance, capacity: float) -> tuple[tuple[Pick, ...], float, float]:
    """Place sites that can serve only so many persons, those first that serve most for one site.

    A row larger than one site can serve gets several at once.
    """
    columns = Cover(problem)
    served = np.zeros(len(problem.people), bool)
    spare: dict[int, float] = {}
    units: dict[int, int] = {}
    rows_of: dict[int, list[int]] = {}
    left = problem.count
    while left:
        best: tuple[float, int, int, Integers] | None = None
        for candidate in range(problem.reach.shape[1]):
            open_rows = columns.rows_of(candidate)
            open_rows = open_rows[~served[open_rows]]
            for more in _sizes(problem.people[open_rows], capacity, left):
                room = spare.get(candidate, 0.0) + more * capacity
                rows = _fit(open_rows, problem.people, room)
                rate = float(problem.people[rows].sum()) / more
                if rate > _NO_MORE and (best is None or rate > best[0] + _NO_MORE):
                    best = (rate, candidate, more, rows)
        if best is None:
            break
        _, chosen, more, rows = best
        served[rows] = True
        room = spare.get(chosen, 0.0) + more * capacity
        spare[chosen] = room - float(problem.people[rows].sum())
        units[chosen] = units.get(chosen, 0) + more
        rows_of.setdefault(chosen, []).extend(int(row) for row in rows)
        left -= more
    picks = [
        Pick(
            candidate=one,
            units=units[one],
            serves=tuple((row, float(problem.people[row])) for row in rows),
        )
        for one, rows in rows_of.items()
    ]
    picks.sort(key=lambda one: (-one.gain / one.units, one.candidate))
    value = float(problem.people[served].sum())
    return tuple(picks), value, problem.count * capacity


def _sizes(people: Floats, capacity: float, left: int) -> range:
    """Return how many sites at once are worth trying: more than one only for a large row."""
    largest = float(people.max(initial=0.0))
    return range(1, min(left, max(1, int(np.ceil(largest / capacity)))) + 1)


def _fit(rows: Integers, people: Floats, room: float) -> Integers:
    """Return rows, the largest first, that fit into the room together."""
    taken = []
    for row in sorted(rows, key=lambda one: (-people[one], one)):
        if people[row] <= room + _NO_MORE:
            taken.append(row)
            room -= people[row]
    return np.array(taken, np.intp)
