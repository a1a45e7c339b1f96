"""The nouns of the catalogue: what they refuse, and what they say about themselves."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.areas import Coverage, CoverageStatus, Covers
from referral.catalog.errors import CatalogError, UnknownCodeError
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    Eligibility,
    Location,
    Provenance,
    Stance,
)
from referral.catalog.snapshot import offers_of
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Vocabulary
from support.build import (
    AS_OF,
    HOME,
    SECRET,
    a_barrier,
    a_call,
    a_catalog,
    a_group,
    a_location,
    a_municipality,
    a_need,
    a_part,
    a_service,
    a_source,
    a_territory,
    a_type,
    a_vocabulary,
    covering,
)

# --- Coverage -------------------------------------------------------------------------------------


def test_a_coverage_nobody_states_rules_no_place_out():
    assert Coverage(certain=frozenset({"1"})).includes("2") is Covers.UNKNOWN


@pytest.mark.parametrize(
    ("code", "answer"), [("1", Covers.YES), ("2", Covers.UNKNOWN), ("3", Covers.NO)]
)
def test_a_stated_coverage_tells_certain_possible_and_other_places_apart(code, answer):
    assert covering("1", possible=["2"]).includes(code) is answer


def test_a_service_of_the_whole_country_covers_every_place():
    country = Coverage(status=CoverageStatus.DECLARED, everywhere=True)
    assert country.includes("anything") is Covers.YES


# --- Eligibility, location, provenance ------------------------------------------------------------


def test_an_age_range_that_holds_nobody_is_refused():
    with pytest.raises(CatalogError, match="65-18 is empty"):
        AgeRange(min=65, max=18)


@pytest.mark.parametrize(
    ("low", "high"), [(None, None), (18, None), (None, 18), (18, 18), (0, 120)]
)
def test_an_age_range_may_be_open_or_hold_a_single_year(low, high):
    ages = AgeRange(min=low, max=high)
    assert (ages.min, ages.max) == (low, high)


def test_an_unstated_circle_of_persons_is_not_an_empty_one():
    assert Eligibility().target_groups is None
    assert Eligibility().ages is None


@pytest.mark.parametrize(
    "where", [{"point": HOME}, {"municipality": "500001"}, {"municipality_name": "Horní Lhota"}]
)
def test_a_secret_address_is_never_located(where):
    with pytest.raises(CatalogError, match="secret address"):
        Location(role=AddressRole.SECRET, **where)


@pytest.mark.parametrize(
    ("role", "known"),
    [
        (AddressRole.FACILITY, True),
        (AddressRole.LISTED, True),
        (AddressRole.PROVIDER_SEAT, False),
    ],
)
def test_the_seat_of_a_provider_never_passes_for_the_place_of_service(role, known):
    assert (a_location(role=role).service_point == HOME) is known


def test_a_secret_location_has_no_place_of_service():
    assert SECRET.service_point is None


def test_a_record_is_as_fresh_as_its_last_verification():
    old = Provenance(source="x", as_of=date(2025, 1, 1))
    assert old.freshest == date(2025, 1, 1)
    assert replace(old, verified_on=date(2026, 5, 1)).freshest == date(2026, 5, 1)
    assert replace(old, verified_on=date(2024, 5, 1)).freshest == date(2025, 1, 1)


# --- Service --------------------------------------------------------------------------------------


def test_a_service_that_nothing_could_find_is_refused():
    with pytest.raises(CatalogError, match="s-1 has neither a type nor needs"):
        a_service(type=None)


def test_help_outside_the_act_is_found_by_its_needs():
    assert a_service(type=None, needs=["PEC-HYG"]).type is None


def test_a_service_is_secret_as_soon_as_one_of_its_addresses_is():
    assert a_service(locations=[a_location(), SECRET]).secret
    assert not a_service(locations=[a_location()]).secret
    assert not a_service(locations=[]).secret


@pytest.mark.parametrize(
    ("day", "runs"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_registration_runs_from_its_first_to_its_last_day(day, runs):
    service = a_service(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    assert service.offered_on(day) is runs


def test_a_registration_without_dates_runs_always():
    assert a_service().offered_on(date(1999, 1, 1))


# --- Vocabulary -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "twice"),
    [
        ({"types": [a_type(), a_type()]}, "service type '40'"),
        ({"groups": [a_group(), a_group()]}, "target group 'SENIORI'"),
        ({"needs": [a_need(), a_need()]}, "need 'PEC-HYG'"),
        ({"barriers": [a_barrier(), a_barrier()]}, "barrier 'ALKOHOL'"),
    ],
)
def test_a_word_stands_in_the_vocabulary_once(words, twice):
    with pytest.raises(CatalogError, match=f"the {twice} stands twice"):
        a_vocabulary(**words)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ({"groups": [a_group(broader="SIRSI")]}, "target group 'SIRSI'"),
        ({"types": [a_type(typical_groups=["DETI"])]}, "target group 'DETI'"),
        ({"needs": [a_need(service_types=["99"])]}, "service type '99'"),
        ({"needs": [a_need(typical_groups=["DETI"])]}, "target group 'DETI'"),
        ({"needs": [a_need(implied_groups=["DETI"])]}, "target group 'DETI'"),
        ({"calls": [a_call(needs=["ZDR-SUI"])]}, "need 'ZDR-SUI'"),
    ],
)
def test_a_word_may_refer_only_to_words_that_are_there(words, missing):
    with pytest.raises(UnknownCodeError, match=f"unknown {missing}"):
        a_vocabulary(**words)


def test_words_are_looked_up_by_their_code():
    vocabulary = a_vocabulary(
        groups=[a_group(broader="LIDE"), a_group("LIDE", "lidé")],
        calls=[a_call(needs=["PEC-HYG"])],
    )
    assert vocabulary.service_type("40").name == "pečovatelská služba"
    assert vocabulary.group("SENIORI").name == "senioři"
    assert vocabulary.need("PEC-HYG").service_types == ("40",)
    assert vocabulary.barrier("ALKOHOL").name == "užívá alkohol nebo drogy"
    assert [call.number for call in vocabulary.calls] == ["155"]


@pytest.mark.parametrize("room", ["service_type", "group", "need", "barrier"])
def test_an_unknown_word_is_named_in_the_error(room):
    with pytest.raises(UnknownCodeError, match="'NIC'"):
        getattr(a_vocabulary(), room)("NIC")


def test_a_group_brings_every_wider_group_with_it():
    vocabulary = a_vocabulary(
        groups=[
            a_group(),
            a_group("NEVIDOMI", "nevidomí", broader="SMYSLY"),
            a_group("SMYSLY", "smyslové postižení", broader="POSTIZENI"),
            a_group("POSTIZENI", "postižení"),
        ]
    )
    assert vocabulary.with_broader(["NEVIDOMI"]) == {"NEVIDOMI", "SMYSLY", "POSTIZENI"}
    assert vocabulary.with_broader(["SMYSLY", "NEVIDOMI"]) == {"NEVIDOMI", "SMYSLY", "POSTIZENI"}
    assert vocabulary.with_broader([]) == frozenset()


def test_groups_that_include_each_other_do_not_hang_the_search():
    vocabulary = Vocabulary.of(
        groups=[a_group("A", "a", broader="B"), a_group("B", "b", broader="A")]
    )
    assert vocabulary.with_broader(["A"]) == {"A", "B"}


# --- Territory ------------------------------------------------------------------------------------


def test_a_municipality_is_loaded_once():
    with pytest.raises(CatalogError, match="500001 stands twice"):
        Territory.of([a_municipality(), a_municipality(name="Jiná")])


def test_a_part_belongs_to_a_loaded_municipality():
    with pytest.raises(CatalogError, match=r"Zálesí .900001. belongs to the municipality 599999"):
        a_territory(parts=[a_part(municipality="599999")])


def test_a_territory_keeps_the_order_of_codes_whatever_comes_first():
    territory = Territory.of(
        [a_municipality("500002", "Bílá"), a_municipality("500001", "Žlutá")],
        parts=[a_part("900002", municipality="500001"), a_part("900001", municipality="500002")],
    )
    assert list(territory.municipalities) == ["500001", "500002"]
    assert [part.code for part in territory.parts] == ["900001", "900002"]
    assert territory.by_orp == {"Velké Město": ("500001", "500002")}


def test_a_municipality_is_looked_up_by_code():
    assert a_territory().municipality("500002").name == "Dolní Lhota"
    with pytest.raises(UnknownCodeError, match="'599999'"):
        a_territory().municipality("599999")


def test_an_area_is_an_orp_before_it_is_a_region_or_a_district():
    one = a_municipality("500001", orp="Most", district="Louny", region="Severní")
    two = a_municipality("500002", orp="Jinde", district="Most", region="Severní")
    territory = Territory.of([one, two])
    assert territory.in_area("Most") == ("500001",)
    assert territory.in_area("Severní") == ("500001", "500002")
    assert territory.in_area("Louny") == ("500001",)
    with pytest.raises(UnknownCodeError, match="'Nikde'"):
        territory.in_area("Nikde")


# --- Catalogue ------------------------------------------------------------------------------------


def test_a_service_stands_in_the_catalogue_once():
    with pytest.raises(CatalogError, match="s-1 stands twice"):
        a_catalog(a_service(), a_service(name="Jiná"))


@pytest.mark.parametrize(
    ("service", "missing"),
    [
        (a_service(type="99"), "service type '99'"),
        (
            a_service(eligibility=Eligibility(target_groups=frozenset({"DETI"}))),
            "target group 'DETI'",
        ),
        (
            a_service(
                eligibility=Eligibility(
                    rules=(AcceptanceRule(barrier="PES", stance=Stance.ACCEPTS),)
                )
            ),
            "barrier 'PES'",
        ),
        (a_service(type=None, needs=["ZDR-SUI"]), "need 'ZDR-SUI'"),
    ],
)
def test_a_service_may_use_only_words_of_the_vocabulary(service, missing):
    with pytest.raises(UnknownCodeError, match=f"unknown {missing}"):
        a_catalog(service)


def test_the_source_of_every_service_is_known():
    with pytest.raises(CatalogError, match="names the source 'tajny'"):
        a_catalog(a_service(source="tajny"))


def test_offers_are_found_by_type_and_by_need():
    catalog = a_catalog(
        a_service("s-2", eligibility=Eligibility(target_groups=frozenset({"SENIORI"}))),
        a_service(
            "s-1",
            locations=[],
            eligibility=Eligibility(
                rules=(AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES),)
            ),
        ),
        a_service("urad", type=None, needs=["PEC-HYG"]),
    )
    assert [offer.id for offer in catalog.by_type["40"]] == ["s-1", "s-2"]
    assert [offer.id for offer in catalog.by_need["PEC-HYG"]] == ["urad"]
    assert catalog.service("s-2").id == "s-2"
    assert catalog.source(catalog.service("s-2").provenance.source) == a_source()
    with pytest.raises(UnknownCodeError, match="'s-9'"):
        catalog.service("s-9")


def test_a_service_is_offered_at_each_of_its_locations_or_once_without_any():
    two = a_service(locations=[a_location("500001"), a_location("500002")])
    assert [offer.location for offer in offers_of(two)] == list(two.locations)
    assert [offer.location for offer in offers_of(a_service(locations=[]))] == [None]


@given(st.permutations(["s-1", "s-2", "s-3", "s-4"]))
def test_the_catalogue_does_not_depend_on_the_order_of_its_input(ids):
    catalog = a_catalog(*(a_service(service_id, as_of=AS_OF) for service_id in ids))
    assert list(catalog.services) == ["s-1", "s-2", "s-3", "s-4"]
    assert [offer.id for offer in catalog.by_type["40"]] == ["s-1", "s-2", "s-3", "s-4"]
