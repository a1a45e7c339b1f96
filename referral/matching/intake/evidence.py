"""What each word of a text says for each need, learnt from the phrases of the lexicon.

A word is seen as its pieces of 3-5 letters, its stem, and its stem beside a neighbour's. How much a
feature says for a code is the weight of complement naive Bayes (Rennie et al. 2003): how rare the
feature is in all *other* codes. It is a sum over words, so that the page can show which words
counted, and it is learnt in a fraction of a second, without iterations and without chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from referral.text import stem

Weights = npt.NDArray[np.float32]

_SIZES: Final = (3, 4, 5)
_SMOOTHING: Final = 1.0
_PIECE_WEIGHT: Final = 0.25
"""A word has about ten pieces but one stem; so much of a whole feature is one piece."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Weights of all features: a row each, a column per code (in the order of ``codes``)."""

    codes: tuple[str, ...]
    features: dict[str, int] = field(repr=False)
    weights: Weights = field(repr=False)

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, Sequence[str]]], *, codes: Sequence[str]) -> Self:
        """Learn from phrases: a code, which must be among ``codes``, and the folded words."""
        column = {code: number for number, code in enumerate(codes)}
        features: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        of_word: dict[str, list[int]] = {}
        for code, words in phrases:
            found: set[int] = set()
            for word in words:
                if word not in of_word:
                    of_word[word] = [
                        features.setdefault(name, len(features)) for name in _features(word)
                    ]
                found.update(of_word[word])
            found.update(features.setdefault(pair, len(features)) for _, pair in _pairs(words))
            rows.extend(found)
            columns.extend([column[code]] * len(found))
        return cls(tuple(codes), features, _weights(features, rows, columns, len(codes)))

    def weigh(self, words: Sequence[str]) -> Weights:
        """Return what each word (a row) says for each code (a column)."""
        table = np.zeros((len(words), len(self.codes)), dtype=np.float32)
        seen: set[int] = set()
        for place, word in enumerate(words):
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


def _weights(
    features: dict[str, int], rows: Sequence[int], columns: Sequence[int], codes: int
) -> Weights:
    shape = (len(features), codes)
    cells = np.asarray(rows, dtype=np.int64) * codes + np.asarray(columns, dtype=np.int64)
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    others = counts.sum(axis=1, keepdims=True) - counts + _SMOOTHING
    weights = -np.log(others / others.sum(axis=0))
    weights -= weights.mean(axis=1, keepdims=True)
    whole = np.fromiter((name[0] == "=" for name in features), dtype=bool, count=len(features))
    weights[~whole] *= _PIECE_WEIGHT
    return weights.astype(np.float32)


def _features(word: str) -> list[str]:
    """Return the stem of a word, marked by ``=``, and its pieces with the borders of the word."""
    padded = f" {word} "
    pieces = [
        padded[start : start + size] for size in _SIZES for start in range(len(padded) - size + 1)
    ]
    return [f"={stem(word)}", *pieces]


def _pairs(words: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Yield the place of the later word and both stems, for neighbours one and two words apart."""
    stems = [stem(word) for word in words]
    for place, (one, two) in enumerate(pairwise(stems), start=1):
        yield place, f"={min(one, two)}~{max(one, two)}"
    for place, (one, two) in enumerate(zip(stems, stems[2:], strict=False), start=2):
        yield place, f"={min(one, two)}~{max(one, two)}"
