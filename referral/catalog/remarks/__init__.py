"""Read a provider's free remarks: where it works, for what ages, whom it takes and whom not."""

from referral.catalog.remarks.coverage import CoverageReader, read_coverage
from referral.catalog.remarks.reading import CoverageReading, ReadArea, UnreadPiece

__all__ = ["CoverageReader", "CoverageReading", "ReadArea", "UnreadPiece", "read_coverage"]
