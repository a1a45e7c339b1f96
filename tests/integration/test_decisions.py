"""What people decide about records and how services answer: on both databases alike."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaitingError
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from referral.catalog.experience import OutcomeCount
from referral.catalog.merging import MergeDecision, MergeVerdict
from referral.catalog.own_fields import VerifiedBy
from referral.storage.deciding import SqlDecisionWriter
from referral.storage.engine import create_store_engine, writing
from referral.storage.errors import RefusedError
from referral.storage.importing import SqlImportStore
from support.build import TODAY, a_service
from support.invented import SOURCES, WORDS

SAME = MergeDecision(
    kept="b",
    other="a",
    verdict=MergeVerdict.SAME,
    decided_on=TODAY,
    decided_by=VerifiedBy.COORDINATOR,
)
DIFFERENT = replace(SAME, verdict=MergeVerdict.DIFFERENT)


@pytest.fixture
def ready(engine: Engine) -> SqlImportStore:
    """A store with three services."""
    store = SqlImportStore(engine)
    store.save_vocabulary(WORDS)
    store.save_sources(SOURCES)
    store.save_services([a_service(name) for name in "abc"])
    return store


def moves(store: SqlImportStore, act: Callable[[], object]) -> bool:
    before = store.revision()
    act()
    return store.revision() > before


# --- Decisions ------------------------------------------------------------------------------------


def test_decisions_are_kept_in_the_order_of_their_records(ready: SqlImportStore) -> None:
    other = replace(DIFFERENT, kept="a", other="c")
    ready.decide([SAME, other])
    assert ready.decisions() == (other, SAME)


def test_a_later_decision_on_the_same_two_replaces_the_earlier_one_in_either_order(
    ready: SqlImportStore,
) -> None:
    ready.decide([SAME])
    turned = replace(SAME, kept="a", other="b")
    ready.decide([turned])
    assert ready.decisions() == (turned,)
    ready.decide([DIFFERENT])
    assert [one.verdict for one in ready.decisions()] == [MergeVerdict.DIFFERENT]


def test_the_revision_moves_with_a_decision_and_not_with_one_that_says_the_same(
    ready: SqlImportStore,
) -> None:
    assert moves(ready, lambda: ready.decide([SAME]))
    assert not moves(ready, lambda: ready.decide([SAME]))
    assert not moves(ready, lambda: ready.decide([]))
    assert moves(ready, lambda: ready.decide([DIFFERENT]))
    turned = replace(DIFFERENT, kept="a", other="b")
    assert not moves(ready, lambda: ready.decide([turned]))
    assert moves(ready, lambda: ready.withdraw("b", "a"))
    assert not moves(ready, lambda: ready.withdraw("b", "a"))


def test_a_decision_is_taken_back_whichever_record_is_named_first(ready: SqlImportStore) -> None:
    kept = replace(SAME, kept="a", other="c")
    ready.decide([SAME, kept])
    assert ready.withdraw("a", "b")
    assert not ready.withdraw("a", "b")
    assert ready.decisions() == (kept,)


def test_a_decision_about_an_unknown_service_is_refused_with_all_that_came_with_it(
    ready: SqlImportStore,
) -> None:
    unknown = replace(SAME, kept="a", other="nikdo")
    with pytest.raises(RefusedError, match=r"^Služba nikdo v databázi není"):
        ready.decide([replace(SAME, kept="c"), unknown])
    assert ready.decisions() == ()


def test_two_decisions_on_the_same_two_at_once_are_refused(ready: SqlImportStore) -> None:
    with pytest.raises(RefusedError, match=r"^Záznam a – b je mezi ukládanými dvakrát"):
        ready.decide([SAME, replace(SAME, kept="a", other="b")])


def test_decisions_and_counts_disappear_with_their_service(
    ready: SqlImportStore, engine: Engine
) -> None:
    ready.decide([SAME, replace(SAME, kept="b", other="c")])
    ready.count_outcome("a", barriers=(), accepted=True, on=TODAY)
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM services WHERE id = 'a'"))
    assert [(one.kept, one.other) for one in ready.decisions()] == [("b", "c")]
    assert ready.outcome_counts() == ()


# --- Outcomes -------------------------------------------------------------------------------------


def test_an_outcome_counts_once_for_each_barrier_and_keeps_the_month_alone(
    ready: SqlImportStore,
) -> None:
    ready.count_outcome(
        "a", barriers=("INFEKCE", "ALKOHOL", "ALKOHOL"), accepted=False, on=date(2026, 8, 31)
    )
    august = date(2026, 8, 1)
    assert ready.outcome_counts() == tuple(
        OutcomeCount(service="a", barrier=barrier, accepted=0, refused=1, last_month=august)
        for barrier in ("ALKOHOL", "INFEKCE")
    )


def test_outcomes_add_up_and_the_latest_month_stays(ready: SqlImportStore) -> None:
    for accepted, on in ((True, TODAY), (False, date(2025, 1, 20)), (True, date(2026, 3, 3))):
        ready.count_outcome("a", barriers=(), accepted=accepted, on=on)
    ready.count_outcome("b", barriers=("ALKOHOL",), accepted=True, on=TODAY)
    month = TODAY.replace(day=1)
    assert ready.outcome_counts() == (
        OutcomeCount(service="a", barrier="", accepted=2, refused=1, last_month=month),
        OutcomeCount(service="b", barrier="ALKOHOL", accepted=1, refused=0, last_month=month),
    )


def test_every_outcome_moves_the_revision(ready: SqlImportStore) -> None:
    for _ in range(2):
        assert moves(ready, lambda: ready.count_outcome("a", barriers=(), accepted=True, on=TODAY))


@pytest.mark.parametrize(
    ("service", "barrier", "sentence"),
    [
        ("nikdo", "ALKOHOL", r"^Služba nikdo v databázi není"),
        ("a", "NIC", r"^Překážku NIC slovník nezná; použijte kód ze seznamu překážek"),
    ],
)
def test_an_outcome_of_what_is_not_known_is_refused_in_one_sentence(
    ready: SqlImportStore, service: str, barrier: str, sentence: str
) -> None:
    revision = ready.revision()
    with pytest.raises(RefusedError, match=sentence):
        ready.count_outcome(service, barriers=("INFEKCE", barrier), accepted=True, on=TODAY)
    assert (ready.outcome_counts(), ready.revision()) == ((), revision)


def test_no_outcome_is_lost_when_two_write_at_once(ready: SqlImportStore, engine: Engine) -> None:
    together = Barrier(2)

    def count_many(accepted: bool) -> None:  # noqa: FBT001 - the pool passes it on
        own = create_store_engine(engine.url.render_as_string(hide_password=False))
        store = SqlImportStore(own)
        together.wait(timeout=10)
        for _ in range(15):
            store.count_outcome("a", barriers=("ALKOHOL", "INFEKCE"), accepted=accepted, on=TODAY)
            store.count_outcome("b", barriers=(), accepted=True, on=TODAY)
        own.dispose()

    revision = ready.revision()
    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in [pool.submit(count_many, accepted) for accepted in (True, False)]:
            done.result(timeout=60)
    assert [
        (one.service, one.barrier, one.accepted, one.refused) for one in ready.outcome_counts()
    ] == [
        ("a", "ALKOHOL", 15, 15),
        ("a", "INFEKCE", 15, 15),
        ("b", "", 30, 0),
    ]
    assert ready.revision() == revision + 60


def test_an_outcome_waits_for_one_that_is_being_written_and_adds_to_it(
    ready: SqlImportStore, engine: Engine
) -> None:
    other = create_store_engine(engine.url.render_as_string(hide_password=False))
    counted = {"barriers": (), "accepted": True, "on": TODAY}
    with ThreadPoolExecutor(max_workers=1) as pool:
        with ready.writing_with(SqlDecisionWriter) as first:
            first.count_outcome("a", **counted)
            second = pool.submit(SqlImportStore(other).count_outcome, "a", **counted)
            with pytest.raises(StillWaitingError):
                second.result(timeout=0.2)
        second.result(timeout=10)
    assert [one.accepted for one in ready.outcome_counts()] == [2]
    other.dispose()
