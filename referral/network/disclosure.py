"""Which counts may be told so that nobody can work a small one out from the others.

A count below ``FEWEST`` is never told (primary suppression). A total is left out, too, when all
that is told would together fix a small one (secondary suppression): whether it would is asked of
a linear program for each small count, over all that an outsider may know. Even a total that is
only said to be small may do so: four counts that sum to less than five are all one.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeAlias, TypeVar

import numpy as np
from scipy.optimize import linprog

from referral.catalog.evidence import FEWEST
from referral.geo.travel import Floats

Cell: TypeAlias = tuple[str, str]
"""A row and a column of a table of counts."""

_C = TypeVar("_C", bound=Hashable)
_L = TypeVar("_L", bound=Hashable)
_CORNERS: Final = 8
_ONE: Final = 1.0 - 1e-6
"""Two whole numbers lie 1 apart."""


class Kept(StrEnum):
    """Why a number is not told: it is small, or it would give a small one away."""

    FEW = "few"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A count as it may be shown: the number, or None and why not."""

    count: int | None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTable:
    """Counts by two words (an ORP and a need), with their totals, as they may be shown.

    Cells that nobody counted are not there. There are no ``columns`` and no ``total`` (None) of a
    part for which they are not told: numbers of many overlapping parts would give each other away.
    """

    cells: Mapping[Cell, Told]
    rows: Mapping[str, Told]
    columns: Mapping[str, Told]
    total: Told | None


def told(count: int, *, fewest: int = FEWEST) -> Told:
    """Return a count by itself as it may be shown."""
    return Told(count=count) if count >= fewest else Told(count=None, kept=Kept.FEW)


def told_totals(
    cells: Mapping[_C, int], lines: Mapping[_L, Sequence[_C]], *, fewest: int = FEWEST
) -> Mapping[_L, Told]:
    """Return the totals of lines of cells as they may be told beside the cells themselves.

    ``cells`` are counts above zero, of which those below ``fewest`` are not told. Where the totals
    would fix such a one, its lines are withheld from the first on until they do not.
    """
    totals = {name: sum(cells[cell] for cell in members) for name, members in lines.items()}
    small = [cell for cell, count in cells.items() if count < fewest]
    shown = list(lines)
    while small:
        puzzle = _Puzzle.of(small, cells, {name: lines[name] for name in shown}, fewest)
        fixed = next(puzzle.fixed(), None)
        if fixed is None:
            break
        shown.remove(next(name for name in shown if small[fixed] in lines[name]))
    return {
        name: told(total, fewest=fewest) if name in shown else Told(count=None, kept=Kept.WITHHELD)
        for name, total in totals.items()
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Puzzle:
    """What an outsider knows of the small counts: each from 1 to ``most``, and some sums of them.

    ``exact`` of the sums equal ``rests``; those of small totals, ``bounded``, are at most ``most``.
    """

    counts: Floats
    exact: Floats
    rests: Floats
    bounded: Floats
    most: float

    @classmethod
    def of(
        cls,
        small: Sequence[_C],
        cells: Mapping[_C, int],
        lines: Mapping[_L, Sequence[_C]],
        fewest: int,
    ) -> Self:
        """State what the lines tell of the small cells."""
        at = {cell: position for position, cell in enumerate(small)}
        exact: list[Floats] = []
        few: list[Floats] = []
        for members in lines.values():
            row = np.zeros(len(small))
            row[[at[cell] for cell in members if cell in at]] = 1.0
            is_few = sum(cells[cell] for cell in members) < fewest
            (few if is_few else exact).append(row)
        counts = np.array([cells[cell] for cell in small], np.float64)
        sums = np.array(exact).reshape(-1, len(small))
        return cls(
            counts=counts,
            exact=sums,
            rests=sums @ counts,
            bounded=np.array(few).reshape(-1, len(small)),
            most=float(fewest - 1),
        )

    def fixed(self) -> Iterator[int]:
        """Yield the positions of counts that leave an outsider no choice.

        Corners of what is possible that differ by one show at once of most counts that they are
        free; the others are pushed down and up one by one.
        """
        low, high = self.counts.copy(), self.counts.copy()
        rng = np.random.default_rng(0)
        for _ in range(_CORNERS):
            corner = self._corner(rng.normal(size=len(self.counts)))
            low, high = np.minimum(low, corner), np.maximum(high, corner)
        doubted: list[int] = np.flatnonzero(high - low < _ONE).tolist()
        yield from (position for position in doubted if self._span(position) < _ONE)

    def _span(self, position: int) -> float:
        """Return how far a count can be pushed."""
        aim = np.zeros(len(self.counts))
        aim[position] = 1.0
        return float(self._corner(-aim)[position] - self._corner(aim)[position])

    def _corner(self, aim: Floats) -> Floats:
        found: Floats = linprog(
            aim,
            A_eq=self.exact,
            b_eq=self.rests,
            A_ub=self.bounded,
            b_ub=np.full(len(self.bounded), self.most),
            bounds=(1.0, self.most),
        ).x
        return found
