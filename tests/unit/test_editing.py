"""Edits, links, what waits and what to verify first."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.editing import Deed, Edit, Undoing, same_content
from referral.catalog.errors import CatalogError
from referral.catalog.known import known_value
from referral.catalog.links import MOST_DAYS, LinkState, Purpose, RecordLink
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Schedule,
    ServiceCapacity,
    Stance,
)
from referral.catalog.oddness import FEW_MUNICIPALITIES, MANY_FREE, Doubt, doubts_of
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Scope,
    Vacancy,
    VerifiedBy,
    Waiting,
    with_own,
)
from referral.catalog.vocabulary import Form
from support.build import AS_OF, TODAY, a_service, covering
from support.edits import MOMENT, SIGNED

ON = date(2026, 8, 20)
BEDS = CapacityUnit.BEDS
BAN = AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="ne")
CONTACT = Contact(phone="474 111 222", email="a@example.test", web="https://example.test")


def own(field, **said):
    return OwnValue(service="s", field=field, verified_on=ON, verified_by=VerifiedBy.OFFICE, **said)


def waits(days):
    return own(OwnField.WAITING, waiting=Waiting(days=days))


def edit(number, before, after):
    return Edit(
        number=number,
        service="s",
        field=OwnField.WAITING,
        before=before,
        after=after,
        signed=SIGNED,
    )


# --- Edits ----------------------------------------------------------------------------------------


def test_an_edit_tells_what_it_did():
    newer = replace(waits(1), verified_on=TODAY)
    assert edit(1, None, waits(1)).deed is Deed.ADDED
    assert edit(1, waits(1), waits(2)).deed is Deed.CHANGED
    assert edit(1, waits(1), newer).deed is Deed.CONFIRMED
    assert edit(1, waits(1), None).deed is Deed.FORGOTTEN


def test_values_of_another_day_and_role_say_the_same():
    other = replace(waits(1), verified_on=TODAY, verified_by=VerifiedBy.PROVIDER)
    assert same_content(waits(1), other)
    assert not same_content(waits(1), waits(2))


def test_the_moment_of_an_edit_needs_a_time_zone():
    with pytest.raises(CatalogError, match="time zone"):
        replace(SIGNED, at=datetime(2026, 9, 1))  # noqa: DTZ001 - what is refused


def test_taking_an_edit_back_asks_only_when_something_said_since_would_be_lost():
    first, second = edit(1, None, waits(1)), edit(2, waits(1), waits(2))
    back = edit(3, waits(2), waits(1))
    plain = Undoing.of(first, history=[first], current=waits(1))
    assert (plain.overwrites, plain.done, plain.last) == (False, False, 1)
    lost = Undoing.of(first, history=[second, first], current=waits(2))
    assert (lost.overwrites, lost.later, lost.last) == (True, (second,), 2)
    again = Undoing.of(first, history=[back, first, second], current=waits(1))
    assert (again.overwrites, again.last) == (False, 3)
    done = Undoing.of(second, history=[back, second], current=waits(1))
    assert (done.done, done.overwrites) == (True, False)


# --- Links ----------------------------------------------------------------------------------------

LINK = RecordLink(
    id="a",
    service="s",
    purpose=Purpose.VACANCY,
    made_at=MOMENT,
    expires_at=MOMENT + timedelta(days=7),
)


def test_a_link_is_open_until_it_is_used_taken_back_or_over():
    assert LINK.state(MOMENT) is LinkState.OPEN
    assert LINK.state(LINK.expires_at - timedelta(seconds=1)) is LinkState.OPEN
    assert LINK.state(LINK.expires_at) is LinkState.EXPIRED
    assert replace(LINK, withdrawn_at=MOMENT).state(MOMENT) is LinkState.WITHDRAWN
    assert replace(LINK, used_at=MOMENT).state(LINK.expires_at) is LinkState.USED


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_a_link_that_could_never_be_used_or_lives_too_long_is_refused(days):
    with pytest.raises(CatalogError, match="a link must live"):
        replace(LINK, expires_at=MOMENT + timedelta(days=days))


# --- Own values of the new fields -----------------------------------------------------------------


def test_own_contact_hours_and_ages_stand_above_the_source_and_the_rest_is_not_touched():
    service = a_service(
        "s",
        contact=Contact(phone="1", email="staré@example.test"),
        schedules=[Schedule(form=Form.FIELD, text="8-16"), Schedule(form=Form.AMBULATORY)],
        eligibility=Eligibility(ages=AgeRange(min=65), rules=(BAN,)),
    )
    after = with_own(
        service,
        [
            own(OwnField.CONTACT, contact=Contact(phone="2")),
            own(OwnField.HOURS, hours=(Schedule(form=Form.FIELD, text="9-15"),)),
            own(OwnField.AGES, ages=AgeRange()),
            own(OwnField.SCOPE, scope=Scope(does="umyje")),
            own(OwnField.WAITING, waiting=Waiting(days=0)),
        ],
    )
    assert after.contact == Contact(phone="2", email="staré@example.test")
    assert [(one.form, one.text) for one in after.schedules] == [
        (Form.AMBULATORY, ""),
        (Form.FIELD, "9-15"),
    ]
    assert after.eligibility == Eligibility(ages=AgeRange(), rules=(BAN,))
    assert after.provenance.verified_on == ON


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (OwnField.CONTACT, {"contact": Contact()}),
        (OwnField.WAITING, {"waiting": Waiting()}),
        (OwnField.SCOPE, {"scope": Scope()}),
        (OwnField.AGES, {"scope": Scope(does="x")}),
    ],
)
def test_an_own_value_that_says_nothing_or_another_field_is_refused(field, said):
    with pytest.raises(CatalogError, match="must hold that and nothing else"):
        own(field, **said)


# --- What holds now -------------------------------------------------------------------------------


def known(service, field, *values):
    return known_value(service, field, own=values, on=TODAY, by=VerifiedBy.PROVIDER)


@pytest.mark.parametrize("field", OwnField)
def test_of_what_nobody_knows_nothing_is_held(field):
    bare = a_service("s", contact=Contact(), schedules=[Schedule(form=Form.FIELD)])
    assert known(bare, field) is None


def test_what_the_source_says_is_held_as_somebody_would_confirm_it():
    service = a_service(
        "s",
        coverage=covering("500001", status=CoverageStatus.PARSED),
        capacities=[
            ServiceCapacity(unit=BEDS, registered=10, as_of=AS_OF, available=2),
            ServiceCapacity(unit=BEDS, registered=3, as_of=AS_OF, immediate=True),
            ServiceCapacity(unit=CapacityUnit.CLIENTS, registered=None, as_of=AS_OF),
        ],
        contact=CONTACT,
        schedules=[Schedule(form=Form.FIELD, round_the_clock=True), Schedule(form=Form.AMBULATORY)],
        eligibility=Eligibility(
            ages=AgeRange(min=18),
            rules=(replace(BAN, source="jiný", verified_on=AS_OF),),
        ),
    )
    coverage = known(service, OwnField.COVERAGE)
    assert coverage.coverage.status is CoverageStatus.DECLARED
    assert coverage.coverage.certain == {"500001"}
    assert (coverage.verified_on, coverage.verified_by) == (TODAY, VerifiedBy.PROVIDER)
    assert known(service, OwnField.VACANCY).vacancies == (Vacancy(unit=BEDS, available=2),)
    assert known(service, OwnField.CAPACITY).capacities == (OwnCapacity(unit=BEDS, amount=10),)
    assert known(service, OwnField.ACCEPTANCE).rules == (BAN,)
    assert known(service, OwnField.CONTACT).contact == CONTACT
    assert known(service, OwnField.HOURS).hours == service.schedules[:1]
    assert known(service, OwnField.AGES).ages == AgeRange(min=18)


def test_of_own_values_of_several_records_the_latest_is_held_and_networks_together():
    service = a_service("s")
    old = replace(waits(9), service="other", verified_on=TODAY)
    assert known(service, OwnField.WAITING, old, waits(3)) == replace(
        waits(9), verified_on=TODAY, verified_by=VerifiedBy.PROVIDER
    )
    first = own(OwnField.NETWORK, networks=(NetworkMembership(network="b"),))
    second = own(
        OwnField.NETWORK,
        networks=(NetworkMembership(network="a"), NetworkMembership(network="b", since=ON)),
    )
    held = known(service, OwnField.NETWORK, replace(first, verified_on=AS_OF), second)
    assert [(one.network, one.since) for one in held.networks] == [("a", None), ("b", ON)]


# --- What waits -----------------------------------------------------------------------------------


def free(available, form=None, unit=BEDS):
    return own(OwnField.VACANCY, vacancies=(Vacancy(unit=unit, available=available, form=form),))


def covers(*codes, everywhere=False):
    return own(
        OwnField.COVERAGE,
        coverage=Coverage(
            status=CoverageStatus.DECLARED, certain=frozenset(codes), everywhere=everywhere
        ),
    )


def does(what):
    return own(OwnField.SCOPE, scope=Scope(does=what))


def ages(low=None, high=None):
    return own(OwnField.AGES, ages=AgeRange(min=low, max=high))


def rules(*given):
    return own(OwnField.ACCEPTANCE, rules=given)


def beds(amount):
    return own(OwnField.CAPACITY, capacities=(OwnCapacity(unit=BEDS, amount=amount),))


CODES = tuple(f"5{one:05}" for one in range(40))
ACCEPTS = replace(BAN, stance=Stance.ACCEPTS)


@pytest.mark.parametrize(
    ("value", "before", "doubts"),
    [
        (free(10), None, ()),
        (free(11), None, (Doubt.MORE_FREE_THAN_CAPACITY,)),
        (free(11, Form.RESIDENTIAL), None, (Doubt.MORE_FREE_THAN_CAPACITY,)),
        (free(11, Form.FIELD), None, ()),
        (free(MANY_FREE, unit=CapacityUnit.CLIENTS), None, ()),
        (free(MANY_FREE + 1, unit=CapacityUnit.CLIENTS), None, (Doubt.MANY_FREE,)),
        (covers(*CODES), None, ()),
        (covers(*CODES), covers(*CODES), ()),
        (covers(*CODES[10:]), covers(*CODES), ()),
        (covers(*CODES[11:]), covers(*CODES), (Doubt.LEAVES_PLACES,)),
        (covers(*CODES[:FEW_MUNICIPALITIES]), covers(CODES[0]), ()),
        (covers(*CODES[: FEW_MUNICIPALITIES + 2]), covers(CODES[0]), (Doubt.TAKES_PLACES,)),
        (covers(*CODES[:30]), covers(*CODES[:20]), ()),
        (covers(everywhere=True), covers(*CODES), (Doubt.WHOLE_COUNTRY,)),
        (covers(everywhere=True), None, (Doubt.WHOLE_COUNTRY,)),
        (covers(*CODES), covers(everywhere=True), (Doubt.LEAVES_PLACES,)),
        (covers(everywhere=True), covers(everywhere=True), ()),
        (rules(BAN), rules(BAN), ()),
        (rules(BAN), None, (Doubt.NEW_BAN, Doubt.WORDS)),
        (rules(BAN), rules(ACCEPTS), (Doubt.NEW_BAN,)),
        (rules(ACCEPTS), rules(BAN), ()),
        (rules(replace(ACCEPTS, wording="")), None, ()),
        (beds(13), beds(10), ()),
        (beds(14), beds(10), (Doubt.CAPACITY_DIFFERS,)),
        (beds(6), beds(10), (Doubt.CAPACITY_DIFFERS,)),
        (beds(600), None, ()),
        (own(OwnField.CONTACT, contact=CONTACT), None, (Doubt.CONTACT_CHANGES,)),
        (own(OwnField.CONTACT, contact=CONTACT), own(OwnField.CONTACT, contact=CONTACT), ()),
        (
            own(OwnField.CONTACT, contact=CONTACT),
            own(OwnField.CONTACT, contact=replace(CONTACT, phone="9")),
            (Doubt.CONTACT_CHANGES,),
        ),
        (ages(18), None, (Doubt.FEWER_AGES,)),
        (ages(18), ages(65), ()),
        (ages(65), ages(18), (Doubt.FEWER_AGES,)),
        (ages(), ages(18, 64), ()),
        (ages(high=60), ages(high=64), (Doubt.FEWER_AGES,)),
        (ages(high=64), ages(high=60), ()),
        (ages(high=64), ages(), (Doubt.FEWER_AGES,)),
        (own(OwnField.NETWORK, networks=(NetworkMembership(network="a"),)), None, (Doubt.NETWORK,)),
        (waits(10), None, ()),
        (own(OwnField.WAITING, waiting=Waiting(note="rok")), None, (Doubt.WORDS,)),
        (own(OwnField.WAITING, waiting=Waiting(note="rok")), waits(10), (Doubt.WORDS,)),
        (
            own(OwnField.WAITING, waiting=Waiting(days=3, note="rok")),
            own(OwnField.WAITING, waiting=Waiting(note="rok")),
            (),
        ),
        (does("a"), None, (Doubt.WORDS,)),
        (does("a"), does("a"), ()),
        (does("a"), does("b"), (Doubt.WORDS,)),
        (own(OwnField.HOURS, hours=(Schedule(form=Form.FIELD, text="8-16"),)), None, ()),
    ],
)  # fmt: skip
def test_a_change_by_a_link_waits_when_it_could_do_harm(value, before, doubts):
    service = a_service(
        "s",
        capacities=[
            ServiceCapacity(unit=BEDS, registered=10, as_of=AS_OF, form=Form.RESIDENTIAL),
            ServiceCapacity(unit=CapacityUnit.CONTACTS, registered=None, as_of=AS_OF),
        ],
    )
    assert doubts_of(value, before=before, service=service) == doubts
