"""Areas written with their common borders once draw what they drew before."""

from collections import Counter
from itertools import pairwise

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from referral.geo import Area
from referral.geo.shared_borders import GRID, share_borders

ORIGIN = (15.0, 50.0)


def an_area(*boxes, hole=None):
    """Return boxes of hundredths of a degree as an area."""
    shapes = [box(*(side / 100 for side in one)) for one in boxes]
    whole = shapely.transform(shapely.union_all(shapes), lambda at: at + ORIGIN)
    if hole is not None:
        whole = whole.difference(an_area(hole).shape)
    return Area(shape=whole)


def drawn(shared, key):
    """Put the pieces together again as a browser does."""
    polygons = []
    for polygon in shared.polygons[key]:
        rings = []
        for ring in polygon:
            spots = []
            for arc in ring:
                line = shared.arcs[arc] if arc >= 0 else shared.arcs[-1 - arc][::-1]
                assert not spots or spots[-1] == line[0]
                spots += line[1:] if spots else line
            assert spots[0] == spots[-1]
            rings.append(np.array(spots) / GRID)
        polygons.append(Polygon(rings[0], rings[1:]))
    return shapely.union_all(polygons)


@given(
    st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=4, max_size=4),
    st.booleans(),
)
def test_the_pieces_make_the_areas_again_and_every_border_is_there_once(cells, with_an_enclave):
    owned = {}
    for row, line in enumerate(cells):
        for column, owner in enumerate(line):
            owned.setdefault(str(owner), []).append((column, row, column + 1, row + 1))
    areas = {owner: an_area(*boxes) for owner, boxes in owned.items()}
    if with_an_enclave:
        inside = (0.25, 0.25, 0.75, 0.75)
        areas["in"] = an_area(inside)
        around = areas[str(cells[0][0])]
        areas[str(cells[0][0])] = Area(shape=around.shape.difference(areas["in"].shape))
    shared = share_borders(areas)
    for key, area in areas.items():
        assert drawn(shared, key).symmetric_difference(area.shape).area < 1e-12
    edges = Counter(frozenset(edge) for arc in shared.arcs for edge in pairwise(arc))
    assert set(edges.values()) == {1}
    assert [shared.arcs[at] for at in shared.between(dict.fromkeys(areas, "one"))] == [
        arc for at, arc in enumerate(shared.arcs) if sides(shared)[at] == 1
    ]
    assert len(shared.between({key: key for key in areas})) == len(shared.arcs)


def sides(shared):
    return Counter(
        arc if arc >= 0 else -1 - arc
        for polygons in shared.polygons.values()
        for polygon in polygons
        for ring in polygon
        for arc in ring
    )


def test_steps_add_up_to_the_vertices():
    shared = share_borders({"a": an_area((0, 0, 1, 1))})
    (steps,), (arc,) = shared.steps(), shared.arcs
    at = np.cumsum(np.array(steps).reshape(-1, 2), axis=0)
    assert [tuple(one) for one in at.tolist()] == list(arc)


def test_no_area_is_lost_however_small_but_its_crumbs_are():
    dot = Area(shape=shapely.Point(15, 50).buffer(1e-6))
    village = an_area((0, 0, 1, 1))
    crumbs = Area(shape=shapely.union_all([village.shape, shapely.Point(16, 51).buffer(1e-6)]))
    shared = share_borders({"dot": dot, "crumbs": crumbs})
    assert len(shared.polygons["dot"]) == 1
    assert len(shared.polygons["crumbs"]) == 1
    assert drawn(shared, "crumbs").equals(village.shape)


def test_too_many_vertices_are_thinned_together_so_that_neighbours_still_meet():
    wave = [(15 + at / 1000, 50 + (at % 2) / 1000) for at in range(200)]
    above = Area(shape=Polygon([*wave, (15.199, 50.1), (15, 50.1)]))
    below = Area(shape=Polygon([*wave, (15.199, 49.9), (15, 49.9)]))
    shared = share_borders({"above": above, "below": below}, most_vertices=100)
    assert sum(map(len, shared.arcs)) < 100
    assert max(sides(shared).values()) == 2
    assert shapely.union_all([drawn(shared, key) for key in shared.polygons]).geom_type == "Polygon"
    # What cannot be thinned enough is drawn with more vertices rather than not at all.
    assert share_borders({"a": an_area((0, 0, 1, 1))}, most_vertices=1).polygons["a"]
