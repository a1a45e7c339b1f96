"""Bring in the Index of social exclusion, and tell how it went."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from referral.bootstrap import Program
from referral.catalog.model import Source
from referral.catalog.ports import Fate
from referral.cli.order import Order
from referral.ingest.exclusion_index import read_exclusion_index
from referral.ingest.report import ImportReport, Rejection
from referral.usecases.import_index import IndexImported, import_index
from referral.web.czech import counted

SOURCE: Final = "isv"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """The fate of every row, the years that are told, and how many places are not loaded."""

    report: ImportReport
    years: tuple[int, ...]
    elsewhere: int

    def document(self) -> dict[str, Any]:
        """Return the report in the shape of the contract with its own fields, ready for JSON."""
        more = {"years": list(self.years), "elsewhere": self.elsewhere}
        return self.report.document() | more


def bring_index(program: Program, order: Order) -> IndexReport:
    """Import a table of the index and return what became of its rows.

    Raises:
        IngestError: the file is wrong.
        StorageError: the database does not answer or refuses.
    """
    catalog = program.catalog()
    rows = list(read_exclusion_index(order.path, year=order.as_of.year if order.as_of else None))
    written = datetime.fromtimestamp(order.path.stat().st_mtime, tz=UTC).astimezone().date()
    done = import_index(
        rows,
        store=program.evidence_store,
        source=Source(
            id=order.source or SOURCE,
            title="Index sociálního vyloučení",
            publisher="Agentura pro sociální začleňování",
            as_of=order.as_of or min(written, program.today()),
            licence="podle vydavatele",
        ),
        loaded=catalog.territory.municipalities,
        dry_run=order.dry_run,
    )
    return _report(done, len(rows))


def _report(done: IndexImported, read: int) -> IndexReport:
    fates = Counter(done.fates.values())
    return IndexReport(
        report=ImportReport(
            kind="index",
            read=read,
            added=fates[Fate.ADDED],
            changed=fates[Fate.CHANGED],
            unchanged=fates[Fate.UNCHANGED],
            rejected=read - len(done.fates),
            rejections=tuple(
                Rejection(row=number, field=one.field, value=one.value, message=one.message)
                for number, one in done.rejections
            ),
        ),
        years=done.years,
        elsewhere=done.elsewhere,
    )


def tell_index(report: IndexReport) -> Iterator[str]:
    """Say which years there are, and how many values wait for their municipality."""
    if report.years:
        yield f"Index sociálního vyloučení, roky: {', '.join(map(str, report.years))}"
    if report.elsewhere:
        values = counted(report.elsewhere, "hodnota", "hodnoty", "hodnot")
        yield f"  {values} patří obcím, které nejsou načtené; ukážou se, až budou."
