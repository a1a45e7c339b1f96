"""Our own capacities and free places, above those of the source."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.errors import CatalogError
from referral.catalog.model import CapacityUnit, ServiceCapacity
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Vacancy,
    VerifiedBy,
    with_own,
)
from referral.catalog.ports import Origin
from referral.catalog.vocabulary import Form
from referral.storage.mapping.offers import service_rows
from referral.storage.mapping.own import own_value_from, own_value_row
from referral.web.presenters.labels import unit_count
from referral.web.presenters.offers import vacancy_text
from support.invented import FULL

ON, THEN = date(2026, 11, 20), date(2026, 1, 1)
BEDS = ServiceCapacity(unit=CapacityUnit.BEDS, registered=32, as_of=THEN, form=Form.RESIDENTIAL)
DAY_BEDS = replace(BEDS, registered=8, form=Form.AMBULATORY)


def own(field, **values):
    return OwnValue(
        service=FULL.id, field=field, verified_on=ON, verified_by=VerifiedBy.PROVIDER, **values
    )


def free(available, form=None, unit=CapacityUnit.BEDS):
    return own(OwnField.VACANCY, vacancies=(Vacancy(unit=unit, available=available, form=form),))


def after(*values, capacities=(BEDS,)):
    service = with_own(replace(FULL, capacities=capacities), values)
    return [(one.form, one.registered, one.available, one.as_of) for one in service.capacities]


def test_free_places_of_the_whole_service_belong_to_its_only_capacity_of_that_unit():
    assert after(free(2)) == [(Form.RESIDENTIAL, 32, 2, ON)]


def test_free_places_that_belong_to_no_capacity_stand_beside_without_a_maximum():
    assert after(free(2), capacities=()) == [(None, None, 2, ON)]
    assert after(free(3, Form.FIELD, CapacityUnit.CLIENTS)) == [
        (Form.RESIDENTIAL, 32, None, THEN),
        (Form.FIELD, None, 3, ON),
    ]
    assert after(free(2), capacities=(BEDS, DAY_BEDS))[2] == (None, None, 2, ON)


def test_free_places_that_stand_alone_are_said():
    service = with_own(replace(FULL, capacities=()), [free(2)])
    assert "2 lůžka volno" in vacancy_text(service).replace("\N{NO-BREAK SPACE}", " ")


def test_free_places_are_told_once_and_not_of_the_capacity_at_one_moment():
    moment = replace(BEDS, registered=5, immediate=True)
    assert after(free(1, Form.RESIDENTIAL), capacities=(moment, BEDS)) == [
        (Form.RESIDENTIAL, 5, None, THEN),
        (Form.RESIDENTIAL, 32, 1, ON),
    ]


def test_our_own_capacity_replaces_that_of_the_same_form_and_unit_and_takes_free_places():
    capacity = own(
        OwnField.CAPACITY,
        capacities=(
            OwnCapacity(unit=CapacityUnit.BEDS, amount=30, form=Form.RESIDENTIAL),
            OwnCapacity(unit=CapacityUnit.WORKLOADS, amount=3.5),
        ),
    )
    assert after(free(4, Form.RESIDENTIAL), capacity, capacities=(BEDS, DAY_BEDS)) == [
        (Form.AMBULATORY, 8, None, THEN),
        (Form.RESIDENTIAL, 30, 4, ON),
        (None, 3.5, None, ON),
    ]
    assert own_value_from(own_value_row(capacity)) == capacity


def test_a_network_changes_nothing_of_the_service_but_the_day_it_was_verified():
    value = own(OwnField.NETWORK, networks=(NetworkMembership(network="Základní síť"),))
    found = with_own(FULL, [value])
    assert found == replace(FULL, provenance=replace(FULL.provenance, verified_on=ON))


def test_a_part_of_a_workload_is_said_in_the_genitive():
    assert unit_count(CapacityUnit.WORKLOADS, 3.5) == "3,5\N{NO-BREAK SPACE}úvazku"
    assert unit_count(CapacityUnit.WORKLOADS, 3) == "3\N{NO-BREAK SPACE}úvazky"


def test_what_no_source_says_is_never_kept_as_its_number():
    service = with_own(replace(FULL, capacities=()), [free(2)])
    with pytest.raises(CatalogError, match="no number of a source"):
        service_rows(service, origin=Origin.OWN)
