"""The account of an import: every row of every file has exactly one fate."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from referral.catalog.ports import Fate
from referral.ingest.report import ImportReport, Rejection
from referral.ingest.territory.evidence import Evidence, FileRows
from referral.usecases.completing import Told
from referral.usecases.found_territory import What
from referral.usecases.import_territory import TerritoryOutcome

KIND = "territory"

_TOLD: Mapping[Told, str] = {
    Told.NEWER_AGES_KEPT: "Obcí, kterým zůstal počet obyvatel z databáze, protože je novější nebo "
    "úplnější než v souborech",
    Told.POINT_INSIDE: "Obcí, kterým žádný soubor nedává souřadnice; bod jsme vzali z vnitřku "
    "hranice a zdroj to říká",
    Told.ORP_BY_POSITION: "Obcí, u kterých ORP žádný soubor neuvádí; zařadili jsme je podle polohy "
    "bodu v hranicích ORP",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAccount:
    """The fates of the rows of one file; ``content`` says what was recognised in it."""

    file: str
    content: str
    report: ImportReport


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryAccount:
    """What an import of the territory did, or would do when it was only tried.

    ``records`` counts the fates of what is stored, ``services`` those whose coverage was read
    anew; ``skipped`` names files that were passed over with the reason.
    """

    report: ImportReport
    files: tuple[FileAccount, ...]
    records: Mapping[What, Counter[Fate]]
    services: int
    skipped: Mapping[str, str]
    notes: tuple[str, ...]
    dry_run: bool = False

    def document(self) -> dict[str, Any]:
        """Return the account as plain JSON values, in the shape of the contract and more."""
        return {
            **self.report.document(),
            "rejections": [
                {"file": one.file, **asdict(rejection)}
                for one in self.files
                for rejection in one.report.rejections
            ],
            "dry_run": self.dry_run,
            "files": [
                {
                    "file": one.file,
                    "content": one.content,
                    **{
                        name: value
                        for name, value in one.report.document().items()
                        if name not in {"kind", "rejections"}
                    },
                }
                for one in self.files
            ],
            "records": {
                what.value: {fate.value: counted[fate] for fate in Fate if counted[fate]}
                for what, counted in self.records.items()
            },
            "services_resolved_again": self.services,
            "skipped": [{"file": file, "why": why} for file, why in self.skipped.items()],
            "notes": list(self.notes),
        }


def accounted(evidence: Evidence, outcome: TerritoryOutcome, *, dry_run: bool) -> TerritoryAccount:
    """Give every row the fate of the record it is about."""
    files = tuple(_of_file(rows, outcome) for rows in evidence.files)
    records = {what: Counter[Fate]() for what in What}
    for subject, fate in outcome.fates.items():
        records[subject.what][fate] += 1
    return TerritoryAccount(
        report=_summed([one.report for one in files]),
        files=files,
        records=records,
        services=len(outcome.services),
        skipped=dict(evidence.skipped),
        notes=(*evidence.notes, *_notes(outcome)),
        dry_run=dry_run,
    )


def _of_file(rows: FileRows, outcome: TerritoryOutcome) -> FileAccount:
    fates: Counter[Fate] = Counter()
    rejections = list(rows.rejections)
    rejected = rows.rejected
    for number, subject in rows.about:
        refusal = outcome.refusals.get(subject)
        if refusal is None:
            fates[outcome.fates[subject]] += 1
            continue
        rejected += 1
        rejections.append(
            Rejection(row=number, field=refusal.field, value=refusal.value, message=refusal.message)
        )
    report = ImportReport(
        kind=KIND,
        read=len(rows.about) + rows.ended + rows.rejected,
        added=fates[Fate.ADDED],
        changed=fates[Fate.CHANGED],
        unchanged=fates[Fate.UNCHANGED],
        ended=rows.ended,
        rejected=rejected,
        rejections=tuple(sorted(rejections, key=lambda one: one.row)),
    )
    return FileAccount(file=rows.file, content=rows.content, report=report)


def _summed(reports: Sequence[ImportReport]) -> ImportReport:
    return ImportReport(
        kind=KIND,
        read=sum(one.read for one in reports),
        added=sum(one.added for one in reports),
        changed=sum(one.changed for one in reports),
        unchanged=sum(one.unchanged for one in reports),
        ended=sum(one.ended for one in reports),
        rejected=sum(one.rejected for one in reports),
        rejections=tuple(rejection for one in reports for rejection in one.rejections),
    )


def _notes(outcome: TerritoryOutcome) -> list[str]:
    notes = [f"{_TOLD[what]}: {count}." for what, count in sorted(outcome.told.items()) if count]
    if outcome.left:
        notes.append(
            f"V databázi zůstávají obce, které podle číselníku zanikly: {', '.join(outcome.left)}."
        )
    if outcome.unexplained:
        notes.append(
            "Služeb, u kterých působnost zůstala, jak byla, protože v ní je víc než vyjmenovaná "
            f"území (výjimky, ruční opravy): {len(outcome.unexplained)}. Nahrajte po území znovu "
            "i registr, ze kterého jsou."
        )
    return notes
