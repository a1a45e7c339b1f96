"""Hear what is needed in a text: cues first, what each word says beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from referral.catalog.vocabulary import Urgency, Vocabulary
from referral.matching.intake.ages import age_of
from referral.matching.intake.care import care_level_of
from referral.matching.intake.cuebook import CueBook, Found
from referral.matching.intake.evidence import Evidence
from referral.matching.intake.heard import HeardNeed, Understanding
from referral.matching.intake.hearing import Hearing
from referral.matching.intake.lexicon import OFF_TOPIC, CueKind, Lexicon
from referral.matching.intake.spelling import Speller
from referral.matching.intake.words import Word, words_of
from referral.text import fold

MOST_NEEDS: Final = 5
"""So many needs at most are heard in one text."""

_LEAST_CONFIDENCE: Final = 0.02
_REACH: Final = 10
_MUTE_REACH: Final = 4
_ALARM_FROM: Final = 0.08
"""An urgent need that is not the first heard raises the alarm from this confidence on."""

_CUE_ALARM: Final = (0.0, 0.0, 0.4, 0.5, 0.5)
"""A cue of this strength for an urgent need makes at least so sure of it: better once too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Everything needed to understand texts; build it once and keep it."""

    vocabulary: Vocabulary = field(repr=False)
    evidence: Evidence = field(repr=False)
    cues: CueBook = field(repr=False)
    mutes: CueBook = field(repr=False)
    speller: Speller = field(repr=False)

    @classmethod
    def of(cls, lexicon: Lexicon, vocabulary: Vocabulary) -> Self:
        """Learn a lexicon.

        Raises:
            LexiconError: the lexicon uses a code that the vocabulary does not hold.
        """
        lexicon.checked(vocabulary)
        codes = sorted(
            {
                OFF_TOPIC,
                *(phrase.code for phrase in lexicon.phrases),
                *(cue.code for cue in lexicon.cues if cue.kind is CueKind.NEED),
            }
        )
        spoken = [(phrase.code, fold(phrase.text).split()) for phrase in lexicon.phrases]
        cues = {kind: [cue for cue in lexicon.cues if cue.kind is kind] for kind in CueKind}
        heeded = (*cues[CueKind.NEED], *cues[CueKind.GROUP], *cues[CueKind.BARRIER])
        silent = frozenset(atom for cue in cues[CueKind.SILENT] for atom in cue.pattern.atoms)
        return cls(
            vocabulary=vocabulary,
            evidence=Evidence.of(spoken, codes=codes, silent=silent),
            cues=CueBook.of(heeded, reach=_REACH),
            mutes=CueBook.of(cues[CueKind.MUTE], reach=_MUTE_REACH, strict=True),
            speller=Speller.of(
                (word for _, words in spoken for word in words),
                atoms=(atom for cue in lexicon.cues for atom in cue.pattern.atoms),
            ),
        )

    def hear(self, text: str) -> Understanding:
        """Return what the text says; a text that says nothing we know has no needs."""
        words = words_of(text, read=self.speller.read)
        kept, hits = self.listen(words)
        hearing = Hearing.of(kept, hits, evidence=self.evidence, speller=self.speller)
        confidence = self._with_alarms(hearing.confidence(), hits)
        ranked = self._ranked(confidence)
        return Understanding(
            text=text,
            needs=tuple(
                HeardNeed(code=code, confidence=sure, words=hearing.telling(code))
                for code, sure in ranked
            ),
            urgent=tuple(
                code
                for rank, (code, sure) in enumerate(ranked)
                if self._is_urgent(code) and (rank == 0 or sure >= _ALARM_FROM)
            ),
            groups=_codes(hits, CueKind.GROUP),
            age=age_of(words),
            barriers=_codes(hits, CueKind.BARRIER),
            care_level=care_level_of(words),
        )

    def listen(self, words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Found, ...]]:
        """Return the words that count, without those taken back, and the cues in them."""
        muted = {place for hit in self.mutes.find(words) for place in hit.places}
        kept = tuple(word for place, word in enumerate(words) if place not in muted)
        return kept, self.cues.find(kept)

    def _ranked(self, confidence: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return the surest needs, and every need that raises the alarm, surest first."""
        ranked = [
            (code, round(sure, 3))
            for code, sure in sorted(confidence.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        return [
            (code, sure)
            for rank, (code, sure) in enumerate(ranked)
            if (rank < MOST_NEEDS and sure >= _LEAST_CONFIDENCE)
            or (sure >= _ALARM_FROM and self._is_urgent(code))
        ]

    def _is_urgent(self, code: str) -> bool:
        return self.vocabulary.need(code).urgency is Urgency.NOW

    def _with_alarms(
        self, confidence: Mapping[str, float], hits: tuple[Found, ...]
    ) -> dict[str, float]:
        """Let no urgent need that a cue names fall below the alarm."""
        raised = dict(confidence)
        for hit in hits:
            if hit.cue.kind is CueKind.NEED and self._is_urgent(hit.cue.code):
                least = _CUE_ALARM[hit.cue.strength]
                raised[hit.cue.code] = max(raised.get(hit.cue.code, 0.0), least)
        return raised


def _codes(hits: tuple[Found, ...], kind: CueKind) -> frozenset[str]:
    return frozenset(hit.cue.code for hit in hits if hit.cue.kind is kind)
