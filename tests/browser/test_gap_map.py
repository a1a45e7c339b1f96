"""The gap map under a reader's hands: in the page and in the file kept on a disk."""

from datetime import date
from pathlib import Path

import pytest

from referral.ingest.norm_file import DEFAULT_NORM, read_norm
from referral.ingest.policy_file import read_policy
from referral.network.gaps import GapReport
from referral.resources import data_dir
from referral.usecases.find_gaps import find_gaps
from referral.web.maps import standalone_map
from support.browser import DESKTOP, PHONE, OpenTab, Tab

KADAN = "/mezery?oblast=orp:Kadaň&pravidlo=42"
ROWS = "[data-gaps-rows] tr"


@pytest.fixture(scope="module")
def report(embedded) -> GapReport:
    data = data_dir()
    return find_gaps(
        embedded.territory.in_area("Kadaň"),
        area="Kadaň",
        norm=read_norm(data / "norms" / f"{DEFAULT_NORM}.toml"),
        catalog=embedded,
        policy=read_policy(data / "matching" / "policy.toml"),
        today=date(2026, 9, 1),
    )


@pytest.fixture(scope="module")
def saved(embedded, report, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("mapa") / "mezery.html"
    path.write_text(standalone_map(report, embedded), "utf-8")
    return path


@pytest.fixture(scope="module")
def packed(embedded, report, tmp_path_factory) -> Path:
    """Save the same report as if it were of the whole country."""
    path = tmp_path_factory.mktemp("zeme") / "mezery.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("referral.web.gaps_packed.MOST_WRITTEN_OUT", 1)
        path.write_text(standalone_map(report, embedded), "utf-8")
    return path


def colours(tab: Tab) -> int:
    """Return how many colours the map's canvas shows: none painted means one."""
    tab.page.locator(".gap-map canvas").wait_for()
    return tab.page.evaluate("""() => {
        const canvas = document.querySelector('.gap-map canvas');
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        const seen = new Set();
        for (let i = 0; i < pixels.length; i += 4) seen.add(pixels.slice(i, i + 4).join());
        return seen.size;
    }""")


def statuses(tab: Tab) -> list[str]:
    return tab.page.locator(f"{ROWS} [data-value]").all_inner_texts()


def test_the_page_paints_its_map_and_labels_its_towns(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto(KADAN)
    assert colours(tab) > 5
    assert tab.page.locator(".gap-town").all_inner_texts() == ["Kadaň"]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_saved_file_is_whole_quiet_and_open_to_all(open_tab: OpenTab, saved: Path, width: int):
    tab = open_tab("", width=width)
    tab.page.goto(saved.as_uri())
    assert colours(tab) > 5
    assert tab.requests == [saved.as_uri()]
    assert tab.complaints == []
    assert tab.axe() == []
    assert not tab.too_wide()


def test_another_rule_changes_words_table_and_map_of_the_saved_file_together(
    open_tab: OpenTab, saved: Path, report: GapReport
):
    tab = open_tab("")
    tab.page.goto(saved.as_uri())
    order = tab.page.locator(ROWS).evaluate_all("rows => rows.map(row => row.dataset.code)")
    for rule in ("63", "39", "40"):
        tab.page.get_by_label("Co má mapa ukázat").select_option(rule)
        words = {"met": "splněno", "partial": "částečně", "gap": "mezera", "unknown": "neznámo"}
        expected = {
            one.municipality: words[one.status.value] for one in report.results if one.rule == rule
        }
        assert statuses(tab) == [expected[code] for code in order]
        heading = tab.page.locator("#gaps-heading").inner_text()
        assert f"§\u00a0{rule}" in heading
        assert heading in tab.page.locator("#gaps-caption").inner_text()
        gaps = list(expected.values()).count("mezera")
        assert tab.page.locator("[data-legend=gap] [data-count]").inner_text() == str(gaps)
        assert tab.page.locator("[data-legend=n0]").is_hidden()
    assert tab.complaints == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_country_s_file_is_whole_quiet_and_open_to_all(
    open_tab: OpenTab, packed: Path, width: int
):
    tab = open_tab("", width=width)
    tab.page.goto(packed.as_uri())
    assert colours(tab) > 5
    assert tab.requests == [packed.as_uri()]
    assert tab.complaints == []
    assert tab.axe() == []
    assert not tab.too_wide()


def test_a_country_s_file_shows_the_table_and_the_picture_of_one_written_out(
    open_tab: OpenTab, saved: Path, packed: Path
):
    def shown(path: Path) -> list[tuple[list[str], list[str], int]]:
        tab = open_tab("")
        tab.page.goto(path.as_uri())
        seen = []
        for rule in ("", "63", "40"):
            tab.page.get_by_label("Co má mapa ukázat").select_option(rule)
            tab.page.get_by_role("button", name="Obyvatel").click()
            rows = tab.page.locator(ROWS)
            cells = (
                "rows => rows.map(row => [...row.children].map(cell => cell.dataset.sort || ''))"
            )
            seen.append((rows.all_inner_texts(), rows.evaluate_all(cells), colours(tab) > 5))
        return seen

    assert shown(packed) == shown(saved)


def test_without_scripts_a_country_s_file_says_where_its_table_is(open_tab: OpenTab, packed: Path):
    tab = open_tab("", scripts=False)
    tab.page.goto(packed.as_uri())
    assert tab.page.get_by_text("Celou ji má sešit XLSX.").is_visible()


def test_the_saved_file_begins_and_ends_with_all_rules_together(open_tab: OpenTab, saved: Path):
    tab = open_tab("")
    tab.page.goto(saved.as_uri())
    first = statuses(tab)
    tab.page.get_by_label("Co má mapa ukázat").select_option("63")
    assert tab.page.locator("[data-legend-uncertain]").is_visible()
    tab.page.get_by_label("Co má mapa ukázat").select_option("")
    assert statuses(tab) == first
    assert tab.page.locator("[data-legend-uncertain]").is_hidden()
    assert tab.page.locator("[data-legend=n0]").is_visible()


def test_without_scripts_the_saved_file_still_tells_everything_in_its_tables(
    open_tab: OpenTab, saved: Path, report: GapReport
):
    tab = open_tab("", scripts=False)
    tab.page.goto(saved.as_uri())
    assert tab.page.locator(ROWS).count() == len(report.municipalities)
    assert tab.page.get_by_label("Co má mapa ukázat").is_hidden()


def test_without_scripts_the_page_says_so_and_shows_the_table(open_tab: OpenTab, site: str):
    tab = open_tab(site, scripts=False)
    tab.page.goto(KADAN)
    assert tab.page.get_by_text("Mapa potřebuje JavaScript.").is_visible()
    assert tab.page.locator(".gap-map").is_hidden()
    assert tab.page.locator(ROWS).count() > 10


def test_a_column_sorts_up_and_down_with_the_keyboard(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto(KADAN)
    people = f"{ROWS} td.gap-number"

    def numbers() -> list[int]:
        return tab.page.locator(people).evaluate_all("cells => cells.map(c => +c.dataset.sort)")

    button = tab.page.get_by_role("button", name="Obyvatel")
    button.focus()
    tab.page.keyboard.press("Enter")
    assert numbers() == sorted(numbers())
    head = tab.page.locator("th", has=button)
    assert head.get_attribute("aria-sort") == "ascending"
    tab.page.keyboard.press("Enter")
    assert numbers() == sorted(numbers(), reverse=True)
    assert head.get_attribute("aria-sort") == "descending"


def test_names_sort_by_the_czech_alphabet_and_statuses_by_how_bad_they_are(
    open_tab: OpenTab, site: str
):
    tab = open_tab(site)
    tab.page.goto(KADAN)
    tab.page.get_by_role("button", name="Obec").click()
    names = tab.page.locator(f"{ROWS} th").evaluate_all("cells => cells.map(c => c.dataset.sort)")
    assert names.index("Domašín") < names.index("Chbany") < names.index("Kadaň")
    tab.page.get_by_role("button", name="Stav").click()
    tab.page.get_by_role("button", name="Stav").click()
    worst_first = ["mezera", "neznámo", "částečně", "splněno"]
    ranks = [worst_first.index(status) for status in statuses(tab)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


def test_a_municipality_under_the_pointer_tells_its_name_and_status(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto(KADAN)
    colours(tab)
    tab.page.locator(".gap-town").scroll_into_view_if_needed()
    tip = tab.page.locator(".gap-tip")
    for step in range(100):  # the map may still be finding its place when the pointer first comes
        label = tab.page.locator(".gap-town").bounding_box()
        tab.page.mouse.move(label["x"] + step % 3, label["y"] + 12)
        if tip.is_visible():
            break
        tab.page.wait_for_timeout(100)
    assert "Kadaň" in tip.inner_text()
    assert "ORP Kadaň, obyvatel: 18" in tip.inner_text()
