"""Read a provider's free remarks: where it works, for what ages, whom it takes and whom not."""

from referral.catalog.remarks.acceptance import (
    AcceptancePatterns,
    AcceptanceReading,
    read_acceptance,
)
from referral.catalog.remarks.ages import AgeReading, read_ages
from referral.catalog.remarks.coverage import CoverageReader, read_coverage
from referral.catalog.remarks.reading import CoverageReading, ReadArea, UnreadPiece

__all__ = [
    "AcceptancePatterns",
    "AcceptanceReading",
    "AgeReading",
    "CoverageReader",
    "CoverageReading",
    "ReadArea",
    "UnreadPiece",
    "read_acceptance",
    "read_ages",
    "read_coverage",
]
