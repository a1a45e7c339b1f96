"""Whom to ring now: told by the needs alone, before anybody is ranked."""

from collections.abc import Iterable

from referral.catalog.vocabulary import Call, Urgency, Vocabulary


def calls_for(needs: Iterable[str], vocabulary: Vocabulary) -> tuple[Call, ...]:
    """Return the numbers to ring now for those of the needs (codes) that cannot wait."""
    now = {code for code in needs if vocabulary.need(code).urgency is Urgency.NOW}
    return tuple(call for call in vocabulary.calls if call.needs & now)
