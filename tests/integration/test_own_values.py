"""Own values and code lists: their fates, and what the tables refuse; on both databases alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, text

from referral.catalog.code_lists import CodeListEntry
from referral.catalog.model import AcceptanceRule, CapacityUnit, Stance
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnField,
    OwnValue,
    Vacancy,
    VerifiedBy,
)
from referral.catalog.ports import Fate
from referral.catalog.vocabulary import RefusalBasis
from referral.storage.engine import writing
from referral.storage.errors import RefusedError
from referral.storage.importing import SqlImportStore
from support.build import TODAY
from support.edits import SIGNED
from support.invented import FULL, SOURCES, WORDS

RULE = AcceptanceRule(
    barrier="ALKOHOL",
    stance=Stance.CONDITIONS,
    wording="po domluvě",
    basis=RefusalBasis.EQUIPMENT,
    source="zkouska-2",
    verified_on=date(2026, 8, 20),
)
ACCEPTANCE = OwnValue(
    service=FULL.id,
    field=OwnField.ACCEPTANCE,
    verified_on=TODAY,
    verified_by=VerifiedBy.COORDINATOR,
    rules=(RULE,),
)
NETWORK = OwnValue(
    service=FULL.id,
    field=OwnField.NETWORK,
    verified_on=TODAY,
    verified_by=VerifiedBy.OFFICE,
    networks=(
        NetworkMembership(network="základní síť Kraje", since=date(2026, 1, 1)),
        NetworkMembership(network="síť ORP", until=date(2027, 12, 31)),
    ),
)
ENTRY = CodeListEntry(code_list="Skupiny", code="24", name="senioři", as_of=TODAY)


@pytest.fixture
def ready(engine: Engine) -> SqlImportStore:
    """A store with one service of which everything is known."""
    store = SqlImportStore(engine)
    store.save_vocabulary(WORDS)
    store.save_sources(SOURCES)
    store.save_services([FULL])
    return store


def moves(store: SqlImportStore, act: Callable[[], object]) -> bool:
    before = store.revision()
    act()
    return store.revision() > before


def test_own_values_say_what_became_of_each(ready: SqlImportStore) -> None:
    assert ready.save_own([ACCEPTANCE]) == {(FULL.id, OwnField.ACCEPTANCE): Fate.ADDED}
    later = replace(NETWORK, verified_on=date(2026, 9, 2))
    assert ready.save_own([NETWORK, ACCEPTANCE]) == {
        (FULL.id, OwnField.NETWORK): Fate.ADDED,
        (FULL.id, OwnField.ACCEPTANCE): Fate.UNCHANGED,
    }
    assert ready.save_own([later]) == {(FULL.id, OwnField.NETWORK): Fate.CHANGED}
    assert ready.own_values() == ready.own_values(FULL.id) == (ACCEPTANCE, later)


def test_the_revision_moves_with_own_values_and_not_with_the_same_again(
    ready: SqlImportStore,
) -> None:
    def forget() -> None:
        with ready.importing() as writer:
            writer.forget_own(
                [(FULL.id, OwnField.NETWORK), ("nikdo", OwnField.NETWORK)], signed=SIGNED
            )

    assert moves(ready, lambda: ready.save_own([NETWORK]))
    assert not moves(ready, lambda: ready.save_own([NETWORK]))
    assert not moves(ready, lambda: ready.save_own([]))
    assert moves(ready, forget)
    assert not moves(ready, forget)


def test_a_forgotten_own_value_lets_the_source_hold_again(ready: SqlImportStore) -> None:
    ready.save_own([ACCEPTANCE, NETWORK])
    assert RULE in ready.load().service(FULL.id).eligibility.rules
    with ready.importing() as writer:
        assert writer.own_values(FULL.id) == (ACCEPTANCE, NETWORK)
        writer.forget_own([(FULL.id, OwnField.ACCEPTANCE)], signed=SIGNED)
        assert writer.own_values() == (NETWORK,)
    assert ready.load().service(FULL.id).eligibility == FULL.eligibility


def test_services_as_their_sources_say_know_nothing_of_our_own_values(
    ready: SqlImportStore,
) -> None:
    ready.save_own([ACCEPTANCE])
    assert ready.load().service(FULL.id) != FULL
    assert ready.sourced_services() == {FULL.id: FULL}


def test_an_own_value_of_an_unknown_service_is_refused_with_all_that_came_with_it(
    ready: SqlImportStore,
) -> None:
    with pytest.raises(RefusedError, match=r"^Služba nikdo v databázi není"):
        ready.save_own([ACCEPTANCE, replace(NETWORK, service="nikdo")])
    assert ready.own_values() == ()


def test_two_own_values_of_one_field_at_once_are_refused_and_named(ready: SqlImportStore) -> None:
    vacancy = Vacancy(unit=CapacityUnit.BEDS, available=1)
    value = replace(ACCEPTANCE, field=OwnField.VACANCY, rules=(), vacancies=(vacancy,))
    with pytest.raises(RefusedError, match=r"^Záznam 1001 – vacancy je mezi ukládanými dvakrát"):
        ready.save_own([value, value])


def test_a_source_may_name_the_condition_its_ground_and_day_itself(ready: SqlImportStore) -> None:
    eligibility = replace(FULL.eligibility, rules=(RULE,))
    said = replace(FULL, eligibility=eligibility)
    assert ready.save_services([said]) == {FULL.id: Fate.CHANGED}
    assert ready.save_services([said]) == {FULL.id: Fate.UNCHANGED}
    assert ready.load().service(FULL.id) == said


def test_code_lists_say_what_became_of_each_entry(ready: SqlImportStore) -> None:
    other = replace(ENTRY, code="7", name="děti")
    renamed = replace(ENTRY, name="starší lidé")
    with ready.importing() as writer:
        assert set(writer.save_code_lists([ENTRY, other]).values()) == {Fate.ADDED}
    with ready.importing() as writer:
        assert writer.save_code_lists([other, renamed]) == {
            other.key: Fate.UNCHANGED,
            renamed.key: Fate.CHANGED,
        }
    lists = ready.code_lists()
    assert lists.named("Skupiny") == {"24": "starší lidé", "7": "děti"}
    assert lists.name_of("Jiný", "24") is None


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("acceptance_rules", "stance = 'perhaps'"),
        ("acceptance_rules", "basis = 'nálada'"),
        ("own_values", "field = 'opinion'"),
        ("merge_decisions", "verdict = 'perhaps'"),
        ("merge_decisions", "other = kept"),
        ("outcome_counts", "accepted = -1"),
        ("outcome_counts", "refused = -1"),
    ],
)
def test_the_tables_refuse_words_and_numbers_that_the_model_does_not_know(
    ready: SqlImportStore, engine: Engine, table: str, change: str
) -> None:
    ready.save_services([replace(FULL, id="1002")])
    ready.save_own([ACCEPTANCE])
    insert = {
        "merge_decisions": "('1001', '1002', 'same', '2026-09-01', 'office')",
        "outcome_counts": "('1001', '', 1, 1, '2026-09-01')",
    }
    with writing(engine) as connection:
        for name, values in insert.items():
            connection.execute(text(f"INSERT INTO {name} VALUES {values}"))  # noqa: S608 - see above
    with pytest.raises(RefusedError, match="porušuje její pravidla"), writing(engine) as connection:
        connection.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608 - written above
