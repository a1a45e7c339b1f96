"""Row -> model -> row is the identity, through a real SQLite database in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy import Connection

from referral.catalog.model import AddressRole, Organization, Service, Source
from referral.catalog.ports import Fate, Origin
from referral.catalog.territory import Municipality, MunicipalityPart, Territory
from referral.catalog.vocabulary import Vocabulary
from referral.storage.engine import create_store_engine
from referral.storage.mapping.offers import (
    organization_row,
    service_from,
    service_rows,
    source_from,
    source_row,
)
from referral.storage.mapping.places import (
    municipality_from,
    municipality_row,
    part_from,
    part_row,
)
from referral.storage.mapping.words import vocabulary_from, vocabulary_rows
from referral.storage.reading import (
    read_municipalities,
    read_parts,
    read_services,
    read_sources,
    read_vocabulary,
    rows_of,
)
from referral.storage.rows import LocationRow
from referral.storage.schema import migrate
from referral.storage.writing import SqlCatalogWriter
from support.build import SECRET
from support.invented import SOURCES, WORDS
from support.strategies import (
    municipalities,
    municipality_parts,
    organizations,
    services,
    sources,
    territories,
)
from support.word_strategies import vocabularies

ORIGINS = st.sampled_from(Origin)
ANYWHERE = services(ids=st.sampled_from(("a", "b", "c", "d")), anywhere=True)


def by_id(some: SearchStrategy[Service]) -> SearchStrategy[dict[str, Service]]:
    return st.lists(some, max_size=3).map(lambda drawn: {service.id: service for service in drawn})


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


@contextmanager
def an_example(connection: Connection) -> Iterator[SqlCatalogWriter]:
    """A writer whose tables are as before when the example ends."""
    with connection.begin() as transaction:
        yield SqlCatalogWriter(connection)
        transaction.rollback()


@given(drawn=by_id(ANYWHERE), origin=ORIGINS)
def test_services_come_back_from_the_database_as_they_were(connection, drawn, origin):
    with an_example(connection) as writer:
        fates = writer.save_services(drawn.values(), origin=origin)
        stored = read_services(connection)
    assert set(fates.values()) <= {Fate.ADDED}
    assert {code: one.record for code, one in stored.items()} == drawn
    assert all(one.origin is origin for one in stored.values())


@given(before=by_id(ANYWHERE), after=by_id(ANYWHERE))
def test_saving_over_leaves_the_new_services_and_the_old_ones_not_named(connection, before, after):
    with an_example(connection) as writer:
        writer.save_services(before.values())
        fates = writer.save_services(after.values())
        stored = read_services(connection)
    assert {code: one.record for code, one in stored.items()} == before | after
    for code, fate in fates.items():
        if code not in before:
            assert fate is Fate.ADDED
        else:
            assert fate is (Fate.UNCHANGED if before[code] == after[code] else Fate.CHANGED)


@given(before=by_id(ANYWHERE), own=by_id(ANYWHERE), newer=by_id(ANYWHERE))
def test_no_embedded_service_replaces_what_a_person_added_or_changed(
    connection, before, own, newer
):
    with an_example(connection) as writer:
        writer.save_services(before.values(), origin=Origin.EMBEDDED)
        written = writer.save_services(own.values())
        writer.save_services(newer.values(), origin=Origin.EMBEDDED)
        stored = read_services(connection)
    for code, fate in written.items():
        if fate in {Fate.ADDED, Fate.CHANGED}:
            assert stored[code].record == own[code]
            assert stored[code].origin is Origin.OWN


@given(service=ANYWHERE, origin=ORIGINS)
def test_the_rows_of_a_service_are_the_rows_of_what_is_read_from_them(service, origin):
    rows = service_rows(service, origin=origin)
    again = service_rows(service_from(rows), origin=origin)
    assert again == rows
    assert again.parts == rows.parts


@given(service=ANYWHERE)
def test_no_row_of_a_secret_address_says_where_it_is(connection, service):
    hidden = replace(service, locations=(*service.locations, SECRET))
    with an_example(connection) as writer:
        writer.save_services([hidden])
        rows = list(rows_of(connection, LocationRow))
    told = {
        (row.lat, row.lon, row.municipality_code, row.municipality_name)
        for row in rows
        if row.role is AddressRole.SECRET
    }
    assert told == {(None, None, None, "")}


@given(first=organizations(), second=organizations())
def test_two_providers_share_a_row_only_when_name_and_ico_agree(
    first: Organization, second: Organization
):
    assert (organization_row(first).id == organization_row(second).id) == (first == second)
    assert organization_row(replace(first)) == organization_row(first)


@given(vocabulary=vocabularies(), other=vocabularies())
def test_a_vocabulary_comes_back_in_its_own_order_whatever_it_replaces(
    connection, vocabulary: Vocabulary, other: Vocabulary
):
    with an_example(connection) as writer:
        writer.save_vocabulary(other)
        writer.save_vocabulary(vocabulary)
        back = vocabulary_from(read_vocabulary(connection))
    assert back == vocabulary
    for words in ("types", "groups", "needs", "barriers"):
        assert list(getattr(back, words)) == list(getattr(vocabulary, words))
    assert vocabulary_rows(back) == vocabulary_rows(vocabulary)


@given(territory=territories(anywhere=True), origin=ORIGINS)
def test_a_territory_comes_back_with_every_digit_of_its_coordinates(
    connection, territory: Territory, origin: Origin
):
    with an_example(connection) as writer:
        writer.save_territory(territory.municipalities.values(), territory.parts, origin=origin)
        wholes, parts = read_municipalities(connection), read_parts(connection)
    back = Territory.of(
        [one.record for one in wholes.values()], parts=[one.record for one in parts.values()]
    )
    assert back == territory
    assert {one.origin for one in (*wholes.values(), *parts.values())} <= {origin}


@given(municipality=municipalities(anywhere=True), part=municipality_parts(), origin=ORIGINS)
def test_the_rows_of_a_place_are_the_rows_of_what_is_read_from_them(
    municipality: Municipality, part: MunicipalityPart, origin: Origin
):
    row = municipality_row(municipality, origin=origin)
    assert municipality_row(municipality_from(row), origin=origin) == row
    piece = part_row(part, origin=origin)
    assert part_row(part_from(piece), origin=origin) == piece


@given(drawn=st.lists(sources(), max_size=3, unique_by=lambda source: source.id), origin=ORIGINS)
def test_sources_come_back_as_they_were(connection, drawn: list[Source], origin: Origin):
    with an_example(connection) as writer:
        writer.save_sources(drawn, origin=origin)
        stored = read_sources(connection)
    known = {source.id: source for source in SOURCES}
    assert {code: one.record for code, one in stored.items()} == known | {
        source.id: source for source in drawn
    }
    for source in drawn:
        assert stored[source.id].origin is origin
        row = source_row(source, origin=origin)
        assert source_row(source_from(row), origin=origin) == row
