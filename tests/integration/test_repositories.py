"""What is saved is loaded, and what became of it is told: on both databases alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, event, select, text

from referral.catalog.model import (
    AgeRange,
    Eligibility,
    Kind,
    Organization,
    Provenance,
    Service,
)
from referral.catalog.ports import CatalogStore, Fate, Origin
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Vocabulary
from referral.storage import reading
from referral.storage.engine import writing
from referral.storage.repositories import SqlCatalogStore
from referral.storage.rows import (
    OrganizationRow,
)
from support.build import (
    a_municipality,
    a_part,
    a_service,
    a_source,
)
from support.invented import FULL
from support.strategies import catalogs


def services_of(catalog: Catalog) -> list[Service]:
    return list(catalog.services.values())


def counted(engine: Engine, act: Callable[[], object]) -> int:
    """Count the statements that an act sends to the database."""
    sent: list[str] = []

    def note(*args: object) -> None:
        sent.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    act()
    event.remove(engine, "before_cursor_execute", note)
    return len([one for one in sent if one != "BEGIN"])


def test_the_store_is_what_the_domain_asks_for(store: SqlCatalogStore) -> None:
    asked: CatalogStore = store
    assert asked.load().services == {}


def test_fresh_tables_load_as_an_empty_catalogue(store: SqlCatalogStore) -> None:
    catalog = store.load()
    assert (catalog.vocabulary, catalog.sources, catalog.services) == (Vocabulary.of(), {}, {})
    assert catalog.territory.municipalities == {}


def test_a_service_of_which_everything_is_known_comes_back_as_it_was(
    filled: SqlCatalogStore,
) -> None:
    assert filled.save_services([FULL]) == {"1001": Fate.ADDED}
    assert services_of(filled.load()) == [FULL]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalog=catalogs(anywhere=True))
def test_any_catalogue_comes_back_as_it_was(store: SqlCatalogStore, catalog: Catalog) -> None:
    with writing(store._engine) as connection:
        for table in ("services", "municipality_parts", "municipalities"):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - the names stand above
    with store.transaction() as writer:
        writer.save_vocabulary(catalog.vocabulary)
        writer.save_sources(catalog.sources.values())
        writer.save_territory(catalog.territory.municipalities.values(), catalog.territory.parts)
        writer.save_services(catalog.services.values())
    assert store.load() == catalog


def test_loading_costs_one_query_for_each_table_however_much_they_hold(
    filled: SqlCatalogStore, engine: Engine
) -> None:
    filled.save_services([FULL])
    few = counted(engine, filled.load)
    filled.save_services([replace(FULL, id=str(number)) for number in range(2000, 2060)])
    assert counted(engine, filled.load) == few
    assert few <= 27  # 25 tables, and one or two questions about the version of the tables


def test_saving_costs_a_number_of_statements_that_does_not_grow_with_the_services(
    filled: SqlCatalogStore, engine: Engine
) -> None:
    def save(numbers: range, name: str) -> int:
        changed = [replace(FULL, id=str(number), name=name) for number in numbers]
        return counted(engine, lambda: filled.save_services(changed))

    assert save(range(1000, 1002), "první") == save(range(2000, 2060), "první")
    assert save(range(1000, 1002), "druhý") == save(range(2000, 2060), "druhý")


def test_more_services_than_one_query_can_name_are_compared_in_batches(
    filled: SqlCatalogStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    many = [replace(FULL, id=str(number)) for number in range(5)]
    assert set(filled.save_services(many).values()) == {Fate.ADDED}
    assert set(filled.save_services(many).values()) == {Fate.UNCHANGED}
    renamed = [replace(one, name="Jinak", locations=()) for one in many]
    assert set(filled.save_services(renamed).values()) == {Fate.CHANGED}
    assert services_of(filled.load()) == renamed


def test_the_fate_of_each_record_is_told_in_the_order_of_the_input(
    filled: SqlCatalogStore,
) -> None:
    same, other = replace(FULL, id="a"), replace(FULL, id="b")
    filled.save_services([same, other])
    fates = filled.save_services([replace(FULL, id="c"), replace(other, description="nový"), same])
    assert list(fates.items()) == [
        ("c", Fate.ADDED),
        ("b", Fate.CHANGED),
        ("a", Fate.UNCHANGED),
    ]


def test_a_changed_service_keeps_nothing_of_what_it_was(filled: SqlCatalogStore) -> None:
    bare = Service(
        id=FULL.id,
        name="x",
        kind=Kind.COMMUNITY,
        organization=Organization(name="Spolek"),
        provenance=Provenance(source="zkouska-2", as_of=date(2026, 1, 1)),
        needs=frozenset({"DLUHY"}),
    )
    filled.save_services([FULL])
    assert filled.save_services([bare]) == {FULL.id: Fate.CHANGED}
    assert services_of(filled.load()) == [bare]


def test_unknown_and_empty_stay_two_different_things(filled: SqlCatalogStore) -> None:
    unknown = a_service("s-1", forms=None, eligibility=Eligibility())
    empty = a_service(
        "s-2", forms=(), eligibility=Eligibility(target_groups=frozenset(), ages=AgeRange())
    )
    filled.save_services([unknown, empty])
    assert services_of(filled.load()) == [unknown, empty]
    assert filled.save_services([replace(empty, id="s-1")]) == {"s-1": Fate.CHANGED}


def test_services_load_in_the_order_of_their_ids_whatever_the_database_sorts_by(
    filled: SqlCatalogStore,
) -> None:
    ids = ["č", "b", "B", "10", "9", "á"]
    filled.save_services([replace(FULL, id=one) for one in ids])
    assert list(filled.load().services) == sorted(ids)


def test_the_same_provider_is_kept_once_and_disappears_with_its_last_service(
    filled: SqlCatalogStore, engine: Engine
) -> None:
    def providers() -> list[tuple[str, str | None]]:
        with engine.connect() as connection:
            rows = connection.execute(select(OrganizationRow.name, OrganizationRow.ico))
            return sorted(tuple(row) for row in rows)

    first, second = a_service("s-1", provider="Pomoc"), a_service("s-2", provider="Pomoc")
    filled.save_services([first, second])
    assert providers() == [("Pomoc", None)]
    filled.save_services([replace(one, organization=FULL.organization) for one in (first, second)])
    assert providers() == [("Řeka, z. ú.", "00123456")]


def test_embedded_data_replace_what_the_program_wrote_but_never_what_a_person_did(
    filled: SqlCatalogStore,
) -> None:
    program, person, untouched = a_service("s-1"), a_service("s-2"), a_service("s-3")
    filled.save_services([program, person, untouched], origin=Origin.EMBEDDED)
    corrected = replace(person, name="Opraveno člověkem")
    added = a_service("s-4", "Přidáno člověkem")
    filled.save_services([corrected, added, untouched])

    newer = [replace(one, description="nové vydání") for one in (program, person, untouched, added)]
    fates = filled.save_services(newer, origin=Origin.EMBEDDED)

    assert fates == {
        "s-1": Fate.CHANGED,
        "s-2": Fate.KEPT,
        "s-3": Fate.CHANGED,
        "s-4": Fate.KEPT,
    }
    assert services_of(filled.load()) == [newer[0], corrected, newer[2], added]


def test_sources_and_places_of_a_person_are_kept_from_embedded_data_as_well(
    store: SqlCatalogStore,
) -> None:
    village, part, source = a_municipality(), a_part(), a_source()
    store.save_sources([source], origin=Origin.EMBEDDED)
    store.save_territory([village], [part], origin=Origin.EMBEDDED)
    newer = replace(source, as_of=date(2026, 10, 1))
    grown = replace(village, population=501)
    renamed = replace(part, name="Záhoří")
    assert store.save_sources([newer]) == {source.id: Fate.CHANGED}
    fates = store.save_territory([grown], [renamed])
    assert (fates.municipalities, fates.parts) == (
        {village.code: Fate.CHANGED},
        {part.code: Fate.CHANGED},
    )

    assert store.save_sources([source], origin=Origin.EMBEDDED) == {source.id: Fate.KEPT}
    fates = store.save_territory([village], [part], origin=Origin.EMBEDDED)
    assert (fates.municipalities, fates.parts) == (
        {village.code: Fate.KEPT},
        {part.code: Fate.KEPT},
    )
    loaded = store.load()
    assert loaded.sources == {source.id: newer}
    assert loaded.territory.municipalities == {village.code: grown}
    assert loaded.territory.parts == (renamed,)
