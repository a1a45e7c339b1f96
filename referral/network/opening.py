"""How many hours a week a service is open, read from the words of its source."""

import re
from collections.abc import Iterable

from referral.catalog.model import Service
from referral.catalog.vocabulary import Form

WEEK_HOURS = 168.0
_PLAIN = str.maketrans("účá", "uca")
_DAYS = ("po", "ut", "st", "ct", "pa", "so", "ne")
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"{_TIME}\s*[-–]\s*{_TIME}")
_DAY_WORDS = re.compile(r"\b(po|ut|st|ct|pa|so|ne)\b(?:\s*[-–]\s*\b(po|ut|st|ct|pa|so|ne)\b)?")


def weekly_hours(service: Service, form: Form | None) -> float | None:
    """Return the hours of the form that is open longest; None when they cannot be read.

    ``form`` None means any form. What is not days with times is not guessed.
    """
    told = [
        WEEK_HOURS if one.round_the_clock else _read(one.text)
        for one in service.schedules
        if form is None or one.form is form
    ]
    return max((hours for hours in told if hours is not None), default=None)


def _read(text: str) -> float | None:
    folded = text.lower().translate(_PLAIN)
    found = list(_DAY_WORDS.finditer(folded))
    hours: dict[int, float] = {}
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(folded)
        spans = [_length(*span.groups()) for span in _SPAN.finditer(folded, match.end(), end)]
        if any(span is None for span in spans):
            return None
        for day in _days(match[1], match[2]):
            hours[day] = hours.get(day, 0.0) + sum(span for span in spans if span is not None)
    total = sum(hours.values())
    return total if 0 < total <= WEEK_HOURS and max(hours.values()) <= WEEK_HOURS / 7 else None


def _days(first: str, last: str | None) -> Iterable[int]:
    start = _DAYS.index(first)
    end = start if last is None else _DAYS.index(last)
    return range(start, end + 1) if end >= start else (*range(start, 7), *range(end + 1))


def _length(hour: str, minute: str | None, to_hour: str, to_minute: str | None) -> float | None:
    """Return the hours of one span; one that ends before it begins lasts over midnight."""
    start = int(hour) + int(minute or 0) / 60
    end = int(to_hour) + int(to_minute or 0) / 60
    if start > 24 or end > 24:  # noqa: PLR2004 - a day has so many hours
        return None
    return end - start if end > start else end - start + 24
