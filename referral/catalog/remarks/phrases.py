"""Phrases as patterns: a tiny language that a social worker can read and extend.

``nejsou|neni bezbarier*`` means two neighbouring words, the first one of two, the second beginning
with "bezbarier". ``pouze ~2 mobiln*`` allows up to two other words in between. Everything is
written in lower case without diacritics. Long words may be misspelt by one letter.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Generic, Self, TypeVar

from referral.catalog.errors import CatalogError
from referral.text import edits

_WORD: Final = re.compile(r"[a-z0-9]+\*?")
_GAP: Final = re.compile(r"~([1-9])")
_MOST_KEPT: Final = 50_000
_LONG_WORD: Final = 7
_LONG_BEGINNING: Final = 7


T = TypeVar("T")


class PhraseError(CatalogError):
    """A pattern that cannot be read; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Alternatives for one word; up to ``gap`` other words may stand before it."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    gap: int = 0

    def is_exactly(self, word: str) -> bool:
        """Tell whether a folded word is one of the alternatives."""
        return word in self.words or word.startswith(self.beginnings)

    def fits(self, word: str) -> bool:
        """Tell whether a folded word is one of the alternatives, or nearly a long one."""
        return (
            self.is_exactly(word)
            or any(_nearly(word, one) for one in self.words)
            or any(_begins_nearly(word, one) for one in self.beginnings)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A pattern; read it with :meth:`parse`."""

    text: str
    pieces: tuple[_Piece, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a pattern as it stands in a file.

        Raises:
            PhraseError: it holds no word, ends or begins with a gap, or a word is not plain.
        """
        pieces: list[_Piece] = []
        gap = 0
        for written in text.split():
            skipped = _GAP.fullmatch(written)
            if skipped:
                if gap or not pieces:
                    raise PhraseError(f"vzor „{text}“: ~ smí stát jen mezi dvěma slovy")
                gap = int(skipped[1])
            else:
                pieces.append(_piece(written, gap, text))
                gap = 0
        if gap or not pieces:
            raise PhraseError(f"vzor „{text}“ nemá na konci slovo; doplňte je")
        return cls(text=text, pieces=tuple(pieces))

    @property
    def first_letters(self) -> frozenset[str]:
        """The letters that its first word may begin with."""
        first = self.pieces[0]
        return frozenset(one[0] for one in (*first.words, *first.beginnings))

    def match(self, words: Sequence[str], at: int) -> int | None:
        """Return where the phrase ends when it begins at a word, None when it does not."""
        return _match(self.pieces, words, at)


class PhraseIndex(Generic[T]):
    """Phrases, each with what it stands for, found by the first letter of their first word."""

    def __init__(self, phrases: Iterable[tuple[T, Phrase]]) -> None:
        self._by_letter: defaultdict[str, list[tuple[T, Phrase]]] = defaultdict(list)
        self._by_word: dict[str, tuple[tuple[T, Phrase], ...]] = {}
        for meaning, phrase in phrases:
            for letter in sorted(phrase.first_letters):
                self._by_letter[letter].append((meaning, phrase))

    def at(self, words: Sequence[str], position: int) -> Iterator[tuple[T, int]]:
        """Yield what begins at a word, with the end of each phrase, in the order given."""
        for meaning, phrase in self._beginning_with(words[position]):
            end = phrase.match(words, position)
            if end is not None:
                yield meaning, end

    def _beginning_with(self, word: str) -> tuple[tuple[T, Phrase], ...]:
        """Return the phrases whose first word fits; kept, as remarks repeat their words.

        A word that some phrase begins with is not taken for a misspelling of another.
        """
        if word not in self._by_word:
            if len(self._by_word) >= _MOST_KEPT:
                self._by_word.clear()
            candidates = self._by_letter.get(word[:1], ())
            exact = tuple(one for one in candidates if one[1].pieces[0].is_exactly(word))
            self._by_word[word] = exact or tuple(
                one for one in candidates if one[1].pieces[0].fits(word)
            )
        return self._by_word[word]


def _match(pieces: tuple[_Piece, ...], words: Sequence[str], at: int) -> int | None:
    if not pieces:
        return at
    first, rest = pieces[0], pieces[1:]
    for position in range(at, min(at + first.gap + 1, len(words))):
        if first.fits(words[position]):
            end = _match(rest, words, position + 1)
            if end is not None:
                return end
    return None


def _piece(written: str, gap: int, text: str) -> _Piece:
    alternatives = written.split("|")
    for one in alternatives:
        if not _WORD.fullmatch(one):
            raise PhraseError(
                f"vzor „{text}“: „{one}“ není slovo malými písmeny bez diakritiky, "
                "nejvýš s * na konci"
            )
    return _Piece(
        words=frozenset(one for one in alternatives if not one.endswith("*")),
        beginnings=tuple(one.removesuffix("*") for one in alternatives if one.endswith("*")),
        gap=gap,
    )


@lru_cache(maxsize=65_536)
def _nearly(word: str, wanted: str) -> bool:
    if word[:1] != wanted[:1]:
        return False
    return len(wanted) >= _LONG_WORD and edits(word, wanted, at_most=1) <= 1


@lru_cache(maxsize=65_536)
def _begins_nearly(word: str, wanted: str) -> bool:
    """Tell whether a word begins with a misspelt beginning; its first and last letter must hold."""
    size = len(wanted)
    if size < _LONG_BEGINNING or word[:1] != wanted[:1]:
        return False
    return any(
        word[cut - 1 : cut] == wanted[-1] and edits(word[:cut], wanted, at_most=1) <= 1
        for cut in (size - 1, size, size + 1)
    )
