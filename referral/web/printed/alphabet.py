"""The order of Czech words (ČSN 97 6030): č after c, ch after h, ř, š and ž after r, s and z."""

import re
import unicodedata

_LETTERS = re.compile(r"ch|\w")
_AFTER = {"č": "c", "ř": "r", "š": "s", "ž": "z"}


def alphabetical(text: str) -> tuple[tuple[str, int], ...]:
    """Return what to sort a name by; marks that are no letters do not count."""
    return tuple(map(_place, _LETTERS.findall(text.casefold())))


def _place(letter: str) -> tuple[str, int]:
    if letter == "ch":
        return ("h", 1)
    if letter in _AFTER:
        return (_AFTER[letter], 1)
    return (unicodedata.normalize("NFD", letter)[0], 0)
