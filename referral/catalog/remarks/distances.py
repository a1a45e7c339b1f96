"""Radii in a sentence: "do 15 km od Žatce", "v dojezdové vzdálenosti 25 km od těchto měst"."""

from typing import Final, NamedTuple

from referral.catalog.remarks.terms import Role
from referral.catalog.remarks.view import View

_LONGEST_LEAD: Final = 6
_LONGEST_SITE: Final = 4
_MOST_KM: Final = 500
_LEADS: Final = frozenset(("do", "v", "ve", "cca", "asi", "max", "maximalne", "priblizne", "az"))
_BEFORE_NAMES: Final = (Role.BORDER, Role.FILLER, Role.TOWN, Role.MUNICIPALITY)
_POINTING: Final = (Role.THOSE, Role.ITS, Role.THEIR)
_ENDINGS: Final = frozenset(("ti", "i", "mi"))


class Distance(NamedTuple):
    """A number of kilometres from one token to before another."""

    km: float
    start: int
    end: int


class Origin(NamedTuple):
    """From where a distance is measured: the position of names, of "those", or a site."""

    at: int
    those: bool = False
    site: bool = False


def distance_at(view: View, at: int) -> Distance | None:
    """Return the kilometres whose number stands at a token: "15 km", "20-ti km", "7,5 km"."""
    token = view.token(at)
    number = None if token is None else token.number
    if number is None:
        return None
    km, end = float(number), at + 1
    decimal = view.token(end + 1)
    sign = view.token(end)
    if sign is not None and sign.typed == "," and decimal is not None and decimal.joined:
        fraction = decimal.number
        if fraction is not None and view.is_km(end + 2):
            return Distance(float(f"{number}.{decimal.folded}"), at, end + 3)
    while (ending := view.token(end)) is not None and ending.typed in {"-", "–", *_ENDINGS}:
        end += 1
    if not view.is_km(end) or not 0 < km <= _MOST_KM:
        return None
    return Distance(km, at, end + 1)


def minutes_at(view: View, at: int) -> int | None:
    """Return where a travel time ends whose number stands at a token; None when none does."""
    token = view.token(at)
    if token is None or token.number is None or at + 1 >= len(view):
        return None
    if not view.words[at + 1].startswith(("minut", "min", "hodin")):
        return None
    lead = range(max(0, at - _LONGEST_LEAD), at)
    travels = any(view.has(position, Role.DISTANCE) for position in lead)
    return at + 2 if travels or view.has(at + 2, Role.FROM) else None


def lead_of(view: View, at: int) -> int:
    """Return where the words that lead to a number begin: "v okruhu do 15 km"."""
    start = at
    while start > 0:
        measured = [
            before
            for before in (start - 1, start - 2)
            if view.roles(before).get(Role.DISTANCE) == start
        ]
        if not measured and view.words[start - 1] not in _LEADS:
            break
        start = min(measured, default=start - 1)
    return start


def origin_after(view: View, at: int) -> Origin | None:
    """Return from where the distance that ends before a token is measured; None when unsaid."""
    position = view.fillers(at, Role.DISTANCE)
    if view.words[position : position + 1] in {("v",), ("ve",)}:
        position += Role.AROUND in view.roles(position + 1)
    roles = view.roles(position)
    if Role.AROUND in roles:
        return Origin(roles[Role.AROUND])
    if Role.FROM not in roles:
        town = view.has(position, Role.TOWN, Role.MUNICIPALITY)
        return Origin(position) if town else None
    start = roles[Role.FROM]
    position = _past(view, start, Role.BORDER, Role.FILLER)
    if Role.SEAT in view.roles(position):
        return _site(view, view.roles(position)[Role.SEAT])
    named = _past(view, start, *_BEFORE_NAMES)
    following = view.token(named)
    if following is None or not following.capital:
        those = _past(view, start, *_BEFORE_NAMES, *_POINTING)
        if those > named or named > start:
            return Origin(those, those=True)
    return Origin(position)


def _past(view: View, at: int, *roles: Role) -> int:
    """Return the position after all words that do one of these."""
    while ends := [end for role, end in view.roles(at).items() if role in roles]:
        at = max(ends)
    return at


def _site(view: View, at: int) -> Origin:
    """Return the site's own place when the text names it: "od sídla služby v Mostě"."""
    for position in range(at, min(at + _LONGEST_SITE, len(view))):
        following = view.token(position + 1)
        if view.is_preposition(position) and following is not None and following.capital:
            return Origin(position + 1)
    return Origin(at, site=True)
