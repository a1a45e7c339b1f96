"""For what ages a service is, as its remark says it: "od 18 do 64 let", "senioři nad 65 let".

Rules of reading:

- "Starší 60 let", "nad 60 let" and "od 60 let" all begin at 60; "mladší 18 let" ends at 17, "do
  18 let" at 18.
- Ages of children in a family ("rodiny s dětmi do 7 let"), durations ("po dobu 2 let") and other
  counts are not ages of clients.
- Two different ranges belong to two groups of people; the widest is returned, with a note.
- "Zejména starší 65 let" sets no limit.
- "Osobám mladším 18 let neposkytujeme" is turned round.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from referral.catalog.model import AgeRange
from referral.catalog.remarks.tokens import levelled, tidy

OLDEST: Final = 120
_ADULT: Final = 18
_INFANT: Final = 2
_REACH: Final = 60

_N: Final = r"(?<![\d.,:/])(\d{1,3})(?![\d:/])(?:[ -]?(?:ti|i|mi)\b)?\.?"
_YEARS: Final = r"\s*(?:let|lety|letech|roku|roky|rokem|r\.)(?![a-z])"
_AGED: Final = r"vek(?:u|em|ova|ove|ovou|ovem)?\b\D{0,25}?"
_TO: Final = r"\s*(?:-|–|—|az(?: do)?|do|a do)\s*"
_RANGE: Final = (
    re.compile(rf"(?:od\s+)?{_N}(?:{_YEARS}(?:\s+veku)?)?{_TO}{_N}{_YEARS}"),
    re.compile(rf"{_AGED}(?:od\s+)?{_N}{_TO}{_N}(?!\s*(?:hod|km|min|%|osob|clen))"),
    re.compile(rf"mezi\s+{_N}\s+a\s+{_N}{_YEARS}"),
)
_LOW: Final = (
    re.compile(rf"(?:od|nad|starsi\w*(?:\s+nez)?|minimalne|min\.?|alespon|nejmene)\s+{_N}{_YEARS}"),
    re.compile(rf"(?:dosazeni|dovrseni|dosahl\w*|dovrsil\w*)\s+(?:veku\s+)?{_N}(?:{_YEARS}|\b)"),
    re.compile(rf"od\s+veku\s+{_N}(?:{_YEARS}|\b)"),
    re.compile(rf"{_N}(?:{_YEARS})?\s+a\s+(?:vice|starsi\w*|vyse)(?:{_YEARS})?"),
    re.compile(rf"{_N}\s*\+"),
)
_ADULTS: Final = re.compile(r"(?<![a-z])(?:zletil[a-z]+|plnolet[a-z]+)")
_HIGH: Final = (
    re.compile(rf"(?:do|nejvyse|maximalne|max\.?)\s+(?:do\s+)?{_N}{_YEARS}"),
    re.compile(rf"do\s+(?:veku|dovrseni|dosazeni)\s+(?:veku\s+)?{_N}(?:{_YEARS}|\b)"),
)
_YOUNGER: Final = re.compile(rf"mladsi\w*(?:\s+nez)?\s+{_N}{_YEARS}")
_DATED: Final = re.compile(r"\s*(?:\d|hod|km|min\b|praxe|od\s+(?:propusten|ukoncen|podan))")
_OTHERS: Final = re.compile(
    r"(?:(?:rodin|matk|otc|zen|muz|rodic|tehotn|osob|manzel|par)\w*\s+(?:\w+\s+)?s\s+(?:\w+\s+)?"
    r"(?:nezaopatren\w+\s+|nezletil\w+\s+)?(?:det|dit|potom)|rodic\w*\s+deti|ditetem\s+se\s+rozumi"
    r"|narodil|pec\w*\s+o\s+(?:\w+\s+)?(?:dit|det)|po\s+dobu|dele\s+nez|poslednich|behem|v\s+delce"
    r"|na\s+dobu|nejdele|trva|uplynut|pred\s+vice|smlouv|provozu|pobyt\s+(?:je\s+)?(?:na|maximalne"
    r"|max|do)|opakovane)"
)
_MOSTLY: Final = re.compile(r"(?:zejmena|prevazne|predevsim|hlavne|prednostne)\W+(?:\w+\W+)?$")
_DENIED: Final = (
    r"(?:neposkyt\w+|nepri[jm]\w+|(?:neni|nejsou)\s+(?:\w+\s+)?(?:urcen|poskyt)\w*|nelze"
    r"|nemuze\w*|vyjma|krome|mimo|s\s+vyjimkou|nespad\w+)"
)
_DENIED_BEFORE: Final = re.compile(rf"{_DENIED}[^.,;()\d]*$")
_DENIED_AFTER: Final = re.compile(r"[^.;()\d]{0,40}(?:neposkyt|nepri[jm]|nelze|nejsou\s+cilov)")
_CHILDREN_AFTER: Final = re.compile(r"\s*(?:veku\s+)?(?:techto|jejich)\s+det")

NOTE_WIDEST: Final = "Text udává víc věkových rozpětí pro různé skupiny; uvádíme nejširší."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeReading:
    """The ages a remark states, with the ``words`` they were read in; ``note`` in Czech."""

    ages: AgeRange
    words: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """One stated range, at the characters from ``start`` to ``end``; None is an open end."""

    low: int | None
    high: int | None
    start: int
    end: int


def read_ages(text: str) -> AgeReading | None:
    """Return for what ages a remark says the service is; None when it says nothing of it."""
    tidied = tidy(text)
    plain = levelled(tidied)
    limits = sorted(_limits(plain), key=lambda limit: limit.start)
    ranges = list(dict.fromkeys((one.low, one.high) for one in _joined(limits, plain)))
    if not ranges:
        return None
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    low = min(lows) if len(lows) == len(ranges) else None
    high = max(highs) if len(highs) == len(ranges) else None
    if low is None and high is None:
        return None
    words = tuple(" ".join(tidied[one.start : one.end].split()) for one in limits)
    note = NOTE_WIDEST if len(ranges) > 1 else ""
    return AgeReading(ages=AgeRange(min=low, max=high), words=words, note=note)


def _limits(plain: str) -> Iterator[_Limit]:
    """Yield the limits stated in a text, each part of it read once."""
    taken: list[tuple[int, int]] = []
    for match, low, high in _stated(plain):
        start, end = match.span()
        if any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        if _of_clients(plain, start, end, low, high):
            yield _turned(plain, _Limit(low=low, high=high, start=start, end=end))


def _stated(plain: str) -> Iterator[tuple[re.Match[str], int | None, int | None]]:
    for pattern in _RANGE:
        for match in pattern.finditer(plain):
            yield match, int(match[1]), int(match[2])
    for match in _YOUNGER.finditer(plain):
        yield match, None, max(int(match[1]) - 1, 0)
    for pattern in _LOW:
        for match in pattern.finditer(plain):
            yield match, int(match[1]), None
    for pattern in _HIGH:
        for match in pattern.finditer(plain):
            yield match, None, int(match[1])
    for match in _ADULTS.finditer(plain):
        yield match, _ADULT, None


def _of_clients(plain: str, start: int, end: int, low: int | None, high: int | None) -> bool:
    """Tell whether a limit speaks of the age of clients."""
    impossible = max(low or 0, high or 0) > OLDEST or (high is not None and (low or 0) > high)
    if impossible or _DATED.match(plain, end):
        return False
    before = re.split(r"[.;\n]", plain[max(0, start - _REACH) : start])[-1]
    if _MOSTLY.search(before):
        return False
    if _OTHERS.search(before) or _CHILDREN_AFTER.match(plain, end):
        return False
    sentence = re.split(r"[.;\n]", plain[:start])[-1]
    about_children = re.search(r"det|dit|vek", sentence)
    return low is not None or (high or 0) > _INFANT or about_children is not None


def _turned(plain: str, limit: _Limit) -> _Limit:
    """Turn a limit round when the sentence refuses the people of these ages."""
    denied = _DENIED_BEFORE.search(plain[max(0, limit.start - _REACH) : limit.start])
    if not denied and not _DENIED_AFTER.match(plain, limit.end):
        return limit
    if limit.low is None and limit.high is not None:
        younger = plain.startswith("mladsi", limit.start)
        return _Limit(
            low=limit.high + 1 if younger else limit.high,
            high=None,
            start=limit.start,
            end=limit.end,
        )
    if limit.high is None and limit.low is not None:
        from_age = plain.startswith("od", limit.start)
        return _Limit(
            low=None,
            high=max(limit.low - 1, 0) if from_age else limit.low,
            start=limit.start,
            end=limit.end,
        )
    return limit


def _joined(limits: Iterable[_Limit], plain: str) -> Iterator[_Limit]:
    """Yield limits, a lower and then an upper one of the same sentence as one range."""
    waiting: _Limit | None = None
    for limit in limits:
        if waiting is not None:
            joins = (
                limit.low is None
                and limit.high is not None
                and waiting.high is None
                and waiting.low is not None
                and waiting.low <= limit.high
                and not re.search(r"[.;\n]", plain[waiting.end : limit.start])
            )
            if joins:
                yield _Limit(low=waiting.low, high=limit.high, start=waiting.start, end=limit.end)
                waiting = None
                continue
            yield waiting
        waiting = limit
    if waiting is not None:
        yield waiting
