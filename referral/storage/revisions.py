"""The migrations this program knows; kept apart so that a glance needs neither Alembic nor more."""

from typing import Final

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""The migrations, oldest first."""
