"""Word patterns of the cues: a tiny language that a social worker can read and extend.

``bij*|mlati* ji|mamu|zenu -srdce`` means: a word that begins with "bij" or "mlati", and one of the
words "ji", "mamu", "zenu", in any order and near each other, and no word "srdce" in the sentence.
``na_vozik*`` means two neighbouring words in this order. Everything is written without diacritics.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from referral.matching.intake.errors import LexiconError

_ATOM: Final = re.compile(r"[a-z0-9]+\*?")


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
    def parse(cls, text: str) -> Self:
        """Read a pattern as it stands in the file of cues.

        Raises:
            LexiconError: it has no wanted term or a word that is not plain lower-case letters.
        """
        pieces = text.split()
        wanted = tuple(_term(piece, text) for piece in pieces if not piece.startswith("-"))
        unwanted = tuple(_term(piece[1:], text) for piece in pieces if piece.startswith("-"))
        if not wanted:
            message = f"the pattern „{text}“ wants no word: write at least one without a minus"
            raise LexiconError(message)
        return cls(text=text, wanted=wanted, unwanted=unwanted)


def _term(piece: str, text: str) -> Term:
    runs = tuple(tuple(run.split("_")) for run in piece.split("|"))
    for atom in (atom for run in runs for atom in run):
        if not _ATOM.fullmatch(atom):
            message = (
                f"the pattern „{text}“ holds {atom!r}: write words in lower case without "
                "diacritics, * only at the end"
            )
            raise LexiconError(message)
    return Term(runs=runs)
