"""Ways that somebody measured, between municipalities; where none is given, the estimate stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from referral.geo.travel import (
    Bools,
    Estimate,
    Floats,
    Ints,
    Spots,
    StraightLine,
    TravelModel,
    TravelTable,
    WaysWithin,
)

_AT_ONCE = 256
"""Destinations looked at together, so that a whole country fits into memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenWay:
    """The way from one municipality to another; ``km`` None where only the time is given."""

    from_code: str
    to_code: str
    minutes: float
    km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GivenTimes:
    """A table of times between municipalities over an estimate.

    A place counts as its municipality: a way inside one municipality is estimated unless the table
    holds it. ``pairs`` are sorted.
    """

    codes: dict[str, int]
    pairs: Ints
    minutes: Floats
    km: Floats
    otherwise: StraightLine

    @classmethod
    def of(cls, ways: Iterable[GivenWay], *, otherwise: StraightLine) -> Self:
        """Index the ways; of two with the same ends the later one holds."""
        given = {(way.from_code, way.to_code): way for way in ways}
        codes = {
            code: at for at, code in enumerate(sorted({one for ends in given for one in ends}))
        }
        pairs = np.array([codes[start] * len(codes) + codes[end] for start, end in given], np.int64)
        order = np.argsort(pairs)
        kms = [np.nan if way.km is None else way.km for way in given.values()]
        return cls(
            codes=codes,
            pairs=pairs[order],
            minutes=np.array([way.minutes for way in given.values()], np.float64)[order],
            km=np.array(kms, np.float64)[order],
            otherwise=otherwise,
        )

    @property
    def is_estimate(self) -> bool:
        """Return whether nothing is given at all."""
        return not len(self.pairs)

    @property
    def estimate(self) -> Estimate:
        """The numbers by which it estimates where nothing is measured."""
        return self.otherwise.estimate

    def with_detour(self, detour: float) -> "GivenTimes":
        """Return the table over an estimate with another detour factor."""
        return GivenTimes(
            codes=self.codes,
            pairs=self.pairs,
            minutes=self.minutes,
            km=self.km,
            otherwise=self.otherwise.with_detour(detour),
        )

    def table(self, origins: Spots, destinations: Spots) -> TravelTable:
        """Return the ways between all of them, measured where the table holds them."""
        known = self.otherwise.table(origins, destinations)
        if self.is_estimate:
            return known
        keys = self._positions(origins)[:, None] * len(self.codes) + self._positions(destinations)
        at = np.minimum(np.searchsorted(self.pairs, keys), len(self.pairs) - 1)
        measured = (self.pairs[at] == keys) & self._known(origins)[:, None]
        measured &= self._known(destinations)
        km = np.where(measured & ~np.isnan(self.km[at]), self.km[at], known.km)
        return TravelTable(
            km=km, minutes=np.where(measured, self.minutes[at], known.minutes), measured=measured
        )

    def within(self, minutes: float, origins: Spots, destinations: Spots) -> WaysWithin:
        """Return the ways that take at most so many minutes."""
        return within_by_table(self, minutes, origins, destinations)

    def _positions(self, spots: Spots) -> Ints:
        return np.array([self.codes.get(code or "", 0) for code in spots.codes], np.int64)

    def _known(self, spots: Spots) -> Bools:
        return np.array([code in self.codes for code in spots.codes], np.bool_)


def within_by_table(
    model: TravelModel, minutes: float, origins: Spots, destinations: Spots
) -> WaysWithin:
    """Return the ways that take at most so many minutes, found in the tables of the model."""
    found: list[tuple[Ints, Ints, Floats, Floats]] = []
    for start in range(0, len(destinations), _AT_ONCE):
        some = np.arange(start, min(start + _AT_ONCE, len(destinations)))
        table = model.table(origins, destinations.take(some))
        origin, destination = np.nonzero(table.minutes <= minutes)
        found.append(
            (
                origin,
                some[destination],
                table.km[origin, destination],
                table.minutes[origin, destination],
            )
        )
    none = np.empty(0)
    columns = list(zip(*found, strict=True)) or [(none,)] * 4
    return WaysWithin(
        origin=np.concatenate(columns[0]).astype(np.int64),
        destination=np.concatenate(columns[1]).astype(np.int64),
        km=np.concatenate(columns[2]),
        minutes=np.concatenate(columns[3]),
    )
