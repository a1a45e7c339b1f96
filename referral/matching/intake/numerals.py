"""Czech numbers in words, as far as ages need them: "osmdesát dva", "dvaaosmdesát", "pěti"."""

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

_DIGITS: Final = re.compile(r"([0-9]{1,3})(?:ti|mi|i)?")
_UNITS: Final = {
    "jeden": 1, "jedna": 1, "jedno": 1, "jedne": 1, "dva": 2, "dve": 2, "dvou": 2, "dvouc": 2,
    "tri": 3, "trech": 3, "ctyri": 4, "ctyr": 4, "ctyrech": 4, "pet": 5, "peti": 5, "sest": 6,
    "sesti": 6, "sedm": 7, "sedmi": 7, "osm": 8, "osmi": 8, "devet": 9, "deviti": 9,
}  # fmt: skip
_TEENS: Final = {
    "deset": 10, "deseti": 10, "jedenact": 11, "dvanact": 12, "trinact": 13, "ctrnact": 14,
    "patnact": 15, "sestnact": 16, "sedmnact": 17, "osmnact": 18, "devatenact": 19,
}  # fmt: skip
_TENS: Final = {
    "dvacet": 20, "tricet": 30, "ctyricet": 40, "padesat": 50, "sedesat": 60, "sedmdesat": 70,
    "osmdesat": 80, "devadesat": 90,
}  # fmt: skip
_JOINED: Final = {
    "jeden": 1, "jedn": 1, "dva": 2, "tri": 3, "ctyri": 4, "pet": 5, "sest": 6, "sedm": 7,
    "osm": 8, "devet": 9,
}  # fmt: skip
_HUNDRED: Final = {"sto": 100, "sta": 100}


def _all() -> dict[str, int]:
    words = {**_UNITS, **_TEENS, **_HUNDRED}
    words.update({f"{word}i": value for word, value in _TEENS.items() if not word.endswith("i")})
    for ten, value in _TENS.items():
        for ending in ("", "i"):
            words[ten + ending] = value
            words.update({f"{unit}a{ten}{ending}": value + one for unit, one in _JOINED.items()})
    return words


NUMBERS: Final = MappingProxyType(_all())
"""Folded numbers in one word."""

_ROUND: Final = frozenset(word + end for word in _TENS for end in ("", "i")) | frozenset(_HUNDRED)


def number_at(words: Sequence[str], place: int) -> tuple[int, int] | None:
    """Return the number that begins at a word and how many words it takes, or None.

    ``osmdesat dva`` is 82 and takes two words; up to three digits count as well.
    """
    word = words[place]
    digits = _DIGITS.fullmatch(word)
    if digits is not None:
        return int(digits[1]), 1
    value = NUMBERS.get(word)
    if value is None:
        return None
    if word in _ROUND and place + 1 < len(words):
        unit = _UNITS.get(words[place + 1])
        if unit is not None:
            return value + unit, 2
    return value, 1
