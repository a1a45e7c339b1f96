"""The floor: presence, nearest and E2SFCA in as few lines of numpy and scipy as they take."""

import numpy as np
from scipy.spatial import cKDTree
from strewn import TYPES

from referral.geo.travel import DEFAULT_ESTIMATE, Spots
from referral.network.supply import PERHAPS, SURELY, Supply


class Bare:
    """One pass over the same offers as the matrix gets, laid out beforehand as the pass wants them.

    It knows of no rule, no change and no last bit: distances decide as the search gives them.
    """

    def __init__(self, places: Spots, supply: Supply, demand: np.ndarray) -> None:
        """Lay the input out."""
        self.towns = np.column_stack([places.x, places.y])
        self.spots = np.column_stack([supply.x, supply.y])
        self.demand, self.kind = demand, supply.kind
        self.steps_m = [DEFAULT_ESTIMATE.straight_within(limit) * 1000 for limit in (10, 20, 30)]
        stands = ~supply.afield & ~np.isnan(supply.x)
        told = ~np.isnan(supply.amount)
        free = stands & ~supply.closed
        self.of = [np.flatnonzero(free & (supply.kind == kind)) for kind in range(TYPES)]
        self.within = [supply.within_km[of[:1]].max(initial=0) * 1000 or np.inf for of in self.of]
        self.open = np.flatnonzero(free & told)
        self.amount = np.nan_to_num(supply.amount)
        slot = np.repeat(np.arange(len(supply)), np.diff(supply.ptr))
        at = supply.place
        comes, sure = supply.afield[slot], supply.how == SURELY
        cell = at * TYPES + supply.kind[slot]
        self.sure, self.perhaps = cell[comes & sure], cell[comes & (supply.how == PERHAPS)]
        closed = supply.closed[slot]
        self.closed, self.closed_at = slot[closed], at[closed]
        shared = sure & (comes | closed) & told[slot]
        self.named, self.named_at, self.named_comes = slot[shared], at[shared], comes[shared]

    def run(self) -> tuple[np.ndarray, ...]:
        """Return what comes, what may, the nearest place (km), what a thousand people reach."""
        size, count = len(self.towns), len(self.kind)
        cells = size * TYPES
        near = np.full((size, TYPES), np.inf)
        for kind, of in enumerate(self.of):
            if len(of):
                tree = cKDTree(self.spots[of])
                near[:, kind] = tree.query(self.towns, distance_upper_bound=self.within[kind])[0]
        gap = self.spots[self.closed] - self.towns[self.closed_at]
        way = np.sqrt((gap**2).sum(axis=1))
        ok = way <= np.array(self.within)[self.kind[self.closed]]
        np.minimum.at(near, (self.closed_at[ok], self.kind[self.closed[ok]]), way[ok])
        pairs = cKDTree(self.towns).sparse_distance_matrix(
            cKDTree(self.spots[self.open]), self.steps_m[2], output_type="ndarray"
        )
        gap = self.spots[self.named] - self.towns[self.named_at]
        way = np.where(self.named_comes, 0.0, np.sqrt((gap**2).sum(axis=1)))
        i = np.concatenate([pairs["i"], self.named_at])
        j = np.concatenate([self.open[pairs["j"]], self.named])
        way = np.concatenate([pairs["v"], way])
        ten, twenty, thirty = self.steps_m
        weight = np.where(way <= ten, 1.0, np.where(way <= twenty, 0.68, 0.22)) * (way <= thirty)
        kind = self.kind[j]
        around = np.bincount(j, weight * self.demand[i, kind], minlength=count)
        ratio = np.divide(self.amount, around, out=np.zeros(count), where=around > 0)
        reach = np.bincount(i * TYPES + kind, weight * ratio[j], minlength=cells)
        return (
            np.bincount(self.sure, minlength=cells).reshape(size, TYPES),
            np.bincount(self.perhaps, minlength=cells).reshape(size, TYPES),
            near / 1000,
            reach.reshape(size, TYPES) * 1000,
        )
