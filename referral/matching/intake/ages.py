"""How old the client is, where the text says so.

"58 let", "osmdesátiletá", "má 82", "ve věku 75", "je mu sedmdesát pět". What only looks like an age is
left out: "pije 20 let" and "před 5 lety" are spans of time, "má 82 korun" is money. A child's age is
the client's only where no adult is spoken of ("matka s dvouletým dítětem" says nothing about her),
and two different ages are nobody's: unknown is better than guessed. A year of birth is left out too,
since the age depends on today.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from referral.matching.intake.numerals import NUMBERS, number_at
from referral.matching.intake.words import Word
from referral.matching.request import MAX_AGE

_OF_AGE: Final = 18
_CHILD: Final = 15
_TEEN: Final = 13
_ADJECTIVE: Final = re.compile(
    r"(?P<number>\d{1,3}|[a-z]+?)(?:ti|mi|i)?"
    r"(?:let(?:y|a|e|eho|ou|emu|ym|ych|i|ej|yho|ymu)|rocni\w*)"
)
_YEARS: Final = frozenset({"let", "roku", "roky", "rok", "r", "leta"})
_AGE_WORDS: Final = frozenset({"vek", "veku", "vekem"})
_STATES: Final = frozenset({"ma", "mela", "mel", "mam", "mu", "ji", "mi", "jim", "je"})
_NEARLY: Final = frozenset(
    {"skoro", "asi", "pres", "temer", "cca", "kolem", "okolo", "nad", "cirka", "zhruba", "tak"}
)
_SPANS: Final = frozenset({"uz", "pred", "po", "za", "na", "od", "do", "jiz", "behem", "dalsich"})
_LATER: Final = frozenset({"bude", "budou"})
_NEAR: Final = 3
_NOT_PEOPLE: Final = (
    "trest", "cekan", "pobyt", "manzelstv", "vztah", "smlouv", "kurz", "stud", "zaruk", "lhut",
    "plan", "obor", "praxe", "praxi", "abstinen",
)  # fmt: skip
_ADULTS: Final = (
    "pan", "pani", "muz", "zen", "bab", "prab", "ded", "prad", "senior", "duchod", "mam", "matk", "mat", "tat",
    "otec", "otc", "tchy", "tcha", "manzel", "strej", "stryc", "stryd", "tet", "soused", "klient",
    "pacient", "chlap", "obcan", "clovek", "rodic", "samoziv", "star", "osob", "partner", "pritel",
    "uzivatel", "invalid", "vdov",
)  # fmt: skip
_MINORS: Final = (
    "dit", "det", "kluk", "kluc", "chlapec", "chlapc", "chlapeck", "holk", "holc", "syn", "dcer",
    "vnuk", "vnuc", "mimin", "zak", "skol", "dev", "mlad", "student", "nezletil",
)  # fmt: skip
_PARENTS: Final = (
    "matk", "mat", "mam", "otec", "otc", "tat", "rodic", "samoziv", "zena", "zenu", "manzel",
    "bab", "ded", "pestoun", "ucitel", "muz", "partner",
)  # fmt: skip


def age_of(words: Sequence[Word]) -> int | None:
    """Return the client's age in completed years, None where it is not told or not clear."""
    ages = {years for years in _ages(words) if years <= MAX_AGE}
    adults = {age for age in ages if age >= _OF_AGE}
    if adults:
        return adults.pop() if len(adults) == 1 else None
    if len(ages) != 1 or any(word.plain.startswith(_PARENTS) for word in words):
        return None
    return ages.pop()


def _ages(words: Sequence[Word]) -> Iterator[int]:
    """Yield every number of years that somebody in the text has."""
    folded = [word.plain for word in words]
    for place in range(len(folded)):
        years = _from_adjective(folded, place)
        if years is not None:
            yield years
            continue
        number = number_at(folded, place)
        if number is not None and _is_age(words, place, *number):
            yield number[0]


def _from_adjective(folded: Sequence[str], place: int) -> int | None:
    """Read "osmdesatileta", "80leta", "80 leta" and "80 ti leta"."""
    match = _ADJECTIVE.fullmatch(folded[place])
    if match is None:
        return None
    after = folded[place + 1] if place + 1 < len(folded) else ""
    if after.startswith(_NOT_PEOPLE):
        return None
    name = match["number"]
    return int(name) if name.isdecimal() else NUMBERS.get(name, NUMBERS.get(f"{name}i"))


def _is_age(words: Sequence[Word], place: int, years: int, length: int) -> bool:
    """Tell by its neighbours whether a number is somebody's age."""
    before = _Side(words, place, -1)
    after = _Side(words, place + length - 1, +1)
    if before.word in _NEARLY:
        before = before.next()
    counted = after.word in _YEARS
    rest = after.next() if counted else after
    if any(word.plain in _LATER for word in words[max(0, place - _NEAR) : place]):
        return False
    if before.word in _AGE_WORDS or (after.word.startswith("let") and not counted):
        return True
    if before.word in _SPANS and not (before.next().word in _STATES and years >= _CHILD):
        return False
    if before.word in _STATES:
        return (counted or rest.ends or rest.word == "a") and (counted or years >= _TEEN)
    person = before.word.startswith(_ADULTS if years >= _CHILD else _MINORS)
    if counted:
        return person or rest.word.startswith(("star", *_MINORS)) or (before.ends and rest.ends)
    alone = before.ends and rest.ends and len(words) > length
    return years >= _CHILD and (alone or (person and _may_follow(rest)))


@dataclass(frozen=True, slots=True)
class _Side:
    """The neighbour of a word in one direction; it ends where the clause does."""

    words: Sequence[Word]
    place: int
    step: int

    @property
    def ends(self) -> bool:
        """Whether there is no neighbour in the same clause."""
        beyond = self.place + self.step
        return not (
            0 <= beyond < len(self.words)
            and self.words[beyond].clause == self.words[self.place].clause
        )

    @property
    def word(self) -> str:
        """The neighbour, empty where there is none."""
        return "" if self.ends else self.words[self.place + self.step].plain

    def next(self) -> "_Side":
        """Move one word on."""
        return self if self.ends else _Side(self.words, self.place + self.step, self.step)


def _may_follow(rest: _Side) -> bool:
    """Tell whether what follows a bare number cannot be what it counts."""
    return rest.ends or rest.word.startswith(("bydl", "zij", "je", "ma", "s", "v", "po", "nem"))
