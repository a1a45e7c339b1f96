"""Correcting in a real browser: two taps on a phone, a map that only ticks a list, keys alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from referral.accounts.model import Role
from referral.catalog.links import Purpose
from referral.catalog.own_fields import OwnField
from referral.usecases.record_links import make_link
from referral.web.editing.desk import now
from referral.web.editing.tokens import write_token
from support.accounts import KEY, PASSWORD, with_account
from support.browser import PHONE, OpenTab, Tab, serving
from support.editors import Workshop, a_filled_database, a_workshop

EDITOR = "editor-lhota"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A small world that is served, and its address."""

    shop: Workshop
    address: str


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The application over a small world of its own."""
    filled = a_filled_database(tmp_path / "filled.sqlite3")
    with a_workshop(filled, tmp_path / "served.sqlite3") as shop:
        with_account(shop.app.extensions["accounts"], EDITOR, [Role.EDITOR])
        with serving(shop.app) as address:
            yield Served(shop=shop, address=address)


def link_to(served: Served, purpose: Purpose) -> str:
    link = make_link(served.shop.program.edits, "s-1", purpose, days=7, at=now())
    return f"/potvrzeni/{write_token(link.id, KEY)}"


def signed_in_at(tab: Tab) -> Tab:
    tab.page.goto("/ucet/prihlaseni")
    tab.page.fill("#login", EDITOR)
    tab.page.fill("#password", PASSWORD)
    tab.page.click("main button[type=submit]")
    tab.page.wait_for_load_state("load")
    return tab


def free(served: Served) -> list[int]:
    own = served.shop.program.edits.own_values("s-1")
    return [it.available for one in own if one.field is OwnField.VACANCY for it in one.vacancies]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("first", "said"), [("Plno", [0]), ("Beze změny", [3])])
def test_two_taps_on_a_phone_are_an_answer(
    open_tab: OpenTab, served: Served, *, scripts: bool, first: str, said: list[int]
):
    tab = open_tab(served.address, width=PHONE, scripts=scripts)
    tab.page.goto(link_to(served, Purpose.VACANCY))
    for tap in (first, "Potvrdit"):
        target = tab.page.locator(".tap", has_text=tap)
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["y"] + box["height"] <= 844
        target.click()
    tab.page.get_by_role("heading", name="Děkujeme, máme to").wait_for()
    assert free(served) == said


def test_a_thumb_sets_how_much_is_free(open_tab: OpenTab, served: Served):
    tab = open_tab(served.address, width=PHONE)
    tab.page.goto(link_to(served, Purpose.VACANCY))
    tab.page.locator(".tap", has_text="Máme volno").click()
    tab.page.get_by_role("button", name="o jedno víc").click()
    for _ in range(2):
        tab.page.get_by_role("button", name="o jedno méně").click()
    tab.page.locator(".tap", has_text="Potvrdit").click()
    tab.page.get_by_role("heading", name="Děkujeme, máme to").wait_for()
    assert free(served) == [2]
    assert tab.strangers() == []


def test_the_map_ticks_the_list_and_the_list_paints_the_map(open_tab: OpenTab, served: Served):
    tab = signed_in_at(open_tab(served.address))
    tab.page.goto("/upravy/sluzba/s-1/pusobnost")
    picked = tab.page.locator(".pick-place.is-picked")
    picked.first.wait_for()
    assert picked.count() == 1
    tab.page.locator(".pick-place:not(.is-picked)").first.click()
    assert picked.count() == 2
    ticked = tab.page.locator("input[name=pusobnost-obec]:checked")
    assert ticked.count() == 2
    ticked.first.focus()
    tab.page.keyboard.press("Space")
    assert (picked.count(), ticked.count()) == (1, 1)
    assert tab.complaints == []
    tab.page.get_by_label("Koordinátor").check()
    tab.page.get_by_label("Podle čeho údaj měníte").fill("zavolali jsme")
    tab.page.get_by_role("button", name="Uložit opravu").click()
    tab.page.wait_for_load_state("load")
    (own,) = served.shop.program.edits.own_values("s-1")
    assert own.coverage is not None
    assert len(own.coverage.certain) == 1


def test_an_editor_corrects_and_undoes_with_keys_alone(open_tab: OpenTab, served: Served):
    tab = signed_in_at(open_tab(served.address))
    tab.page.goto("/upravy/sluzba/s-1/vek")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if tab.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            tab.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {selector} by keys")

    tab_to("#vek-od")
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("60")
    tab_to("input[name=overil]")
    tab.page.keyboard.press("Space")
    tab_to("#duvod")
    tab.page.keyboard.type("zavolali jsme")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/upravy/sluzba/s-1")
    assert served.shop.program.catalog().service("s-1").eligibility.ages.min == 60
    tab.page.goto("/upravy/vratit/1")
    tab_to("main button[type=submit]")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/upravy/historie?sluzba=s-1")
    assert served.shop.program.catalog().service("s-1").eligibility.ages.min == 18
