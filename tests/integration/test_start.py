"""A command loads what it needs and no more: whoever asks one question must not wait for maps."""

import subprocess
import sys

import pytest

from referral.bootstrap import build
from referral.settings import Settings

HEAVY = {"alembic", "flask", "folium", "pyproj", "shapely", "werkzeug", "xlsxwriter"}
NEEDS = """
import sys
from referral.cli.main import cli
cli.main(["needs", "babička se nemůže sama umýt"], prog_name="referral", standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""
MATCH = """
import sys
import referral.cli.ask
print(*sys.modules, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('start')}/catalogue.sqlite3"
    program = build(Settings(database_url=url))
    program.migrate()
    program.ensure_words()
    program.close()
    return url


def run(script, database):
    """Return what a new process prints and the names of all modules it has loaded."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script],
        env={"REFERRAL_DATABASE_URL": database, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, set(done.stderr.split())


def test_hearing_a_phrase_loads_neither_maps_nor_pages_nor_places(database):
    said, modules = run(NEEDS, database)
    assert "PEC-HYG" in said
    assert modules & HEAVY == set()
    assert modules & {"referral.catalog.places", "referral.network.gaps"} == set()


def test_the_command_that_asks_who_helps_loads_neither_maps_nor_pages(database):
    _, modules = run(MATCH, database)
    assert "referral.cli.ask" in modules
    assert modules & HEAVY == set()
