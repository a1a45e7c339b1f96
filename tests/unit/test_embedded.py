"""The catalogue that ships with the program: what it holds and what it leaves unsaid."""

import re
from collections import Counter
from datetime import date

import pytest

from referral.catalog.areas import CoverageStatus, Covers
from referral.catalog.model import AddressRole, CapacityUnit, Kind
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form, RefusalBasis, Urgency
from referral.ingest.embedded import EmbeddedCatalog, read_embedded
from referral.resources import data_dir

VEJPRTY = "563404"


@pytest.fixture(scope="module")
def embedded() -> EmbeddedCatalog:
    return read_embedded(data_dir())


@pytest.fixture(scope="module")
def catalog(embedded) -> Catalog:
    return embedded.catalog()


# --- Territory ------------------------------------------------------------------------------------


def test_every_municipality_of_both_regions_is_there(embedded):
    regions = Counter(municipality.region for municipality in embedded.municipalities)
    assert regions == {"Karlovarský kraj": 134, "Ústecký kraj": 354}
    assert len(embedded.territory.by_orp) == 23
    assert embedded.parts == ()


def test_people_over_65_stay_unknown_where_nobody_published_them(embedded):
    known = {
        municipality.region
        for municipality in embedded.municipalities
        if municipality.population_65_plus is not None
    }
    assert known == {"Karlovarský kraj"}


def test_every_population_has_its_date(embedded):
    dates = {
        (municipality.region, municipality.population_as_of)
        for municipality in embedded.municipalities
    }
    assert dates == {
        ("Karlovarský kraj", date(2025, 12, 31)),
        ("Ústecký kraj", date(2025, 1, 1)),
    }


# --- Services -------------------------------------------------------------------------------------


def test_every_registered_service_of_both_regions_is_there(catalog):
    sources = Counter(
        service.provenance.source for service in catalog.services.values() if service.type
    )
    assert sources == {"kv-seznam": 192, "rpss": 633}


def test_the_list_of_karlovy_vary_says_neither_groups_nor_forms_nor_capacity_nor_coverage(catalog):
    listed = [one for one in catalog.services.values() if one.provenance.source == "kv-seznam"]
    assert listed
    for service in listed:
        assert service.eligibility.target_groups is None
        assert service.forms is None
        assert service.capacities == ()
        assert service.coverage.status is CoverageStatus.UNKNOWN
        assert service.register_id is None
        assert [location.role for location in service.locations] == [AddressRole.LISTED]


def test_a_service_without_a_name_is_called_by_its_type_and_provider(catalog):
    assert (
        catalog.service("kv-6").name == "Pečovatelská služba – Agentura domácí péče LADARA o.p.s."
    )


def test_every_service_of_the_register_has_groups_forms_and_capacity(catalog):
    registered = [one for one in catalog.services.values() if one.provenance.source == "rpss"]
    for service in registered:
        assert service.eligibility.target_groups
        assert service.forms == {capacity.form for capacity in service.capacities}
        assert re.fullmatch(r"\d{7}", service.register_id)
    assert sum(one.eligibility.ages is not None for one in registered) == 390
    assert sum(bool(one.coverage.areas) for one in registered) == 252
    assert sum(bool(one.eligibility.rules) for one in registered) >= 170


def test_what_was_read_out_of_remarks_is_never_called_declared(catalog):
    statuses = {
        service.coverage.status
        for service in catalog.services.values()
        if service.kind is Kind.REGISTERED_SOCIAL
    }
    assert statuses == {CoverageStatus.PARSED, CoverageStatus.UNKNOWN}


def test_vacancies_are_in_no_register_so_they_are_unknown(catalog):
    assert {
        capacity.available
        for service in catalog.services.values()
        for capacity in service.capacities
    } == {None}


def test_four_addresses_are_withheld_and_carry_nothing_that_locates_them(catalog):
    secret = [service for service in catalog.services.values() if service.secret]
    assert sorted(service.id for service in secret) == [
        "rpss-1268",
        "rpss-2525",
        "rpss-6768",
        "rpss-6770",
    ]
    for service in secret:
        assert service.places == ()
        for location in service.locations:
            assert (location.point, location.municipality, location.municipality_name) == (
                None,
                None,
                "",
            )


def test_a_service_whose_address_has_no_role_has_no_location(catalog):
    assert catalog.service("rpss-714").locations == ()


def test_most_points_of_the_register_are_only_seats_of_providers(catalog):
    roles = Counter(
        location.role
        for service in catalog.services.values()
        if service.provenance.source == "rpss"
        for location in service.locations
    )
    assert roles[AddressRole.PROVIDER_SEAT] == 389
    assert roles[AddressRole.FACILITY] == 233


def test_a_registration_that_has_ended_keeps_its_last_day(catalog):
    assert catalog.service("rpss-5373").valid_to == date(2026, 6, 30)


def test_numbers_that_look_wrong_are_kept_and_doubted(catalog):
    interventions = catalog.service("rpss-2611").capacities[0]
    assert (interventions.registered, interventions.unit) == (832, CapacityUnit.INTERVENTIONS)
    assert "měsíční" in interventions.doubt
    doubted = Counter(
        (capacity.form, capacity.unit)
        for service in catalog.services.values()
        for capacity in service.capacities
        if capacity.doubt
    )
    assert doubted == {
        (Form.FIELD, CapacityUnit.INTERVENTIONS): 1,
        (Form.RESIDENTIAL, CapacityUnit.CLIENTS): 21,
        (Form.AMBULATORY, CapacityUnit.BEDS): 11,
    }


