"""Measure how well lay phrases are understood; run it as ``python bench/needs/evaluate.py SET``.

SET is ``heldout`` (the default: fixed before the lexicon was written), ``dev`` (for tuning), or a
path to a file of the same columns. ``--all`` also prints a line per need and the confusions,
``--misses`` the phrases that went wrong (do not use it on the held-out set).
"""

import argparse
import csv
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from referral.catalog.vocabulary import Urgency, Vocabulary
from referral.ingest.embedded_vocabulary import read_vocabulary
from referral.ingest.lexicon_file import read_lexicon
from referral.matching.intake.heard import Understanding
from referral.matching.intake.lexicon import OFF_TOPIC
from referral.matching.intake.listener import Listener
from referral.resources import data_dir

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A phrase and what a person would understand; nonsense has no needs."""

    phrase: str
    needs: tuple[str, ...]
    urgent: frozenset[str]
    age: int | None
    barriers: frozenset[str]
    care_level: int | None
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A labelled phrase and what was heard in it."""

    label: Labelled
    heard: Understanding

    @property
    def codes(self) -> tuple[str, ...]:
        """The heard needs, best first."""
        return tuple(need.code for need in self.heard.needs)


def main() -> None:
    """Print the measures of one set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", default="heldout")
    parser.add_argument("--all", action="store_true", help="per need and confusions")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    path = Path(options.set) if "." in options.set else HERE / f"{options.set}.tsv"
    labels = read_labels(path)
    vocabulary = load_vocabulary()
    start = time.perf_counter()
    lexicon = read_lexicon(data_dir() / "lexicon")
    read = time.perf_counter()
    listener = Listener.of(lexicon, vocabulary)
    learnt = time.perf_counter()
    answers = [Answered(label=label, heard=listener.hear(label.phrase)) for label in labels]
    print(f"set {path.name}: {len(labels)} phrases")
    print(f"lexicon: {len(lexicon.phrases)} phrases, {len(lexicon.cues)} cues")
    print(f"load: read {read - start:.3f} s, learn {learnt - read:.3f} s")
    print_measures(answers, vocabulary)
    print_times(listener, labels)
    if options.all:
        print_needs(answers)
        print_confusions(answers)
    if options.misses:
        print_misses(answers)


def load_vocabulary() -> Vocabulary:
    """Return the embedded vocabulary."""
    with (data_dir() / "sources.csv").open(encoding="utf-8", newline="") as file:
        sources = [row["id"] for row in csv.DictReader(file)]
    return read_vocabulary(data_dir(), sources=sources)


def read_labels(path: Path) -> list[Labelled]:
    """Read a labelled set: phrase, needs, urgent, age, barriers, care_level, maybe groups."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Labelled(
            phrase=row["phrase"],
            needs=_codes(row["needs"]) if row["needs"] != OFF_TOPIC else (),
            urgent=frozenset(_codes(row.get("urgent"))),
            age=int(row["age"]) if row.get("age") else None,
            barriers=frozenset(_codes(row.get("barriers"))),
            care_level=int(row["care_level"]) if row.get("care_level") else None,
            groups=frozenset(_codes(row.get("groups"))),
        )
        for row in rows
    ]


def _codes(cell: str | None) -> tuple[str, ...]:
    return tuple(code for code in (cell or "").split(";") if code)


def print_measures(answers: Sequence[Answered], vocabulary: Vocabulary) -> None:
    """Print the measures over all phrases."""
    asked = [answer for answer in answers if answer.label.needs]
    nonsense = [answer for answer in answers if not answer.label.needs]
    several = [answer for answer in asked if len(answer.label.needs) > 1]
    show("top-1 (first heard is one of the named)", asked, first_is_named)
    show("top-1 strict (first heard is the first named)", asked, first_is_first)
    show("top-3 (first named is among three heard)", asked, first_in_three)
    show("all named among the first three, several named", several, all_in_three)
    show("false refusals", asked, lambda answer: not answer.heard.understood)
    show("nonsense refused", nonsense, lambda answer: not answer.heard.understood)
    urgent_codes = {code for code, need in vocabulary.needs.items() if need.urgency is Urgency.NOW}
    urgent = [answer for answer in asked if answer.label.urgent]
    calm = [answer for answer in answers if not urgent_codes.intersection(answer.label.needs)]
    show(
        "urgent recall",
        urgent,
        lambda answer: answer.label.urgent <= set(answer.heard.urgent),
    )
    show("false alarms", calm, lambda answer: bool(answer.heard.urgent))
    aged = [answer for answer in answers if answer.label.age is not None]
    show("age right where stated", aged, lambda answer: answer.heard.age == answer.label.age)
    ageless = [answer for answer in answers if answer.label.age is None]
    show("age invented", ageless, lambda answer: answer.heard.age is not None)
    levels = [answer for answer in answers if answer.label.care_level is not None]
    show(
        "care level right",
        levels,
        lambda answer: answer.heard.care_level == answer.label.care_level,
    )
    print_barriers(asked)
    grouped = [answer for answer in asked if answer.label.groups]
    show("groups all heard where named", grouped, groups_heard)
    print_calibration(asked)


