"""The register's own code lists.

Types, forms, units, days and kraje stand in ``data/registers/rpss_codes.csv``. The lists that the
ministry publishes say more: they come with the territory (``referral import territory``) or lie
beside the register, and those beside it hold for that import. Nothing is guessed from the order of
a list.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from referral.catalog.code_lists import CodeLists
from referral.catalog.model import AgeRange
from referral.catalog.vocabulary import Vocabulary
from referral.ingest.code_lists import (
    AGES,
    FORMS,
    GROUPS,
    REGISTER_LISTS,
    TYPES,
    UNITS,
    ages_of,
    our_code,
)
from referral.ingest.embedded_table import read_table
from referral.ingest.errors import IngestError

CODES: Final = "registers/rpss_codes.csv"
LARGEST_LIST: Final = 1_000_000
"""Bytes; a code list of thirty words is far smaller."""

BESIDE: Final[Mapping[str, str]] = {
    TYPES: "druhy-socialni-sluzby.json",
    GROUPS: "cilove-skupiny-osoby.json",
    AGES: "vekove-skupiny-osoby.json",
    FORMS: "formy-soc-sluzby.json",
    UNITS: "typy-kapacity-socialni-sluzby.json",
}
"""The names of the lists as the ministry publishes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCodes:
    """Our codes by those of the register: the open data have one set, the portal another.

    The two sets of one list never meet: the portal counts in thousands. ``ages`` are those of age
    groups; ``wordings`` what published lists call the codes whose wording we do not hold.
    """

    ours: Mapping[tuple[str, str], str]
    ages: Mapping[str, AgeRange] = field(default_factory=dict)
    wordings: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Path) -> Self:
        """Read the table in a data folder.

        Raises:
            IngestError: the table is missing or wrong.
        """
        found: dict[tuple[str, str], str] = {}
        for row in read_table(
            data, CODES, required=("list", "ours"), optional=("open_data", "portal")
        ):
            for column in ("open_data", "portal"):
                code = row.optional(column)
                if code is not None:
                    found[row.text("list"), code] = row.text("ours")
        return cls(ours=found)

    def find(self, code_list: str, code: str) -> str | None:
        """Return our code, None when the register's is unknown."""
        return self.ours.get((code_list, code))

    def wording(self, code_list: str, code: str) -> str | None:
        """Return what a published list calls a code when we do not hold that wording."""
        return self.wordings.get((code_list, code))

    def with_stored(self, stored: CodeLists, vocabulary: Vocabulary) -> "RegisterCodes":
        """Add the published lists that have been imported."""
        codes = self
        for code_list in REGISTER_LISTS:
            codes = codes._with_list(code_list, stored.named(code_list), vocabulary)
        return codes

    def with_lists_beside(self, register: Path, vocabulary: Vocabulary) -> "RegisterCodes":
        """Add the published lists that lie in the same folder as the register.

        Raises:
            IngestError: a list is there but cannot be read.
        """
        codes = self
        for code_list, name in BESIDE.items():
            path = register.with_name(name)
            if path.is_file():
                codes = codes._with_list(code_list, dict(_code_list(path, code_list)), vocabulary)
        return codes

    def meaning(self) -> Iterator[str]:
        """Yield all that these codes mean, always in the same order, for a fingerprint."""
        for key, ours in sorted(self.ours.items()):
            yield f"{key}|{ours}"
        for code, ages in sorted(self.ages.items()):
            yield f"{code}|{ages.min}|{ages.max}"
        for key, wording in sorted(self.wordings.items()):
            yield f"{key}|{wording}"

    def _with_list(
        self, code_list: str, names: Mapping[str, str], vocabulary: Vocabulary
    ) -> "RegisterCodes":
        """Add one list: its wordings decide which of our words its codes mean.

        A code that the shipped table holds keeps its meaning under a wording that we do not hold:
        a reworded code is likelier than one used again for something else.
        """
        ours, ages, wordings = dict(self.ours), dict(self.ages), dict(self.wordings)
        for code, wording in names.items():
            key = (code_list, code)
            wordings.pop(key, None)
            if code_list == AGES:
                ages.pop(code, None)
                if (range_of := ages_of(wording)) is not None:
                    ages[code] = range_of
                else:
                    wordings[key] = wording
            elif (word := our_code(code_list, wording, vocabulary)) is not None:
                ours[key] = word
            else:
                wordings[key] = wording
        return RegisterCodes(ours=ours, ages=ages, wordings=wordings)


def _code_list(path: Path, code_list: str) -> Iterator[tuple[str, str]]:
    """Yield (code, Czech wording) of each entry of a published code list."""
    message = "Číselník nejde přečíst; stáhněte ho znovu z otevřených dat ministerstva."
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise IngestError(message, file=path.name)
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        for entry in document["polozky"]:
            kind, _, code = str(entry["id"]).partition("/")
            if kind == code_list:
                yield code, str(entry["nazev"]["cs"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IngestError(message, file=path.name) from error
