"""Word patterns of the cues: a tiny language that a social worker can read and extend.

``bij*|mlati* ji|mamu|zenu -srdce`` means: a word that begins with "bij" or "mlati", and one of the
words "ji", "mamu", "zenu", in any order and near each other, and no word "srdce" in the sentence.
``na_vozik*`` means two neighbouring words in this order. ``@BABICKA`` stands for the alternatives
of a set that the same file defines. Everything is written without diacritics.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Self

from referral.matching.intake.errors import LexiconError

_ATOM: Final = re.compile(r"[a-z0-9]+\*?")
_TERM: Final = re.compile(r"[a-z0-9]+\*?(?:[_|][a-z0-9]+\*?)*")
_SET: Final = re.compile(r"@([A-Z_]+)")
_NO_SETS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Term:
    """Alternatives, each a run of neighbouring atoms: a word or, with ``*``, a prefix."""

    runs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Terms that all have to be there and terms that must not."""

    text: str
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    @classmethod
    def parse(cls, text: str, *, sets: Mapping[str, str] = _NO_SETS) -> Self:
        """Read a pattern as it stands in the file of cues; ``sets`` are alternatives by name.

        Raises:
            LexiconError: it has no wanted term, a word that is not plain lower-case letters, or
                names a set that is not there.
        """
        pieces = _SET.sub(lambda match: _members(match.group(1), sets, text), text).split()
        wanted = tuple(_term(piece, text) for piece in pieces if not piece.startswith("-"))
        unwanted = tuple(_term(piece[1:], text) for piece in pieces if piece.startswith("-"))
        if not wanted:
            message = f"the pattern „{text}“ wants no word: write at least one without a minus"
            raise LexiconError(message)
        return cls(text=text, wanted=wanted, unwanted=unwanted)

    @property
    def atoms(self) -> tuple[str, ...]:
        """All words and beginnings that the pattern wants."""
        return tuple(atom for term in self.wanted for run in term.runs for atom in run)


def _term(piece: str, text: str) -> Term:
    if not _TERM.fullmatch(piece):
        atom = next(atom for atom in re.split("[_|]", piece) if not _ATOM.fullmatch(atom))
        message = (
            f"the pattern „{text}“ holds {atom!r}: write words in lower case without "
            "diacritics, * only at the end"
        )
        raise LexiconError(message)
    return _split(piece)


@lru_cache(maxsize=1024)
def _split(piece: str) -> Term:
    """Return a term as parts; the sets that many patterns share are split once."""
    return Term(runs=tuple(tuple(run.split("_")) for run in piece.split("|")))


def _members(name: str, sets: Mapping[str, str], text: str) -> str:
    try:
        return sets[name]
    except KeyError:
        message = f"the pattern „{text}“ uses @{name}, which no line above it defines"
        raise LexiconError(message) from None
