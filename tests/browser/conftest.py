"""The browser, the site and tabs that keep a record."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from support.browser import OpenTab, Tab, chromium, find_chromium
from support.report import NO_CHROMIUM
from support.site import DemoSite, demo_house


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for the browser."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; tests that need it are skipped where there is none."""
    executable = find_chromium()
    if executable is None:
        pytest.skip(NO_CHROMIUM)
    with chromium(executable) as running:
        yield running


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """The real application over the shipped catalogue, with an account for each role."""
    with demo_house(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture(scope="session")
def site(house: DemoSite) -> str:
    """Its address."""
    return house.address


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[OpenTab]:
    """Open tabs with ``open_tab(site, width=…, scheme=…, scripts=…)``; they close by themselves."""
    tabs: list[Tab] = []

    def open_one(site: str, **options: object) -> Tab:
        tabs.append(Tab.open(browser, site, **options))
        return tabs[-1]

    yield open_one
    for tab in tabs:
        tab.close()
