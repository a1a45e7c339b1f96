"""The network of a whole country at once: what is present, how near, how much can be reached.

Arrays of municipalities by types of service. The measures are those of ``judging`` and
``capacity``, of surely known facts alone; what a new or a closed service changes is worked out from
the columns of its type, so planners may try many in a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.spatial import cKDTree

from referral.geo.travel import Bools, Floats, Ints, Spots, StraightLine, tree
from referral.network.catchment import STEPS, accessible


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Supply:
    """Offers as columns: ``kind`` is a type (a number from 0), ``spots`` their places.

    ``afield`` marks those that come: they serve ``served[slot]`` (positions of municipalities) and
    their place does not count. ``amount`` is a capacity in one unit for each type (NaN: not known,
    and left out).
    """

    spots: Spots
    kind: Ints
    afield: Bools
    amount: Floats
    served: Sequence[Ints]

    def joined(self, other: "Supply") -> "Supply":
        """Return these offers and others behind them."""
        return Supply(
            spots=Spots(
                x=np.concatenate([self.spots.x, other.spots.x]),
                y=np.concatenate([self.spots.y, other.spots.y]),
                codes=[*self.spots.codes, *other.spots.codes],
            ),
            kind=np.concatenate([self.kind, other.kind]),
            afield=np.concatenate([self.afield, other.afield]),
            amount=np.concatenate([self.amount, other.amount]),
            served=[*self.served, *other.served],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One type in every municipality; see GapMatrix."""

    coming: Ints
    nearest_km: Floats
    nearest: Ints
    reach: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GapMatrix:
    """One column for each type, each of arrays with a value for every municipality.

    ``coming`` counts the offers that come, ``nearest_km`` is the straight line to the nearest place
    (infinite for none) and ``nearest`` its slot (-1), ``reach`` the capacity that a thousand of
    ``demand`` (municipalities by types; 0 where not known) can reach. float64 throughout.
    """

    places: Spots
    demand: Floats
    supply: Supply
    travel: StraightLine
    towns: cKDTree
    columns: tuple[Column, ...]

    @classmethod
    def of(
        cls, places: Spots, *, demand: Floats, supply: Supply, travel: StraightLine | None = None
    ) -> Self:
        """Work the whole matrix out."""
        model, towns = travel or StraightLine(), tree(places.x, places.y)
        people = np.ascontiguousarray(demand.T)
        order = np.argsort(supply.kind, kind="stable")
        edges = np.searchsorted(supply.kind[order], np.arange(len(people) + 1))
        return cls(
            places=places,
            demand=people,
            supply=supply,
            travel=model,
            towns=towns,
            columns=tuple(
                _column(order[edges[at] : edges[at + 1]], people[at], supply, places, towns, model)
                for at in range(len(people))
            ),
        )

    def with_services(self, more: Supply) -> "GapMatrix":
        """Return the matrix as it were with these services, too; they get the next slots."""
        return self._worked_out(self.supply.joined(more), more.kind)

    def without(self, slots: Ints) -> "GapMatrix":
        """Return the matrix as it were without the services in these slots, which stay empty."""
        kind = self.supply.kind.copy()
        kind[slots] = -1
        return self._worked_out(replace(self.supply, kind=kind), self.supply.kind[slots])

    def _worked_out(self, supply: Supply, kinds: Ints) -> "GapMatrix":
        """Return the matrix with the columns of these types worked out anew, the others kept."""
        columns = list(self.columns)
        for kind in np.unique(kinds[kinds >= 0]).tolist():
            columns[kind] = _column(
                np.flatnonzero(supply.kind == kind),
                self.demand[kind],
                supply,
                self.places,
                self.towns,
                self.travel,
            )
        return replace(self, supply=supply, columns=tuple(columns))


def _column(
    slots: Ints,
    demand: Floats,
    supply: Supply,
    places: Spots,
    towns: cKDTree,
    travel: StraightLine,
) -> Column:
    size = len(places)
    spot = slots[~supply.afield[slots] & ~np.isnan(supply.spots.x[slots])]
    come = [(supply.served[at], at) for at in slots[supply.afield[slots]].tolist()]
    place = np.concatenate([np.empty(0, np.int64), *(served for served, _ in come)])
    nearest_km, nearest = np.full(size, np.inf), np.full(size, -1)
    origin, of, weight = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    if len(spot):
        stand = tree(supply.spots.x[spot], supply.spots.y[spot])
        metres, which = stand.query(towns.data)
        nearest_km, nearest = metres / 1000.0, spot[which]
        origin, of, weight = _catchments(towns, stand, travel)
    comers = np.repeat(np.arange(len(spot), len(spot) + len(come)), [len(one) for one, _ in come])
    supplied = supply.amount[np.concatenate([spot, np.array([at for _, at in come], np.int64)])]
    return Column(
        coming=np.bincount(place, minlength=size),
        nearest_km=nearest_km,
        nearest=nearest,
        reach=accessible(
            np.nan_to_num(supplied),
            demand,
            origin=np.concatenate([origin, place]),
            destination=np.concatenate([of, comers]),
            weight=np.concatenate([weight, np.ones(len(place))]),
        ),
    )


def _catchments(towns: cKDTree, stand: cKDTree, travel: StraightLine) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of municipalities and places within the last step, and their weights.

    A step in minutes is the same step in straight km, for the estimate grows with the way.
    """
    limits = np.array([travel.estimate.straight_within(minutes) for minutes, _ in STEPS])
    reach = limits[-1] * 1000.0
    found = towns.sparse_distance_matrix(stand, reach * (1 + 1e-9), output_type="ndarray")
    weights = np.array([*(weight for _, weight in STEPS), 0.0])
    return found["i"], found["j"], weights[np.searchsorted(limits, found["v"] / 1000.0)]
