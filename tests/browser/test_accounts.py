"""Signing in and accounts in a real browser: by key, by eye, without scripts, and no longer."""

from collections.abc import Iterator

import pytest

from referral.accounts.model import Role
from referral.catalog.snapshot import Catalog
from referral.settings import Settings
from referral.usecases.accounts import Accounts
from referral.web.app import create_app
from support.accounts import DOOR, LIST, OTHER, PASSWORD, WRONG, Clock, held_accounts, with_account
from support.browser import OpenTab, Tab, serving
from support.site import TODAY
from support.web import StandIn

ADMIN, EDITOR = "spravce-uctu", "kadan-editor"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(clock: Clock) -> Accounts:
    made = held_accounts(clock=clock)
    with_account(made, ADMIN, [Role.ADMIN, Role.EDITOR])
    with_account(made, EDITOR, [Role.EDITOR])
    return made


@pytest.fixture
def site(embedded: Catalog, accounts: Accounts) -> Iterator[str]:
    """The address of an application whose accounts are made for one test."""
    program = StandIn(embedded)
    program.accounts = accounts
    with serving(create_app(program, settings=Settings(), today=lambda: TODAY)) as address:
        yield address


def enter(tab: Tab, login: str = ADMIN, password: str = PASSWORD) -> None:
    """Sign in with the keyboard alone, from wherever the tab is."""
    tab.page.goto(DOOR)
    tab.page.get_by_label("Přihlašovací jméno").focus()
    keyboard = tab.page.keyboard
    keyboard.type(login)
    keyboard.press("Tab")
    keyboard.type(password)
    with tab.page.expect_navigation():
        keyboard.press("Enter")


def quiet(tab: Tab, *, expected: int = 0) -> None:
    """Check a page as every page is checked; a refusal is told to the console as well."""
    tab.page.wait_for_load_state("networkidle")
    assert len([one for one in tab.complaints if "status of 4" not in one]) == 0
    assert len(tab.complaints) == expected
    assert tab.strangers() == []
    assert tab.axe() == []
    assert not tab.too_wide()


def test_one_signs_in_and_out_with_the_keyboard_alone(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto(LIST)
    assert tab.page.url == f"{site}{DOOR}?next={LIST}"
    keyboard = tab.page.keyboard
    press_until(tab, "#login")
    keyboard.type(ADMIN)
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    press_until(tab, "main form button[type=submit]")
    keyboard.press("Enter")
    tab.page.wait_for_url(f"{site}{LIST}")
    tab.page.keyboard.press("Home")
    press_until(tab, "form[action='/ucet/odhlaseni'] button")
    keyboard.press("Enter")
    tab.page.wait_for_url(f"{site}/")
    assert tab.page.context.cookies() == []
    tab.page.go_back()
    tab.page.wait_for_load_state("load")
    assert "Kdo se může přihlásit" not in tab.page.locator("main").inner_text()


def press_until(tab: Tab, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(40):
        if tab.page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
        tab.page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached with the Tab key")


def test_a_wrong_password_brings_the_focus_to_what_is_wrong(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    enter(tab, password=WRONG)
    assert tab.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    tab.page.get_by_role("alert").get_by_role("link").click()
    assert tab.page.evaluate("document.activeElement.id") == "login"


def test_a_password_can_be_shown_and_is_sent_hidden_again(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto(DOOR)
    field = tab.page.locator("#password")
    field.fill(PASSWORD)
    button = tab.page.get_by_role("button", name="Zobrazit heslo")
    assert button.bounding_box()["height"] >= 44
    button.click()
    assert field.get_attribute("type") == "text"
    tab.page.get_by_role("button", name="Skrýt heslo").click()
    assert field.get_attribute("type") == "password"


def test_without_scripts_everything_works_but_showing_a_password(
    open_tab: OpenTab, site: str, accounts: Accounts
):
    tab = open_tab(site, scripts=False)
    enter(tab, EDITOR)
    assert tab.page.url == f"{site}/ucet"
    assert tab.page.get_by_role("button", name="Zobrazit heslo").count() == 0
    tab.page.get_by_label("Dosavadní heslo").fill(PASSWORD)
    tab.page.get_by_label("Nové heslo", exact=True).fill(OTHER)
    tab.page.get_by_label("Nové heslo ještě jednou").fill(OTHER)
    tab.page.get_by_role("button", name="Změnit heslo").click()
    tab.page.get_by_role("status").wait_for()
    assert accounts.sign_in(EDITOR, password=OTHER, address="")
    tab.page.get_by_role("button", name="Odhlásit", exact=True).click()
    tab.page.wait_for_url(f"{site}/")


def test_what_was_typed_survives_the_end_of_the_session(
    open_tab: OpenTab, site: str, accounts: Accounts, clock: Clock
):
    """Sent too late, it is kept on the page; signed in elsewhere, it is sent again."""
    tab = open_tab(site)
    enter(tab)
    tab.page.goto(LIST)
    tab.page.get_by_label("Přihlašovací jméno").fill("pracovnice-mesta")
    tab.page.get_by_role("group", name="Role").last.get_by_label("Sociální práce").check()
    clock.pass_by(hours=2)
    tab.page.get_by_role("button", name="Založit účet").click()
    tab.page.get_by_role("heading", name="Přihlášení skončilo").wait_for()
    quiet(tab, expected=1)
    with tab.page.context.expect_page() as opened:
        tab.page.get_by_role("link", name="Přihlásit se v nové kartě").click()
    door = opened.value
    door.get_by_label("Přihlašovací jméno").fill(ADMIN)
    door.locator("#password").fill(PASSWORD)
    door.get_by_role("button", name="Přihlásit", exact=True).click()
    door.wait_for_url("**/ucet")
    tab.page.get_by_role("button", name="Odeslat znovu").click()
    tab.page.get_by_role("heading", name="Formulář je třeba odeslat znovu").wait_for()
    quiet(tab, expected=2)
    tab.page.get_by_role("button", name="Odeslat znovu").click()
    tab.page.locator("code.given").wait_for()
    assert accounts.named("pracovnice-mesta").roles == {Role.WORKER}
