"""A real browser on a real server, both on the loopback, and a record of what the pages did."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = 390
DESKTOP = 1280
HEIGHTS = {PHONE: 844, DESKTOP: 900}


class _Silent(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's own name
        """Keep quiet."""


def find_chromium() -> str | None:
    """Return the path of the system's Chromium, None when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def serving(app: Callable[..., object]) -> Iterator[str]:
    """Serve a WSGI application on a free port of the loopback; yield its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium(executable: str) -> Iterator[Browser]:
    """Run the browser without a window and without a way out of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(kw_only=True)
class Tab:
    """A page and everything it asked for, said and stumbled over."""

    page: Page
    site: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    """What came as a page, for the whole window or to be put in place of a part of it."""

    @classmethod
    def open(
        cls,
        browser: Browser,
        site: str,
        *,
        width: int = DESKTOP,
        scheme: str = "light",
        scripts: bool = True,
    ) -> "Tab":
        """Open an empty tab ``width`` CSS pixels wide, in the "light" or "dark" colour scheme."""
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": HEIGHTS.get(width, HEIGHTS[DESKTOP])},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="cs-CZ",
        )
        context.set_default_timeout(60_000)
        tab = cls(page=context.new_page(), site=site)
        tab.page.on("request", lambda request: tab.requests.append(request.url))
        tab.page.on("response", tab._take)
        tab.page.on("console", tab._hear)
        tab.page.on("pageerror", lambda error: tab.complaints.append(f"error: {error}"))
        return tab

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _take(self, response: Response) -> None:
        redirects = range(300, 400)
        kind = response.headers.get("content-type", "")
        if kind.startswith("text/html") and response.status not in redirects:
            self.answers.append(response)

    def forget(self) -> None:
        """Begin the record anew, as if the tab had just been opened."""
        for record in (self.requests, self.complaints, self.answers):
            record.clear()

    def look(self, *, width: int, scheme: str) -> None:
        """Show the page at hand in another width and colour scheme."""
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.page.emulate_media(color_scheme=scheme)

    def unfold(self) -> None:
        """Open everything on the page that can be opened."""
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    def close(self) -> None:
        """Close the tab and forget its cookies."""
        self.page.context.close()

    def strangers(self) -> list[str]:
        """Return the addresses asked for that are not on the site itself."""
        own = urlsplit(self.site).netloc
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in {"data", "blob", "about"} and urlsplit(url).netloc != own
        ]

    def too_wide(self) -> bool:
        """Tell whether a reader would have to scroll sideways."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def axe(self) -> list[str]:
        """Return what axe holds against the page, a line for each rule and element."""
        found = Axe().run(self.page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
        return [
            f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]


OpenTab = Callable[..., Tab]
"""``open_tab(site, width=…, scheme=…, scripts=…)``: a tab that the test need not close."""
