"""Understand what a person typed."""

from typing import Final

from referral.matching.errors import RequestError
from referral.matching.intake.heard import Understanding
from referral.matching.intake.listener import Listener

LONGEST_TEXT: Final = 2000
"""Characters; a longer text is a report, not a question."""


def understand(text: str, *, listener: Listener) -> Understanding:
    """Return what the text says.

    Raises:
        RequestError: the text (field ``says``) is empty or longer than LONGEST_TEXT characters.
    """
    if not text.strip():
        raise RequestError("says", "Napište, co se děje, třeba „babička spadla a je sama“.")
    if len(text) > LONGEST_TEXT:
        raise RequestError(
            "says",
            f"Text má {len(text)}\N{NO-BREAK SPACE}znaků. "
            f"Zkraťte ho na nejvýš {LONGEST_TEXT}\N{NO-BREAK SPACE}znaků.",
        )
    return listener.hear(text)
