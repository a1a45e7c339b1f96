"""Read the lexicon: ``phrases.tsv`` (code, phrase), ``cues.tsv`` (kind, code, strength, pattern).

Both are tab-separated UTF-8 with a header; empty lines and those that begin with ``#`` are skipped.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from referral.matching.intake.errors import LexiconError
from referral.matching.intake.lexicon import Cue, CueKind, Lexicon, Phrase
from referral.matching.intake.pattern import Pattern

PHRASES: Final = "phrases.tsv"
CUES: Final = "cues.tsv"
_PHRASE_COLUMNS: Final = ("code", "phrase")
_CUE_COLUMNS: Final = ("kind", "code", "strength", "pattern")
_STRENGTHS: Final = ("1", "2", "3", "4")
_SET: Final = "set"
"""The kind of lines that name alternatives for later patterns: ``@NAME`` stands for them."""


def read_lexicon(folder: Path) -> Lexicon:
    """Read both files of a folder.

    Raises:
        LexiconError: a file is missing or a line is wrong; the message names file, line and cure.
    """
    phrases = tuple(_read_phrases(folder / PHRASES))
    cues = tuple(_read_cues(folder / CUES))
    return Lexicon.of(phrases=phrases, cues=cues)


def _read_phrases(path: Path) -> Iterator[Phrase]:
    seen: dict[tuple[str, str], int] = {}
    for number, (code, text) in _rows(path, _PHRASE_COLUMNS):
        if not code or not text:
            raise LexiconError(f"{path.name}:{number}: both the code and the phrase must be there")
        key = (code, text.casefold())
        if key in seen:
            raise LexiconError(
                f"{path.name}:{number}: „{text}“ stands already on line {seen[key]}: delete one"
            )
        seen[key] = number
        yield Phrase(code=code, text=text)


def _read_cues(path: Path) -> Iterator[Cue]:
    sets: dict[str, str] = {}
    for number, (kind, code, strength, pattern) in _rows(path, _CUE_COLUMNS):
        if kind == _SET:
            sets[code] = pattern
            continue
        if kind not in tuple(CueKind):
            raise LexiconError(
                f"{path.name}:{number}: unknown kind {kind!r}, use one of {', '.join(CueKind)}"
            )
        if strength not in (_STRENGTHS if kind == CueKind.NEED else "0"):
            raise LexiconError(
                f"{path.name}:{number}: the strength {strength!r} must be 1 to 4 for a need "
                "and 0 for any other kind"
            )
        try:
            parsed = Pattern.parse(pattern, sets=sets)
        except LexiconError as error:
            raise LexiconError(f"{path.name}:{number}: {error}") from error
        yield Cue(kind=CueKind(kind), code=code, strength=int(strength), pattern=parsed)


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise LexiconError(f"{path}: the file is missing, restore it from the release") from None
    except UnicodeDecodeError:
        raise LexiconError(f"{path}: the file is not UTF-8, save it as UTF-8") from None
    header = "\t".join(columns)
    if not lines or lines[0] != header:
        raise LexiconError(f"{path.name}:1: the header must be {' TAB '.join(columns)}")
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(columns):
            raise LexiconError(
                f"{path.name}:{number}: {len(cells)} columns instead of {len(columns)} "
                "(separate them by one tab)"
            )
        yield number, cells
