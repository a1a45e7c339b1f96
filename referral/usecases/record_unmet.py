"""Count that a search found nobody: only when a person says so, and nothing about the client."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from referral import text
from referral.catalog.evidence import EvidenceStore
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Vocabulary


class UnmetError(ValueError):
    """A search that cannot be counted; the message is one Czech sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was counted: the ORP's name, the needs (codes), the first day of the month."""

    orp: str
    needs: tuple[str, ...]
    month: date


def record_unmet(
    store: EvidenceStore,
    place: Municipality,
    *,
    needs: Iterable[str],
    today: date,
    vocabulary: Vocabulary,
) -> Recorded:
    """Add one unmet search in the ORP of a place for each need; the place itself is not kept.

    Raises:
        UnmetError: no need is given, or one is not in the vocabulary.
        StorageError: the database does not answer or refuses.
    """
    named = tuple(dict.fromkeys(one.strip().upper() for one in needs))
    if not named:
        raise UnmetError("Řekněte, jaká potřeba zůstala bez pomoci: --need KÓD.")
    for code in named:
        if code not in vocabulary.needs:
            known = sorted(vocabulary.needs)
            close = text.best(code, known, limit=3, at_least=0.4)
            nearest = ", ".join(known[one.position] for one in close)
            hint = f" Nemysleli jste: {nearest}?" if nearest else ""
            raise UnmetError(f"Potřebu {code} slovník nezná.{hint}")
    store.count_unmet(place.orp, needs=named, on=today)
    return Recorded(orp=place.orp, needs=named, month=today.replace(day=1))
