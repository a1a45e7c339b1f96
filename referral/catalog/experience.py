"""How services have answered clients so far, in counts alone: nothing in it is about one person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Protocol, Self


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


class Tally(NamedTuple):
    """Clients accepted and refused."""

    accepted: int = 0
    refused: int = 0

    @property
    def clients(self) -> int:
        """All of them."""
        return self.accepted + self.refused

    def with_more(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(self.accepted + other.accepted, self.refused + other.refused)


NOBODY = Tally()


@dataclass(frozen=True, slots=True)
class Experience:
    """The counts by service and barrier, and summed over each type of service."""

    by_service: Mapping[tuple[str, str], Tally] = field(
        default_factory=lambda: MappingProxyType({})
    )
    by_type: Mapping[tuple[str, str], Tally] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(
        cls,
        counts: Iterable[OutcomeCount],
        *,
        types: Mapping[str, str | None],
        aliases: Mapping[str, str] = MappingProxyType({}),
    ) -> Self:
        """Index the counts; ``types`` gives the type of each service, None without one.

        ``aliases`` gives the id that is shown for every record that stands behind another: what
        was counted of such a record counts for the one that is shown.
        """
        own: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
        pooled: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
        for one in counts:
            service = aliases.get(one.service, one.service)
            tally = Tally(one.accepted, one.refused)
            own[service, one.barrier] = own[service, one.barrier].with_more(tally)
            kind = types.get(service)
            if kind is not None:
                pooled[kind, one.barrier] = pooled[kind, one.barrier].with_more(tally)
        return cls(MappingProxyType(dict(own)), MappingProxyType(dict(pooled)))

    def own(self, service: str, barrier: str) -> Tally:
        """Return what a service did with clients with a barrier."""
        return self.by_service.get((service, barrier), NOBODY)

    def others(self, service: str, kind: str | None, barrier: str) -> Tally:
        """Return what all other services of a type did with clients with a barrier."""
        if kind is None:
            return NOBODY
        pooled, own = self.by_type.get((kind, barrier), NOBODY), self.own(service, barrier)
        return Tally(pooled.accepted - own.accepted, pooled.refused - own.refused)


NO_EXPERIENCE = Experience()


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
