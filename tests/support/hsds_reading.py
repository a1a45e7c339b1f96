"""Read services of HSDS as the import does, for tests of what they mean."""

from datetime import date
from pathlib import Path

from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader
from referral.ingest.hsds.edition import hsds_edition
from referral.ingest.hsds.mapping import Guide
from referral.ingest.hsds.places import PlaceReader
from referral.ingest.hsds.reach import ReachReader
from referral.ingest.hsds.reader import read_services
from referral.ingest.hsds.words import Words
from referral.ingest.remarks_file import read_acceptance_patterns
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from support.hsds_package import service, write_list

DAY = date(2026, 11, 22)


def rows_of(path, catalog, **options):
    """Return the rows of a file as an edition gives them."""
    file = SourceFile(path=path, as_of=DAY, **options)
    return list(hsds_edition(file, data=data_dir(), catalog=catalog).read(DAY))


def guide_of(catalog):
    """Return everything that reading needs, made ready once."""
    index = PlaceIndex.of(catalog.territory)
    folder = data_dir() / "remarks"
    return Guide(
        words=Words.of(catalog.vocabulary),
        vocabulary=catalog.vocabulary,
        places=PlaceReader(index=index),
        reach=ReachReader(reader=CoverageReader.of(index, catalog.territory)),
        patterns=read_acceptance_patterns(folder, barriers=catalog.vocabulary.barriers),
        source="hsds",
        as_of=DAY,
    )


def quick_rows(path, guide):
    """Return the rows of a file without what is around them."""
    return list(read_services(path, guide=guide))


def teller(catalog, folder: Path):
    """Return what reads one service, changed in some keys and without others, and tells all of it.

    ``mapping`` is the text of the user's mapping beside the file.
    """

    def tell(mapping=None, without=(), **changed):
        item = {key: told for key, told in service(7, **changed).items() if key not in without}
        path = write_list(folder / "hsds.json", [item])
        if mapping is not None:
            (folder / "hsds_terms.csv").write_text(mapping, encoding="utf-8")
        (row,) = rows_of(path, catalog)
        return row.interpret()

    return tell


def taken(told):
    """Return the service that was taken over."""
    assert told.problems == ()
    return told.service


def fields(notes):
    """Return the fields that notes are about."""
    return {one.field for one in notes}
