"""When a service of HSDS is open, how many it takes, whom to call; and no people."""

from datetime import date

import pytest

from referral.catalog.model import CapacityUnit
from referral.catalog.vocabulary import Form
from support.hsds_package import FORM, PEOPLE, TYPE, at, mark, person, phone, place, service
from support.hsds_reading import DAY, fields, taken, teller


@pytest.fixture
def tell(embedded, tmp_path):
    """Read one service, changed in some keys, and return all that is told of it."""
    return teller(embedded, tmp_path)


@pytest.fixture
def read(tell):
    """Read one service that is taken over."""
    return lambda *mapping, **changed: taken(tell(*mapping, **changed))


# --- When and how many ----------------------------------------------------------------------------


def hours(**other):
    return {"byday": "MO,TU", "opens_at": "08:00", "closes_at": "12:30", "freq": "WEEKLY"} | other


@pytest.mark.parametrize(
    ("schedules", "text"),
    [
        ([hours()], "Po, Út 8:00 - 12:30"),
        ([hours(), hours(byday="FR")], "Po, Út, Pá 8:00 - 12:30"),
        ([hours(), hours(opens_at="13:00", closes_at="15:00")],
         "Po, Út 8:00 - 12:30; Po, Út 13:00 - 15:00"),
        ([hours(interval=2)], "Po, Út 8:00 - 12:30 (každý 2. týden)"),
        ([hours(byday="1SA", freq="MONTHLY")], "1. So 8:00 - 12:30 (každý měsíc)"),
        ([hours(byday="-1SU", freq="MONTHLY")], "poslední Ne 8:00 - 12:30 (každý měsíc)"),
        ([hours(valid_to="2026-10-01"), hours(byday="WE")], "St 8:00 - 12:30"),
    ],
    ids=range(7),
)  # fmt: skip
def test_opening_hours_are_written_for_people(read, schedules, text):
    (found,) = read(schedules=schedules).schedules
    assert (found.form, found.text, found.round_the_clock) == (Form.FIELD, text, False)


def test_hours_round_the_clock_are_known(read):
    days = "MO,TU,WE,TH,FR,SA,SU"
    (found,) = read(schedules=[hours(byday=days, opens_at="00:00", closes_at="23:59")]).schedules
    assert found.round_the_clock


@pytest.mark.parametrize(
    "wrong",
    [{"byday": "XX"}, {"opens_at": None}, {"closes_at": "pozdě"}, {"byday": "5XX"}],
    ids=range(4),
)
def test_hours_that_are_not_understood_are_noted(tell, wrong):
    told = tell(schedules=[hours(**wrong)])
    assert told.service.schedules == ()
    assert told.notes


def test_hours_and_numbers_of_a_service_with_more_forms_need_to_say_which(tell):
    forms = [mark(TYPE, "40"), mark(FORM, "T"), mark(FORM, "A")]
    told = tell(attributes=forms)
    assert told.service.schedules == ()
    assert "schedules" in fields(told.notes)
    assert [one.form for one in told.service.capacities] == [None]
    marked = [hours(attributes=[mark(FORM, "A")])]
    assert [one.form for one in tell(attributes=forms, schedules=marked).service.schedules] == ["A"]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, (CapacityUnit.CLIENTS, 30, 2, date(2026, 10, 20))),
        ({"unit": {"name": "Lůžka"}}, (CapacityUnit.BEDS, 30, 2, date(2026, 10, 20))),
        ({"unit": {"name": "Beds", "identifier": "luzka"}},
         (CapacityUnit.BEDS, 30, 2, date(2026, 10, 20))),
        ({"available": 31}, (CapacityUnit.CLIENTS, 30, None, date(2026, 10, 20))),
        ({"available": -1}, (CapacityUnit.CLIENTS, 30, None, date(2026, 10, 20))),
        ({"updated": None}, (CapacityUnit.CLIENTS, 30, 2, date(2026, 10, 5))),
        ({"updated": "2099-01-01"}, (CapacityUnit.CLIENTS, 30, 2, DAY)),
        ({"maximum": "30"}, (CapacityUnit.CLIENTS, 30, 2, date(2026, 10, 20))),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_capacity_has_our_unit_and_its_own_day(read, changed, found):
    (one,) = read(capacities=[service(7)["capacities"][0] | changed]).capacities
    assert (one.unit, one.registered, one.available, one.as_of) == found
    assert one.form is Form.FIELD


@pytest.mark.parametrize(
    "changed",
    [{"unit": {"name": "Kilogram"}}, {"unit": None}, {"maximum": None}, {"maximum": 10**9},
     {"maximum": 2.5}],
    ids=range(5),
)  # fmt: skip
def test_a_capacity_of_an_unknown_unit_or_number_is_not_taken(tell, changed):
    told = tell(capacities=[service(7)["capacities"][0] | changed])
    assert told.service.capacities == ()
    assert any(one.field.startswith("capacities") for one in told.notes)


# --- Contacts, and people -------------------------------------------------------------------------


def test_the_contact_is_the_services_own_else_the_places_else_the_providers(read):
    owner = service(7)["organization"] | {"phones": [phone(9)], "website": "www.example.cz"}
    spot = at(place(phones=[phone(8)]))
    assert read(phones=[], service_at_locations=[spot]).contact.phone == "+420 600000008"
    found = read(phones=[], email=None, url=None, organization=owner).contact
    assert (found.phone, found.email) == ("+420 600000009", "urad2@example.cz")
    assert found.web == "www.example.cz"


@pytest.mark.parametrize(
    "changed",
    [
        {"email": f"{PEOPLE[0]} <a@example.cz>"},
        {"phones": [{"number": f"{PEOPLE[0]}: 600 100 200"}]},
        {"url": f"javascript:{PEOPLE[0]}"},
        {"url": f"https://x.cz/ {PEOPLE[0]}"},
        {"email": [PEOPLE[0]], "phones": [{"number": {"x": PEOPLE[0]}}]},
    ],
    ids=range(5),
)
def test_a_contact_with_something_beside_it_is_neither_taken_nor_shown(tell, changed):
    told = tell(**changed)
    assert told.notes
    assert PEOPLE[0] not in repr(told)


def test_no_name_of_a_person_is_read(tell):
    spot = at(place(phones=[phone(3)]), contacts=[person(4)], phones=[phone(4)])
    told = tell(service_at_locations=[spot], contacts=[person(n) for n in range(3)])
    written = repr((told.service, told.notes, told.problems))
    assert [name for name in PEOPLE if name in written or name.lower() in written] == []
    assert "999 888 777" not in written
