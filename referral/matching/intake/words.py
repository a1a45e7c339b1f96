"""A typed text as words: how each was written, its folded form, its sentence and its clause."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from referral.text import fold

_WORD: Final = re.compile(r"\w+")
_SENTENCE_END: Final = frozenset(".!?;\n")
_CLAUSE_END: Final = frozenset(",:()–-/")
_JOINTS: Final = frozenset({"a", "ale", "i", "ani", "nebo", "takze", "protoze", "kdyz", "jenze"})
"""Words that open a new clause even where nobody types a comma."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word: as it was typed, folded, and the number of its sentence and clause."""

    typed: str
    folded: str
    sentence: int
    clause: int


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in their order."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    sentence = clause = end = 0
    for match in _WORD.finditer(text):
        gap = frozenset(text[end : match.start()])
        if end and gap & _SENTENCE_END:
            sentence += 1
            clause += 1
        elif end and gap & _CLAUSE_END:
            clause += 1
        end = match.end()
        for folded in fold(match.group()).split():
            if folded in _JOINTS:
                clause += 1
            yield Word(typed=match.group(), folded=folded, sentence=sentence, clause=clause)
