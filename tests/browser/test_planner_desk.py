"""The planner's desk under a reader's hands: suggested places, scenarios, need beside the gap."""

import pytest

from support.browser import OpenTab, Tab

KRAJ = "oblast=kraj:Ústecký kraj"
PAGES = {
    "sites": f"/mezery/mista?{KRAJ}&pravidlo=45&pocet=3",
    "need": f"/mezery/potreba?{KRAJ}&pravidlo=45",
    "orps": f"/mezery?{KRAJ}&uroven=orp&pravidlo=45",
    "capacity": f"/mezery?{KRAJ}&norma=prumer-cr",
    "form": "/mezery/scenar",
}
ROWS = "[data-gaps-rows] tr"


def visit(tab: Tab, page: str) -> None:
    """Go to a page of the desk; a scenario is reached from the suggested places."""
    if page == "scenario":
        tab.page.goto(PAGES["sites"])
        tab.page.get_by_role("button", name="Otevřít jako scénář a upravit").click()
        tab.page.wait_for_url("**/mezery/scenar")
    else:
        tab.page.goto(PAGES[page])
    tab.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("page", ["sites", "need", "orps", "scenario"])
def test_the_map_has_a_shape_for_every_row_of_its_table(open_tab: OpenTab, site: str, page: str):
    tab = open_tab(site)
    visit(tab, page)
    tab.page.locator(".gap-map canvas").first.wait_for()
    rows = tab.page.locator(ROWS).count()
    drawn = tab.page.evaluate(
        "JSON.parse(document.getElementById('gaps-shapes').textContent).places.features.length"
    )
    assert rows == drawn > 10


def test_suggested_places_are_numbered_on_the_map_as_in_the_list(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    visit(tab, "sites")
    assert tab.page.locator(".gap-marker").all_inner_texts() == ["1", "2", "3"]
    assert tab.page.locator(".gap-site .gap-pin").all_inner_texts() == ["1", "2", "3"]
    tab.page.locator(".gap-marker").first.hover()
    tip = tab.page.locator(".gap-tip")
    tip.wait_for()
    name = tab.page.locator(".gap-site h3").first.inner_text()
    assert tip.locator(".gap-tip-name").inner_text() in name


@pytest.mark.parametrize("page", ["sites", "need"])
def test_the_table_is_reached_and_sorted_with_the_keyboard(open_tab: OpenTab, site: str, page: str):
    tab = open_tab(site)
    visit(tab, page)
    people = f"{ROWS} td.gap-number"

    def numbers() -> list[int]:
        return tab.page.locator(people).evaluate_all("cells => cells.map(c => +c.dataset.sort)")

    for _ in range(80):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("document.activeElement.textContent.trim() === 'Obyvatel'"):
            break
    tab.page.keyboard.press("Enter")
    assert numbers() == sorted(numbers())
    tab.page.keyboard.press("Enter")
    assert numbers() == sorted(numbers(), reverse=True)


@pytest.mark.parametrize("page", ["sites", "need", "orps"])
def test_without_scripts_the_drawn_map_stands_in_and_the_table_says_it_all(
    open_tab: OpenTab, site: str, page: str
):
    tab = open_tab(site, scripts=False)
    visit(tab, page)
    drawn = tab.page.locator("img.gap-drawn")
    drawn.wait_for()
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 0")
    assert tab.page.locator(".gap-map").is_hidden()
    assert tab.page.locator(ROWS).count() > 10
    assert tab.complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_scenario_is_put_together_without_writing_a_line(
    open_tab: OpenTab, site: str, *, scripts: bool
):
    tab = open_tab(site, scripts=scripts)
    tab.page.goto(PAGES["form"])
    tab.page.get_by_label("Co se má stát").select_option("add")
    tab.page.get_by_label("Druh služby").select_option("45")
    tab.page.get_by_label("Forma").select_option("A")
    tab.page.get_by_label("Kde bude").fill("Duchcov")
    tab.page.get_by_role("button", name="Přidat změnu a ukázat").click()
    tab.page.wait_for_load_state("load")
    assert "Zlepší se to" in tab.page.locator(".gap-lead").first.inner_text()
    assert tab.page.url == f"{site}/mezery/scenar"
    with tab.page.expect_download() as taken:
        tab.page.get_by_role("button", name="Scénář TOML").click()
    assert "Duchcov" in taken.value.path().read_text("utf-8")


def test_what_was_downloaded_opens_again_from_a_file(open_tab: OpenTab, site: str, tmp_path):
    tab = open_tab(site)
    visit(tab, "scenario")
    lead = tab.page.locator(".gap-lead").first.inner_text()
    with tab.page.expect_download() as taken:
        tab.page.get_by_role("button", name="Scénář TOML").click()
    file = tmp_path / "scenar.toml"
    file.write_bytes(taken.value.path().read_bytes())
    tab.page.goto(PAGES["form"])
    tab.page.get_by_text("Scénář jako text nebo soubor").click()
    tab.page.get_by_label("Otevřít soubor").set_input_files(file)
    tab.page.get_by_role("button", name="Ukázat, co by se změnilo").click()
    tab.page.wait_for_load_state("load")
    assert tab.page.locator(".gap-lead").first.inner_text() == lead


def test_on_paper_there_is_the_map_its_legend_the_whole_table_and_the_sources(
    open_tab: OpenTab, site: str
):
    tab = open_tab(site)
    visit(tab, "sites")
    tab.page.emulate_media(media="print")
    assert not tab.page.locator(".gap-ask").is_visible()
    assert not tab.page.locator(".gap-desk").is_visible()
    assert tab.page.locator(".gap-map").is_visible()
    assert tab.page.locator(".gap-legend").first.is_visible()
    scroll = tab.page.locator(".gap-scroll--long").evaluate(
        "box => box.scrollHeight - box.clientHeight"
    )
    assert scroll <= 1
    assert "Zdroj údajů" in tab.page.locator("#estimates-heading + ul").inner_text()
