"""What counts as a change of a service, and what we know better than its source."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.changes import (
    GONE,
    SECRET,
    WHEREABOUTS,
    ChangedField,
    changes_between,
    keep_points,
    keep_silent,
)
from referral.catalog.errors import CatalogError
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    CapacityUnit,
    Contact,
    Eligibility,
    Location,
    ServiceCapacity,
    Stance,
)
from referral.catalog.own_fields import (
    FieldProvenance,
    OwnField,
    OwnValue,
    Vacancy,
    VerifiedBy,
    provenance_of,
    with_own,
)
from referral.catalog.vocabulary import Form
from referral.geo import Point
from support.invented import FULL, WORDS
from support.strategies import services

ON = date(2026, 11, 22)
HERE = Location(role=AddressRole.FACILITY, municipality="500001", point=Point(lat=50.0, lon=12.0))
RUNNING = replace(FULL, valid_from=None, valid_to=None, locations=(HERE,))
SECRET_ONE = replace(RUNNING, locations=(Location(role=AddressRole.SECRET),))
BEDS = ServiceCapacity(
    unit=CapacityUnit.BEDS, registered=32, as_of=date(2026, 1, 1), form=Form.RESIDENTIAL
)


def told(before, after, **other):
    return [
        (one.field, one.before, one.after, one.detail)
        for one in changes_between(before, after, on=ON, **other)
    ]


def test_a_new_service_is_one_change():
    assert told(None, RUNNING) == [(ChangedField.REGISTERED, None, None, "")]


def test_a_capacity_keeps_its_number_before_and_after_by_form_and_unit():
    before = replace(RUNNING, capacities=(BEDS,))
    after = replace(RUNNING, capacities=(replace(BEDS, registered=28, as_of=ON),))
    assert told(before, after) == [(ChangedField.CAPACITY, "32", "28", "P:luzka")]


def test_a_newer_edition_that_says_the_same_changes_nothing():
    later = replace(
        RUNNING,
        provenance=replace(RUNNING.provenance, as_of=ON),
        capacities=tuple(replace(one, as_of=ON) for one in RUNNING.capacities),
    )
    assert told(RUNNING, later) == []


def test_an_end_a_return_and_another_last_day_are_told_apart():
    ended = replace(RUNNING, valid_to=date(2026, 11, 21))
    planned = replace(RUNNING, valid_to=date(2027, 1, 1))
    assert told(RUNNING, ended, detail=GONE) == [(ChangedField.ENDED, None, "2026-11-21", GONE)]
    assert told(ended, RUNNING) == [(ChangedField.RENEWED, "2026-11-21", None, "")]
    assert told(RUNNING, planned) == [(ChangedField.VALID_TO, None, "2027-01-01", "")]


def test_where_a_service_was_is_not_kept_once_its_address_is_secret():
    before = replace(
        RUNNING, locations=(Location(role=AddressRole.FACILITY, municipality="500001"),)
    )
    after = replace(SECRET_ONE, places=(), name="Utajený dům")
    for one, other, kept in ((before, after, (None, SECRET)), (after, before, (SECRET, None))):
        found = changes_between(one, other, on=ON)
        hidden = [change for change in found if change.field in WHEREABOUTS]
        assert {change.field for change in hidden} >= {ChangedField.LOCATIONS, ChangedField.NAME}
        assert {(change.before, change.after) for change in hidden} == {kept}
        assert "500001" not in repr(found)


@given(service=services(), other=services())
def test_no_service_differs_from_itself_and_each_change_names_two_values(service, other):
    assert changes_between(service, service, on=ON) == ()
    moved = replace(other, id=service.id)
    for one in changes_between(service, moved, on=ON):
        whole = one.field in {ChangedField.ENDED, ChangedField.RENEWED}
        hidden = one.field in WHEREABOUTS and (service.secret or moved.secret)
        assert whole or hidden or one.before != one.after


def test_every_field_of_a_service_can_change():
    bare = replace(
        RUNNING,
        name="jiný",
        eligibility=Eligibility(),
        coverage=Coverage(
            areas=(ServiceArea(kind=AreaKind.RADIUS, code="500001", km=5),),
            status=CoverageStatus.PARSED,
            everywhere=True,
        ),
        capacities=(replace(BEDS, available=2, doubt="mnoho", immediate=True, form=None),),
        schedules=(),
        locations=(),
        places=(),
        contact=Contact(),
        description="",
        valid_from=ON,
        forms=None,
    )
    fields = {one[0] for one in told(RUNNING, bare)}
    assert fields >= {
        ChangedField.NAME,
        ChangedField.FORMS,
        ChangedField.TARGET_GROUPS,
        ChangedField.AGES,
        ChangedField.RULES,
        ChangedField.COVERAGE,
        ChangedField.CAPACITY,
        ChangedField.SCHEDULE,
        ChangedField.LOCATIONS,
        ChangedField.PHONE,
        ChangedField.DESCRIPTION,
        ChangedField.VALID_FROM,
    }
    capacities = [one for one in told(RUNNING, bare) if one[3] == ":luzka"]
    assert [one[2] for one in capacities] == ["32/2 okamžitá (mnoho)"]


# --- What a source does not speak of --------------------------------------------------------------


def test_what_a_source_is_silent_about_stays_as_it_is_stored():
    new = replace(
        RUNNING, locations=(), contact=Contact(), coverage=Coverage(), eligibility=Eligibility()
    )
    kept = keep_silent(new, RUNNING, ("locations", "contact", "coverage", "ages", "rules"))
    assert kept.locations == RUNNING.locations
    assert kept.contact == RUNNING.contact
    assert kept.coverage == RUNNING.coverage
    assert kept.eligibility.ages == RUNNING.eligibility.ages
    assert kept.eligibility.rules == RUNNING.eligibility.rules
    assert kept.eligibility.target_groups is None
    assert keep_silent(new, RUNNING, ()) == new
    named = replace(new, coverage=Coverage(areas=(ServiceArea(kind=AreaKind.COUNTRY),)))
    assert keep_silent(named, RUNNING, ("coverage",)) == named


def test_an_excerpt_leaves_what_it_does_not_tell_and_only_adds_remarks_where_there_are_none():
    silent = ("forms", "capacities", "schedules", "places", "remarks")
    told = replace(
        RUNNING,
        name="Jinak",
        places=(),
        forms=None,
        capacities=(),
        schedules=(),
        description="Poznámka.",
        coverage=Coverage(areas=(ServiceArea(kind=AreaKind.COUNTRY),)),
    )
    full = replace(RUNNING, description="Víc poznámek.")
    assert keep_silent(told, full, silent) == full
    bare = replace(full, description="", coverage=Coverage(), eligibility=Eligibility())
    kept = keep_silent(told, bare, silent)
    assert (kept.description, kept.coverage) == (told.description, told.coverage)
    assert kept.eligibility.rules == told.eligibility.rules


def test_a_secret_address_is_never_replaced_by_a_stored_place():
    assert keep_silent(SECRET_ONE, RUNNING, ("locations",)).secret


def test_an_exact_point_is_kept_while_the_place_stays_in_its_municipality():
    exact, centre = Point(lat=50.1, lon=12.3), Point(lat=50.0, lon=12.0)
    here = Location(role=AddressRole.FACILITY, municipality="500001", point=exact)
    coarse = replace(here, point=centre)
    stored = replace(RUNNING, locations=(here, Location(role=AddressRole.LISTED)))
    assert keep_points(replace(RUNNING, locations=(coarse,)), stored).locations == (here,)
    moved = replace(RUNNING, locations=(replace(coarse, municipality="500002"),))
    assert keep_points(moved, stored) == moved
    two = replace(RUNNING, locations=(here, replace(here, point=Point(lat=50.2, lon=12.2))))
    assert keep_points(replace(RUNNING, locations=(coarse,)), two).locations == (coarse,)


# --- What we know better --------------------------------------------------------------------------


def own(field, **given_values):
    return OwnValue(
        service=FULL.id,
        field=field,
        verified_on=ON,
        verified_by=VerifiedBy.COORDINATOR,
        **given_values,
    )


COVERS = Coverage(
    areas=(ServiceArea(kind=AreaKind.MUNICIPALITY, name="Most"),),
    status=CoverageStatus.DECLARED,
    certain=frozenset({"500002"}),
)


def test_our_own_values_stand_above_those_of_the_source():
    barrier = min(WORDS.barriers)
    stated = AcceptanceRule(barrier=barrier, stance=Stance.EXCLUDES, wording="v registru")
    verified = AcceptanceRule(barrier=barrier, stance=Stance.ACCEPTS, wording="ověřeno")
    service = replace(
        RUNNING,
        eligibility=replace(RUNNING.eligibility, rules=(stated,)),
        capacities=(BEDS, replace(BEDS, unit=CapacityUnit.CLIENTS)),
    )
    found = with_own(
        service,
        (
            own(OwnField.COVERAGE, coverage=COVERS),
            own(
                OwnField.VACANCY,
                vacancies=(Vacancy(unit=CapacityUnit.BEDS, available=2, form=Form.RESIDENTIAL),),
            ),
            own(OwnField.ACCEPTANCE, rules=(verified,)),
        ),
    )
    assert found.coverage == COVERS
    assert [(one.available, one.as_of) for one in found.capacities] == [(2, ON), (None, BEDS.as_of)]
    assert found.eligibility.rules == (verified,)
    assert found.provenance.verified_on == ON
    assert with_own(service, ()) == service


def test_the_provenance_of_a_field_names_a_role_and_never_a_person():
    found = provenance_of(RUNNING, (own(OwnField.COVERAGE, coverage=COVERS),))
    assert found[OwnField.COVERAGE] == FieldProvenance(
        source="own", as_of=ON, verified_by=VerifiedBy.COORDINATOR
    )
    assert found[OwnField.VACANCY] == FieldProvenance(
        source=RUNNING.provenance.source, as_of=RUNNING.provenance.as_of
    )


@pytest.mark.parametrize(
    "given_values", [{}, {"coverage": COVERS, "rules": FULL.eligibility.rules}]
)
def test_an_own_value_is_of_one_field_only(given_values):
    with pytest.raises(CatalogError, match="nothing else"):
        own(OwnField.COVERAGE, **given_values)
