"""What each word of a text says for each need, learnt from the phrases of the lexicon.

A word is seen as its pieces of 3-5 letters, its stem, and its stem beside a neighbour's. How much a
feature says for a code is the weight of complement naive Bayes (Rennie et al. 2003): how rare the
feature is in all *other* codes. It is a sum over words, so that the page can show which words
counted, and it is learnt in a fraction of a second, without iterations and without chance.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from referral.text import stem

Weights = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]


_NO_KINDS: Final[Mapping[str, Collection[str]]] = MappingProxyType({})
_SIZES: Final = (3, 4, 5)
_APART: Final = (1, 2)
"""How many words apart neighbours stand at most."""

_SMOOTHING: Final = 1.0
_EVENNESS: Final = 0.75
"""How far a need with many phrases is brought to the level of one with few (0 not, 1 fully)."""

_PIECE_WEIGHT: Final = 0.25
"""A word has about ten pieces but one stem; so much of a whole feature is one piece."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Weights of all features: a row each, a column per code and then one per kind of codes.

    ``kinds`` are the columns of the codes that each kind has.
    """

    codes: tuple[str, ...]
    kinds: Mapping[str, tuple[int, ...]]
    silent: frozenset[str] = field(repr=False)
    features: dict[str, int] = field(repr=False)
    weights: Weights = field(repr=False)

    @classmethod
    def of(
        cls,
        phrases: Sequence[tuple[str, Sequence[str]]],
        *,
        codes: Sequence[str],
        kinds: Mapping[str, Collection[str]] = _NO_KINDS,
        silent: frozenset[str] = frozenset(),
    ) -> Self:
        """Learn from phrases: a code, which must be among ``codes``, and the folded words.

        ``kinds`` are names of several codes that are weighed as one as well: what tells danger from
        all else is not what tells one danger from another. ``silent`` words ("a", "je", "ho") say
        nothing alone, only beside others.
        """
        column = {code: place for place, code in enumerate(codes)}
        words = sorted({word for _, said in phrases for word in said})
        number = {word: place for place, word in enumerate(words)}
        spoken = np.array([number[word] for _, said in phrases for word in said], dtype=np.int64)
        lengths = np.array([len(said) for _, said in phrases], dtype=np.int64)
        phrase = np.repeat(np.arange(len(phrases)), lengths)
        columns = np.array([column[code] for code, _ in phrases], dtype=np.int64)[phrase]
        said_in = _counted(spoken, columns, shape=(len(words), len(codes)))
        names, of_words = _by_name(words, said_in, silent)
        pairs, of_pairs = _by_pair(words, spoken, phrase, columns, len(codes))
        features = {name: row for row, name in enumerate((*names, *pairs))}
        by_code = np.vstack((of_words, of_pairs))
        pieces = np.array([not name.startswith("=") for name in features], dtype=bool)
        weights = [_weights(by_code, pieces)]
        own = {kind: tuple(column[code] for code in some) for kind, some in kinds.items()}
        if own:
            by_kind = np.stack([by_code[:, some].sum(axis=1) for some in own.values()], axis=1)
            weights.append(_weights(by_kind, pieces))
        table = np.ascontiguousarray(np.hstack(weights))
        return cls(tuple(codes), own, silent, features, table)

    def weigh(self, words: Sequence[str]) -> Weights:
        """Return what each word (a row) says for each code, then for each kind (the columns)."""
        table = np.zeros((len(words), self.weights.shape[1]), dtype=np.float32)
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


def _counted(rows: Counts, columns: Counts, *, shape: tuple[int, int]) -> Counts:
    """Return how often each row stands beside each column."""
    cells = rows * shape[1] + columns
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def _by_name(
    words: Sequence[str], said_in: Counts, silent: Collection[str]
) -> tuple[list[str], Counts]:
    """Return the features of single words and how often each was said for each code."""
    codes = said_in.shape[1]
    features: defaultdict[str, int] = defaultdict()
    features.default_factory = features.__len__
    number = features.__getitem__
    own = [[] if word in silent else list(map(number, _features(word))) for word in words]
    rows = np.array([row for some in own for row in some], dtype=np.int64)
    lengths = np.array([len(some) for some in own], dtype=np.int64)
    word, column = np.nonzero(said_in)
    many = lengths[word]
    starts = np.cumsum(lengths) - lengths
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    cells = rows[np.repeat(starts[word], many) + within] * codes + np.repeat(column, many)
    times = np.repeat(said_in[word, column], many)
    summed = np.bincount(cells, weights=times, minlength=len(features) * codes)
    return list(features), summed.astype(np.int64).reshape(-1, codes)


def _by_pair(
    words: Sequence[str], spoken: Counts, phrase: Counts, columns: Counts, codes: int
) -> tuple[list[str], Counts]:
    """Return the neighbouring stems and how often each pair was said for each code."""
    of_word = [stem(word) for word in words]
    stems = sorted(set(of_word))
    place = {one: number for number, one in enumerate(stems)}
    ids = np.array([place[one] for one in of_word], dtype=np.int64)[spoken]
    keys, codes_of = [], []
    for apart in _APART:
        together = phrase[apart:] == phrase[:-apart]
        one, two = ids[:-apart][together], ids[apart:][together]
        keys.append(np.minimum(one, two) * len(stems) + np.maximum(one, two))
        codes_of.append(columns[apart:][together])
    found, rows = np.unique(np.concatenate(keys), return_inverse=True)
    names = [_pair(stems[key // len(stems)], stems[key % len(stems)]) for key in found.tolist()]
    return names, _counted(rows, np.concatenate(codes_of), shape=(len(names), codes))


def _weights(counts: Counts, pieces: npt.NDArray[np.bool_]) -> Weights:
    """Return the weights of complement naive Bayes for counts of features (rows) by code.

    ``pieces`` tells which features are pieces of words.
    """
    size = np.maximum(counts.sum(axis=0), 1)
    counts = counts * (size.mean() / size) ** _EVENNESS
    others = (counts.sum(axis=1, keepdims=True) - counts + _SMOOTHING).astype(np.float32)
    weights: Weights = -np.log(others / others.sum(axis=0))
    weights -= weights.mean(axis=1, keepdims=True)
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
    for apart in _APART:
        for place in range(apart, len(stems)):
            yield place, _pair(*sorted((stems[place - apart], stems[place])))


def _pair(one: str, two: str) -> str:
    return f"={one}~{two}"
