"""Measure the gap matrix of a whole country against a bare pass of scipy, and against PySAL access.

6,258 municipalities by 34 types with 10,000 services of one place each: for every type how many
come, how near the nearest place is, and what a thousand people can reach (E2SFCA). The bare pass
does nearest and E2SFCA alone, with one speed and no steps rounded. All run in this process, in
turn, so that the ratios mean something on a noisy machine.

    .venv/bin/python bench/gaps/measure.py [--services 10000] [--territory municipalities.csv]

The territory is a CSV with columns lat, lon, population (data/territory/municipalities.csv has
them, for two kraje); without one 6,258 places are strewn over a rectangle of the country's size.
With PySAL's access installed (it is no dependency: ``pip install access`` in an environment of its
own that sees this checkout) its E2SFCA is held to ours on the same pairs.
"""

import argparse
import csv
import platform
import statistics
import time
from importlib import metadata
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from referral.geo import Point
from referral.geo.travel import Spots, StraightLine
from referral.network.catchment import STEPS, accessible, step_weights
from referral.network.matrix import GapMatrix, Supply

TYPES = 34
SEED = 20261122


def main() -> None:
    """Build the input, run all passes in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--territory", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    args = parser.parse_args()
    places, people = territory(args.territory)
    supply, demand = services(places, people, args.services)
    print(f"{platform.platform()}, Python {platform.python_version()}, ", end="")
    print(", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "scipy")))
    print(f"{len(places)} municipalities, {TYPES} types, {args.services} services")
    matrix = GapMatrix.of(places, demand=demand, supply=supply)
    new = one_more(places)
    rng = np.random.default_rng(SEED)
    closed = rng.integers(0, args.services, 1)
    bare = Bare(places, supply, demand)
    passes = {
        "bare pass of scipy": bare.run,
        "gap matrix": lambda: GapMatrix.of(places, demand=demand, supply=supply),
        "what-if: one added": lambda: matrix.with_services(new),
        "what-if: one closed": lambda: matrix.without(closed),
    }
    taken = in_turn(passes, args.runs)
    floor, full = taken["bare pass of scipy"], taken["gap matrix"]
    for name, ms in taken.items():
        print(f"{name:24} median {ms:8.2f} ms  x bare {ms / floor:6.3f}  of full 1/{full / ms:.0f}")
    compare(places, supply, demand)


def territory(path: Path | None) -> tuple[Spots, np.ndarray]:
    """Return the municipalities and their people."""
    rng = np.random.default_rng(SEED)
    if path is None:
        count = 6258
        x, y = rng.uniform(-905_000, -430_000, count), rng.uniform(-1_225_000, -935_000, count)
        people = np.round(rng.lognormal(6.2, 1.1, count)) + 15
        return Spots(x=x, y=y, codes=[None] * count), people
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    points = [Point(lat=float(row["lat"]), lon=float(row["lon"])) for row in rows]
    people = np.array([float(row["population"] or 0) for row in rows])
    return Spots.of(points, [None] * len(points)), people


def services(places: Spots, people: np.ndarray, count: int) -> tuple[Supply, np.ndarray]:
    """Strew services where people live; a quarter come, to their nearest 3 to 80 municipalities."""
    rng = np.random.default_rng(SEED + 1)
    home = rng.choice(len(places), count, p=people**0.75 / (people**0.75).sum())
    x, y = (axis[home] + rng.normal(0, 800, count) for axis in (places.x, places.y))
    kind = rng.choice(TYPES, count, p=rng.dirichlet(np.ones(TYPES) * 1.2)).astype(np.int64)
    afield = rng.random(count) < 0.25
    towns = cKDTree(np.column_stack([places.x, places.y]))
    served = [
        np.sort(towns.query([x[at], y[at]], k=int(rng.integers(3, 80)))[1]).astype(np.int64)
        if afield[at]
        else np.empty(0, np.int64)
        for at in range(count)
    ]
    share = rng.uniform(0.01, 0.3, (1, TYPES)) * rng.uniform(0.8, 1.2, (len(places), TYPES))
    amount = np.clip(rng.lognormal(2.8, 0.9, count), 1, 400)
    spots = Spots(x=x, y=y, codes=[None] * count)
    supply = Supply(spots=spots, kind=kind, afield=afield, amount=amount, served=served)
    return supply, people[:, None] * share


def one_more(places: Spots) -> Supply:
    """Return one new service."""
    return Supply(
        spots=Spots(x=places.x[:1] + 500, y=places.y[:1], codes=[None]),
        kind=np.array([3]),
        afield=np.array([False]),
        amount=np.array([20.0]),
        served=[np.empty(0, np.int64)],
    )


class Bare:
    """Nearest and E2SFCA in as few lines of scipy and numpy as they take, all services on a spot.

    Those that come are taken for places, so it does more of the costly search than we do.
    """

    def __init__(self, places: Spots, supply: Supply, demand: np.ndarray) -> None:
        """Lay the input out as the pass wants it."""
        self.towns = np.column_stack([places.x, places.y]) / 1000
        self.spots = np.column_stack([supply.spots.x, supply.spots.y]) / 1000
        self.kind, self.amount, self.demand = supply.kind, supply.amount, demand
        self.of = [np.flatnonzero(self.kind == kind) for kind in range(TYPES)]

    def run(self) -> np.ndarray:
        """Return which municipality lacks which type."""
        size, count = self.demand.shape[0], len(self.kind)
        near = np.full((size, TYPES), np.inf)
        for kind, of in enumerate(self.of):
            if len(of):
                near[:, kind] = cKDTree(self.spots[of]).query(self.towns)[0]
        pairs = cKDTree(self.towns).sparse_distance_matrix(
            cKDTree(self.spots), 30 / 60 * 56 / 1.3, output_type="ndarray"
        )
        i, j = pairs["i"], pairs["j"]
        minutes = pairs["v"] * 1.3 / 56 * 60
        weight = np.where(minutes <= 10, 1.0, np.where(minutes <= 20, 0.68, 0.22))
        kind = self.kind[j]
        around = np.bincount(j, weight * self.demand[i, kind], minlength=count)
        ratio = np.divide(self.amount, around, out=np.zeros(count), where=around > 0)
        reach = np.bincount(i * TYPES + kind, weight * ratio[j], minlength=size * TYPES)
        return (near * 1.3 > 30) | (reach.reshape(size, TYPES) * 1000 < 5)


def in_turn(passes: dict, runs: int) -> dict[str, float]:
    """Run all passes one after another, many times; return the medians in ms."""
    taken: dict[str, list[float]] = {name: [] for name in passes}
    for run in range(runs + 2):
        for name, work in passes.items():
            start = time.perf_counter()
            work()
            if run >= 2:
                taken[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def compare(places: Spots, supply: Supply, demand: np.ndarray) -> None:
    """Hold E2SFCA to PySAL's on the same pairs, one type after another."""
    try:
        import pandas as pd  # noqa: PLC0415 - only where it is installed
        from access import Access, weights  # noqa: PLC0415 - the same
    except ImportError:
        print("PySAL access is not installed: not compared")
        return
    step = weights.step_fn({int(limit): weight for limit, weight in STEPS})
    worst, taken, searched, given = 0.0, 0.0, 0.0, 0.0
    on_spot = ~supply.afield
    for kind in range(TYPES):
        rows = np.flatnonzero((supply.kind == kind) & on_spot)
        spots = Spots(x=supply.spots.x[rows], y=supply.spots.y[rows], codes=[None] * len(rows))
        ways = StraightLine().within(30.0, places, spots)
        alone = Supply(
            spots=spots,
            kind=np.zeros(len(rows), np.int64),
            afield=np.zeros(len(rows), np.bool_),
            amount=supply.amount[rows],
            served=[np.empty(0, np.int64)] * len(rows),
        )
        start = time.perf_counter()
        matrix = GapMatrix.of(places, demand=demand[:, [kind]], supply=alone)
        searched += time.perf_counter() - start
        ours = matrix.columns[0].reach
        start = time.perf_counter()
        weight = step_weights(ways.minutes)
        accessible(
            alone.amount,
            demand[:, kind],
            origin=ways.origin,
            destination=ways.destination,
            weight=weight,
        )
        given += time.perf_counter() - start
        start = time.perf_counter()
        theirs = Access(
            demand_df=pd.DataFrame({"id": np.arange(len(places)), "people": demand[:, kind]}),
            demand_index="id",
            demand_value="people",
            supply_df=pd.DataFrame({"id": np.arange(len(rows)), "amount": alone.amount}),
            supply_index="id",
            supply_value="amount",
            cost_df=pd.DataFrame(
                {"origin": ways.origin, "dest": ways.destination, "minutes": ways.minutes}
            ),
            cost_origin="origin",
            cost_dest="dest",
            cost_name="minutes",
        )
        theirs.enhanced_two_stage_fca(name="e", max_cost=30, weight_fn=step)
        found = theirs.access_df["e_amount"].reindex(np.arange(len(places))).fillna(0.0)
        taken += time.perf_counter() - start
        worst = max(worst, float(np.abs(found.to_numpy() * 1000 - ours).max()))
    print(f"PySAL access, {TYPES} types, pairs given: {taken * 1000:.0f} ms")
    print(f"ours, the same pairs given: {given * 1000:.0f} ms, {taken / given:.1f}x faster")
    print(f"ours with the search: {searched * 1000:.0f} ms, {taken / searched:.1f}x faster")
    print(f"largest difference from PySAL access: {worst:.2e}")


if __name__ == "__main__":
    main()
