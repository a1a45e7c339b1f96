"""Of all offers under one request those that are shown, explained by the rules one by one."""

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from referral.catalog.snapshot import Catalog
from referral.matching.asking import Asking
from referral.matching.bars import Bars, Shown
from referral.matching.columns import Floats, Ints, columns_of
from referral.matching.nearest import nearest
from referral.matching.policy import Policy
from referral.matching.ranking import Counts, Match, NearMiss
from referral.matching.reach import forms_by_type
from referral.matching.reasons import Reasons
from referral.matching.request import ReferralRequest
from referral.matching.scoring import Scored, moved_first, score
from referral.matching.screening import screen
from referral.matching.sensitivity import Wobble
from referral.matching.sorts import sorts_in
from referral.matching.standing import standing_of
from referral.matching.ways import Ways


class Gist(NamedTuple):
    """What a plan needs to know of a match before it is explained."""

    rank: int
    needs: tuple[str, ...]
    score: float
    key: int


class Shortlist:
    """The order of all offers under a request; matches are explained when they are asked for.

    ``near`` is how many of those that are out are kept.
    """

    def __init__(self, scored: Scored, *, near: int) -> None:
        self._scored = scored
        self._screened = scored.screened
        self._standing = scored.screened.standing
        self._columns = self._standing.columns
        self._near, self._out = nearest(scored.screened, near)
        self._made: dict[int, Match] = {}
        self._ways = Ways(scored.screened.request, self._standing)
        self._bars = Bars(scored.screened.asking, self._standing)

    @property
    def asking(self) -> Asking:
        """The request with all that it is weighed by."""
        return self._screened.asking

    def matches(self, count: int) -> tuple[Match, ...]:
        """Return the best matches; those with the score of a neighbour are marked tied."""
        best = self._scored.best(count + 1)
        total = len(self._columns.offers)
        keys, scores = best[:count], [key // total for key in best]
        equal = [one == other for one, other in pairwise(scores)]
        neighbours = zip([False, *equal], [*equal, False], strict=True)
        tied = [above or below for above, below in neighbours][: len(keys)]
        return self._explain(keys, ranks=range(1, len(keys) + 1), tied=tied)

    def gists(self) -> tuple[Gist, ...]:
        """Return the best match for every set of needs that any match answers, in their order."""
        return tuple(
            Gist(
                rank=self._rank(key),
                needs=self._needs(key % len(self._columns.offers)),
                score=self._hundredths(key) / 100.0,
                key=key,
            )
            for key in sorted(self._scored.best_by_needs())
        )

    def match(self, gist: Gist) -> Match:
        """Return the match that a gist is of."""
        return self._at(gist.key)

    def first_sure(self, shown: Iterable[Match]) -> tuple[Match, ...]:
        """Return the best match of whose way anything is known, nothing when there is none.

        ``shown`` are the best of all matches.
        """
        for match in shown:
            if match.reach.sure:
                return (match,)
        key = self._scored.first_sure()
        return () if key is None else (self._at(key),)

    def near_misses(self) -> tuple[NearMiss, ...]:
        """Return those that are out: who refused this client, then the nearest."""
        columns, screened, at = self._columns, self._screened, self._near
        some = screened.rows.take(at)
        rows, km = some.tolist(), _known(screened.km.take(at))
        reasons = Reasons(screened.request, self._standing).against(
            rows,
            sorts=sorts_in(some, columns.sorts),
            ways=screened.way.take(at).tolist(),
            km=km,
        )
        traits = columns.trait.take(some).tolist()
        return tuple(
            [
                NearMiss(
                    offer=columns.offers[row],
                    needs=screened.needs[trait],
                    exclusions=against,
                    distance_km=line,
                )
                for row, trait, against, line in zip(rows, traits, reasons, km, strict=True)
            ]
        )

    def answered(self) -> Collection[str]:
        """Return the needs that any match answers."""
        return self._scored.answered()

    def counts(self) -> Counts:
        """Return how much of the answer rests on knowledge."""
        return self._scored.counts(excluded=self._out)

    def wobbles(self) -> tuple[Wobble, ...]:
        """Return the moves of single weights that put another service in the first place."""
        return moved_first(self._scored)

    def _at(self, key: int) -> Match:
        if key not in self._made:
            equals = self._scored.keys // len(self._columns.offers) == -self._hundredths(key)
            tied = int(np.count_nonzero(equals)) > 1
            self._explain([key], ranks=[self._rank(key)], tied=[tied])
        return self._made[key]

    def _rank(self, key: int) -> int:
        return int(np.count_nonzero(self._scored.keys < key)) + 1

    def _hundredths(self, key: int) -> int:
        return -(key // len(self._columns.offers))

    def _needs(self, row: int) -> tuple[str, ...]:
        return self._screened.needs[int(self._columns.trait[row])]

    def _takings(self, rows: Ints) -> Sequence[tuple[int, ...]]:
        """Return how offers take people with each of the barriers, as positions in TAKINGS."""
        barriers = self._screened.request.barriers
        taken = [self._standing.taking(one).take(rows).tolist() for one in sorted(barriers)]
        return list(zip(*taken, strict=True))

    def _explain(
        self, keys: Sequence[int], *, ranks: Iterable[int], tied: Iterable[bool]
    ) -> tuple[Match, ...]:
        """Return the matches of these keys, explained, and keep them."""
        columns, scored, screened = self._columns, self._scored, self._screened
        some = np.array(keys, np.int64) % len(columns.offers)
        kept = scored.rows.searchsorted(some)
        at = scored.at.take(kept)
        rows, traits = some.tolist(), columns.trait.take(some).tolist()
        shown = Shown(
            rows=rows,
            sorts=sorts_in(some, columns.sorts),
            traits=traits,
            needs=[screened.needs[trait] for trait in traits],
            near=screened.near.take(at).tolist(),
            takings=self._takings(some),
        )
        arrivals = self._ways.to(
            rows,
            open_ways=screened.open.take(at).tolist(),
            coming=scored.coming.take(kept).tolist(),
            km=_known(screened.km.take(at)),
            points=scored.bars["reach"].take(kept).tolist(),
        )
        explained = self._bars.explain(shown, [bar for _, bar in arrivals])
        found = tuple(
            [
                Match(
                    rank=rank,
                    offer=columns.offers[row],
                    needs=needs,
                    reaches=reaches,
                    forms_by_type=forms_by_type(columns.offers[row].service),
                    explanation=explanation,
                    tied=equal,
                )
                for rank, row, needs, (reaches, _), explanation, equal in zip(
                    ranks, rows, shown.needs, arrivals, explained, tied, strict=True
                )
            ]
        )
        self._made.update(zip(keys, found, strict=True))
        return found


def _known(km: Floats) -> list[float | None]:
    return [None if math.isnan(line) else line for line in km.tolist()]


def shortlist(
    request: ReferralRequest, *, catalog: Catalog, policy: Policy, today: date, near: int
) -> Shortlist:
    """Weigh all offers of the catalogue under a request, and keep so many of those that are out."""
    standing = standing_of(columns_of(catalog), policy, today)
    return Shortlist(score(screen(request, standing)), near=near)
