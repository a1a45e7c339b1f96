"""How long the way is from places to places: what a model of travel must say, and an estimate.

The estimate needs no road: the straight line in the Krovak plane times a detour factor, driven at a
speed that grows with the kilometres already behind, and a few minutes that every way costs. It is
an estimate and says so; measured times come from ``travel_given`` and ``roads``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from referral.geo.point import GeoError, Point, planes_m

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spots:
    """Places in the Krovak plane (``x``, ``y`` in metres, NaN where unknown).

    ``codes`` are the municipalities they lie in, None where that is not known.
    """

    x: Floats
    y: Floats
    codes: Sequence[str | None]

    @classmethod
    def of(cls, points: Sequence[Point | None], codes: Sequence[str | None]) -> Self:
        """Lay points out in the plane."""
        x, y = planes_m(points)
        return cls(x=x, y=y, codes=codes)

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.x)

    def take(self, rows: Ints) -> "Spots":
        """Return these of the places, in the order of ``rows``."""
        return Spots(
            x=self.x[rows], y=self.y[rows], codes=[self.codes[row] for row in rows.tolist()]
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TravelTable:
    """Ways from every origin (rows) to every destination (columns): road km and minutes.

    NaN where either place is unknown. ``measured`` tells minutes that somebody measured or routed
    from those that are estimated.
    """

    km: Floats
    minutes: Floats
    measured: Bools


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaysWithin:
    """Pairs of an origin and a destination that are close enough, and how far they are apart."""

    origin: Ints
    destination: Ints
    km: Floats
    minutes: Floats


class TravelModel(Protocol):
    """Tells how long ways are; ``is_estimate`` when not one of them is measured."""

    @property
    def is_estimate(self) -> bool:
        """Whether every answer is an estimate."""
        ...

    @property
    def estimate(self) -> "Estimate":
        """The numbers by which it estimates where nothing is measured."""
        ...

    def with_detour(self, detour: float) -> "TravelModel":
        """Return the same model with another detour factor where it estimates."""
        ...

    def table(self, origins: Spots, destinations: Spots) -> TravelTable:
        """Return the ways between all of them."""
        ...

    def within(self, minutes: float, origins: Spots, destinations: Spots) -> WaysWithin:
        """Return the ways that take at most so many minutes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedStep:
    """The speed (km/h) on the kilometres of a way up to ``upto_km`` from its start."""

    upto_km: float
    kmh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The numbers of the estimate; they stand in ``data/travel/estimate.toml`` with reasons.

    Each kilometre of a way is driven at the speed of its step, so a longer way is never faster (a
    speed chosen by the length of the whole way would make 5.1 km faster than 4.9). A result is
    uncertain when it differs between ``low_detour`` and ``high_detour``.
    """

    detour: float
    low_detour: float
    high_detour: float
    fixed_minutes: float
    steps: tuple[SpeedStep, ...]

    def __post_init__(self) -> None:
        """Refuse numbers by which a way would be shorter than the straight line or never end."""
        if not 1 <= self.low_detour <= self.detour <= self.high_detour < math.inf:
            raise GeoError("detours must be finite and 1 <= low_detour <= detour <= high_detour")
        if not 0 <= self.fixed_minutes < math.inf:
            raise GeoError("fixed_minutes must be a number of at least 0")
        ends = [0.0, *(step.upto_km for step in self.steps)]
        if ends[-1] != math.inf or any(b <= a for a, b in pairwise(ends)):
            raise GeoError("speed steps must rise from 0 km and the last must be without an end")
        if not all(0 < step.kmh < math.inf for step in self.steps):
            raise GeoError("speeds must be above 0 km/h")

    def with_detour(self, detour: float) -> "Estimate":
        """Return the same numbers with another detour; it bounds the low and the high one."""
        return replace(
            self,
            detour=detour,
            low_detour=min(self.low_detour, detour),
            high_detour=max(self.high_detour, detour),
        )

    def minutes(self, road_km: Floats) -> Floats:
        """Return the minutes of ways of so many road kilometres."""
        total = np.full(np.shape(road_km), self.fixed_minutes)
        start = 0.0
        for step in self.steps:
            total += np.clip(road_km - start, 0.0, step.upto_km - start) * (60.0 / step.kmh)
            start = step.upto_km
        return total

    def straight_within(self, minutes: float) -> float:
        """Return the longest straight line (km) whose way takes at most so many minutes.

        It is exact: of two neighbouring floats it is the last one that is within. Below zero when
        no way is so quick.
        """
        return _straight_within(self, minutes)


@lru_cache(maxsize=256)
def _straight_within(estimate: Estimate, minutes: float) -> float:
    def taken(km: float) -> float:
        return float(estimate.minutes(np.array([km * estimate.detour]))[0])

    if taken(0.0) > minutes:
        return -1.0
    low, high = 0.0, minutes * max(step.kmh for step in estimate.steps) / 30.0 + 1.0
    while (middle := (low + high) / 2) not in {low, high}:
        low, high = (middle, high) if taken(middle) <= minutes else (low, middle)
    return low


DEFAULT_ESTIMATE = Estimate(
    detour=1.35,
    low_detour=1.2,
    high_detour=1.5,
    fixed_minutes=2.0,
    steps=(
        SpeedStep(upto_km=3.0, kmh=30.0),
        SpeedStep(upto_km=15.0, kmh=55.0),
        SpeedStep(upto_km=40.0, kmh=70.0),
        SpeedStep(upto_km=math.inf, kmh=90.0),
    ),
)
"""What holds where no file is read; a test compares it with the shipped file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightLine:
    """The estimate as a model of travel."""

    estimate: Estimate = DEFAULT_ESTIMATE

    @property
    def is_estimate(self) -> bool:
        """Return True: nothing here is measured."""
        return True

    def with_detour(self, detour: float) -> "StraightLine":
        """Return the estimate with another detour factor."""
        return StraightLine(estimate=self.estimate.with_detour(detour))

    def table(self, origins: Spots, destinations: Spots) -> TravelTable:
        """Return the estimated ways between all of them."""
        km = straight_km(origins, destinations) * self.estimate.detour
        return TravelTable(
            km=km, minutes=self.estimate.minutes(km), measured=np.zeros(km.shape, np.bool_)
        )

    def within(self, minutes: float, origins: Spots, destinations: Spots) -> WaysWithin:
        """Return the ways that are estimated to take at most so many minutes."""
        origin, destination, straight = straight_pairs(
            self.estimate.straight_within(minutes), origins, destinations
        )
        km = straight * self.estimate.detour
        return WaysWithin(
            origin=origin, destination=destination, km=km, minutes=self.estimate.minutes(km)
        )


