"""For which sex a service is, where its own name says so; the register has no field for it."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from referral.text import fold


class Sex(StrEnum):
    """The sex a service or a client may state."""

    WOMAN = "zena"
    MAN = "muz"


_WORDS: Final = {
    Sex.WOMAN: re.compile(r"\b(zeny|zenam|zen|zenach|matky|matek|matkam|maminky|maminek|divky)\b"),
    Sex.MAN: re.compile(r"\b(muze|muzi|muzum|muzu|otce|otcu|otcum|chlapce)\b"),
}
_FOR: Final = re.compile(r"\bpro\b")


def sex_in(names: Iterable[str]) -> Sex | None:
    """Return the sex that every one of a service's names says it is for.

    A name tells it by "pro ženy", "pro matky s dětmi", "pro muže". None when one name tells nothing
    or names both, and when two facilities of one service are for one sex each.
    """
    told = {_sexes(name) for name in names}
    only = told.pop() if len(told) == 1 else frozenset[Sex]()
    return next(iter(only)) if len(only) == 1 else None


def sex_told(name: str, places: Sequence[str]) -> Sex | None:
    """Return the sex that a service is for by the names of its places, or by its own.

    "Dům svaté Anny" tells nothing; that its service is "Azylový dům pro matky s dětmi" does.
    """
    return sex_in(places) if any(map(_sexes, places)) else sex_in((name,))


@lru_cache(maxsize=8192)
def _sexes(name: str) -> frozenset[Sex]:
    folded = fold(name)
    start = _FOR.search(folded)
    if start is None:
        return frozenset()
    rest = folded[start.end() :]
    return frozenset(sex for sex, words in _WORDS.items() if words.search(rest))
