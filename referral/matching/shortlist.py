"""Of all offers under one request those that are shown, explained by the rules one by one."""

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import NamedTuple

import numpy as np

from referral.catalog.snapshot import Catalog
from referral.matching.asking import Asking
from referral.matching.bars import Bars, Shown
from referral.matching.columns import Ints, columns_of
from referral.matching.nearest import nearest
from referral.matching.policy import Policy
from referral.matching.ranking import Counts, Match, NearMiss
from referral.matching.reach import forms_by_type
from referral.matching.reasons import Reasons
from referral.matching.request import ReferralRequest
from referral.matching.scoring import Scored, moved_first, score
from referral.matching.screening import screen
from referral.matching.sensitivity import Wobble
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
        keys = self._scored.best(count + 1)
        scores = [None, *(self._hundredths(key) for key in keys), None]
        self._explain(
            keys[:count],
            ranks=range(1, count + 1),
            tied=[
                score in neighbours
                for score, *neighbours in zip(scores[1:-1], scores, scores[2:], strict=False)
            ],
        )
        return tuple([self._made[key] for key in keys[:count]])

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

    def first_sure(self) -> tuple[Match, ...]:
        """Return the best match of whose way anything is known, nothing when there is none."""
        key = self._scored.first_sure()
        return () if key is None else (self._at(key),)

    def near_misses(self) -> tuple[NearMiss, ...]:
        """Return those that are out: who refused this client, then the nearest."""
        screened, at = self._screened, self._near
        reasons = Reasons(screened.request, self._standing)
        rows = screened.rows.take(at)
        shown = zip(
            rows.tolist(),
            self._columns.trait.take(rows).tolist(),
            screened.way.take(at).tolist(),
            screened.km.take(at).tolist(),
            strict=True,
        )
        found = []
        for row, trait, way, line in shown:
            km = None if math.isnan(line) else line
            found.append(
                NearMiss(
                    offer=self._columns.offers[row],
                    needs=screened.needs[trait],
                    exclusions=reasons.against(row, way=way, km=km),
                    distance_km=km,
                )
            )
        return tuple(found)

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

    def _takings(self, rows: Ints) -> Iterable[tuple[int, ...]]:
        """Return how offers take people with each of the barriers, as positions in TAKINGS."""
        barriers = self._screened.request.barriers
        taken = [self._standing.taking(one).take(rows).tolist() for one in sorted(barriers)]
        return zip(*taken, strict=True) if taken else repeat(())

    def _explain(self, keys: Sequence[int], *, ranks: Sequence[int], tied: Sequence[bool]) -> None:
        """Explain the offers of these keys and keep the matches."""
        columns, scored, screened = self._columns, self._scored, self._screened
        rows = np.array(keys, np.int64) % len(columns.offers)
        kept = scored.rows.searchsorted(rows)
        at = scored.at.take(kept)
        shown = zip(
            keys,
            ranks,
            tied,
            rows.tolist(),
            columns.trait.take(rows).tolist(),
            screened.near.take(at).tolist(),
            screened.open.take(at).tolist(),
            scored.coming.take(kept).tolist(),
            screened.km.take(at).tolist(),
            self._takings(rows),
            strict=False,
        )
        for key, rank, equal, row, trait, near, open_ways, coming, line, takings in shown:
            km = None if math.isnan(line) else line
            needs, offer = screened.needs[trait], columns.offers[row]
            reaches, way = self._ways.to(row, open_ways=open_ways, coming=coming, km=km)
            self._made[key] = Match(
                rank=rank,
                offer=offer,
                needs=needs,
                reaches=reaches,
                forms_by_type=forms_by_type(offer.service),
                explanation=self._bars.explain(row, Shown(trait, needs, way, near, takings)),
                tied=equal,
            )


def shortlist(
    request: ReferralRequest, *, catalog: Catalog, policy: Policy, today: date, near: int
) -> Shortlist:
    """Weigh all offers of the catalogue under a request, and keep so many of those that are out."""
    standing = standing_of(columns_of(catalog), policy, today)
    return Shortlist(score(screen(request, standing)), near=near)
