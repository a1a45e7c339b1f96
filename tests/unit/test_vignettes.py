"""The vignettes of bench/matching/vignettes: who ought to come first does, who must not never does.

A change that makes the matcher worse for real people turns this red, whatever else it does.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from support import orp

pytestmark = pytest.mark.checkout

SCRIPT = Path(__file__).parents[2] / "bench" / "matching" / "vignettes" / "evaluate.py"
HIT = 0.9


@pytest.fixture(scope="module")
def bench():
    """The script that evaluates the vignettes."""
    spec = spec_from_file_location("vignettes_evaluate", SCRIPT)
    module = module_from_spec(spec)
    path = list(sys.path)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path[:] = path
        del sys.modules[spec.name]


@pytest.fixture(scope="module")
def judged(bench):
    return [bench.judge(one, policy=orp.policy()) for one in bench.vignettes()]


def test_there_are_enough_vignettes_over_both_catalogues(bench):
    over = [one.catalog for one in bench.vignettes()]
    assert over.count("embedded") >= 35
    assert over.count("orp") >= 25
    regions = {one.request.place.region for one in bench.vignettes() if one.catalog == "embedded"}
    assert regions == {"Karlovarský kraj", "Ústecký kraj"}


def test_every_vignette_expects_something_that_could_be_missed(bench):
    for one in bench.vignettes():
        assert 1 <= one.at_least <= len(set(one.expected))
        assert one.within <= 8


@pytest.mark.parametrize("catalog", ["embedded", "orp"])
def test_the_right_services_are_among_the_first_five(judged, catalog):
    mine = [one for one in judged if one.vignette.catalog == catalog]
    missed = [f"{one.vignette.id}: {', '.join(one.ids[:5])}" for one in mine if not one.hit]
    assert 1 - len(missed) / len(mine) >= HIT, "\n".join(missed)


def test_nothing_forbidden_is_offered(judged):
    assert {one.vignette.id: dict(one.wrong) for one in judged if one.wrong} == {}


def test_a_policy_that_forgets_the_circle_is_caught(bench):
    """The vignettes would notice: without the weight of the circle they are missed."""
    careless = dict(bench.moved(orp.policy()))["group -20%"]
    blind = type(careless)(
        weights={**careless.weights, "group": 0.0, "vicinity": 0.0},
        limits=careless.limits,
        welcome=careless.welcome,
    )
    hits = [bench.judge(one, policy=blind).hit for one in bench.vignettes()]
    assert sum(hits) / len(hits) < HIT


def test_the_first_place_mostly_survives_a_fifth_of_any_weight(bench, judged):
    fallen = bench.steady(judged, policy=orp.policy())
    assert {name for name, changed in fallen.items() if len(changed) > 0.05 * len(judged)} == set()
