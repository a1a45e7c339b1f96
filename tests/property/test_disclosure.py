"""Counts are told so that nobody can work a small one out."""

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from referral.network.disclosure import Kept, Told, told, told_totals

FEWEST = 4


@st.composite
def tables(draw):
    """A few cells, and lines of them: rows, columns and everything."""
    cells = draw(
        st.dictionaries(
            st.tuples(st.sampled_from("AB"), st.sampled_from("xyz")),
            st.integers(1, 6),
            max_size=6,
        )
    )
    lines = defaultdict(list)
    for cell in cells:
        lines["row", cell[0]].append(cell)
        lines["column", cell[1]].append(cell)
        lines["total", ""].append(cell)
    return cells, dict(lines)


def could_be(cells, lines, totals):
    """List every way in which the cells could be, as far as an outsider can tell."""
    small = [cell for cell in cells if cells[cell] < FEWEST]
    for guess in product(range(1, FEWEST), repeat=len(small)):
        world = {**cells, **dict(zip(small, guess, strict=True))}
        sums = {name: sum(world[cell] for cell in members) for name, members in lines.items()}
        if all(_fits(sums[name], one) for name, one in totals.items()):
            yield {cell: world[cell] for cell in small}


def _fits(total: int, shown: Told) -> bool:
    if shown.kept is None:
        return total == shown.count
    return shown.kept is Kept.WITHHELD or total < FEWEST


@given(tables())
def test_no_small_count_follows_from_all_that_is_told(table):
    cells, lines = table
    totals = told_totals(cells, lines, fewest=FEWEST)
    worlds = list(could_be(cells, lines, totals))
    small = [cell for cell in cells if cells[cell] < FEWEST]
    assert {cell: cells[cell] for cell in small} in worlds
    assert all(len({world[cell] for world in worlds}) > 1 for cell in small)


@given(tables())
def test_what_is_told_is_true_and_small_totals_are_few(table):
    cells, lines = table
    for name, one in told_totals(cells, lines, fewest=FEWEST).items():
        total = sum(cells[cell] for cell in lines[name])
        assert one == Told(count=total) or one.kept is not None
        assert one.kept is not Kept.FEW or total < FEWEST


def test_a_total_is_withheld_when_one_small_count_is_all_that_is_missing_from_it():
    cells = {("A", "x"): 7, ("A", "y"): 2, ("B", "x"): 9}
    lines = {"A": [("A", "x"), ("A", "y")], "B": [("B", "x")]}
    found = told_totals(cells, lines)
    assert found == {"A": Told(count=None, kept=Kept.WITHHELD), "B": Told(count=9)}
    assert told(4) == Told(count=None, kept=Kept.FEW)
    assert told(5) == Told(count=5)


def test_a_total_of_many_small_counts_is_told():
    cells = {("A", name): 2 for name in "uvwxyz"}
    assert told_totals(cells, {"A": list(cells)}) == {"A": Told(count=12)}


def test_counts_that_must_all_be_the_least_or_the_most_are_not_summed():
    ones = {("A", name): 1 for name in "vwxyz"}
    assert told_totals(ones, {"A": list(ones)})["A"].kept is Kept.WITHHELD
    fours = {("A", name): 4 for name in "xy"}
    assert told_totals(fours, {"A": list(fours)})["A"].kept is Kept.WITHHELD


def test_not_even_a_few_is_told_of_a_total_that_would_make_all_its_counts_one():
    ones = {("A", name): 1 for name in "wxyz"}
    assert told_totals(ones, {"A": list(ones)})["A"].kept is Kept.WITHHELD
    two = {("A", name): 1 for name in "xy"}
    assert told_totals(two, {"A": list(two)})["A"].kept is Kept.FEW
