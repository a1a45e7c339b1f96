"""What holds wherever one asks: nothing told leaves the page; no mouse and no script is needed."""

import pytest

from support.browser import OpenTab, Tab
from support.site import ask


def test_what_is_said_about_a_client_never_enters_an_address(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    ask(tab, says="babička spadla")
    tab.page.wait_for_load_state("networkidle")
    assert tab.page.url == f"{site}/pomoc"
    assert [url for url in tab.requests if "spadla" in url or "babi" in url] == []


def names(tab: Tab) -> list[str]:
    """Return the services on the page of results, in order, with their scores."""
    tab.page.locator(".card").first.wait_for()
    return [text.strip() for text in tab.page.locator(".card h3, .card .score").all_inner_texts()]


def test_the_same_question_has_the_same_answer_without_scripts(open_tab: OpenTab, site: str):
    with_scripts, without = open_tab(site), open_tab(site, scripts=False)
    ask(with_scripts)
    ask(without)
    assert names(with_scripts) == names(without)
    assert without.complaints == []


def test_a_question_can_be_asked_with_the_keyboard_alone(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto("/")
    keyboard = tab.page.keyboard
    tab_to(tab, "#says")
    keyboard.type("potřebuje pomoct s hygienou")
    tab_to(tab, "#place")
    keyboard.type("Vejprty")
    keyboard.press("Escape")
    tab_to(tab, "form.ask button[type=submit]")
    keyboard.press("Enter")
    tab.page.wait_for_url("**/pomoc")
    tab_to(tab, ".card a")


def tab_to(tab: Tab, selector: str, *, at_most: int = 60) -> None:
    """Press Tab until the element has the focus, and check that the focus can be seen."""
    for _ in range(at_most):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            style = tab.page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return [s.outlineStyle, s.boxShadow]; }"
            )
            assert style != ["none", "none"], f"{selector} shows no focus"
            return
    pytest.fail(f"{selector} cannot be reached with the Tab key")


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto("/")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "obsah"


def test_a_misspelt_village_is_found_as_one_types(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto("/")
    tab.page.get_by_label("Kde člověk žije?").press_sequentially("vejprti")
    tab.page.get_by_role("option", name="Vejprty").first.wait_for()
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    assert tab.page.get_by_label("Kde člověk žije?").input_value() == "Vejprty (ORP Kadaň)"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_name_shared_by_two_places_is_asked_back(open_tab: OpenTab, site: str, *, scripts: bool):
    tab = open_tab(site, scripts=scripts)
    ask(tab, place="Březová")
    choices = tab.page.get_by_role("group", name="Kde člověk žije?").get_by_role("radio")
    assert choices.count() >= 2
    choices.nth(0).check()
    tab.page.get_by_role("button", name="Najít pomoc").click()
    tab.page.wait_for_load_state("load")
    assert tab.page.locator("h1").inner_text().startswith("Pomoc pro obec Březová")
