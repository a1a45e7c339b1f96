from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect, text

from referral.storage import schema
from referral.storage.engine import create_store_engine
from referral.storage.errors import NewerError, NotReadyError
from referral.storage.revisions import REVISIONS
from referral.storage.rows import Row
from referral.storage.schema import (
    SchemaState,
    alembic_config,
    migrate,
    ping,
    require_current,
    schema_state,
)

TABLES = set(Row.metadata.tables)


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine over tables that were made for this test alone and may be spoiled by it."""
    migrate(empty_engine)
    return empty_engine


def tables_of(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def described(connection: Connection) -> dict[str, Any]:
    """Everything the database knows about each table, in an order that does not matter."""
    found = inspect(connection)
    return {
        table: {
            "columns": {
                one["name"]: (str(one["type"]), one["nullable"]) for one in found.get_columns(table)
            },
            "key": (found.get_pk_constraint(table)["name"], key_of(found, table)),
            "links": sorted(repr(sorted(one.items())) for one in found.get_foreign_keys(table)),
            "rules": sorted(
                (one["name"], one["sqltext"]) for one in found.get_check_constraints(table)
            ),
            "indexes": sorted(
                (one["name"], tuple(one["column_names"]), one["unique"])
                for one in found.get_indexes(table)
            ),
        }
        for table in sorted(TABLES)
    }


def key_of(found: Any, table: str) -> list[str]:
    return sorted(found.get_pk_constraint(table)["constrained_columns"])


def test_the_migrations_make_the_tables_that_the_rows_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Row.metadata) == []


def test_every_rule_link_and_index_is_the_same_whether_migrated_or_made_from_the_rows(
    engine: Engine,
) -> None:
    with engine.connect() as connection:
        migrated = described(connection)
        connection.rollback()
        Row.metadata.drop_all(connection)
        Row.metadata.create_all(connection)
        assert described(connection) == migrated
        connection.rollback()


def test_the_program_names_the_same_revisions_as_the_migrations() -> None:
    with create_store_engine("sqlite://").connect() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))
        connection.engine.dispose()
    assert [one.revision for one in scripts.walk_revisions()][::-1] == list(REVISIONS)


def test_a_database_without_tables_is_absent_and_a_migrated_one_current(
    empty_engine: Engine,
) -> None:
    assert schema_state(empty_engine) is SchemaState.ABSENT
    migrate(empty_engine)
    assert schema_state(empty_engine) is SchemaState.CURRENT
    assert tables_of(empty_engine) == TABLES | {"alembic_version"}


def test_migrating_again_sends_no_statement_that_could_change_anything(engine: Engine) -> None:
    sent: list[str] = []
    event.listen(
        engine, "before_cursor_execute", lambda *args: sent.append(args[2].split()[0].upper())
    )
    migrate(engine)
    assert set(sent) <= {"SELECT", "PRAGMA", "BEGIN"}


def test_going_back_to_the_beginning_leaves_no_table_and_the_way_forth_stays_open(
    engine: Engine,
) -> None:
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert tables_of(engine) == {"alembic_version"}
    assert schema_state(engine) is SchemaState.ABSENT
    migrate(engine)
    assert schema_state(engine) is SchemaState.CURRENT


def test_a_migration_that_fails_leaves_nothing_behind(empty_engine: Engine) -> None:
    with empty_engine.begin() as connection:
        connection.execute(text("CREATE TABLE services (id INTEGER)"))
    with pytest.raises(NotReadyError, match="má jiné tabulky, než program čeká"):
        migrate(empty_engine)
    assert tables_of(empty_engine) == {"services"}


def test_the_tables_of_a_newer_program_are_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema_state(engine) is SchemaState.NEWER
    for act in (migrate, ping):
        with pytest.raises(NewerError, match="je novější než tento program"):
            act(engine)


def test_the_tables_of_an_older_program_ask_for_init(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "REVISIONS", (*REVISIONS, "9999"))
    assert schema_state(engine) is SchemaState.OUTDATED
    with (
        engine.connect() as connection,
        pytest.raises(NotReadyError, match=r"starší než tento program. Spusťte: referral init$"),
    ):
        require_current(connection)


def test_a_database_that_was_never_initialised_says_which_command_to_run(
    empty_engine: Engine,
) -> None:
    with pytest.raises(NotReadyError, match=r"není připravená. Spusťte: referral init --demo$"):
        ping(empty_engine)


def test_a_ready_database_answers_the_ping(engine: Engine) -> None:
    ping(engine)


def test_a_percent_sign_in_the_path_of_the_program_is_only_a_sign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", Path("/srv/100 %/migrations"))
    with create_store_engine("sqlite://").connect() as connection:
        config = alembic_config(connection)
        connection.engine.dispose()
    assert config.get_main_option("script_location") == "/srv/100 %/migrations"
