"""A filled database of an older program loses nothing on its way to this one, nor on the way back.

The rows are written into the tables as the third migration left them, by what those tables hold.
"""

import json
from datetime import date
from enum import StrEnum

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, Table, insert, select, text

from referral.catalog.editing import THE_PROGRAM
from referral.catalog.model import AcceptanceRule, Stance
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnField,
    OwnValue,
    VerifiedBy,
)
from referral.catalog.ports import Origin
from referral.catalog.vocabulary import RefusalBasis
from referral.storage.importing import SqlImportStore
from referral.storage.mapping.offers import service_rows, source_row
from referral.storage.mapping.words import vocabulary_rows
from referral.storage.rows import Row
from referral.storage.schema import SchemaState, alembic_config, migrate, schema_state
from support.build import TODAY, a_service
from support.invented import FULL, SOURCES, WORDS

Content = dict[str, list[dict[str, object]]]

OLD_OWN = [
    {
        "service_id": FULL.id,
        "field": "acceptance",
        "verified_on": TODAY,
        "verified_by": "office",
        "value": '[["ALKOHOL", "accepts", "ověřeno „po telefonu“"]]',
    },
    {
        "service_id": FULL.id,
        "field": "vacancy",
        "verified_on": TODAY,
        "verified_by": "provider",
        "value": '[["T", "klient", 3]]',
    },
]
OLD_IMPORT = {
    "number": 1,
    "source_id": "zkouska",
    "digest": "abc",
    "as_of": TODAY,
    "on_day": TODAY,
    **dict.fromkeys(("in_file", "added", "changed", "unchanged", "ended", "rejected"), 0),
}
OLD_CHANGE = {
    "import_number": 1,
    "position": 0,
    "service_id": FULL.id,
    "field": "rules",
    "detail": "",
    "before": None,
    "after": "něco",
    "on_day": TODAY,
    "source_id": "zkouska",
}
UNFILLED = {"boundaries", "districts", "municipalities", "municipality_parts", "need_groups"}
NEW_IN_RULES = {"basis": None, "source": "", "verified_on": None}


@pytest.fixture
def old(empty_engine: Engine) -> Engine:
    """A filled database of the program of the third migration."""
    _move(empty_engine, to="0003")
    words = vocabulary_rows(WORDS)
    bundle = service_rows(FULL, origin=Origin.OWN)
    then = _tables(empty_engine)
    with empty_engine.begin() as connection:
        for rows in (
            words.groups,
            words.types,
            words.type_groups,
            words.needs,
            words.need_types,
            words.barriers,
            words.calls,
            words.call_needs,
            [source_row(one, origin=Origin.OWN) for one in SOURCES],
            [bundle.organization],
            [bundle.service],
            *bundle.parts,
        ):
            table = then.tables[rows[0].__tablename__]
            connection.execute(insert(table), [_old_values(row, table) for row in rows])
        connection.execute(insert(then.tables["covered_municipalities"]), bundle.covered)
        for name, written in (
            ("own_values", OLD_OWN),
            ("imports", [OLD_IMPORT]),
            ("changes", [OLD_CHANGE]),
            (
                "imported_rows",
                [{"service_id": FULL.id, "source_id": "zkouska", "fingerprint": "f"}],
            ),
            ("meta", [{"key": "poznámka", "value": "zůstane"}]),
        ):
            connection.execute(insert(then.tables[name]), written)
    return empty_engine


def _move(engine: Engine, *, to: str) -> None:
    go = command.downgrade if schema_state(engine) is SchemaState.CURRENT else command.upgrade
    with engine.begin() as connection:
        go(alembic_config(connection), to)


def _tables(engine: Engine) -> MetaData:
    found = MetaData()
    found.reflect(engine)
    return found


def _old_values(row: Row, table: Table) -> dict[str, object]:
    values = {column.name: getattr(row, column.name) for column in table.columns}
    return {name: one.value if isinstance(one, StrEnum) else one for name, one in values.items()}


def _content(engine: Engine) -> Content:
    """Everything in every table, in an order that does not matter."""
    with engine.connect() as connection:
        return {
            name: sorted(
                (dict(row) for row in connection.execute(select(table)).mappings()), key=repr
            )
            for name, table in _tables(engine).tables.items()
            if name != "alembic_version"
        }


