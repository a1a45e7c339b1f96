# ruff: noqa: INP001 - Alembic loads it by its path, as it does the versions
"""Run migrations through the connection that the caller has put into the configuration."""

from alembic import context

from referral.storage.rows import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    # Both databases can take back a change of tables, so a failed migration leaves nothing behind.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
