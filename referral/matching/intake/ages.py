"""How old the client is, where the text says so.

"58 let", "osmdesátiletá", "má 82", "ve věku 75", "je mu sedmdesát pět". What only looks like an age
is left out: "pije 20 let" and "před 5 lety" are spans of time, "má 82 korun" is money, "bude jí 18"
is to come. A child's age is the client's only where no adult is spoken of ("matka s dvouletým
dítětem" says nothing about her), and two different ages are nobody's: unknown is better than
guessed. A year of birth is left out too, since the age depends on today.
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
    r"(?:(?P<digits>\d{1,3})(?:ti|mi|i)?|(?P<word>[a-z]+))"
    r"(?:let(?:y|a|e|eho|ou|emu|ym|ych|i|ej|yho|ymu)|rocni\w*)"
)
_TIES: Final = frozenset({"ti", "mi", "i"})
"""What stands between a number and its adjective in "80-ti letá"."""

_YEARS: Final = frozenset({"let", "roku", "roky", "rok", "r", "leta", "letech"})
_AGE_WORDS: Final = frozenset({"vek", "veku", "vekem", "svych", "svejch"})
_CELEBRATED: Final = ("oslavil", "slavil", "dozil")
_HAS: Final = frozenset({"ma", "mela", "mel", "mam", "mu", "ji", "mi", "jim"})
_IS: Final = frozenset({"je", "bylo"})
_NEARLY: Final = frozenset(
    {"skoro", "asi", "pres", "temer", "cca", "kolem", "okolo", "nad", "cirka", "zhruba", "tak"}
)
_SPANS: Final = frozenset({"uz", "pred", "po", "za", "na", "od", "do", "jiz", "behem", "dalsich"})
_AM: Final = frozenset({"jsem", "sem"})
_IS_TO_ME: Final = frozenset({("je", "mi"), ("mi", "je"), ("je", "mne")})
_OWN_FROM: Final = 6
"""Nobody younger writes."""

_LATER: Final = frozenset({"bude", "budou"})
_NEAR: Final = 3
_LEAST_BARE: Final = 6
"""A smaller bare number beside a person counts something else ("pani 2 deti")."""

_COUNTED: Final = re.compile(
    r"d[en]n?[iuy]?|tyd\w+|mesic\w*|hodin\w*|minut\w*|korun\w*|tisic\w*|milion\w*|kil[ao]?|kilometr\w*"
    r"|metr\w*|procent\w*|det\w+|dit\w+|lid\w*|osob\w*|kus\w*|krat|krav\w*|slepic\w*|ovc\w*|koz\w*"
    r"|tablet\w*|piv\w*|panak\w*|cigaret\w*|litr\w*|sekund\w*|stup\w+|euro|stov\w+|rano|vecer|az|ze"
    r"|do|pokoj\w*|byt[yu]?|domy|par[yu]?|schod\w*|vec[ei]\w*|hektar\w*|vnou\w+|sourozen\w*"
)
"""Words that may follow a number they belong to."""

_GOES_ON: Final = frozenset("aeioyl")
"""Last letters of verbs in the third person and of participles: "rika", "hleda", "spadl"."""

_CONNECTS: Final = frozenset({"se", "si", "uz", "sam", "bez", "na", "pred", "ktery", "co", "jen"})
_NOT_PEOPLE: Final = (
    "trest", "cekan", "pobyt", "manzelstv", "vztah", "smlouv", "kurz", "stud", "zaruk", "lhut",
    "plan", "obor", "prax", "abstin", "spolu", "bez",
)  # fmt: skip
_ADULT: Final = re.compile(
    r"(?:pan[aiue]?|panem|muz\w{0,3}|zen[aeuy]|zensk\w*|(?:pra)?bab\w*|(?:pra)?ded\w*|senior\w*|duchod\w*"
    r"|mam\w+|mat[ick]\w*|tat\w+|ot[ec]\w+|tch\w+|manzel\w*|str[ey]\w+|tet\w*|soused\w*|klient\w*"
    r"|pacient\w*|chlap\w{0,3}|obcan\w*|clovek\w*|star\w+|osob\w+|partner\w*|pritel\w*|uzivatel\w*"
    r"|invalid\w*|vdov\w*|obyvatel\w*|matka)"
)
_MINOR: Final = re.compile(
    r"(?:dit\w+|det[ie]\w*|klu[kc]\w*|chlapec\w*|chlapc\w*|chlapeck\w*|hol[kc]\w+|syn\w*|dcer\w*"
    r"|vnu[kc]\w*|mimin\w*|zak\w{0,3}|skola\w+|div\w+|devc\w+|mlad\w+|student\w*|nezletil\w*)"
)
_PARENT: Final = re.compile(
    r"(?:mat[ick]\w*|mam\w+|ot[ec]\w+|tat\w+|rodic\w*|samoziv\w*|zen[aeuy]|manzel\w*|bab\w+|ded\w+"
    r"|pestoun\w*|ucitel\w*|muz\w{0,3}|partner\w*)"
)


def age_of(words: Sequence[Word]) -> int | None:
    """Return the client's age in completed years, None where it is not told or not clear."""
    ages = {years for years in _ages(words) if years <= MAX_AGE}
    own = _own_age(words)
    if own is not None and ages <= {own}:
        return own
    adults = {age for age in ages if age >= _OF_AGE}
    if adults:
        return adults.pop() if len(adults) == 1 else None
    if len(ages) != 1 or any(_PARENT.fullmatch(word.plain) for word in words):
        return None
    return ages.pop()


