"""The matrix of a whole country, and what a new or a closed service changes in it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.geo.travel import Spots, StraightLine
from referral.network.catchment import step_weights
from referral.network.matrix import GapMatrix, Supply


@st.composite
def networks(draw):
    size, count, kinds = draw(st.integers(1, 6)), draw(st.integers(0, 8)), 3
    metres = st.floats(0, 40_000)

    def spots(number):
        xs, ys = (draw(st.lists(metres, min_size=number, max_size=number)) for _ in "xy")
        return Spots(x=np.array(xs), y=np.array(ys), codes=[None] * number)

    places = spots(size)
    some = st.lists(st.integers(0, size - 1), unique=True).map(lambda at: np.array(at, np.int64))
    supply = Supply(
        spots=spots(count),
        kind=np.array(
            draw(st.lists(st.integers(0, kinds - 1), min_size=count, max_size=count)), np.int64
        ),
        afield=np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)), np.bool_),
        amount=np.array(
            draw(st.lists(st.floats(0, 50) | st.just(np.nan), min_size=count, max_size=count))
        ),
        served=draw(st.lists(some, min_size=count, max_size=count)),
    )
    demand = draw(st.lists(st.integers(0, 900), min_size=size * kinds, max_size=size * kinds))
    return places, np.array(demand, np.float64).reshape(size, kinds), supply


def part(supply, slots):
    return Supply(
        spots=supply.spots.take(slots),
        kind=supply.kind[slots],
        afield=supply.afield[slots],
        amount=supply.amount[slots],
        served=[supply.served[at] for at in slots.tolist()],
    )


def same(one, other):
    for a, b in zip(one.columns, other.columns, strict=True):
        assert a.coming.tolist() == b.coming.tolist()
        assert a.nearest_km.tolist() == b.nearest_km.tolist()
        assert a.reach == pytest.approx(b.reach, rel=1e-12)


@given(networks(), st.data())
def test_a_what_if_is_the_whole_matrix_of_the_changed_network(network, data):
    places, demand, supply = network
    cut = data.draw(st.integers(0, len(supply.kind)))
    slots = np.arange(len(supply.kind))
    whole = GapMatrix.of(places, demand=demand, supply=supply)
    first = GapMatrix.of(places, demand=demand, supply=part(supply, slots[:cut]))
    same(first.with_services(part(supply, slots[cut:])), whole)
    same(whole.without(slots[cut:]), first)
    same(whole.without(slots), GapMatrix.of(places, demand=demand, supply=part(supply, slots[:0])))


@given(networks())
def test_the_matrix_says_what_every_pair_by_itself_says(network):
    places, demand, supply = network
    matrix = GapMatrix.of(places, demand=demand, supply=supply)
    table = StraightLine().table(places, supply.spots)
    for kind, column in enumerate(matrix.columns):
        spot = np.flatnonzero((supply.kind == kind) & ~supply.afield)
        comers = np.flatnonzero((supply.kind == kind) & supply.afield).tolist()
        weight = np.zeros(table.km.shape)
        weight[:, spot] = step_weights(table.minutes[:, spot])
        for at in comers:
            weight[supply.served[at], at] = 1.0
        around = weight.T @ demand[:, kind]
        ratio = np.where(
            around > 0, np.nan_to_num(supply.amount) / np.where(around > 0, around, 1), 0
        )
        assert column.reach == pytest.approx(weight @ ratio * 1000)
        assert column.coming.tolist() == [
            sum(i in supply.served[at] for at in comers) for i in range(len(places))
        ]
        nearest = (table.km[:, spot] / 1.35).min(axis=1, initial=np.inf)
        assert column.nearest_km == pytest.approx(nearest)
        assert ((column.nearest < 0) == np.isinf(nearest)).all()
