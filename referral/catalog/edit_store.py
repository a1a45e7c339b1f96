"""What editing asks of storage, as Protocols; all of it works within one transaction."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from referral.catalog.editing import Edit, Signature
from referral.catalog.links import RecordLink
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.ports import Fate
from referral.catalog.proposals import Decision, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEdits:
    """Which edits are asked for, the latest first; None does not narrow them.

    ``services`` are ids of records; ``before`` leaves out the edit of that number and later ones.
    """

    services: frozenset[str] | None = None
    field: OwnField | None = None
    before: int | None = None
    limit: int | None = None


EVERY_EDIT = WantedEdits()


class EditReader(Protocol):
    """Reads edits, links and proposals."""

    def own_values(self, service: str | None = None) -> tuple[OwnValue, ...]:
        """Return our own values, all or those of one service."""
        ...

    def edits(self, wanted: WantedEdits = EVERY_EDIT) -> tuple[Edit, ...]:
        """Return edits, the latest first."""
        ...

    def edit(self, number: int) -> Edit | None:
        """Return the edit of a number, None when there is none."""
        ...

    def last_edits(self, services: Iterable[str]) -> Mapping[OwnField, int]:
        """Return the number of the latest edit of each field of these records together."""
        ...

    def link(self, link_id: str) -> RecordLink | None:
        """Return the link of an id, None when there is none."""
        ...

    def links(self, service: str) -> tuple[RecordLink, ...]:
        """Return the links of a service, the newest first."""
        ...

    def proposals(self, *, waiting: bool = True) -> tuple[Proposal, ...]:
        """Return proposals, those that wait or all of them, the oldest first."""
        ...

    def proposal(self, number: int) -> Proposal | None:
        """Return the proposal of a number, None when there is none."""
        ...


class EditWriter(EditReader, Protocol):
    """Writes edits within one transaction; whoever came first is seen by who comes second."""

    def save_own(
        self, values: Iterable[OwnValue], *, signed: Signature, undoes: int | None = None
    ) -> Mapping[tuple[str, OwnField], Fate]:
        """Add or replace own values by service and field, and log every change."""
        ...

    def forget_own(
        self,
        keys: Iterable[tuple[str, OwnField]],
        *,
        signed: Signature,
        undoes: int | None = None,
    ) -> None:
        """Delete own values, so that the sources hold again, and log it."""
        ...

    def add_link(self, link: RecordLink) -> None:
        """Keep a new link."""
        ...

    def spend_link(self, link_id: str, *, at: datetime) -> bool:
        """Mark an unspent link that has not expired as used; tell whether it could be."""
        ...

    def withdraw_link(self, link_id: str, *, at: datetime) -> bool:
        """Take an unspent link back; tell whether it could be."""
        ...

    def propose(self, proposal: Proposal) -> int:
        """Keep a proposal under the next number, and return that."""
        ...

    def decide_proposal(self, number: int, decision: Decision, *, at: datetime, by: str) -> bool:
        """Decide a proposal that waits; tell whether it waited."""
        ...


class EditStore(EditReader, Protocol):
    """Where edits live between requests."""

    def editing(self) -> AbstractContextManager[EditWriter]:
        """Give a writer whose work all takes effect, or none when left by an exception."""
        ...

    def count_openings(self, opened: Mapping[str, int], *, on: date) -> None:
        """Add openings of cards to the counts of a month; the catalogue does not change by it."""
        ...

    def openings(self, *, since: date) -> Mapping[str, int]:
        """Return how often the card of each service was opened since the month of a day."""
        ...
