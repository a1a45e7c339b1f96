"""Opening hours of HSDS schedules as text for people: ``Po, St 10:00 - 16:00; Pá 8:00 - 12:00``."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from referral.catalog.model import Schedule
from referral.catalog.vocabulary import Form
from referral.ingest.hsds.record import HoursEntry
from referral.ingest.row_values import Reading

_DAYS: Final[Mapping[str, str]] = {
    "MO": "Po", "TU": "Út", "WE": "St", "TH": "Čt", "FR": "Pá", "SA": "So", "SU": "Ne",
}  # fmt: skip
_DAY: Final = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)[A-Z]?")
_ALWAYS: Final = frozenset({("0:00", "24:00"), ("0:00", "23:59"), ("0:00", "0:00")})


def schedules(
    entries: Iterable[HoursEntry],
    *,
    form_of: Callable[[HoursEntry], Form | None],
    on: date,
    reading: Reading,
) -> tuple[Schedule, ...]:
    """Return one schedule for each form; hours that do not run on a day are left out.

    Hours of which it is not known to which form they belong stay unknown, as do those without a
    time.
    """
    found: dict[Form, dict[str, list[str]]] = {}
    nonstop: set[Form] = set()
    for entry in entries:
        if not _runs(entry, on):
            continue
        if not (entry.opens and entry.closes):
            reading.note("schedules", "", "U doby provozu chybí čas; zůstává neznámá.")
            continue
        days = _days(entry, reading)
        if days is None:
            continue
        form = form_of(entry)
        if form is None:
            message = "Není jasné, ke které formě služby doba provozu patří; zůstává neznámá."
            reading.note("schedules", "", message)
            continue
        if (entry.opens, entry.closes) in _ALWAYS and len(days) in {0, len(_DAYS)}:
            nonstop.add(form)
        times = found.setdefault(form, {})
        times.setdefault(_time(entry), []).extend(days)
    return tuple(
        Schedule(form=form, round_the_clock=form in nonstop, text=_written(times))
        for form, times in sorted(found.items())
    )


def _runs(entry: HoursEntry, on: date) -> bool:
    return (entry.starts is None or entry.starts <= on) and (entry.ends is None or on <= entry.ends)


def _days(entry: HoursEntry, reading: Reading) -> list[str] | None:
    """Return the days in Czech, None when one of them is not understood."""
    days = []
    for word in entry.days:
        found = _DAY.fullmatch(word)
        if found is None or (found[1] or "").startswith(("-2", "-3", "-4", "-5")):
            reading.note("byday", word, "Den v týdnu neznáme; doba zůstává neznámá.")
            return None
        which = found[1] or ""
        order = "poslední " if which == "-1" else f"{which.lstrip('+')}. " if which else ""
        days.append(f"{order}{_DAYS[found[2]]}")
    return days


def _time(entry: HoursEntry) -> str:
    time = f"{entry.opens} - {entry.closes}"
    if entry.monthly:
        return f"{time} (každý měsíc)" if entry.every == 1 else f"{time} (po {entry.every} měs.)"
    return time if entry.every == 1 else f"{time} (každý {entry.every}. týden)"


def _written(times: Mapping[str, list[str]]) -> str:
    return "; ".join(
        f"{', '.join(dict.fromkeys(days))} {time}".strip() for time, days in times.items()
    )
