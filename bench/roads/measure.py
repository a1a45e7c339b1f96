"""Measure reading a large extract and routing over it, against a bare pass of osmium.

The extract is generated: a grid of a million nodes (``--side`` squared) over the embedded kraje,
every tenth row and column a road of several ways, the rest nodes without any, as houses are. The
bare pass reads the same file in the same process with the library's own index of places and its
filter for roads, and does nothing with what comes. Passes take turns; time
is that of the processor, of all threads together. Memory is the peak of a fresh
process that only reads, and of one that only imports.

    .venv/bin/python bench/roads/measure.py [--side 1000] [--step 10] [--runs 5]
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import numpy as np
import osmium

from referral.geo.roads import RoadNetwork
from referral.geo.travel import Spots, StraightLine
from referral.ingest.roads.extract import read_roads
from referral.ingest.roads.rules_file import read_road_rules
from referral.resources import data_dir

SOUTH, NORTH, WEST, EAST = 49.85, 51.1, 12.0, 14.7
RULES = read_road_rules(data_dir() / "travel" / "roads.toml")
IN_A_WAY = 20
HIGHEST_ID = 12_000_000_000
"""Numbers of nodes are spread as far as those of OpenStreetMap today."""


def main() -> None:
    """Generate the extract, run all passes in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--side", type=int, default=1000)
    parser.add_argument("--step", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--read", type=Path, help="only read this file and print the peak")
    parser.add_argument("--import-only", action="store_true", help="only print the peak")
    args = parser.parse_args()
    if args.read or args.import_only:
        if args.read:
            read_roads(args.read, rules=RULES)
        print(peak_kb())
        return
    print(f"{platform.platform()}, Python {platform.python_version()}, ", end="")
    names = ("osmium", "numpy", "scipy")
    print(", ".join(f"{name} {metadata.version(name)}" for name in names), end=", ")
    print(f"load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "grid.osm.pbf"
        generate(file, side=args.side, step=args.step)
        compare(file, args)


def compare(file: Path, args: argparse.Namespace) -> None:
    """Time the passes over a file and print them."""
    read = read_roads(file, rules=RULES)
    print(
        f"{args.side**2} nodes, {read.bends} of them on {read.ways} ways, "
        f"{file.stat().st_size / 1e6:.1f} MB -> graph of {len(read.graph)} nodes, "
        f"{len(read.graph.km)} arcs"
    )
    passes: dict[str, Callable[[], object]] = {
        "bare pass of osmium": lambda: bare(file),
        "roads read": lambda: read_roads(file, rules=RULES),
    }
    taken = in_turn(passes, args.runs)
    floor = statistics.median(taken["bare pass of osmium"])
    for name, times in taken.items():
        middle = statistics.median(times)
        spread = f"{min(times):.2f}-{max(times):.2f}"
        print(f"  {name:24} median {middle:6.2f} s ({spread})  x bare {middle / floor:5.2f}")
    base, peak = alone("--import-only"), alone("--read", str(file))
    print(f"  memory: {peak:.0f} MB at the peak, {base:.0f} MB of it the imports")
    network = RoadNetwork.over(read.graph, reach_km=RULES.reach_km, otherwise=StraightLine())
    rng = np.random.default_rng(20261122)
    some = rng.integers(0, len(read.graph), 400)
    towns = Spots(x=read.graph.x[some], y=read.graph.y[some], codes=[None] * len(some))
    for minutes in (30.0, 90.0):
        start = time.process_time()
        count = sum(len(part.origin) for part in network.routed_within(minutes, towns, towns))
        each = (time.process_time() - start) / len(some) * 1000
        print(f"  {count} ways of {len(some)} towns within {minutes:.0f} min: {each:.1f} ms a town")


def bare(file: Path) -> int:
    """Read the roads with the places of their nodes, and do nothing with them."""
    roads = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY)
    roads = roads.with_locations("sparse_mem_array")
    return sum(1 for _ in roads.with_filter(osmium.filter.KeyFilter("highway", "route")))


def peak_kb() -> int:
    """Return the peak of memory of this process; what its parent had does not count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def in_turn(passes: dict[str, Callable[[], object]], runs: int) -> dict[str, list[float]]:
    """Run all passes one after another, many times; return the processor seconds of each."""
    taken: dict[str, list[float]] = {name: [] for name in passes}
    for run in range(runs + 1):
        for name, work in passes.items():
            start = time.process_time()
            work()
            if run:
                taken[name].append(time.process_time() - start)
    return taken


def alone(*arguments: str) -> float:
    """Run this script in a fresh process and return its peak of memory in MB."""
    told = subprocess.run(  # noqa: S603 - this very script
        [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True
    )
    return int(told.stdout) / 1000


def generate(file: Path, *, side: int, step: int) -> None:
    """Write a grid of nodes with roads over every ``step``-th row and column."""
    made = osmium.osm.mutable
    apart = HIGHEST_ID // side**2
    with osmium.SimpleWriter(str(file)) as writer:
        for row in range(side):
            for column in range(side):
                east = WEST + (EAST - WEST) * column / side
                north = SOUTH + (NORTH - SOUTH) * row / side
                number = (row * side + column + 1) * apart
                writer.add_node(made.Node(id=number, location=(east, north)))
        way = 0
        for line in range(0, side, step):
            for across in (False, True):
                for first in range(0, side - 1, IN_A_WAY):
                    along = range(first, min(first + IN_A_WAY + 1, side))
                    cells = [one * side + line if across else line * side + one for one in along]
                    nodes = [(cell + 1) * apart for cell in cells]
                    way += 1
                    kind = "secondary" if line % (step * 5) == 0 else "residential"
                    tags = {
                        "highway": kind,
                        "maxspeed": "50",
                        "name": "Ulice",
                        "surface": "asphalt",
                    }
                    writer.add_way(made.Way(id=way, nodes=nodes, tags=tags))


if __name__ == "__main__":
    main()
