"""The card names the source and day of every field, or the role of who verified it."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.merging import fold
from referral.catalog.model import (
    AcceptanceRule,
    CapacityUnit,
    Eligibility,
    Kind,
    Service,
    ServiceCapacity,
    Stance,
)
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Vacancy,
    VerifiedBy,
)
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Form
from referral.web.czech import plain
from referral.web.presenters.service_page import ServicePage, service_page
from support.build import AS_OF, TODAY, a_service, a_source, covering
from support.history import HeldHistory, a_change, a_run
from support.matching import PLACES, VOCABULARY
from support.records import same
from support.web import an_app, page_of

ON = date(2026, 8, 20)
LISTED = "Zkušební seznam, stav k 31. 7. 2026"
BEDS = ServiceCapacity(unit=CapacityUnit.BEDS, registered=32, as_of=AS_OF, form=Form.RESIDENTIAL)
HELP = a_service("s-1", type="49", capacities=[BEDS], coverage=covering(PLACES[0].code))


def own(
    field: OwnField, *, on: date = ON, by=VerifiedBy.COORDINATOR, service="s-1", **values
) -> OwnValue:
    return OwnValue(service=service, field=field, verified_on=on, verified_by=by, **values)


def told(*records: Service, given=(), decided=(), today=TODAY) -> ServicePage:
    found = fold(
        records,
        decided,
        territory=Territory.of(PLACES),
        own={one.id: [it for it in given if it.service == one.id] for one in records},
    )
    catalog = Catalog.of(
        vocabulary=VOCABULARY,
        territory=Territory.of(PLACES),
        services=found.services,
        sources=[a_source(), replace(a_source("kraj"), title="Seznam kraje")],
        aliases=found.aliases,
        merged=found.merged,
    )
    return service_page(catalog.service("s-1"), catalog, today=today, own=given)


def row(page: ServicePage, label: str) -> list[tuple[str, str]]:
    return [
        (plain(line.text), plain(line.note))
        for one in page.rows
        if one.label == label
        for line in one.lines
    ]


FREE = own(
    OwnField.VACANCY,
    vacancies=(Vacancy(unit=CapacityUnit.BEDS, available=2, form=Form.RESIDENTIAL),),
)


def test_free_places_that_we_verified_leave_the_registered_number_with_its_source_and_day():
    page = told(HELP, given=[FREE])
    assert row(page, "Kapacita") == [
        ("32 lůžek (pobytová), stav k 31. 7. 2026.", "nejvyšší kapacita; Zkušební seznam")
    ]
    assert row(page, "Volná místa") == [
        ("2 lůžka (pobytová) volno k 20. 8. 2026.", "ověřil koordinátor 20. 8. 2026")
    ]


def test_a_capacity_of_our_own_never_passes_for_that_of_the_register():
    """Not even when free places of a later day belong to it."""
    ours = own(
        OwnField.CAPACITY,
        on=date(2026, 8, 1),
        by=VerifiedBy.PROVIDER,
        capacities=(
            OwnCapacity(unit=CapacityUnit.BEDS, amount=28, form=Form.RESIDENTIAL),
            OwnCapacity(unit=CapacityUnit.WORKLOADS, amount=3.5),
        ),
    )
    page = told(HELP, given=[FREE, ours])
    assert row(page, "Kapacita") == [
        ("28 lůžek (pobytová), stav k 1. 8. 2026.", "ověřil poskytovatel 1. 8. 2026"),
        ("3,5 úvazku, stav k 1. 8. 2026.", "ověřil poskytovatel 1. 8. 2026"),
    ]
    assert row(page, "Volná místa")[0][1] == "ověřil koordinátor 20. 8. 2026"


@pytest.mark.parametrize(
    ("by", "note"),
    [
        (VerifiedBy.PROVIDER, "ověřil poskytovatel 20. 8. 2026"),
        (VerifiedBy.COORDINATOR, "ověřil koordinátor 20. 8. 2026"),
        (VerifiedBy.OFFICE, "ověřil úřad 20. 8. 2026"),
    ],
)
def test_a_verified_coverage_names_the_role_of_who_verified_it(by, note):
    coverage = Coverage(
        areas=(ServiceArea(kind=AreaKind.ORP, name="Velké Město"),),
        status=CoverageStatus.DECLARED,
        certain=frozenset({PLACES[0].code}),
    )
    page = told(HELP, given=[own(OwnField.COVERAGE, by=by, coverage=coverage)])
    assert row(page, "Kam dojíždí nebo kde působí") == [("ORP Velké Město.", note)]


def test_of_acceptance_each_barrier_has_its_own_source():
    stated = AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="pijani")
    remarked = AcceptanceRule(
        barrier="INFEKCE", stance=Stance.EXCLUDES, source="kraj", verified_on=date(2026, 5, 1)
    )
    undated = replace(remarked, barrier="NEVIM", verified_on=None)
    ours = AcceptanceRule(barrier="PAS", stance=Stance.CONDITIONS, wording="po domluvě")
    service = replace(HELP, eligibility=Eligibility(rules=(stated, remarked, undated)))
    page = told(service, given=[own(OwnField.ACCEPTANCE, rules=(ours,))])
    notes = {plain(one.text).partition(": ")[2]: plain(one.note) for one in page.refusals}
    assert notes["užívá alkohol nebo drogy („pijani“)."].endswith(f"; {LISTED}")
    assert notes["infekce."].endswith("Seznam kraje, stav k 1. 5. 2026")
    assert notes["cokoli."].endswith("Seznam kraje, stav k 31. 7. 2026")
    assert notes["PAS („po domluvě“)."] == "ověřil koordinátor 20. 8. 2026"


def test_a_condition_is_not_told_as_a_refusal():
    rule = AcceptanceRule(barrier="ALKOHOL", stance=Stance.CONDITIONS, wording="po léčbě")
    (line,) = told(replace(HELP, eligibility=Eligibility(rules=(rule,)))).refusals
    assert line.text.startswith("Za podmínky přijímá i lidi s touto překážkou: ")
    assert "zákon" not in line.note


def test_the_networks_of_a_service_are_told_as_they_were_verified_last():
    first = own(
        OwnField.NETWORK,
        on=date(2026, 1, 5),
        networks=(
            NetworkMembership(network="základní síť kraje"),
            NetworkMembership(network="síť ORP", until=date(2026, 6, 30)),
        ),
    )
    last = own(
        OwnField.NETWORK,
        service="s-2",
        by=VerifiedBy.OFFICE,
        networks=(NetworkMembership(network="základní síť kraje", since=date(2026, 1, 1)),),
    )
    other = a_service("s-2", type="49", source="kraj")
    page = told(HELP, other, given=[first, last], decided=[same("s-1", "s-2")])
    assert row(page, "Síť služeb") == [
        ("Síť ORP, do 30. 6. 2026 (už skončilo).", "ověřil koordinátor 5. 1. 2026"),
        ("Základní síť kraje, od 1. 1. 2026.", "ověřil úřad 20. 8. 2026"),
    ]


def test_whether_a_service_is_in_a_network_is_unknown_only_where_it_could_be():
    assert row(told(HELP), "Síť služeb")[0][0].startswith("Zda je v síti kraje")
    assert row(told(replace(HELP, kind=Kind.COMMUNITY)), "Síť služeb") == []


def test_a_field_taken_over_keeps_the_source_of_the_record_that_says_it():
    bare = replace(HELP, capacities=(), coverage=Coverage())
    other = replace(
        HELP,
        id="s-2",
        provenance=replace(HELP.provenance, source="kraj", as_of=date(2026, 6, 30)),
        capacities=(replace(BEDS, as_of=date(2026, 6, 30)),),
    )
    page = told(bare, other, decided=[same("s-1", "s-2")])
    assert row(page, "Kapacita") == [
        ("32 lůžek (pobytová), stav k 30. 6. 2026.", "nejvyšší kapacita; Seznam kraje")
    ]
    assert row(page, "Kam dojíždí nebo kde působí")[0][1].endswith(
        "Seznam kraje, stav k 30. 6. 2026"
    )


def test_the_card_tells_the_history_of_all_records_of_its_service():
    other = a_service("s-2", "Jiný záznam", type="49", source="kraj")
    found = fold([HELP, other], [same("s-1", "s-2")], territory=Territory.of(PLACES))
    catalog = Catalog.of(
        vocabulary=VOCABULARY,
        territory=Territory.of(PLACES),
        services=(*found.services, a_service("s-3")),
        sources=[a_source(), replace(a_source("kraj"), title="Seznam kraje")],
        aliases=found.aliases,
        merged=found.merged,
    )
    many = [a_change("s-3") for _ in range(31)]
    history = HeldHistory(runs=[(a_run(), [a_change("s-1"), a_change("s-2"), *many])], own=[FREE])
    browser = an_app(catalog, history=history).test_client()
    page = page_of(browser.get("/karta/s-1").text)
    assert [one.text_content() for one in page.xpath("//*[@class='change__text']")] == [
        "Přibyla do katalogu."
    ] * 2
    assert "referral changes --service" not in page.text_content()
    full = page_of(browser.get("/karta/s-3").text)
    assert len(full.xpath("//*[@class='change__text']")) == 30
    assert "referral changes --service" in full.text_content()
