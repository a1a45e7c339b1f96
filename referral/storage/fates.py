"""Decide what becomes of records that are to be saved over those that are stored."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from referral.catalog.ports import Fate, Origin
from referral.storage.errors import RefusedError
from referral.storage.reading import Stored

_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates(Generic[_K, _T]):
    """What becomes of each record, and those that are to be written."""

    of_each: Mapping[_K, Fate]
    to_write: Sequence[_T]


def fates_of(
    records: Iterable[_T],
    known: Mapping[_K, Stored[_T]],
    *,
    key: Callable[[_T], _K],
    origin: Origin,
) -> Fates[_K, _T]:
    """Compare records with the stored ones that have the same key.

    Raises:
        RefusedError: a key stands twice.
    """
    of_each: dict[_K, Fate] = {}
    to_write: list[_T] = []
    for record in records:
        name = key(record)
        if name in of_each:
            message = f"Záznam {_named(name)} je mezi ukládanými dvakrát. Nic se nezměnilo."
            raise RefusedError(message)
        of_each[name] = _fate(record, known.get(name), origin)
        if of_each[name] in {Fate.ADDED, Fate.CHANGED}:
            to_write.append(record)
    return Fates(of_each=of_each, to_write=to_write)


def _named(key: Hashable) -> str:
    return " – ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _fate(record: _T, stored: Stored[_T] | None, origin: Origin) -> Fate:
    if stored is None:
        return Fate.ADDED
    if stored.record == record:
        return Fate.UNCHANGED
    if origin is Origin.EMBEDDED and stored.origin is Origin.OWN:
        return Fate.KEPT
    return Fate.CHANGED
