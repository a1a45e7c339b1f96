"""What each word of a text says for each need, learnt from the phrases of the lexicon.

A word is seen as its pieces of 3-5 letters, its stem, and its stem beside a neighbour's. How much a
feature says for a code is the weight of complement naive Bayes (Rennie et al. 2003): how rare the
feature is in all *other* codes. It is a sum over words, so that the page can show which words
counted. Learning only counts and sorts, without iterations and without chance; what a feature
weighs is worked out when a text holds it, because a text holds few of a hundred thousand.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from referral.matching.intake.features import Counts, Features, Pieces
from referral.text import stem, stem_all

Weights = npt.NDArray[np.float32]


_NO_KINDS: Final[Mapping[str, Collection[str]]] = MappingProxyType({})
_APART: Final = (1, 2)
"""How many words apart neighbours stand at most."""

_SMOOTHING: Final = 1.0
_EVENNESS: Final = 0.75
"""How far a need with many phrases is brought to the level of one with few (0 not, 1 fully)."""

_PIECE_WEIGHT: Final = 0.25
"""A word has about ten pieces but one stem; so much of a whole feature is one piece."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of all features by code, and what turns them into weights.

    ``kinds`` are the columns of the codes that each kind has; ``scales`` turn counts into weights:
    of the codes first and, where there are kinds, of the kinds.
    """

    codes: tuple[str, ...]
    kinds: Mapping[str, tuple[int, ...]]
    silent: frozenset[str] = field(repr=False)
    places: Mapping[str, int] = field(repr=False)
    stems: Features = field(repr=False)
    pieces: Pieces = field(repr=False)
    pairs: Features = field(repr=False)
    scales: tuple["_Scale", ...] = field(repr=False)

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
        number: dict[str, int] = {}
        spoken = np.array(
            [number.setdefault(word, len(number)) for _, said in phrases for word in said],
            dtype=np.int64,
        )
        lengths = np.array([len(said) for _, said in phrases], dtype=np.int64)
        phrase = np.repeat(np.arange(len(phrases)), lengths)
        columns = np.array([column[code] for code, _ in phrases], dtype=np.int64)[phrase]
        said_in = _counted(spoken, columns, shape=(len(number), len(codes)))

        words = list(number)
        of_word = stem_all(words)
        places: dict[str, int] = {}
        stem_of = np.array([places.setdefault(one, len(places)) for one in of_word], dtype=np.int64)
        loud = np.array(
            [place for place, word in enumerate(words) if word not in silent], dtype=np.int64
        )
        stems = Features.of(stem_of[loud], rows=loud, table=said_in)
        pieces = Pieces.of(words, only=loud, table=said_in)
        pairs = _pairs_of(stem_of[spoken], phrase, columns, base=len(places), codes=len(codes))
        sums = stems.sums() + pieces.features.sums() + pairs.sums()
        many = len(stems) + len(pieces.features) + len(pairs)
        own = {kind: tuple(column[code] for code in some) for kind, some in kinds.items()}
        scales = [_Scale.of(sums, many)]
        if own:
            scales.append(_Scale.of(_by_kind(sums[np.newaxis], own)[0], many))
        return cls(tuple(codes), own, silent, places, stems, pieces, pairs, tuple(scales))

    def weigh(self, words: Sequence[str]) -> Weights:
        """Return what each word (a row) says for each code, then for each kind (the columns)."""
        table = np.zeros((len(words), len(self.codes) + len(self.kinds)), dtype=np.float32)
        loud = [place for place, word in enumerate(words) if word not in self.silent]
        said = [words[place] for place in loud]
        known = [(place, self.places.get(stem(words[place]), -1)) for place in loud]
        one, counts = _first(self.stems, *_columns(known))
        keys, owners = self.pieces.keys(said)
        two, pieces = _first(self.pieces.features, np.array(loud, dtype=np.int64)[owners], keys)
        whole = self._weights(counts)
        broken = self._weights(pieces) * np.float32(_PIECE_WEIGHT)
        # What a word says is added up in one order, lest the last bits depend on chance.
        places = np.concatenate((one, two))
        order = np.argsort(places, kind="stable")
        np.add.at(table, places[order], np.concatenate((whole, broken))[order])
        three, pairs = _first(self.pairs, *_columns(list(self._pairs(words))))
        np.add.at(table, three, self._weights(pairs))
        return table

    def _weights(self, counts: Counts) -> Weights:
        """Return the weights of features (rows) for each code, then for each kind."""
        weights = [self.scales[0].weights(counts)]
        if self.kinds:
            weights.append(self.scales[1].weights(_by_kind(counts, self.kinds)))
        return np.hstack(weights)

    def _pairs(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield the place of the later word and the key, for neighbours one and two words apart."""
        stems = [self.places.get(stem(word)) for word in words]
        for apart in _APART:
            for place in range(apart, len(stems)):
                one, two = stems[place - apart], stems[place]
                if one is not None and two is not None:
                    yield place, min(one, two) * len(self.places) + max(one, two)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns counts by code (or by kind) into weights: the level of each code, and all others."""

    level: npt.NDArray[np.float64]
    total: Weights

    @classmethod
    def of(cls, sums: Counts, many: int) -> Self:
        """Take over how often each code has any feature, and how many features there are."""
        size = np.maximum(sums, 1)
        level = (size.mean() / size) ** _EVENNESS
        scaled = sums * level
        return cls(level, (scaled.sum() - scaled + _SMOOTHING * many).astype(np.float32))

    def weights(self, counts: Counts) -> Weights:
        """Return the weights of complement naive Bayes for counts of features (rows) by code."""
        scaled = counts * self.level
        others = (scaled.sum(axis=1, keepdims=True) - scaled + _SMOOTHING).astype(np.float32)
        weights: Weights = -np.log(others / self.total)
        weights -= weights.mean(axis=1, keepdims=True)
        return weights


def _counted(rows: Counts, columns: Counts, *, shape: tuple[int, int]) -> Counts:
    """Return how often each row stands beside each column."""
    cells = rows * shape[1] + columns
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def _by_kind(counts: Counts, kinds: Mapping[str, tuple[int, ...]]) -> Counts:
    """Return counts by code (columns) as counts by kind."""
    return np.stack([counts[:, some].sum(axis=1) for some in kinds.values()], axis=1)


def _pairs_of(stems: Counts, phrase: Counts, columns: Counts, *, base: int, codes: int) -> Features:
    """Return the pairs of neighbouring stems within a phrase, each said for one code."""
    keys, said_for = [], []
    for apart in _APART:
        together = phrase[apart:] == phrase[:-apart]
        one, two = stems[:-apart][together], stems[apart:][together]
        keys.append(np.minimum(one, two) * base + np.maximum(one, two))
        said_for.append(columns[apart:][together])
    return Features.of(
        np.concatenate(keys),
        rows=np.concatenate(said_for),
        table=np.eye(codes, dtype=np.int64),
    )


def _first(features: Features, places: Counts, keys: Counts) -> tuple[Counts, Counts]:
    """Return where each known feature stands first and its counts, in the order of the text."""
    first = np.sort(np.unique(keys, return_index=True)[1])
    found, counts = features.counts(keys[first])
    return places[first[found]], counts


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[Counts, Counts]:
    """Return the first and the second of each pair."""
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
