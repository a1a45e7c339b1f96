"""Find which of many cues a text holds, in time that hardly grows with their number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple, Self

from referral.matching.intake.lexicon import Cue
from referral.matching.intake.pattern import Term
from referral.matching.intake.words import Word

_MOST_PLACES: Final = 4
"""So many places of one term are tried; a text that repeats a word more often says nothing new."""

_UNWANTED: Final = -1

Places = tuple[int, ...]
Atoms = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cue and the positions of the words it was found in."""

    cue: Cue
    places: Places


class _Use(NamedTuple):
    """A cue that uses a term, and as which; ``place`` is negative for a term that must not be."""

    cue: int
    place: int


@dataclass(frozen=True, slots=True)
class CueBook:
    """Terms by the first word of each alternative; a find spans at most ``reach`` words.

    A term that several cues share (most come from sets) is looked for once.

    A strict book wants the terms in the order of the pattern and in one clause, any other in any
    order in one sentence.
    """

    cues: tuple[Cue, ...]
    reach: int
    strict: bool
    uses: Sequence[Sequence[_Use]] = field(repr=False)
    by_atom: Mapping[str, Sequence[tuple[int, Atoms]]] = field(repr=False)

    @classmethod
    def of(cls, cues: Iterable[Cue], *, reach: int, strict: bool = False) -> Self:
        """Index the cues."""
        all_cues = tuple(cues)
        users: defaultdict[Term, list[_Use]] = defaultdict(list)
        for number, cue in enumerate(all_cues):
            for place, term in enumerate(cue.pattern.wanted):
                users[term].append(_Use(number, place))
            for term in cue.pattern.unwanted:
                users[term].append(_Use(number, _UNWANTED))
        by_atom: defaultdict[str, list[tuple[int, Atoms]]] = defaultdict(list)
        for number, term in enumerate(users):
            for atoms in term.runs:
                by_atom[atoms[0]].append((number, atoms))
        return cls(all_cues, reach, strict, tuple(users.values()), dict(by_atom))

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """Return the cues that the words hold, in the order of the cues."""
        wanted: defaultdict[int, defaultdict[int, list[Places]]] = defaultdict(
            lambda: defaultdict(list)
        )
        barred: defaultdict[int, set[int]] = defaultdict(set)
        for term, begin, atoms in self._runs(words):
            places = tuple(range(begin, begin + len(atoms)))
            for use in self.uses[term]:
                if use.place == _UNWANTED:
                    barred[use.cue].add(words[begin].sentence)
                else:
                    wanted[use.cue][use.place].append(places)
        found = []
        for number in sorted(wanted):
            cue = self.cues[number]
            if len(wanted[number]) == len(cue.pattern.wanted):
                places = self._together(wanted[number], words, barred[number])
                if places:
                    found.append(Found(cue=cue, places=places))
        return tuple(found)

    def _runs(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Atoms]]:
        """Yield the alternatives found: the term, the place where each begins, its atoms."""
        for place, word in enumerate(words):
            for atom in _atoms(word.read):
                for term, atoms in self.by_atom.get(atom, ()):
                    if len(atoms) == 1 or _continues(atoms, words, place):
                        yield term, place, atoms

    def _together(
        self, hits: Mapping[int, list[Places]], words: Sequence[Word], barred: set[int]
    ) -> Places:
        """Return the first choice of one place per term, near each other in one sentence."""
        for choice in product(*(hits[term][:_MOST_PLACES] for term in range(len(hits)))):
            places = tuple(place for run in choice for place in run)
            sentence = words[places[0]].sentence
            if (
                len(set(places)) == len(places)
                and max(places) - min(places) < self.reach
                and all(words[place].sentence == sentence for place in places)
                and sentence not in barred
                and not (self.strict and self._strays(places, words))
            ):
                return tuple(sorted(places))
        return ()

    @staticmethod
    def _strays(places: Places, words: Sequence[Word]) -> bool:
        """Tell whether places are out of order or in several clauses."""
        clauses = {words[place].clause for place in places}
        return list(places) != sorted(places) or len(clauses) > 1


def _atoms(word: str) -> tuple[str, ...]:
    return (word, *(f"{word[:end]}*" for end in range(1, len(word) + 1)))


def _continues(atoms: Atoms, words: Sequence[Word], place: int) -> bool:
    if place + len(atoms) > len(words):
        return False
    return all(
        _fits(atom, words[place + step].read) for step, atom in enumerate(atoms[1:], start=1)
    )


def _fits(atom: str, word: str) -> bool:
    return word.startswith(atom[:-1]) if atom.endswith("*") else word == atom
