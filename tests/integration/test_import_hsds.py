"""Importing HSDS: every row has a fate, a page ends nothing, records keep their own dates."""

import json
import sqlite3
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData

from referral.catalog.changes import GONE, ChangedField
from referral.catalog.model import AddressRole
from referral.ingest.errors import IngestError
from referral.ingest.hsds.edition import hsds_edition
from referral.ingest.services_report import services_report
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from referral.storage.importing import SqlImportStore
from referral.usecases.import_services import LargeChangeError, import_services
from support.hsds_package import (
    PEOPLE,
    at,
    files_of,
    mark,
    person,
    phone,
    place,
    service,
    services,
    uuid,
    write_list,
    write_page,
    write_zip,
)

FIRST, LATER = date(2026, 11, 1), date(2026, 11, 22)


@pytest.fixture
def ready(engine, embedded) -> SqlImportStore:
    """A store with the words of the shipped catalogue, some of its places and no service."""
    store = SqlImportStore(engine)
    store.save_vocabulary(embedded.vocabulary)
    store.save_sources(embedded.sources.values())
    codes = embedded.territory.by_orp["Kadaň"]
    store.save_territory([embedded.territory.municipality(code) for code in codes], ())
    return store


@pytest.fixture
def bring(ready, tmp_path):
    """Import a file of services as one of a day; a list of services becomes a file."""

    def brings(found, *, as_of=FIRST, accept=False, source=None, dry_run=False):
        path = write_list(tmp_path / "hsds.json", found) if isinstance(found, list) else found
        order = SourceFile(
            path=path, as_of=as_of, source=source, accept_large_change=accept, dry_run=dry_run
        )
        edition = hsds_edition(order, data=data_dir(), catalog=ready.load())
        return import_services(edition, store=ready, today=LATER)

    return brings


def counts(done) -> dict[str, int]:
    document = services_report("hsds", done).document()
    assert document["read"] == sum(
        document[name] for name in ("added", "changed", "unchanged", "ended", "rejected")
    )
    named = ("in_file", "gone", "added", "changed", "unchanged", "ended", "rejected")
    return {name: document[name] for name in named if document[name]}


def key(number: int) -> str:
    return f"hsds-{uuid('service', number)}"


def test_the_same_file_again_changes_nothing(bring, ready):
    assert counts(bring(services())) == {"in_file": 40, "added": 40}
    revision, history, stored = ready.revision(), ready.changes(), ready.load().services
    assert counts(bring(services(), as_of=LATER)) == {"in_file": 40, "unchanged": 40}
    assert ready.revision() == revision
    assert ready.changes() == history
    assert ready.load().services == stored


def test_what_is_stored_is_what_was_read(bring, ready, tmp_path):
    bring(write_zip(tmp_path / "hsds.zip", files_of(services())))
    found = ready.load().service(key(7))
    assert (found.type, found.register_id, found.name) == ("40", None, "Pečovatelská služba 7")
    assert [one.municipality for one in found.locations] == ["563102"]
    assert [(one.registered, one.available, one.as_of) for one in found.capacities] == [
        (30, 2, date(2026, 10, 20))
    ]
    assert found.provenance.verified_on == date(2026, 10, 1)
    assert found.coverage.certain == set(ready.load().territory.municipalities)
    again = bring(services(), as_of=LATER)
    assert counts(again) == {"in_file": 40, "unchanged": 40}


def test_a_newer_file_brings_changes_and_lends_nobody_its_own_date(bring, ready):
    bring(services())
    changed = [service(1, name="Nové jméno"), *services()[1:]]
    done = bring(changed, as_of=LATER)
    assert counts(done) == {"in_file": 40, "changed": 1, "unchanged": 39}
    assert [(one.service, one.field, one.before, one.after) for one in done.changes] == [
        (key(1), ChangedField.NAME, "Pečovatelská služba 1", "Nové jméno")
    ]
    untouched = ready.load().service(key(2))
    assert untouched.provenance.as_of == date(2026, 10, 5)
    assert [one.as_of for one in untouched.capacities] == [date(2026, 10, 20)]


def test_a_service_that_closes_ends_and_comes_back(bring, ready):
    bring(services())
    closed = [service(1, status="temporarily closed"), *services()[1:]]
    assert counts(bring(closed, as_of=LATER)) == {"in_file": 40, "unchanged": 39, "ended": 1}
    assert not ready.load().service(key(1)).offered_on(LATER)
    assert counts(bring(services(), as_of=LATER)) == {"in_file": 40, "changed": 1, "unchanged": 39}
    assert ready.load().service(key(1)).offered_on(LATER)


def test_what_is_gone_from_a_whole_file_ends_but_not_what_a_page_leaves_out(bring, ready, tmp_path):
    bring(services())
    page = write_page(tmp_path / "page.json", [service(3, name="Z dotazu")], total_pages=40)
    assert counts(bring(page, as_of=LATER)) == {"in_file": 1, "changed": 1}
    assert len([one for one in ready.load().services.values() if one.offered_on(LATER)]) == 40
    done = bring(services(39), as_of=LATER)
    assert counts(done) == {
        "in_file": 39, "gone": 1, "changed": 1, "unchanged": 38, "ended": 1,
    }  # fmt: skip
    assert [one.detail for one in done.changes if one.field is ChangedField.ENDED] == [GONE]


