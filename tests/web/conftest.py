"""The application over a small invented world, and over the catalogue that is shipped."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from referral.accounts.model import Role
from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    ServiceCapacity,
    Stance,
)
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from support.accounts import signed_in
from support.build import (
    SECRET,
    a_catalog,
    a_location,
    a_municipality,
    a_service,
    a_territory,
    covering,
)
from support.editors import Workshop, a_filled_database, a_workshop
from support.matching import NEIGHBOUR, PLACES, TOWN, VOCABULARY, within
from support.web import an_app

NAMESAKE = a_municipality("500009", "Horní Lhota", orp="Daleké Město", district="Jiný okres")

SERVICES = (
    a_service(
        "s-1",
        register_id="1234567",
        forms=(Form.FIELD, Form.AMBULATORY),
        coverage=covering("500001", status=CoverageStatus.DECLARED),
        locations=[within(NEIGHBOUR, km=0)],
        capacities=[
            ServiceCapacity(
                unit=CapacityUnit.CLIENTS, registered=12, as_of=date(2026, 7, 31), available=1
            )
        ],
        contact=Contact(
            phone="474 123 456", email="a@example.test", web="https://www.example.test/kde"
        ),
    ),
    a_service("s-2", "Domov <b>U Lesa</b>", type="49", forms=None, locations=[within(TOWN, km=1)]),
    a_service("s-3", "Utajený domov", type="49", forms=[Form.RESIDENTIAL], locations=[SECRET]),
    a_service("s-4", "Jen sídlo", locations=[a_location(role=AddressRole.PROVIDER_SEAT)]),
    a_service("s-5", "Daleká služba", coverage=covering("500005")),
    a_service(
        "s-6",
        "Vybíravá služba",
        type="49",
        forms=[Form.RESIDENTIAL],
        eligibility=Eligibility(
            rules=(AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="pijani"),)
        ),
    ),
    a_service("s-7", "Poradna", type="37", forms=[Form.AMBULATORY]),
    a_service(
        "orp-1",
        "Úřad Velké Město",
        type=None,
        kind=Kind.AUTHORITY,
        needs=["ZAV-ALK"],
        forms=None,
        locations=(),
        coverage=Coverage(
            areas=(ServiceArea(kind=AreaKind.ORP, name="Velké Město"),),
            status=CoverageStatus.DECLARED,
            certain=frozenset({"500001"}),
        ),
    ),
    *(
        a_service(f"t-{number:02}", f"Služba číslo {number}", coverage=covering("500001"))
        for number in range(30)
    ),
)


@pytest.fixture(scope="session")
def world() -> Catalog:
    """A small world with every kind of record that a page has to tell."""

    return a_catalog(*SERVICES, vocabulary=VOCABULARY, territory=a_territory((*PLACES, NAMESAKE)))


@pytest.fixture(scope="session")
def app(world: Catalog) -> Flask:
    """The application over the small world; who changes it asks for ``an_app`` instead."""
    return an_app(world)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts in front of the small world."""
    return app.test_client()


@pytest.fixture(scope="session")
def real(embedded: Catalog) -> FlaskClient:
    """A browser without scripts in front of the shipped catalogue."""
    return an_app(embedded).test_client()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a small world for pages that change something, to be copied."""
    return a_filled_database(tmp_path_factory.mktemp("filled") / "world.sqlite3")


@pytest.fixture
def shop(filled: Path, tmp_path: Path) -> Iterator[Workshop]:
    """An application over a copy of that database."""
    with a_workshop(filled, tmp_path / "copy.sqlite3") as made:
        yield made


@pytest.fixture
def editor(shop: Workshop) -> FlaskClient:
    """An editor's browser without scripts."""
    return signed_in(shop.app, Role.EDITOR, login="editor-lhota")
