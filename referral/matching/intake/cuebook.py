"""Find which of many cues a text holds, in time that does not grow with their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, Self

from referral.matching.intake.lexicon import Cue
from referral.matching.intake.pattern import Term
from referral.matching.intake.words import Word

_REACH: Final = 8
"""So many words at most may the words of one cue span."""

_MOST_PLACES: Final = 4
"""So many places of one term are tried; a text that repeats a word more often says nothing new."""

Span = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A cue and the positions of the words it was found in."""

    cue: Cue
    places: Span


@dataclass(frozen=True, slots=True)
class _Run:
    """One alternative of one term of one cue."""

    cue: int
    term: int
    atoms: tuple[str, ...]
    wanted: bool


@dataclass(frozen=True, slots=True)
class CueBook:
    """Cues by the first word of each alternative."""

    cues: tuple[Cue, ...]
    by_atom: Mapping[str, tuple[_Run, ...]] = field(repr=False)

    @classmethod
    def of(cls, cues: Iterable[Cue]) -> Self:
        """Index the cues."""
        all_cues = tuple(cues)
        by_atom: defaultdict[str, list[_Run]] = defaultdict(list)
        for number, cue in enumerate(all_cues):
            for wanted, terms in ((True, cue.pattern.wanted), (False, cue.pattern.unwanted)):
                for place, term in enumerate(terms):
                    for run in term.runs:
                        by_atom[run[0]].append(_Run(number, place, run, wanted))
        return cls(all_cues, {atom: tuple(runs) for atom, runs in by_atom.items()})

    def find(self, words: Sequence[Word]) -> tuple[Found, ...]:
        """Return the cues that the words hold, in the order of the cues."""
        wanted: defaultdict[int, defaultdict[int, list[Span]]] = defaultdict(
            lambda: defaultdict(list)
        )
        unwanted: defaultdict[int, list[int]] = defaultdict(list)
        for position, word in enumerate(words):
            for atom in _atoms(word.folded):
                for run in self.by_atom.get(atom, ()):
                    if not _continues(run.atoms, words, position):
                        continue
                    if run.wanted:
                        span = tuple(range(position, position + len(run.atoms)))
                        wanted[run.cue][run.term].append(span)
                    else:
                        unwanted[run.cue].append(word.sentence)
        found = []
        for number in sorted(wanted):
            cue = self.cues[number]
            places = _together(
                wanted[number], cue.pattern.wanted, words, frozenset(unwanted[number])
            )
            if places:
                found.append(Found(cue, places))
        return tuple(found)


def _atoms(folded: str) -> tuple[str, ...]:
    return (folded, *(folded[:end] + "*" for end in range(1, len(folded) + 1)))


def _continues(atoms: tuple[str, ...], words: Sequence[Word], position: int) -> bool:
    if position + len(atoms) > len(words):
        return False
    return all(
        _fits(atom, words[position + step].folded) for step, atom in enumerate(atoms[1:], start=1)
    )


def _fits(atom: str, folded: str) -> bool:
    return folded.startswith(atom[:-1]) if atom.endswith("*") else folded == atom


def _together(
    hits: Mapping[int, list[Span]],
    terms: Sequence[Term],
    words: Sequence[Word],
    barred: frozenset[int],
) -> Span:
    """Return the first choice of one place per term within reach and one sentence."""
    if len(hits) < len(terms):
        return ()
    for choice in product(*(hits[term][:_MOST_PLACES] for term in range(len(terms)))):
        places = tuple(sorted({place for span in choice for place in span}))
        sentences = {words[place].sentence for place in places}
        if (
            len(places) == sum(len(span) for span in choice)
            and places[-1] - places[0] < _REACH
            and len(sentences) == 1
            and not sentences & barred
        ):
            return places
    return ()
