"""The matrix of a whole country, and what a new or a closed service changes in it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.geo.travel import Spots, StraightLine
from referral.network.catchment import step_weights
from referral.network.ground import Ground
from referral.network.judging import STATUSES
from referral.network.matrix import GapMatrix
from referral.network.norms import Level
from referral.network.setting import set_up
from referral.network.supply import PERHAPS, PROBABLY, SURELY, Supply, supply_of
from referral.usecases.find_gaps import find_gaps
from support.build import TODAY
from support.gap_questions import questions
from support.matching import PLACES, POLICY, TERRITORY

KINDS = 3
HOW = (SURELY, PROBABLY, PERHAPS)


@st.composite
def networks(draw):
    size, count = draw(st.integers(1, 6)), draw(st.integers(0, 8))
    # Whole kilometres make equal ways, which must not be told apart by chance.
    metres = st.floats(0, 40_000) | st.integers(0, 6).map(lambda km: km * 1000.0)

    def some(values, dtype, number=count):
        return np.array(draw(st.lists(values, min_size=number, max_size=number)), dtype)

    unknown = some(st.sampled_from([False, False, False, True]), np.bool_)
    named = st.dictionaries(st.integers(0, size - 1), st.sampled_from(HOW)).map(dict.items)
    supply = Supply.of_slots(
        draw(st.lists(named, min_size=count, max_size=count)),
        x=np.where(unknown, np.nan, some(metres, np.float64)),
        y=np.where(unknown, np.nan, some(metres, np.float64)),
        kind=some(st.integers(0, KINDS - 1), np.int64),
        afield=some(st.booleans(), np.bool_),
        closed=some(st.booleans(), np.bool_),
        within_km=some(st.sampled_from([np.inf, 12.0]), np.float64),
        amount=some(st.floats(0, 50) | st.just(np.nan), np.float64),
    )
    x, y = some(metres, np.float64, size), some(metres, np.float64, size)
    demand = some(st.floats(0.5, 900) | st.just(0.0), np.float64, size * KINDS)
    return Spots(x=x, y=y, codes=[None] * size), demand.reshape(size, KINDS), supply


def part(supply, slots):
    """Return these slots alone."""
    named = [
        [
            (int(supply.place[at]), int(supply.how[at]))
            for at in range(supply.ptr[s], supply.ptr[s + 1])
        ]
        for s in slots.tolist()
    ]
    columns = ("x", "y", "kind", "afield", "closed", "within_km", "amount")
    return Supply.of_slots(named, **{name: getattr(supply, name)[slots] for name in columns})


def same(one, other):
    """Hold two matrices to one another to the last bit."""
    for a, b in zip(one.columns, other.columns, strict=True):
        for name in ("coming", "probable", "possible", "nearest_km", "reach"):
            assert getattr(a, name).tolist() == getattr(b, name).tolist()


@given(networks(), st.data())
def test_a_what_if_is_the_whole_matrix_of_the_changed_network_to_the_last_bit(network, data):
    places, demand, supply = network
    slots = np.arange(len(supply))
    cut = data.draw(st.integers(0, len(supply)))
    closed = np.array([at for at in slots.tolist() if data.draw(st.booleans())], np.int64)

    def whole(supply):
        return GapMatrix.of(places, demand=demand, supply=supply)

    first = whole(part(supply, slots[:cut]))
    same(first.with_services(part(supply, slots[cut:])), whole(supply))
    left = whole(supply).without(closed)
    same(left, whole(part(supply, np.setdiff1d(slots, closed))))
    same(left, whole(supply.without(closed)))
    same(left.with_services(part(supply, slots[:cut])), whole(left.supply.joined(first.supply)))
    assert (left.without(closed).supply.kind == left.supply.kind).all()


@given(networks())
def test_the_matrix_says_what_every_pair_by_itself_says(network):
    places, demand, supply = network
    matrix = GapMatrix.of(places, demand=demand, supply=supply)
    slots = np.arange(len(supply))
    table = StraightLine().table(places, Spots(x=supply.x, y=supply.y, codes=[None] * len(slots)))
    how = np.full((len(slots), len(places)), -1)
    of, place, surely = supply.named(slots)
    how[of, place] = surely
    km = np.where(np.isnan(table.km), np.inf, table.km / 1.35)
    for kind, column in enumerate(matrix.columns):
        mine = supply.kind == kind
        comes = how[mine & supply.afield]
        assert column.coming.tolist() == (comes == SURELY).sum(axis=0).tolist()
        assert column.probable.tolist() == (comes == PROBABLY).sum(axis=0).tolist()
        assert column.possible.tolist() == (comes == PERHAPS).sum(axis=0).tolist()
        stands = mine & ~supply.afield
        open_to = stands & ((how.T >= 0) | ~supply.closed)
        ways = np.where(open_to & (km <= supply.within_km), km, np.inf)
        assert column.nearest_km == pytest.approx(ways.min(axis=1, initial=np.inf))
        assert ((column.nearest < 0) == np.isinf(column.nearest_km)).all()
        weight = np.where(
            stands & ((how.T == SURELY) | ~supply.closed),
            step_weights(np.where(np.isnan(table.minutes), np.inf, table.minutes)),
            0.0,
        )
        weight = np.where(mine & supply.afield, how.T == SURELY, weight)
        around = weight.T @ demand[:, kind]
        ratio = np.where(
            around > 0, np.nan_to_num(supply.amount) / np.where(around > 0, around, 1), 0
        )
        assert column.reach == pytest.approx(weight @ ratio * 1000)


@given(questions(places=3))
def test_the_matrix_gives_every_status_that_the_gap_report_gives(question):
    catalog, norm = question
    (rule,) = norm.rules
    rule = replace(rule, count=1, level=Level.MUNICIPALITY)
    norm = replace(norm, rules=(rule,))
    words = {"norm": norm, "policy": POLICY, "today": TODAY}
    ground = Ground.of(TERRITORY, [place.code for place in PLACES])
    travel = StraightLine().with_detour(norm.detour)
    setting = set_up(catalog, ground, travel=travel, **words)
    matrix = GapMatrix.of(
        ground.spots,
        demand=np.ones((len(ground), 1)),
        supply=supply_of((rule,), setting),
        travel=travel,
    )
    report = find_gaps([place.code for place in PLACES], area="vše", catalog=catalog, **words)
    given_ = [STATUSES[at] for at in matrix.statuses(0, rule).tolist()]
    assert given_ == [one.status for one in report.results]
    low, high = (matrix.statuses(0, rule, detour=one).tolist() for one in setting.detours[1:])
    assert [a != b for a, b in zip(low, high, strict=True)] == [
        one.uncertain for one in report.results
    ]


@given(questions())
def test_the_matrix_refuses_rules_that_it_does_not_cover(question):
    catalog, norm = question
    rule = replace(norm.rules[0], level=Level.ORP)
    setting = set_up(
        catalog,
        Ground.of(TERRITORY, []),
        norm=norm,
        policy=POLICY,
        today=TODAY,
        travel=StraightLine(),
    )
    with pytest.raises(ValueError, match="R"):
        supply_of((rule,), setting)
