"""Somebody who knows more about a client: the open form, the verdicts, the question, no scripts."""

import pytest

from support.browser import OpenTab, Tab
from support.site import SAYS, ask

CASE = "58 let, pije, nemá občanku a spí v autě"


def tell_more(tab: Tab) -> None:
    """Open the profile, fill in some of it with a refusal, and ask."""
    page = tab.page
    page.goto("/")
    page.get_by_label("Co se děje?").fill(CASE)
    page.get_by_label("Kde člověk žije?").fill("Kadaň")
    page.keyboard.press("Escape")
    page.locator("#profil > summary").click()
    page.get_by_label("Žena, nebo muž").select_option("muz")
    page.get_by_label("Kdy přijde o bydlení").fill("2026-11-30")
    page.get_by_role("group", name="Má s sebou psa?").get_by_role(
        "radio", name="ne", exact=True
    ).check()
    row = page.get_by_role("group", name="1. odmítnutí")
    row.get_by_label("Která služba").fill("terénní programy kadaňsko")
    row.get_by_label("Jaký uvedla důvod").select_option("kapacita")
    page.get_by_role("button", name="Najít pomoc").click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_known_is_told_and_answered_with_scripts_or_without(
    open_tab: OpenTab, site: str, *, scripts: bool
):
    tab = open_tab(site, scripts=scripts)
    tell_more(tab)
    assert tab.page.url == f"{site}/pomoc"
    setbacks = tab.page.get_by_role("region", name="Co změnila odmítnutí")
    assert "vyřazena služba: Terénní programy - Kadaňsko" in setbacks.inner_text()
    assert "Do 30." in tab.page.get_by_role("region", name="Plán").inner_text()
    assert tab.page.locator(".card .badge").first.is_visible()


def test_the_deciding_question_is_answered_with_one_click(open_tab: OpenTab, site: str):
    tab = open_tab(site, scripts=False)
    ask(tab, says=SAYS)
    question = tab.page.get_by_role("region", name="Jedna otázka")
    asked = question.locator(".asks__text").inner_text()
    field = question.locator("input[inputmode=numeric]")
    if field.count():
        field.fill("82")
    question.get_by_role("button").last.click()
    tab.page.wait_for_load_state("load")
    assert tab.page.url == f"{site}/pomoc"
    again = tab.page.locator(".asks__text")
    assert not again.count() or again.inner_text() != asked


def test_a_refusal_is_told_on_the_card_with_two_clicks(open_tab: OpenTab, site: str):
    tab = open_tab(site, scripts=False)
    ask(tab)
    first = tab.page.locator(".card").first
    name = first.locator("h3 a").inner_text()
    first.get_by_text("Už odmítli?").click()
    first.locator("select[name=refused]").select_option(label="Plná kapacita")
    first.get_by_role("button", name="Přepočítat").click()
    tab.page.wait_for_load_state("load")
    assert name in tab.page.get_by_role("region", name="Co změnila odmítnutí").inner_text()
    assert tab.page.locator(".card").first.locator("h3 a").inner_text() != name
