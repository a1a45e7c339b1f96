"""What every test shares: Hypothesis profiles, the fence, and an honest account of skips."""

import os
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling, Scheduling

from referral.catalog.snapshot import Catalog
from referral.ingest.embedded import read_embedded
from referral.resources import data_dir
from support.fence import FORBIDDEN_FOLDER, Fence
from support.report import NO_CHECKOUT, skip_sentences

ROOT = Path(__file__).resolve().parent.parent
IN_CHECKOUT = (ROOT / "referral").is_dir() and (ROOT / "Makefile").is_file()
_LONGEST = "tests/browser/test_open_to_all.py"
_HEAVINESS = {"tests/browser": 0, "tests/property": 1, "tests/integration": 2, "tests/cli": 3}
ALL_MUST_RUN = os.environ.get("REFERRAL_REQUIRE_ALL_TESTS", "") not in {"", "0"}

# On a shared machine a slow example says nothing about the rule it tests.
settings.register_profile(
    "dev", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
# CI repeats the same examples, so that only a change can turn it red.
settings.register_profile(
    "ci", parent=settings.get_profile("dev"), derandomize=True, max_examples=50, print_blob=True
)
settings.register_profile("deep", parent=settings.get_profile("dev"), max_examples=2000)
# The installed wheel holds the same rules; what may be missing from it shows in a few examples.
settings.register_profile("packaged", parent=settings.get_profile("ci"), max_examples=10)
settings.load_profile("packaged" if not IN_CHECKOUT else "ci" if os.environ.get("CI") else "dev")

# The developer's own database and secret must not reach the suite.
for name in ("REFERRAL_DATABASE_URL", "REFERRAL_PUBLIC_URL", "REFERRAL_SECRET_KEY"):
    os.environ.pop(name, None)


def pytest_configure(config: pytest.Config) -> None:
    """Put up the fence and name the marker of tests that need the checkout."""
    config.addinivalue_line("markers", "checkout: reads files that only a checkout holds")
    barred = os.environ.get(FORBIDDEN_FOLDER)
    Fence.around(ROOT, extra=[Path(barred)] if barred else []).put_up()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a checkout where there is none; begin with what takes longest.

    A worker takes whole files: a long one begun last would run alone.
    """
    items.sort(
        key=lambda item: (
            not item.nodeid.startswith(_LONGEST),
            _HEAVINESS.get("/".join(item.nodeid.split("/")[:2]), len(_HEAVINESS)),
        )
    )
    for item in items:
        if item.get_closest_marker("checkout") and not IN_CHECKOUT:
            item.add_marker(pytest.mark.skip(reason=NO_CHECKOUT))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Deal the suite out to workers file by file: what a file shares is made once."""
    config.option.loadscopereorder = False  # the order above, not that of how many tests a file has
    return LoadFileScheduling(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where every test must run (REFERRAL_REQUIRE_ALL_TESTS=1)."""
    report = yield
    if not (ALL_MUST_RUN and report.skipped) or hasattr(report, "wasxfail"):
        return report
    if item.get_closest_marker("checkout") and not IN_CHECKOUT:
        return report
    report.outcome = "failed"
    report.longrepr = f"every test must run here, but this one was skipped: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Refuse a file that skips itself whole where every test must run."""
    report = yield
    if ALL_MUST_RUN and report.skipped:
        report.outcome = "failed"
        report.longrepr = (
            f"every test must run here, but a whole file was skipped: {report.longrepr}"
        )
    return report


@pytest.fixture(scope="session")
def embedded() -> Catalog:
    """The catalogue that the program ships, read once."""
    return read_embedded(data_dir()).catalog()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped, and why."""
    sentences = skip_sentences(
        _reason(report) for report in terminalreporter.stats.get("skipped", [])
    )
    if sentences:
        terminalreporter.section("přeskočené testy", sep="-")
    for sentence in sentences:
        terminalreporter.write_line(sentence)


def _reason(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2])
    return str(report.longrepr)


def pytest_report_header() -> str:
    """Say which program is under test: the checkout's or the installed wheel's."""
    spec = find_spec("referral")
    return f"referral: {spec.origin if spec else 'not installed'}"
