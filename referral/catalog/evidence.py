"""What people met beside the norm, in counts alone, and an index that somebody published.

Nothing in it is about one person: an unmet search is counted by the ORP, the need and the month.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from referral.catalog.model import Source
from referral.catalog.ports import Fate

FEWEST: Final = 5
"""From how many cases on a number is told; a smaller one could point at somebody."""

HIGHEST_INDEX: Final = 30.0
"""The points that the Index of social exclusion gives at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetCount:
    """How many searches found nobody: for a need (code), in an ORP (name), in a calendar month.

    ``month`` is its first day; a closer date or a municipality could betray somebody.
    """

    orp: str
    need: str
    month: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionValue:
    """The Index of social exclusion of a municipality (code) in a year: 0 to 30 points.

    ``source`` is the id of a source of the catalogue.
    """

    municipality: str
    year: int
    value: float
    source: str


class EvidenceStore(Protocol):
    """Where counts of unmet searches and indexes live."""

    def count_unmet(self, orp: str, *, needs: Iterable[str], on: date) -> None:
        """Add one unmet search for each need (code) to the counts of the ORP and the day's month.

        Raises:
            StorageError: the vocabulary lacks a need, or the database does not answer.
        """
        ...

    def unmet_counts(self) -> tuple[UnmetCount, ...]:
        """Return all counts, in the order of ORP, need and month."""
        ...

    def save_exclusion(
        self, values: Iterable[ExclusionValue], *, source: Source
    ) -> Mapping[tuple[str, int], Fate]:
        """Add or replace indexes by municipality and year, and their source, or none of it."""
        ...

    def exclusion_values(self) -> tuple[ExclusionValue, ...]:
        """Return all indexes, in the order of municipality and year."""
        ...
