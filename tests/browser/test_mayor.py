"""A mayor on a phone: one screen, questions answered in place, with scripts or without."""

import pytest

from support.browser import DESKTOP, PHONE, OpenTab
from support.site import ask

SAYS = "babička po mrtvici jde v pátek z nemocnice"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_asked_back_is_answered_with_scripts_or_without(
    open_tab: OpenTab, site: str, *, scripts: bool
):
    tab = open_tab(site, width=PHONE, scripts=scripts)
    ask(tab, says=SAYS)
    loads = [url for url in tab.requests if url.endswith("/pomoc")]
    assert len(loads) == 1
    tab.page.get_by_role("region", name="Jedna otázka").get_by_role("textbox").fill("84")
    tab.page.get_by_role("region", name="Jedna otázka").get_by_role("button").click()
    tab.page.get_by_text("věk 84 let").first.wait_for()
    assert tab.page.url == f"{site}/pomoc"
    assert tab.strangers() == []
    assert tab.complaints == []


def test_an_answer_in_place_draws_its_map_and_keeps_the_page(open_tab: OpenTab, site: str):
    tab = open_tab(site, width=DESKTOP)
    ask(tab, says=SAYS)
    tab.page.evaluate("window.stays = true")
    tab.page.get_by_role("region", name="Jedna otázka").get_by_role("textbox").fill("84")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_text("věk 84 let").first.wait_for()
    tab.page.locator(".map-home").wait_for()
    assert tab.page.evaluate("window.stays")
    assert tab.page.evaluate("document.activeElement === document.querySelector('main')")
    assert tab.page.evaluate("window.scrollY") == 0
    assert "84" not in tab.page.url
    tab.page.get_by_text("Není to ono?").click()
    tab.page.get_by_label("Kde člověk žije?").fill("Kada")
    tab.page.get_by_role("option").first.wait_for()
    assert tab.axe() == []
    assert tab.complaints == []


def test_a_mistake_made_in_place_is_told_and_loses_nothing(open_tab: OpenTab, site: str):
    tab = open_tab(site, width=DESKTOP)
    ask(tab, says=SAYS)
    tab.page.get_by_text("Není to ono?").click()
    tab.page.get_by_label("Kde člověk žije?").fill("Xyzov nad Ničím")
    tab.page.get_by_role("button", name="Hledat znovu").click()
    tab.page.get_by_role("alert").first.wait_for()
    assert tab.page.evaluate("document.activeElement.hasAttribute('data-focus')")
    assert tab.page.get_by_label("Co se děje?").input_value() == SAYS
    assert tab.page.title().startswith("Chyba v zadání")


def test_the_first_step_and_two_others_stand_on_the_first_screens_of_a_phone(
    open_tab: OpenTab, site: str
):
    tab = open_tab(site, width=PHONE)
    ask(tab, says=SAYS)
    step = tab.page.get_by_role("region", name="První krok")
    assert step.get_by_role("link").first.bounding_box()["y"] < 844
    assert tab.page.locator(".instead__who").count() == 2
    tab.page.get_by_text("Co říct do telefonu").click()
    assert "obce Vejprty" in tab.page.locator("blockquote").inner_text()
    assert not tab.too_wide()
    assert tab.axe() == []


def test_the_slip_is_a_download_that_leaves_the_answer_where_it_is(open_tab: OpenTab, site: str):
    tab = open_tab(site, width=PHONE)
    ask(tab, says=SAYS)
    with tab.page.expect_download() as taken:
        tab.page.get_by_role("button", name="Na papír").click()
    assert taken.value.suggested_filename == "komu-zavolat.pdf"
    assert tab.page.get_by_role("region", name="První krok").is_visible()
