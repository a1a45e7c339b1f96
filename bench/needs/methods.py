"""Compare ways of finding the need of a phrase on the same lexicon.

Run it as ``python bench/needs/methods.py [SET]`` (``dev`` by default). The first three are known
methods over the phrases of the lexicon, the fourth is what the words say alone, the fifth adds the
cues, the last is the program itself, with its refusals. Refusing counts as wrong.
"""

import argparse
import math
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from evaluate import HERE, Labelled, load_vocabulary, read_labels

from referral.ingest.lexicon_file import read_lexicon
from referral.matching.intake.hearing import Hearing
from referral.matching.intake.lexicon import OFF_TOPIC, Phrase
from referral.matching.intake.listener import Listener
from referral.matching.intake.words import words_of
from referral.resources import data_dir
from referral.text import best, fold, stems

Ranking = Callable[[str], Sequence[str]]


def main() -> None:
    """Print top-1, top-3 and the median time of each method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", default="dev")
    name = parser.parse_args().set
    path = Path(name) if "." in name else HERE / f"{name}.tsv"
    labels = [label for label in read_labels(path) if label.needs]
    lexicon = read_lexicon(data_dir() / "lexicon")
    needs = [phrase for phrase in lexicon.phrases if phrase.code != OFF_TOPIC]
    listener = Listener.of(lexicon, load_vocabulary())
    print(f"set {path.name}: {len(labels)} phrases; lexicon: {len(needs)} phrases of needs")
    methods: dict[str, Ranking] = {
        "likeness of the whole phrase (OSA)": by_likeness(needs),
        "BM25 on stems": by_words(needs, stems),
        "pieces of 3-5 letters, TF-IDF": by_words(needs, pieces, cosine=True),
        "complement naive Bayes": by_points(listener, with_cues=False),
        "complement naive Bayes and cues": by_points(listener, with_cues=True),
        "the program": lambda text: [need.code for need in listener.hear(text).needs],
    }
    for method, ranking in methods.items():
        print_line(method, ranking, labels)


def print_line(method: str, ranking: Ranking, labels: Sequence[Labelled]) -> None:
    """Print the measures of one method."""
    one = three = 0
    times = []
    for label in labels:
        start = time.perf_counter()
        found = ranking(label.phrase)
        times.append((time.perf_counter() - start) * 1000)
        one += bool(found) and found[0] in label.needs
        three += label.needs[0] in found[:3]
    print(
        f"{method:36} top-1 {100 * one / len(labels):5.1f} %  "
        f"top-3 {100 * three / len(labels):5.1f} %  {statistics.median(times):7.2f} ms"
    )


def by_likeness(phrases: Sequence[Phrase]) -> Ranking:
    """Rank by the phrase with the fewest edits."""
    texts = [fold(phrase.text) for phrase in phrases]

    def ranking(text: str) -> Sequence[str]:
        near = best(fold(text), texts, limit=50)
        return unique(phrases[one.position].code for one in near)

    return ranking


def by_words(
    phrases: Sequence[Phrase], split: Callable[[str], Iterable[str]], *, cosine: bool = False
) -> Ranking:
    """Rank by the nearest phrase: BM25 (k1 1.2, b 0.75), or the cosine of TF-IDF vectors."""
    counted = [Counter(split(phrase.text)) for phrase in phrases]
    holders = Counter(term for counts in counted for term in counts)
    rarity = {term: math.log(1 + len(counted) / number) for term, number in holders.items()}
    mean = statistics.fmean(sum(counts.values()) for counts in counted)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, counts in enumerate(counted):
        length = math.sqrt(math.fsum((n * rarity[term]) ** 2 for term, n in counts.items()))
        size = sum(counts.values())
        for term, n in counts.items():
            bm25 = n * 2.2 / (n + 1.2 * (0.25 + 0.75 * size / mean))
            postings[term].append((number, rarity[term] * n / length if cosine else bm25))

    def ranking(text: str) -> Sequence[str]:
        sums: defaultdict[int, float] = defaultdict(float)
        for term, n in Counter(split(text)).items():
            for number, weight in postings.get(term, ()):
                sums[number] += weight * rarity[term] * (n if cosine else 1)
        ranked = sorted(sums, key=lambda number: (-sums[number], number))
        return unique(phrases[number].code for number in ranked[:200])

    return ranking


def by_points(listener: Listener, *, with_cues: bool) -> Ranking:
    """Rank by the points of the whole text, before any threshold."""

    def ranking(text: str) -> Sequence[str]:
        kept, hits = listener.listen(words_of(text, read=listener.speller.read))
        hearing = Hearing.of(
            kept,
            hits if with_cues else (),
            evidence=listener.evidence,
            speller=listener.speller,
        )
        points, _ = hearing.points(range(len(kept)))
        ranked = [hearing.codes[column] for column in np.argsort(-points, kind="stable")]
        return [code for code in ranked if code != OFF_TOPIC]

    return ranking


def pieces(text: str) -> list[str]:
    """Return the pieces of 3-5 letters of all words, with the borders of the words."""
    return [
        padded[start : start + size]
        for padded in (f" {word} " for word in fold(text).split())
        for size in (3, 4, 5)
        for start in range(len(padded) - size + 1)
    ]


def unique(codes: Iterable[str]) -> list[str]:
    """Return the codes without repetition, in their order."""
    return list(dict.fromkeys(codes))


if __name__ == "__main__":
    sys.exit(main())
