"""A typed text as words: how each was written, how it reads, its sentence and its clause."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from referral.text import fold

_WORD: Final = re.compile(r"\w+")
_SENTENCE_END: Final = frozenset(".!?;\n")
_CLAUSE_END: Final = frozenset(",:()–-/")
_JOINTS: Final = frozenset({"a", "ale", "ani", "takze", "protoze", "jenze", "proto"})
"""Words that open a new clause even where nobody types a comma."""
_LAST_DAY: Final = 31
_HAS_YEARS: Final = frozenset({"ma", "mu", "ji", "je", "mi", "vek", "veku", "jsem"})
"""Behind these a number is an age, whatever sign follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word and the numbers of its sentence and clause.

    ``typed`` is the word as it stands in the text, ``plain`` has no capitals and no diacritics, and
    in ``read`` obvious slips of the keyboard are mended as well.
    """

    typed: str
    plain: str
    read: str
    sentence: int
    clause: int


def words_of(text: str, *, read: Callable[[str], str] = str) -> tuple[Word, ...]:
    """Return the words of a text in their order; ``read`` mends a folded word."""
    return tuple(_words(text, read))


def _words(text: str, read: Callable[[str], str]) -> Iterator[Word]:
    sentence = clause = end = 0
    last = before = ""
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        gap = frozenset(between)
        if between == ". " and match.group()[0].islower() and _is_day(last, before):
            gap = frozenset()
        last, before = match.group(), fold(last)
        if end and gap & _SENTENCE_END:
            sentence += 1
            clause += 1
        elif end and gap & _CLAUSE_END:
            clause += 1
        end = match.end()
        for plain in fold(match.group()).split():
            if plain in _JOINTS:
                clause += 1
            yield Word(
                typed=match.group(),
                plain=plain,
                read=read(plain),
                sentence=sentence,
                clause=clause,
            )


def _is_day(number: str, before: str) -> bool:
    """Tell whether a number with a full stop is a day of the month: "30. přijde o byt"."""
    return number.isdecimal() and int(number[:3]) <= _LAST_DAY and before not in _HAS_YEARS
