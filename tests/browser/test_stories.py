"""Three people and what each came for, from the first page to what they carry away."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from referral.accounts.model import Role
from support.browser import HEIGHTS, PHONE, OpenTab, Tab
from support.site import ask, sign_in

GRANNY = "babička po mrtvici jde v pátek z nemocnice"
VILLAGE = "Kryštofovy Hamry"
REFUSED = "58 let, pije, má nehojící se ránu, hrozí mu vystěhování"
A5_MM = (148, 210)
MM_PER_POINT = 25.4 / 72


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF; there has to be some on each of its pages."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert pages
    assert all(page.strip() for page in pages)
    return " ".join(" ".join(pages).split())


def sized(pdf: bytes) -> tuple[int, int]:
    """Return the width and height of the first page, in whole millimetres."""
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width) * MM_PER_POINT), round(float(box.height) * MM_PER_POINT)


def taken(tab: Tab, button: str) -> bytes:
    """Press what gives a file, and return the file."""
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name=button).or_(
            tab.page.get_by_role("link", name=button)
        ).first.click()
    return Path(download.value.path()).read_bytes()


def go_to(tab: Tab, selector: str, *, at_most: int = 90) -> None:
    """Press Tab until the element has the focus, and check that it can be seen where one is."""
    for _ in range(at_most):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            break
    else:
        pytest.fail(f"{selector} cannot be reached with the Tab key")
    outline, width, shadow = tab.page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineStyle, parseFloat(s.outlineWidth), s.boxShadow]; }"
    )
    assert (outline != "none" and width >= 2) or shadow != "none", f"{selector} shows no focus"


# --- A mayor --------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mayor_on_a_phone_learns_whom_to_call_and_takes_it_on_paper(
    open_tab: OpenTab, site: str, *, scripts: bool
):
    tab = open_tab(site, width=PHONE, scripts=scripts)
    ask(tab, says=GRANNY, place=VILLAGE)
    step = tab.page.get_by_role("region", name="První krok")
    for first in (step.locator(".first__who"), step.locator(".first__how")):
        box = first.bounding_box()
        assert box["y"] + box["height"] < HEIGHTS[PHONE]
    for number in step.locator("a[href^='tel:']").all():
        assert number.bounding_box()["height"] >= 44
    # Where the source has no telephone of a service, the answer says where it is to be found.
    assert "telefon" in step.inner_text().casefold()
    assert step.locator(".instead__who").count() == 2

    step.get_by_text("Co říct do telefonu").click()
    assert VILLAGE in step.locator("blockquote").inner_text()
    step.get_by_text("Co si připravit").click()
    assert step.locator(".script li").last.is_visible()

    who = step.locator(".first__who").inner_text().strip()
    slip = taken(tab, "Na papír")
    assert sized(slip) == A5_MM
    assert who in words_of(slip)
    assert GRANNY not in words_of(slip)
    assert (tab.strangers(), tab.complaints, tab.too_wide()) == ([], [], False)


def test_a_mayor_needs_no_mouse(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    tab.page.goto("/")
    keyboard = tab.page.keyboard
    go_to(tab, "#says")
    keyboard.type(GRANNY)
    go_to(tab, "#place")
    keyboard.type("krystofovy ham")
    tab.page.get_by_role("option").first.wait_for()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    assert tab.page.locator("#place").input_value().startswith(VILLAGE)
    go_to(tab, "form.ask button[type=submit]")
    keyboard.press("Enter")
    tab.page.wait_for_url("**/pomoc")
    go_to(tab, ".first__who a")
    go_to(tab, ".instead__who")
    go_to(tab, ".script summary")
    folded = "document.activeElement.closest('details').open"
    before = tab.page.evaluate(folded)
    keyboard.press("Enter")
    assert tab.page.evaluate(folded) != before
    go_to(tab, ".first__take button[name=format]")
    with tab.page.expect_download() as download:
        keyboard.press("Enter")
    assert sized(Path(download.value.path()).read_bytes()) == A5_MM
    go_to(tab, ".asks input:not([type=hidden]), .asks button")
    go_to(tab, ".card h3 a")
    keyboard.press("Enter")
    tab.page.wait_for_url("**/karta/*")
    go_to(tab, "main a[href$='.pdf']")


# --- A social worker ------------------------------------------------------------------------------


def tell_of_the_refused(tab: Tab) -> None:
    """Say what is known of the client whom everybody turned away."""
    page = tab.page
    page.goto("/")
    page.get_by_label("Co se děje?").fill(REFUSED)
    page.get_by_label("Kde člověk žije?").fill("Kadaň")
    page.keyboard.press("Escape")
    page.locator("#profil > summary").click()
    page.get_by_label("Žena, nebo muž").select_option("muz")
    page.get_by_label("Kdy přijde o bydlení").fill("2026-09-30")
    for number, service, reason in (
        (1, "terénní programy kadaňsko", "kapacita"),
        (2, "k-centrum kadaň", "jine"),
    ):
        row = page.get_by_role("group", name=f"{number}. odmítnutí")
        row.get_by_label("Která služba").fill(service)
        row.get_by_label("Jaký uvedla důvod").select_option(reason)
    page.get_by_role("button", name="Najít pomoc").click()
    page.wait_for_load_state("load")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_social_worker_learns_who_takes_the_refused_client_and_what_the_law_says(
    open_tab: OpenTab, site: str, *, scripts: bool
):
    tab = open_tab(site, scripts=scripts)
    tell_of_the_refused(tab)
    page = tab.page
    assert page.url == f"{site}/pomoc"
    setbacks = page.get_by_role("region", name="Co změnila odmítnutí").inner_text()
    assert "Terénní programy - Kadaňsko" in setbacks
    verdicts = page.locator(".card .badge").all_inner_texts()
    assert any(re.search("řijme|Neví se", one) for one in verdicts)
    near = page.get_by_role("region", name="Blízko, ale ne pro vás")
    near.evaluate("one => one.querySelectorAll('details').forEach(it => it.open = true)")
    text = near.inner_text()
    assert "§ 91" in text.replace("\xa0", " ")
    assert "změnit" in text
    plan = page.get_by_role("region", name="Plán").inner_text()
    assert "Do 30." in plan.replace("\xa0", " ")
    letter = words_of(taken(tab, "Dopis ORP podle § 92, PDF k tisku"))
    assert "§ 92" in letter
    assert "Kadaň" in letter
    assert "Terénní programy - Kadaňsko" in letter
    assert (tab.strangers(), tab.complaints) == ([], [])


def test_a_social_worker_counts_how_it_ended(open_tab: OpenTab, site: str):
    tab = open_tab(site)
    sign_in(tab, Role.WORKER)
    tell_of_the_refused(tab)
    with tab.page.context.expect_page() as opened:
        tab.page.get_by_role("link", name="Zapsat, jak to dopadlo").first.click()
    outcome = opened.value
    outcome.get_by_label("Odmítla").check()
    outcome.get_by_label("Užívá alkohol nebo drogy").check()
    outcome.get_by_role("button", name="Započítat").click()
    outcome.get_by_role("heading", level=1).wait_for()
    assert "/vysledek/" in outcome.url
    assert "započít" in outcome.locator("main").inner_text().casefold()


# --- A planner ------------------------------------------------------------------------------------


def test_a_planner_finds_a_gap_whom_to_phone_a_place_and_what_it_would_change(
    open_tab: OpenTab, site: str
):
    tab = open_tab(site)
    page = tab.page
    page.goto("/")
    page.get_by_role("navigation", name="Hlavní").get_by_role("link", name="Mapa mezer").click()
    page.get_by_label("Území", exact=True).select_option(label="Kadaň")
    page.get_by_label("Co má mapa ukázat").select_option("45")
    page.get_by_role("button", name="Ukázat").click()
    page.locator(".gap-map canvas").first.wait_for()
    assert "Kadaň" in page.locator("h1").inner_text()
    calls = page.get_by_role("region", name="Komu zavolat nejdřív").locator(".gap-call")
    assert calls.first.get_by_role("heading").inner_text()
    assert re.search(r"\?", calls.first.inner_text())

    book = load_workbook(io.BytesIO(taken(tab, "Tabulka XLSX")))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert VILLAGE in cells

    page.get_by_role("navigation", name="Stůl").get_by_role("link", name="nové místo").click()
    page.get_by_label("Kolik míst, pracovníků nebo kapacity").fill("2")
    page.get_by_role("button", name="Navrhnout").first.click()
    page.locator(".gap-site").first.wait_for()
    assert page.locator(".gap-site").count() == 2
    page.get_by_role("button", name="Otevřít jako scénář a upravit").click()
    page.wait_for_url("**/mezery/scenar")
    assert "Zlepší se to" in page.locator(".gap-lead").first.inner_text()
    workbook = load_workbook(io.BytesIO(taken(tab, "Tabulka XLSX")))
    assert workbook.sheetnames
    assert (tab.strangers(), tab.complaints) == ([], [])


# --- On paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["results", "card", "gaps"])
def test_what_chromium_prints_says_it_all_and_has_no_menu(open_tab: OpenTab, site: str, page: str):
    tab = open_tab(site)
    if page == "results":
        ask(tab, says=GRANNY, place=VILLAGE)
        wanted = ["První krok", "Kdo může pomoci", "vytištěno 1. 9. 2026"]
    elif page == "card":
        tab.page.goto("/karta/rpss-671")
        wanted = [tab.page.locator("h1").inner_text(), "Zdroj"]
    else:
        tab.page.goto("/mezery?oblast=orp:Kadaň&pravidlo=45")
        tab.page.locator(".gap-map canvas").first.wait_for()
        wanted = ["Kadaň", VILLAGE, "Vejprty"]
    tab.page.wait_for_load_state("networkidle")
    text = words_of(tab.page.pdf(format="A4")).replace("\xa0", " ")
    for one in wanted:
        assert " ".join(one.split()).casefold() in text.casefold(), text
    for menu in (
        "Přeskočit na obsah",
        "Přihlášení pro pracovníky",
        "Katalog Mapa mezer",
        "Українська",
    ):
        assert menu not in text
