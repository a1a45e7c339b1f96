"""The history of imports, page by page: on both databases alike."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from referral.catalog.changes import Change, ChangedField
from referral.catalog.history import ChangeKey, Wanted
from referral.catalog.importing import ImportRun
from referral.catalog.own_fields import NetworkMembership, OwnField, OwnValue, VerifiedBy
from referral.storage import history
from referral.storage.importing import SqlImportStore
from support.build import SOURCE, TODAY, a_service, a_source
from support.invented import SOURCES, WORDS

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def a_run(source: str = SOURCE, *, as_of: date = MARCH) -> ImportRun:
    return ImportRun(
        source=source, digest="d", as_of=as_of, on=TODAY, in_file=3,
        added=1, changed=1, unchanged=1, ended=0, rejected=0,
    )  # fmt: skip


def a_change(service: str, field: ChangedField, *, on: date = MARCH, source=SOURCE) -> Change:
    return Change(service=service, field=field, before=None, after=None, on=on, source=source)


@pytest.fixture
def store(engine: Engine) -> SqlImportStore:
    """A store with three services and three imports of two sources."""
    store = SqlImportStore(engine)
    store.save_vocabulary(WORDS)
    store.save_sources([*SOURCES, a_source("other")])
    store.save_services([a_service(name) for name in "abc"])
    with store.importing() as writer:
        writer.record(a_run(), [a_change(name, ChangedField.REGISTERED) for name in "abc"])
        writer.record(
            a_run("other", as_of=MAY), [a_change("b", ChangedField.PHONE, on=MAY, source="other")]
        )
        writer.record(
            a_run(as_of=MAY),
            [
                a_change("a", ChangedField.CAPACITY, on=MAY),
                a_change("c", ChangedField.ENDED, on=MAY),
            ],
        )
    return store


def keys(found) -> list[tuple[int, int]]:
    return [tuple(one.key) for one in found]


ALL = [(3, 0), (3, 1), (2, 0), (1, 0), (1, 1), (1, 2)]


def test_changes_come_by_imports_the_latest_first_and_in_their_order_within_one(store) -> None:
    assert keys(store.history()) == ALL
    assert [one.change for one in store.history()] == list(store.changes())


@pytest.mark.parametrize("size", [1, 2, 4, 6, 7])
def test_walking_all_pages_meets_every_change_once(store, size: int) -> None:
    met, after = [], None
    while page := store.history(after=after, limit=size):
        assert len(page) <= size
        met += keys(page)
        after = page[-1].key
    assert met == ALL


def test_an_import_that_comes_meanwhile_neither_repeats_nor_hides_a_change(store) -> None:
    first = store.history(limit=2)
    with store.importing() as writer:
        writer.record(a_run(as_of=TODAY), [a_change("a", ChangedField.WEB, on=TODAY)])
    assert keys(first) + keys(store.history(after=first[-1].key)) == ALL


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(since=MAY), [(3, 0), (3, 1), (2, 0)]),
        (Wanted(source="other"), [(2, 0)]),
        (Wanted(fields=frozenset({ChangedField.ENDED, ChangedField.PHONE})), [(3, 1), (2, 0)]),
        (Wanted(run=1), [(1, 0), (1, 1), (1, 2)]),
        (Wanted(services=frozenset({"a"})), [(3, 0), (1, 0)]),
        (Wanted(services=frozenset()), []),
        (Wanted(since=MAY, services=frozenset({"a", "b"}), source=SOURCE), [(3, 0)]),
    ],
)
@pytest.mark.parametrize("at_once", [500, 0])
def test_each_condition_narrows_the_history(store, monkeypatch, wanted, expected, at_once) -> None:
    """Whether the database chooses the services or, when they are many, the program does."""
    monkeypatch.setattr(history, "AT_ONCE", at_once)
    assert keys(store.history(wanted)) == expected
    assert keys(store.history(wanted, limit=1)) == expected[:1]
    assert keys(store.history(wanted, after=ChangeKey(3, 0))) == [
        one for one in expected if one != (3, 0)
    ]


def test_imports_come_with_their_numbers_the_latest_first_and_the_first_of_a_source_is_marked(
    store,
) -> None:
    found = store.imports()
    assert [(one.number, one.run.source, one.first) for one in found] == [
        (3, SOURCE, False),
        (2, "other", True),
        (1, SOURCE, True),
    ]
    assert found[0].run == a_run(as_of=MAY)


def test_own_values_of_several_records_come_together(store) -> None:
    value = OwnValue(
        service="b", field=OwnField.NETWORK, verified_on=TODAY, verified_by=VerifiedBy.OFFICE,
        networks=(NetworkMembership(network="základní síť"),),
    )  # fmt: skip
    store.save_own([value, replace(value, service="a"), replace(value, service="c")])
    assert [one.service for one in store.own_values_of(["b", "a"])] == ["a", "b"]
    assert store.own_values_of([]) == ()