def straight_km(origins: Spots, destinations: Spots) -> Floats:
    """Return the straight lines between all of them in km, as ``distance_km`` gives them."""
    east: Floats = origins.x[:, None] - destinations.x[None, :]
    north = origins.y[:, None] - destinations.y[None, :]
    # In place: for a whole country every new array would cost as much as the arithmetic.
    east *= east
    north *= north
    east += north
    np.sqrt(east, out=east)
    east /= 1000.0
    return east


def straight_pairs(km: float, origins: Spots, destinations: Spots) -> tuple[Ints, Ints, Floats]:
    """Return the pairs at most so many km apart in a straight line: origin, destination, km."""
    known = np.flatnonzero(~np.isnan(destinations.x))
    if km < 0 or not len(known) or not len(origins):
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    # A little more than asked, and then exactly: the tree must not decide about the last bit.
    found = tree(origins.x, origins.y).sparse_distance_matrix(
        tree(destinations.x[known], destinations.y[known]),
        km * 1000.0 * (1 + 1e-9) + 1e-6,
        output_type="ndarray",
    )
    straight = found["v"] / 1000.0
    close = straight <= km
    return found["i"][close], known[found["j"][close]], straight[close]


def tree(x: Floats, y: Floats) -> cKDTree:
    """Return a search tree over places in the plane (metres)."""
    return cKDTree(np.column_stack([x, y]))
