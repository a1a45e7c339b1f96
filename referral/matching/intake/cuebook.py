"""Find which of many cues a text holds, in time that hardly grows with their number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple, Self

from referral.matching.intake.lexicon import Cue
from referral.matching.intake.words import Word

_MOST_PLACES: Final = 4
"""So many places of one term are tried; a text that repeats a word more often says nothing new."""

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A cue and the positions of the words it was found in."""

    cue: Cue
    places: Places


class _Run(NamedTuple):
    """One alternative of one term of one cue; ``term`` is negative for terms that must not be."""

    cue: int
    term: int
    atoms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueBook:
    """Cues by the first word of each alternative; a find spans at most ``reach`` words.

    A strict book wants the terms in the order of the pattern and in one clause, any other in any
    order in one sentence.
    """

    cues: tuple[Cue, ...]
    reach: int
    strict: bool
    by_atom: Mapping[str, tuple[_Run, ...]] = field(repr=False)

    @classmethod
    def of(cls, cues: Iterable[Cue], *, reach: int, strict: bool = False) -> Self:
        """Index the cues."""
        all_cues = tuple(cues)
        by_atom: defaultdict[str, list[_Run]] = defaultdict(list)
        for number, cue in enumerate(all_cues):
            for place, term in enumerate(cue.pattern.wanted):
                for atoms in term.runs:
                    by_atom[atoms[0]].append(_Run(number, place, atoms))
            for term in cue.pattern.unwanted:
                for atoms in term.runs:
                    by_atom[atoms[0]].append(_Run(number, -1, atoms))
        return cls(all_cues, reach, strict, {atom: tuple(runs) for atom, runs in by_atom.items()})

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """Return the cues that the words hold, in the order of the cues."""
        wanted: defaultdict[int, defaultdict[int, list[Places]]] = defaultdict(
            lambda: defaultdict(list)
        )
        barred: defaultdict[int, set[int]] = defaultdict(set)
        for run, place in self._runs(words):
            if run.term < 0:
                barred[run.cue].add(words[place].sentence)
            else:
                wanted[run.cue][run.term].append(tuple(range(place, place + len(run.atoms))))
        found = []
        for number in sorted(wanted):
            cue = self.cues[number]
            if len(wanted[number]) == len(cue.pattern.wanted):
                places = self._together(wanted[number], words, barred[number])
                if places:
                    found.append(Found(cue=cue, places=places))
        return tuple(found)

    def _runs(self, words: Sequence[Word]) -> Iterator[tuple[_Run, int]]:
        """Yield the alternatives found, with the place where each begins."""
        for place, word in enumerate(words):
            for atom in _atoms(word.read):
                for run in self.by_atom.get(atom, ()):
                    if len(run.atoms) == 1 or _continues(run.atoms, words, place):
                        yield run, place

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


def _continues(atoms: tuple[str, ...], words: Sequence[Word], place: int) -> bool:
    if place + len(atoms) > len(words):
        return False
    return all(
        _fits(atom, words[place + step].read) for step, atom in enumerate(atoms[1:], start=1)
    )


def _fits(atom: str, word: str) -> bool:
    return word.startswith(atom[:-1]) if atom.endswith("*") else word == atom
