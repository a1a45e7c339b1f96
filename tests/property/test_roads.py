"""Roads strung together and routed give what every bend by itself gives."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.geo import road_routes
from referral.geo.point import degrees_in_plane_m
from referral.geo.road_graph import UNIT, DrawnRoads, RoadGraph
from referral.geo.roads import RoadNetwork
from referral.geo.travel import Spots, StraightLine

LINE = StraightLine()
PLACES = 9
FEW_SPEEDS = (10.0, 50.0, 130.0)


@st.composite
def drawn_roads(draw, speeds=FEW_SPEEDS):
    """Draw a few ways over nodes at different places, some of them shut."""
    spots = draw(
        st.lists(
            st.tuples(st.integers(0, 40), st.integers(0, 40)),
            min_size=PLACES,
            max_size=PLACES,
            unique=True,
        )
    )
    one = st.tuples(
        st.lists(st.integers(0, PLACES - 1), min_size=2, max_size=5),
        st.sampled_from(speeds),
        st.sampled_from([(True, True), (True, False), (False, True)]),
    )
    ways = draw(st.lists(one, min_size=1, max_size=9))
    shut = np.zeros(PLACES, np.bool_)
    shut[draw(st.lists(st.integers(0, PLACES - 1), max_size=2))] = True
    count = len(ways)
    return DrawnRoads(
        lat=np.array([50.0 + north / 1000 for _, north in spots]),
        lon=np.array([14.0 + east / 1000 for east, _ in spots]),
        shut=shut,
        ptr=np.concatenate([[0], np.cumsum([len(nodes) for nodes, _, _ in ways])]),
        node=np.concatenate([nodes for nodes, _, _ in ways]),
        kmh=np.array([kmh for _, kmh, _ in ways]),
        minutes=np.full(count, np.nan),
        wait_minutes=np.zeros(count),
        forward=np.array([there for _, _, (there, _) in ways]),
        backward=np.array([back for _, _, (_, back) in ways]),
        stops=np.ones(count, np.bool_),
    )


def brute(drawn):
    """Return the minutes between all nodes, and the least and most km of equally quick ways.

    It is the algorithm of Floyd and Warshall over every bend; nobody is let through a shut node.
    """
    x, y = degrees_in_plane_m(lat=drawn.lat, lon=drawn.lon)
    ways = [[(np.inf, np.inf, np.inf)] * PLACES for _ in range(PLACES)]
    for way, kmh in enumerate(drawn.kmh.tolist()):
        for a, b in itertools.pairwise(drawn.node[drawn.ptr[way] : drawn.ptr[way + 1]].tolist()):
            km = float(np.hypot(x[a] - x[b], y[a] - y[b])) / 1000
            found = (in_units(km * 60 / kmh), in_units(km), in_units(km))
            if a != b and drawn.forward[way]:
                ways[a][b] = better(ways[a][b], found)
            if a != b and drawn.backward[way]:
                ways[b][a] = better(ways[b][a], found)
    for middle, start, end in itertools.product(range(PLACES), repeat=3):
        if not drawn.shut[middle] and middle not in {start, end}:
            parts = zip(ways[start][middle], ways[middle][end], strict=True)
            ways[start][end] = better(ways[start][end], tuple(map(sum, parts)))
    return ways, x, y


def in_units(value):
    return round(value / UNIT) * UNIT


def better(one, other):
    """Return the quicker way; of two that are equally quick what both together may measure."""
    if one[0] != other[0]:
        return min(one, other)
    return one[0], min(one[1], other[1]), max(one[2], other[2])


def at_nodes(graph, x, y):
    """Return which drawn node each node of the graph is."""
    known = {place: number for number, place in enumerate(zip(x, y, strict=True))}
    return [known[place] for place in zip(graph.x, graph.y, strict=True)]


@given(drawn_roads())
def test_ways_over_the_graph_are_the_quickest_over_every_bend(drawn):
    graph = RoadGraph.of(drawn)
    ways, x, y = brute(drawn)
    nodes = at_nodes(graph, x, y)
    every = np.arange(len(graph))
    km, minutes = road_routes.Routes(graph).between(every, every)
    for (row, start), (column, end) in itertools.product(enumerate(nodes), repeat=2):
        if start == end or drawn.shut[start] or drawn.shut[end]:
            continue
        quickest, least, most = ways[start][end]
        assert minutes[row, column] == quickest
        assert least <= km[row, column] <= most


@given(drawn_roads())
def test_one_gets_from_everywhere_to_everywhere(drawn):
    graph = RoadGraph.of(drawn)
    every = np.arange(len(graph))
    km, _ = road_routes.Routes(graph).between(every, every)
    assert np.isfinite(km).all()
    assert graph.doors.tolist() == every.tolist()
    assert 0 <= graph.dropped_km <= graph.drawn_km
    ways, x, y = brute(drawn)
    kept = set(at_nodes(graph, x, y))
    there_and_back = [
        {
            end
            for end in range(PLACES)
            if end == start or max(ways[start][end][0], ways[end][start][0]) < np.inf
        }
        for start in range(PLACES)
    ]
    for start in kept:
        if not drawn.shut[start]:
            assert {end for end in kept if not drawn.shut[end]} <= there_and_back[start]


@given(drawn_roads(speeds=(60.0,)))
def test_at_one_speed_a_longer_way_is_never_faster(drawn):
    graph = RoadGraph.of(drawn)
    every = np.arange(len(graph))
    km, minutes = road_routes.Routes(graph).between(every, every)
    order = np.argsort(km, axis=None)
    assert (np.diff(minutes.ravel()[order]) >= -PLACES * 2 * UNIT).all()


@given(drawn_roads(), st.floats(0.5, 30))
def test_however_it_is_routed_the_numbers_are_the_very_same(drawn, limit):
    graph = RoadGraph.of(drawn)
    x, y = degrees_in_plane_m(lat=drawn.lat, lon=drawn.lon)
    towns = Spots(x=x, y=y, codes=[None] * PLACES)
    some = towns.take(np.array([4, 1, 1, 7]))
    model = RoadNetwork.over(graph, reach_km=0.5, otherwise=LINE)
    table = model.table(towns, some)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(road_routes, "_KEPT", 0)
        backwards = RoadNetwork.over(graph, reach_km=0.5, otherwise=LINE).table(towns, some)
    assert (table.minutes == backwards.minutes).all()
    assert (table.measured == backwards.measured).all()
    within = model.within(limit, towns, some)
    pairs = set(
        zip(within.origin.tolist(), within.destination.tolist(), within.minutes, strict=True)
    )
    rows, columns = np.nonzero(table.minutes <= limit)
    assert pairs == set(
        zip(rows.tolist(), columns.tolist(), table.minutes[rows, columns], strict=True)
    )
