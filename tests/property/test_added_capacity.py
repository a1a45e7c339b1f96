"""Added capacity: the exact answer is that of brute force, and no other promises too much."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from referral.network.added_capacity import Shortage, add_exactly, add_quickly, in_order
from referral.network.placement import Method


@st.composite
def shortages(draw):
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    numbers = st.integers(0, 8)
    gives = np.array(
        [[draw(numbers) / 4 for _ in range(columns)] for _ in range(rows)], np.float64
    ).reshape(rows, columns)
    return Shortage.of(
        np.array([float(draw(st.integers(0, 500))) for _ in range(rows)]),
        np.array([draw(st.integers(1, 12)) / 4 for _ in range(rows)], np.float64),
        gives,
        units=draw(st.integers(0, 5)),
        most=draw(st.none() | st.integers(1, 4)),
    )


def best_by_trying(problem: Shortage) -> tuple[float, int]:
    """Try every way to add the units: most people lifted, and the fewest units that do so."""
    ways = product(*(range(int(most) + 1) for most in problem.most))
    found = [
        (problem.worth(np.array(way, np.int64)), -sum(way))
        for way in ways
        if sum(way) <= problem.units
    ]
    value, fewest = max(found)
    return value, -fewest


@given(shortages())
def test_the_exact_answer_is_that_of_brute_force_with_the_fewest_units(problem):
    value, fewest = best_by_trying(problem)
    answer = add_exactly(problem, seconds=30)
    assert answer.method is Method.EXACT
    assert answer.optimal
    assert not answer.stopped
    assert (answer.value, answer.bound) == (value, value)
    assert answer.value == problem.worth(answer.units)
    assert int(answer.units.sum()) == fewest


@given(shortages())
def test_the_quick_answer_keeps_to_the_limits_and_its_bound_is_one(problem):
    value, _ = best_by_trying(problem)
    answer = add_quickly(problem)
    assert answer.method is Method.GREEDY
    assert answer.value == problem.worth(answer.units) <= value <= answer.bound
    assert answer.units.sum() <= problem.units
    assert (answer.units <= problem.most).all()
    if answer.optimal:
        assert answer.value == value


def test_nothing_more_is_added_than_lifts_everybody():
    problem = Shortage.of(
        np.array([10.0]), np.array([3.0]), np.array([[1.0, 2.0]]), units=100, most=50
    )
    assert problem.most.tolist() == [3, 2]
    assert add_exactly(problem, seconds=5).units.tolist() == [0, 2]


def test_of_columns_that_do_equally_well_the_first_is_taken():
    problem = Shortage.of(np.array([10.0]), np.array([2.0]), np.ones((1, 3)), units=9)
    for answer in (add_exactly(problem, seconds=5), add_quickly(problem)):
        assert answer.units.tolist() == [2, 0, 0]
    assert in_order(problem, np.array([0, 0, 2])).tolist() == [2, 0, 0]
    assert in_order(problem, np.array([1, 1, 0])).tolist() == [1, 1, 0]


def test_when_the_time_runs_out_the_best_so_far_is_told_with_its_bound():
    rng = np.random.default_rng(7)
    problem = Shortage.of(
        rng.integers(1, 5_000, 120).astype(float),
        rng.uniform(1, 9, 120),
        np.where(rng.random((120, 150)) < 0.2, rng.uniform(0.05, 1.0, (120, 150)), 0.0),
        units=60,
    )
    answer = add_exactly(problem, seconds=0.1)
    assert answer.stopped is not answer.optimal
    assert add_quickly(problem).value <= answer.value <= answer.bound


def test_a_bound_below_what_is_needed_lifts_nobody():
    problem = Shortage.of(np.array([10.0]), np.array([2.0]), np.ones((1, 1)), units=1)
    answer = add_exactly(problem, seconds=5)
    assert (answer.value, answer.units.tolist(), answer.optimal) == (0.0, [0], True)
