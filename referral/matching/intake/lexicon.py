"""How people speak: phrases that name a need, and cues (word patterns) that point at one."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from referral.catalog.vocabulary import Vocabulary
from referral.matching.intake.errors import LexiconError
from referral.matching.intake.pattern import Pattern

OFF_TOPIC: Final = "-"
"""The code of phrases that ask for nothing we could help with."""


class CueKind(StrEnum):
    """What a cue points at."""

    NEED = "need"
    GROUP = "group"
    BARRIER = "barrier"
    MUTE = "mute"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase and the need it asks for, or OFF_TOPIC."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word pattern that points at a need, a group or a barrier.

    ``strength`` says how surely a NEED cue names its need: 1 a hint, 2 likely, 3 sure, 4 so sure
    that it outweighs the rest of the text (kept for urgent needs); 0 for all other kinds. MUTE and
    SILENT cues have no code: what a MUTE cue finds is left out of account ("nepije"), the words of
    a SILENT one say nothing alone ("a", "je").
    """

    kind: CueKind
    code: str
    strength: int
    pattern: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All phrases and cues."""

    phrases: tuple[Phrase, ...]
    cues: tuple[Cue, ...]

    @classmethod
    def of(cls, *, phrases: Iterable[Phrase], cues: Iterable[Cue] = ()) -> Self:
        """Build a lexicon from its parts."""
        return cls(phrases=tuple(phrases), cues=tuple(cues))

    def checked(self, vocabulary: Vocabulary) -> "Lexicon":
        """Return the lexicon itself when the vocabulary holds every code it uses.

        Raises:
            LexiconError: a phrase or a cue names a code that the vocabulary does not hold.
        """
        known = {
            CueKind.NEED: vocabulary.needs,
            CueKind.GROUP: vocabulary.groups,
            CueKind.BARRIER: vocabulary.barriers,
        }
        for phrase in self.phrases:
            if phrase.code != OFF_TOPIC and phrase.code not in vocabulary.needs:
                message = f"the phrase „{phrase.text}“ names an unknown need {phrase.code!r}"
                raise LexiconError(message)
        for cue in self.cues:
            if cue.kind in known and cue.code not in known[cue.kind]:
                message = f"the cue „{cue.pattern.text}“ names an unknown {cue.kind} {cue.code!r}"
                raise LexiconError(message)
        return self
