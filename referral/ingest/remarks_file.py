"""Read the patterns of stated acceptances and refusals from a folder of tab-separated files.

``circumstances.tsv`` (barrier, alone, pattern), ``statements.tsv`` (barrier, stance, pattern) and
``stances.tsv`` (stance, pattern): UTF-8 with a header; empty lines and those that begin with ``#``
are skipped. The language of patterns is explained in ``catalog/remarks/phrases.py``.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from referral.catalog.model import Stance
from referral.catalog.remarks.acceptance import (
    AcceptancePatterns,
    Circumstance,
    Cue,
    Statement,
)
from referral.catalog.remarks.phrases import Phrase, PhraseError
from referral.ingest.errors import IngestError

CIRCUMSTANCES: Final = "circumstances.tsv"
STATEMENTS: Final = "statements.tsv"
STANCES: Final = "stances.tsv"
_MASK: Final = "-"
_ALONE: Final = {"accepts": True, "nothing": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a file; its number counts the header as 1."""

    file: str
    number: int
    cells: Mapping[str, str]

    def mistake(self, column: str, message: str) -> IngestError:
        return IngestError(
            message,
            file=self.file,
            row=self.number,
            column=column,
            value=self.cells[column],
        )

    def phrase(self) -> Phrase:
        try:
            return Phrase.parse(self.cells["pattern"])
        except PhraseError as error:
            raise self.mistake("pattern", f"Vzor nejde přečíst: {error}.") from error

    def one_of(self, column: str, words: Collection[str]) -> str:
        if self.cells[column] not in words:
            known = ", ".join(words)
            raise self.mistake(column, f"Čekáme jedno z těchto slov: {known}.")
        return self.cells[column]

    def barrier(self, known: Collection[str]) -> str:
        code = self.cells["barrier"]
        if code not in known:
            raise self.mistake(
                "barrier", "Takovou překážku slovník nemá; opravte kód podle barriers.csv."
            )
        return code


def read_acceptance_patterns(folder: Path, *, barriers: Collection[str]) -> AcceptancePatterns:
    """Return the patterns of a folder; ``barriers`` are the codes of the vocabulary.

    Raises:
        IngestError: a file is missing or a line is wrong; the message says where and the cure.
    """
    return AcceptancePatterns.of(
        circumstances=_circumstances(folder / CIRCUMSTANCES, barriers),
        statements=_statements(folder / STATEMENTS, barriers),
        cues=_cues(folder / STANCES),
    )


def _circumstances(path: Path, barriers: Collection[str]) -> Iterator[Circumstance]:
    for line in _lines(path, ("barrier", "alone", "pattern")):
        mask = line.cells["barrier"] == _MASK
        yield Circumstance(
            barrier=None if mask else line.barrier(barriers),
            phrase=line.phrase(),
            accepts=_ALONE[line.one_of("alone", tuple(_ALONE))],
        )


def _statements(path: Path, barriers: Collection[str]) -> Iterator[Statement]:
    for line in _lines(path, ("barrier", "stance", "pattern")):
        yield Statement(
            barrier=line.barrier(barriers),
            stance=Stance(line.one_of("stance", tuple(Stance))),
            phrase=line.phrase(),
        )


def _cues(path: Path) -> Iterator[tuple[Cue, Phrase]]:
    for line in _lines(path, ("stance", "pattern")):
        yield Cue(line.one_of("stance", tuple(Cue))), line.phrase()


def _lines(path: Path, columns: Sequence[str]) -> Iterator[_Line]:
    """Yield the lines of a file, each of them once."""
    header, *rest = _text_of(path).split("\n")
    if tuple(header.strip().split("\t")) != tuple(columns):
        message = f"Záhlaví má být: {', '.join(columns)} (mezi nimi tabulátor)."
        raise IngestError(message, file=path.name, row=1, value=header.strip())
    seen: dict[tuple[str, ...], int] = {}
    for number, written in enumerate(rest, start=2):
        if not written.strip() or written.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in written.split("\t"))
        if len(cells) != len(columns):
            message = f"Čekáme {len(columns)} sloupce oddělené tabulátorem; doplňte chybějící."
            raise IngestError(message, file=path.name, row=number, value=written.strip())
        if cells in seen:
            message = f"Týž řádek už je na řádku {seen[cells]}; jeden smažte."
            raise IngestError(message, file=path.name, row=number, value=cells[-1])
        seen[cells] = number
        yield _Line(file=path.name, number=number, cells=dict(zip(columns, cells, strict=True)))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise IngestError("Soubor chybí; obnovte jej z vydání programu.", file=str(path)) from None
    except UnicodeDecodeError:
        raise IngestError(
            "Soubor není v kódování UTF-8; uložte jej znovu.", file=path.name
        ) from None
