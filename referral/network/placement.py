"""Which new places serve most of those whom nobody serves: the problem and what answers it.

Maximal covering location (Church & ReVelle 1974): existing services stay where they are, so only
the people they leave out count. Rows are municipalities with a gap, columns possible places.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.intp]


class Method(StrEnum):
    """How an answer was found: by proving that none is better, or greedily and by swaps."""

    EXACT = "exact"
    GREEDY = "greedy"


GREEDY_SHARE = 1 - 1 / np.e
"""What greedy choice of covering sets surely reaches of the best (Nemhauser et al. 1978)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Instance:
    """A placement problem.

    ``people`` are persons by row; ``reach`` a scipy CSR array (rows x candidates) whose stored
    entries say who would be served from where, ``served_from`` the same by columns; ``count`` how
    many sites at most. ``missing`` is how
    many new sites a row needs at once (1: any). ``capacity`` is how many persons one site can
    serve, None without a limit; several sites may then stand in one place and share a row, which
    is served whole or not at all. ``costs`` of candidates may not exceed ``budget`` together.
    """

    people: Floats
    reach: Any
    served_from: Any
    count: int
    missing: Integers
    capacity: float | None = None
    costs: Floats | None = None
    budget: float | None = None

    @property
    def repeated(self) -> int:
        """How many sites in one place could serve a row that misses several."""
        return int(self.missing.max(initial=1))


def instance(
    people: Floats,
    reach: Any,  # noqa: ANN401 - scipy has no types
    *,
    count: int,
    missing: Integers | None = None,
    capacity: float | None = None,
    costs: Floats | None = None,
    budget: float | None = None,
) -> Instance:
    """Build a problem; where nothing else is said one new site is enough for a row."""
    matrix = reach.tocsr()
    matrix.sort_indices()
    return Instance(
        people=people,
        reach=matrix,
        served_from=matrix.tocsc(),
        count=count,
        missing=np.ones(len(people), np.intp) if missing is None else missing,
        capacity=capacity,
        costs=costs,
        budget=budget,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A chosen place: its column, how many sites stand there, and (row, persons) it serves."""

    candidate: int
    units: int = 1
    serves: tuple[tuple[int, float], ...] = ()

    @property
    def gain(self) -> float:
        """The persons it serves."""
        return sum(persons for _, persons in self.serves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The chosen places, those that bring most first.

    ``value`` is the number of persons served, ``bound`` a number that no choice can exceed;
    ``optimal`` when they meet. ``stopped``: the time given ran out before that was proved.
    """

    picks: tuple[Pick, ...]
    value: float
    bound: float
    method: Method
    optimal: bool
    stopped: bool = False
    seconds: float = field(default=0.0, compare=False)


class Cover:
    """The state of a choice: what is covered, and what each candidate would add to it."""

    def __init__(self, problem: Instance) -> None:
        self.problem = problem
        self._rows = problem.reach
        self._columns = problem.served_from
        self._worth = problem.people / problem.missing
        self.counts = np.zeros(len(problem.people), np.intp)
        self.gains: Floats = self.worth_of(np.arange(len(problem.people)))
        self.chosen: list[int] = []

    @property
    def value(self) -> float:
        """The persons whose row has all that it misses."""
        done = self.counts >= self.problem.missing
        return float(self.problem.people[done].sum())

    def rows_of(self, candidate: int) -> Integers:
        """Return the rows that a candidate reaches."""
        first, last = self._columns.indptr[candidate : candidate + 2]
        rows: Integers = self._columns.indices[first:last]
        return rows

    def worth_of(self, rows: Integers) -> Floats:
        """Return what the given rows are worth to each candidate."""
        firsts = self._rows.indptr[rows].astype(np.intp)
        lengths = self._rows.indptr[rows + 1] - firsts
        total = int(lengths.sum())
        shift = np.repeat(firsts - (np.cumsum(lengths) - lengths), lengths)
        worth: Floats = np.bincount(
            self._rows.indices[shift + np.arange(total)],
            weights=np.repeat(self._worth[rows], lengths),
            minlength=self._rows.shape[1],
        ).astype(np.float64)
        return worth

    def add(self, candidate: int) -> None:
        """Choose a candidate."""
        rows = self.rows_of(candidate)
        self.counts[rows] += 1
        done = rows[self.counts[rows] == self.problem.missing[rows]]
        self.gains = self.gains - self.worth_of(done)
        self.chosen.append(candidate)

    def left_alone(self, candidate: int) -> Integers:
        """Return the rows that would be lost without a chosen candidate."""
        rows = self.rows_of(candidate)
        alone: Integers = rows[self.counts[rows] == self.problem.missing[rows]]
        return alone

    def remove(self, candidate: int) -> None:
        """Give a chosen candidate up."""
        self.gains = self.gains + self.worth_of(self.left_alone(candidate))
        self.counts[self.rows_of(candidate)] -= 1
        self.chosen.remove(candidate)

    def affordable(self, gains: Floats, *, without: int | None = None) -> Floats:
        """Return the gains of the candidates that the budget still allows, the others as -1."""
        costs, budget = self.problem.costs, self.problem.budget
        if costs is None or budget is None:
            return gains
        spent = sum(costs[one] for one in self.chosen if one != without)
        allowed: Floats = np.where(spent + costs <= budget, gains, -1.0)
        return allowed


def arranged(problem: Instance, chosen: list[int]) -> tuple[Pick, ...]:
    """Order chosen places by what each adds to those before it, and say whom it adds.

    A row that misses several sites is counted with the one that completes it.
    """
    columns = problem.served_from
    rows_of = {
        one: columns.indices[columns.indptr[one] : columns.indptr[one + 1]] for one in chosen
    }
    counts = np.zeros(len(problem.people), np.intp)

    def completed(one: int) -> Integers:
        rows = rows_of[one]
        done: Integers = rows[counts[rows] == problem.missing[rows] - 1]
        return done

    waiting = list(chosen)
    serves: list[tuple[int, tuple[tuple[int, float], ...]]] = []
    while waiting:
        best = max(waiting, key=lambda one: (problem.people[completed(one)].sum(), -one))
        waiting.remove(best)
        rows = np.sort(completed(best))
        counts[rows_of[best]] += 1
        people = problem.people[rows]
        serves.append((best, tuple(zip(rows.tolist(), people.tolist(), strict=True))))
    return tuple(Pick(candidate=one, serves=rows) for one, rows in serves)


def equals(problem: Instance, chosen: list[int]) -> dict[int, tuple[int, ...]]:
    """Return for each chosen place those that would do just as well in its stead."""
    cover = Cover(problem)
    for one in chosen:
        cover.add(one)
    found = {}
    for one in set(chosen):
        alone = cover.left_alone(one)
        gains = cover.affordable(cover.gains + cover.worth_of(alone), without=one)
        same = np.flatnonzero(np.isclose(gains, gains[one], rtol=0, atol=1e-6))
        found[one] = tuple(int(other) for other in same if other not in chosen)
    return found
