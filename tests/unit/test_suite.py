"""The suite's own parts: the fence around it and what it says about skipped tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.fence import Fence
from support.report import skip_sentences

FENCE = Fence.around(Path("/prace/klon"), extra=[Path("/jinde/klon")])


@pytest.mark.parametrize(
    "path", ["/prace/soused/data.csv", "/prace/soused", "/prace", "/jinde/klon/referral/text.py"]
)
def test_the_fence_stops_what_lies_beside_the_checkout(path: str):
    assert FENCE.stops(path)


@pytest.mark.parametrize("path", ["/prace/klon/data/sources.csv", "/prace/klon", "/etc/hosts"])
def test_the_fence_lets_the_checkout_and_the_system_through(path: str):
    assert not FENCE.stops(path)


def test_the_fence_is_not_fooled_by_a_way_around():
    assert FENCE.stops("/prace/klon/../soused/data.csv")


def test_a_folder_that_only_begins_alike_is_another_folder():
    assert not FENCE.stops("/jinde/klon2/data.csv")


def test_the_temporary_folder_stays_open_inside_a_forbidden_one(tmp_path: Path):
    fence = Fence.around(Path("/prace/klon"), extra=[Path(tmp_path.anchor)])
    assert not fence.stops(str(tmp_path / "out.json"))


def test_a_checkout_at_the_root_bars_nothing():
    assert not Fence.around(Path("/klon")).stops("/etc/hosts")


def test_a_fence_that_is_up_stops_every_way_of_reading(tmp_path: Path):
    barred = tmp_path / "barred"
    barred.mkdir()
    (barred / "data.csv").write_text("1", "ascii")
    program = f"""
import os, pathlib, sqlite3
from support.fence import Fence, OutsideTheFenceError
barred = pathlib.Path({str(barred)!r})
Fence.around(pathlib.Path({str(tmp_path / "klon")!r}), extra=[barred]).put_up()
ways = (open, os.listdir, os.scandir, sqlite3.connect, pathlib.Path.read_text)
for way in ways:
    try:
        way(barred / "data.csv" if way not in (os.listdir, os.scandir) else barred)
    except OutsideTheFenceError:
        print(way.__name__)
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["open", "listdir", "scandir", "connect", "read_text"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "1 test přeskočen: chybí Chromium"),
        (2, "2 testy přeskočeny: chybí Chromium"),
        (5, "5 testů přeskočeno: chybí Chromium"),
    ],
)
def test_skipped_tests_are_counted_in_proper_czech(number: int, sentence: str):
    assert skip_sentences(["Skipped: chybí Chromium"] * number) == [sentence]


def test_the_most_frequent_reason_for_skipping_comes_first():
    assert skip_sentences(["b", "a", "c", "c"]) == [
        "2 testy přeskočeny: c",
        "1 test přeskočen: a",
        "1 test přeskočen: b",
    ]
