"""What somebody typed, taken apart: its words, the preposition before them, what comes after."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from referral.catalog.places.declension import PREPOSITIONS, Case
from referral.text import fold

_WORD: Final = re.compile(r"\w+")
_POSTCODE: Final = re.compile(r"(?<!\d)\d{3}[ \u00a0]?\d{2}(?!\d)")
_CODE: Final = re.compile(r"\d{6}")

# Words that say what kind of place follows; after them any case may stand.
KINDS: Final = frozenset(
    (
        *("obec", "obce", "obci", "mesto", "mesta", "meste", "mestys", "mestyse", "mestysi"),
        *("vesnice", "vesnici", "cast", "casti", "osada", "osady", "osade", "statutarni"),
        *("statutarniho", "statutarnim", "bydlim", "bydli", "bydlime", "zije"),
    )
)


class Word(NamedTuple):
    """One typed word: as typed but in lower case, folded, its place in the text, a dot after it."""

    typed: str
    folded: str
    start: int
    end: int
    dotted: bool
    capital: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of a name without what stands before it; ``cases`` are those that it asks for."""

    words: tuple[Word, ...]
    cases: Case | None = None

    @property
    def folded(self) -> str:
        """The words as a folded name."""
        return " ".join(word.folded for word in self.words)

    @property
    def typed(self) -> tuple[str, ...]:
        """The words in lower case, with the diacritics that were typed."""
        return tuple(word.typed for word in self.words)

    @property
    def accented(self) -> bool:
        """Whether the writer typed any diacritics, so that they may be trusted."""
        return not all(word.typed.isascii() for word in self.words)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text with their places in it."""
    return tuple(
        Word(
            unicodedata.normalize("NFC", match[0]).lower(),
            fold(match[0]),
            match.start(),
            match.end(),
            text[match.end() : match.end() + 1] == ".",
            match[0][0].isupper(),
        )
        for match in _WORD.finditer(text)
        if fold(match[0])
    )


def strip_lead(words: Sequence[Word]) -> Wording:
    """Return the words after prepositions and "obec", "město"; one word always stays."""
    cases: Case | None = None
    first = 0
    for word in words[:-1]:
        if word.folded in KINDS:
            cases = None
        elif word.folded in PREPOSITIONS and not word.dotted:
            cases = PREPOSITIONS[word.folded]
        else:
            break
        first += 1
    return Wording(words=tuple(words[first:]), cases=cases)


def is_code(text: str) -> bool:
    """Tell whether the text is a six-digit municipality code."""
    return _CODE.fullmatch(text.strip()) is not None


def without_postcode(text: str) -> str:
    """Return the text without postcodes, which the territory does not hold."""
    return _POSTCODE.sub(" ", text).strip()
