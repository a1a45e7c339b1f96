"""What the pages of the planner's desk ask of the program, and how they share long computing."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from threading import BoundedSemaphore, RLock
from typing import Generic, Protocol, TypeVar

from referral.catalog.places import PlaceIndex
from referral.catalog.snapshot import Catalog
from referral.geo.travel import TravelModel
from referral.matching.policy import Policy
from referral.network.evidence import EvidenceReport
from referral.network.means import Workforce
from referral.web.gaps_asking import GapsProgram

Found = TypeVar("Found")

_KEPT = 12
_AT_ONCE = 2
_PATIENCE_S = 20.0


class BusyError(RuntimeError):
    """Others are computing; the page asks to come back in a while."""


class PlanningProgram(GapsProgram, Protocol):
    """What suggesting places and thinking scenarios through need besides the gap report."""

    @property
    def policy(self) -> Policy:
        """The weights and limits of matching."""
        ...

    @property
    def workforce(self) -> Workforce:
        """What one field worker can do."""
        ...

    @property
    def travel(self) -> TravelModel:
        """How long ways are."""
        ...

    @property
    def age_demand(self) -> Mapping[str, Sequence[float]]:
        """How much people below 65, from 65 to 79 and from 80 need a type of service."""
        ...

    def places(self) -> PlaceIndex:
        """Return the index of place names."""
        ...

    def evidence(self, area: str | None = None, level: str | None = None) -> EvidenceReport:
        """Return what is known beside the norm in an area.

        Raises:
            UnknownAreaError: there is no such area.
        """
        ...


class Turns:
    """Lets a few compute at once; who would wait too long is sent away politely."""

    def __init__(self) -> None:
        self._places = BoundedSemaphore(_AT_ONCE)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Compute within the block.

        Raises:
            BusyError: too many others compute, and none has finished in a while.
        """
        if not self._places.acquire(timeout=_PATIENCE_S):
            raise BusyError
        try:
            yield
        finally:
            self._places.release()


class Kept(Generic[Found]):
    """The last answers, so that a page and its downloads are computed once, and tell the same.

    They hold for one catalogue and one day; nothing of it leaves the memory of the process.
    """

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Found] = OrderedDict()
        self._of: tuple[Catalog, date] | None = None
        self._lock = RLock()
        self._turns = Turns()

    def get(
        self, key: Hashable, compute: Callable[[], Found], *, catalog: Catalog, today: date
    ) -> Found:
        """Return the answer to a question, computed when it is not at hand.

        Raises:
            BusyError: too many others compute, and none has finished in a while.
        """
        if (known := self._known(key, catalog, today)) is not None:
            return known
        with self._turns.turn():
            if (known := self._known(key, catalog, today)) is not None:
                return known
            fresh = compute()
        with self._lock:
            if self._of is not None and self._of[0] is catalog:
                self._found[key] = fresh
                while len(self._found) > _KEPT:
                    self._found.popitem(last=False)
        return fresh

    def _known(self, key: Hashable, catalog: Catalog, today: date) -> Found | None:
        with self._lock:
            if self._of is None or self._of[0] is not catalog or self._of[1] != today:
                self._found.clear()
                self._of = (catalog, today)
            if key not in self._found:
                return None
            self._found.move_to_end(key)
            return self._found[key]
