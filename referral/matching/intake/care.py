"""The degree of příspěvek na péči, where it is told: "III. stupeň", "má dvojku příspěvku"."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from referral.matching.intake.words import Word

_DEGREES: Final = MappingProxyType(
    {
        **dict.fromkeys(("1", "i", "prvni", "prvniho", "prvnim", "jedna"), 1),
        **dict.fromkeys(("2", "ii", "druhy", "druheho", "druhem", "dva", "druhej"), 2),
        **dict.fromkeys(("3", "iii", "treti", "tretiho", "tretim", "tri"), 3),
        **dict.fromkeys(("4", "iv", "ctvrty", "ctvrteho", "ctvrtem", "ctyri", "ctvrtej"), 4),
    }
)
_NICKNAMES: Final = MappingProxyType(
    {
        **dict.fromkeys(("jednicku", "jednicka", "jednicce", "jednicky"), 1),
        **dict.fromkeys(("dvojku", "dvojka", "dvojce", "dvojky"), 2),
        **dict.fromkeys(("trojku", "trojka", "trojce", "trojky"), 3),
        **dict.fromkeys(("ctyrku", "ctyrka", "ctyrce", "ctyrky"), 4),
    }
)
_DEGREE_WORDS: Final = frozenset({"stupen", "stupne", "stupni", "stupnem", "st", "pnp"})
_ABOUT_CARE: Final = ("prispev", "pec", "pnp", "zavisl", "stup", "zvys", "zhors", "posud")
_OTHER_DEGREES: Final = (
    "inval", "popal", "skol", "celsi", "teplot", "minus", "mraz", "zim", "znam", "chovan",
    "vysvedc", "trid", "retard", "vyssi", "horsi", "zakladk", "zak",
    "ucebnic", "rocnik",
)  # fmt: skip
_NEAR: Final = 4
_ALLOWANCE: Final = ("prispevek", "prispevku", "prispevky")
_LACKED: Final = ("nema", "nemaji", "jeste nema", "zatim nema", "nepobira", "nedostal")


def care_level_of(words: Sequence[Word]) -> int | None:
    """Return the granted degree 1-4, 0 where none is granted, None where the text is silent."""
    folded = [word.plain for word in words]
    about_care = any(word.startswith(_ABOUT_CARE) for word in folded)
    for place, word in enumerate(folded):
        near = folded[max(0, place - _NEAR) : place + _NEAR + 1]
        if any(other.startswith(_OTHER_DEGREES) for other in near):
            continue
        if word in _NICKNAMES and about_care:
            return _NICKNAMES[word]
        if word in _DEGREE_WORDS:
            degree = _beside(folded, place)
            if degree is not None:
                return degree
    return 0 if _none_granted(folded) else None


def _beside(folded: Sequence[str], place: int) -> int | None:
    """Return the degree named just before or just after a word ("stupeň závislosti 3")."""
    before = list(reversed(folded[max(0, place - 1) : place]))
    after = [word for word in folded[place + 1 : place + 3] if not word.startswith("zavisl")]
    return next((_DEGREES[word] for word in (*before, *after[:1]) if word in _DEGREES), None)


def _none_granted(folded: Sequence[str]) -> bool:
    """Tell "nemá (přiznaný) příspěvek na péči", "příspěvek na péči nemá" and "bez příspěvku…"."""
    text = " ".join(folded)
    if any(f"{name} na peci {end}" in text for name in _ALLOWANCE for end in _LACKED):
        return True
    for place, word in enumerate(folded):
        if word in {"nema", "nemaji", "nemame", "bez", "nepobira"}:
            rest = folded[place + 1 : place + 1 + _NEAR]
            for step, other in enumerate(rest):
                if other.startswith("prispev") and rest[step + 1 : step + 3] == ["na", "peci"]:
                    return True
    return False
