"""Counts of unmet searches and published indexes as rows, and back."""

from referral.catalog.evidence import ExclusionValue, UnmetCount
from referral.storage.rows import ExclusionValueRow, UnmetCountRow


def unmet_count_row(count: UnmetCount) -> UnmetCountRow:
    """Return the row of a count of unmet searches."""
    return UnmetCountRow(orp=count.orp, need=count.need, month=count.month, count=count.count)


def unmet_count_from(row: UnmetCountRow) -> UnmetCount:
    """Return the count of unmet searches of a row."""
    return UnmetCount(orp=row.orp, need=row.need, month=row.month, count=row.count)


def exclusion_value_row(one: ExclusionValue) -> ExclusionValueRow:
    """Return the row of an index."""
    return ExclusionValueRow(
        municipality=one.municipality, year=one.year, value=one.value, source_id=one.source
    )


def exclusion_value_from(row: ExclusionValueRow) -> ExclusionValue:
    """Return the index of a row."""
    return ExclusionValue(
        municipality=row.municipality, year=row.year, value=row.value, source=row.source_id
    )
