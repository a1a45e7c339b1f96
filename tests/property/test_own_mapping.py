"""What people verify, decide and count comes back from the database as it was."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from referral.catalog.code_lists import CodeListEntry
from referral.catalog.experience import OutcomeCount
from referral.catalog.merging import MergeDecision, MergeVerdict
from referral.catalog.own_fields import OwnValue
from referral.catalog.ports import Fate
from referral.storage.deciding import SqlDecisionWriter
from referral.storage.engine import create_store_engine
from referral.storage.importing import SqlImportWriter
from referral.storage.mapping.decisions import (
    decision_from,
    decision_row,
    outcome_count_from,
    outcome_count_row,
)
from referral.storage.mapping.imports import (
    code_list_entry_from,
    code_list_entry_row,
)
from referral.storage.mapping.own import own_value_from, own_value_row
from referral.storage.putting import insert_rows
from referral.storage.reading import read_code_lists, read_decisions, read_outcome_counts
from referral.storage.schema import migrate
from support.build import a_service
from support.edits import SIGNED
from support.invented import SOURCES, WORDS
from support.own_strategies import code_list_entries, decisions, outcome_counts, own_values

SERVICES = ("a", "b", "c")


def own_of(value: OwnValue) -> tuple[str, str]:
    return value.service, value.field


def pair_of(decision: MergeDecision) -> frozenset[str]:
    return frozenset((decision.kept, decision.other))


def count_of(count: OutcomeCount) -> tuple[str, str]:
    return count.service, count.barrier


MANY_OWN = st.lists(own_values(SERVICES), max_size=4, unique_by=own_of)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    """A connection to tables with three services, about which anything can be said."""
    engine = create_store_engine("sqlite://")
    migrate(engine)
    with engine.connect() as opened:
        with opened.begin():
            writer = SqlImportWriter(opened)
            writer.save_vocabulary(WORDS)
            writer.save_sources(SOURCES)
            writer.save_services([a_service(name) for name in SERVICES])
        yield opened
    engine.dispose()


@given(before=MANY_OWN, after=MANY_OWN)
def test_own_values_come_back_and_replace_only_those_of_their_service_and_field(
    connection: Connection, before: list[OwnValue], after: list[OwnValue]
) -> None:
    known = {own_of(value): value for value in before}
    with connection.begin() as transaction:
        writer = SqlImportWriter(connection)
        assert set(writer.save_own(before, signed=SIGNED).values()) <= {Fate.ADDED}
        writer.changed = False
        fates = writer.save_own(after, signed=SIGNED)
        stored = writer.own_values()
        transaction.rollback()
    assert {own_of(value): value for value in stored} == known | {
        own_of(value): value for value in after
    }
    assert len(stored) == len(known | fates)
    for value in after:
        old = known.get(own_of(value))
        expected = Fate.UNCHANGED if old == value else Fate.CHANGED if old else Fate.ADDED
        assert fates[value.service, value.field] is expected
    assert writer.changed == any(fate is not Fate.UNCHANGED for fate in fates.values())


@given(drawn=st.lists(decisions(SERVICES), max_size=3, unique_by=pair_of))
def test_decisions_come_back_one_for_each_two_records(
    connection: Connection, drawn: list[MergeDecision]
) -> None:
    with connection.begin() as transaction:
        SqlDecisionWriter(connection).decide(drawn)
        stored = read_decisions(connection)
        transaction.rollback()
    assert len(stored) == len(drawn)
    back = {pair_of(one): one for one in stored}
    for one in drawn:
        if one.verdict is MergeVerdict.SAME:
            assert back[pair_of(one)] == one
        else:
            assert back[pair_of(one)].verdict is MergeVerdict.DIFFERENT
            assert back[pair_of(one)].decided_on == one.decided_on


@given(drawn=st.lists(outcome_counts(SERVICES), max_size=4, unique_by=count_of))
def test_counts_come_back_in_the_order_of_service_and_barrier(
    connection: Connection, drawn: list[OutcomeCount]
) -> None:
    with connection.begin() as transaction:
        insert_rows(connection, [outcome_count_row(count) for count in drawn])
        stored = read_outcome_counts(connection)
        transaction.rollback()
    assert stored == tuple(sorted(drawn, key=count_of))


@given(drawn=st.lists(code_list_entries(), max_size=4, unique_by=lambda entry: entry.key))
def test_code_lists_come_back_as_they_were(
    connection: Connection, drawn: list[CodeListEntry]
) -> None:
    with connection.begin() as transaction:
        writer = SqlImportWriter(connection)
        for expected in (Fate.ADDED, Fate.UNCHANGED):
            assert set(writer.save_code_lists(drawn).values()) <= {expected}
        stored = read_code_lists(connection)
        transaction.rollback()
    assert stored.entries == {entry.key: entry for entry in drawn}


@given(
    value=own_values(SERVICES),
    decision=decisions(SERVICES),
    count=outcome_counts(SERVICES),
    entry=code_list_entries(),
)
def test_the_row_of_anything_is_the_row_of_what_is_read_from_it(
    value: OwnValue, decision: MergeDecision, count: OutcomeCount, entry: CodeListEntry
) -> None:
    assert own_value_row(own_value_from(own_value_row(value))) == own_value_row(value)
    assert decision_from(decision_row(decision)) == decision
    assert outcome_count_from(outcome_count_row(count)) == count
    assert code_list_entry_from(code_list_entry_row(entry)) == entry
