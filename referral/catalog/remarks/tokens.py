"""A remark taken apart: sentences of words, numbers and signs, each with its place in the text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from referral.catalog.places.wording import Word
from referral.text import fold

LONGEST_REMARK: Final = 20_000
"""Characters that are read; the register's longest remarks have about two thousand."""

Sentence = tuple["Token", ...]

_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+|\n|[^\s\w]|_")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST_DIGITS: Final = 6
_LONGEST_ABBREVIATION: Final = 4
_QUOTES: Final = frozenset("„“”\"'‚‘’«»")
_ENDS: Final = frozenset("!?")

# Short words that do end sentences, so a dot after them is no abbreviation.
_WHOLE_WORDS: Final = frozenset(
    ("as", "bor", "brod", "dul", "haj", "hory", "hrob", "kaly", "kraj", "lom", "most", "obce")
) | frozenset(
    ("obci", "osek", "osob", "rok", "roku", "ruda", "telc", "ves", "zdar", "zlin", "cheb", "let")
)
# Words that a dot shortens however long they are.
_SHORTENED: Final = frozenset(("prip", "tzn", "napr", "resp", "okr", "spol"))


class Token(NamedTuple):
    """One word, number or sign.

    ``typed`` is in lower case, ``folded`` also without diacritics; ``start`` and ``end`` are its
    place in the text; ``dotted`` when a dot shortens it; ``capital`` when it begins with one;
    ``joined`` when nothing, not even a space, stands before it.
    """

    typed: str
    folded: str
    start: int
    end: int
    dotted: bool = False
    capital: bool = False
    joined: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return _WORD.fullmatch(self.typed) is not None

    @property
    def number(self) -> int | None:
        """The number it is, None for words and signs."""
        return int(self.folded) if self.typed.isdecimal() else None

    @property
    def word(self) -> Word:
        """The token as the search for places takes words."""
        return Word(self.typed, self.folded, self.start, self.end, self.dotted, self.capital)


def tidy(text: str) -> str:
    """Return the text as it is read: composed letters, no soft hyphens, at most so many signs."""
    composed = unicodedata.normalize("NFC", text[:LONGEST_REMARK])
    return composed.replace("\u00ad", "").replace("\r\n", "\n").replace("\r", "\n")


def levelled(text: str) -> str:
    """Return the text in lower case without diacritics, of the same length, letter for letter."""
    return "".join(map(_levelled, text))


@lru_cache(maxsize=4096)
def _levelled(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if len(base) == 1 else letter


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a tidy text; quotation marks are left out, none is empty."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    current: list[Token] = []
    for token in _tokens(text):
        if token.typed == "." or token.typed in _ENDS:
            if current:
                yield tuple(current)
            current = []
        elif token.typed not in _QUOTES:
            current.append(token)
    if current:
        yield tuple(current)


def _tokens(text: str) -> Iterator[Token]:
    shortening = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        folded = fold(match[0]) if match[0].isalnum() else match[0]
        if start == shortening or not folded or (match[0].isdecimal() and _too_long(match[0])):
            continue
        dotted = _is_shortened(folded, text, end)
        if dotted:
            shortening = end
        yield Token(
            match[0].lower(),
            folded,
            start,
            end,
            dotted,
            match[0][0].isupper(),
            joined=start > 0 and not text[start - 1].isspace(),
        )


def _too_long(digits: str) -> bool:
    return len(digits) > _MOST_DIGITS


def _is_shortened(folded: str, text: str, end: int) -> bool:
    """Tell whether the dot after a word shortens it rather than ends the sentence."""
    if text[end : end + 1] != ".":
        return False
    if folded.isdigit():
        # "do 26. roku", "1.1.2020" and "2.500"; but "… do 64. Služba …" ends.
        return text[end + 1 : end + 3].strip()[:1].islower() or text[end + 1 : end + 2].isdigit()
    if folded in _SHORTENED:
        return True
    after = text[end + 1 : end + 2]
    if after.isalpha():
        return True
    following = text[end + 1 :].lstrip(" \u00a0")[:1]
    if len(folded) == 1:
        return following != ""
    short = len(folded) <= _LONGEST_ABBREVIATION and folded not in _WHOLE_WORDS
    return short and (following.islower() or following.isdigit() or _names_follow(folded))


def _names_follow(folded: str) -> bool:
    """Tell whether the word, once shortened, stands before names: "Hora Sv. Kateřiny"."""
    return folded in {"sv", "st", "hl", "obv", "k", "u", "okr"}
