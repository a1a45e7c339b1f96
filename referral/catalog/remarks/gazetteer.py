"""Which places and areas a run of words can name, read with no guess or, when asked, with one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from referral.catalog.areas import AreaKind
from referral.catalog.places.answers import How
from referral.catalog.places.declension import ANY_CASE, Case
from referral.catalog.places.hits import NAMED, Hit, Step
from referral.catalog.places.index import Place, PlaceIndex
from referral.catalog.places.lookup import Lookup, steps
from referral.catalog.places.names import NameIndex
from referral.catalog.places.wording import Word, Wording
from referral.catalog.remarks.tokens import Token

LONGEST_NAME: Final = 7
REGIONS: Final = (
    "Hlavní město Praha",
    "Jihočeský kraj",
    "Jihomoravský kraj",
    "Karlovarský kraj",
    "Kraj Vysočina",
    "Královéhradecký kraj",
    "Liberecký kraj",
    "Moravskoslezský kraj",
    "Olomoucký kraj",
    "Pardubický kraj",
    "Plzeňský kraj",
    "Středočeský kraj",
    "Ústecký kraj",
    "Zlínský kraj",
)
"""The fourteen kraje (constitutional act 347/1997 Sb.), known even where none of them is loaded."""

_GUESSES: Final = (How.FIRST_WORDS, How.SPELLING, How.TYPO)
_SURE_OF: Final = {
    How.EXACT: 1.0,
    How.INFLECTED: 1.0,
    How.ABBREVIATED: 0.97,
    How.FIRST_WORDS: 0.7,
    How.SPELLING: 0.8,
    How.TYPO: 0.7,
}
_SHORTEST_GUESS: Final = 5
_WORST_GUESS: Final = 1.5
_JOINTS: Final = frozenset("-–/")
_NEVER_WITHIN: Final = frozenset(("a", "i", "nebo", "ci", "az", "od", "do"))
_NEVER_LAST: Final = frozenset(("v", "ve", "na", "nad", "pod", "u", "pri", "za", "z", "ze", "s"))
_SLIP: Final = 9
_LONGEST_ABBREVIATION: Final = 2
_MOST_KEPT: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that words may name; ``rank`` 0 is the most literal way of reading them."""

    place: Place
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a run of tokens names; ``end`` is the position after it.

    ``candidates`` are places; else ``name`` is that of an area (ORP, district, region), or of a
    place known to lie outside the loaded territory (``outside``).
    """

    end: int
    kind: AreaKind = AreaKind.MUNICIPALITY
    name: str = ""
    candidates: tuple[Candidate, ...] = ()
    how: How = How.EXACT
    outside: bool = False

    @property
    def sure(self) -> float:
        """How far the way of reading may be trusted, 0–1."""
        return _SURE_OF[self.how]

    @property
    def municipal(self) -> bool:
        """Whether some candidate is a municipality of its own."""
        return any(one.place.part is None for one in self.candidates)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of a territory and of known places elsewhere; build it with :meth:`of`."""

    index: PlaceIndex
    areas: Mapping[AreaKind, NameIndex]
    elsewhere: NameIndex
    _kept: dict[object, tuple[Step, ...]] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, index: PlaceIndex, *, elsewhere: Iterable[str] = ()) -> Self:
        """Arrange the names; ``elsewhere`` names places that the territory does not hold."""
        regions = dict.fromkeys((*REGIONS, *index.regions.names.names), 0.0)
        return cls(
            index,
            {
                AreaKind.ORP: index.orps.names,
                AreaKind.DISTRICT: index.districts.names,
                AreaKind.REGION: NameIndex.of(regions),
            },
            NameIndex.of({name: 0.0 for name in elsewhere if name not in regions}),
        )

    def place(
        self, tokens: Sequence[Token], at: int, *, cases: Case | None = None, part: bool = False
    ) -> Named | None:
        """Return the place with the longest name that begins at a token, read with no guess.

        With ``part`` a part of a municipality is looked for, so parts stand first. Where another
        capital follows at once, the diacritics must be right: "Krásném Březně" is not Krásno.
        """
        if not self._may_begin(tokens[at]):
            return None
        for words, end in _runs(tokens, at):
            strict = end < len(tokens) and tokens[end].capital and tokens[end].is_word
            found = self._candidates(words, cases, strict=strict)
            if found:
                how, candidates = found
                if part and any(one.place.part is not None for one in candidates):
                    candidates = tuple(one for one in candidates if one.place.part is not None)
                return Named(end=end, candidates=candidates, how=how)
            outside = self._first(words, self.elsewhere, cases)
            if outside is not None:
                return Named(end=end, name=outside, outside=True)
        return None

    def area(self, tokens: Sequence[Token], at: int, kind: AreaKind) -> Named | None:
        """Return the ORP, district or region whose name begins at a token; one elsewhere too."""
        for words, end in _runs(tokens, at):
            name = self._first(words, self.areas[kind], None)
            if name is not None:
                outside = kind is AreaKind.REGION and name not in self.index.regions.names.names
                return Named(end=end, kind=kind, name=name, outside=outside)
            if kind is not AreaKind.REGION and not self._candidates(words, None):
                name = self._first(words, self.elsewhere, None)
                if name is not None:
                    return Named(end=end, kind=kind, name=name, outside=True)
        return None

    def bare_region(self, token: Token) -> Named | None:
        """Return the region of an adjective whose "kraj" stands elsewhere in the sentence."""
        kraj = Word("kraje", "kraje", token.end, token.end, dotted=False, capital=False)
        for words in ((token.word, kraj), (kraj, token.word)):
            name = self._first(words, self.areas[AreaKind.REGION], None)
            if name is not None:
                outside = name not in self.index.regions.names.names
                return Named(end=0, kind=AreaKind.REGION, name=name, outside=outside)
        return None

    def guess(
        self, tokens: Sequence[Token], at: int, end: int, *, within: frozenset[str]
    ) -> Named | None:
        """Return the municipality that a name was meant to be when it is misspelt or shortened.

        Only one that no other competes with: ``within`` are the municipalities to look among first,
        those around what else was named. A shortened name counts only there.
        """
        words = tuple(token.word for token in tokens[at:end] if token.is_word)
        typed = " ".join(word.folded for word in words)
        if len(typed) < _SHORTEST_GUESS:
            return None
        for how in _GUESSES:
            for step in self._steps(words, ANY_CASE, frozenset((how,))):
                near = [hit for hit in step.hits if hit.cost <= _WORST_GUESS]
                found = list(self._municipalities(near))
                inside = [place for place in found if place.municipality.code in within]
                meant = inside if inside or how is How.FIRST_WORDS else found
                if len(meant) == 1:
                    candidate = Candidate(place=meant[0])
                    return Named(end=end, candidates=(candidate,), how=how)
        return None

    def _may_begin(self, token: Token) -> bool:
        """Tell whether any name holds the word, in any case; most words stop here."""
        if token.dotted:
            return True
        if token.folded not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            readings = self.index.names.readings(token.folded)
            self._known[token.folded] = bool(readings or self.elsewhere.readings(token.folded))
        return self._known[token.folded]

    def _municipalities(self, hits: Iterable[Hit]) -> Iterator[Place]:
        for hit in hits:
            for place in self.index.places[hit.position]:
                if place.part is None:
                    yield place

    def _candidates(
        self, words: tuple[Word, ...], cases: Case | None, *, strict: bool = False
    ) -> tuple[How, tuple[Candidate, ...]] | None:
        found: dict[tuple[str, str], Candidate] = {}
        how: How | None = None
        for rank, step in enumerate(self._steps(words, cases, NAMED, strict=strict)):
            how = how or step.how
            for hit in step.hits:
                for place in self.index.places[hit.position]:
                    found.setdefault(_key(place), Candidate(place=place, rank=rank))
        if how is None or strict:
            return None if how is None else (how, tuple(found.values()))
        # A diacritic too many or too few is a slip: "Jánská" may be Janská.
        for position in self.index.names.called(" ".join(word.folded for word in words)):
            for place in self.index.places[position]:
                found.setdefault(_key(place), Candidate(place=place, rank=_SLIP))
        return how, tuple(found.values())

    def _first(self, words: tuple[Word, ...], names: NameIndex, cases: Case | None) -> str | None:
        for step in steps(Wording(words=words, cases=cases), names, among=NAMED):
            return names.names[step.hits[0].position]
        return None

    def _steps(
        self,
        words: tuple[Word, ...],
        cases: Case | None,
        among: frozenset[How],
        *,
        strict: bool = False,
    ) -> tuple[Step, ...]:
        key = (tuple((word.typed, word.dotted) for word in words), cases, among, strict)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            if among is NAMED and not _may_abbreviate(words):
                among = among - {How.ABBREVIATED}
            wording = Wording(words=words, cases=cases)
            lookup = Lookup(wording, self.index.names, strict=strict)
            self._kept[key] = tuple(lookup.steps(among))
        return self._kept[key]


