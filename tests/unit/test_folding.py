"""Records of one service stand as one: which is shown, what it takes over, what is never lost."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.areas import CoverageStatus
from referral.catalog.errors import CatalogError, UnknownCodeError
from referral.catalog.filling import TakenField
from referral.catalog.merging import Folded, MergeDecision, fold, preferred
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Schedule,
    Service,
    ServiceCapacity,
    Stance,
)
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from support.build import SECRET, a_location, a_source, a_vocabulary, covering
from support.records import HERE, NEARBY, TOWNS, a_record, different, same

ONE = a_record("rpss-1", register_id="1234567")
OTHER = a_record("kv-1", source="kv", ico=None)


def folded(
    *services: Service,
    decided: tuple[MergeDecision, ...] = (),
    own: tuple[OwnValue, ...] = (),
) -> Folded:
    by_service: dict[str, list[OwnValue]] = {}
    for value in own:
        by_service.setdefault(value.service, []).append(value)
    return fold(services, decided, territory=TOWNS, own=by_service)


def shown(result: Folded) -> list[str]:
    return [one.id for one in result.services]


# Which record is shown


def test_the_kept_record_shows_and_the_other_is_found_by_its_id() -> None:
    result = folded(ONE, OTHER, decided=(same("kv-1", "rpss-1"),))
    assert shown(result) == ["kv-1"]
    assert dict(result.aliases) == {"rpss-1": "kv-1"}
    assert result.merged["kv-1"].records == ("rpss-1",)
    assert result.merged["kv-1"].sources == ("rpss",)


def test_one_number_of_the_register_in_two_sources_stands_as_one_by_itself() -> None:
    twin = a_record("s-1", source="sheet", register_id="1234567", ico=None)
    assert shown(folded(ONE, twin)) == ["rpss-1"]
    assert shown(folded(ONE, twin, decided=(different("s-1", "rpss-1"),))) == ["rpss-1", "s-1"]


@pytest.mark.parametrize(
    "change",
    [{"ico": "00000002"}, {"type": "49"}, {"source": "rpss"}],
    ids=["another IČO", "another type", "one source"],
)
def test_one_number_waits_for_a_person_when_something_contradicts(change: dict[str, str]) -> None:
    twin = a_record("s-1", **{"source": "sheet", "register_id": "1234567"} | change)
    assert shown(folded(ONE, twin)) == ["rpss-1", "s-1"]


def test_two_different_ico_are_not_joined_through_a_third_record_without_any() -> None:
    middle = a_record("m-1", source="middle", register_id="1234567", ico=None)
    foreign = a_record("z-1", source="z", register_id="1234567", ico="00000002")
    assert len(folded(ONE, middle, foreign).services) == 2


def test_two_told_apart_are_not_joined_through_a_third_of_their_number() -> None:
    twins = [a_record(f"s-{n}", source=f"s{n}", register_id="1234567") for n in (1, 2)]
    assert len(folded(ONE, *twins, decided=(different("s-1", "s-2"),)).services) == 2


def test_chains_lead_to_one_record_and_circles_to_the_preferred_one() -> None:
    third = a_record("z-1", source="z")
    chain = (same("kv-1", "rpss-1"), same("rpss-1", "z-1"))
    assert shown(folded(ONE, OTHER, third, decided=chain)) == ["kv-1"]
    circle = (*chain, same("z-1", "kv-1"))
    assert shown(folded(ONE, OTHER, third, decided=circle)) == ["rpss-1"]
    two_kept = (same("kv-1", "z-1"), same("rpss-1", "z-1"))
    assert shown(folded(ONE, OTHER, third, decided=two_kept)) == ["rpss-1"]


def test_a_decision_about_a_record_that_is_gone_still_leads_somewhere() -> None:
    result = folded(ONE, decided=(same("kv-1", "rpss-1"), same("x-1", "x-2")))
    assert shown(result) == ["rpss-1"]
    assert result.aliases["kv-1"] == "rpss-1"


def test_the_preferred_record_has_a_number_then_knows_more_then_is_fresher_then_comes_first() -> (
    None
):
    bare = a_record("a", ico=None)
    assert preferred([bare, ONE]) is ONE
    known = a_record("b")
    assert preferred([bare, known]) is known
    fresh = replace(bare, id="c", provenance=replace(bare.provenance, as_of=date(2026, 9, 30)))
    assert preferred([bare, fresh]) is fresh
    assert preferred([replace(bare, id="ab"), bare, replace(bare, id="b")]) is bare


def test_the_freshest_record_says_whether_the_service_still_runs() -> None:
    ended = a_record("b", as_of=date(2026, 9, 30), valid_to=date(2026, 9, 1), ico=None)
    assert preferred([ONE, ended]) is ended


def test_a_record_cannot_be_decided_against_itself() -> None:
    with pytest.raises(CatalogError, match="against itself"):
        same("a", "a")


# What is taken over


FULL = replace(
    a_record("kv-1", source="kv", ico=None, point=HERE),
    forms=frozenset({Form.FIELD}),
    eligibility=Eligibility(
        target_groups=frozenset({"SENIORI"}),
        ages=AgeRange(min=60),
        rules=(AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES),),
    ),
    coverage=covering("500002"),
    capacities=(ServiceCapacity(unit=CapacityUnit.CLIENTS, registered=9, as_of=date(2026, 8, 31)),),
    schedules=(Schedule(form=Form.FIELD, text="Po 8-16"),),
    contact=Contact(phone="474000001", email="a@example.test", web="a.test"),
)


def test_what_the_kept_record_does_not_know_is_taken_over_with_its_source_and_day() -> None:
    result = folded(ONE, FULL, decided=(same("rpss-1", "kv-1"),))
    (service,) = result.services
    assert service.forms == FULL.forms
    assert service.eligibility.ages == AgeRange(min=60)
    assert service.coverage.status is CoverageStatus.PARSED
    assert service.capacities == FULL.capacities
    assert service.contact == FULL.contact
    assert service.locations[0].point == HERE
    assert service.organization == ONE.organization
    assert service.provenance == ONE.provenance
    taken = result.merged["rpss-1"].taken
    assert {one.field for one in taken} == set(TakenField)
    assert {(one.record, one.source, one.as_of) for one in taken} == {
        ("kv-1", "kv", FULL.provenance.as_of)
    }
    (rule,) = service.eligibility.rules
    assert rule.source == "kv"


def test_what_the_kept_record_knows_is_never_replaced() -> None:
    knows = replace(
        FULL,
        id="rpss-1",
        provenance=ONE.provenance,
        contact=Contact(phone="1", email="2", web="3"),
    )
    other = replace(FULL, eligibility=Eligibility(ages=AgeRange(max=5)), locations=())
    result = folded(knows, other, decided=(same("rpss-1", "kv-1"),))
    assert result.services == (knows,)
    assert result.merged["rpss-1"].taken == ()


def test_nothing_is_taken_where_nobody_knows() -> None:
    result = folded(ONE, OTHER, decided=(same("rpss-1", "kv-1"),))
    assert result.services == (ONE,)
    assert result.merged["rpss-1"].taken == ()


def test_an_exact_point_of_the_town_is_taken_only_when_there_is_just_one() -> None:
    two = replace(
        FULL,
        locations=(a_location("500001", point=HERE), a_location("500001", point=NEARBY)),
    )
    result = folded(ONE, two, decided=(same("rpss-1", "kv-1"),))
    assert result.services[0].locations == ONE.locations
    exact = a_record("rpss-1", point=NEARBY)
    result = folded(exact, FULL, decided=(same("rpss-1", "kv-1"),))
    assert result.services[0].locations == exact.locations


def test_the_place_of_service_stands_in_for_the_seat() -> None:
    seat = a_record("rpss-1", locations=(a_location("500003", role=AddressRole.PROVIDER_SEAT),))
    result = folded(seat, FULL, decided=(same("rpss-1", "kv-1"),))
    assert result.services[0].locations == FULL.locations
    nowhere = replace(FULL, locations=())
    result = folded(seat, nowhere, decided=(same("rpss-1", "kv-1"),))
    assert result.services[0].locations == seat.locations


def test_a_secret_address_wins_whichever_record_a_person_kept() -> None:
    hidden = a_record("rpss-1", locations=(SECRET,))
    listed = replace(FULL, places=("Dům v Lesní",))
    result = folded(hidden, listed, decided=(same("kv-1", "rpss-1"),))
    (service,) = result.services
    assert (service.id, service.locations, service.places) == ("rpss-1", (SECRET,), ())
    assert service.coverage == hidden.coverage
    assert service.contact == FULL.contact
    assert TakenField.PLACE not in {one.field for one in result.merged["rpss-1"].taken}


# Own values


def own(service: str, day: int, *, code: str = "500001") -> OwnValue:
    return OwnValue(
        service=service,
        field=OwnField.COVERAGE,
        verified_on=date(2026, 9, day),
        verified_by=VerifiedBy.COORDINATOR,
        coverage=covering(code),
    )


def test_what_was_verified_of_the_other_record_holds_for_the_kept_one() -> None:
    (service,) = folded(
        ONE, OTHER, decided=(same("rpss-1", "kv-1"),), own=(own("kv-1", 3),)
    ).services
    assert service.coverage == covering("500001")
    assert service.provenance.verified_on == date(2026, 9, 3)


@pytest.mark.parametrize(("kept_day", "other_day", "code"), [(1, 2, "500002"), (2, 1, "500001"),
                                                             (2, 2, "500001")])  # fmt: skip
def test_of_two_verified_values_the_newer_one_holds(
    kept_day: int, other_day: int, code: str
) -> None:
    values = (own("rpss-1", kept_day), own("kv-1", other_day, code="500002"))
    (service,) = folded(ONE, OTHER, decided=(same("rpss-1", "kv-1"),), own=values).services
    assert service.coverage == covering(code)


def test_rules_of_both_records_about_different_barriers_stay() -> None:
    def rules(service: str, barrier: str) -> OwnValue:
        return OwnValue(
            service=service,
            field=OwnField.ACCEPTANCE,
            verified_on=date(2026, 9, 1),
            verified_by=VerifiedBy.PROVIDER,
            rules=(AcceptanceRule(barrier=barrier, stance=Stance.ACCEPTS),),
        )

    values = (rules("rpss-1", "ALKOHOL"), rules("kv-1", "DROGY"))
    (service,) = folded(ONE, OTHER, decided=(same("rpss-1", "kv-1"),), own=values).services
    assert {one.barrier for one in service.eligibility.rules} == {"ALKOHOL", "DROGY"}


# The catalogue


def test_the_catalogue_finds_a_service_by_the_id_of_every_record() -> None:
    result = folded(ONE, OTHER, decided=(same("rpss-1", "kv-1"),))
    catalog = Catalog.of(
        vocabulary=a_vocabulary(),
        territory=TOWNS,
        services=result.services,
        sources=[a_source("rpss")],
        aliases=result.aliases,
        merged=result.merged,
    )
    assert catalog.service("kv-1") is catalog.service("rpss-1")
    assert catalog.shown_id("kv-1") == "rpss-1"
    assert catalog.records_of("rpss-1") == ("rpss-1", "kv-1")
    assert list(catalog.services) == ["rpss-1"]
    with pytest.raises(UnknownCodeError):
        catalog.service("x-1")
