"""Count how a service has answered a client; who it was is never kept."""

from collections.abc import Iterable
from datetime import date

from referral import text
from referral.catalog.experience import OutcomeStore
from referral.catalog.vocabulary import Vocabulary


class OutcomeError(ValueError):
    """An outcome that cannot be counted; the message is one Czech sentence."""


def record_outcome(
    store: OutcomeStore,
    service: str,
    *,
    barriers: Iterable[str],
    accepted: bool,
    on: date,
    today: date,
    vocabulary: Vocabulary,
) -> tuple[str, ...]:
    """Add one outcome to the counts of a stored service; return the barriers it counts for.

    Raises:
        OutcomeError: the day has not come, or a barrier is not in the vocabulary.
        StorageError: the database does not answer or refuses.
    """
    if on > today:
        day = f"{on.day}. {on.month}. {on.year}"
        raise OutcomeError(f"Den {day} teprve přijde; opravte --on.")
    named = tuple(dict.fromkeys(one.strip().upper() for one in barriers))
    for code in named:
        if code not in vocabulary.barriers:
            known = sorted(vocabulary.barriers)
            close = text.best(code, known, limit=3, at_least=0.4)
            nearest = ", ".join(known[one.position] for one in close)
            hint = f" Nemysleli jste: {nearest}?" if nearest else ""
            raise OutcomeError(f"Překážku {code} slovník nezná.{hint}")
    store.count_outcome(service, barriers=named, accepted=accepted, on=on)
    return named
