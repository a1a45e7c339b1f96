"""Alembic migrations; ``referral.storage.schema`` runs them through a connection of its own."""
