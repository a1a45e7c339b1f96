"""Choosing places: the exact way is the best there is, the quick way is never far from it."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from referral.network.placement import GREEDY_SHARE, Instance, equals, instance
from referral.network.placement_bound import ceiling
from referral.network.placement_exact import _covering, _solved, choose_exactly
from referral.network.placement_quick import choose_quickly

PLENTY = 30.0


@st.composite
def problems(draw, *, capacities=False, costs=False, missing=False) -> Instance:
    """Draw a small problem; rows are municipalities, columns candidates."""
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    cells = st.lists(st.booleans(), min_size=columns, max_size=columns)
    reach = np.array(draw(st.lists(cells, min_size=rows, max_size=rows)), float)
    people = np.array(draw(st.lists(st.integers(0, 60), min_size=rows, max_size=rows)), float)
    wanted = draw(st.lists(st.integers(1, 2), min_size=rows, max_size=rows)) if missing else None
    return instance(
        people,
        sparse.csr_array(reach),
        count=draw(st.integers(1, 3)),
        missing=None if wanted is None else np.array(wanted, np.intp),
        capacity=float(draw(st.integers(10, 80))) if capacities else None,
        costs=np.array(draw(st.lists(st.integers(0, 9), min_size=columns, max_size=columns)), float)
        if costs
        else None,
        budget=float(draw(st.integers(0, 20))) if costs else None,
    )


def served(problem: Instance, chosen) -> float:
    """Count the people of the rows that the chosen columns satisfy, straight from the words."""
    reach = problem.reach.toarray()
    times = sum((reach[:, one] for one in chosen), np.zeros(len(problem.people)))
    return float(problem.people[times >= problem.missing].sum())


def affordable(problem: Instance, chosen) -> bool:
    return problem.costs is None or problem.costs[list(chosen)].sum() <= problem.budget


def by_brute_force(problem: Instance) -> float:
    """Try every set of columns."""
    columns = range(problem.reach.shape[1])
    best = 0.0
    for size in range(problem.count + 1):
        for chosen in combinations_with_replacement(columns, size):
            often = max((chosen.count(one) for one in chosen), default=0)
            if often <= problem.repeated and affordable(problem, chosen):
                best = max(best, served(problem, chosen))
    return best


def chosen_by(choice) -> list[int]:
    return [pick.candidate for pick in choice.picks for _ in range(pick.units)]


@given(problems() | problems(costs=True) | problems(missing=True))
def test_the_exact_choice_is_the_best_of_all(problem):
    choice = choose_exactly(problem, seconds=PLENTY)
    assert choice.optimal
    assert choice.value == by_brute_force(problem) == choice.bound
    assert affordable(problem, chosen_by(choice))
    assert len(chosen_by(choice)) <= problem.count
    assert served(problem, chosen_by(choice)) == choice.value


@given(problems(), st.integers(0, 100), st.sampled_from([1, 600]))
def test_the_ceiling_holds_and_leaves_no_better_choice_out(problem, share, steps):
    best = by_brute_force(problem)
    value = float(int(best * share / 100))
    top = ceiling(problem, value=value, steps=steps)
    assert best <= top.bound + 1e-6
    if best > value:
        kept = np.flatnonzero(top.keep)
        rest = instance(problem.people, problem.reach[:, kept], count=problem.count)
        assert by_brute_force(rest) == best


def a_large_problem(seed: int, *, capacity: float | None = None) -> Instance:
    rng = np.random.default_rng(seed)
    reach = sparse.csr_array((rng.random((60, 50)) < 0.08).astype(float))
    return instance(rng.integers(1, 900, 60).astype(float), reach, count=7, capacity=capacity)


@pytest.mark.parametrize("seed", range(3))
def test_leaving_places_out_changes_nothing_in_a_problem_too_large_for_brute_force(seed):
    problem = a_large_problem(seed)
    choice = choose_exactly(problem, seconds=PLENTY)
    plain, bound, stopped = _solved(*_covering(problem), seconds=PLENTY)
    assert choice.optimal
    assert not stopped
    assert choice.value == round(problem.people @ plain[problem.reach.shape[1] :]) == round(bound)


@pytest.mark.parametrize("capacity", [None, 700.0])
def test_when_the_time_runs_out_the_answer_says_so_and_its_bound_still_holds(capacity):
    """The quick answer stands in; the solver has no time for a single step."""
    problem = a_large_problem(9, capacity=capacity)
    hasty = choose_exactly(problem, seconds=1e-9)
    best = choose_exactly(problem, seconds=PLENTY)
    assert hasty.value <= best.value <= hasty.bound
    assert hasty.optimal or hasty.stopped
    assert best.optimal


def test_a_problem_too_large_for_the_solver_is_answered_quickly_with_a_bound(monkeypatch):
    problem = a_large_problem(1)
    best = choose_exactly(problem, seconds=PLENTY)
    monkeypatch.setattr("referral.network.placement_exact._MOST_ENTRIES", 0)
    choice = choose_exactly(problem, seconds=PLENTY)
    assert choice.value <= best.value <= choice.bound
    assert choice.stopped == (choice.value < choice.bound)


def test_a_large_problem_with_capacities_answers_within_its_time():
    """Many pairs: the model is kept small and the quick answer stands in."""
    people = np.full(160, 10.0)
    problem = instance(people, sparse.csr_array(np.ones((160, 160))), count=2, capacity=14.0)
    hasty = choose_exactly(problem, seconds=1e-9)
    assert hasty.value == 20
    assert hasty.bound == 28


def test_nothing_is_chosen_where_nobody_can_be_reached():
    nobody = instance(np.array([5.0]), sparse.csr_array((1, 2)), count=2)
    for choice in (choose_quickly(nobody), choose_exactly(nobody, seconds=PLENTY)):
        assert choice.picks == ()
        assert choice.value == 0
    empty = instance(np.empty(0), sparse.csr_array((0, 2)), count=1)
    assert choose_exactly(empty, seconds=PLENTY).optimal


@given(problems())
def test_the_quick_choice_reaches_its_share_of_the_best(problem):
    quick = choose_quickly(problem)
    best = by_brute_force(problem)
    assert GREEDY_SHARE * best - 1e-9 <= quick.value <= best <= quick.bound + 1e-9


@given(problems(costs=True) | problems(missing=True))
def test_the_quick_choice_keeps_to_its_limits_and_its_bound_holds(problem):
    quick = choose_quickly(problem)
    assert affordable(problem, chosen_by(quick))
    assert served(problem, chosen_by(quick)) == quick.value <= by_brute_force(problem)
    assert by_brute_force(problem) <= quick.bound + 1e-9


@given(problems())
def test_whom_the_picks_serve_adds_up_to_the_value_and_nobody_is_counted_twice(problem):
    for choice in (choose_quickly(problem), choose_exactly(problem, seconds=PLENTY)):
        rows = [row for pick in choice.picks for row, _ in pick.serves]
        assert len(rows) == len(set(rows))
        assert sum(pick.gain for pick in choice.picks) == choice.value
        reach = problem.reach.toarray()
        assert all(reach[row, pick.candidate] for pick in choice.picks for row, _ in pick.serves)
        gains = [pick.gain for pick in choice.picks]
        assert gains == sorted(gains, reverse=True)


@given(problems() | problems(costs=True))
def test_a_place_that_would_do_as_well_serves_just_as_many(problem):
    choice = choose_quickly(problem)
    chosen = chosen_by(choice)
    reach = range(problem.reach.shape[1])
    for one, others in equals(problem, chosen).items():
        rest = [other for other in chosen if other != one]
        same = {
            other
            for other in reach
            if other not in chosen
            and affordable(problem, [*rest, other])
            and served(problem, [*rest, other]) == choice.value
        }
        assert set(others) == same


# --- With capacities ------------------------------------------------------------------------------


def can_serve(problem: Instance, rows, chosen) -> bool:
    """Tell by a maximum flow (Ford and Fulkerson, one person at a time) whether all can be."""
    reach = problem.reach.toarray()
    room = {one: problem.capacity * chosen.count(one) for one in set(chosen)}
    given_to: dict[tuple[int, int], float] = {}

    def push(row, seen) -> bool:
        for one in sorted(room):
            if one in seen or not reach[row, one]:
                continue
            seen.add(one)
            if room[one] >= 1:
                room[one] -= 1
                given_to[row, one] = given_to.get((row, one), 0) + 1
                return True
            for other in rows:
                if given_to.get((other, one), 0) >= 1 and push(other, seen):
                    given_to[other, one] -= 1
                    given_to[row, one] = given_to.get((row, one), 0) + 1
                    return True
        return False

    return all(push(row, set()) for row in rows for _ in range(int(problem.people[row])))


def best_with_capacity(problem: Instance) -> float:
    columns, rows = range(problem.reach.shape[1]), range(len(problem.people))
    subsets = [[row for row in rows if mask >> row & 1] for mask in range(1 << len(rows))]
    subsets.sort(key=lambda some: -problem.people[some].sum())
    best = 0.0
    for chosen in combinations_with_replacement(columns, problem.count):
        for some in subsets:
            people = float(problem.people[some].sum())
            if people <= best:
                break
            if can_serve(problem, some, chosen):
                best = people
                break
    return best


@settings(max_examples=40, deadline=None)
@given(problems(capacities=True))
def test_with_capacities_the_exact_choice_is_still_the_best(problem):
    choice = choose_exactly(problem, seconds=PLENTY)
    assert choice.optimal
    assert choice.value == best_with_capacity(problem)


@given(problems(capacities=True))
def test_no_site_serves_more_people_than_it_can_and_a_row_is_served_whole(problem):
    for choice in (choose_quickly(problem), choose_exactly(problem, seconds=PLENTY)):
        assert sum(pick.units for pick in choice.picks) <= problem.count
        people = dict.fromkeys(range(len(problem.people)), 0.0)
        for pick in choice.picks:
            assert pick.gain <= pick.units * problem.capacity
            for row, persons in pick.serves:
                assert problem.reach[row, pick.candidate]
                people[row] += persons
        assert all(total in {0.0, problem.people[row]} for row, total in people.items())
        assert sum(people.values()) == choice.value <= choice.bound
