"""Cross-validate the lexicon on itself: learn four fifths of the phrases, hear the last fifth.

Run it as ``python bench/needs/crossvalidate.py``. A phrase of a lexicon is often a single word that
stands nowhere else, so these shares are a floor, not what a typed sentence gets; they are for
comparing methods. ``--fit`` also fits the numbers of ``judgement.py`` on the phrases so heard and
on the sets that have been looked at and prints them.
"""

import argparse
import math
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from evaluate import HERE, Answered, Labelled, load_vocabulary, print_measures, read_labels

from referral.catalog.vocabulary import Urgency, Vocabulary
from referral.ingest.lexicon_file import read_lexicon
from referral.matching.intake.hearing import Hearing
from referral.matching.intake.judgement import Signs
from referral.matching.intake.lexicon import OFF_TOPIC, Lexicon, Phrase
from referral.matching.intake.listener import Listener
from referral.matching.intake.words import words_of
from referral.resources import data_dir

FOLDS = 5
SEED = 20260901
SEEN = ("dev", "after", "independent", "longer")
"""Sets that the numbers may be fitted to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A labelled phrase with its points, before any threshold."""

    label: Labelled
    codes: tuple[str, ...]
    points: np.ndarray
    signs: Signs


def main() -> None:
    """Print the measures of cross-validation, and the fit when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the numbers of judgement.py")
    parser.add_argument("--no-cues", action="store_true", help="weigh the words alone")
    options = parser.parse_args()
    lexicon = read_lexicon(data_dir() / "lexicon")
    if options.no_cues:
        lexicon = Lexicon.of(phrases=lexicon.phrases)
    vocabulary = load_vocabulary()
    answers: list[Answered] = []
    weighed: list[Weighed] = []
    for learnt, left_out in folds(lexicon.phrases):
        listener = Listener.of(Lexicon.of(phrases=learnt, cues=lexicon.cues), vocabulary)
        labels = [label_of(phrase, vocabulary) for phrase in left_out]
        answers += [Answered(label=label, heard=listener.hear(label.phrase)) for label in labels]
        weighed += weigh(listener, labels)
    print(f"{FOLDS} folds of {len(lexicon.phrases)} phrases, {len(lexicon.cues)} cues")
    print_measures(answers, vocabulary)
    if options.fit:
        listener = Listener.of(lexicon, vocabulary)
        labels = [label for name in SEEN for label in read_labels(HERE / f"{name}.tsv")]
        fit(weighed, list(weigh(listener, labels)))


def folds(phrases: Sequence[Phrase]) -> Iterator[tuple[list[Phrase], list[Phrase]]]:
    """Yield what is learnt and what is left out, the same at every run."""
    shuffled = list(phrases)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - a fixed split, no secret
    for fold in range(FOLDS):
        yield (
            [phrase for number, phrase in enumerate(shuffled) if number % FOLDS != fold],
            [phrase for number, phrase in enumerate(shuffled) if number % FOLDS == fold],
        )


def label_of(phrase: Phrase, vocabulary: Vocabulary) -> Labelled:
    """Return a phrase of the lexicon as a labelled one."""
    needs = () if phrase.code == OFF_TOPIC else (phrase.code,)
    return Labelled(
        phrase=phrase.text,
        needs=needs,
        urgent=frozenset(code for code in needs if vocabulary.need(code).urgency is Urgency.NOW),
        age=None,
        barriers=frozenset(),
        care_level=None,
    )


def weigh(listener: Listener, labels: Iterable[Labelled]) -> Iterator[Weighed]:
    """Yield the points of each phrase as a whole."""
    for label in labels:
        kept, hits = listener.listen(words_of(label.phrase, read=listener.speller.read))
        hearing = Hearing.of(kept, hits, evidence=listener.evidence, speller=listener.speller)
        points, signs = hearing.points(range(len(kept)))
        yield Weighed(label=label, codes=hearing.codes, points=points, signs=signs)


def fit(folded: Sequence[Weighed], seen: Sequence[Weighed]) -> None:
    """Print the logistic regressions of "asks for help" and of danger, and the best temperature."""
    both = (*folded, *seen)
    asks = fit_one(both, asking, [bool(one.label.needs) for one in both])
    print("\nasks:", dict(zip(ASKING, asks.round(2).tolist(), strict=True)))
    for name, part in (("folds", folded), ("seen", seen)):
        sure = 1 / (1 + np.exp(-np.array([asking(one.signs) for one in part]) @ asks))
        real = np.array([bool(one.label.needs) for one in part])
        for limit in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            print(
                f"{name:5} refused below {limit:.2f}: false {np.mean(sure[real] < limit):.3f}, "
                f"nonsense {np.mean(sure[~real] < limit):.3f}"
            )
    # A phrase of few words is the lexicon's own: what people type in danger is longer.
    long = [one for one in folded if one.signs.words >= LONG]
    danger = fit_one(long, warning, [bool(one.label.urgent) for one in long])
    print("\ndanger:", dict(zip(WARNING, danger.round(2).tolist(), strict=True)))
    for name, part in (("folds", long), ("seen", seen)):
        sure = 1 / (1 + np.exp(-np.array([warning(one.signs) for one in part]) @ danger))
        real = np.array([bool(one.label.urgent) for one in part])
        for limit in (0.2, 0.3, 0.35, 0.4, 0.5, 0.6):
            print(
                f"{name:5} alarm from {limit:.2f}: recall {np.mean(sure[real] >= limit):.3f}, "
                f"false {np.mean(sure[~real] >= limit):.3f}"
            )
    real = [one for one in both if one.label.needs]
    for temperature in (0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0):
        print(f"temperature {temperature}: log loss {log_loss(real, temperature):.4f}")


LONG = 4
ASKING = ("constant", "best", "off-topic", "talk", "strength", "known", "words")
WARNING = ("constant", "danger", "edge", "known words", "named by a cue")


def asking(signs: Signs) -> list[float]:
    """Return the signs as the row that ``Signs.asks`` weighs."""
    root = math.sqrt(max(signs.words, 1))
    return [
        1.0,
        signs.best / root,
        signs.off_topic / root,
        signs.talk / root,
        signs.strength,
        signs.known,
        math.log1p(signs.words),
    ]


def warning(signs: Signs) -> list[float]:
    """Return the signs as the row that ``Signs.alarms`` weighs."""
    known = math.log1p(min(signs.known * signs.words, 24))
    return [1.0, signs.danger, signs.edge, known, float(signs.warning >= 2)]


def fit_one(
    weighed: Sequence[Weighed], row: Callable[[Signs], list[float]], truth: Sequence[bool]
) -> np.ndarray:
    """Fit one regression in which yes and no weigh the same."""
    real = np.array(truth, dtype=float)
    weight = np.where(real > 0, 0.5 / real.sum(), 0.5 / (1 - real).sum())
    return logistic(np.array([row(one.signs) for one in weighed]), real, weight)


def logistic(table: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fit a weighted logistic regression by Newton's method."""
    found = np.zeros(table.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ ((sure - truth) * weight) + 1e-4 * found
        bend = (table * (sure * (1 - sure) * weight)[:, None]).T @ table
        found -= np.linalg.solve(bend + 1e-4 * np.eye(len(found)), slope)
    return found


def log_loss(weighed: Sequence[Weighed], temperature: float) -> float:
    """Return the mean log loss of the shares of certainty at a temperature."""
    losses = []
    for one in weighed:
        off_topic = one.codes.index(OFF_TOPIC)
        scaled = np.delete(one.points, off_topic) / temperature
        codes = [code for code in one.codes if code != OFF_TOPIC]
        scaled -= scaled.max()
        share = np.exp(scaled[codes.index(one.label.needs[0])]) / np.exp(scaled).sum()
        losses.append(-np.log(max(float(share), 1e-6)))
    return float(np.mean(losses))


if __name__ == "__main__":
    sys.exit(main())
