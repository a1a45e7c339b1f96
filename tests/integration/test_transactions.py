"""All or nothing, one writer after another, readers undisturbed: on both databases alike."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaitingError
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from referral.catalog.model import (
    Service,
)
from referral.catalog.ports import Fate
from referral.catalog.snapshot import Catalog
from referral.storage.engine import create_store_engine
from referral.storage.errors import NotReadyError
from referral.storage.repositories import SqlCatalogStore
from referral.storage.writing import REVISION
from support.build import (
    a_location,
    a_municipality,
    a_part,
    a_service,
    a_source,
    a_vocabulary,
)
from support.invented import FULL


def services_of(catalog: Catalog) -> list[Service]:
    return list(catalog.services.values())


def test_a_block_left_by_an_exception_has_saved_nothing(filled: SqlCatalogStore) -> None:
    before = filled.load()
    revision = filled.revision()

    def save_and_fail() -> None:
        with filled.transaction() as writer:
            writer.save_vocabulary(a_vocabulary())
            writer.save_territory([a_municipality()], [a_part()])
            writer.save_services([a_service()])
            writer.remember("note", "1")
            raise KeyError

    with pytest.raises(KeyError):
        save_and_fail()
    assert filled.load() == before
    assert (filled.revision(), filled.recall("note")) == (revision, None)


def test_the_revision_moves_with_every_change_and_with_nothing_else(
    store: SqlCatalogStore,
) -> None:
    seen = [store.revision()]

    def moved(act: Callable[[], object]) -> bool:
        act()
        seen.append(store.revision())
        return seen[-1] > seen[-2]

    village, part, source, service = a_municipality(), a_part(), a_source(), a_service()
    assert moved(lambda: store.save_vocabulary(a_vocabulary()))
    assert moved(lambda: store.save_sources([source]))
    assert moved(lambda: store.save_territory([village], []))
    assert moved(lambda: store.save_territory([village], [part]))
    assert moved(lambda: store.save_services([service]))
    assert not moved(lambda: store.save_vocabulary(a_vocabulary()))
    assert not moved(lambda: store.save_sources([source]))
    assert not moved(lambda: store.save_territory([village], [part]))
    assert not moved(lambda: store.save_services([service]))
    assert not moved(lambda: store.save_services([]))
    assert not moved(lambda: store.remember("note", "1"))
    assert not moved(store.load)
    assert moved(lambda: store.save_services([replace(service, name="Jinak")]))


def test_a_note_is_recalled_as_it_was_last_remembered(store: SqlCatalogStore) -> None:
    assert store.recall("embedded_digest") is None
    store.remember("embedded_digest", "abc")
    store.remember("embedded_digest", "def")
    assert store.recall("embedded_digest") == "def"


def test_the_count_of_changes_is_not_written_by_hand(store: SqlCatalogStore) -> None:
    with pytest.raises(ValueError, match="counts changes"):
        store.remember(REVISION, "0")


def test_a_second_writer_waits_and_then_sees_what_the_first_has_written(
    filled: SqlCatalogStore, engine: Engine
) -> None:
    other = create_store_engine(engine.url.render_as_string(hide_password=False))
    with ThreadPoolExecutor(max_workers=1) as pool:
        with filled.transaction() as first:
            first.save_services([FULL])
            second = pool.submit(SqlCatalogStore(other).save_services, [FULL])
            with pytest.raises(StillWaitingError):
                second.result(timeout=0.2)
        assert second.result(timeout=10) == {FULL.id: Fate.UNCHANGED}
    other.dispose()


def test_a_load_sees_one_state_even_when_somebody_writes_in_its_middle(
    filled: SqlCatalogStore, engine: Engine
) -> None:
    other = create_store_engine(engine.url.render_as_string(hide_password=False))
    filled.save_services([a_service("s-1", locations=[a_location()])])
    moved = replace(a_service("s-1", "Jinde"), locations=(), places=("Nové",))
    to_write = [moved]

    def write_after_the_services_were_read(*args: object) -> None:
        if "FROM services" in str(args[2]) and to_write:
            SqlCatalogStore(other).save_services([to_write.pop()])

    event.listen(engine, "after_cursor_execute", write_after_the_services_were_read)
    assert services_of(filled.load()) == [a_service("s-1", locations=[a_location()])]
    assert services_of(filled.load()) == [moved]
    other.dispose()


@pytest.mark.parametrize("act", ["load", "revision"])
def test_a_database_without_tables_asks_for_init(empty_engine: Engine, act: str) -> None:
    with pytest.raises(NotReadyError, match=r"Spusťte: referral init --demo$"):
        getattr(SqlCatalogStore(empty_engine), act)()


def test_nothing_is_written_into_a_database_without_tables(empty_engine: Engine) -> None:
    with pytest.raises(NotReadyError, match=r"Spusťte: referral init --demo$"):
        SqlCatalogStore(empty_engine).save_sources([a_source()])