def _key(place: Place) -> tuple[str, str]:
    return place.municipality.code, "" if place.part is None else place.part.code


def _may_abbreviate(words: Sequence[Word]) -> bool:
    return any(word.dotted for word in words)


def _runs(tokens: Sequence[Token], at: int) -> Iterator[tuple[tuple[Word, ...], int]]:
    """Yield the runs of words from a token on that could be one name, the longest first."""
    words: list[Word] = []
    runs: list[tuple[tuple[Word, ...], int]] = []
    position = at
    slashed = False
    while position < len(tokens) and len(words) < LONGEST_NAME:
        token = tokens[position]
        if token.is_word and not (words and token.folded in _NEVER_WITHIN):
            # "n/O" shortens without a dot, and so does the end of "n. O".
            short = len(token.folded) <= _LONGEST_ABBREVIATION
            dotted = token.dotted or slashed or (short and bool(words) and words[-1].dotted)
            words.append(token.word._replace(dotted=dotted))
            if dotted or token.folded not in _NEVER_LAST:
                runs.append((tuple(words), position + 1))
            slashed = False
        elif token.typed in _JOINTS and words and _joins(tokens, position):
            slashed = token.typed == "/"
            if slashed:
                words[-1] = words[-1]._replace(dotted=True)
        else:
            break
        position += 1
    return iter(reversed(runs))


def _joins(tokens: Sequence[Token], position: int) -> bool:
    """Tell whether a hyphen or a slash may stand inside a name: "Praha-východ", "n/L"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None or not following.is_word:
        return False
    if tokens[position].typed != "/":
        return True
    sides = (tokens[position - 1], following)
    return all(len(side.folded) <= _LONGEST_ABBREVIATION for side in sides)
