"""Imports, changes and code lists as rows, and back."""

from referral.catalog.changes import Change
from referral.catalog.code_lists import CodeListEntry
from referral.catalog.importing import ImportRun
from referral.storage.rows import ChangeRow, CodeListEntryRow, ImportRow


def import_row(run: ImportRun, *, number: int) -> ImportRow:
    """Return the row of an import."""
    return ImportRow(
        number=number,
        source_id=run.source,
        digest=run.digest,
        as_of=run.as_of,
        on_day=run.on,
        in_file=run.in_file,
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        ended=run.ended,
        rejected=run.rejected,
    )


def import_from(row: ImportRow) -> ImportRun:
    """Return the import of a row."""
    return ImportRun(
        source=row.source_id,
        digest=row.digest,
        as_of=row.as_of,
        on=row.on_day,
        in_file=row.in_file,
        added=row.added,
        changed=row.changed,
        unchanged=row.unchanged,
        ended=row.ended,
        rejected=row.rejected,
    )


def change_row(change: Change, *, number: int, position: int) -> ChangeRow:
    """Return the row of a change."""
    return ChangeRow(
        import_number=number,
        position=position,
        service_id=change.service,
        field=change.field,
        detail=change.detail,
        before=change.before,
        after=change.after,
        on_day=change.on,
        source_id=change.source,
    )


def change_from(row: ChangeRow) -> Change:
    """Return the change of a row."""
    return Change(
        service=row.service_id,
        field=row.field,
        before=row.before,
        after=row.after,
        on=row.on_day,
        source=row.source_id,
        detail=row.detail,
    )


def code_list_entry_row(entry: CodeListEntry) -> CodeListEntryRow:
    """Return the row of a code of a published list."""
    return CodeListEntryRow(
        code_list=entry.code_list, code=entry.code, name=entry.name, as_of=entry.as_of
    )


def code_list_entry_from(row: CodeListEntryRow) -> CodeListEntry:
    """Return the code of a published list of a row."""
    return CodeListEntry(code_list=row.code_list, code=row.code, name=row.name, as_of=row.as_of)
