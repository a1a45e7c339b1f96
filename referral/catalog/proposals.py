"""Changes that came by a link and wait until an editor lets them through or turns them down."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referral.catalog.oddness import Doubt
from referral.catalog.own_fields import OwnValue


class Decision(StrEnum):
    """What became of a proposal."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value that somebody sent by a link and that does not hold yet.

    ``seen`` is the number of the latest edit of the field that its author could see, 0 for none:
    a later one means that the record has changed meanwhile. ``decided_by`` is the id of an account.
    """

    number: int
    link: str
    value: OwnValue
    doubts: tuple[Doubt, ...]
    seen: int
    sent_at: datetime
    note: str = ""
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
