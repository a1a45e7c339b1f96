"""How well and how fast places are found.

Run ``python bench/places/measure.py`` for the embedded territory, or add
``--territory FOLDER`` with the published code lists mpsv_obce.json, mpsv_casti-obci.json and
mpsv_okresy.json for the whole country.

Five measurements: the hand-checked ``forms.csv``; the exact name of every municipality; names
inflected by rules written apart from the program's own; names with one wrong letter; and the time
of a suggestion against one bare pass of rapidfuzz over the names without diacritics, interleaved.
"""

import argparse
import csv
import os
import platform
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA
from territories import embedded, published

from referral.catalog.places import AmbiguousPlace, FoundPlace, PlaceIndex, find_place, suggest
from referral.catalog.territory import Territory
from referral.text import fold

HERE = Path(__file__).parent
LETTERS = "abcdefghijklmnoprstuvyz"
SAMPLE = 2_000
TIMED = 300
SHORTEST = 5

# Endings that leave no doubt about the way a name is inflected, in the genitive and the locative.
ENDINGS = (
    ("ovice", "ovic", "ovicích"),
    ("any", "an", "anech"),
    ("iny", "in", "inách"),
    ("ov", "ova", "ově"),
    ("ín", "ína", "íně"),
    ("ec", "ce", "ci"),
    ("ek", "ku", "ku"),
    ("ka", "ky", "ce"),
    ("ná", "né", "né"),
    ("ová", "ové", "ové"),
    ("ské", "ského", "ském"),
    ("sko", "ska", "sku"),
)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--territory", type=Path, help="a folder with the published code lists")
    options.add_argument("--wrong", type=int, default=20, help="how many wrong answers to show")
    arguments = options.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"rapidfuzz {version('rapidfuzz')}, numpy {version('numpy')}"
    )
    territory = published(arguments.territory) if arguments.territory else embedded()
    start = time.perf_counter()
    index = PlaceIndex.of(territory)
    built = time.perf_counter() - start
    print(
        f"{len(territory.municipalities)} municipalities, {len(territory.parts)} parts, "
        f"{len(index.names.names)} distinct names, index built in {built:.2f} s"
    )
    random_numbers = random.Random(20_260_901)  # noqa: S311 - a fixed sample, no secret
    wrong: list[str] = []
    for title, questions in (
        ("forms.csv", forms(territory)),
        ("exact names", exact_names(territory)),
        ("inflected by rule", inflected_names(territory, random_numbers)),
        ("one wrong letter", misspelt_names(territory, random_numbers)),
    ):
        report(title, questions, index, wrong)
    report_suggestions(territory, index, random.Random(7))  # noqa: S311 - as above
    report_times(territory, index, random.Random(11))  # noqa: S311 - as above
    for line in wrong[: arguments.wrong]:
        print("  wrong:", line)


Question = tuple[str, str, frozenset[str], bool]
"""What is typed, its kind, the codes it may mean, and whether only one place has the name."""


def places_by_name(territory: Territory) -> dict[str, frozenset[str]]:
    """Return, for each name, the municipalities that answer to it: their own, else their parts'."""
    own: defaultdict[str, set[str]] = defaultdict(set)
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for municipality in territory.municipalities.values():
        own[municipality.name].add(municipality.code)
    for part in territory.parts:
        parts[part.name].add(part.municipality)
    return {name: frozenset(own.get(name) or parts[name]) for name in own.keys() | parts.keys()}


def forms(territory: Territory) -> Iterator[Question]:
    """Yield the hand-checked forms of names in the embedded territory."""
    answers = places_by_name(territory)
    with (HERE / "forms.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted = frozenset([row["code"]]) if row["code"] else answers[row["name"]]
            yield row["typed"], row["kind"], wanted, len(wanted) == 1


def exact_names(territory: Territory) -> Iterator[Question]:
    """Yield the name of every municipality."""
    answers = places_by_name(territory)
    for municipality in territory.municipalities.values():
        wanted = answers[municipality.name]
        yield municipality.name, "exact", wanted, len(wanted) == 1


def inflected_names(territory: Territory, chance: random.Random) -> Iterator[Question]:
    """Yield a sample of names, one word each, in the genitive and the locative."""
    answers = places_by_name(territory)
    for name in chance.sample(sorted(answers), min(SAMPLE, len(answers))):
        endings = next((found for found in ENDINGS if name.endswith(found[0])), None)
        if endings is not None and name.isalpha():
            stem = name.removesuffix(endings[0])
            unique = len(answers[name]) == 1
            yield f"do {stem}{endings[1]}", "genitive", answers[name], unique
            yield f"v {stem}{endings[2]}", "locative", answers[name], unique


def misspelt_names(territory: Territory, chance: random.Random) -> Iterator[Question]:
    """Yield a sample of names with one wrong letter, leaving out what is another name by chance.

    A misspelt name to which no other is as near is told apart from one with a rival.
    """
    answers = places_by_name(territory)
    folded = {fold(name) for name in answers}
    names = [name for name in sorted(answers) if len(name) >= SHORTEST]
    for name in chance.sample(names, min(SAMPLE, len(names))):
        typed = misspell(name, chance)
        if fold(typed) not in folded:
            near = process.extract(
                fold(typed), folded, scorer=OSA.distance, limit=None, score_cutoff=1
            )
            rivals = [found for found, _, _ in near if found != fold(name)]
            kind = "one nearest" if not rivals else "has a rival"
            yield typed, kind, answers[name], len(answers[name]) == 1


def misspell(name: str, chance: random.Random) -> str:
    """Return the name with one letter replaced, left out, put in or swapped with the next."""
    at = chance.randrange(1, len(name))
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        )
    )


