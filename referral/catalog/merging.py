"""What people have decided about records that may be of one and the same service."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referral.catalog.errors import CatalogError
from referral.catalog.own_fields import VerifiedBy


class MergeVerdict(StrEnum):
    """Whether two records are one service."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDecision:
    """A decision about two records, kept by the ids of their services.

    With SAME ``kept`` is the record that is shown and ``other`` the one that stands behind it; with
    DIFFERENT their order means nothing. Who decided is a role, never a name.
    """

    kept: str
    other: str
    verdict: MergeVerdict
    decided_on: date
    decided_by: VerifiedBy

    def __post_init__(self) -> None:
        """Refuse a record that would stand behind itself."""
        if self.kept == self.other:
            message = f"the record {self.kept} cannot be decided against itself"
            raise CatalogError(message)