def first_is_named(answer: Answered) -> bool:
    """Tell whether the first heard need is one of the named."""
    return answer.codes[:1] != () and answer.codes[0] in answer.label.needs


def first_is_first(answer: Answered) -> bool:
    """Tell whether the first heard need is the first named."""
    return answer.codes[:1] == answer.label.needs[:1]


def first_in_three(answer: Answered) -> bool:
    """Tell whether the first named need is among the first three heard."""
    return answer.label.needs[0] in answer.codes[:3]


def all_in_three(answer: Answered) -> bool:
    """Tell whether all named needs are among the first three heard."""
    return set(answer.label.needs) <= set(answer.codes[:3])


def groups_heard(answer: Answered) -> bool:
    """Tell whether all named groups are heard."""
    return answer.label.groups <= answer.heard.groups


def show(
    name: str, answers: Sequence[Answered], holds: Callable[[Answered], bool], *, width: int = 50
) -> None:
    """Print one share."""
    count = sum(map(holds, answers))
    share = f"{100 * count / len(answers):5.1f} %" if answers else "    –"
    print(f"{name:{width}} {share}  ({count}/{len(answers)})")


def print_barriers(answers: Iterable[Answered]) -> None:
    """Print precision and recall of barriers."""
    right = wrong = missed = 0
    for answer in answers:
        right += len(answer.label.barriers & answer.heard.barriers)
        wrong += len(answer.heard.barriers - answer.label.barriers)
        missed += len(answer.label.barriers - answer.heard.barriers)
    print(
        f"{'barriers':50} precision {right / max(1, right + wrong):.3f}, "
        f"recall {right / max(1, right + missed):.3f}"
    )


def print_calibration(answers: Iterable[Answered]) -> None:
    """Print how often the first need is right, by its confidence."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for answer in answers:
        if answer.heard.needs:
            sure = answer.heard.needs[0].confidence
            bins[min(int(sure * 5), 4)].append((sure, first_is_named(answer)))
    cells = [
        f"{statistics.fmean(sure for sure, _ in found):.2f}→"
        f"{statistics.fmean(right for _, right in found):.2f} (n={len(found)})"
        for _, found in sorted(bins.items())
    ]
    print(f"{'confidence → share right':50} {', '.join(cells)}")


def print_times(listener: Listener, labels: Sequence[Labelled]) -> None:
    """Print the time of one hearing, in milliseconds."""
    times = []
    for label in labels:
        start = time.perf_counter()
        listener.hear(label.phrase)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    p99 = times[int(0.99 * (len(times) - 1))]
    print(f"{'time of one hearing':50} p50 {statistics.median(times):.2f} ms, p99 {p99:.2f} ms")


def print_needs(answers: Sequence[Answered]) -> None:
    """Print top-1 and top-3 for each need."""
    by_need: defaultdict[str, list[Answered]] = defaultdict(list)
    for answer in answers:
        if answer.label.needs:
            by_need[answer.label.needs[0]].append(answer)
    print("\nneed       n  top-1  top-3")
    for code, found in sorted(by_need.items()):
        one = 100 * sum(map(first_is_named, found)) / len(found)
        three = 100 * sum(map(first_in_three, found)) / len(found)
        print(f"{code:9} {len(found):2}  {one:4.0f}   {three:4.0f}")


def print_confusions(answers: Iterable[Answered]) -> None:
    """Print which need was taken for which, most often first."""
    confusions = Counter(
        (answer.label.needs[0] if answer.label.needs else OFF_TOPIC, (*answer.codes, OFF_TOPIC)[0])
        for answer in answers
        if not first_is_named(answer) and (answer.label.needs or answer.heard.understood)
    )
    print("\nnamed → heard first")
    for (named, heard), count in confusions.most_common():
        print(f"{count:3}  {named:9} → {heard}")


def print_misses(answers: Iterable[Answered]) -> None:
    """Print every phrase whose first need, refusal or alarm is wrong."""
    for answer in answers:
        label, heard = answer.label, answer.heard
        wrong = [] if first_is_named(answer) or not label.needs else ["need"]
        if not label.needs and heard.understood:
            wrong.append("nonsense")
        if label.urgent - set(heard.urgent):
            wrong.append("no alarm")
        if set(heard.urgent) - label.urgent:
            wrong.append("alarm")
        if heard.barriers != label.barriers and label.needs:
            wrong.append(f"barriers {sorted(heard.barriers)}")
        if (heard.age, heard.care_level) != (label.age, label.care_level):
            wrong.append(f"age {heard.age} level {heard.care_level}")
        if wrong:
            best = ", ".join(f"{need.code} {need.confidence}" for need in heard.needs[:3])
            print(f"{'; '.join(wrong)} | {label.phrase} | {';'.join(label.needs)} | {best}")


if __name__ == "__main__":
    sys.exit(main())
