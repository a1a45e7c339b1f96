"""What the web application asks of the program behind it, and nothing more."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from referral.catalog.districts import Boundary
from referral.catalog.edit_store import EditStore
from referral.catalog.experience import OutcomeStore
from referral.catalog.history import HistoryStore
from referral.catalog.places import PlaceIndex
from referral.matching.advice import Advice
from referral.matching.intake.heard import Understanding
from referral.matching.policy import Policy
from referral.usecases.accounts import Accounts
from referral.usecases.record_unmet import Recorded
from referral.web.planning import PlanningProgram


class Program(PlanningProgram, Protocol):
    """The composition root as pages see it."""

    @property
    def policy(self) -> Policy:
        """The weights and limits of matching."""
        ...

    @property
    def advice(self) -> Advice:
        """What to have ready for a service, and whom to turn to after a refusal."""
        ...

    @property
    def history(self) -> HistoryStore:
        """What imports have changed, and our own values."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Who may sign in, and signing in."""
        ...

    @property
    def signing_key(self) -> str:
        """What signs cookies and links; empty where nobody can sign in."""
        ...

    @property
    def edits(self) -> EditStore:
        """Edits of our own values, links to records, and how often cards are opened."""
        ...

    @property
    def outcomes(self) -> OutcomeStore:
        """How services have answered clients, in counts alone."""
        ...

    def count_unmet(self, municipality: str, needs: Iterable[str]) -> Recorded:
        """Count that a search found nobody: the ORP, each need and the month.

        Raises:
            UnmetError: no need is given, or one is not in the vocabulary.
            UnknownCodeError: the municipality is not loaded.
            StorageError: the database does not answer or refuses.
        """
        ...

    def one_state(self) -> AbstractContextManager[None]:
        """Answer everything within the block from one state of the catalogue, asked for once."""
        ...

    def boundaries(self) -> tuple[Boundary, ...]:
        """Return the borders that have been imported."""
        ...

    def places(self) -> PlaceIndex:
        """Return the index of place names of that catalogue."""
        ...

    def understand(self, text: str) -> Understanding:
        """Return what a text says.

        Raises:
            RequestError: the text is empty or too long.
        """
        ...

    def ping(self) -> None:
        """Return when the database answers.

        Raises:
            StorageError: it does not.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every blueprint is made with: the program and today's date."""

    program: Program
    today: Callable[[], date]
