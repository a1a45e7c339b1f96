"""Read invented files and look at what was found and what was refused."""

from datetime import date
from pathlib import Path

from referral.ingest.territory.evidence import Evidence
from referral.ingest.territory.reading import read_territory
from referral.usecases.found_territory import FoundMunicipality, FoundTerritory
from support.territory_files import write_all

TODAY = date(2026, 9, 1)


class Reader:
    """Reads files given by name and content; two underscores in a name stand for a dot."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, **files: object) -> tuple[FoundTerritory, Evidence]:
        """Write the files into the folder and read it."""
        named = {name.replace("__", "."): content for name, content in files.items()}
        return read_territory(write_all(self._folder, named), today=TODAY)


def only(found: FoundTerritory) -> FoundMunicipality:
    """Return the one municipality that was found."""
    (municipality,) = found.municipalities
    return municipality


def by_code(found: FoundTerritory) -> dict[str, FoundMunicipality]:
    """Return the municipalities that were found."""
    return {one.code: one for one in found.municipalities}


def refused(evidence: Evidence) -> list[tuple[int, str, str]]:
    """Return the row, the field and the sentence of each rejection."""
    return [(one.row, one.field, one.message) for rows in evidence.files for one in rows.rejections]
