"""Whom a service says it takes and whom not: "vyjma osob s PAS", "zařízení není bezbariérové".

Three lists of patterns, kept as data: *statements* say circumstance and stance at once; a
*circumstance* alone names people; a *stance* says what is meant by those named near it. The nearest
stance of the sentence decides; one that refuses may also stand after them ("osobám s agresivním
chováním službu neposkytujeme"). Where a text both takes and refuses people in one circumstance
("mimo nevidomých" among people with sight loss), neither is returned, with a note: what is not
clear stays unknown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self, TypeVar

from referral.catalog.model import AcceptanceRule, Stance
from referral.catalog.remarks.phrases import Phrase, PhraseIndex
from referral.catalog.remarks.tokens import Token, sentences, tidy

T = TypeVar("T")

LONGEST_WORDING: Final = 200

NOTE_BOTH: Final = "Text o téže okolnosti ({code}) říká obojí; neuvádíme nic."

_CUE_ENDS: Final = frozenset((";", "\n", ":"))
_CLAUSE: Final = frozenset((",", ";", "\n", "(", ")"))


class Cue(StrEnum):
    """What the words near a circumstance say about people in it."""

    EXCLUDES = "excludes"
    ACCEPTS = "accepts"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """Words for people in a circumstance; ``accepts`` when naming them alone means taking them.

    ``barrier`` None is a mask: words that only look like a circumstance.
    """

    barrier: str | None
    phrase: Phrase
    accepts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that say a circumstance and a stance at once."""

    barrier: str
    stance: Stance
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class AcceptancePatterns:
    """What to look for in a remark; build it with :meth:`of`."""

    circumstances: PhraseIndex[Circumstance]
    statements: PhraseIndex[Statement]
    cues: PhraseIndex[Cue]

    @classmethod
    def of(
        cls,
        *,
        circumstances: Iterable[Circumstance] = (),
        statements: Iterable[Statement] = (),
        cues: Iterable[tuple[Cue, Phrase]] = (),
    ) -> Self:
        """Arrange patterns for reading."""
        return cls(
            PhraseIndex((one, one.phrase) for one in circumstances),
            PhraseIndex((one, one.phrase) for one in statements),
            PhraseIndex(cues),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceReading:
    """The rules that a remark states, in the order of the text; ``notes`` in Czech."""

    rules: tuple[AcceptanceRule, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The tokens from ``start`` to before ``end``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def meets(self, other: "_Span") -> bool:
        return self.start < other.end and other.start < self.end


def read_acceptance(text: str, *, patterns: AcceptancePatterns) -> AcceptanceReading:
    """Return whom a remark says the service takes and refuses; never raises, whatever the text."""
    tidied = tidy(text)
    found: dict[tuple[str, Stance], AcceptanceRule] = {}
    for sentence in sentences(tidied):
        for rule in _Sentence(sentence, tidied, patterns).rules():
            found.setdefault((rule.barrier, rule.stance), rule)
    both = [code for code, stance in found if (code, _opposite(stance)) in found]
    return AcceptanceReading(
        rules=tuple(rule for rule in found.values() if rule.barrier not in both),
        notes=tuple(NOTE_BOTH.format(code=code) for code in dict.fromkeys(both)),
    )


def _opposite(stance: Stance) -> Stance:
    return Stance.ACCEPTS if stance is Stance.EXCLUDES else Stance.EXCLUDES


class _Sentence:
    """One sentence of a remark and the patterns found in it."""

    def __init__(self, tokens: Sequence[Token], text: str, patterns: AcceptancePatterns) -> None:
        self._tokens = tokens
        self._text = text
        self._words = tuple(token.folded for token in tokens)
        self._patterns = patterns
        self._cues = tuple(self._spans(patterns.cues))

    def rules(self) -> Iterator[AcceptanceRule]:
        """Yield the rules of the sentence in the order of its words."""
        stated = sorted(self._statements(), key=lambda pair: pair[0].start)
        said = [span for span, _ in stated]
        found = [
            *((span.start, self._rule(one.barrier, one.stance, span)) for span, one in stated),
            *self._judged(said),
        ]
        for _, rule in sorted(found, key=lambda pair: pair[0]):
            yield rule

    def _statements(self) -> list[tuple[_Span, Statement]]:
        """Return the statements; of two about one circumstance that overlap, the longer."""
        found = list(self._spans(self._patterns.statements))
        return [
            (span, one)
            for span, one in found
            if not any(
                other.barrier == one.barrier and span.meets(place) and len(place) > len(span)
                for place, other in found
            )
        ]

    def _judged(self, said: Sequence[_Span]) -> Iterator[tuple[int, AcceptanceRule]]:
        """Yield the rules of circumstances outside what was said as a whole, with their places."""
        named = [
            (span, one)
            for span, one in self._spans(self._patterns.circumstances)
            if not any(span.meets(other) for other in said)
        ]
        masks = [span for span, one in named if one.barrier is None]
        for span, one in named:
            if one.barrier is None or any(span.meets(mask) for mask in masks):
                continue
            cue, place = self._cue_of(span)
            direct = cue is Cue.ACCEPTS and place is not None and self._is_direct(place, span)
            if cue is Cue.EXCLUDES:
                yield span.start, self._rule(one.barrier, Stance.EXCLUDES, span, place)
            elif direct or (one.accepts and cue is not Cue.SILENT):
                yield span.start, self._rule(one.barrier, Stance.ACCEPTS, span, place)

    def _is_direct(self, cue: _Span, span: _Span) -> bool:
        """Tell whether the very clause of a cue names the circumstance: "přijímáme i se psem"."""
        return cue.end <= span.start and _CLAUSE.isdisjoint(self._words[cue.end : span.start])

    def _cue_of(self, span: _Span) -> tuple[Cue | None, _Span | None]:
        """Return the nearest stance that reaches the words; refusals reach back as well."""
        reaching = [
            (self._apart(place, span), cue, place)
            for place, cue in self._cues
            if self._reaches(cue, place, span)
        ]
        if not reaching:
            return None, None
        _, cue, place = min(reaching, key=lambda one: (one[0], one[2].start))
        return cue, place

    def _apart(self, cue: _Span, span: _Span) -> int:
        return span.start - cue.end if cue.end <= span.start else cue.start - span.end

    def _reaches(self, cue: Cue, place: _Span, span: _Span) -> bool:
        if place.end <= span.start:
            between = self._words[place.end : span.start]
            closed = between.count(")") > between.count("(")
            return not closed and _CUE_ENDS.isdisjoint(between)
        if cue is not Cue.EXCLUDES or place.start < span.end:
            return False
        if self._words[place.start] in _PREPOSITIONS:
            return False
        between = self._words[span.end : place.start]
        return _CUE_ENDS.isdisjoint(between) and "(" not in between and ")" not in between

    def _spans(self, index: PhraseIndex[T]) -> Iterator[tuple[_Span, T]]:
        for start in range(len(self._words)):
            for meaning, end in index.at(self._words, start):
                yield _Span(start=start, end=end), meaning

    def _rule(
        self, barrier: str, stance: Stance, span: _Span, cue: _Span | None = None
    ) -> AcceptanceRule:
        start, end = span.start, span.end
        if cue is not None:
            start, end = min(start, cue.start), max(end, cue.end)
        words = self._text[self._tokens[start].start : self._tokens[end - 1].end]
        return AcceptanceRule(
            barrier=barrier, stance=stance, wording=" ".join(words.split())[:LONGEST_WORDING]
        )


_PREPOSITIONS: Final = frozenset(
    ("vyjma", "vyjimaje", "mimo", "krome", "krom", "s", "nikoli", "nikoliv")
)
"""Refusals that only reach what stands after them."""
