# ruff: noqa: INP001 - Alembic loads it by its path, as it does the versions
"""Run migrations through the connection that the caller has put into the configuration."""

from alembic import context

from referral.storage.rows import Row

# The caller's transaction holds it all: a migration that fails leaves nothing behind.
context.configure(connection=context.config.attributes["connection"], target_metadata=Row.metadata)
with context.begin_transaction():
    context.run_migrations()
