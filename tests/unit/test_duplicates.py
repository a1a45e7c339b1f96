"""Which records are proposed as one service, how surely, and why."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.comparing import Agreement, Trait, may_be_one
from referral.catalog.duplicates import DuplicateLevel, Proposal, propose
from referral.catalog.merging import MergeDecision
from referral.catalog.model import AddressRole, Contact, Kind, Service
from support.build import SECRET, TODAY, a_location
from support.records import HERE, NEARBY, TOWNS, a_record, different, same


def found(*services: Service, decided: tuple[MergeDecision, ...] = ()) -> tuple[Proposal, ...]:
    return propose(services, decided=decided, territory=TOWNS, today=TODAY)


def level(*services: Service) -> DuplicateLevel | None:
    proposals = found(*services)
    assert len(proposals) <= 1
    return proposals[0].level if proposals else None


def agreement(proposal: Proposal, trait: Trait) -> Agreement:
    return next(one.agreement for one in proposal.evidence if one.trait is trait)


ONE = a_record("rpss-1", register_id="1234567")
LISTED = a_record("kv-1", source="kv", ico=None, name="Pečovatelská služba – Modrá řeka, z. s.")


# What makes a proposal sure


def test_one_number_of_the_register_is_certain_and_stands_as_one_already() -> None:
    (proposal,) = found(ONE, a_record("s-1", source="sheet", register_id="1234567", ico=None))
    assert (proposal.level, proposal.automatic, proposal.kept) == (
        DuplicateLevel.CERTAIN,
        True,
        "rpss-1",
    )


def test_one_number_twice_in_one_source_is_certain_but_waits_for_a_person() -> None:
    (proposal,) = found(ONE, replace(ONE, id="rpss-2"))
    assert (proposal.level, proposal.automatic) == (DuplicateLevel.CERTAIN, False)


def test_one_ico_type_and_place_is_probable() -> None:
    (proposal,) = found(ONE, a_record("s-1", source="sheet", name="Jinak"))
    assert proposal.level is DuplicateLevel.PROBABLE
    assert proposal.proven
    assert not proposal.foreign


def test_names_and_place_without_ico_are_possible_only() -> None:
    (proposal,) = found(ONE, LISTED)
    assert proposal.level is DuplicateLevel.POSSIBLE
    assert not proposal.proven
    assert agreement(proposal, Trait.ICO) is Agreement.UNKNOWN
    assert agreement(proposal, Trait.NAME) is Agreement.UNKNOWN


def test_different_ico_is_possible_only_when_name_and_place_agree_and_says_so() -> None:
    other = a_record("s-1", source="sheet", ico="00000002", provider="Zelená louka, z. s.")
    (proposal,) = found(ONE, other)
    assert (proposal.level, proposal.foreign) == (DuplicateLevel.POSSIBLE, True)
    assert level(ONE, replace(other, name="Sedmikráska")) is None
    far = a_record("s-1", source="sheet", ico="00000002", town="500003")
    assert level(ONE, far) is None


def test_different_ico_is_not_certain_even_with_one_number_of_the_register() -> None:
    other = a_record("s-1", source="sheet", ico="00000002", register_id="1234567")
    (proposal,) = found(ONE, other)
    assert (proposal.level, proposal.automatic) == (DuplicateLevel.POSSIBLE, False)
    assert not proposal.proven


def test_the_score_is_the_sum_of_the_points_of_all_traits() -> None:
    (proposal,) = found(ONE, LISTED)
    assert [one.trait for one in proposal.evidence] == list(Trait)
    assert proposal.score == sum(one.points for one in proposal.evidence) == 40


# What is never one service


@pytest.mark.parametrize(
    "other",
    [
        a_record("s-1", source="sheet", type="49"),
        a_record("s-1", source="sheet", register_id="7654321"),
        a_record("rpss-2"),
        a_record("s-1", source="sheet", kind=Kind.HEALTH, type=None, needs=frozenset({"PEC"})),
        a_record("s-1", source="sheet", valid_to=date(2020, 1, 1)),
        a_record("s-1", source="sheet", town="500003", ico=None),
        a_record("s-1", source="sheet", town="500003"),
        a_record("s-1", source="sheet", provider="Zelená louka", name="Jinak", ico=None),
    ],
    ids=[
        "another type", "another number", "one source", "health", "ended", "another town",
        "another town of one provider", "nothing alike",
    ],
)  # fmt: skip
def test_what_contradicts_is_not_proposed(other: Service) -> None:
    assert found(ONE, other) == ()


def test_help_without_a_type_needs_a_telling_name_and_a_need_in_common() -> None:
    bank = a_record(
        "a", source="x", type=None, kind=Kind.COMMUNITY, needs=frozenset({"JIDLO"}), ico=None
    )
    twin = replace(bank, id="b", provenance=replace(bank.provenance, source="y"))
    assert level(bank, twin) is DuplicateLevel.POSSIBLE
    assert level(bank, replace(twin, needs=frozenset({"BYDLENI"}))) is None
    assert level(bank, replace(twin, name="Sedmikráska")) is None


def test_a_record_without_a_type_may_be_a_typed_one_only_by_name_and_place() -> None:
    untyped = a_record(
        "s-1", source="sheet", type=None, kind=Kind.COMMUNITY, needs=frozenset({"PEC"})
    )
    assert level(ONE, untyped) is DuplicateLevel.POSSIBLE
    assert level(ONE, replace(untyped, name="Sedmikráska")) is None
    assert level(ONE, replace(untyped, locations=())) is None


# Places


def test_exact_points_at_one_spot_weigh_more_than_one_town() -> None:
    here = a_record("rpss-1", point=HERE)
    near = a_record("s-1", source="sheet", point=NEARBY)
    (closer,) = found(here, near)
    (town,) = found(here, a_record("s-1", source="sheet"))
    assert closer.score - town.score == 5


def test_a_point_that_is_only_the_towns_says_nothing_more() -> None:
    (proposal,) = found(ONE, a_record("s-1", source="sheet"))
    place = next(one for one in proposal.evidence if one.trait is Trait.PLACE)
    assert dict(place.facts) == {"place": "Velké Město"}


def test_one_district_is_weaker_than_one_town() -> None:
    (proposal,) = found(ONE, a_record("s-1", source="sheet", town="500002"))
    assert agreement(proposal, Trait.PLACE) is Agreement.ALIKE
    other = a_record("s-1", source="sheet", town="500002", name="Jinak")
    assert level(ONE, other) is DuplicateLevel.POSSIBLE


def test_points_near_each_other_count_where_no_district_is_known() -> None:
    a = a_record("a", source="x", locations=(a_location("999", point=HERE),))
    near = replace(HERE, lat=HERE.lat + 0.03)
    b = a_record("b", source="y", locations=(a_location(None, point=near),))
    (proposal,) = found(a, b)
    assert agreement(proposal, Trait.PLACE) is Agreement.ALIKE
    unknown = replace(b, locations=(a_location(None, point=None),))
    assert agreement(found(a, unknown)[0], Trait.PLACE) is Agreement.UNKNOWN


def test_the_seat_of_a_provider_elsewhere_does_not_speak_against() -> None:
    seat = a_location("500003", role=AddressRole.PROVIDER_SEAT, municipality_name="Daleké Město")
    away = a_record("s-1", source="sheet", locations=(seat,))
    assert level(ONE, away) is DuplicateLevel.PROBABLE
    assert level(ONE, replace(away, name="Jinak")) is DuplicateLevel.POSSIBLE


def test_a_provider_of_the_whole_country_is_not_enough_without_a_place() -> None:
    nowhere = a_record("s-1", source="sheet", ico=None, name="Jinak", locations=())
    assert level(ONE, nowhere) is None
    assert level(ONE, replace(nowhere, name="Kopretina")) is DuplicateLevel.POSSIBLE


def test_a_secret_address_is_proposed_without_a_word_about_any_place() -> None:
    hidden = a_record("rpss-1", locations=(SECRET,))
    (proposal,) = found(hidden, a_record("s-1", source="sheet", point=HERE))
    place = next(one for one in proposal.evidence if one.trait is Trait.PLACE)
    assert (place.agreement, dict(place.facts)) == (Agreement.UNKNOWN, {})
    assert proposal.kept == "rpss-1"


# Contacts


def test_a_shared_telephone_or_address_makes_up_for_a_provider_written_otherwise() -> None:
    contact = Contact(phone="+420 474 000 001", email="a@example.test", web="https://www.a.test/")
    a = replace(ONE, contact=contact)
    b = a_record(
        "s-1", source="sheet", ico=None, provider="MR", name="Jinak",
        contact=Contact(phone="474000001", web="a.test"),
    )  # fmt: skip
    (proposal,) = found(a, b)
    assert agreement(proposal, Trait.PHONE) is Agreement.SAME
    assert agreement(proposal, Trait.WEB) is Agreement.SAME
    assert level(a, replace(b, contact=Contact(phone="474000009"))) is None


def test_a_provider_written_a_little_otherwise_is_alike_and_weighs_less() -> None:
    (proposal,) = found(ONE, a_record("s-1", source="sheet", provider="Modrá řeks, z. s."))
    provider = next(one for one in proposal.evidence if one.trait is Trait.PROVIDER)
    assert (provider.agreement, provider.points) == (Agreement.ALIKE, 12)


# One to one


def test_the_better_counterpart_wins_and_the_other_gets_the_next() -> None:
    a1, a2 = a_record("a-1", source="x"), a_record("a-2", source="x", name="Sedmikráska")
    b1, b2 = a_record("b-1", source="y"), a_record("b-2", source="y", name="Sedmikráska")
    assert [(one.kept, one.other, one.rivals) for one in found(a1, a2, b1, b2)] == [
        ("a-1", "b-1", ()),
        ("a-2", "b-2", ()),
    ]


def test_equal_counterparts_are_possible_only_and_name_their_rivals() -> None:
    a = [a_record(f"a-{number}", source="x") for number in (1, 2)]
    b = [a_record(f"b-{number}", source="y") for number in (1, 2)]
    proposals = found(*a, *b)
    assert [(one.kept, one.other) for one in proposals] == [("a-1", "b-1"), ("a-2", "b-2")]
    assert {one.level for one in proposals} == {DuplicateLevel.POSSIBLE}
    assert proposals[0].rivals == ("a-2", "b-2")


def test_a_second_row_of_one_list_may_stand_behind_the_same_service() -> None:
    rows = [a_record(f"b-{number}", source="y") for number in (1, 2)]
    (left,) = found(ONE, *rows, decided=(same("rpss-1", "b-1"),))
    assert (left.kept, left.other, left.level) == ("rpss-1", "b-2", DuplicateLevel.POSSIBLE)


def test_a_third_source_is_proposed_once_to_records_that_are_one_already() -> None:
    third = a_record("z-1", source="z")
    proposals = found(ONE, LISTED, third, decided=(same("rpss-1", "kv-1"),))
    assert [(one.kept, one.other) for one in proposals] == [("rpss-1", "z-1")]


# Decisions


def test_what_has_been_decided_is_not_proposed_again() -> None:
    assert found(ONE, LISTED, decided=(same("rpss-1", "kv-1"),)) == ()
    assert found(ONE, LISTED, decided=(different("kv-1", "rpss-1"),)) == ()
    twin = a_record("s-1", source="sheet", register_id="1234567")
    assert found(ONE, twin, decided=(same("rpss-1", "s-1"),)) == ()
    assert found(ONE, twin, decided=(different("rpss-1", "s-1"),)) == ()


def test_a_word_that_many_share_is_not_searched_by() -> None:
    nowhere = [a_record(f"a-{number}", source="x", ico=None, locations=()) for number in range(40)]
    others = [a_record(f"b-{number}", source="y", ico=None, locations=()) for number in range(40)]
    assert found(*nowhere, *others) == ()
    assert len(found(*nowhere[:20], *others[:20])) == 20


def test_no_record_is_compared_with_itself() -> None:
    assert not may_be_one(ONE, ONE)


def test_a_web_address_that_differs_does_not_speak_against() -> None:
    a = replace(ONE, contact=Contact(web="a.test"))
    b = a_record("s-1", source="sheet", contact=Contact(web="b.test"))
    (proposal,) = found(a, b)
    assert (agreement(proposal, Trait.WEB), proposal.level) == (
        Agreement.DIFFERENT,
        DuplicateLevel.PROBABLE,
    )
