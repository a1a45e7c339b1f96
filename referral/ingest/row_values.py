"""Read single values out of decoded JSON whatever their type turns out to be.

What cannot be read and matters makes a problem, for which the row is rejected; what cannot be read
and can be left unknown makes a note, which the report counts.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from referral.usecases.import_rows import Problem

Record = Mapping[str, Any]

LONGEST: Final = 4000
"""Characters of one remark that are kept; longer ones are cut and counted."""

_SHOWN: Final = 80
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+")
"""Control characters, halves of characters and runs of blanks; a database may refuse the first."""

_CODE: Final = re.compile(r"(?:[A-Za-z]{1,40}/)?([0-9A-Za-z-]{1,24})")
_NUMBER: Final = re.compile(r"(?:[A-Za-z]{1,40}/)?([0-9]{1,12})")
_OPEN: Final = frozenset({False, "false", "0", "ne"})
"""How a source says "not secret"; the number 0 equals False."""


def shown(value: object) -> str:
    """Write a value for a report: short, on one line; of a structure only what it is."""
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = tidy(str(value))
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def tidy(text: str) -> str:
    """Put a text on one line and leave out what no text should hold."""
    return _UNFIT.sub(" ", text).strip()


def record_of(value: object) -> Record:
    """Return an object as it is and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


class Reading:
    """Collects what is wrong with one item while it is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def reject(self, field: str, value: object, message: str) -> None:
        """Say why the row cannot be taken over."""
        self.problems.append(Problem(field=field, value=shown(value), message=message))

    def note(self, field: str, value: object, message: str) -> None:
        """Say what is left unknown although the row is taken over."""
        self.notes.append(Problem(field=field, value=shown(value), message=message))

    def text(self, record: Record, key: str) -> str:
        """Return a text on one line, empty when there is none."""
        value = record.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.note(key, value, "Čekali jsme text; údaj zůstává neznámý.")
            return ""
        text = tidy(str(value))
        if len(text) > LONGEST:
            self.note(key, text, f"Text je delší než {LONGEST} znaků; zbytek jsme vynechali.")
            text = text[:LONGEST].rstrip()
        return text

    def day(self, record: Record, key: str) -> date | None:
        """Return a day; one that is no day makes a problem, as the service might have ended."""
        value = record.get(key)
        if value is None or value == "":
            return None
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            self.reject(key, value, "Datum není ve tvaru RRRR-MM-DD; opravte ho ve zdroji.")
            return None

    def objects(self, record: Record, key: str) -> tuple[Record, ...]:
        """Return the objects of a list; what is not an object is noted and left out."""
        value = record.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.note(key, value, "Čekali jsme seznam; údaj zůstává neznámý.")
            return ()
        for one in value:
            if not isinstance(one, dict):
                self.note(key, one, "V seznamu není objekt; tuto položku jsme vynechali.")
        return tuple(one for one in value if isinstance(one, dict))

    def code(self, record: Record, key: str) -> str:
        """Return the last part of a code (``Obec/554499``, 554499), empty when there is none."""
        value = record.get(key)
        if isinstance(value, dict):
            value = value.get("id", value.get("kod"))
        if value is None or value == "":
            return ""
        found = None if isinstance(value, bool) else _CODE.fullmatch(str(value))
        if found is None:
            self.note(key, value, "Kódu nerozumíme; údaj zůstává neznámý.")
            return ""
        return found[1]

    def number(self, record: Record, *keys: str) -> str | None:
        """Return the number of a record out of the first key that holds one."""
        for key in keys:
            found = _NUMBER.fullmatch(str(record.get(key)))
            if found is not None:
                return found[1]
        return None

    def digits(self, record: Record, key: str, *, count: int) -> str | None:
        """Return a number of so many digits as text; zeros lost in front are given back."""
        value = record.get(key)
        if value is None or value == "":
            return None
        text = tidy(str(value)).replace(" ", "")
        if isinstance(value, bool) or not (
            text.isascii() and text.isdigit() and len(text) <= count
        ):
            self.note(key, value, f"Čekali jsme {count} číslic; údaj zůstává neznámý.")
            return None
        return text.zfill(count)

    def yes(self, record: Record, key: str) -> bool:
        """Tell whether a flag is surely set."""
        value = record.get(key)
        return value is True or value in (1, "true", "1")

    def public(self, record: Record, key: str) -> bool:
        """Tell whether an address is surely public: only when the source says so itself."""
        value = record.get(key)
        if isinstance(value, str):
            value = value.strip().casefold()
        try:
            return value in _OPEN
        except TypeError:
            return False
