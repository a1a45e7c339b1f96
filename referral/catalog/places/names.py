"""Names arranged so that each way of finding one is a single look-up.

Built once per list of names: the 21,000 municipalities and parts of the country have 11,090 names.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, Self

from referral.catalog.places.declension import BaseForm, base_forms
from referral.text import Spellings, fold

_ENDINGS: Final = re.compile(
    r"(?<=\w\w\w)(?:"
    r"ami|emi|imi|ymi|ovi|ach|ech|ich|ych|eho|emu|iho|imu|am|em|im|um|ym|ou|[aeiouy])\b"
)
_FLEETING_E: Final = re.compile(r"(?<=\w\w)e(?=[cklnrt]\b)")
_DOUBLED: Final = re.compile(r"(\w)\1+")
_SOUNDS: Final = str.maketrans({"y": "i", "w": "v", " ": None, "x": "ks", "q": "k"})
_AFTER_ANY_LETTER: Final = "\U0010ffff"


class Reading(NamedTuple):
    """A word that names hold, which a typed word stands for; ``form`` None when it is that word."""

    word: str
    form: BaseForm | None


@dataclass(frozen=True)
class NameIndex:
    """Distinct names; a name is known by its position in ``names``.

    ``folded`` are the names without diacritics, in alphabetical order; ``handicaps`` say how much
    less likely a name is meant than another, in wrong letters. What only misspelt names need is
    worked out when the first of them comes.
    """

    names: tuple[str, ...]
    folded: tuple[str, ...]
    handicaps: tuple[float, ...]
    by_word: Mapping[str, Sequence[int]]
    _beginnings: dict[int, Spellings] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, handicaps: Mapping[str, float]) -> Self:
        """Index names, given with their handicaps."""
        ordered = sorted((fold(name), name) for name in handicaps)
        words: defaultdict[str, list[int]] = defaultdict(list)
        for position, (plain, _) in enumerate(ordered):
            for word in plain.split():
                words[word].append(position)
        return cls(
            names=tuple(name for _, name in ordered),
            folded=tuple(plain for plain, _ in ordered),
            handicaps=tuple(handicaps[name] for _, name in ordered),
            by_word=words,
        )

    @cached_property
    def by_sound(self) -> Mapping[str, Sequence[int]]:
        """Positions of the names that sound the same or differ in spaces only."""
        return _grouped(map(sound, self.folded))

    @cached_property
    def by_root(self) -> Mapping[str, Sequence[int]]:
        """Positions of the names by what stays of them in all cases, roughly."""
        return _grouped(map(root, self.folded))

    @cached_property
    def spellings(self) -> Spellings:
        """The folded names, to be compared with a misspelt one."""
        return Spellings.of(self.folded)

    @cached_property
    def roots(self) -> Spellings:
        """The roots, to be compared with that of a misspelt and inflected name."""
        return Spellings.of(self.by_root)

    def beginnings(self, length: int) -> Spellings:
        """Return the distinct first letters of names, so many of them; kept for the next time."""
        if length not in self._beginnings:
            self._beginnings[length] = Spellings.of(name[:length] for name in self.folded)
        return self._beginnings[length]

    def called(self, name: str) -> range:
        """Return the positions of the names with this folded spelling."""
        start = bisect_left(self.folded, name)
        return range(start, bisect_right(self.folded, name, lo=start))

    def beginning_with(self, prefix: str) -> range:
        """Return the positions of the names that begin with a folded text."""
        start = bisect_left(self.folded, prefix)
        return range(start, bisect_left(self.folded, prefix + _AFTER_ANY_LETTER, lo=start))

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Return the words of names that a folded word is, or is a case of."""
        found = [Reading(word, None)] if word in self.by_word else []
        found += [
            Reading(form.nominative, form)
            for form in base_forms(word)
            if form.nominative in self.by_word
        ]
        return tuple(found)


def root(name: str) -> str:
    """Return what stays of a folded name in all cases, roughly: "vejprt" of "vejprtech"."""
    return _FLEETING_E.sub("", _ENDINGS.sub("", name))


def sound(name: str) -> str:
    """Return how a folded name sounds: i and y, v and w, doubled letters and spaces are one."""
    return _DOUBLED.sub(r"\1", name.translate(_SOUNDS))


def _grouped(keys: Iterable[str]) -> Mapping[str, Sequence[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        found[key].append(position)
    return found
