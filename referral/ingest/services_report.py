"""The report of an import of services."""

from dataclasses import asdict, dataclass
from typing import Any

from referral.ingest.report import ImportReport, Rejection
from referral.usecases.import_services import ServicesImported, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesReport:
    """The fate of every row, what stays unknown, and which of the two readings of "read" is meant.

    ``read`` = ``in_file`` - ``outside`` + ``gone`` = added + changed + unchanged + ended +
    rejected: a service that is not in the file any more has the fate "ended" although it has no
    row, and rows outside the catalogue, counted by kind in ``outside_kinds``, have none.
    """

    report: ImportReport
    in_file: int
    outside: int
    outside_kinds: tuple[Unknown, ...]
    gone: int
    unknown: tuple[Unknown, ...]
    dry_run: bool = False

    def document(self) -> dict[str, Any]:
        """Return the report in the shape of the contract with its own fields, ready for JSON."""
        return self.report.document() | {
            "in_file": self.in_file,
            "outside": self.outside,
            "gone": self.gone,
            "dry_run": self.dry_run,
            "unknown": [asdict(one) for one in self.unknown],
            "outside_kinds": [asdict(one) for one in self.outside_kinds],
        }


def services_report(kind: str, done: ServicesImported, *, dry_run: bool = False) -> ServicesReport:
    """Return the report of a finished import."""
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
    )
