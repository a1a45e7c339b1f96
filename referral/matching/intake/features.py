"""Features as numbers, sorted, so that those of one text are found among all that were learnt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

_SIZES: Final = (3, 4, 5)
_BORDER: Final = " "
"""Stands before and behind each word, so that its beginning and its end are pieces of their own."""


@dataclass(frozen=True, slots=True)
class Features:
    """Where each feature occurs: sorted keys, and beside each the row of a table of counts.

    What a feature counts is the sum of its rows; nobody needs it for all features at once.
    """

    keys: Counts = field(repr=False)
    rows: Counts = field(repr=False)
    table: Counts = field(repr=False)

    @classmethod
    def of(cls, keys: Counts, *, rows: Counts, table: Counts) -> Self:
        """Sort the occurrences of features by their keys."""
        order = np.argsort(keys)
        return cls(keys[order], rows[order], table)

    def __len__(self) -> int:
        """Return how many different features there are."""
        return int(np.count_nonzero(self.keys[1:] != self.keys[:-1])) + min(len(self.keys), 1)

    def sums(self) -> Counts:
        """Return the counts of all features together, a number for each column."""
        times = np.bincount(self.rows, minlength=len(self.table))
        sums: Counts = times @ self.table
        return sums

    def counts(self, wanted: Counts) -> tuple[Counts, Counts]:
        """Return which of the keys are known and, a row for each of these, their counts."""
        begin = np.searchsorted(self.keys, wanted, side="left")
        many = np.searchsorted(self.keys, wanted, side="right") - begin
        found = np.flatnonzero(many)
        if not len(found):
            return found, np.zeros((0, self.table.shape[1]), dtype=np.int64)
        many = many[found]
        starts = np.cumsum(many) - many
        places = np.arange(many.sum()) + np.repeat(begin[found] - starts, many)
        return found, np.add.reduceat(self.table[self.rows[places]], starts, axis=0)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of words; the key of a piece is its letters as digits of one number.

    ``digits`` are the digits by code point, 0 for a letter that no learnt word has; the last entry
    stands for everything beyond.
    """

    digits: Counts = field(repr=False)
    base: int
    features: Features = field(repr=False)

    @classmethod
    def of(cls, words: Sequence[str], *, only: Counts, table: Counts) -> Self:
        """Learn the pieces of some of the words; ``table`` has a row of counts for each word."""
        letters = np.unique(_code_points([words[place] for place in only.tolist()]))
        digits = np.zeros(int(letters.max(initial=0)) + 2, dtype=np.int64)
        digits[letters] = np.arange(1, len(letters) + 1)
        # Five digits fit into 63 bits up to a base of 6,208: more letters than Czech has.
        base = len(letters) + 1
        keys, owners = _pieces([words[place] for place in only.tolist()], digits, base)
        return cls(digits, base, Features.of(keys, rows=only[owners], table=table))

    def keys(self, words: Sequence[str]) -> tuple[Counts, Counts]:
        """Return the keys of all pieces that may be known, and the place of the word of each."""
        return _pieces(words, self.digits, self.base)


def _code_points(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    bordered = "".join([f"{_BORDER}{word}{_BORDER}" for word in words])
    return np.frombuffer(bordered.encode("utf-32-le"), dtype=np.uint32)


def _pieces(words: Sequence[str], digits: Counts, base: int) -> tuple[Counts, Counts]:
    letters = digits[np.minimum(_code_points(words), len(digits) - 1)]
    lengths = np.array([len(word) + 2 for word in words], dtype=np.int64)
    owner = np.repeat(np.arange(len(words)), lengths)
    keys, owners = [], []
    run, known = letters, letters > 0
    for size in range(2, _SIZES[-1] + 1):
        last = letters[size - 1 :]
        run = run[: len(last)] * base + last
        known = known[: len(last)] & (last > 0)
        if size in _SIZES:
            whole = known & (owner[: len(last)] == owner[size - 1 :])
            keys.append(run[whole])
            owners.append(owner[: len(last)][whole])
    return np.concatenate(keys), np.concatenate(owners)
