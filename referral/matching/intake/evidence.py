"""What each word of a text says for each need, learnt from the phrases of the lexicon.

A word is seen as its pieces of 3-5 letters, its stem, and its stem beside a neighbour's. How much a
feature says for a code is the weight of complement naive Bayes (Rennie et al. 2003): how rare the
feature is in all *other* codes. It is a sum over words, so that the page can show which words
counted, and it is learnt in a fraction of a second, without iterations and without chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from referral.text import stem

Weights = npt.NDArray[np.float32]

_SIZES: Final = (3, 4, 5)
_SMOOTHING: Final = 1.0
_EVENNESS: Final = 0.75
"""How far a need with many phrases is brought to the level of one with few (0 not, 1 fully)."""

_PIECE_WEIGHT: Final = 0.25
"""A word has about ten pieces but one stem; so much of a whole feature is one piece."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Weights of all features: a row each, a column per code (in the order of ``codes``)."""

    codes: tuple[str, ...]
    silent: frozenset[str] = field(repr=False)
    features: dict[str, int] = field(repr=False)
    weights: Weights = field(repr=False)

    @classmethod
    def of(
        cls,
        phrases: Sequence[tuple[str, Sequence[str]]],
        *,
        codes: Sequence[str],
        silent: frozenset[str] = frozenset(),
    ) -> Self:
        """Learn from phrases: a code, which must be among ``codes``, and the folded words.

        ``silent`` words ("a", "je", "ho") say nothing alone, only beside others.
        """
        features: defaultdict[str, int] = defaultdict()
        features.default_factory = features.__len__
        number = features.__getitem__
        of_word: dict[str, list[int]] = {}
        rows: list[int] = []
        lengths: list[int] = []
        for _, words in phrases:
            before = len(rows)
            for word in words:
                if word not in of_word:
                    names = () if word in silent else _features(word)
                    of_word[word] = list(map(number, names))
                rows += of_word[word]
            rows += [number(pair) for _, pair in _pairs(words)]
            lengths.append(len(rows) - before)
        column = {code: place for place, code in enumerate(codes)}
        columns = np.repeat([column[code] for code, _ in phrases], lengths)
        cells = np.array(rows, dtype=np.int64) * len(codes) + columns.astype(np.int64)
        counts = np.bincount(cells, minlength=len(features) * len(codes))
        weights = _weights(counts.reshape(-1, len(codes)), tuple(features))
        return cls(tuple(codes), silent, dict(features), weights)

    def weigh(self, words: Sequence[str]) -> Weights:
        """Return what each word (a row) says for each code (a column)."""
        table = np.zeros((len(words), len(self.codes)), dtype=np.float32)
        seen: set[int] = set()
        for place, word in enumerate(words):
            if word not in self.silent:
                self._add(table[place], _features(word), seen)
        for place, pair in _pairs(words):
            self._add(table[place], (pair,), seen)
        return table

    def _add(self, row: Weights, names: Iterable[str], seen: set[int]) -> None:
        fresh = [
            number
            for name in names
            if (number := self.features.get(name)) is not None and number not in seen
        ]
        if fresh:
            seen.update(fresh)
            row += self.weights[fresh].sum(axis=0)


def _weights(counts: npt.NDArray[np.int64], names: Sequence[str]) -> Weights:
    """Return the weights of complement naive Bayes for counts of features (rows) by code."""
    size = np.maximum(counts.sum(axis=0), 1)
    counts = counts * (size.mean() / size) ** _EVENNESS
    others = (counts.sum(axis=1, keepdims=True) - counts + _SMOOTHING).astype(np.float32)
    weights: Weights = -np.log(others / others.sum(axis=0))
    weights -= weights.mean(axis=1, keepdims=True)
    pieces = np.array([not name.startswith("=") for name in names], dtype=bool)
    weights[pieces] *= _PIECE_WEIGHT
    return weights


def _features(word: str) -> list[str]:
    """Return the stem of a word, marked by ``=``, and its pieces with the borders of the word."""
    padded = f" {word} "
    pieces = [
        padded[start : start + size] for size in _SIZES for start in range(len(padded) - size + 1)
    ]
    return [f"={stem(word)}", *pieces]


def _pairs(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the place of the later word and both stems, for neighbours one and two words apart."""
    stems = [stem(word) for word in words]
    for apart in (1, 2):
        for place in range(apart, len(stems)):
            one, two = stems[place - apart], stems[place]
            yield place, f"={one}~{two}" if one < two else f"={two}~{one}"