def test_one_form_counted_in_two_units_keeps_both_and_one_timetable(catalog):
    service = catalog.service("rpss-1801")
    assert {(one.unit, one.registered) for one in service.capacities} == {
        (CapacityUnit.CLIENTS, 3),
        (CapacityUnit.CONTACTS, 2),
    }
    assert len(service.schedules) == 1


def test_every_stated_area_is_understood_or_listed_as_not_understood(catalog):
    coverages = [
        service.coverage for service in catalog.services.values() if service.coverage.areas
    ]
    assert {coverage.status for coverage in coverages} == {
        CoverageStatus.PARSED,
        CoverageStatus.DECLARED,
    }
    areas = sum(len(coverage.areas) for coverage in coverages)
    unread = sum(len(coverage.unresolved) for coverage in coverages)
    assert unread / areas < 0.07


def test_a_name_borne_twice_is_told_apart_by_its_neighbours(catalog):
    vilemov = {
        municipality.code: municipality.district
        for municipality in catalog.territory.municipalities.values()
        if municipality.name == "Vilémov"
    }
    certain = catalog.service("rpss-5904").coverage.certain
    assert [vilemov[code] for code in sorted(vilemov) if code in certain] == ["Děčín"]


# --- Help beside the registered services ----------------------------------------------------------


def test_every_orp_has_the_office_where_every_road_ends(catalog):
    offices = {
        service.id: service
        for service in catalog.services.values()
        if service.kind is Kind.AUTHORITY and "VSE-NIK" in service.needs
    }
    assert len(offices) == 23
    for orp, codes in catalog.territory.by_orp.items():
        covering = [
            service.name
            for service in offices.values()
            if service.coverage.includes(codes[0]) is Covers.YES
        ]
        assert covering == [
            f"Obecní úřad obce s rozšířenou působností {orp} – sociální odbor a OSPOD"
        ]


def test_help_beside_the_register_invents_no_number_and_no_address(catalog):
    others = [service for service in catalog.services.values() if service.type is None]
    assert 25 <= len(others) <= 40
    assert {service.contact.phone for service in others} - {None} == {
        "112",
        "155",
        "158",
        "116 000",
        "116 006",
        "116 111",
        "116 123",
    }
    assert [service for service in others if service.locations or service.register_id] == []


def test_lines_reach_every_place(catalog):
    lines = [service for service in catalog.services.values() if service.contact.phone]
    assert all(service.coverage.includes(VEJPRTY) is Covers.YES for service in lines)


# --- Vocabulary -----------------------------------------------------------------------------------


def test_the_words_of_the_act_are_complete(embedded):
    words = embedded.vocabulary
    assert (len(words.types), len(words.groups), len(words.needs), len(words.barriers)) == (
        34,
        28,
        35,
        26,
    )
    assert {code for code, kind in words.types.items() if kind.remote} == {"41", "55"}
    assert {code for code, kind in words.types.items() if kind.repealed} == {"52"}


def test_the_best_type_for_a_need_comes_first(embedded):
    assert embedded.vocabulary.need("PEC-HYG").service_types == ("40", "39", "44")
    assert embedded.vocabulary.need("VSE-NIK").service_types == ()


def test_kinds_of_disability_belong_to_the_wider_group(embedded):
    words = embedded.vocabulary
    narrow = {code for code, group in words.groups.items() if group.broader == "ZDR-POST"}
    assert len(narrow) == 6
    assert words.with_broader(["ZRAK-POST"]) == {"ZRAK-POST", "ZDR-POST"}
    assert (words.group("DETI-MLADEZ").min_age, words.group("DETI-MLADEZ").max_age) == (6, 26)


def test_only_old_age_alone_makes_a_senior(embedded):
    groups = embedded.vocabulary.groups
    assert [code for code, group in groups.items() if group.seniors] == ["SENIORI"]


def test_a_need_that_only_usually_concerns_a_group_implies_none(embedded):
    assert embedded.vocabulary.need("PEC-HYG").implied_groups == frozenset()
    assert embedded.vocabulary.need("ZAV-ALK").implied_groups == {"ZAVISLOST"}


def test_grounds_of_health_belong_to_residential_services_alone(embedded):
    for barrier in embedded.vocabulary.barriers.values():
        assert barrier.residential_only is (RefusalBasis.HEALTH in barrier.bases)


def test_every_need_that_cannot_wait_has_somebody_to_call(embedded):
    words = embedded.vocabulary
    urgent = {code for code, need in words.needs.items() if need.urgency is Urgency.NOW}
    called = {code for call in words.calls for code in call.needs}
    assert urgent <= called
    assert next(call.number for call in words.calls if "ZDR-SUI" in call.needs) == "155"


def test_numbers_of_the_line_and_of_the_call_agree(embedded):
    numbers = {call.number for call in embedded.vocabulary.calls}
    phones = {service.contact.phone for service in embedded.services} - {None}
    assert phones <= numbers


def test_every_source_is_used_and_has_a_licence(embedded):
    used = {service.provenance.source for service in embedded.services}
    used |= {municipality.source for municipality in embedded.municipalities}
    used |= {call.source for call in embedded.vocabulary.calls}
    assert {source.id for source in embedded.sources} == used
    assert all(source.licence and source.publisher for source in embedded.sources)