def report(title: str, questions: Iterable[Question], index: PlaceIndex, wrong: list[str]) -> None:
    """Print how many questions of each kind were answered how."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for typed, kind, wanted, unique in questions:
        fate = judge(typed, wanted, index, unique=unique)
        counts[kind][fate] += 1
        if fate == "wrong":
            wrong.append(f"{kind}: {typed!r}")
    for kind, fates in counts.items():
        total = fates.total()
        right = total - fates["wrong"] - fates["among the choice"]
        shown = ", ".join(f"{fate} {count}" for fate, count in sorted(fates.items()))
        print(f"{title:18} {kind:11} {total:5}  right first {right / total:6.1%}  ({shown})")


def judge(typed: str, wanted: frozenset[str], index: PlaceIndex, *, unique: bool) -> str:
    """Say how a question was answered; a shared name is right only when it is asked back."""
    answer = find_place(typed, index)
    if isinstance(answer, FoundPlace):
        return "found" if unique and answer.municipality.code in wanted else "wrong"
    if isinstance(answer, AmbiguousPlace):
        codes = [municipality.code for municipality in answer.candidates]
        if not unique:
            return "asked back" if wanted <= set(codes) else "wrong"
        if codes[0] in wanted:
            return "first of a choice"
        return "among the choice" if wanted & set(codes) else "wrong"
    return "wrong"


def report_suggestions(territory: Territory, index: PlaceIndex, chance: random.Random) -> None:
    """Print how often a misspelt name is the first, and among the first five suggestions."""
    first: Counter[str] = Counter()
    fifth: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for typed, kind, wanted, unique in misspelt_names(territory, chance):
        if unique:
            codes = [one.code for one in suggest(typed, index, limit=5)]
            for counted in (kind, "all"):
                first[counted] += codes[:1] != [] and codes[0] in wanted
                fifth[counted] += not wanted.isdisjoint(codes)
                total[counted] += 1
    for kind, count in sorted(total.items()):
        print(
            f"suggestions        {kind:11} {count:5}  "
            f"hit@1 {first[kind] / count:6.1%}  hit@5 {fifth[kind] / count:6.1%}"
        )


def report_times(territory: Territory, index: PlaceIndex, chance: random.Random) -> None:
    """Print the time of a suggestion as a multiple of one pass over the names of all parts."""
    places = territory.parts or tuple(territory.municipalities.values())
    floor = [fold(place.name) for place in places]
    names = chance.sample(floor, min(TIMED, len(floor)))
    for title, typed in (
        ("whole names", names),
        ("beginnings", [name[: chance.randrange(2, len(name) + 1)] for name in names]),
        ("misspelt", [misspell(name, chance) for name in names]),
    ):
        ours, bare = interleaved(
            typed,
            lambda text: suggest(text, index),
            lambda text: process.extract(text, floor, scorer=OSA.normalized_similarity, limit=8),
        )
        print(
            f"suggestion, {title:11}: {in_ms(ours)}; bare pass over {len(floor)} names "
            f"{in_ms(bare)}; ratio of medians {ours[1] / bare[1]:.2f}"
        )


def in_ms(quartiles: Sequence[float]) -> str:
    """Write a median with its quartiles in milliseconds."""
    low, middle, high = (1000 * seconds for seconds in quartiles)
    return f"{middle:.2f} ms ({low:.2f} to {high:.2f})"


def interleaved(texts: Sequence[str], *actions: Callable[[str], object]) -> list[list[float]]:
    """Return the quartiles in seconds of each action, run in turns over the texts.

    The first text only warms up.
    """
    times: list[list[float]] = [[] for _ in actions]
    for text in texts:
        for seconds, action in zip(times, actions, strict=True):
            start = time.perf_counter()
            action(text)
            seconds.append(time.perf_counter() - start)
    return [statistics.quantiles(seconds[1:], n=4) for seconds in times]


if __name__ == "__main__":
    main()
