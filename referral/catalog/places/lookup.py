"""The ways from typed words to names, tried from the surest to the least sure."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, product
from typing import Final, NamedTuple

from referral.catalog.places.answers import How
from referral.catalog.places.declension import ANY_CASE, PREPOSITIONS, Case
from referral.catalog.places.hits import Hit, Step
from referral.catalog.places.names import NameIndex, Reading, root, sound
from referral.catalog.places.wording import Word, Wording, words_of
from referral.text import Misspelling, Spellings, edits

_MOST_COMBINATIONS: Final = 200
_SHORTEST_PREFIX: Final = 2
_SHORTEST_DOUBTFUL_PREFIX: Final = 4
_LONGEST_ABBREVIATION: Final = 2
_ENDING_DOUBT: Final = 0.5
_BEGINNING_DOUBT: Final = 0.75
_LAST_LETTER: Final = -0.3
_LIKELY_SLIP: Final = -0.3
_ACCENT: Final = 0.1

# How many wrong letters a text of at least this length may have and still be a misspelt name.
_EDITS_OF_NAME: Final = ((10, 3), (6, 2), (3, 1))
_EDITS_OF_ROOT: Final = ((10, 3), (7, 2), (5, 1))
_EDITS_OF_BEGINNING: Final = ((8, 2), (4, 1))


class _Aligned(NamedTuple):
    """A name that holds the typed words next to each other, with so many words around them."""

    position: int
    before: int
    after: int


class Lookup:
    """One typed name and the ways to find it; what several ways need is worked out once.

    With ``strict`` the typed diacritics must be those of the name, where it is read with no guess.
    """

    def __init__(self, wording: Wording, names: NameIndex, *, strict: bool = False) -> None:
        self._wording = wording
        self._names = names
        self._strict = strict

    def steps(self, among: Container[How] = frozenset(How)) -> Iterator[Step]:
        """Yield what each way finds, surest first, worked out only when asked for; never empty."""
        if self._wording.cases is not None and How.INFLECTED in among:
            yield from self._step(How.INFLECTED, self.in_asked_case)
        for how, find in (
            (How.EXACT, self.exact),
            (How.INFLECTED, self.inflected),
            (How.ABBREVIATED, self.abbreviated),
            (How.FIRST_WORDS, self.by_first_words),
            (How.SPELLING, self.by_sound),
            (How.PREFIX, self.by_prefix),
            (How.LATER_WORDS, self.by_later_words),
            (How.TYPO, self.misspelt),
        ):
            if how in among:
                yield from self._step(how, find)

    def with_misspelt(self, unfinished: Step) -> Step:
        """Add names one wrong letter away to those that begin with what was typed.

        "Kruka" may become Krukanice or be a misspelt Krupka; below four letters almost any name
        would be one letter away.
        """
        if len(self._wording.folded) < _SHORTEST_DOUBTFUL_PREFIX:
            return unfinished
        begun = {hit.position: hit._replace(cost=1.0) for hit in unfinished.hits}
        misspelt = {hit.position: hit for hit in self.misspelt() if hit.cost <= 1}
        if misspelt.keys() <= begun.keys():
            return unfinished
        return next(self._step(How.TYPO, (misspelt | begun).values))

    def misspelt_step(self) -> Iterator[Step]:
        """Yield, at most once, the misspelt names and the misspelt beginnings of names together."""
        yield from self._step(
            How.TYPO, lambda: [*self.by_sound(), *self.misspelt(), *self.misspelt_beginning()]
        )

    def _step(self, how: How, find: Callable[[], Iterable[Hit]]) -> Iterator[Step]:
        names = self._names

        def order(hit: Hit) -> tuple[float, str]:
            likelihood = hit.cost + hit.doubt + names.handicaps[hit.position]
            return (likelihood, names.names[hit.position])

        hits = tuple(sorted(find(), key=order))
        if hits:
            yield Step(how, hits)

    def exact(self) -> list[Hit]:
        """Return the name itself; typed diacritics decide among names that differ only in them.

        A text without any diacritics stands for all such names, since it may come from a phone.
        """
        names, typed = self._names.names, self._wording.typed
        found = self._names.called(self._wording.folded)
        return [
            Hit(position)
            for position in self._believable({one: _spelled(names[one]) == typed for one in found})
        ]

    def in_asked_case(self) -> list[Hit]:
        """Return the names of which the words are the case that their preposition asks for."""
        return self._inflected(self._wording.cases or ANY_CASE)

    def inflected(self) -> list[Hit]:
        """Return the names of which the words are any case."""
        return self._inflected(ANY_CASE)

    def abbreviated(self) -> list[Hit]:
        """Return the names that the words abbreviate: "K. Vary", "Ústí n. L."."""
        if not any(_may_abbreviate(word) for word in self._wording.words):
            return []
        return [Hit(name.position) for name in self._aligned if not name.before and not name.after]

    def by_first_words(self) -> list[Hit]:
        """Return the names that begin with the words: "Klášterec", "v Klášterci" (nad Ohří)."""
        return [Hit(name.position) for name in self._held if not name.before and name.after]

    def by_later_words(self) -> list[Hit]:
        """Return the names that end with the words: "Vary", "ve Varech" (Karlovy Vary).

        Words after a preposition name something else: Blšany u Loun are not Louny.
        """
        return [
            Hit(position)
            for position, before, after in self._held
            if before
            and not after
            and PREPOSITIONS.keys().isdisjoint(self._names.folded[position].split()[:before])
        ]

    def by_sound(self) -> list[Hit]:
        """Return the names that sound the same or differ in spaces only."""
        same = self._names.by_sound.get(sound(self._wording.folded), ())
        return [Hit(position, doubt=self._accents_apart(position)) for position in same]

    def by_prefix(self) -> list[Hit]:
        """Return the names that begin with what was typed, if that is two letters at least."""
        typed = self._wording.folded
        if len(typed) < _SHORTEST_PREFIX:
            return []
        folded = self._names.folded
        return [
            Hit(position, doubt=_LAST_LETTER if len(folded[position]) == len(typed) + 1 else 0.0)
            for position in self._names.beginning_with(typed)
        ]

    def misspelt(self) -> list[Hit]:
        """Return the names a few wrong letters away.

        The whole name is compared as it stands, and its root with the roots of names, so that an
        inflected name may be misspelt too. Half an edit more is counted for a root, as its ending
        was not read.
        """
        typed, names = self._wording.folded, self._names
        costs: dict[int, float] = {}
        for name, wrong in _near(typed, names.spellings, _EDITS_OF_NAME):
            costs.update(dict.fromkeys(names.called(name), float(wrong)))
        for bare, wrong in _near(root(typed), names.roots, _EDITS_OF_ROOT):
            for position in names.by_root[bare]:
                cost = wrong + _ENDING_DOUBT
                costs[position] = min(cost, costs.get(position, cost))
        return [
            Hit(
                position, cost, self._accents_apart(position) + _slip(typed, names.folded[position])
            )
            for position, cost in costs.items()
        ]

    def misspelt_beginning(self) -> list[Hit]:
        """Return the names that begin almost like what was typed: "vejpt" while still typing."""
        typed, names = self._wording.folded, self._names
        if len(typed) < _SHORTEST_DOUBTFUL_PREFIX:
            return []
        return [
            Hit(position, wrong + _BEGINNING_DOUBT)
            for beginning, wrong in _near(typed, names.beginnings(len(typed)), _EDITS_OF_BEGINNING)
            for position in names.beginning_with(beginning)
        ]

    @cached_property
    def _readings(self) -> tuple[tuple[Reading, ...], ...]:
        return tuple(self._names.readings(word.folded) for word in self._wording.words)

    def _inflected(self, cases: Case) -> list[Hit]:
        options = [
            [one for one in readings if one.form is None or one.form.cases & cases]
            for readings in self._readings
        ]
        agreeing: dict[int, bool] = {}
        for readings in islice(product(*options), _MOST_COMBINATIONS):
            if all(reading.form is None for reading in readings):
                continue
            for position in self._names.called(" ".join(reading.word for reading in readings)):
                inflected = _inflect(self._names.names[position], readings)
                if inflected is not None:
                    agrees = inflected == self._wording.typed
                    agreeing[position] = agrees or agreeing.get(position, False)
        return [Hit(position) for position in self._believable(agreeing)]

    def _believable(self, agreeing: Mapping[int, bool]) -> Iterable[int]:
        """Return the names that, inflected, have the very diacritics that were typed, if any do.

        Without any diacritics typed, a name that differs from such a name in them alone stays.
        """
        folded = self._names.folded
        same = {folded[position] for position, agrees in agreeing.items() if agrees}
        if not (same or self._strict):
            return agreeing
        if self._wording.accented or self._strict:
            return [position for position, agrees in agreeing.items() if agrees]
        return [position for position in agreeing if folded[position] in same]

    def _accents_apart(self, position: int) -> float:
        """Return a doubt for diacritics that differ from those typed; none when none were typed."""
        if not self._wording.accented:
            return 0.0
        typed, name = " ".join(self._wording.typed), " ".join(_spelled(self._names.names[position]))
        return _ACCENT * edits(typed, name)

    @property
    def _held(self) -> Iterator[_Aligned]:
        """The names that hold the words; without a preposition, they must stand there as typed."""
        for name in self._aligned:
            last = name.before + len(self._wording.words)
            held = self._names.folded[name.position].split()[name.before : last]
            if self._wording.cases is not None or all(
                named == word.folded or _may_abbreviate(word)
                for named, word in zip(held, self._wording.words, strict=True)
            ):
                yield name

    @cached_property
    def _aligned(self) -> tuple[_Aligned, ...]:
        words, names = self._wording.words, self._names
        options = [{reading.word for reading in readings} for readings in self._readings]
        holders = [
            {position for option in found for position in names.by_word[option]}
            for word, found in zip(words, options, strict=True)
            if not _may_abbreviate(word)
        ]
        aligned = []
        for position in min(holders, key=len, default=()):
            named = names.folded[position].split()
            for before in range(len(named) - len(words) + 1):
                pairs = zip(words, options, named[before:], strict=False)
                if all(_stands_for(word, found, part) for word, found, part in pairs):
                    aligned.append(_Aligned(position, before, len(named) - before - len(words)))
                    break
        return tuple(aligned)


def steps(
    wording: Wording, names: NameIndex, *, among: Container[How] = frozenset(How)
) -> Iterator[Step]:
    """Yield what each way of finding a name leads to, surest first; no step is empty."""
    yield from Lookup(wording, names).steps(among)


def _inflect(name: str, readings: Sequence[Reading]) -> tuple[str, ...] | None:
    """Return the words of a name inflected as they were read; None when they cannot be so."""
    words = [
        nominative if reading.form is None else reading.form.inflect(nominative)
        for nominative, reading in zip(_spelled(name), readings, strict=True)
    ]
    inflected = tuple(word for word in words if word is not None)
    return inflected if len(inflected) == len(words) else None


def _slip(typed: str, name: str) -> float:
    """Return a doubt: a letter left out or two swapped happen more than one certain wrong letter.

    Any of the 25 other letters could have been typed for the right one, and this one was; while
    there are only as many ways to leave one out as there are letters.
    """
    return _LIKELY_SLIP if len(name) > len(typed) or sorted(name) == sorted(typed) else 0.0


def _spelled(name: str) -> tuple[str, ...]:
    return tuple(word.typed for word in words_of(name))


def _may_abbreviate(word: Word) -> bool:
    short = len(word.folded) <= _LONGEST_ABBREVIATION and word.folded not in PREPOSITIONS
    return word.dotted or short


def _stands_for(word: Word, readings: set[str], named: str) -> bool:
    return named in readings or (_may_abbreviate(word) and named.startswith(word.folded))


def _near(
    typed: str, spellings: Spellings, edits_by_length: Iterable[tuple[int, int]]
) -> tuple[Misspelling, ...]:
    """Return the texts so near that they may be what was meant, with the number of edits."""
    allowed = next((edits for length, edits in edits_by_length if len(typed) >= length), 0)
    return spellings.nearest(typed, at_most=allowed)
