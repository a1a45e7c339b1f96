"""How services have answered clients so far, in counts alone: nothing in it is about one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCount:
    """How many clients with a barrier a service has accepted and refused.

    ``barrier`` empty counts clients of whom no barrier was known. ``last_month`` is the first day
    of the month of the latest outcome; a closer date could betray somebody in a small village.
    """

    service: str
    barrier: str
    accepted: int
    refused: int
    last_month: date


class OutcomeStore(Protocol):
    """Where the counts live."""

    def count_outcome(
        self, service: str, *, barriers: Iterable[str], accepted: bool, on: date
    ) -> None:
        """Add one outcome to the counts of a service, once for each barrier or once without any.

        Raises:
            StorageError: there is no such service, or the database does not answer.
        """
        ...

    def outcome_counts(self) -> tuple[OutcomeCount, ...]:
        """Return all counts, in the order of service and barrier."""
        ...
