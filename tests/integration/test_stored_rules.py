"""What the tables themselves refuse, and what may be asked of them: on both databases alike."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, text

from referral.catalog.areas import Coverage
from referral.catalog.model import (
    Service,
)
from referral.catalog.snapshot import Catalog
from referral.storage.engine import writing
from referral.storage.errors import RefusedError
from referral.storage.repositories import SqlCatalogStore
from referral.storage.rows import (
    AcceptanceRuleRow,
    CoveredMunicipalityRow,
    LocationRow,
    ServiceRow,
)
from support.build import (
    SECRET,
    a_part,
    a_service,
)
from support.invented import FULL


def services_of(catalog: Catalog) -> list[Service]:
    return list(catalog.services.values())


def test_a_record_given_twice_is_refused_and_named(filled: SqlCatalogStore) -> None:
    with pytest.raises(RefusedError, match=r"^Záznam s-1 je mezi ukládanými dvakrát"):
        filled.save_services([a_service("s-1"), a_service("s-1", "Jinak")])
    assert services_of(filled.load()) == []


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
