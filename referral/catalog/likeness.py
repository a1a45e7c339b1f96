"""How much the names of two providers, or of two facilities, resemble each other.

Words are compared by their stems, in any order. Legal forms are left out, and words that name what
every such service is ("domov pro seniory") weigh less than those that name which one it is.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from referral import text

_CORE_SHARE: Final = 0.6
"""How much of the likeness rests on the words that tell one from another."""

_OTHER_NUMBER: Final = 0.5
"""The most alike two names can be that bear different numbers: "Domov 1" is not "Domov 2"."""

_ROMAN: Final = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix"))

_LEGAL_FORMS: Final = re.compile(
    r"\b(?:spol s r ?o|s r ?o|sro|o p s|ops|z s s|z s|z u|v o s|p o|a s|o s"
    r"|prispevkova organizace|obecne prospesna spolecnost|spolecnost s rucenim omezenym"
    r"|akciova spolecnost|zapsany spolek|zapsany ustav|obcanske sdruzeni|pobocny spolek)\b"
    r"|\b(?:zs|zu|po|as|spolek)$"
)

_GENERIC: Final = frozenset(
    word
    for phrase in (
        "domov důchodců seniorů senioři pro osoby se zdravotním postižením zvláštním režimem",
        "pečovatelská služba služby sociální sociálně osobní asistence asistenční odlehčovací",
        "denní týdenní stacionář centrum centra denních služeb chráněné bydlení podpora",
        "samostatného samostatné azylový dům domy na půl cesty noclehárna nízkoprahové zařízení",
        "děti mládež rodiny s dětmi terénní program programy odborné poradenství poradna občanská",
        "aktivizační rehabilitace terapeutická terapeutické dílna dílny komunita kontaktní",
        "následné raná péče krizová pomoc tísňová intervence tlumočnické ústav v ve a pro s se na",
    )
    for word in text.stems(phrase)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name ready to be compared: the stems of its words, and those that tell it from others."""

    words: tuple[str, ...]
    core: tuple[str, ...]
    numbers: frozenset[str]

    @property
    def telling(self) -> bool:
        """Whether it says more than what kind of thing it names."""
        return bool(self.core)


@lru_cache(maxsize=65_536)
def name_of(written: str, *, apart: frozenset[str] = frozenset()) -> Name:
    """Return a name ready to be compared; ``apart`` are stems that tell nothing, as of its town."""
    words = text.stems(_LEGAL_FORMS.sub(" ", text.fold(written)))
    return Name(
        words=words,
        core=tuple(word for word in words if word not in _GENERIC and word not in apart),
        numbers=_numbers(words),
    )


@lru_cache(maxsize=262_144)
def likeness(a: Name, b: Name) -> float:
    """Return how alike two names are, 0 (nothing) to 1 (the same words); it is symmetric.

    With no telling word in one of them the whole names are compared.
    """
    whole = _alike(a.words, b.words)
    alike = whole
    if a.core and b.core:
        alike = _CORE_SHARE * _alike(a.core, b.core) + (1 - _CORE_SHARE) * whole
    return alike if a.numbers == b.numbers else min(alike, _OTHER_NUMBER)


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Compare words in their order and sorted: a misspelt first letter moves a sorted word."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    as_written = _edited(" ".join(a), " ".join(b))
    return max(as_written, _edited(" ".join(sorted(a)), " ".join(sorted(b))))


def _edited(a: str, b: str) -> float:
    """Return the likeness of two texts that are folded already."""
    return 1 - text.edits(a, b) / max(len(a), len(b))


def _numbers(words: tuple[str, ...]) -> frozenset[str]:
    """Return the numbers in a name; a lone I, V or X is one only at its end."""
    digits = {number for word in words for number in re.findall(r"\d+", word)}
    roman = {word for word in words if word in _ROMAN}
    return frozenset(digits | roman | ({"i", "v", "x"} & set(words[-1:])))
