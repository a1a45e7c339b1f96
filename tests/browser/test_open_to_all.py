"""Every page in every state: open to all on a phone and a desk, light and dark; whole, quiet, ours.

The states stand in ``support.rooms``. A new view that can be opened by an address needs one there.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser

from referral.accounts.model import Role
from referral.catalog.links import Purpose, RecordLink
from referral.usecases.record_links import make_link, withdraw_link
from referral.web.editing.desk import now
from referral.web.editing.tokens import write_token
from referral.web.routes import ROUTES
from support.accounts import signed_in
from support.browser import DESKTOP, PHONE, Tab
from support.editors import send
from support.matching import a_world
from support.rooms import ELSEWHERE, FILES, HOME_CARE, STATES, Scene, State
from support.site import DemoSite, login_of, sign_in
from support.web import an_app, page_of

LOOKS = ((PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark"))
"""Looked at unfolded; the fourth way, a phone in light, is how a page comes."""


@pytest.fixture(scope="module")
def app() -> Flask:
    """The application for its map of addresses alone."""
    return an_app(a_world())


def view_at(app: Flask, address: str, method: str) -> str:
    """Return the name of the view that answers at an address, in whatever language."""
    path = urlsplit(address).path
    for language in ("/uk", "/en"):
        path = path.removeprefix(language) if path.startswith(f"{language}/") else path
    return app.url_map.bind("localhost").match(path, method=method)[0]


def test_every_view_that_an_address_opens_has_an_example(app: Flask):
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    shown = {state.view for state in STATES}
    assert opened - shown - set(FILES) == set(ELSEWHERE)
    assert set(ELSEWHERE.values()) <= shown
    assert shown | set(FILES) | set(ELSEWHERE) <= set(ROUTES)


def test_every_room_of_those_who_sign_in_is_seen_by_who_may_enter():
    for state in STATES:
        roles = ROUTES[state.view].roles
        if state.status != 403:
            assert not roles or state.role in roles, state.name
    assert {state.role for state in STATES} == {None, *Role}


@pytest.fixture(scope="module")
def links(house: DemoSite) -> Mapping[str, str]:
    """Addresses of signed links, and a change that an editor can undo."""
    edits, key = house.program.edits, house.program.signing_key

    def address(link: RecordLink) -> str:
        return f"/potvrzeni/{write_token(link.id, key)}"

    vacancy, record, withdrawn = (
        make_link(edits, HOME_CARE, purpose, days=7, at=now())
        for purpose in (Purpose.VACANCY, Purpose.RECORD, Purpose.RECORD)
    )
    withdraw_link(edits, withdrawn.id, at=now() + timedelta(seconds=1))
    editor = signed_in(house.app, Role.EDITOR, login=login_of(Role.EDITOR))
    saved = send(
        editor,
        f"/upravy/sluzba/{HOME_CARE}/cekani",
        **{"cekani-dny": "14", "overil": "provider", "duvod": "zavolali jsme", "kam": "ulozit"},
    )
    assert saved.status_code == 303, saved.text
    return {
        "vacancy": address(vacancy),
        "record": address(record),
        "withdrawn": address(withdrawn),
    }


@pytest.fixture(scope="module")
def tabs() -> Iterator[dict[Role | None, Tab]]:
    """One tab for the public and one for each role, opened when first asked for."""
    opened: dict[Role | None, Tab] = {}
    yield opened
    for tab in opened.values():
        tab.close()


@pytest.fixture
def tab_of(browser: Browser, house: DemoSite, tabs: dict[Role | None, Tab]):
    """Return the tab of somebody, its record begun anew."""

    def find(role: Role | None) -> Tab:
        if role not in tabs:
            tabs[role] = Tab.open(browser, house.address, width=PHONE)
            if role:
                sign_in(tabs[role], role)
        if role is None:
            tabs[role].page.context.clear_cookies()
        tabs[role].look(width=PHONE, scheme="light")
        tabs[role].forget()
        return tabs[role]

    return find


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_is_open_to_all_whole_quiet_and_asks_nobody_else(
    state: State, app: Flask, house: DemoSite, links: Mapping[str, str], tab_of
):
    tab = tab_of(state.role)
    state.go(Scene(tab=tab, house=house, links=links))
    tab.page.wait_for_load_state("networkidle")

    answer = tab.answers[-1]
    assert view_at(app, answer.url, answer.request.method) == state.view
    assert answer.status == state.status
    page_of(answer.text())

    assert (tab.axe(), tab.too_wide()) == ([], False)
    tab.unfold()
    for width, scheme in LOOKS:
        tab.look(width=width, scheme=scheme)
        assert (width, scheme, tab.axe(), tab.too_wide()) == (width, scheme, [], False)

    assert tab.strangers() == []
    refusals = [one for one in tab.complaints if f"status of {state.status} " in one]
    assert [one for one in tab.complaints if one not in refusals] == []
    assert len(refusals) == (state.status >= 400)
    cookies = {one["name"] for one in tab.page.context.cookies()}
    assert bool(cookies) == (state.role is not None or state.view == "accounts.sign_in"), cookies
    assert tab.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("view", FILES)
def test_a_file_comes_and_is_no_page(view: str, app: Flask, house: DemoSite):
    assert view_at(app, FILES[view], "GET") == view
    with house.app.test_client().get(FILES[view]) as answer:
        assert answer.status_code == 200
        assert len(answer.data) > 10
        page = answer.mimetype == "text/html"
        assert not page or "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("view", ELSEWHERE)
def test_a_view_that_shows_nothing_leads_to_a_page(view: str, app: Flask, house: DemoSite):
    client = house.app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == view:
            answer = client.get(rule.rule)
            assert answer.status_code == 302
            assert view_at(app, answer.headers["Location"], "GET") == ELSEWHERE[view]
