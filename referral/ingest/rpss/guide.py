"""What is needed to understand a registration: codes, words, places, and readers of remarks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from referral.catalog.areas import Coverage
from referral.catalog.model import AcceptanceRule, AgeRange
from referral.catalog.resolve import CoverageResolver
from referral.catalog.vocabulary import Vocabulary
from referral.ingest.row_values import Reading
from referral.ingest.rpss.codes import RegisterCodes

ReadCoverage = Callable[[str, str | None], Coverage | None]
"""Reads a remark, with the code of the municipality where the service stands; None: nothing."""

ReadAges = Callable[[str], AgeRange | None]
ReadAcceptance = Callable[[str], tuple[AcceptanceRule, ...]]

_UNKNOWN: Final = (
    "Kód neznáme a údaj zůstává neznámý; co znamená, říkají číselníky ministerstva "
    "(„referral import territory“)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is needed to understand a registration."""

    codes: RegisterCodes
    vocabulary: Vocabulary
    resolver: CoverageResolver
    source: str
    as_of: date
    read_coverage: ReadCoverage | None = None
    read_ages: ReadAges | None = None
    read_acceptance: ReadAcceptance | None = None

    @property
    def silent(self) -> frozenset[str]:
        """What cannot be read out of remarks for want of a reader, so that it is not wiped out."""
        readers = {
            "coverage": self.read_coverage,
            "ages": self.read_ages,
            "rules": self.read_acceptance,
        }
        return frozenset(name for name, reader in readers.items() if reader is None)

    def ours(self, code_list: str, code: str, *, field: str, reading: Reading) -> str | None:
        """Return our code for one of the register's; an unknown or reworded one makes a note."""
        found = self.codes.find(code_list, code)
        wording = self.codes.wording(code_list, code)
        if found is not None and wording is not None:
            told = f"Číselník kód nazývá „{wording}“; to znění neznáme, čteme ho jako dosud."
            reading.note(field, code, told)
        elif found is None:
            reading.note(field, code, self.unknown(code_list, code))
        return found

    def unknown(self, code_list: str, code: str) -> str:
        """Return the sentence about a code that stays unknown."""
        wording = self.codes.wording(code_list, code)
        if wording is None:
            return _UNKNOWN
        return f"Číselník kód nazývá „{wording}“; to znění neznáme a údaj zůstává neznámý."
