"""Records that stand as one in databases of both kinds, and what imports see of them."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.merging import MergeVerdict
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy
from referral.storage.importing import SqlImportStore
from referral.usecases.find_duplicates import (
    DecisionError,
    confirm,
    decide,
    find_duplicates,
    reject,
    undo,
)
from support.build import TODAY, a_source, a_type, a_vocabulary, covering
from support.records import TOWNS, a_record

ONE = a_record("rpss-1", register_id="1234567")
LISTED = a_record("kv-1", source="kv", ico=None)
SHEET = a_record("s-1", source="sheet", name="Jinak")
COORDINATOR = {"by": VerifiedBy.COORDINATOR, "today": TODAY}


@pytest.fixture
def decided(engine) -> SqlImportStore:
    store = SqlImportStore(engine)
    store.save_vocabulary(a_vocabulary(types=[a_type(), a_type("49", "domov pro seniory")]))
    store.save_sources([a_source(name) for name in ("rpss", "kv", "sheet")])
    store.save_territory(TOWNS.municipalities.values(), [])
    store.save_services([ONE, LISTED, SHEET])
    return store


def pairs(store: SqlImportStore) -> list[tuple[str, str]]:
    found = find_duplicates(store, territory=TOWNS, today=TODAY)
    return [(one.kept, one.other) for one in found.proposals]


def test_a_confirmed_record_leaves_the_catalogue_and_comes_back_when_taken_back(decided) -> None:
    assert pairs(decided) == [("rpss-1", "s-1"), ("rpss-1", "kv-1"), ("s-1", "kv-1")]
    before = decided.load()
    (decision,) = confirm(decided, [("rpss-1", "kv-1")], **COORDINATOR)
    assert (decision.decided_on, decision.decided_by) == (TODAY, VerifiedBy.COORDINATOR)
    catalog = decided.load()
    assert list(catalog.services) == ["rpss-1", "s-1"]
    assert catalog.service("kv-1").id == "rpss-1"
    assert catalog.merged["rpss-1"].records == ("kv-1",)
    assert len(decided.sourced_services()) == 3
    undo(decided, "kv-1", "rpss-1")
    assert decided.load() == before


def test_a_rejected_pair_is_never_proposed_again(decided) -> None:
    reject(decided, [("kv-1", "rpss-1")], **COORDINATOR)
    assert ("rpss-1", "kv-1") not in pairs(decided)
    assert set(decided.load().services) == {"kv-1", "rpss-1", "s-1"}


def test_what_was_verified_of_a_record_holds_for_the_one_that_is_shown(decided) -> None:
    value = OwnValue(
        service="kv-1",
        field=OwnField.COVERAGE,
        verified_on=date(2026, 9, 1),
        verified_by=VerifiedBy.PROVIDER,
        coverage=covering("500002"),
    )
    decided.save_own([value])
    confirm(decided, [("rpss-1", "kv-1")], **COORDINATOR)
    assert decided.load().service("rpss-1").coverage == covering("500002")


def test_an_import_sees_each_record_by_itself(decided) -> None:
    """Otherwise what was taken over from another source would be stored as the record's own."""
    confirm(decided, [("rpss-1", "kv-1")], **COORDINATOR)
    with decided.importing() as writer:
        assert set(writer.load().services) == {"kv-1", "rpss-1", "s-1"}


def test_equal_numbers_of_two_sources_stand_as_one_until_somebody_tells_them_apart(
    decided,
) -> None:
    decided.save_services([replace(SHEET, register_id="1234567")])
    assert "s-1" not in decided.load().services
    (first, *_) = find_duplicates(decided, territory=TOWNS, today=TODAY).proposals
    assert first.automatic
    reject(decided, [("rpss-1", "s-1")], **COORDINATOR)
    assert "s-1" in decided.load().services


def test_decisions_that_contradict_each_other_are_refused_and_nothing_is_kept(decided) -> None:
    reject(decided, [("s-1", "kv-1")], **COORDINATOR)
    with pytest.raises(DecisionError, match="jednou službou i dvěma"):
        confirm(decided, [("rpss-1", "kv-1"), ("rpss-1", "s-1")], **COORDINATOR)
    assert len(decided.decisions()) == 1


def test_a_later_decision_about_the_same_two_replaces_the_earlier_one(decided) -> None:
    confirm(decided, [("rpss-1", "kv-1")], **COORDINATOR)
    reject(decided, [("kv-1", "rpss-1")], **COORDINATOR)
    (decision,) = decided.decisions()
    assert decision.verdict is MergeVerdict.DIFFERENT


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (("rpss-1", "x"), "v katalogu není"),
        (("rpss-1", "kv-2"), "Nemysleli jste: kv-1"),
        (("rpss-1", "rpss-1"), "zadán dvakrát"),
        (("rpss-1", "s-49"), "různé druhy služby"),
        (("rpss-1", "s-2"), "různá čísla"),
    ],
)
def test_a_decision_that_cannot_be_right_is_refused(decided, pair, sentence) -> None:
    decided.save_services(
        [replace(SHEET, id="s-49", type="49"), replace(SHEET, id="s-2", register_id="7654321")]
    )
    with pytest.raises(DecisionError, match=sentence):
        confirm(decided, [pair], **COORDINATOR)
    assert decided.decisions() == ()


def test_the_same_two_cannot_be_decided_twice_at_once(decided) -> None:
    twice = [
        ("rpss-1", "kv-1", MergeVerdict.SAME),
        ("kv-1", "rpss-1", MergeVerdict.DIFFERENT),
    ]
    with pytest.raises(DecisionError, match="rozhoduje dvakrát"):
        decide(decided, twice, **COORDINATOR)


def test_nothing_can_be_taken_back_where_nothing_was_decided(decided) -> None:
    with pytest.raises(DecisionError, match="není co vzít zpět"):
        undo(decided, "rpss-1", "kv-1")
