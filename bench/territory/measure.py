"""Measure the import of the territory and the start of the program over it.

Input: a folder with the published files (see docs/adr/0010-territory.md for which), which is not
part of this repository:

    .venv/bin/python bench/territory/measure.py FOLDER [RUNS]

Each run makes a database of its own with the embedded catalogue, imports the folder through the
command (a process of its own, so the time is what a person waits and the memory is its peak), and
imports it once more, which must change nothing. Then the start of the program is measured: loading
the catalogue, indexing the names, loading the borders; against it, the same with the embedded
catalogue alone.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from referral.bootstrap import build
from referral.catalog.places import PlaceIndex
from referral.settings import Settings


def main() -> None:
    """Print the figures of so many runs: the median and the spread."""
    folder, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"load (1, 5, 15 min): {load}; {runs} runs: median (least to most)")
    figures: dict[str, list[float]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as place:
            for name, value in one_run(folder, Path(place)).items():
                figures.setdefault(name, []).append(value)
    for name, values in figures.items():
        middle = statistics.median(values)
        print(f"{name:<52} {middle:8.2f}  ({min(values):.2f} to {max(values):.2f})")


def one_run(folder: Path, place: Path) -> dict[str, float]:
    """Return the figures of one run: seconds and megabytes by their names."""
    url = f"sqlite:///{place / 'bench.sqlite3'}"
    command(url, "init", "--demo")
    figures = {f"start over the embedded catalogue, {k}": v for k, v in start(url).items()}
    report = place / "report.json"
    figures["first import, s"] = command(url, "import", "territory", folder, "--report", report)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures["peak memory of any command so far, MB"] = peak
    first = json.loads(report.read_text("utf-8"))
    figures["second import, s"] = command(url, "import", "territory", folder, "--report", report)
    second = json.loads(report.read_text("utf-8"))
    if second["added"] + second["changed"]:
        sys.exit("the second import changed something")
    figures["rows"] = first["read"]
    figures |= {f"start over the whole territory, {k}": v for k, v in start(url).items()}
    match = ("match", "--place", "Vejprty", "--need", "PEC-HYG", "--json")
    figures["match over the whole territory, s"] = command(url, *match)
    return figures


def command(url: str, *words: object) -> float:
    """Run a command of the program; return how long it took in seconds."""
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "referral", *map(str, words)],
        env={**os.environ, "REFERRAL_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def start(url: str) -> dict[str, float]:
    """Return how long each step of a start takes in seconds."""
    program = build(Settings(database_url=url))
    began = time.perf_counter()
    catalog = program.store.load()
    loaded = time.perf_counter()
    PlaceIndex.of(catalog.territory)
    indexed = time.perf_counter()
    program.store.boundaries()
    done = time.perf_counter()
    program.close()
    return {
        "catalogue, s": loaded - began,
        "names, s": indexed - loaded,
        "borders, s": done - indexed,
    }


if __name__ == "__main__":
    main()
