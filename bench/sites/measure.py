"""Measure how good and how fast suggested places are, against a bare pass and the optimum.

One run, interleaved: ten places chosen by ``choose_quickly`` (greedy with swaps, a bound and whom
each serves) against a bare greedy loop of sparse matrix-vector products over the same matrix, and
the value of both against the proved optimum (HiGHS). First on territories of 6,258 invented
municipalities (towns with villages around them, 40 services of a rare type), every municipality a
candidate; then on the gaps of the embedded catalogue, rule by rule.

    .venv/bin/python bench/sites/measure.py [--seconds 60] [--territories 3]
"""

import argparse
import os
import platform
import statistics
import time
from pathlib import Path

import numpy as np
import scipy
from scipy import sparse
from scipy.spatial import cKDTree

from referral.bootstrap import build
from referral.network.means import Means
from referral.network.placement import Instance, instance
from referral.network.placement_exact import choose_exactly
from referral.network.placement_quick import choose_quickly
from referral.network.sites import Wish
from referral.settings import Settings
from referral.usecases.suggest_sites import suggest_sites

MUNICIPALITIES = 6_258
TOWNS = 206
SERVICES = 40
REACH_KM = 21.54
"""Straight km: half an hour by road."""
PLACES = 10
RUNS = 30


def territory(seed: int) -> Instance:
    """Build the gaps of a rare type in a country of towns with villages around them."""
    rng = np.random.default_rng(seed)
    towns = rng.uniform([0, 0], [480, 280], (TOWNS, 2))
    around = rng.integers(0, TOWNS, MUNICIPALITIES - TOWNS)
    villages = towns[around] + rng.normal(0, 11, (len(around), 2))
    at = np.vstack([towns, villages])
    people = np.concatenate(
        [rng.lognormal(9.5, 0.8, TOWNS), np.clip(rng.lognormal(5.9, 0.8, len(villages)), 15, 9000)]
    ).astype(int)
    weights = people**0.75
    services = rng.choice(MUNICIPALITIES, SERVICES, p=weights / weights.sum())
    gap = np.flatnonzero(cKDTree(at[services]).query(at)[0] > REACH_KM)
    reach = cKDTree(at[gap]).sparse_distance_matrix(cKDTree(at), REACH_KM, output_type="coo_matrix")
    reach.data[:] = 1.0
    return instance(people[gap].astype(float), sparse.csr_array(reach), count=PLACES)


def bare(problem: Instance) -> float:
    """Choose greedily by one product of the matrix with the people left for each place."""
    left, transposed = problem.people.copy(), problem.reach.T
    for _ in range(problem.count):
        best = int((transposed @ left).argmax())
        column = problem.served_from
        left[column.indices[column.indptr[best] : column.indptr[best + 1]]] = 0.0
    return float(problem.people.sum() - left.sum())


def timed(problem: Instance) -> None:
    """Print times of both, taken in turns, and their values."""
    ours: list[float] = []
    floor: list[float] = []
    bare(problem)
    for _ in range(RUNS):
        start = time.perf_counter()
        bare(problem)
        middle = time.perf_counter()
        choose_quickly(problem)
        ours.append(time.perf_counter() - middle)
        floor.append(middle - start)
    a, b = statistics.median(ours), statistics.median(floor)
    spread = f"{min(ours) * 1e3:.1f}-{max(ours) * 1e3:.1f}"
    print(f"  quick, {problem.count} places   median {a * 1e3:6.1f} ms ({spread})")
    print(f"  bare greedy matvec   median {b * 1e3:6.1f} ms   quick / bare = {a / b:.2f}")


def graded(problem: Instance, *, seconds: float) -> None:
    """Print how near the quick and the bare answer come to the proved best."""
    quick, floor = choose_quickly(problem), bare(problem)
    best = choose_exactly(problem, seconds=seconds)
    proof = "proved" if best.optimal else f"stopped, bound {best.bound:,.0f}"
    print(
        f"  best {best.value:,.0f} people ({proof}, {best.seconds:.1f} s)   "
        f"quick {quick.value / best.bound:.2%} of the bound   bare {floor / best.bound:.2%}   "
        f"quick's own bound {quick.bound / best.value:.2%}"
    )


def embedded(*, seconds: float) -> None:
    """Print quick against exact for every rule with a gap in the embedded catalogue."""
    url = os.environ.get("REFERRAL_DATABASE_URL", "sqlite:///var/referral.sqlite3")
    program = build(Settings.from_env({"REFERRAL_DATABASE_URL": url}))
    catalog, norm = program.catalog(), program.norm(None)
    worst, rules = 1.0, 0
    for rule in norm.rules:
        answers = [
            suggest_sites(
                tuple(catalog.territory.municipalities),
                area="vše",
                wish=Wish(rule=rule.code, count=PLACES, exact=exact, seconds=seconds),
                norm=norm,
                workforce=program.workforce,
                catalog=catalog,
                policy=program.policy,
                today=program.today(),
            )
            for exact in (True, False)
        ]
        best, quick = answers
        if best.value and best.means is Means.SITE:
            rules += 1
            worst = min(worst, quick.value / best.bound)
            print(
                f"  {rule.code:>4}: best {best.value:>9,} of {best.bound:,} "
                f"({best.seconds:.2f} s)   quick {quick.value / best.bound:.2%}"
            )
    print(f"  {rules} rules with a gap; quick reaches at least {worst:.2%} of the best")
    program.close()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--territories", type=int, default=3)
    wanted = parser.parse_args()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {Path.cwd().name}")
    for seed in range(wanted.territories):
        problem = territory(seed)
        rows, columns = problem.reach.shape
        print(
            f"territory {seed}: {rows:,} municipalities with a gap, {problem.people.sum():,.0f} "
            f"people, {columns:,} candidates, {problem.reach.nnz:,} pairs"
        )
        timed(problem)
        graded(problem, seconds=wanted.seconds)
    print("embedded catalogue, both kraje:")
    embedded(seconds=wanted.seconds)


if __name__ == "__main__":
    main()