def _own_age(words: Sequence[Word]) -> int | None:
    """Return the age the speaker tells of himself: "je mi dvanáct", "jsem 16 a bojím se"."""
    folded = [word.plain for word in words]
    for place in range(1, len(folded)):
        number = number_at(folded, place)
        if number is None or not _OWN_FROM <= number[0] <= MAX_AGE:
            continue
        rest = _Side(words, place + number[1] - 1, +1)
        if rest.ends and folded[place - 1] in _AM:
            return number[0]
        told = tuple(folded[max(0, place - 2) : place]) in _IS_TO_ME
        if told and (rest.ends or rest.word in _YEARS):
            return number[0]
    return None


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
    """Read "osmdesatileta" and "80leta"."""
    match = _ADJECTIVE.fullmatch(folded[place])
    if match is None or _after(folded, place).startswith(_NOT_PEOPLE):
        return None
    return int(match["digits"]) if match["digits"] else NUMBERS.get(match["word"])


def _after(folded: Sequence[str], place: int) -> str:
    return folded[place + 1] if place + 1 < len(folded) else ""


def _is_age(words: Sequence[Word], place: int, years: int, length: int) -> bool:
    """Tell by its neighbours whether a number is somebody's age."""
    before = _Side(words, place, -1)
    after = _Side(words, place + length - 1, +1)
    if before.word in _NEARLY:
        before = before.next()
    if after.word in _TIES:
        after = after.next()
    counted = after.word in _YEARS
    rest = after.next() if counted else after
    if rest.word.startswith(_NOT_PEOPLE) or _to_come(words, place):
        return False
    if before.word in _SPANS:
        return False
    if before.word in _AGE_WORDS or (not counted and _ADJECTIVE.fullmatch(f"1{after.word}")):
        return True
    if before.word in _HAS | _IS:
        return _has(before, rest, years=years, counted=counted)
    if before.word.startswith(_CELEBRATED) and (rest.ends or counted):
        return True
    return _stands_by(before, rest, years=years, counted=counted) and len(words) > length


def _has(before: "_Side", rest: "_Side", *, years: int, counted: bool) -> bool:
    """Tell "ma 82", "je mu 82" and "babicce je 82" from "ma 82 korun" and "je 20 let vdovec"."""
    closed = rest.ends or rest.word == "a"
    if before.word in _HAS:
        return counted or (years >= _TEEN and closed)
    told = before.next().word
    if told in _HAS:
        return counted or closed
    return rest.ends and _ADULT.fullmatch(told) is not None


def _stands_by(before: "_Side", rest: "_Side", *, years: int, counted: bool) -> bool:
    """Tell "pan, 84, bydli sam" and "zena 58 let" from any other number."""
    person = (_is_person if years >= _CHILD else _is_minor)(before.word)
    alone = before.ends and rest.ends
    if alone and years < _CHILD:
        return before.place > 0 and _is_minor(before.words[before.place - 1].plain)
    if counted:
        return person or alone or _is_person(rest.word)
    return (years >= _CHILD and alone) or (years >= _LEAST_BARE and person and _may_follow(rest))


def _to_come(words: Sequence[Word], place: int) -> bool:
    return any(word.plain in _LATER for word in words[max(0, place - _NEAR) : place])


def _is_minor(word: str) -> bool:
    return _MINOR.fullmatch(word) is not None


def _is_person(word: str) -> bool:
    return _ADULT.fullmatch(word) is not None or _is_minor(word)


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
    word = rest.word
    if rest.ends or word in _CONNECTS or word.startswith(("bydl", "zij", "nem")):
        return True
    if _COUNTED.fullmatch(word):
        return False
    return word.startswith(("je", "ma", "s", "v", "po")) or word[-1] in _GOES_ON
