"""How heavy and how quick the public pages are: bytes sent, server time, time to a usable answer.

Server time is the median of repeated requests through the WSGI application in this process (no
network, gzip on). Bytes are what a browser with an empty cache takes for the first page and for an
answer, compressed, headers aside. "Usable" is from the press of the button to the first step
shown, in Chromium on a phone's width, with its processor slowed four times and, apart, on a thin
line besides (35 kB/s, 300 ms latency). Baseline for the server time: an empty page of the same
application (/healthz), in the same run.

    .venv/bin/python bench/web/measure.py
"""

import os
import platform
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from referral.bootstrap import build
from referral.settings import Settings
from referral.web.app import create_app
from support.browser import PHONE, Tab, chromium, find_chromium
from support.site import TODAY, demo_house

ROUNDS = 40
SAYS = "babička po mrtvici jde v pátek z nemocnice"
PLACE = "Vejprty"
PAGES = ("/", "/situace", "/situace/zdr-hosp", "/obec/563404", "/orp/563102", "/katalog", "/mezery")
GZIP = {"Accept-Encoding": "gzip"}


def main() -> None:
    """Measure and print."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.python_version()}"
    print(f"{machine}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        server(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        browser(Path(folder))


def server(folder: Path) -> None:
    """Print bytes and the median server time of each page."""
    settings = Settings(database_url=f"sqlite:///{folder / 'bench.sqlite3'}")
    program = build(settings, today=lambda: TODAY)
    program.migrate()
    program.load_embedded()
    client = create_app(program, settings=settings, today=lambda: TODAY).test_client()
    first = client.get("/", headers=GZIP, buffered=True)
    assets = re.findall(r'(?:href|src)="(/(?:static|assets)/[^"]+)"', client.get("/").text)
    total = len(first.data) + sum(
        len(client.get(one, headers=GZIP, buffered=True).data) for one in set(assets)
    )
    print(
        f"first page with all it loads: {total / 1000:.1f} kB compressed ({len(set(assets))} files)"
    )
    base = timed(lambda: client.get("/healthz"))
    print(f"  /healthz (baseline)       p50 {base:6.2f} ms")
    asked = {"says": SAYS, "place": PLACE}
    told = client.post("/pomoc", data=asked, headers=GZIP, buffered=True)
    took = timed(lambda: client.post("/pomoc", data=asked, headers=GZIP))
    print(
        f"  POST /pomoc               p50 {took:6.2f} ms  {took / base:5.1f}x  {len(told.data)} B"
    )
    for page in PAGES:
        size = len(client.get(page, headers=GZIP, buffered=True).data)
        took = timed(lambda page=page: client.get(page, headers=GZIP))
        print(f"  {page:24}  p50 {took:6.2f} ms  {took / base:5.1f}x  {size} B")
    program.close()


def timed(work) -> float:  # noqa: ANN001 - any call without arguments
    """Return the median milliseconds of a piece of work, the first few rounds left out."""
    took = []
    for at in range(ROUNDS + 3):
        begun = time.perf_counter()
        work()
        if at >= 3:
            took.append(1000 * (time.perf_counter() - begun))
    return statistics.median(took)


def browser(folder: Path) -> None:
    """Print how long a person waits for an answer under a slow processor and on a slow line."""
    executable = find_chromium()
    if executable is None:
        print("Chromium is missing: the waiting was not measured.")
        return
    with demo_house(folder) as house, chromium(executable) as engine:
        site = house.address
        wait(engine, site, "full speed", cpu=1, line=None)
        wait(engine, site, "4x slower processor", cpu=4, line=None)
        wait(engine, site, "35 kB/s, 300 ms", cpu=4, line=(35_000, 300))


def wait(engine, site: str, name: str, *, cpu: int, line: tuple[int, int] | None) -> None:  # noqa: ANN001 - Playwright's browser
    """Print the median of several answers, each in a fresh context with an empty cache."""
    opened, answered = [], []
    for _ in range(5):
        tab = Tab.open(engine, site, width=PHONE)
        control = tab.page.context.new_cdp_session(tab.page)
        control.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
        if line is not None:
            down, latency = line
            control.send("Network.enable")
            control.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": latency,
                    "downloadThroughput": down,
                    "uploadThroughput": down,
                },
            )
        begun = time.perf_counter()
        tab.page.goto("/")
        opened.append(time.perf_counter() - begun)
        tab.page.get_by_label("Co se děje?").fill(SAYS)
        tab.page.get_by_label("Kde člověk žije?").fill(PLACE)
        begun = time.perf_counter()
        tab.page.get_by_role("button", name="Najít pomoc").click(no_wait_after=True)
        tab.page.locator(".first__who").wait_for()
        answered.append(time.perf_counter() - begun)
        tab.close()
    print(
        f"  {name:22} first page {statistics.median(opened):.2f} s, "
        f"answer usable {statistics.median(answered):.2f} s (median of {len(answered)})"
    )


if __name__ == "__main__":
    main()
