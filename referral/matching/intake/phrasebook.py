"""Likeness of a text to the phrases of the lexicon by pieces of words."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from referral.matching.intake.lexicon import Phrase
from referral.matching.intake.words import words_of


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Pieces of words of all phrases with their weights."""

    codes: tuple[str, ...]
    rarity: Mapping[str, float] = field(repr=False)
    postings: Mapping[str, tuple[tuple[int, float], ...]] = field(repr=False)

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Self:
        """Index the phrases."""
        all_phrases = tuple(phrases)
        counted = [
            Counter(_pieces([word.folded for word in words_of(phrase.text)]))
            for phrase in all_phrases
        ]
        holders = Counter(piece for counts in counted for piece in counts)
        rarity = {
            piece: math.log((1 + len(counted)) / (1 + number)) + 1
            for piece, number in holders.items()
        }
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(counted):
            for piece, weight in _unit(counts, rarity).items():
                postings[piece].append((number, weight))
        return cls(
            tuple(phrase.code for phrase in all_phrases),
            rarity,
            {piece: tuple(found) for piece, found in postings.items()},
        )

    def likeness(self, words: Sequence[str]) -> Mapping[str, float]:
        """Return the likeness (0-1) of the words to the nearest phrase of each code."""
        sums: defaultdict[int, float] = defaultdict(float)
        for piece, weight in _unit(Counter(_pieces(words)), self.rarity).items():
            for number, other in self.postings.get(piece, ()):
                sums[number] += weight * other
        best: dict[str, float] = {}
        for number, likeness in sums.items():
            code = self.codes[number]
            best[code] = max(best.get(code, 0.0), min(likeness, 1.0))
        return best


def _pieces(words: Sequence[str]) -> Iterable[str]:
    for word in words:
        padded = f" {word} "
        for size in (3, 4, 5):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def _unit(counts: Mapping[str, int], rarity: Mapping[str, float]) -> Mapping[str, float]:
    unseen = max(rarity.values(), default=1.0)
    weights = {piece: n * rarity.get(piece, unseen) for piece, n in counts.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {piece: weight / length for piece, weight in weights.items()}
