"""Notice what must not be written anywhere: a birth number."""

import re
from typing import Final

_SLASHED: Final = re.compile(r"(?<!\d)\d{6}\s?/\s?\d{3,4}(?!\d)")
_RUN: Final = re.compile(r"(?<!\d)\d{10}(?!\d)")
_MONTHS: Final = frozenset(month + more for month in range(1, 13) for more in (0, 20, 50, 70))
_LAST_DAY: Final = 31


def looks_personal(text: str) -> bool:
    """Tell whether a text holds what is written like a birth number.

    With a slash any six digits and three or four more; without one ten digits that are a day and
    are divisible by eleven (Act 133/2000 Sb., § 13), so that a telephone seldom passes for one.
    """
    if _SLASHED.search(text):
        return True
    return any(_is_birth_number(found[0]) for found in _RUN.finditer(text))


def _is_birth_number(digits: str) -> bool:
    month, day = int(digits[2:4]), int(digits[4:6])
    return month in _MONTHS and 1 <= day <= _LAST_DAY and int(digits) % 11 == 0
