"""Measure the gap matrix against a bare pass of scipy, against PySAL access, and what-ifs in it.

6,258 municipalities by 34 types with 10,000 services: for every type how many services surely come
and how many perhaps do, how near the nearest place is, and what a thousand people can reach
(E2SFCA). Every second service comes to people, and much of them is not known, as in the catalogue
(``strewn.py``). The bare pass (``bare.py``) gets the same offers and must give the same numbers.
Passes take turns in this process, so that ratios mean something on a noisy machine.

    .venv/bin/python bench/gaps/measure.py [--services 10000] [--territory PATH]

PATH is a CSV with columns lat, lon, population, or a folder that ``referral import territory``
reads; without one 6,258 places are strewn over a rectangle of the country's size. The same is
measured for the municipalities and the number of services of the embedded kraje.

With PySAL's access installed (it is no dependency: ``python -m venv X; X/bin/pip install access``,
then run X/bin/python with this checkout and its environment in PYTHONPATH) its E2SFCA is held to
ours: on the same pairs, and from points alone, where each side searches for pairs itself
(``--searched-types N`` does that for the first N types only: PySAL's search compares every pair).
"""

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import numpy as np
import pysal
from bare import Bare
from strewn import TYPES, a_demand, a_supply, a_territory, one_more

from referral.geo.travel import Spots, StraightLine
from referral.network.catchment import STEPS, accessible, step_weights
from referral.network.matrix import GapMatrix
from referral.network.supply import SURELY, Supply
from referral.resources import data_dir

SEED = 20261122
EMBEDDED = data_dir() / "territory" / "municipalities.csv"
EMBEDDED_SERVICES = 860


def main() -> None:
    """Build the inputs, run all passes in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--territory", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--searched-types", type=int, default=TYPES)
    args = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, ", end="")
    print(", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "scipy")), end=", ")
    print(f"load {os.getloadavg()[0]:.1f}")
    country = measured(args.territory, args.services, args.runs)
    measured(EMBEDDED, EMBEDDED_SERVICES, args.runs * 3)
    if pysal.installed() is None:
        print("PySAL access is not installed: not compared")
    else:
        on_the_same_pairs(*country)
        from_points_alone(*country, types=args.searched_types)


def measured(table: Path | None, count: int, runs: int) -> tuple[Spots, Supply, np.ndarray]:
    """Time the passes over one territory and print them; return the input."""
    places, people = a_territory(table, seed=SEED)
    supply = a_supply(places, people, count, seed=SEED + 1)
    demand = a_demand(people, seed=SEED + 2)
    come = int(supply.afield.sum())
    print(
        f"{len(places)} municipalities, {TYPES} types, {count} services: {come} come, "
        f"{len(supply) - come} stand ({int(np.isnan(supply.x[~supply.afield]).sum())} nobody says "
        f"where), {len(supply.place)} named pairs, {int(np.isnan(supply.amount).sum())} without a "
        "capacity"
    )
    matrix = GapMatrix.of(places, demand=demand, supply=supply)
    bare = Bare(places, supply, demand)
    agree(matrix, bare)
    rng = np.random.default_rng(SEED)
    more = [
        one_more(places, kind=int(rng.integers(TYPES)), at=int(rng.integers(len(places))))
        for _ in range(runs + 2)
    ]
    gone = rng.integers(0, count, runs + 2)[:, None]
    passes: dict[str, Callable[[int], object]] = {
        "bare pass of scipy": lambda _: bare.run(),
        "gap matrix": lambda _: GapMatrix.of(places, demand=demand, supply=supply),
        "what-if: one added": lambda run: matrix.with_services(more[run]),
        "what-if: one closed": lambda run: matrix.without(gone[run]),
    }
    taken = in_turn(passes, runs)
    floor = statistics.median(taken["bare pass of scipy"])
    full = statistics.median(taken["gap matrix"])
    for name, times in taken.items():
        ms = statistics.median(times)
        print(
            f"  {name:20} median {ms:8.2f} ms ({min(times):.2f}-{max(times):.2f})"
            f"  x bare {ms / floor:6.3f}  of full 1/{full / ms:.0f}"
        )
    return places, supply, demand


def agree(matrix: GapMatrix, bare: Bare) -> None:
    """Stop where the bare pass gives other numbers than the matrix: it would measure nothing."""
    sure, perhaps, near, reach = bare.run()
    for kind, column in enumerate(matrix.columns):
        np.testing.assert_array_equal(column.coming, sure[:, kind])
        np.testing.assert_array_equal(column.possible, perhaps[:, kind])
        np.testing.assert_allclose(column.nearest_km, near[:, kind], rtol=1e-12)
        np.testing.assert_allclose(column.reach, reach[:, kind], rtol=1e-9, atol=1e-9)


def in_turn(passes: dict[str, Callable[[int], object]], runs: int) -> dict[str, list[float]]:
    """Run all passes one after another, many times; return what each took, in ms."""
    taken: dict[str, list[float]] = {name: [] for name in passes}
    for run in range(runs + 2):
        for name, work in passes.items():
            start = time.perf_counter()
            work(run)
            if run >= 2:
                taken[name].append((time.perf_counter() - start) * 1000)
    return taken


def on_the_same_pairs(places: Spots, supply: Supply, demand: np.ndarray) -> None:
    """Hold E2SFCA to PySAL's, type by type, on the pairs of all that have a known capacity."""
    worst, theirs, ours, pairs = 0.0, 0.0, 0.0, 0
    matrix = GapMatrix.of(places, demand=demand, supply=supply)
    for kind in range(TYPES):
        told = (supply.kind == kind) & ~np.isnan(supply.amount)
        open_to_all = np.flatnonzero(told & ~supply.closed & ~np.isnan(supply.x))
        ways = StraightLine().within(STEPS[-1][0], places, spots(supply, open_to_all))
        slot, place, how = supply.named(np.flatnonzero(told & supply.afield))
        slot, place = slot[how == SURELY], place[how == SURELY]
        shut, town, _ = supply.named(np.flatnonzero(told & supply.closed))
        km = np.hypot(places.x[town] - supply.x[shut], places.y[town] - supply.y[shut]) / 1000
        minutes = StraightLine().estimate.minutes(km * StraightLine().estimate.detour)
        given = {
            "origin": np.concatenate([ways.origin, place, town]),
            "destination": np.concatenate([open_to_all[ways.destination], slot, shut]),
        }
        minutes = np.concatenate([ways.minutes, np.zeros(len(place)), minutes])
        amount = np.where(told, np.nan_to_num(supply.amount), 0.0)
        start = time.perf_counter()
        mine = accessible(amount, demand[:, kind], weight=step_weights(minutes), **given)
        middle = time.perf_counter()
        found = pysal.on_pairs(demand[:, kind], amount, minutes=minutes, **given)
        theirs += time.perf_counter() - middle
        ours += middle - start
        pairs += len(minutes)
        worst = max(worst, float(np.abs(found - mine).max()))
        worst = max(worst, float(np.abs(found - matrix.columns[kind].reach).max()))
    print(f"E2SFCA on the same {pairs} pairs, {TYPES} types:")
    print(f"  PySAL access {theirs * 1000:.0f} ms, ours {ours * 1000:.0f} ms: {theirs / ours:.0f}x")
    print(f"  largest difference from PySAL access, of both ours and the matrix's: {worst:.2e}")


