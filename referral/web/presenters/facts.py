"""Reading the facts of an outcome or an exclusion without ever crashing a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from referral.matching.outcome import Fact


@dataclass(frozen=True, slots=True)
class Facts:
    """Typed access to facts; what is missing or of another type reads as nothing."""

    values: Mapping[str, Fact]

    def text(self, key: str) -> str:
        """Return a text, empty when it is missing."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> float | None:
        """Return a number, None when it is missing (the matcher writes "" for an open end)."""
        value = self.values.get(key)
        return value if isinstance(value, int | float) else None

    def words(self, key: str) -> tuple[str, ...]:
        """Return several texts, none when they are missing."""
        value = self.values.get(key, ())
        return value if isinstance(value, tuple) else ()
