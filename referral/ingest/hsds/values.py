"""Read single values of HSDS out of JSON or a table, where every value may be a text.

Contacts are checked for their shape before they are taken, because people's names are sometimes
written beside a number; such a value is not even shown in the report.
"""

import html
import math
import re
from datetime import date
from typing import Final

from referral.ingest.row_values import Reading, Record, shown, tidy

_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,20})?")
_BREAK: Final = re.compile(r"<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|td)|br)\b[^<>]{0,500}>")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_PHONE: Final = re.compile(r"[+(]?[0-9][0-9 ()/.\-]{1,28}[0-9]")
_EMAIL: Final = re.compile(
    r"[^@\s<>()\[\],;:\"']{1,64}@[^@\s<>()\[\],;:\"']{1,190}\.[A-Za-z]{2,24}"
)
_WEB: Final = re.compile(
    r"(?:https?://)?[^\s:/@<>\"']{1,190}\.[A-Za-z]{2,24}(?::\d+)?(?:[/?#]\S*)?"
)
_TIME: Final = re.compile(
    r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?::[0-9.]{2,9})?(?:Z|[+-][0-9:]{2,5})?"
)
_ICO_DIGITS: Final = 8
_BIG: Final = 1_000_000_000
_LONGEST_CONTACT: Final = 250


def plain(reading: Reading, record: Record, key: str) -> str:
    """Return a text on one line without the marks of HTML."""
    text = reading.text(record, key)
    if "<" not in text and "&" not in text:
        return text
    return tidy(html.unescape(_TAG.sub("", _BREAK.sub(" ", text))))


def number(reading: Reading, record: Record, key: str) -> float | None:
    """Return a finite number; what is none is noted."""
    value = record.get(key)
    if value is None or value == "":
        return None
    found: float | None = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = float(value)
    elif isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
        found = float(value.strip().replace(",", "."))
    if found is None or not math.isfinite(found) or abs(found) >= _BIG:
        reading.note(key, value, "Čekali jsme číslo; údaj zůstává neznámý.")
        return None
    return found


def count(reading: Reading, record: Record, key: str) -> int | None:
    """Return a whole number that is not negative; what is none is noted."""
    found = number(reading, record, key)
    if found is None:
        return None
    if found < 0 or found != int(found):
        reading.note(key, record.get(key), "Čekali jsme celé nezáporné číslo; údaj vynecháváme.")
        return None
    return int(found)


def day(reading: Reading, record: Record, key: str) -> date | None:
    """Return a day; what is none is noted, as nothing depends on these days alone."""
    value = record.get(key)
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        reading.note(key, value, "Datum není ve tvaru RRRR-MM-DD; zůstává neznámé.")
        return None


def phone(reading: Reading, record: Record) -> str | None:
    """Return a telephone number; one that belongs to a person or is a fax is passed over."""
    if record.get("contact_id") or str(record.get("type")).strip().casefold() in {"fax", "pager"}:
        return None
    return _shaped(reading, record, "number", _PHONE)


def email(reading: Reading, record: Record, key: str) -> str | None:
    """Return an e-mail address and nothing beside it."""
    return _shaped(reading, record, key, _EMAIL)


def web(reading: Reading, record: Record, key: str) -> str | None:
    """Return a web address."""
    return _shaped(reading, record, key, _WEB)


def _shaped(reading: Reading, record: Record, key: str, shape: re.Pattern[str]) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str | int) and not isinstance(value, bool):
        text = tidy(str(value)).strip("\"' ")
        if len(text) <= _LONGEST_CONTACT and shape.fullmatch(text):
            return text
    reading.note(key, "", "Kontakt nemá tvar čísla nebo adresy; vynecháváme ho.")
    return None


def ico(value: object) -> str | None:
    """Return the number of a company; a tax number longer than that may be a birth number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = tidy(str(value)).replace(" ", "").upper().removeprefix("CZ")
    # A tax number of nine or ten digits is a person's birth number: it is not even shown.
    if not (text.isascii() and text.isdigit() and _ICO_DIGITS - 2 <= len(text) <= _ICO_DIGITS):
        return None
    return text.zfill(_ICO_DIGITS)


def clock(reading: Reading, record: Record, key: str) -> str:
    """Return a time of day as ``8:00``, empty when there is none."""
    value = record.get(key)
    if value is None or value == "":
        return ""
    found = _TIME.fullmatch(str(value).strip()) if isinstance(value, str) else None
    if found is None:
        reading.note(key, shown(value), "Čekali jsme čas HH:MM; doba zůstává neznámá.")
        return ""
    return f"{int(found[1])}:{found[2]}"
