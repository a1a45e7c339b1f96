"""What imports have left behind: each of them in numbers, and every change it brought.

A change is kept under the number of its import and its place in it. The two give all changes one
order without ties, so that a page can go on exactly where the last one ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from referral.catalog.changes import Change, ChangedField
from referral.catalog.importing import ImportRun
from referral.catalog.own_fields import OwnValue


class ChangeKey(NamedTuple):
    """Where a change stands: the number of its import, counted from 1, and its place in it."""

    run: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChange:
    """A change with the place where it stands."""

    key: ChangeKey
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRun:
    """A finished import with its number; ``first``: the first one of its source."""

    number: int
    run: ImportRun
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for; what is None or empty does not narrow them.

    ``services`` are the ids of records: an empty set asks for none, None for those of all.
    """

    since: date | None = None
    source: str = ""
    fields: frozenset[ChangedField] = frozenset()
    services: frozenset[str] | None = None
    run: int | None = None


EVERYTHING = Wanted()


class HistoryStore(Protocol):
    """Where the history and our own values are read from."""

    def history(
        self,
        wanted: Wanted = EVERYTHING,
        *,
        after: ChangeKey | None = None,
        limit: int | None = None,
    ) -> tuple[KeptChange, ...]:
        """Return changes, those of the latest import first and of one import in their order.

        They begin behind the one that stands at ``after``.
        """
        ...

    def imports(self) -> tuple[KeptRun, ...]:
        """Return all finished imports, the latest first."""
        ...

    def own_values_of(self, services: Iterable[str]) -> tuple[OwnValue, ...]:
        """Return our own values of some services, in the order of their ids."""
        ...
