"""Offers as columns for a whole country at once: where each is, whom it serves, how much it can do.

What an offer means for a municipality is decided in ``offered``; here it is only laid out sparsely,
so that ``matrix`` can work out thousands of municipalities and try changes one after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from referral.catalog.areas import Covers
from referral.geo.travel import Bools, Floats, Ints
from referral.matching.columns import COVERS, Bytes
from referral.network.norms import Level, Metric, Rule
from referral.network.offered import (
    AMBULATORY,
    FIELD,
    RESIDENTIAL,
    Offered,
    offered,
    open_rows,
    wanted_forms,
)
from referral.network.setting import Setting

SURELY, PROBABLY, PERHAPS = range(3)
"""How surely an offer serves a municipality that it is named with."""
_NO = COVERS.index(Covers.NO)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Supply:
    """Offers as columns, one value a slot; ``kind`` is a type or a rule (a number from 0).

    ``x`` and ``y`` are the place in the Krovak plane (metres, NaN where unknown or secret).
    ``afield`` marks those that come; their place does not count. Of the others ``closed`` marks
    those that take people of named municipalities only, and nobody goes farther than ``within_km``
    in a straight line. ``amount`` is a capacity in one unit for each kind (NaN: not known, and left
    out). Slot s is named with ``place[ptr[s]:ptr[s + 1]]`` (positions of municipalities, rising),
    each as surely as ``how`` says.
    """

    x: Floats
    y: Floats
    kind: Ints
    afield: Bools
    closed: Bools
    within_km: Floats
    amount: Floats
    ptr: Ints
    place: Ints
    how: Bytes

    @classmethod
    def of_slots(
        cls,
        named: Sequence[Sequence[tuple[int, int]]],
        *,
        x: Floats,
        y: Floats,
        kind: Ints,
        afield: Bools,
        amount: Floats,
        closed: Bools | None = None,
        within_km: Floats | None = None,
    ) -> Self:
        """Return the columns; ``named`` has (municipality, how surely) of each slot."""
        pairs = [pair for some in named for pair in sorted(some)]
        return cls(
            x=x,
            y=y,
            kind=kind,
            afield=afield,
            closed=np.zeros(len(x), np.bool_) if closed is None else closed,
            within_km=np.full(len(x), np.inf) if within_km is None else within_km,
            amount=amount,
            ptr=np.cumsum([0, *(len(some) for some in named)], dtype=np.int64),
            place=np.array([place for place, _ in pairs], np.int64),
            how=np.array([how for _, how in pairs], np.uint8),
        )

    def __len__(self) -> int:
        """Return how many slots there are, empty ones included."""
        return len(self.kind)

    def named(self, slots: Ints) -> tuple[Ints, Ints, Bytes]:
        """Return what these slots are named with: the slot, the municipality, how surely."""
        counts = self.ptr[slots + 1] - self.ptr[slots]
        at = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        at += np.repeat(self.ptr[slots], counts)
        return np.repeat(slots, counts), self.place[at], self.how[at]

    def joined(self, other: "Supply") -> "Supply":
        """Return these offers and others behind them."""
        return Supply(
            x=np.concatenate([self.x, other.x]),
            y=np.concatenate([self.y, other.y]),
            kind=np.concatenate([self.kind, other.kind]),
            afield=np.concatenate([self.afield, other.afield]),
            closed=np.concatenate([self.closed, other.closed]),
            within_km=np.concatenate([self.within_km, other.within_km]),
            amount=np.concatenate([self.amount, other.amount]),
            ptr=np.concatenate([self.ptr, self.ptr[-1] + other.ptr[1:]]),
            place=np.concatenate([self.place, other.place]),
            how=np.concatenate([self.how, other.how]),
        )

    def without(self, slots: Ints) -> "Supply":
        """Return these offers with the slots left empty: of no kind."""
        kind = self.kind.copy()
        kind[slots] = -1
        return replace(self, kind=kind)


def supply_of(rules: Sequence[Rule], setting: Setting) -> Supply:
    """Lay out what counts for each of the rules (``kind`` is its position), as ``offered`` has it.

    Each service has one slot for what comes to municipalities or may, and one for every known place
    of service that people may go to. Capacities are left unknown.

    Raises:
        ValueError: a rule measures what the matrix does not, see ``covered_by_matrix``.
    """
    parts = [_of_rule(kind, rule, setting) for kind, rule in enumerate(rules)]
    empty = np.empty(0)
    supply = Supply.of_slots(
        [], x=empty, y=empty, kind=empty.astype(np.int64), afield=empty.astype(bool), amount=empty
    )
    for part in parts:
        supply = supply.joined(part)
    return supply


def covered_by_matrix(rule: Rule) -> bool:
    """Tell whether the matrix can judge a rule: it counts services or the way to the nearest."""
    return rule.level is Level.MUNICIPALITY and (
        rule.metric.counts or (rule.metric.by_way and rule.count == 1)
    )


def _of_rule(kind: int, rule: Rule, setting: Setting) -> Supply:
    if not covered_by_matrix(rule):
        raise ValueError(f"the matrix does not cover rule {rule.code}")
    rows = open_rows(rule, setting)
    return _coming(kind, offered(rule, rows, setting), rule).joined(
        _standing(kind, rule, rows, setting)
    )


def _coming(kind: int, found: Offered, rule: Rule) -> Supply:
    """Return a slot for each service with the municipalities it comes to, surely or less so."""
    sure = found.covering | found.placed if rule.metric is Metric.PRESENCE else found.covering
    how = np.select(
        [sure, found.assumed, found.undecided], [SURELY, PROBABLY, PERHAPS], PERHAPS + 1
    ).T
    slot, place = np.nonzero(how <= PERHAPS)
    count = len(found.services)
    return Supply(
        x=np.full(count, np.nan),
        y=np.full(count, np.nan),
        kind=np.full(count, kind, np.int64),
        afield=np.ones(count, np.bool_),
        closed=np.zeros(count, np.bool_),
        within_km=np.full(count, np.inf),
        amount=np.full(count, np.nan),
        ptr=np.searchsorted(slot, np.arange(count + 1)).astype(np.int64),
        place=place.astype(np.int64),
        how=how[slot, place].astype(np.uint8),
    )


def _standing(kind: int, rule: Rule, rows: Ints, setting: Setting) -> Supply:
    """Return a slot for each known place of service that people may go to."""
    columns = setting.columns
    on_the_spot = rule.metric.by_way and rule.metric.on_the_spot
    wanted = wanted_forms(rule, rows, setting)
    gone_to = (wanted & (AMBULATORY | RESIDENTIAL) != 0) & ~np.isnan(columns.x[rows])
    stays, wanted = rows[gone_to & on_the_spot], wanted[gone_to & on_the_spot]
    closed = (columns.covers[stays] == _NO) & (columns.forms[stays] & FIELD == 0)
    slot, place, _ = setting.named.of(stays)
    slot, place = slot[closed[slot]], place[closed[slot]]
    order = np.lexsort((place, slot))
    return Supply(
        x=columns.x[stays],
        y=columns.y[stays],
        kind=np.full(len(stays), kind, np.int64),
        afield=np.zeros(len(stays), np.bool_),
        closed=closed,
        within_km=np.where(wanted & RESIDENTIAL != 0, np.inf, setting.policy.limits.ambulatory_km),
        amount=np.full(len(stays), np.nan),
        ptr=np.searchsorted(slot[order], np.arange(len(stays) + 1)).astype(np.int64),
        place=place[order],
        how=np.full(len(place), SURELY, np.uint8),
    )
