"""Photograph the main pages at the widths of a phone and a desk: ``make shots``.

Writes home, results and gaps, each at 390 and 1280 pixels, as PNG files into the folder given.
"""

import sys
import tempfile
from pathlib import Path

from support.browser import DESKTOP, PHONE, Tab, chromium, find_chromium
from support.picture import slim
from support.site import ask, demo_site

LARGEST = 150_000
"""Bytes; a larger picture would make every clone heavier."""
TALLEST = 1600


def main() -> None:
    """Take all the pictures; say where they are and how large."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    executable = find_chromium()
    if executable is None:
        sys.exit("Chromium was not found: install the distribution's package chromium.")
    with (
        tempfile.TemporaryDirectory() as scratch,
        demo_site(Path(scratch)) as site,
        chromium(executable) as browser,
    ):
        for width in (PHONE, DESKTOP):
            tab = Tab.open(browser, site, width=width)
            tab.page.goto("/")
            shoot(tab, folder / f"home-{width}.png")
            ask(tab)
            shoot(tab, folder / f"results-{width}.png")
            tab.page.goto("/mezery")
            shoot(tab, folder / f"gaps-{width}.png")
            tab.close()


def shoot(tab: Tab, path: Path) -> None:
    """Photograph the top of a page once everything on it has settled."""
    tab.page.wait_for_load_state("networkidle")
    size = tab.page.viewport_size
    tall = tab.page.evaluate("document.documentElement.scrollHeight")
    picture = tab.page.screenshot(
        full_page=True,
        clip={"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST)},
    )
    path.write_bytes(slim(picture))
    weight = path.stat().st_size
    note = f"  larger than {LARGEST // 1000} kB: do not commit it" if weight > LARGEST else ""
    sys.stdout.write(f"{path} {weight // 1000} kB{note}\n")


if __name__ == "__main__":
    main()
