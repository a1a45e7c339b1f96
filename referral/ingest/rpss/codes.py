"""The register's own code lists.

Types, forms, units, days and kraje stand in ``data/registers/rpss_codes.csv``. Target groups do
not: the ministry publishes their list as ``cilove-skupiny-osoby.json``, and it is read when it
lies beside the register. Nothing is guessed from the order of a list.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from referral.catalog.vocabulary import Vocabulary
from referral.ingest.embedded_table import read_table
from referral.ingest.errors import IngestError
from referral.text import fold

CODES: Final = "registers/rpss_codes.csv"
GROUPS_FILE: Final = "cilove-skupiny-osoby.json"
LARGEST_LIST: Final = 1_000_000
"""Bytes; a code list of thirty words is far smaller."""

TYPES: Final = "DruhSocialniSluzby"
GROUPS: Final = "CilovaSkupinaOsoby"
FORMS: Final = "FormaSocialniSluzby"
UNITS: Final = "TypKapacitySocialniSluzby"
DAYS: Final = "DenVTydnu"
REGIONS: Final = "Kraj"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCodes:
    """Our codes by those of the register: the open data have one set, the portal another.

    The two sets of one list never meet: the portal counts in thousands.
    """

    ours: Mapping[tuple[str, str], str]

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

    def with_groups(self, beside: Path, vocabulary: Vocabulary) -> "RegisterCodes":
        """Add the target groups from the ministry's list in the same folder, when it is there.

        The list's wording decides which of our groups is meant; a wording we do not hold stays
        unknown.

        Raises:
            IngestError: the list is there but cannot be read.
        """
        path = beside.with_name(GROUPS_FILE)
        if not path.is_file():
            return self
        ours = {fold(group.name): group.code for group in vocabulary.groups.values()}
        found = dict(self.ours)
        for code, wording in _code_list(path):
            if fold(wording) in ours:
                found[GROUPS, code] = ours[fold(wording)]
        return RegisterCodes(ours=found)


def _code_list(path: Path) -> list[tuple[str, str]]:
    """Return (code, Czech wording) of each entry of a published code list."""
    message = "Číselník nejde přečíst; stáhněte ho znovu z otevřených dat ministerstva."
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise IngestError(message, file=path.name)
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        return [
            (str(entry["id"]).rpartition("/")[2], str(entry["nazev"]["cs"]))
            for entry in document["polozky"]
        ]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IngestError(message, file=path.name) from error
