"""Hear what is needed in a text: cues first, likeness to known phrases beside them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, Self

from referral.catalog.vocabulary import Urgency, Vocabulary
from referral.matching.intake.cuebook import CueBook, Found
from referral.matching.intake.heard import HeardNeed, Understanding
from referral.matching.intake.lexicon import OFF_TOPIC, CueKind, Lexicon
from referral.matching.intake.phrasebook import PhraseBook
from referral.matching.intake.words import words_of

_MOST_NEEDS: Final = 5
_LEAST_CONFIDENCE: Final = 0.2
_CUE_CONFIDENCE: Final = (0.0, 0.35, 0.6, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Everything needed to understand texts; build it once and keep it."""

    vocabulary: Vocabulary
    phrases: PhraseBook
    cues: CueBook

    @classmethod
    def of(cls, lexicon: Lexicon, vocabulary: Vocabulary) -> Self:
        """Index a lexicon.

        Raises:
            LexiconError: the lexicon uses a code that the vocabulary does not hold.
        """
        lexicon.checked(vocabulary)
        return cls(
            vocabulary=vocabulary,
            phrases=PhraseBook.of(lexicon.phrases),
            cues=CueBook.of(lexicon.cues),
        )

    def hear(self, text: str) -> Understanding:
        """Return what the text says; a text that says nothing we know has no needs."""
        words = words_of(text)
        found = self.cues.find(words)
        muted = {place for hit in found if hit.cue.kind is CueKind.MUTE for place in hit.places}
        hits = [
            hit
            for hit in found
            if hit.cue.kind is not CueKind.MUTE and not muted.intersection(hit.places)
        ]
        confidence: defaultdict[str, float] = defaultdict(float)
        spoken: defaultdict[str, set[int]] = defaultdict(set)
        for hit in hits:
            if hit.cue.kind is CueKind.NEED:
                doubt = 1 - _CUE_CONFIDENCE[hit.cue.strength]
                confidence[hit.cue.code] = 1 - (1 - confidence[hit.cue.code]) * doubt
                spoken[hit.cue.code].update(hit.places)
        kept = [word.folded for place, word in enumerate(words) if place not in muted]
        likeness = self.phrases.likeness(kept)
        off_topic = likeness.get(OFF_TOPIC, 0.0)
        for code, alike in likeness.items():
            if code != OFF_TOPIC and alike > off_topic:
                confidence[code] = 1 - (1 - confidence[code]) * (1 - alike)
        ranked = sorted(
            ((code, value) for code, value in confidence.items() if value >= _LEAST_CONFIDENCE),
            key=lambda pair: (-pair[1], pair[0]),
        )[:_MOST_NEEDS]
        needs = tuple(
            HeardNeed(
                code=code,
                confidence=round(value, 3),
                words=tuple(words[place].typed for place in sorted(spoken[code])),
            )
            for code, value in ranked
        )
        return Understanding(
            text=text,
            needs=needs,
            urgent=tuple(
                need.code
                for need in needs
                if self.vocabulary.need(need.code).urgency is Urgency.NOW
            ),
            groups=_codes(hits, CueKind.GROUP),
            barriers=_codes(hits, CueKind.BARRIER),
        )


def _codes(hits: list[Found], kind: CueKind) -> frozenset[str]:
    return frozenset(hit.cue.code for hit in hits if hit.cue.kind is kind)
