"""One file of services in HSDS as an edition to be imported."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from referral.catalog.model import Source
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader
from referral.catalog.snapshot import Catalog
from referral.ingest.embedded_territory import read_elsewhere
from referral.ingest.hsds.mapping import Guide
from referral.ingest.hsds.package import is_package
from referral.ingest.hsds.places import PlaceReader
from referral.ingest.hsds.reach import ReachReader
from referral.ingest.hsds.reader import SOURCE, read_services
from referral.ingest.hsds.tables import Description, describe
from referral.ingest.hsds.words import MAPPING_FILE, Words
from referral.ingest.remarks_file import read_acceptance_patterns
from referral.ingest.source_file import SourceFile, digest_of, salt_of
from referral.usecases.import_rows import Incoming
from referral.usecases.import_services import Edition

_TITLE: Final = "Import HSDS"
_UNTOLD: Final = "neuvedeno"
_NO_LICENCE: Final = "neuvedena"


def hsds_edition(file: SourceFile, *, data: Path, catalog: Catalog) -> Edition:
    """Return the edition; its rows are read when they are asked for.

    Raises:
        IngestError: the file cannot be read, the mapping of terms beside it is wrong, or a data
            file of the program is.
    """
    source = file.source or SOURCE
    about = describe(file.path) if is_package(file.path) else Description()
    digest = _digest(file.path)
    mapping = _mapping(file.path)
    words = Words.of(catalog.vocabulary, beside=mapping)
    territory = catalog.territory
    index = PlaceIndex.of(territory)
    reader = CoverageReader.of(index, territory, elsewhere=read_elsewhere(data))
    patterns = read_acceptance_patterns(data / "remarks", barriers=catalog.vocabulary.barriers)
    # A record has its own date here, so a newer file must not lend it the file's: with the digest
    # in the salt its rows are read anew, and only rows of the very same file are passed over.
    own = (f"{term}|{meant.code}" for term, meant in sorted(words.own.items()))
    salt = salt_of(catalog, (digest, *own))

    def read(as_of: date) -> Iterator[Incoming]:
        guide = Guide(
            words=words,
            vocabulary=catalog.vocabulary,
            places=PlaceReader(index=index),
            reach=ReachReader(reader=reader),
            patterns=patterns,
            source=source,
            as_of=as_of,
        )
        return read_services(file.path, guide=guide, salt=salt, heard=file.heard)

    return Edition(
        source=Source(
            id=source,
            title=about.title or (_TITLE if source == SOURCE else f"{_TITLE} ({source})"),
            publisher=about.publisher or _UNTOLD,
            as_of=file.as_of,
            licence=about.licence or _NO_LICENCE,
        ),
        digest=digest,
        read=read,
        accept_large_change=file.accept_large_change,
        dry_run=file.dry_run,
    )


def _mapping(path: Path) -> Path | None:
    """Return the user's mapping of terms beside the import, or inside its folder."""
    places = (path / MAPPING_FILE, path.with_name(MAPPING_FILE))
    return next((one for one in places if one.is_file()), None)


def _digest(path: Path) -> str:
    if not path.is_dir():
        return digest_of(path)
    whole = sha256()
    for one in sorted(path.iterdir()):
        if one.is_file() and one.name != MAPPING_FILE:
            whole.update(f"{one.name}\n{digest_of(one)}\n".encode())
    return whole.hexdigest()
