"""The place a person means: found, or asked back with what it could be."""

import re
from collections.abc import Mapping, Sequence

from referral.catalog.places import (
    AmbiguousPlace,
    FoundPlace,
    PlaceIndex,
    Reason,
    Suggestion,
    find_place,
)
from referral.catalog.territory import Municipality
from referral.web.translation import _

# What a suggestion fills in: "Březová (ORP Sokolov)".
_LABEL = re.compile(r"^(?P<name>[^(]+?)\s*\((?:ORP\s+)?(?P<orp>[^()]+)\)\s*$")

_UNKNOWN: Mapping[Reason, str] = {
    Reason.EMPTY: _("Napište obec, kde člověk žije."),
    Reason.CODE: _("Obec s tímto kódem v katalogu není. Napište její název."),
    Reason.POSTCODE: _("Podle PSČ obec nenajdeme. Napište její název."),
    Reason.ORP: _("Obec s rozšířenou působností tohoto jména neznáme."),
    Reason.ELSEWHERE: _("V této obci s rozšířenou působností obec toho jména není."),
}
_UNKNOWN_NAME = _(
    "Takovou obec v katalogu nemáme. Zkontrolujte název; je-li to část obce, napište celou obec."
)


class AmbiguousPlaceError(LookupError):
    """A name that several places share."""

    def __init__(self, candidates: Sequence[Municipality]) -> None:
        """Keep the places to choose from."""
        super().__init__(_("Takových míst je víc. Vyberte, které myslíte."))
        self.candidates = tuple(candidates)


class UnknownPlaceError(LookupError):
    """A name that no place bears; ``nearest`` are those of the nearest names."""

    def __init__(self, reason: Reason, nearest: Sequence[Municipality]) -> None:
        """Say what is wrong and keep what it could have been."""
        super().__init__(_UNKNOWN.get(reason, _UNKNOWN_NAME))
        self.nearest = tuple(nearest)


def the_place(text: str, index: PlaceIndex, *, orp: str = "") -> Municipality:
    """Return the municipality that a name, a code or a chosen suggestion stands for.

    Raises:
        AmbiguousPlaceError: there are several, the likeliest first.
        UnknownPlaceError: there is none.
    """
    name = text.strip()
    if not orp and (labelled := _LABEL.match(name)):
        name, orp = labelled["name"], labelled["orp"]
    answer = find_place(name, index, orp=orp.strip() or None)
    if isinstance(answer, FoundPlace):
        return answer.municipality
    if isinstance(answer, AmbiguousPlace):
        raise AmbiguousPlaceError(answer.candidates)
    raise UnknownPlaceError(answer.reason, answer.nearest)


def suggestion_label(suggestion: Suggestion) -> str:
    """Write a suggestion as the field is filled with it; ``the_place`` reads it back."""
    return f"{suggestion.name} (ORP {suggestion.orp})"