def from_points_alone(places: Spots, supply: Supply, demand: np.ndarray, *, types: int) -> None:
    """Time both from points to results, each with its own search, for the first so many types."""
    some = np.flatnonzero(
        (supply.kind < types) & ~supply.closed & ~np.isnan(supply.x + supply.amount)
    )
    alone = Supply.of_slots(
        [[]] * len(some),
        x=supply.x[some],
        y=supply.y[some],
        kind=supply.kind[some],
        afield=np.zeros(len(some), np.bool_),
        amount=supply.amount[some],
    )
    worst, theirs, taken = 0.0, 0.0, []
    for _ in range(5):
        start = time.perf_counter()
        matrix = GapMatrix.of(places, demand=demand[:, :types], supply=alone)
        taken.append(time.perf_counter() - start)
    ours = statistics.median(taken)
    for kind, column in enumerate(matrix.columns):
        slots = np.flatnonzero(alone.kind == kind)
        start = time.perf_counter()
        found = pysal.with_its_search(places, demand[:, kind], alone, slots)
        theirs += time.perf_counter() - start
        worst = max(worst, float(np.abs(found - column.reach).max()))
    print(f"E2SFCA from points alone, {types} types, {len(some)} places, each with its own search:")
    print(
        f"  PySAL access {theirs * 1000:.0f} ms, ours (with nearest places) {ours * 1000:.0f} ms: "
        f"{theirs / ours:.0f}x, largest difference {worst:.2e}"
    )


def spots(supply: Supply, slots: np.ndarray) -> Spots:
    """Return the places of these slots."""
    return Spots(x=supply.x[slots], y=supply.y[slots], codes=[None] * len(slots))


if __name__ == "__main__":
    main()
