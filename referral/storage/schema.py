"""Which tables a database has, and bringing them up to date."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from referral.storage.engine import exists, named, not_ready, reading, writing
from referral.storage.errors import NewerError, NotReadyError, StorageError
from referral.storage.revisions import REVISIONS

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"


class SchemaState(StrEnum):
    """The tables of a database, as this program sees them."""

    ABSENT = "absent"
    CURRENT = "current"
    OUTDATED = "outdated"
    NEWER = "newer"


def schema_state(engine: Engine) -> SchemaState:
    """Tell whether the tables are those of this program; a missing SQLite file is not created.

    Raises:
        StorageError: the database does not answer.
    """
    if not exists(engine):
        return SchemaState.ABSENT
    with reading(engine) as connection:
        return state_of(connection)


def state_of(connection: Connection) -> SchemaState:
    """Tell whether the tables behind an open connection are those of this program."""
    if not inspect(connection).has_table("alembic_version"):
        return SchemaState.ABSENT
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision is None:
        return SchemaState.ABSENT
    if revision == REVISIONS[-1]:
        return SchemaState.CURRENT
    return SchemaState.OUTDATED if revision in REVISIONS else SchemaState.NEWER


def require_current(connection: Connection) -> None:
    """Refuse to work with any tables but those of this program.

    Raises:
        NotReadyError: there are none, or those of an older program.
        NewerError: a newer program made them.
    """
    state = state_of(connection)
    if state is not SchemaState.CURRENT:
        raise _refusal(connection.engine, state)


def still_current(connection: Connection, key: str) -> str | None:
    """Return a note of the catalogue when the tables are those of this program, None otherwise.

    One query; the tables must have been there before.
    """
    row = connection.execute(
        text("SELECT version_num, (SELECT value FROM meta WHERE key = :key) FROM alembic_version"),
        {"key": key},
    ).first()
    if row is None or row[0] != REVISIONS[-1]:
        return None
    return row[1] or ""


def migrate(engine: Engine) -> None:
    """Create the tables or bring them up to date; a database that is current stays as it is.

    Raises:
        NewerError: a newer program made them.
        StorageError: the database does not answer.
    """
    state = schema_state(engine)
    if state is SchemaState.NEWER:
        raise _refusal(engine, state)
    if state is SchemaState.CURRENT:
        return
    from alembic import command  # noqa: PLC0415 - slow to load, and only migrations need it

    with writing(engine) as connection:
        command.upgrade(alembic_config(connection), "head")


def ping(engine: Engine) -> None:
    """Return when the database answers and holds the tables of this program.

    Raises:
        StorageError: it does not.
    """
    with reading(engine) as connection:
        require_current(connection)


def alembic_config(connection: Connection) -> "Config":
    """Return what Alembic's commands need to work through an open connection, without any file."""
    from alembic.config import Config  # noqa: PLC0415 - see migrate

    config = Config(attributes={"connection": connection})
    # The option goes through ConfigParser, to which a percent sign is special.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _refusal(engine: Engine, state: SchemaState) -> StorageError:
    where = named(engine)
    if state is SchemaState.NEWER:
        return NewerError(
            f"Databáze {where} je novější než tento program. Nainstalujte novější verzi programu."
        )
    if state is SchemaState.OUTDATED:
        return NotReadyError(
            f"Databáze {where} je starší než tento program. Spusťte: referral init"
        )
    return NotReadyError(not_ready(engine))
