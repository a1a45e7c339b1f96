"""Hear what is needed in a text: cues first, what each word says beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Self

from referral.catalog.vocabulary import Urgency, Vocabulary
from referral.matching.intake.ages import age_of
from referral.matching.intake.care import care_level_of
from referral.matching.intake.cuebook import CueBook, Found
from referral.matching.intake.evidence import Evidence
from referral.matching.intake.heard import HeardNeed, Understanding
from referral.matching.intake.hearing import CALM, URGENT, Hearing
from referral.matching.intake.lexicon import OFF_TOPIC, CueKind, Lexicon
from referral.matching.intake.spelling import Speller
from referral.matching.intake.words import Word, words_of
from referral.text import fold_all

MOST_NEEDS: Final = 5
"""So many needs at most are heard in one text."""

_LEAST_CONFIDENCE: Final = 0.02
_REACH: Final = 10
_MUTE_REACH: Final = 4
_ALARM_FROM: Final = 0.4
"""An urgent need that a clause alone tells of raises the alarm from this confidence on."""

_CUE_ALARM: Final = (0.0, 0.0, 0.4, 0.5, 0.5)
"""A cue of this strength for an urgent need makes at least so sure of it: better once too often."""

_CLEAR: Final = 0.6
"""So sure a need without danger is told clearly."""

_GUESS_BELOW: Final = 0.25
"""Beside it, danger less sure than this is a guess: it would send everybody to the ambulance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Everything needed to understand texts; build it once and keep it."""

    urgent: tuple[str, ...]
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
        urgent = tuple(
            code
            for code in codes
            if code != OFF_TOPIC and vocabulary.need(code).urgency is Urgency.NOW
        )
        calm = [code for code in codes if code != OFF_TOPIC and code not in urgent]
        kinds = {URGENT: urgent, CALM: calm, OFF_TOPIC: (OFF_TOPIC,)}
        folded = fold_all([phrase.text for phrase in lexicon.phrases])
        spoken = [
            (phrase.code, text.split())
            for phrase, text in zip(lexicon.phrases, folded, strict=True)
        ]
        cues = {kind: [cue for cue in lexicon.cues if cue.kind is kind] for kind in CueKind}
        heeded = (*cues[CueKind.NEED], *cues[CueKind.GROUP], *cues[CueKind.BARRIER])
        silent = frozenset(atom for cue in cues[CueKind.SILENT] for atom in cue.pattern.atoms)
        return cls(
            urgent=urgent,
            evidence=Evidence.of(spoken, codes=codes, kinds=kinds, silent=silent),
            cues=CueBook.of(heeded, reach=_REACH),
            mutes=CueBook.of(cues[CueKind.MUTE], reach=_MUTE_REACH, strict=True),
            speller=Speller.of(
                chain.from_iterable(words for _, words in spoken),
                atoms=(atom for cue in lexicon.cues for atom in cue.pattern.atoms),
            ),
        )

    def hear(self, text: str) -> Understanding:
        """Return what the text says; a text that says nothing we know has no needs."""
        words = words_of(text, read=self.speller.read)
        kept, hits = self.listen(words)
        hearing = Hearing.of(kept, hits, evidence=self.evidence, speller=self.speller)
        confidence = hearing.confidence()
        alarms = self._heeded(self._alarms(hearing, hits), confidence)
        ranked = self._ranked(confidence, alarms)
        return Understanding(
            text=text,
            needs=tuple(
                HeardNeed(code=code, confidence=sure, words=hearing.telling(code))
                for code, sure in ranked
            ),
            urgent=tuple(
                code
                for rank, (code, sure) in enumerate(ranked)
                if code in alarms or (code in self.urgent and (rank == 0 or sure >= _ALARM_FROM))
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

    def _ranked(
        self, confidence: Mapping[str, float], alarms: Mapping[str, float]
    ) -> list[tuple[str, float]]:
        """Return the surest needs, and every need that raises the alarm, surest first."""
        raised = {
            code: max(confidence.get(code, 0.0), alarms.get(code, 0.0))
            for code in (*confidence, *alarms)
        }
        ranked = sorted(raised.items(), key=lambda pair: (-pair[1], pair[0]))
        return [
            (code, round(sure, 3))
            for rank, (code, sure) in enumerate(ranked)
            if (rank < MOST_NEEDS and sure >= _LEAST_CONFIDENCE) or code in alarms
        ]

    def _alarms(self, hearing: Hearing, hits: tuple[Found, ...]) -> dict[str, float]:
        """Return how sure each urgent need is that its cues name or that the words tell of."""
        alarms = dict(hearing.dangers())
        for hit in hits:
            code = hit.cue.code
            if (
                hit.cue.kind is CueKind.NEED
                and code in self.urgent
                and _CUE_ALARM[hit.cue.strength]
            ):
                alarms[code] = max(alarms.get(code, 0.0), _CUE_ALARM[hit.cue.strength])
        return alarms

    def _heeded(
        self, alarms: Mapping[str, float], confidence: Mapping[str, float]
    ) -> Mapping[str, float]:
        """Return the alarms that are not mere guesses beside a need that is told clearly."""
        clear = any(sure >= _CLEAR for code, sure in confidence.items() if code not in self.urgent)
        return {code: sure for code, sure in alarms.items() if not clear or sure >= _GUESS_BELOW}


def _codes(hits: tuple[Found, ...], kind: CueKind) -> frozenset[str]:
    return frozenset(hit.cue.code for hit in hits if hit.cue.kind is kind)