def _store_over(engine: Engine) -> SqlImportStore:
    migrate(engine)
    return SqlImportStore(engine)


def test_every_row_of_an_older_database_is_there_after_the_migration(old: Engine) -> None:
    before = _content(old)
    assert {name for name, rows in before.items() if not rows} == UNFILLED
    migrate(old)
    after = _content(old)
    new = set(after) - set(before)
    assert new >= {"code_list_entries", "merge_decisions", "outcome_counts", "record_links"}
    assert all(after[name] == [] for name in new - {"edits"})
    widened = [row | NEW_IN_RULES for row in before["acceptance_rules"]]
    assert after["acceptance_rules"] == sorted(widened, key=repr)
    unchanged = before.keys() - {"acceptance_rules"}
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}


def test_the_log_of_edits_begins_with_the_own_values_that_were_there(old: Engine) -> None:
    store = _store_over(old)
    begun = store.edits()
    assert {edit.after for edit in begun} == set(store.own_values()) != set()
    assert [edit.number for edit in begun] == list(range(len(begun), 0, -1))
    assert {(edit.before, edit.signed.author, edit.undoes) for edit in begun} == {
        (None, THE_PROGRAM, None)
    }


def test_own_rules_that_an_older_program_wrote_are_read(old: Engine) -> None:
    store = _store_over(old)
    acceptance = [one for one in store.own_values() if one.field is OwnField.ACCEPTANCE]
    assert [one.rules for one in acceptance] == [
        (AcceptanceRule(barrier="ALKOHOL", stance=Stance.ACCEPTS, wording="ověřeno „po telefonu“"),)
    ]
    assert store.sourced_services() == {FULL.id: FULL}


def test_the_way_there_and_back_leaves_every_row_as_it_was(old: Engine) -> None:
    before = _content(old)
    migrate(old)
    _move(old, to="0003")
    assert _content(old) == before


def test_copied_tables_still_refer_to_services_and_words(old: Engine) -> None:
    migrate(old)
    with old.begin() as connection:
        if old.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        connection.execute(text("DELETE FROM services"))
    left = _content(old)
    assert (left["acceptance_rules"], left["own_values"]) == ([], [])
    assert len(left["barriers"]) == len(WORDS.barriers)


def test_the_way_back_drops_what_an_older_program_cannot_read_and_nothing_else(old: Engine) -> None:
    before = _content(old)
    store = _store_over(old)
    conditional = AcceptanceRule(barrier="INFEKCE", stance=Stance.CONDITIONS, wording="po léčbě")
    grounded = AcceptanceRule(
        barrier="ALKOHOL",
        stance=Stance.EXCLUDES,
        wording="nepřijímá",
        basis=RefusalBasis.OUTSIDE_LAW,
        source="zkouska-2",
        verified_on=date(2026, 8, 1),
    )
    about = {"verified_on": TODAY, "verified_by": VerifiedBy.OFFICE}
    store.save_services([a_service("s-1"), a_service("s-2")])
    store.save_own(
        [
            OwnValue(
                service=FULL.id, field=OwnField.ACCEPTANCE, rules=(conditional, grounded), **about
            ),
            OwnValue(service="s-1", field=OwnField.ACCEPTANCE, rules=(conditional,), **about),
            OwnValue(
                service="s-2",
                field=OwnField.NETWORK,
                networks=(NetworkMembership(network="základní síť kraje"),),
                **about,
            ),
        ]
    )
    with old.begin() as connection:
        connection.execute(
            text("UPDATE acceptance_rules SET stance = 'conditions' WHERE barrier = 'INFEKCE'")
        )
    _move(old, to="0003")
    after = _content(old)
    kept = [row for row in before["acceptance_rules"] if row["barrier"] != "INFEKCE"]
    assert after["acceptance_rules"] == kept
    assert [(row["service_id"], row["field"]) for row in after["own_values"]] == [
        (FULL.id, "acceptance"),
        (FULL.id, "vacancy"),
    ]
    assert json.loads(str(after["own_values"][0]["value"])) == [
        ["ALKOHOL", "excludes", "nepřijímá"]
    ]
    assert len(_store_over(old).sourced_services()[FULL.id].eligibility.rules) == 1
