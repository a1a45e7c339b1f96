"""The report of an import of services."""

from dataclasses import asdict, dataclass
from typing import Any

from referral.ingest.report import ImportReport, Rejection
from referral.usecases.find_duplicates import AfterImport
from referral.usecases.import_services import ServicesImported, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesReport:
    """The fate of every row, what stays unknown, and which of the two readings of "read" is meant.

    ``read`` = ``in_file`` - ``outside`` + ``gone`` = added + changed + unchanged + ended +
    rejected: a service that is not in the file any more has the fate "ended" although it has no
    row, and rows outside the catalogue, counted by kind in ``outside_kinds``, have none.

    ``merged`` are the records of the source that stand as one with a record of another source by
    their number of the register, ``to_judge`` the pairs that a person may judge. Both are None when
    nothing changed or nothing was written, ``to_judge`` also when there are too many records.
    """

    report: ImportReport
    in_file: int
    outside: int
    outside_kinds: tuple[Unknown, ...]
    gone: int
    unknown: tuple[Unknown, ...]
    dry_run: bool = False
    merged: int | None = None
    to_judge: int | None = None

    def document(self) -> dict[str, Any]:
        """Return the report in the shape of the contract with its own fields, ready for JSON."""
        return self.report.document() | {
            "in_file": self.in_file,
            "outside": self.outside,
            "gone": self.gone,
            "dry_run": self.dry_run,
            "merged": self.merged,
            "to_judge": self.to_judge,
            "unknown": [asdict(one) for one in self.unknown],
            "outside_kinds": [asdict(one) for one in self.outside_kinds],
        }


def services_report(
    kind: str,
    done: ServicesImported,
    *,
    dry_run: bool = False,
    after: AfterImport | None = None,
) -> ServicesReport:
    """Return the report of a finished import, and of what it left to be judged."""
    outside = sum(one.rows for one in done.outside)
    return ServicesReport(
        report=ImportReport(
            kind=kind,
            read=done.in_file - outside + done.gone,
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged,
            ended=done.ended,
            rejected=done.rejected,
            rejections=tuple(
                Rejection(row=one.row, field=one.field, value=one.value, message=one.message)
                for one in done.rejections
            ),
        ),
        in_file=done.in_file,
        outside=outside,
        outside_kinds=tuple(sorted(done.outside, key=lambda one: -one.rows)),
        gone=done.gone,
        unknown=done.unknown,
        dry_run=dry_run,
        merged=None if after is None else after.merged,
        to_judge=None if after is None else after.to_judge,
    )
