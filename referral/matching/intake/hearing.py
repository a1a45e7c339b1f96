"""Weigh the words and cues of one text, as a whole and clause by clause."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from referral.matching.intake.cuebook import Found
from referral.matching.intake.evidence import Evidence, Weights
from referral.matching.intake.judgement import LEAST_BEST, REFUSED_BELOW, Signs, shares
from referral.matching.intake.lexicon import OFF_TOPIC, CueKind
from referral.matching.intake.spelling import Speller
from referral.matching.intake.words import Word

_CUE_POINTS: Final = (0.0, 1.0, 2.0, 3.0, 4.5)
"""Points of a cue by its strength: as much as a word or two say."""

_MORE_CUES: Final = 0.5
"""Points for each further cue of the same need."""

_CLAUSE_TRUST: Final = 0.8
"""A clause alone is trusted so much: the rest of the text may turn its meaning."""

_TELLING: Final = 0.4
"""A word is shown when it says at least this share of what the most telling word says."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One text under hearing: its words, the cues found, and a row of weights per word."""

    words: Sequence[Word]
    hits: Sequence[Found]
    codes: tuple[str, ...]
    table: Weights = field(repr=False)
    known: Sequence[bool]

    @classmethod
    def of(
        cls, words: Sequence[Word], hits: Iterable[Found], *, evidence: Evidence, speller: Speller
    ) -> Self:
        """Look up what the words say."""
        return cls(
            words,
            tuple(hit for hit in hits if hit.cue.kind is CueKind.NEED),
            evidence.codes,
            evidence.weigh([word.read for word in words]),
            tuple(speller.knows(word.read) for word in words),
        )

    def confidence(self) -> Mapping[str, float]:
        """Return how sure (0-1) each need is; empty when the text asks for nothing we know."""
        clauses: defaultdict[int, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            clauses[word.clause].append(place)
        best = self._judge(range(len(self.words)))
        if len(clauses) > 1:
            for places in clauses.values():
                best = np.maximum(best, _CLAUSE_TRUST * self._judge(places))
        if best.max() < LEAST_BEST:
            return {}
        return {
            code: float(sure)
            for code, sure in zip(self.codes, best, strict=True)
            if code != OFF_TOPIC and sure > 0
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
        off_topic = self.codes.index(OFF_TOPIC)
        known = sum(self.known[place] for place in places)
        return points, Signs(
            best=float(np.delete(points, off_topic).max(initial=0.0)),
            off_topic=float(points[off_topic]),
            strength=float(cues.max()),
            known=known / max(len(places), 1),
            words=len(places),
        )

    def _judge(self, places: Sequence[int]) -> Weights:
        """Return the confidence of each code by these words alone, zeros where nothing is asked."""
        points, signs = self.points(places)
        if signs.asks < REFUSED_BELOW:
            return np.zeros(len(self.codes), dtype=np.float32)
        points[self.codes.index(OFF_TOPIC)] = -np.inf
        return np.asarray(signs.asks * shares(points), dtype=np.float32)

    def _cue_points(self, places: frozenset[int]) -> Weights:
        points = np.zeros(len(self.codes), dtype=np.float32)
        for hit in self.hits:
            if places.issuperset(hit.places):
                column = self.codes.index(hit.cue.code)
                more = _MORE_CUES if points[column] else 0.0
                points[column] = max(points[column], _CUE_POINTS[hit.cue.strength]) + more
        return points
