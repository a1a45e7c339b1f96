"""A small world in a real database, and an application over it, for pages that change things."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from referral.bootstrap import Program, build
from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Schedule,
    ServiceCapacity,
    Stance,
)
from referral.catalog.vocabulary import Form
from referral.settings import Settings
from referral.web.app import create_app
from support.accounts import CHEAP, KEY, token_in
from support.build import AS_OF, SECRET, TODAY, a_service, a_source
from support.matching import PLACES, VOCABULARY

BARE = a_service("s-2", "Tichá služba", contact=Contact(), schedules=())
KNOWN = replace(
    a_service(
        "s-1",
        "Pečovatelská služba Lhota",
        forms=(Form.FIELD, Form.AMBULATORY),
        coverage=Coverage(
            areas=(ServiceArea(kind=AreaKind.MUNICIPALITY, name="Horní Lhota", code="500001"),),
            status=CoverageStatus.PARSED,
            certain=frozenset({"500001"}),
            possible=frozenset({"500002"}),
            unresolved=("Lhotka",),
        ),
        capacities=[
            ServiceCapacity(unit=CapacityUnit.CLIENTS, registered=12, as_of=AS_OF, available=3)
        ],
        schedules=[Schedule(form=Form.FIELD, text="Po–Pá 8:00–16:00")],
        eligibility=Eligibility(
            ages=AgeRange(min=18),
            rules=(AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="ne opilé"),),
        ),
        contact=Contact(phone="474 123 456", web="https://www.example.test"),
    ),
    description="Působíme v Horní Lhotě a okolí.",
)
HIDDEN = a_service("s-3", "Utajený domov", type="49", forms=[Form.RESIDENTIAL], locations=[SECRET])


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """An application over its own database."""

    app: Flask
    program: Program


def a_filled_database(file: Path) -> Path:
    """Make a database with the small world."""
    program = build(Settings(database_url=f"sqlite:///{file}"), today=lambda: TODAY)
    program.migrate()
    store = program.store
    store.save_vocabulary(VOCABULARY)
    store.save_sources([a_source()])
    store.save_territory(PLACES, ())
    store.save_services([KNOWN, BARE, HIDDEN])
    program.close()
    return file


@contextmanager
def a_workshop(filled: Path, file: Path, *, today: date = TODAY) -> Iterator[Workshop]:
    """Copy a filled database and put an application over the copy."""
    shutil.copy(filled, file)
    settings = Settings(database_url=f"sqlite:///{file}", secret_key=KEY, hashing=CHEAP)
    program = build(settings, today=lambda: today)
    try:
        app = create_app(program, settings=settings, today=lambda: today)
        yield Workshop(app=app, program=program)
    finally:
        program.close()


def send(client: FlaskClient, path: str, *, seen_at: str = "", **data: object) -> TestResponse:
    """Send a form as the page it stands on would; an underscore in a name is a hyphen."""
    token = token_in(client.get(seen_at or path).text)
    named = {name.replace("_", "-"): value for name, value in data.items()}
    return client.post(path, data={"csrf_token": token, **named})
