"""What was heard in a text: needs with the words that led there, and facts about the client."""

from dataclasses import dataclass

from referral.matching.request import AskedNeed

ASKED_FROM = 0.3
"""A need counts as asked from this confidence on; the first one heard always does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardNeed:
    """One need, how sure it is (0-1), and the user's own words that led there."""

    code: str
    confidence: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a text says, as far as it is understood.

    ``needs`` come best first and are empty exactly when ``understood`` is false; ``urgent`` are the
    codes among them for which somebody has to be called now. ``groups``, ``age`` (completed years),
    ``barriers`` and ``care_level`` (0-4) are what the text states about the client: what it does
    not state stays empty or None. They may be known even where no need was understood.
    """

    text: str
    needs: tuple[HeardNeed, ...] = ()
    urgent: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()
    age: int | None = None
    barriers: frozenset[str] = frozenset()
    care_level: int | None = None

    @property
    def understood(self) -> bool:
        """Whether any need was heard."""
        return bool(self.needs)

    @property
    def asked(self) -> tuple[AskedNeed, ...]:
        """The needs to search by: the first, the urgent ones and all that are sure enough."""
        return tuple(
            AskedNeed(code=need.code, confidence=need.confidence)
            for position, need in enumerate(self.needs)
            if position == 0 or need.code in self.urgent or need.confidence >= ASKED_FROM
        )
