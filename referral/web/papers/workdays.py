"""Working days: weekends and Czech public holidays (Act 245/2000 Sb.) are not among them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_FIXED = frozenset(
    {
        (1, 1),
        (5, 1),
        (5, 8),
        (7, 5),
        (7, 6),
        (9, 28),
        (10, 28),
        (11, 17),
        (12, 24),
        (12, 25),
        (12, 26),
    }
)
_SATURDAY = 5
_DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Tell whether offices work on a day."""
    easter = easter_sunday(day.year)
    moving = {easter - 2 * _DAY, easter + _DAY}
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED and day not in moving


def workday_from(day: date) -> date:
    """Return the day itself, or the next one on which offices work."""
    while not is_workday(day):
        day += _DAY
    return day


def workday_until(day: date) -> date:
    """Return the day itself, or the last one before it on which offices work."""
    while not is_workday(day):
        day -= _DAY
    return day


def next_workday(day: date) -> date:
    """Return the first day after this one on which offices work."""
    return workday_from(day + _DAY)


def workdays(first: date, last: date) -> Iterator[date]:
    """Yield the working days between two days, both included."""
    day = first
    while day <= last:
        if is_workday(day):
            yield day
        day += _DAY


@cache
def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a year (the Gregorian computus)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, of_leaps = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    fours, rest = divmod(of_century, 4)
    weekday = (32 + 2 * of_leaps + 2 * fours - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
