"""The same promises on both databases: what is saved is loaded, and nothing else happens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaitingError
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, event, select, text

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    Location,
    Organization,
    Provenance,
    Schedule,
    Service,
    ServiceCapacity,
    Stance,
)
from referral.catalog.ports import CatalogStore, Fate, Origin
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form, Vocabulary
from referral.geo import Point
from referral.storage import reading
from referral.storage.engine import create_store_engine, writing
from referral.storage.errors import NotReadyError, RefusedError
from referral.storage.repositories import SqlCatalogStore
from referral.storage.rows import (
    AcceptanceRuleRow,
    CoveredMunicipalityRow,
    LocationRow,
    OrganizationRow,
    ServiceRow,
)
from referral.storage.writing import REVISION
from support.build import (
    SECRET,
    a_group,
    a_location,
    a_municipality,
    a_need,
    a_part,
    a_service,
    a_source,
    a_type,
    a_vocabulary,
)
from support.strategies import SOURCES, WORDS, catalogs

FULL = Service(
    id="1001",
    name="Pečovatelská služba „U řeky“",
    kind=Kind.REGISTERED_SOCIAL,
    organization=Organization(name="Řeka, z. ú.", ico="00123456"),
    provenance=Provenance(source="zkouska", as_of=date(2026, 7, 31), verified_on=date(2026, 8, 5)),
    type="40",
    register_id="1234567",
    forms=frozenset({Form.FIELD, Form.AMBULATORY}),
    eligibility=Eligibility(
        target_groups=frozenset({"SENIORI", "ZRAK"}),
        ages=AgeRange(min=27),
        rules=(
            AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="pod vlivem"),
            AcceptanceRule(barrier="INFEKCE", stance=Stance.ACCEPTS),
        ),
    ),
    coverage=Coverage(
        areas=(
            ServiceArea(kind=AreaKind.ORP, name="Velké Město"),
            ServiceArea(kind=AreaKind.RADIUS, name="Lhota", code="500001", km=0.1 + 0.2),
        ),
        status=CoverageStatus.PARSED,
        certain=frozenset({"500001", "500002"}),
        possible=frozenset({"500003"}),
        unresolved=("celý mikroregion", ""),
    ),
    capacities=(
        ServiceCapacity(
            unit=CapacityUnit.CLIENTS,
            registered=40,
            as_of=date(2026, 7, 31),
            form=Form.FIELD,
            immediate=True,
            available=0,
            doubt="v poznámce je 400",
        ),
        ServiceCapacity(unit=CapacityUnit.BEDS, registered=0, as_of=date(2026, 7, 31)),
    ),
    schedules=(Schedule(form=Form.FIELD, round_the_clock=True, text="Po–Pá 7–15"),),
    locations=(
        Location(
            role=AddressRole.FACILITY,
            point=Point(lat=50.123456789012345, lon=13.1),
            municipality="500001",
            municipality_name="Horní Lhota",
        ),
        Location(role=AddressRole.SECRET),
    ),
    places=("Středisko Ž", "Středisko A"),
    needs=frozenset({"PEC-HYG"}),
    contact=Contact(phone="+420 000 000 000", web="https://example.test/"),
    description="Řádek\ndruhý",
    valid_from=date(2007, 1, 1),
    valid_to=date(2030, 12, 31),
)
"""A service of which everything is known."""


@pytest.fixture
def filled(store: SqlCatalogStore) -> SqlCatalogStore:
    """A store with words and sources, so that services can be saved."""
    store.save_vocabulary(WORDS)
    store.save_sources(SOURCES)
    return store


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
    assert few <= 24  # 22 tables, and one or two questions about the version of the tables


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


def test_a_record_given_twice_is_refused_and_named(filled: SqlCatalogStore) -> None:
    with pytest.raises(RefusedError, match=r"^Záznam s-1 je mezi ukládanými dvakrát"):
        filled.save_services([a_service("s-1"), a_service("s-1", "Jinak")])
    assert services_of(filled.load()) == []


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


def test_a_service_with_an_unknown_word_is_refused_with_all_that_came_with_it(
    filled: SqlCatalogStore,
) -> None:
    with pytest.raises(RefusedError, match="odkazuje na slovo, zdroj nebo obec, které v ní nejsou"):
        filled.save_services([a_service("s-1"), a_service("s-2", type="99")])
    assert services_of(filled.load()) == []


def test_a_part_of_a_municipality_that_is_not_loaded_is_refused(store: SqlCatalogStore) -> None:
    with pytest.raises(RefusedError, match="odkazuje na"):
        store.save_territory([], [a_part()])


@pytest.mark.parametrize(
    "located",
    ["lat = 50, lon = 13", "municipality_code = '500001'", "municipality_name = 'Lhota'"],
)
def test_the_table_itself_refuses_to_locate_a_secret_address(
    filled: SqlCatalogStore, engine: Engine, located: str
) -> None:
    filled.save_services([a_service(locations=[SECRET])])
    with pytest.raises(RefusedError, match="porušuje její pravidla"), writing(engine) as connection:
        connection.execute(text(f"UPDATE locations SET {located}"))  # noqa: S608 - written above


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("locations", "lat = NULL"),
        ("locations", "lat = 91"),
        ("locations", "role = 'somewhere'"),
        ("service_capacities", "registered = -1, available = NULL"),
        ("service_capacities", "unit = 'kusy'"),
        ("services", "forms = 'TA'"),
        ("services", "age_min = 90, age_max = 20"),
        ("services", "ages_stated = (1 = 0)"),
        ("services", "origin = 'nobody'"),
    ],
)
def test_the_tables_refuse_what_the_model_would(
    filled: SqlCatalogStore, engine: Engine, table: str, change: str
) -> None:
    filled.save_services([replace(FULL, locations=(FULL.locations[0],))])
    with pytest.raises(RefusedError, match="porušuje její pravidla"), writing(engine) as connection:
        connection.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608 - written above


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


def test_a_new_vocabulary_replaces_the_old_one_and_its_order(filled: SqlCatalogStore) -> None:
    smaller = Vocabulary.of(
        types=list(WORDS.types.values())[:1:-1],
        groups=[a_group("ZRAK", "jinak"), a_group("NOVA", broader="ZRAK")],
        needs=[a_need("DLUHY", service_types=("52",), typical_groups=("NOVA",))],
        calls=WORDS.calls[:0],
    )
    filled.save_vocabulary(smaller)
    assert filled.load().vocabulary == smaller
    turned = Vocabulary.of(
        types=WORDS.types.values(),
        groups=list(WORDS.groups.values())[::-1],
        needs=WORDS.needs.values(),
        barriers=WORDS.barriers.values(),
        calls=WORDS.calls,
    )
    filled.save_vocabulary(turned)
    assert list(filled.load().vocabulary.groups) == list(turned.groups)


def test_an_order_alone_is_a_change_of_the_vocabulary(filled: SqlCatalogStore) -> None:
    types = list(WORDS.types.values())[::-1]
    turned = replace(WORDS, types={one.code: one for one in types})
    filled.save_vocabulary(turned)
    assert list(filled.load().vocabulary.types) == [one.code for one in types]


@pytest.mark.parametrize(
    ("kind", "plural", "codes"),
    [
        ("types", "druhy služeb", "40"),
        ("groups", "cílové skupiny", "SENIORI, ZRAK"),
        ("needs", "potřeby", "PEC-HYG"),
        ("barriers", "překážky", "ALKOHOL, INFEKCE"),
    ],
)
def test_a_word_that_a_service_uses_cannot_be_left_out(
    filled: SqlCatalogStore, kind: str, plural: str, codes: str
) -> None:
    filled.save_services([FULL])
    poorer = replace(_without_links(WORDS), **{kind: {}})
    with pytest.raises(RefusedError) as raised:
        filled.save_vocabulary(poorer)
    assert str(raised.value) == (
        f"Slovník nelze nahradit: vynechává {plural}, na které odkazují uložené služby ({codes}). "
        "Nic se nezměnilo."
    )
    assert filled.load().vocabulary == WORDS


def _without_links(words: Vocabulary) -> Vocabulary:
    """The same words, none of which refers to another."""
    return Vocabulary(
        types={code: replace(one, typical_groups=frozenset()) for code, one in words.types.items()},
        groups={code: replace(one, broader=None) for code, one in words.groups.items()},
        needs={
            code: replace(
                one,
                service_types=(),
                typical_groups=frozenset(),
                implied_groups=frozenset(),
            )
            for code, one in words.needs.items()
        },
        barriers=words.barriers,
    )


def test_replacing_the_vocabulary_disturbs_no_service(filled: SqlCatalogStore) -> None:
    filled.save_services([FULL])
    richer = Vocabulary.of(
        types=[*WORDS.types.values(), a_type("99", "nová služba", typical_groups=())],
        groups=WORDS.groups.values(),
        needs=WORDS.needs.values(),
        barriers=WORDS.barriers.values(),
    )
    filled.save_vocabulary(richer)
    loaded = filled.load()
    assert (loaded.vocabulary, services_of(loaded)) == (richer, [FULL])


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


def test_the_gap_map_can_ask_the_tables_which_services_cover_a_municipality(
    filled: SqlCatalogStore, engine: Engine
) -> None:
    filled.save_services([FULL, replace(FULL, id="1002", coverage=Coverage())])
    covered = CoveredMunicipalityRow
    question = select(covered.service_id, covered.certain).join(
        ServiceRow, ServiceRow.id == covered.service_id
    )
    with engine.connect() as connection:
        for code, answer in (("500001", [("1001", True)]), ("500003", [("1001", False)])):
            rows = connection.execute(question.where(covered.municipality_code == code))
            assert [tuple(row) for row in rows] == answer


def test_a_service_taken_out_by_hand_takes_its_rows_along(
    filled: SqlCatalogStore, engine: Engine
) -> None:
    filled.save_services([FULL])
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM services"))
        for part in (LocationRow, AcceptanceRuleRow, CoveredMunicipalityRow):
            assert connection.execute(select(part)).all() == []


@pytest.mark.parametrize("act", ["load", "revision"])
def test_a_database_without_tables_asks_for_init(empty_engine: Engine, act: str) -> None:
    with pytest.raises(NotReadyError, match=r"Spusťte: referral init --demo$"):
        getattr(SqlCatalogStore(empty_engine), act)()


def test_nothing_is_written_into_a_database_without_tables(empty_engine: Engine) -> None:
    with pytest.raises(NotReadyError, match=r"Spusťte: referral init --demo$"):
        SqlCatalogStore(empty_engine).save_sources([a_source()])
