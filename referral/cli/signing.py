"""What stands under changes that are made from the command line."""

from datetime import UTC, datetime

from referral.catalog.editing import BY_COMMAND, BY_SHEET, Author, Signature


def signed_by_command(reason: str) -> Signature:
    """Return the signature of a command, now."""
    return _signed(BY_COMMAND, reason)


def signed_by_sheet() -> Signature:
    """Return the signature of an imported sheet, now; its name may hold that of a person."""
    return _signed(BY_SHEET, "Nahráno z tabulky.")


def _signed(author: Author, reason: str) -> Signature:
    return Signature(author=author, at=datetime.now(UTC), reason=reason)
