"""Which reader turns a file of which kind into an edition of a source of services.

Another kind is a line here and a module with one function of the shape of ``EditionOf``.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol

from referral.catalog.snapshot import Catalog
from referral.ingest.source_file import SourceFile
from referral.usecases.import_services import Edition

EDITIONS: Final[Mapping[str, str]] = {
    "hsds": "referral.ingest.hsds.edition:hsds_edition",
    "nrpzs": "referral.ingest.nrpzs.edition:nrpzs_edition",
    "rpss": "referral.ingest.rpss.edition:rpss_edition",
    "vysocina": "referral.ingest.vysocina.edition:vysocina_edition",
}
"""Where the function of each kind is; it is imported when its kind is asked for."""

FOLDERS: Final = frozenset({"hsds"})
"""Kinds whose one import may be a folder: a package of tables."""


class EditionOf(Protocol):
    """Describes one file as an edition; its rows are read when they are asked for."""

    def __call__(self, file: SourceFile, *, data: Path, catalog: Catalog) -> Edition:
        """Return the edition.

        Raises:
            IngestError: the file cannot be read, or a data file of the program is wrong.
        """
        ...


def edition_of(kind: str, file: SourceFile, *, data: Path, catalog: Catalog) -> Edition:
    """Return the edition that a file of a kind is.

    Raises:
        IngestError: the file cannot be read, or a data file of the program is wrong.
    """
    module, _, name = EDITIONS[kind].partition(":")
    reader: EditionOf = getattr(import_module(module), name)
    return reader(file, data=data, catalog=catalog)
