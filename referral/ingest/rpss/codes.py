"""The register's own code lists, as far as we know them: ``data/registers/rpss_codes.csv``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from referral.ingest.embedded_table import read_table

CODES: Final = "registers/rpss_codes.csv"

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
