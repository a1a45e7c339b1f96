"""Measure how long a command takes from nothing, as a ratio against a bare import in the same run.

Run it as ``python bench/start/measure.py [--runs N] [--database URL]``. The baseline is a new
process that imports click and SQLAlchemy and ends: what a command line over a database costs before
it has done anything. Commands and baselines take turns, so that a busy machine slows all of them
alike. Processor seconds (user and system together) count; the wall clock stands beside them. The
database is one made for this run from the embedded catalogue, unless an address is given.
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PHRASE = "babička se nemůže sama umýt"
BASELINE = "import click, sqlalchemy"
PYTHON = (sys.executable, "-c")
REFERRAL = (sys.executable, "-m", "referral")
MEASURED: Mapping[str, tuple[str, ...]] = {
    f"python -c “{BASELINE}” (baseline)": (*PYTHON, BASELINE),
    "python -c “import numpy”": (*PYTHON, "import numpy"),
    "referral --help": (*REFERRAL, "--help"),
    "referral needs TEXT": (*REFERRAL, "needs", PHRASE),
    "referral match --place Vejprty …": (
        *REFERRAL, "match", "--place", "Vejprty", "--need", "PEC-HYG",
    ),
    "referral match … --says TEXT": (
        *REFERRAL, "match", "--place", "Vejprty", "--says", PHRASE,
    ),
    "import of the web application": (*PYTHON, "import referral.web.wsgi"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What one process took, in seconds."""

    processor: float
    wall: float


def main() -> None:
    """Print the median and the spread of each command, and its ratio against the baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--database", help="the address of a prepared database")
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, SQLAlchemy {version('sqlalchemy')}, "
        f"numpy {version('numpy')}; {platform.machine()}, {os.cpu_count()} processors, "
        f"load {os.getloadavg()[0]:.1f}; {options.runs} runs each, in turns"
    )
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{folder}/catalogue.sqlite3"
        environment = {**os.environ, "REFERRAL_DATABASE_URL": url}
        if not options.database:
            run((*REFERRAL, "init", "--demo"), environment)
        for command in MEASURED.values():
            run(command, environment)
        taken: dict[str, list[Took]] = {name: [] for name in MEASURED}
        for _ in range(options.runs):
            for name, command in MEASURED.items():
                taken[name].append(run(command, environment))
    print_table(taken)


def run(command: Sequence[str], environment: Mapping[str, str]) -> Took:
    """Run one process to its end; one that fails ends the measure."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        command,
        env=dict(environment),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode()}")
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Took(processor=processor, wall=wall)


def print_table(taken: Mapping[str, Sequence[Took]]) -> None:
    """Print a line for each command; the first is the baseline."""
    baseline = statistics.median(one.processor for one in next(iter(taken.values())))
    print(f"{'':46} {'processor s':>11}  {'min–max':>11}  {'wall s':>6}  ratio")
    for name, runs in taken.items():
        processor = sorted(one.processor for one in runs)
        middle = statistics.median(processor)
        wall = statistics.median(one.wall for one in runs)
        print(
            f"{name:46} {middle:11.2f}  {processor[0]:5.2f}–{processor[-1]:5.2f}  "
            f"{wall:6.2f}  {middle / baseline:5.2f}"
        )


if __name__ == "__main__":
    main()
