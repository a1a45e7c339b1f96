"""Links by which the staff of a service confirm or correct its record without an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from referral.catalog.errors import CatalogError

MOST_DAYS: Final = 90
"""A link that lives longer than a quarter of a year is forgotten in somebody's mail box."""


class Purpose(StrEnum):
    """What a link is for: free places alone, or the whole record."""

    VACANCY = "vacancy"
    RECORD = "record"


class LinkState(StrEnum):
    """Whether a link still takes an answer."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLink:
    """A link to one service for one purpose; it takes one answer.

    ``id`` cannot be guessed. ``made_by`` is the id of an account, empty from the command line.
    """

    id: str
    service: str
    purpose: Purpose
    made_at: datetime
    expires_at: datetime
    made_by: str = ""
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a link that could never be used, or for too long."""
        lives = self.expires_at - self.made_at
        if not timedelta(0) < lives <= timedelta(days=MOST_DAYS):
            message = f"a link must live between a moment and {MOST_DAYS} days, not {lives}"
            raise CatalogError(message)

    def state(self, at: datetime) -> LinkState:
        """Tell whether the link takes an answer at a moment; it is expired from its last on."""
        if self.used_at is not None:
            return LinkState.USED
        if self.withdrawn_at is not None:
            return LinkState.WITHDRAWN
        return LinkState.OPEN if at < self.expires_at else LinkState.EXPIRED
