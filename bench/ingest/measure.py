"""How fast, in how much memory and how safely a register of services is imported.

Run ``python bench/ingest/measure.py`` for 7,000 services in 19,000 facilities, about 100 MB; with
``--territory FOLDER`` the whole country's territory is imported first; ``--kills 0`` leaves the
killing out. With ``--kind nrpzs`` it is the register of health services, with ``--places`` rows.
Everything is generated and invented; nothing outside a temporary folder is touched.

Measured from outside, as a person meets it: each import is a process of its own, its time is that
of the wall clock and its memory the largest resident set that the system has counted for it. Then
an import of a register in which every service differs is killed (SIGKILL) at random moments, and
after each the whole content of the database is compared with that before.
"""

import argparse
import hashlib
import os
import platform
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from support.nrpzs_register import places, write_nrpzs
from support.rpss_register import items, write_register

_SEED = 20261122


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A finished process: seconds, megabytes at its peak, what it printed."""

    seconds: float
    megabytes: float
    said: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kind", choices=("rpss", "nrpzs"), default="rpss")
    parser.add_argument("--places", type=int, default=41_000, help="rows of nrpzs")
    parser.add_argument("--services", type=int, default=7_000)
    parser.add_argument("--facilities", type=int, default=19_000)
    parser.add_argument("--filler", type=int, default=42, help="attachments of each service")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--territory", type=Path, default=None)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), chosen)


def measure(folder: Path, chosen: argparse.Namespace) -> None:
    """Measure in a folder of its own."""
    database = folder / "bench.sqlite3"
    environment = os.environ | {"REFERRAL_DATABASE_URL": f"sqlite:///{database}"}
    first = written(folder / "first", chosen, seed=0)
    other = written(folder / "other", chosen, seed=1)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, SQLAlchemy {version('sqlalchemy')}, "
        f"SQLite {sqlite3.sqlite_version}"
    )
    size = first.stat().st_size / 1e6
    what = f"{chosen.services} services, {chosen.facilities} facilities"
    print(f"register: {size:.0f} MB, {f'{chosen.places} rows' if chosen.kind == 'nrpzs' else what}")
    run(["init", "--demo"], environment)
    if chosen.territory is not None:
        run(["import", "territory", str(chosen.territory)], environment)
    accept = ["--accept-large-change", "--as-of", "2026-11-22"]
    for name in ("first import", "second import"):
        done = run(["import", chosen.kind, str(first), *accept], environment)
        load = os.getloadavg()[0]
        print(f"{name}: {done.seconds:.1f} s, peak {done.megabytes:.0f} MB, load {load:.1f}")
        print(f"  {done.said.strip().splitlines()[-1]}")
    if chosen.kills:
        kill(["import", chosen.kind, str(other), *accept], environment, database, chosen.kills)


def written(path: Path, chosen: argparse.Namespace, *, seed: int) -> Path:
    """Write a register of the chosen kind; of two seeds, most rows differ."""
    if chosen.kind == "nrpzs":
        return write_nrpzs(path, places(chosen.places, seed=seed))
    shape = {"facilities": chosen.facilities, "filler": chosen.filler}
    return write_register(path, items(chosen.services, seed=seed, **shape))


def run(arguments: list[str], environment: dict[str, str]) -> Run:
    """Run a command of the program to its end."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "referral", *arguments], env=environment, stdout=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"referral {arguments[0]} ended with {process.returncode}")
        output.seek(0)
        said = output.read()
    # Linux counts in kibibytes.
    return Run(
        seconds=time.perf_counter() - start, megabytes=usage.ru_maxrss * 1024 / 1e6, said=said
    )


def kill(arguments: list[str], environment: dict[str, str], database: Path, times: int) -> None:
    """Kill an import at random moments and compare the database with what it was."""
    chance = random.Random(_SEED)  # noqa: S311 - moments, not secrets
    before = content(database)
    whole = True
    moments = sorted(chance.uniform(0.5, 25.0) for _ in range(times))
    for moment in moments:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "referral", *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        same = process.returncode == -signal.SIGKILL and content(database) == before
        whole = whole and same
    shown = ", ".join(f"{moment:.1f}" for moment in moments)
    print(f"killed {times} times after {shown} s: old state {'complete' if whole else 'DAMAGED'}")


def content(database: Path) -> str:
    """Return a digest of everything in the database, after a check of its soundness."""
    digest = hashlib.sha256()
    connection = sqlite3.connect(database)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return "broken"
        for line in connection.iterdump():
            digest.update(line.encode())
    finally:
        connection.close()
    return digest.hexdigest()


if __name__ == "__main__":
    main()
