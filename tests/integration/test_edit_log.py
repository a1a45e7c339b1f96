"""Every own value has its whole history, whoever wrote it and by whatever way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.edit_store import WantedEdits
from referral.catalog.editing import AuthorKind, Deed
from referral.catalog.links import LinkState, Purpose, RecordLink
from referral.catalog.model import AgeRange, CapacityUnit, Contact
from referral.catalog.oddness import Doubt
from referral.catalog.own_fields import OwnField, OwnValue, Vacancy, VerifiedBy
from referral.catalog.proposals import Decision, Proposal
from referral.storage.errors import RefusedError
from referral.storage.importing import SqlImportStore
from referral.storage.writing import RESOLVED_AGAIN
from referral.usecases.edit_own import OvertakenError, Wish, edit_own
from support.build import a_service
from support.edits import EDITOR, MOMENT, SIGNED
from support.invented import FULL, SOURCES, WORDS

FREE = OwnValue(
    service=FULL.id,
    field=OwnField.VACANCY,
    verified_on=date(2026, 8, 1),
    verified_by=VerifiedBy.PROVIDER,
    vacancies=(Vacancy(unit=CapacityUnit.CLIENTS, available=2),),
)
FULL_UP = replace(FREE, vacancies=(Vacancy(unit=CapacityUnit.CLIENTS, available=0),))
AGES = OwnValue(
    service=FULL.id,
    field=OwnField.AGES,
    verified_on=date(2026, 8, 2),
    verified_by=VerifiedBy.OFFICE,
    ages=AgeRange(min=18),
)
LINK = RecordLink(
    id="abc",
    service=FULL.id,
    purpose=Purpose.VACANCY,
    made_at=MOMENT,
    expires_at=MOMENT + timedelta(days=7),
    made_by="7",
)


@pytest.fixture
def ready(engine: Engine) -> SqlImportStore:
    """A store with two services."""
    store = SqlImportStore(engine)
    store.save_vocabulary(WORDS)
    store.save_sources(SOURCES)
    store.save_services([FULL, a_service("s-2")])
    return store


def test_an_edit_keeps_who_when_from_what_to_what_and_why(ready):
    with ready.editing() as writer:
        writer.save_own([FREE], signed=SIGNED)
        writer.save_own([FULL_UP, AGES], signed=replace(SIGNED, approved_by="1"), undoes=1)
    last, middle, first = ready.edits()
    assert (first.number, first.before, first.after, first.deed) == (1, None, FREE, Deed.ADDED)
    assert (first.signed, first.undoes) == (SIGNED, None)
    assert (middle.before, middle.after, middle.deed) == (FREE, FULL_UP, Deed.CHANGED)
    assert (middle.signed.approved_by, middle.undoes, last.number) == ("1", 1, 3)
    assert ready.edit(2) == middle
    assert ready.edit(9) is None


def test_what_changes_nothing_is_no_edit_and_what_is_forgotten_is_one(ready):
    revision = ready.revision()
    with ready.editing() as writer:
        writer.save_own([FREE], signed=SIGNED)
        writer.save_own([FREE], signed=SIGNED)
        writer.forget_own([(FULL.id, OwnField.AGES)], signed=SIGNED)
        key = (FULL.id, OwnField.VACANCY)
        writer.forget_own([key, key], signed=SIGNED)
    assert [one.deed for one in ready.edits()] == [Deed.FORGOTTEN, Deed.ADDED]
    assert ready.own_values() == ()
    assert ready.revision() == revision + 1


def test_the_last_edit_of_the_log_says_what_holds(ready):
    ready.save_own([FREE, AGES])
    ready.save_own([FULL_UP])
    latest = {one.field: one.after for one in reversed(ready.edits())}
    assert latest == {one.field: one for one in ready.own_values(FULL.id)}
    assert {one.signed.author.kind for one in ready.edits()} == {AuthorKind.PROGRAM}


def test_edits_are_found_by_service_by_field_and_page_by_page(ready):
    ready.save_own([FREE, AGES, replace(AGES, service="s-2")])
    ready.save_own([FULL_UP])
    numbers = lambda **wanted: [one.number for one in ready.edits(WantedEdits(**wanted))]  # noqa: E731 - shorter
    assert numbers() == [4, 3, 2, 1]
    assert numbers(services=frozenset({"s-2"})) == [3]
    assert numbers(services=frozenset()) == []
    assert numbers(field=OwnField.AGES) == [3, 2]
    assert numbers(before=3, limit=1) == [2]
    many = frozenset({f"x-{one}" for one in range(600)}) | {FULL.id, "s-2"}
    assert numbers(services=many, limit=3) == [4, 3, 2]
    assert ready.last_edits([FULL.id, "s-2"]) == {OwnField.VACANCY: 4, OwnField.AGES: 3}
    assert ready.last_edits([]) == {}


def test_a_coverage_that_a_new_territory_moves_is_logged_as_moved_by_the_program(ready):
    said = Coverage(status=CoverageStatus.DECLARED, certain=frozenset({"500001"}))
    ready.save_own(
        [replace(AGES, field=OwnField.COVERAGE, ages=None, coverage=said, service="s-2")]
    )
    moved = replace(said, certain=frozenset({"500002"}))
    ready.save_coverages({"s-2": moved, FULL.id: moved})
    ready.save_coverages({"s-2": moved})
    last, _ = ready.edits()
    assert (last.after.coverage, last.before.coverage) == (moved, said)
    assert (last.signed.author.kind, last.signed.reason) == (AuthorKind.PROGRAM, RESOLVED_AGAIN)


def test_a_link_takes_one_answer_and_none_once_it_is_over_or_taken_back(ready):
    with ready.editing() as writer:
        writer.add_link(LINK)
        writer.add_link(replace(LINK, id="late"))
        writer.add_link(replace(LINK, id="back"))
        assert not writer.spend_link("nobody", at=MOMENT)
        assert writer.spend_link("abc", at=MOMENT + timedelta(days=1))
        assert not writer.spend_link("abc", at=MOMENT + timedelta(days=1))
        assert not writer.withdraw_link("abc", at=MOMENT)
        assert not writer.spend_link("late", at=LINK.expires_at)
        assert writer.withdraw_link("back", at=MOMENT)
        assert not writer.spend_link("back", at=MOMENT)
    late = LINK.expires_at
    assert {one.id: one.state(late) for one in ready.links(FULL.id)} == {
        "abc": LinkState.USED,
        "late": LinkState.EXPIRED,
        "back": LinkState.WITHDRAWN,
    }
    assert ready.link("late") == replace(LINK, id="late")
    assert ready.link("nobody") is None
    assert ready.links("s-2") == ()


def test_a_link_to_a_service_that_is_not_stored_is_refused(ready):
    with pytest.raises(RefusedError), ready.editing() as writer:
        writer.add_link(replace(LINK, service="nobody"))


def test_a_proposal_waits_until_it_is_decided_once(ready):
    sent = Proposal(
        number=0,
        link="abc",
        value=replace(
            AGES, field=OwnField.CONTACT, ages=None, contact=Contact(phone="474 111 222")
        ),
        doubts=(Doubt.CONTACT_CHANGES, Doubt.WORDS),
        seen=3,
        sent_at=MOMENT,
        note="nové číslo",
    )
    with ready.editing() as writer:
        writer.add_link(LINK)
        assert [writer.propose(sent), writer.propose(sent)] == [1, 2]
        assert writer.decide_proposal(1, Decision.REJECTED, at=MOMENT, by=EDITOR.id)
        assert not writer.decide_proposal(1, Decision.APPROVED, at=MOMENT, by=EDITOR.id)
    assert ready.proposals() == (replace(sent, number=2),)
    decided = replace(sent, number=1, decision=Decision.REJECTED, decided_at=MOMENT, decided_by="7")
    assert ready.proposals(waiting=False) == (decided, replace(sent, number=2))
    assert ready.proposal(1) == decided
    assert ready.proposal(9) is None


def test_openings_of_cards_add_up_by_month_and_leave_the_catalogue_as_it_is(ready):
    revision = ready.revision()
    ready.count_openings({FULL.id: 3, "nobody": 5, "s-2": 0}, on=date(2026, 8, 31))
    ready.count_openings({FULL.id: 2}, on=date(2026, 8, 1))
    ready.count_openings({FULL.id: 1, "s-2": 4}, on=date(2026, 9, 1))
    assert ready.openings(since=date(2026, 8, 15)) == {FULL.id: 6, "s-2": 4}
    assert ready.openings(since=date(2026, 9, 1)) == {FULL.id: 1, "s-2": 4}
    assert ready.revision() == revision


def test_of_two_who_save_at_once_one_holds_and_the_other_is_told(ready):
    """Both have seen the same state; whoever comes second, by a hair, writes nothing."""
    start = Barrier(2)

    def save(value):
        start.wait(timeout=60)
        wish = Wish(field=value.field, value=value)
        try:
            edit_own(ready, FULL.id, [wish], records=[FULL.id], signed=SIGNED)
        except OvertakenError as told:
            return told.meanwhile[0].after
        return None

    with ThreadPoolExecutor(max_workers=2) as both:
        told = list(both.map(save, (FREE, FULL_UP)))
    (held,) = ready.own_values(FULL.id)
    assert held in {FREE, FULL_UP}
    assert sorted(told, key=lambda one: one is None) == [held, None]
    assert [one.after for one in ready.edits()] == [held]
