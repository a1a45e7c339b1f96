"""Signatures and edits for tests; the moment is a fixed one."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime

from referral.catalog.editing import Author, AuthorKind, Signature

MOMENT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
EDITOR = Author(kind=AuthorKind.ACCOUNT, id="7", role="editor")
SIGNED = Signature(author=EDITOR, at=MOMENT, reason="zkouška")


class HeldEdits:
    """Takes counts of opened cards, as any program behind the pages has to."""

    def __init__(self) -> None:
        self.opened: Counter[str] = Counter()

    def count_openings(self, opened: Mapping[str, int], *, on: date) -> None:
        """Add the counts, whatever the day."""
        del on
        self.opened.update(opened)
