"""Reading single answers of a draft; what cannot be read is named, never guessed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from referral.web.draft import NO, YES, FieldError
from referral.web.translation import _

_CZECH_DAY = re.compile(r"^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$")
_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_LANGUAGE = re.compile(r"^[a-z]{2}$")
_E = TypeVar("_E", bound=Enum)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads answers and gathers what is wrong with them in ``errors``, in the order of reading."""

    errors: list[FieldError] = field(default_factory=list)

    def wrong(self, name: str, message: str, *, code: str = "invalid") -> None:
        """Remember what has to be mended."""
        self.errors.append(FieldError(field=name, message=message, code=code))

    def number(self, text: str, name: str, message: str) -> int | None:
        """Return a whole number, None when nothing is written or it cannot be read."""
        return self._read(text, name, message, int)

    def day(self, text: str, name: str, what: str) -> date | None:
        """Return a date written as RRRR-MM-DD or as 31. 12. 2026; ``what`` names it."""
        message = _("{what} napište jako 2026-12-31 nebo 31. 12. 2026.").format(what=what)
        return self._read(text, name, message, day_of)

    def yes_or_no(self, text: str, name: str) -> bool | None:
        """Return an answer to a question with three answers, None for the third."""
        message = _("Odpověď je „ano“, „ne“, nebo nic, když to nevíte.")
        return self._read(text, name, message, _TRUTH.__getitem__)

    def one_of(self, kind: type[_E], text: str, name: str, what: str) -> _E | None:
        """Return a member of an enumeration by its value; ``what`` names it."""
        known = ", ".join(str(one.value) for one in kind)
        message = _("{what}: známe jen {known}.").format(what=what, known=known)
        return self._read(text, name, message, kind)

    def languages(self, codes: Sequence[str]) -> frozenset[str]:
        """Return codes of languages, each of two letters (ISO 639-1)."""
        told = frozenset(code.strip().lower() for code in codes if code.strip())
        if not all(_LANGUAGE.match(code) for code in told):
            self.wrong("language", _("Jazyk zapište dvěma písmeny, například cs, sk nebo uk."))
            return frozenset()
        return told

    def _read(self, text: str, name: str, message: str, read: Callable[[str], _T]) -> _T | None:
        written = text.strip()
        if not written:
            return None
        try:
            return read(written)
        except (ValueError, KeyError):
            self.wrong(name, message)
            return None


_TRUTH = {YES: True, NO: False}


def day_of(text: str) -> date:
    """Return the date a person or a program wrote.

    Raises:
        ValueError: it is no date.
    """
    czech = _CZECH_DAY.match(text)
    if czech is not None:
        day, month, year = map(int, czech.groups())
        return date(year, month, day)
    written = _ISO_DAY.match(text)
    if written is None:
        raise ValueError(text)
    return date(*map(int, written.groups()))
