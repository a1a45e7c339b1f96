"""What comes by a link holds at once when it is plain, waits when it is odd, and comes once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from referral.catalog.editing import AuthorKind
from referral.catalog.links import MOST_DAYS, LinkState, Purpose
from referral.catalog.model import CapacityUnit, Contact
from referral.catalog.oddness import Doubt
from referral.catalog.own_fields import OwnField, OwnValue, Vacancy, VerifiedBy
from referral.catalog.proposals import Decision
from referral.storage.importing import SqlImportStore
from referral.usecases.edit_own import EditError, OvertakenError, Wish, edit_own
from referral.usecases.record_links import (
    SpentLinkError,
    Subject,
    answer_link,
    approve_proposal,
    make_link,
    reject_proposal,
    withdraw_link,
)
from support.build import a_service
from support.edits import MOMENT, SIGNED
from support.invented import SOURCES, WORDS

LATER = MOMENT + timedelta(days=1)
FREE = OwnValue(
    service="s",
    field=OwnField.VACANCY,
    verified_on=date(2026, 9, 2),
    verified_by=VerifiedBy.PROVIDER,
    vacancies=(Vacancy(unit=CapacityUnit.CLIENTS, available=2),),
)
PHONE = replace(FREE, field=OwnField.CONTACT, vacancies=(), contact=Contact(phone="474 111 222"))


@pytest.fixture
def store(engine: Engine) -> SqlImportStore:
    """A store with one service."""
    made = SqlImportStore(engine)
    made.save_vocabulary(WORDS)
    made.save_sources(SOURCES)
    made.save_services([a_service("s", contact=Contact(phone="1"))])
    return made


@pytest.fixture
def link(store):
    """A link to it."""
    return make_link(store, "s", Purpose.RECORD, days=7, at=MOMENT, by="7")


def answer(store, link, *values, seen=0, at=LATER):
    subject = Subject(service=store.load().service("s"), records=["s"], own=store.own_values("s"))
    wishes = [Wish(field=one.field, value=one, seen=seen) for one in values]
    return answer_link(store, link, wishes, subject=subject, at=at, note="volali jsme")


def test_what_is_plain_holds_at_once_under_the_link_and_what_is_odd_waits(store, link):
    done = answer(store, link, FREE, PHONE)
    assert (done.held, done.waiting) == ((OwnField.VACANCY,), (OwnField.CONTACT,))
    assert store.own_values("s") == (FREE,)
    (edit,) = store.edits()
    assert (edit.signed.author.kind, edit.signed.author.id) == (AuthorKind.LINK, link.id)
    assert (edit.signed.reason, edit.signed.author.role) == ("volali jsme", "provider")
    (proposal,) = store.proposals()
    assert (proposal.value, proposal.doubts) == (PHONE, (Doubt.CONTACT_CHANGES,))


def test_a_link_takes_one_answer(store, link):
    answer(store, link, FREE)
    with pytest.raises(SpentLinkError) as refused:
        answer(store, link, replace(FREE, vacancies=PHONE.vacancies or FREE.vacancies))
    assert refused.value.state is LinkState.USED
    assert len(store.edits()) == 1


def test_a_link_that_is_over_or_taken_back_takes_none(store, link):
    with pytest.raises(SpentLinkError) as late:
        answer(store, link, FREE, at=link.expires_at)
    assert late.value.state is LinkState.EXPIRED
    assert withdraw_link(store, link.id, at=LATER)
    with pytest.raises(SpentLinkError) as back:
        answer(store, link, FREE)
    assert back.value.state is LinkState.WITHDRAWN
    with pytest.raises(SpentLinkError) as unknown:
        answer(store, replace(link, id="nobody"), FREE)
    assert unknown.value.state is LinkState.WITHDRAWN
    assert (store.edits(), store.proposals()) == ((), ())


def test_who_answers_after_an_editor_is_told_and_the_link_stays_unspent(store, link):
    edit_own(store, "s", [Wish(field=OwnField.VACANCY, value=FREE)], records=["s"], signed=SIGNED)
    with pytest.raises(OvertakenError) as told:
        answer(store, link, FREE)
    assert [one.number for one in told.value.meanwhile] == [1]
    assert store.link(link.id).state(LATER) is LinkState.OPEN
    assert answer(store, link, FREE, seen=1).held == (OwnField.VACANCY,)


def test_what_is_confirmed_as_it_is_never_waits_and_what_is_forgotten_neither(store, link):
    same = replace(PHONE, contact=Contact(phone="1"))
    assert answer(store, link, same).held == (OwnField.CONTACT,)
    second = make_link(store, "s", Purpose.RECORD, days=1, at=MOMENT)
    subject = Subject(service=store.load().service("s"), records=["s"], own=())
    wish = Wish(field=OwnField.CONTACT, value=None, seen=1)
    assert answer_link(store, second, [wish], subject=subject, at=MOMENT).held == (
        OwnField.CONTACT,
    )
    assert store.own_values("s") == ()


def test_an_approved_proposal_holds_under_its_link_and_under_who_let_it_through(store, link):
    answer(store, link, PHONE)
    approve_proposal(store, 1, records=["s"], seen=0, at=LATER, by="7")
    assert store.own_values("s") == (PHONE,)
    (edit,) = store.edits()
    assert (edit.signed.author.kind, edit.signed.approved_by) == (AuthorKind.LINK, "7")
    for number in (1, 9):
        with pytest.raises(EditError, match="už někdo vyřídil"):
            approve_proposal(store, number, records=["s"], seen=1, at=LATER, by="7")


def test_a_proposal_over_a_later_edit_waits_until_the_editor_has_seen_that(store, link):
    answer(store, link, PHONE)
    corrected = replace(PHONE, contact=Contact(phone="3"))
    edit_own(store, "s", [Wish(field=PHONE.field, value=corrected)], records=["s"], signed=SIGNED)
    with pytest.raises(OvertakenError):
        approve_proposal(store, 1, records=["s"], seen=0, at=LATER, by="7")
    assert store.proposal(1).decision is None
    approve_proposal(store, 1, records=["s"], seen=1, at=LATER, by="7")
    assert store.own_values("s") == (PHONE,)


def test_a_proposal_turned_down_changes_nothing_and_stays_in_the_record(store, link):
    answer(store, link, PHONE)
    reject_proposal(store, 1, at=LATER, by="7")
    assert (store.own_values(), store.proposals()) == ((), ())
    (kept,) = store.proposals(waiting=False)
    assert (kept.decision, kept.decided_by) == (Decision.REJECTED, "7")
    with pytest.raises(EditError, match="už někdo vyřídil"):
        reject_proposal(store, 1, at=LATER, by="7")


@pytest.mark.parametrize("days", [0, MOST_DAYS + 1])
def test_a_link_lives_from_a_day_to_a_quarter_of_a_year(store, days):
    with pytest.raises(EditError, match=f"1 až {MOST_DAYS} dní; {days} to není"):
        make_link(store, "s", Purpose.VACANCY, days=days, at=MOMENT)


def test_ids_of_links_do_not_repeat_and_hold_128_random_bits(store):
    ids = {make_link(store, "s", Purpose.VACANCY, days=1, at=MOMENT).id for _ in range(20)}
    assert len(ids) == 20
    assert {len(one) for one in ids} == {22}
