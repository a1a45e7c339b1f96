"""A command loads what it needs and no more: whoever asks one question must not wait for maps."""

import subprocess
import sys

import pytest

from referral.bootstrap import build
from referral.settings import Settings

HEAVY = {"alembic", "flask", "folium", "pyproj", "shapely", "werkzeug", "xlsxwriter"}
NOT_FOR_HEARING = (
    "referral.catalog.places",
    "referral.catalog.snapshot",
    "referral.matching.ranking",
    "referral.network",
    "referral.storage.engine",
    "referral.storage.rows",
    "referral.web.presenters",
)
BOOTSTRAP = """
import sys
from referral.bootstrap import build
from referral.settings import Settings
build(Settings.from_env()).close()
print(*sys.modules, file=sys.stderr)
"""
NEEDS = """
import sys
from referral.cli.main import cli
cli.main(["needs", "babička se nemůže sama umýt"], prog_name="referral", standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""
HELP = """
import sys
from referral.cli.main import cli
cli.main(["--help"], prog_name="referral", standalone_mode=False)
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


def test_hearing_a_phrase_loads_neither_maps_nor_pages_nor_the_database_library(database):
    said, modules = run(NEEDS, database)
    assert "PEC-HYG" in said
    assert modules & (HEAVY | {"asyncio", "scipy", "sqlalchemy"}) == set()
    own = {name for name in modules if name.startswith("referral.")}
    assert {name for name in own if name.startswith(NOT_FOR_HEARING)} == set()


def test_the_list_of_commands_loads_none_of_them(database):
    said, modules = run(HELP, database)
    assert "needs" in said
    assert modules & (HEAVY | {"numpy", "sqlalchemy"}) == set()
    assert {name for name in modules if name.startswith("referral.cli.")} == {
        "referral.cli.main",
        "referral.cli.summaries",
    }


def test_putting_the_program_together_loads_no_library(database):
    _, modules = run(BOOTSTRAP, database)
    assert modules & (HEAVY | {"click", "numpy", "scipy", "sqlalchemy"}) == set()


def test_the_command_that_asks_who_helps_loads_neither_maps_nor_pages(database):
    _, modules = run(MATCH, database)
    assert "referral.cli.ask" in modules
    assert modules & HEAVY == set()
