"""Whatever people write and take back, the log leads to what holds and every step can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.edit_store import WantedEdits
from referral.catalog.editing import Edit
from referral.catalog.own_fields import OwnField
from referral.storage.editing import SqlEditWriter
from referral.storage.engine import create_store_engine
from referral.storage.mapping.own import verified_from, verified_text
from referral.storage.schema import migrate
from referral.usecases.edit_own import (
    EditError,
    OvertakenError,
    OverwritesError,
    Wish,
    edit_own,
    undo_edit,
    undoing,
)
from support.build import a_service
from support.edits import SIGNED
from support.invented import SOURCES, WORDS
from support.own_strategies import own_values

FIELDS = (OwnField.WAITING, OwnField.VACANCY)
VALUES = own_values(("s",)).filter(lambda one: one.field in FIELDS)
WRITE = st.one_of(VALUES, st.sampled_from(FIELDS))
"""A value that somebody writes, or a field of which they forget ours."""
STEPS = st.lists(st.one_of(WRITE, st.integers(1, 12)), min_size=1, max_size=12)
"""A number takes the edit of that number back, whatever has been said since."""


class OpenStore:
    """A store over one transaction that the test takes back."""

    def __init__(self, connection) -> None:
        self.writer = SqlEditWriter(connection)

    @contextmanager
    def editing(self) -> Iterator[SqlEditWriter]:
        with self.writer._connection.begin_nested():
            yield self.writer


@pytest.fixture(scope="module")
def connection():
    """A connection to tables with one service, about which anything can be said."""
    engine = create_store_engine("sqlite://")
    migrate(engine)
    with engine.connect() as opened:
        with opened.begin():
            writer = SqlEditWriter(opened)
            writer.save_vocabulary(WORDS)
            writer.save_sources(SOURCES)
            writer.save_services([a_service("s")])
        yield opened
    engine.dispose()


@contextmanager
def fresh(connection):
    with connection.begin() as transaction:
        yield OpenStore(connection)
        transaction.rollback()


def held(store):
    return {one.field: one for one in store.writer.own_values("s")}


def write(store, step):
    """Take a step of a drawn sequence; return whether an edit came of it."""
    before = len(store.writer.edits())
    if isinstance(step, int):
        try:
            found = undoing(store.writer, step)
            undo_edit(store, step, signed=SIGNED, seen=found.last, over=True)
        except EditError:
            return False
    else:
        field = step if isinstance(step, OwnField) else step.field
        value = None if isinstance(step, OwnField) else step
        seen = store.writer.last_edits(["s"]).get(field, 0)
        edit_own(
            store, "s", [Wish(field=field, value=value, seen=seen)], records=["s"], signed=SIGNED
        )
    return len(store.writer.edits()) > before


@given(steps=STEPS)
def test_undo_puts_back_exactly_what_was_there_after_any_edits_and_undos(connection, steps):
    with fresh(connection) as store:
        for step in steps:
            before = held(store)
            if not write(store, step):
                assert held(store) == before
                continue
            (last,) = store.writer.edits(WantedEdits(limit=1))
            after = held(store)
            undo_edit(store, last.number, signed=SIGNED)
            assert held(store) == before
            (back,) = store.writer.edits(WantedEdits(limit=1))
            assert back.undoes == last.number
            undo_edit(store, back.number, signed=SIGNED)
            assert held(store) == after


@given(steps=STEPS)
def test_the_log_alone_tells_what_holds_and_grows_only_at_its_end(connection, steps):
    with fresh(connection) as store:
        log: tuple[Edit, ...] = ()
        for step in steps:
            write(store, step)
            grown = store.writer.edits()
            assert grown[len(grown) - len(log) :] == log
            log = grown
        told: dict[OwnField, object] = {}
        for edit in reversed(log):
            assert told.get(edit.field) == edit.before
            told[edit.field] = edit.after
        assert {field: value for field, value in told.items() if value is not None} == held(store)
        assert [one.number for one in log] == list(range(len(log), 0, -1))


@given(steps=STEPS, number=st.integers(1, 12))
def test_taking_an_edit_back_never_ends_what_was_said_since_without_asking(
    connection, steps, number
):
    with fresh(connection) as store:
        for step in steps:
            write(store, step)
        edit, before = store.writer.edit(number), held(store)
        asked = None
        try:
            undo_edit(store, number, signed=SIGNED)
        except OverwritesError as refusal:
            asked = refusal.undoing
        except EditError:
            assert edit is None or before.get(edit.field) == edit.before
            assert held(store) == before
        else:
            assert before.get(edit.field) == edit.after
            assert held(store).get(edit.field) == edit.before
        if asked is None:
            return
        assert before.get(edit.field) not in {edit.before, edit.after}
        later = [one for one in store.writer.edits() if one.field is edit.field]
        assert asked.later == tuple(one for one in reversed(later) if one.number > number)
        assert held(store) == before
        with pytest.raises(OverwritesError):
            undo_edit(store, number, signed=SIGNED, seen=asked.last - 1, over=True)


@given(first=VALUES, second=VALUES)
def test_who_comes_second_is_told_what_came_first_and_writes_nothing(connection, first, second):
    with fresh(connection) as store:
        one = Wish(field=first.field, value=first)
        other = Wish(field=second.field, value=second)
        edit_own(store, "s", [one], records=["s"], signed=SIGNED)
        before = held(store)
        if first.field is not second.field:
            edit_own(store, "s", [other], records=["s"], signed=SIGNED)
            assert held(store) == before | {second.field: second}
            return
        with pytest.raises(OvertakenError) as told:
            edit_own(store, "s", [other], records=["s"], signed=SIGNED)
        assert [edit.after for edit in told.value.meanwhile] == [first]
        assert held(store) == before


@given(value=own_values(("s",)))
def test_what_stands_in_the_log_is_read_as_it_was_written(value):
    assert verified_from(verified_text(value), service="s", field=value.field) == value
