"""Photograph what the walkthrough of the README leads through: ``make shots``.

Writes PNG files into the folder given; the number in a name is the width in CSS pixels.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from referral.accounts.model import Role
from support.browser import DESKTOP, PHONE, Tab, chromium, find_chromium
from support.picture import slim
from support.site import ask, demo_house, sign_in

LARGEST = 150_000
"""Bytes; a larger picture would make every clone heavier."""
TALLEST = {PHONE: 844, DESKTOP: 1100}
GRANNY = "babička po mrtvici jde v pátek z nemocnice"
AREA = "oblast=orp:Kadaň"
RULE = f"{AREA}&pravidlo=45"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: its name, how wide, how to get there, and from which element on."""

    name: str
    width: int
    go: Callable[[Tab], object]
    top: str = ""


def _path(address: str) -> Callable[[Tab], object]:
    return lambda tab: tab.page.goto(address)


def _scenario(tab: Tab) -> None:
    tab.page.goto(f"/mezery/mista?{RULE}&pocet=2")
    tab.page.get_by_role("button", name="Otevřít jako scénář a upravit").click()
    tab.page.wait_for_url("**/mezery/scenar")


def _work(tab: Tab) -> None:
    sign_in(tab, Role.EDITOR)
    tab.page.goto("/upravy")


SHOTS = (
    Shot(name="home", width=PHONE, go=_path("/")),
    Shot(name="home", width=DESKTOP, go=_path("/")),
    Shot(
        name="answer",
        width=PHONE,
        go=lambda tab: ask(tab, says=GRANNY, place="Kryštofovy Hamry"),
    ),
    Shot(name="results", width=DESKTOP, go=ask),
    Shot(name="situation", width=DESKTOP, go=_path("/situace/pec-hyg")),
    Shot(name="municipality", width=DESKTOP, go=_path("/obec/563404")),
    Shot(name="orp", width=DESKTOP, go=_path("/orp/563102")),
    Shot(name="card", width=DESKTOP, go=_path("/karta/rpss-671")),
    Shot(name="gaps", width=DESKTOP, go=_path(f"/mezery?{RULE}"), top="#gaps-heading"),
    Shot(
        name="site",
        width=DESKTOP,
        go=_path(f"/mezery/mista?{RULE}&pocet=2"),
        top="#result-heading",
    ),
    Shot(name="scenario", width=DESKTOP, go=_scenario, top="section:has(> .gap-lead)"),
    Shot(name="sign-in", width=PHONE, go=_path("/ucet/prihlaseni")),
    Shot(name="work", width=DESKTOP, go=_work),
)


def main() -> None:
    """Take all the pictures; say where they are and how large."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    executable = find_chromium()
    if executable is None:
        sys.exit("Chromium was not found: install the distribution's package chromium.")
    with (
        tempfile.TemporaryDirectory() as scratch,
        demo_house(Path(scratch)) as house,
        chromium(executable) as browser,
    ):
        for one in SHOTS:
            tab = Tab.open(browser, house.address, width=one.width)
            one.go(tab)
            shoot(tab, folder / f"{one.name}-{one.width}.png", top=one.top)
            tab.close()


def shoot(tab: Tab, path: Path, *, top: str = "") -> None:
    """Photograph a page from an element on, once everything on it has settled."""
    tab.page.wait_for_load_state("networkidle")
    tab.page.evaluate("window.scrollTo(0, 0)")
    width = tab.page.viewport_size["width"]
    tall = tab.page.evaluate("document.documentElement.scrollHeight")
    begin = max(tab.page.locator(top).first.bounding_box()["y"] - 16, 0) if top else 0
    picture = tab.page.screenshot(
        full_page=True,
        clip={"x": 0, "y": begin, "width": width, "height": min(tall - begin, TALLEST[width])},
    )
    path.write_bytes(slim(picture))
    weight = path.stat().st_size
    note = f"  larger than {LARGEST // 1000} kB: do not commit it" if weight > LARGEST else ""
    sys.stdout.write(f"{path} {weight // 1000} kB{note}\n")


if __name__ == "__main__":
    main()
