"""Mend what a thumb on a phone does to words, against the words the lexicon knows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Self

from referral.text import edits, stem, stem_all

_SHORTEST: Final = 4
"""A shorter word is left alone: one edit away from it lies too much."""

_SHORTEST_BEGINNING: Final = 4
"""A shorter beginning of words is no sign that a word is known."""

_LONG: Final = 9
"""From this length on two edits are mended."""

_SOUND_ALIKE: Final = (("y", "i"), ("i", "y"))
"""Letters that sound the same and are mistaken for each other even by the careful."""

_SPOKEN: Final = (("ej", "y"), ("ej", "e"), ("ou", "u"), ("vo", "o"), ("uj", "u"))
"""How common Czech is spoken (and typed) against how it is written, without diacritics."""


@dataclass(frozen=True, slots=True)
class Speller:
    """Known words, stems and beginnings, and the words by first letter and length."""

    known: frozenset[str] = field(repr=False)
    stems: frozenset[str] = field(repr=False)
    beginnings: frozenset[str] = field(repr=False)
    shelves: Mapping[tuple[str, int], Sequence[str]] = field(repr=False)

    @classmethod
    def of(cls, words: Iterable[str], *, atoms: Iterable[str] = ()) -> Self:
        """Take over folded words, each as often as it occurs, and the atoms of patterns."""
        wanted = tuple(atoms)
        exact = [atom for atom in wanted if not atom.endswith("*")]
        beginnings = {
            atom[:-1] for atom in wanted if atom.endswith("*") and len(atom) > _SHORTEST_BEGINNING
        }
        frequency = Counter(chain(words, exact))
        shelves: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(sorted(frequency), key=frequency.__getitem__, reverse=True):
            shelves[word[0], len(word)].append(word)
        return cls(
            frozenset(frequency),
            frozenset(stem_all(list(frequency))),
            frozenset(beginnings),
            dict(shelves),
        )

    def read(self, word: str) -> str:
        """Return the known word that was most likely meant, or the word itself."""
        if word in self.known or any(char.isdigit() for char in word):
            return word
        for heard, written in _SOUND_ALIKE:
            candidate = word.replace(heard, written)
            if candidate in self.known:
                return candidate
        if self._is_whole(word):
            return word
        for spoken, written in _SPOKEN:
            candidate = word.replace(spoken, written, 1)
            if candidate != word and self._is_whole(candidate):
                return candidate
        if len(word) < _SHORTEST:
            return word
        allowed = 2 if len(word) >= _LONG and not self._begins(word) else 1
        return self._nearest(word, allowed=allowed)

    def knows(self, word: str) -> bool:
        """Tell whether the word, another form of it or its beginning is known."""
        return self._is_whole(word) or self._begins(word)

    def _is_whole(self, word: str) -> bool:
        return word in self.known or stem(word) in self.stems

    def _begins(self, word: str) -> bool:
        ends = range(_SHORTEST_BEGINNING, len(word) + 1)
        return any(word[:end] in self.beginnings for end in ends)

    def _nearest(self, word: str, *, allowed: int) -> str:
        """Return the known word within so many edits, the commoner of equals, or the word."""
        nearest, fewest = word, allowed + 1
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        for candidate in chain.from_iterable(
            self.shelves.get((word[0], length), ()) for length in lengths
        ):
            distance = edits(word, candidate, at_most=fewest - 1)
            if distance < fewest:
                nearest, fewest = candidate, distance
        return nearest
