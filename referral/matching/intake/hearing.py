"""Weigh the words and cues of one text, as a whole and clause by clause."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from referral.matching.intake.cuebook import Found
from referral.matching.intake.evidence import Evidence, Weights
from referral.matching.intake.judgement import (
    ALARM_FROM,
    ASKS_AT_LEAST,
    LEAST_BEST,
    REFUSED_BELOW,
    Signs,
    shares,
)
from referral.matching.intake.lexicon import OFF_TOPIC, CueKind
from referral.matching.intake.spelling import Speller
from referral.matching.intake.words import Word

URGENT: Final = "urgent"
CALM: Final = "calm"
"""The kinds of needs that are weighed against each other, and against what is off topic."""

_CUE_POINTS: Final = (0.0, 1.0, 2.0, 3.0, 4.5)
"""Points of a cue by its strength: as much as a word or two say."""

_MORE_CUES: Final = 0.5
"""Points for each further cue of the same need."""

_CLAUSE_TRUST: Final = 0.8
"""A clause alone is trusted so much: the rest of the text may turn its meaning."""

_ALIKE: Final = 3.0
"""Points of urgent needs are divided by this: dangers come together and look alike."""

_LEAST_SHARE: Final = 0.15
"""An urgent need with a smaller share of the danger raises no alarm."""

_TELLING: Final = 0.4
"""A word is shown when it says at least this share of what the most telling word says."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One text under hearing: its words, the cues found, and a row of weights per word."""

    words: Sequence[Word]
    hits: Sequence[Found]
    codes: tuple[str, ...]
    table: Weights = field(repr=False)
    kinds: Mapping[str, tuple[int, ...]] = field(repr=False)
    by_kind: Mapping[str, Weights] = field(repr=False)
    known: Sequence[bool]

    @classmethod
    def of(
        cls, words: Sequence[Word], hits: Iterable[Found], *, evidence: Evidence, speller: Speller
    ) -> Self:
        """Look up what the words say."""
        said = evidence.weigh([word.read for word in words])
        codes = len(evidence.codes)
        return cls(
            words,
            tuple(hit for hit in hits if hit.cue.kind is CueKind.NEED),
            evidence.codes,
            said[:, :codes],
            evidence.kinds,
            dict(zip(evidence.kinds, said[:, codes:].T, strict=True)),
            tuple(speller.knows(word.read) for word in words),
        )

    def confidence(self) -> Mapping[str, float]:
        """Return how sure (0-1) each need is; empty when the text asks for nothing we know."""
        clauses: defaultdict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            clauses[word.clause].append(place)
        best, asks = self._judge(range(len(self.words)))
        if len(clauses) > 1 and asks >= ASKS_AT_LEAST:
            for places in clauses.values():
                best = np.maximum(best, _CLAUSE_TRUST * self._judge(places)[0])
        if best.max() < LEAST_BEST:
            return {}
        return {
            code: float(sure)
            for code, sure in zip(self.codes, best, strict=True)
            if code != OFF_TOPIC and sure > 0
        }

    def dangers(self) -> Mapping[str, float]:
        """Return how sure (0-1) each urgent need is by what tells danger apart from all else."""
        urgent = list(self.kinds[URGENT])
        points, signs = self.points(range(len(self.words)))
        if not urgent or signs.alarms < ALARM_FROM or signs.asks < ASKS_AT_LEAST:
            return {}
        found = shares(points[urgent] / _ALIKE)
        return {
            self.codes[column]: float(signs.alarms * share)
            for column, share in zip(urgent, found, strict=True)
            if share >= _LEAST_SHARE
        }

    def telling(self, code: str) -> tuple[str, ...]:
        """Return the words, as typed, that led to a need."""
        places = {place for hit in self.hits if hit.cue.code == code for place in hit.places}
        said = self.table[:, self.codes.index(code)]
        most = said.max(initial=0.0)
        if most > 0:
            places.update(np.flatnonzero(said >= _TELLING * most).tolist())
        return tuple(self.words[place].typed for place in sorted(places))

    def points(self, places: Sequence[int]) -> tuple[Weights, Signs]:
        """Return the points of each code by some of the words, and the signs of a call for help."""
        cues = self._cue_points(frozenset(places))
        points = self.table[list(places)].sum(axis=0) + cues
        best = {
            kind: float(points[list(own)].max(initial=0.0))
            for kind, own in self.kinds.items()
            if kind != OFF_TOPIC
        }
        known = sum(self.known[place] for place in places)
        return points, Signs(
            best=max(best.values()),
            off_topic=float(points[self.codes.index(OFF_TOPIC)]),
            strength=float(cues.max()),
            known=known / max(len(places), 1),
            words=len(places),
            talk=float(self.by_kind[OFF_TOPIC][list(places)].sum()),
            danger=float(self.by_kind[URGENT][list(places)].sum()),
            edge=best[URGENT] - best[CALM],
            warning=float(cues[list(self.kinds[URGENT])].max(initial=0.0)),
        )

    def _judge(self, places: Sequence[int]) -> tuple[Weights, float]:
        """Return how sure each code is by these words alone and how likely they ask for help.

        Where nothing is asked no code is sure at all.
        """
        points, signs = self.points(places)
        if signs.asks < REFUSED_BELOW:
            return np.zeros(len(self.codes), dtype=np.float32), signs.asks
        points[self.codes.index(OFF_TOPIC)] = -np.inf
        return np.asarray(signs.asks * shares(points), dtype=np.float32), signs.asks

    def _cue_points(self, places: frozenset[int]) -> Weights:
        points = np.zeros(len(self.codes), dtype=np.float32)
        for hit in self.hits:
            if places.issuperset(hit.places):
                column = self.codes.index(hit.cue.code)
                more = _MORE_CUES if points[column] else 0.0
                points[column] = max(points[column], _CUE_POINTS[hit.cue.strength]) + more
        return points
