"""The real application over the shipped catalogue, in a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask

from referral.accounts.model import Role
from referral.bootstrap import Program, build
from referral.settings import Settings
from referral.web.app import create_app
from support.accounts import CHEAP, PASSWORD, with_account
from support.browser import Tab, serving

TODAY = date(2026, 9, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSite:
    """A served application, with an account for each role, and the program behind it."""

    address: str
    app: Flask
    program: Program


@contextmanager
def demo_house(folder: Path) -> Iterator[DemoSite]:
    """Serve the program with the embedded catalogue.

    ``folder`` takes the SQLite database. Today is a fixed day, so that pages do not age.
    """
    settings = Settings(database_url=f"sqlite:///{folder / 'site.sqlite3'}", hashing=CHEAP)
    program = build(settings, today=lambda: TODAY)
    try:
        program.migrate()
        program.load_embedded()
        app = create_app(program, settings=settings, today=lambda: TODAY)
        for role in Role:
            with_account(app.extensions["accounts"], login_of(role), [role])
        app.test_client().get("/mezery")  # its first answer takes long, above all when measured
        with serving(app) as address:
            yield DemoSite(address=address, app=app, program=program)
    finally:
        program.close()


def login_of(role: Role) -> str:
    """Return the login of the account that has this role alone."""
    return f"ucet-{role.value}"


def sign_in(tab: Tab, role: Role) -> None:
    """Sign in by the door as the account of a role."""
    tab.page.goto("/ucet/prihlaseni")
    tab.page.fill("#login", login_of(role))
    tab.page.fill("#password", PASSWORD)
    tab.page.click("main button[type=submit]")
    tab.page.wait_for_url("**/ucet")


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
