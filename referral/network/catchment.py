"""How much of a capacity a person can reach: floating catchments and declared ones.

The enhanced two-step floating catchment area (E2SFCA) of Luo and Qi (2009, Health & Place 15(4),
1100-1107). With supply S of service j, people P of municipality k, minutes d and weights W that
step down (1 up to 10 minutes, 0.68 up to 20, 0.22 up to 30, beyond nothing):

    R_j = S_j / sum over k of P_k W(d_kj)        what the service has for each person around it
    A_i = sum over j of R_j W(d_ij)              what a person in municipality i can reach

A service that comes has no radius around its office: its catchment are the municipalities that it
declares, each with weight 1 (Kilinc, Milburn and Heier Stamm 2017, Socio-Economic Planning
Sciences). The people may be weighed by age, as in the French indicator APL: then P is the demand.
The sum of P_i A_i over all municipalities is the sum of S_j of services that anybody can reach, so
the mean of A weighed by P is the plain ratio of capacity and people.
"""

from dataclasses import dataclass

import numpy as np

from referral.geo.travel import Floats, Ints

STEPS = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))
"""Minutes (included) and weights, from the nearest step; beyond the last nothing counts."""
REACH_MINUTES = STEPS[-1][0]
THOUSAND = 1000.0


def step_weights(minutes: Floats) -> Floats:
    """Return the weights of ways; a step includes its own minutes."""
    limits = np.array([limit for limit, _ in STEPS])
    weights = np.array([*(weight for _, weight in STEPS), 0.0], np.float64)
    stepped: Floats = weights[np.searchsorted(limits, minutes, side="left")]
    return stepped


def accessible(
    supply: Floats, demand: Floats, *, origin: Ints, destination: Ints, weight: Floats
) -> Floats:
    """Return what a thousand people of each municipality can reach of the supplies.

    ``supply`` has one number a service, ``demand`` one a municipality (0 where not known);
    ``origin``, ``destination`` and ``weight`` are the pairs of them that come together.
    """
    around = np.bincount(destination, weight * demand[origin], minlength=len(supply))
    ratio = np.divide(supply, around, out=np.zeros(len(supply)), where=around > 0)
    reached = np.bincount(origin, weight * ratio[destination], minlength=len(demand))
    return np.asarray(reached * THOUSAND, np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shared:
    """Capacities shared out: pairs by slot and then municipality, with what each person gets.

    ``total`` sums ``part`` for every municipality, slot after slot. Supplies do not depend on each
    other, so one more or less changes the sums of its own pairs alone.
    """

    origin: Ints
    slot: Ints
    part: Floats
    total: Floats

    def joined(self, other: "Shared") -> "Shared":
        """Return the sums with those of later slots added one by one."""
        total = self.total.copy()
        np.add.at(total, other.origin, other.part)
        return Shared(
            origin=np.concatenate([self.origin, other.origin]),
            slot=np.concatenate([self.slot, other.slot]),
            part=np.concatenate([self.part, other.part]),
            total=total,
        )

    def without(self, slots: Ints) -> "Shared":
        """Return the sums without these slots; those that the slots touch are added up anew."""
        gone = np.isin(self.slot, slots)
        origin, part = self.origin[~gone], self.part[~gone]
        touched = np.zeros(len(self.total), np.bool_)
        touched[self.origin[gone]] = True
        again = touched[origin]
        anew = np.bincount(origin[again], part[again], minlength=len(touched)).astype(np.float64)
        return Shared(
            origin=origin,
            slot=self.slot[~gone],
            part=part,
            total=np.where(touched, anew, self.total),
        )


def share_out(
    supply: Floats, demand: Floats, *, origin: Ints, slot: Ints, weight: Floats
) -> Shared:
    """Return who gets how much of each supply: the sums of ``accessible``, kept open for changes.

    The pairs must come slot by slot (rising) and in each slot by rising municipality: then the sums
    do not depend, not even in their last bits, on how the pairs were found.
    """
    starts = np.flatnonzero(np.diff(slot, prepend=-1))
    order = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(slot)))
    around = np.bincount(order, weight * demand[origin], minlength=len(starts))
    ratio = np.divide(supply[slot[starts]], around, out=np.zeros(len(starts)), where=around > 0)
    part = np.asarray(weight * ratio[order], np.float64)
    total = np.asarray(np.bincount(origin, part, minlength=len(demand)), np.float64)
    return Shared(origin=origin, slot=slot, part=part, total=total)
