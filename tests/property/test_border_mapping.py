"""Districts, borders and coverages come back from the database as they were."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from referral.catalog.areas import Coverage
from referral.catalog.districts import Boundary, District
from referral.catalog.model import Service
from referral.catalog.ports import Fate, Origin
from referral.storage.engine import create_store_engine
from referral.storage.mapping.places import (
    boundary_from,
    boundary_row,
    district_from,
    district_row,
)
from referral.storage.reading import read_boundaries, read_districts, read_services
from referral.storage.schema import migrate
from referral.storage.writing import SqlCatalogWriter
from support.invented import SOURCES, WORDS
from support.strategies import boundaries, coverages, districts, services

ORIGINS = st.sampled_from(Origin)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    """A connection to tables with words and sources, so that services can be saved."""
    engine = create_store_engine("sqlite://")
    migrate(engine)
    with engine.connect() as opened:
        with opened.begin():
            writer = SqlCatalogWriter(opened)
            writer.save_vocabulary(WORDS)
            writer.save_sources(SOURCES)
        yield opened
    engine.dispose()


@given(
    drawn=st.lists(boundaries(), max_size=3, unique_by=lambda one: one.key),
    more=st.lists(districts(), max_size=3, unique_by=lambda one: one.key),
)
def test_borders_and_districts_come_back_with_every_digit(
    connection: Connection, drawn: list[Boundary], more: list[District]
) -> None:
    with connection.begin() as transaction:
        writer = SqlCatalogWriter(connection)
        for expected in (Fate.ADDED, Fate.UNCHANGED):
            fates = [*writer.save_boundaries(drawn).values()]
            fates += writer.save_districts(more).values()
            assert set(fates) <= {expected}
        borders = {key: one.record for key, one in read_boundaries(connection).items()}
        levels = {key: one.record for key, one in read_districts(connection).items()}
        assert writer.boundaries() == tuple(borders[key] for key in sorted(borders))
        transaction.rollback()
    assert borders == {one.key: one for one in drawn}
    assert levels == {one.key: one for one in more}


@given(boundary=boundaries(), district=districts(), origin=ORIGINS)
def test_the_rows_of_a_border_are_the_rows_of_what_is_read_from_them(
    boundary: Boundary, district: District, origin: Origin
) -> None:
    row = boundary_row(boundary, origin=origin)
    assert boundary_row(boundary_from(row), origin=origin) == row
    level = district_row(district, origin=origin)
    assert district_row(district_from(level), origin=origin) == level


@given(service=services(), coverage=coverages(), origin=ORIGINS)
def test_a_new_coverage_changes_nothing_else_of_a_service(
    connection: Connection, service: Service, coverage: Coverage, origin: Origin
) -> None:
    with connection.begin() as transaction:
        writer = SqlCatalogWriter(connection)
        writer.save_services([service], origin=origin)
        writer.save_coverages({service.id: coverage})
        stored = read_services(connection)[service.id]
        transaction.rollback()
    assert stored.record.coverage == coverage
    assert stored.record.organization == service.organization
    assert stored.origin is origin
