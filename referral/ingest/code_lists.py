"""What the codes of the register of services mean: published wordings turned into our own words.

A list says what a code is called. Only that wording decides what it means here, never its place in
the list; a wording we do not hold stays unknown.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from referral.catalog.model import AgeRange, CapacityUnit
from referral.catalog.remarks import read_ages
from referral.catalog.vocabulary import Form, Vocabulary
from referral.text import fold, stems

TYPES: Final = "DruhSocialniSluzby"
GROUPS: Final = "CilovaSkupinaOsoby"
AGES: Final = "VekovaSkupinaOsoby"
FORMS: Final = "FormaSocialniSluzby"
UNITS: Final = "TypKapacitySocialniSluzby"
DAYS: Final = "DenVTydnu"
REGIONS: Final = "Kraj"

REGISTER_LISTS: Final[Mapping[str, str]] = {
    TYPES: "číselník druhů služeb",
    GROUPS: "číselník cílových skupin",
    AGES: "číselník věkových skupin",
    FORMS: "číselník forem služeb",
    UNITS: "číselník typů kapacit",
    DAYS: "číselník dnů v týdnu",
}
"""The lists that translate the register, by the kind in the ids of their items."""

_FORMS: Final = {"ambulantni": Form.AMBULATORY, "pobytova": Form.RESIDENTIAL, "terenni": Form.FIELD}
_UNITS: Final = {
    "luz": CapacityUnit.BEDS,
    "klient": CapacityUnit.CLIENTS,
    "kontakt": CapacityUnit.CONTACTS,
    "interven": CapacityUnit.INTERVENTIONS,
    "hovor": CapacityUnit.CALLS,
}
_DAYS: Final = {
    "pondeli": "Po",
    "utery": "Út",
    "streda": "St",
    "ctvrtek": "Čt",
    "patek": "Pá",
    "sobota": "So",
    "nedele": "Ne",
}
_PARAGRAPH: Final = re.compile(r"§\s*(\d+)\s?([a-z]?)\b")
_OLDEST: Final = 1_000
"""Years that no one reaches; stands for an open end."""

_ANY_AGE: Final = frozenset({"bez omezeni", "bez omezeni veku", "bez vekoveho omezeni"})


def our_code(code_list: str, wording: str, vocabulary: Vocabulary) -> str | None:
    """Return our code for a wording of a published list, None when we do not hold it."""
    reads: Mapping[str, Callable[[str, Vocabulary], str | None]] = {
        TYPES: _type,
        GROUPS: _group,
        FORMS: lambda text, _: _FORMS.get(fold(text).removesuffix(" forma")),
        UNITS: lambda text, _: _unit(text),
        DAYS: lambda text, _: _DAYS.get(fold(text)),
    }
    return reads[code_list](wording, vocabulary)


def ages_of(wording: str) -> AgeRange | None:
    """Return the ages that the wording of an age group states itself, None when it does not.

    "Bez omezení věku" is a range open at both ends.
    """
    if fold(wording) in _ANY_AGE:
        return AgeRange()
    told = read_ages(wording)
    return None if told is None or told.note else told.ages


def joined_ages(groups: list[AgeRange]) -> AgeRange | None:
    """Return the ages of several groups as one range, None when they leave a gap between them."""
    ordered = sorted(groups, key=lambda one: one.min or 0)
    high = ordered[0].min or 0 if ordered else 0
    for one in ordered:
        if (one.min or 0) > high + 1:
            return None
        high = max(high, _OLDEST if one.max is None else one.max)
    if not ordered:
        return None
    return AgeRange(min=ordered[0].min, max=None if high == _OLDEST else high)


def _type(wording: str, vocabulary: Vocabulary) -> str | None:
    paragraph = _PARAGRAPH.search(wording)
    if paragraph is not None and (code := paragraph[1] + paragraph[2]) in vocabulary.types:
        return code
    named = {_in_any_number(one.name): one.code for one in vocabulary.types.values()}
    return named.get(_in_any_number(wording))


def _in_any_number(name: str) -> tuple[str, ...]:
    """Return the stems of a name, the same for "domov pro seniory" and "domovy pro seniory"."""
    return tuple("dom" if one == "dum" else one for one in stems(name))


def _group(wording: str, vocabulary: Vocabulary) -> str | None:
    plain = fold(wording)
    return next((one.code for one in vocabulary.groups.values() if fold(one.name) == plain), None)


def _unit(wording: str) -> str | None:
    words = fold(wording).split()
    found = {
        unit for start, unit in _UNITS.items() if any(word.startswith(start) for word in words)
    }
    return found.pop() if len(found) == 1 else None
