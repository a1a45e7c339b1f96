"""What a field of a service said before and says now, in Czech words.

Changes keep values as short texts (see ``referral.catalog.changes``). What cannot be read as such
a text, written perhaps by an older program, stands as it is.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from referral.catalog.areas import AreaKind, CoverageStatus, ServiceArea
from referral.catalog.changes import SECRET, Change, ChangedField
from referral.catalog.model import CapacityUnit, Kind, Stance
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.web.czech import NBSP, age_span, counted, day, listing, number
from referral.web.presenters.labels import FORMS, KINDS, area_name, unit_count
from referral.web.translation import _

NOTHING: Final = _("neuvedeno")
_LONGEST: Final = 80
_STANCES: Final[Mapping[str, str]] = {
    Stance.ACCEPTS: _("přijímá"),
    Stance.CONDITIONS: _("přijímá za podmínky"),
    Stance.EXCLUDES: _("nepřijímá"),
}
_STATUSES: Final[Mapping[str, str]] = {
    CoverageStatus.DECLARED: _("teď ho uvádí poskytovatel"),
    CoverageStatus.PARSED: _("teď je vyčtené z poznámky"),
    CoverageStatus.ASSUMED: _("teď je to předpoklad"),
    CoverageStatus.UNKNOWN: _("teď není známé"),
}
_NUMBER: Final = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_SPAN: Final = re.compile(r"(\d{0,3})-(\d{0,3})")
_AMOUNT: Final = re.compile(
    r"(?P<most>\d+(?:\.\d+)?|None)(?:/(?P<free>\d+))?(?P<moment> okamžitá)?(?: \((?P<doubt>.*)\))?"
)
_REACH: Final = re.compile(
    r"(?P<named>.*) \[(?P<status>\w+) (?P<reach>všude|\d+\+\d+)\]", re.DOTALL
)
_Word = Callable[[str], str]


def changed_values(change: Change, catalog: Catalog) -> str:
    """Say what a field said and says: what came and went of a list, else both values."""
    before, after = change.before, change.after
    if SECRET in {before, after}:
        return f"{_plain(before, _quoted)} → {_plain(after, _quoted)}"
    if change.field is ChangedField.CAPACITY:
        return _capacities(change)
    if change.field is ChangedField.COVERAGE:
        return _coverages(before, after)
    word, listed = _word(change.field, catalog)
    if not listed:
        return f"{_plain(before, word)} → {_plain(after, word)}"
    same = _("poloha se upřesnila") if change.field is ChangedField.LOCATIONS else _("jiné znění")
    return _lists(_several(before, word), _several(after, word)) or same


def _word(field: ChangedField, catalog: Catalog) -> tuple[_Word, bool]:
    """Return how one value of a field is written, and whether a field lists several."""
    words = catalog.vocabulary
    known: Mapping[ChangedField, tuple[_Word, bool]] = {
        ChangedField.VALID_FROM: (_day, False),
        ChangedField.VALID_TO: (_day, False),
        ChangedField.KIND: (lambda code: KINDS[Kind(code)] if code in set(Kind) else code, False),
        ChangedField.TYPE: (
            lambda code: words.types[code].name if code in words.types else code,
            False,
        ),
        ChangedField.AGES: (_span, False),
        ChangedField.TARGET_GROUPS: (
            lambda code: words.groups[code].name if code in words.groups else code,
            True,
        ),
        ChangedField.NEEDS: (
            lambda code: words.needs[code].name if code in words.needs else code,
            True,
        ),
        ChangedField.FORMS: (lambda code: FORMS[Form(code)] if code in set(Form) else code, True),
        ChangedField.RULES: (lambda text: _rule(text, catalog), True),
        ChangedField.LOCATIONS: (_place, True),
        ChangedField.PLACES: (_short, True),
    }
    return known.get(field, (_quoted, False))


def _plain(text: str | None, word: _Word) -> str:
    if text is None:
        return NOTHING
    return _("utajeno") if text == SECRET else word(text)


def _several(text: str | None, word: _Word) -> tuple[str, ...] | None:
    if text is None:
        return None
    return tuple(dict.fromkeys(word(one.strip()) for one in text.split(";") if one.strip()))


def _lists(before: tuple[str, ...] | None, after: tuple[str, ...] | None) -> str:
    """Say what came and what went; all of it when one side is not known, nothing when none did."""
    if not before or not after:
        return f"{listing(before or ()) or NOTHING} → {listing(after or ()) or NOTHING}"
    came = [one for one in after if one not in before]
    went = [one for one in before if one not in after]
    told = [(_("přibylo"), came), (_("ubylo"), went)]
    return "; ".join(f"{verb}: {listing(names)}" for verb, names in told if names)


def _coverages(before: str | None, after: str | None) -> str:
    """Say how a coverage has changed: its areas, how sure they are, or what they mean now."""
    old, new = _REACH.fullmatch(before or ""), _REACH.fullmatch(after or "")
    named = _lists(
        _several(old["named"] if old else before, _area),
        _several(new["named"] if new else after, _area),
    )
    if old is None or new is None or named:
        return named or NOTHING
    if old["status"] != new["status"]:
        return _STATUSES.get(new["status"], NOTHING)
    return _("táž místa teď znamenají {after}, dřív {before}").format(
        after=_reach(new["reach"]), before=_reach(old["reach"])
    )


def _reach(text: str) -> str:
    if not text[0].isdigit():
        return _("celou zemi")
    certain, _plus, possible = text.partition("+")
    sure = counted(int(certain), "obec", "obce", "obcí")
    return f"{sure} ({_('možná i další')} {number(int(possible))})" if int(possible) else sure


def _capacities(change: Change) -> str:
    unit = CapacityUnit(change.detail.rpartition(":")[2])
    plain = _AMOUNT.fullmatch(change.before or "")
    if plain and (change.before or "").isdigit() and (change.after or "").isdigit():
        # "32 → 28 lůžek" rather than the unit twice.
        return f"{number(int(change.before or 0))} → {unit_count(unit, int(change.after or 0))}"
    return f"{_amounts(change.before, unit)} → {_amounts(change.after, unit)}"


def _amounts(text: str | None, unit: CapacityUnit) -> str:
    """Write one number or several of a unit, with what belongs to each of them."""
    if text is None:
        return NOTHING
    return listing([_amount(one, unit) for one in text.split("; ")])


def _amount(text: str, unit: CapacityUnit) -> str:
    read = _AMOUNT.fullmatch(text)
    if read is None:
        return _short(text)
    told = [] if read["most"] == "None" else [unit_count(unit, float(read["most"]))]
    if read["moment"]:
        told.append(_("v{nbsp}jednu chvíli").format(nbsp=NBSP))
    said = " ".join(told)
    if read["free"] is None:
        return said
    free = _("volno {count}").format(count=number(int(read["free"])))
    return f"{said}, {free}" if said else free


def _span(text: str) -> str:
    read = _SPAN.fullmatch(text)
    if read is None:
        return _short(text)
    low, high = (int(one) if one else None for one in read.groups())
    return age_span(low, high)


def _rule(text: str, catalog: Catalog) -> str:
    """Say a rule written as ``stance:barrier:wording``; its wording stands on the card."""
    stance, _colon, rest = text.partition(":")
    code = rest.partition(":")[0]
    barriers = catalog.vocabulary.barriers
    if stance not in _STANCES:
        return _short(text)
    return f"{_STANCES[stance]} ({barriers[code].name if code in barriers else code})"


def _place(text: str) -> str:
    """Name the municipality of a place written as ``role:code:name:point``."""
    _role, _colon, rest = text.partition(":")
    name = rest.partition(":")[2].rpartition(":")[0]
    return name or _("bod na mapě bez obce")


def _area(text: str) -> str:
    """Say an area written as ``kind:name`` or ``radius:name:km``."""
    kind, _colon, rest = text.partition(":")
    name, _colon, km = rest.partition(":")
    if kind not in set(AreaKind):
        return _short(text)
    return area_name(
        ServiceArea(kind=AreaKind(kind), name=name, km=float(km) if _NUMBER.fullmatch(km) else None)
    )


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _quoted(text: str) -> str:
    return f"„{_short(text)}“"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
