"""Signatures and edits for tests; the moment is a fixed one."""

from datetime import UTC, datetime

from referral.catalog.editing import Author, AuthorKind, Signature

MOMENT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
EDITOR = Author(kind=AuthorKind.ACCOUNT, id="7", role="editor")
SIGNED = Signature(author=EDITOR, at=MOMENT, reason="zkouška")
