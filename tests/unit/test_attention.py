"""What to verify first: the most used and the longest unverified."""

from dataclasses import replace
from datetime import timedelta

from referral.catalog.areas import CoverageStatus
from referral.catalog.attention import (
    NEVER_VERIFIED_DAYS,
    PEOPLE_PER_OPENING,
    Missing,
    work_list,
)
from referral.catalog.model import (
    AcceptanceRule,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    Provenance,
    Schedule,
    ServiceCapacity,
    Stance,
)
from referral.catalog.own_fields import OwnField
from referral.catalog.vocabulary import Form
from support.build import AS_OF, SOURCE, TODAY, a_municipality, a_service, a_territory, covering

BEDS = CapacityUnit.BEDS
BAN = AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="ne")
CONTACT = Contact(phone="474 111 222")

VILLAGE = a_municipality("500001", "Ves", population=PEOPLE_PER_OPENING)
TOWN = a_municipality("500002", "Město", population=3 * PEOPLE_PER_OPENING)
NOBODY_KNOWS = a_municipality("500003", "Samota", population=None)
LAND = a_territory([VILLAGE, TOWN, NOBODY_KNOWS])


def verified(name, on, *codes):
    service = a_service(name, coverage=covering(*codes))
    provenance = Provenance(source=SOURCE, as_of=AS_OF, verified_on=on)
    return replace(service, provenance=provenance)


def first_to_do(*services, opened=None, own_of=None):
    return work_list(services, territory=LAND, opened=opened or {}, own=own_of or {}, today=TODAY)


def test_the_most_used_and_longest_unverified_come_first_and_equals_by_id():
    fresh, old = TODAY, TODAY - timedelta(days=100)
    found = first_to_do(
        verified("b", old), verified("a", old), verified("used", old), verified("new", fresh),
        opened={"used": 1, "new": 50},
    )  # fmt: skip
    assert [(one.service.id, one.weight) for one in found] == [
        ("used", 200),
        ("a", 100),
        ("b", 100),
        ("new", 0),
    ]


def test_who_lives_where_a_service_works_stands_for_use_that_nobody_counted():
    old = TODAY - timedelta(days=10)
    everywhere = verified("c", old)
    everywhere = replace(everywhere, coverage=replace(everywhere.coverage, everywhere=True))
    found = first_to_do(
        verified("a", old, "500001", "500009"), verified("b", old, "500002", "500003"), everywhere
    )
    assert [(one.service.id, one.people, one.weight) for one in found] == [
        ("b", 3 * PEOPLE_PER_OPENING, 40),
        ("a", PEOPLE_PER_OPENING, 20),
        ("c", 0, 10),
    ]


def test_what_nobody_ever_verified_counts_as_a_year_older_than_its_source():
    (never,) = first_to_do(verified("a", None))
    assert (never.days, never.verified_on) == ((TODAY - AS_OF).days, None)
    assert never.weight == never.days + NEVER_VERIFIED_DAYS


def test_a_service_that_has_ended_or_is_verified_tomorrow_is_no_work():
    ended = replace(verified("a", None), valid_to=TODAY - timedelta(days=1))
    tomorrow = verified("b", TODAY + timedelta(days=1))
    assert [(one.service.id, one.days) for one in first_to_do(ended, tomorrow)] == [("b", 0)]


def test_of_an_authority_nobody_asks_for_free_places():
    (office,) = first_to_do(a_service("s", kind=Kind.AUTHORITY, contact=Contact()))
    assert set(office.missing) == {Missing.COVERAGE, Missing.CONTACT, Missing.HOURS}


def test_what_is_missing_is_named():
    (bare,) = first_to_do(a_service("s", contact=Contact(), schedules=()))
    assert set(bare.missing) == set(Missing) - {Missing.COVERAGE_UNCONFIRMED}
    (full,) = first_to_do(
        a_service(
            "s",
            coverage=covering("500001", status=CoverageStatus.PARSED),
            capacities=[ServiceCapacity(unit=BEDS, registered=1, as_of=AS_OF, available=0)],
            contact=CONTACT,
            schedules=[Schedule(form=Form.FIELD, text="8-16")],
            eligibility=Eligibility(ages=AgeRange(), rules=(BAN,)),
        ),
        own_of={"s": frozenset({OwnField.WAITING, OwnField.SCOPE})},
    )
    assert full.missing == (Missing.COVERAGE_UNCONFIRMED,)