def test_a_file_that_would_end_too_much_or_has_another_shape_is_refused(bring, ready):
    bring(services())
    with pytest.raises(LargeChangeError, match=r"ukončil 10 z 40"):
        bring(services(30), as_of=LATER)
    odd = [{key: one for key, one in row.items() if key != "status"} for row in services()]
    with pytest.raises(LargeChangeError, match="V 40 z 40 položek"):
        bring(odd, as_of=LATER)
    assert all(one.valid_to is None for one in ready.load().services.values())
    assert counts(bring(services(30), as_of=LATER, accept=True))["ended"] == 10


def test_rejected_rows_have_a_reason_and_leave_what_is_stored(bring, ready):
    bring(services())
    broken = [*services(39), service(40, attributes=[]), service(7), None, {"id": []}]
    done = bring(broken, as_of=LATER, accept=True)
    assert counts(done) == {"in_file": 43, "unchanged": 39, "rejected": 4}
    assert {(one.row, one.field) for one in done.rejections} == {
        (40, "attributes"), (41, "id"), (42, ""), (43, "id"),
    }  # fmt: skip
    assert ready.load().service(key(40)).type == "40"


def test_a_file_that_breaks_off_leaves_nothing_behind(bring, ready, tmp_path):
    file = write_list(tmp_path / "cut.json", services(600))
    file.write_text(file.read_text(encoding="utf-8")[:-300], encoding="utf-8")
    with pytest.raises(IngestError, match="není celý"):
        bring(file)
    assert ready.load().services == {}
    assert counts(bring(services(2), dry_run=True)) == {"in_file": 2, "added": 2}
    assert ready.load().services == {}


def test_two_publishers_keep_their_services_apart(bring, ready):
    bring(services(3), source="mesto")
    bring(services(2), source="kraj")
    assert len(ready.load().services) == 5
    done = bring(services(4), source="kraj", as_of=LATER)
    assert counts(done) == {"in_file": 4, "added": 2, "unchanged": 2}
    assert ready.load().source("mesto").title == "Import HSDS (mesto)"


def test_the_history_forgets_a_place_that_has_become_secret(bring, ready):
    bring(services())
    moved = service(1, service_at_locations=[at(place("Vejprty", latitude=None))])
    bring([moved, *services()[1:]], as_of=LATER)
    assert "Vejprty" in repr(ready.changes(service=key(1)))
    hidden = place("Vejprty", latitude=None, attributes=[mark("sitpomoci-adresa", "secret")])
    bring([service(1, service_at_locations=[at(hidden)]), *services()[1:]], as_of=LATER)
    assert [one.role for one in ready.load().service(key(1)).locations] == [AddressRole.SECRET]
    assert "Vejprty" not in repr(ready.changes(service=key(1)))


def test_no_name_of_a_person_reaches_the_database_the_report_or_the_history(
    bring, ready, engine, tmp_path
):
    spot = at(place(phones=[phone(3)]), contacts=[person(4)], phones=[phone(4)])
    found = [
        *services(),
        service(41, service_at_locations=[spot], phones=[{"number": f"{PEOPLE[0]} 600 100 200"}]),
        service(42, email=f"{PEOPLE[1]} <x@example.cz>", attributes=[]),
        service(43, organization=None, contacts=person(1), metadata=PEOPLE[2]),
    ]
    done = [bring(found, accept=True)]
    done.append(bring(write_zip(tmp_path / "hsds.zip", files_of(services())), source="balicek"))
    written = repr(ready.changes()) + repr(ready.load().services)
    written += "".join(json.dumps(services_report("hsds", one).document()) for one in done)
    written = json.dumps(written, ensure_ascii=False) + dumped(engine, tmp_path)
    assert [name for name in PEOPLE if name.casefold() in written.casefold()] == []
    assert "999 888 777" not in written
    assert counts(done[0])["rejected"] == 2


def dumped(engine, tmp_path) -> str:
    """Return everything that the database holds as text."""
    if engine.dialect.name == "sqlite":
        connection = sqlite3.connect(tmp_path / "catalogue.sqlite3")
        try:
            return "\n".join(connection.iterdump())
        finally:
            connection.close()
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        return "\n".join(
            repr(connection.execute(one.select()).all()) for one in tables.sorted_tables
        )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    broken=st.lists(
        st.none()
        | st.integers()
        | st.text(max_size=5)
        | st.builds(
            lambda number, key, value: service(number) | {key: value},
            st.integers(1, 6),
            st.sampled_from(sorted(service(1))),
            st.none() | st.text(max_size=5) | st.integers() | st.lists(st.none(), max_size=2),
        ),
        max_size=8,
    )
)
def test_whatever_the_rows_hold_each_of_them_has_one_fate(bring, broken):
    done = bring(broken, accept=True)
    counts(done)
    assert done.in_file == len(broken)
    again = bring(broken, accept=True, as_of=LATER)
    assert (again.added, again.changed, again.ended, again.gone) == (0, 0, 0, 0)
    assert again.unchanged == done.in_file - done.rejected
