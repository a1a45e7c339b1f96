"""The real application over the shipped catalogue, in a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from referral.bootstrap import build
from referral.settings import Settings
from referral.web.app import create_app
from support.browser import Tab, serving

TODAY = date(2026, 9, 1)


@contextmanager
def demo_site(folder: Path) -> Iterator[str]:
    """Serve the program with the embedded catalogue; yield the address of the site.

    ``folder`` takes the SQLite database. Today is a fixed day, so that pages do not age.
    """
    settings = Settings(database_url=f"sqlite:///{folder / 'site.sqlite3'}")
    program = build(settings, today=lambda: TODAY)
    try:
        program.migrate()
        program.load_embedded()
        app = create_app(program, settings=settings, today=lambda: TODAY)
        app.test_client().get("/mezery")  # its first answer takes long, above all when measured
        with serving(app) as address:
            yield address
    finally:
        program.close()


PLACE = "Vejprty"
PLACE_LABEL = "Vejprty (ORP Kadaň)"
SAYS = "babička spadla a potřebuje pomoct s hygienou"


def ask(tab: Tab, *, place: str = PLACE, says: str = SAYS) -> None:
    """Fill in the home page's form and send it, as a person with a mouse would."""
    tab.page.goto("/")
    tab.page.get_by_label("Co se děje?").fill(says)
    tab.page.get_by_label("Kde člověk žije?").fill(place)
    tab.page.get_by_role("button", name="Najít pomoc").click()
    tab.page.wait_for_load_state("load")
