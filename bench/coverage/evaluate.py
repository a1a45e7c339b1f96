"""How often sentences about territory are read right, and every sentence that is not.

Run ``python bench/coverage/evaluate.py`` for the sets beside this file, or name other files:
tab-separated, with a header. ``text`` is the sentence; ``areas`` and ``exceptions`` what a person
read in it, as ``kind:Name`` and ``radius:KM:Name`` divided by semicolons (``country`` alone, no KM
for mere surroundings, ``Name@CODE`` where namesakes must be told apart); ``unread`` the words that
no reader could place. A file without ``areas`` is read and shown, for a person to judge. Lines that
begin with ``#`` are skipped.

A sentence is right when its areas, its exceptions and its unread pieces are exactly those given.
Municipalities are compared on their own: those that follow from the given areas by the rules of
``catalog.resolve`` against those that were read. The reader was written with dev.tsv at hand;
heldout.tsv and heldout2.tsv were written before they were first run, and their first figures stand
in docs/adr/0009-coverage-from-text.md. Since then their misses were mended, so they are no longer
unseen.
"""

import argparse
import csv
import platform
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from referral.catalog.areas import AreaKind, ServiceArea
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader, CoverageReading, ReadArea
from referral.catalog.resolve import CoverageResolver
from referral.catalog.territory import Territory
from referral.ingest.embedded_services import read_sources
from referral.ingest.embedded_territory import read_elsewhere, read_municipalities, read_parts
from referral.resources import data_dir
from referral.text import fold

HERE = Path(__file__).parent
BINS = (0.0, 0.5, 0.8, 0.9, 1.01)
Key = tuple[str, str, float | None]
"""An area as it is compared: its kind, its name (with ``@CODE`` among namesakes), kilometres."""


class Sentence(NamedTuple):
    """One sentence with what a person read in it; ``areas`` None when nobody has."""

    text: str
    areas: frozenset[Key] | None
    exceptions: frozenset[Key]
    unread: tuple[str, ...]


class Verdict(NamedTuple):
    """What was read and whether it is right."""

    sentence: Sentence
    reading: CoverageReading
    right: bool
    municipalities: bool
    milliseconds: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("files", nargs="*", type=Path, help="tab-separated sentences")
    options.add_argument("--data", type=Path, default=data_dir(), help="a catalogue folder")
    arguments = options.parse_args()
    territory, elsewhere = territory_of(arguments.data)
    reader = CoverageReader.of(PlaceIndex.of(territory), territory, elsewhere=elsewhere)
    resolver = CoverageResolver.of(territory, elsewhere=elsewhere)
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    print(f"{len(territory.municipalities)} municipalities, {len(territory.parts)} parts")
    for file in arguments.files or sorted(HERE.glob("*.tsv")):
        verdicts = [judge(one, reader, resolver) for one in sentences_of(file)]
        report(file, verdicts)


def territory_of(folder: Path) -> tuple[Territory, frozenset[str]]:
    """Return the territory of a catalogue folder and the places it knows elsewhere."""
    sources = [source.id for source in read_sources(folder)]
    municipalities = read_municipalities(folder, sources=sources)
    parts = read_parts(folder, municipalities=[one.code for one in municipalities])
    return Territory.of(municipalities, parts=parts), read_elsewhere(folder)


def sentences_of(file: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if row["text"].startswith("#"):
                continue
            areas = row.get("areas")
            yield Sentence(
                text=row["text"],
                areas=None if areas is None else keys_of(areas),
                exceptions=keys_of(row.get("exceptions") or ""),
                unread=tuple(one.strip() for one in (row.get("unread") or "").split(";") if one),
            )


def keys_of(cell: str) -> frozenset[Key]:
    """Return the areas that a cell lists."""
    return frozenset(key_of(item.strip()) for item in cell.split(";") if item.strip())


def key_of(item: str) -> Key:
    """Return one area: its kind, its name and its kilometres."""
    kind, _, rest = item.partition(":")
    if kind == AreaKind.COUNTRY:
        return kind, "Česká republika", None
    if kind == AreaKind.RADIUS:
        km, _, name = rest.partition(":")
        return kind, name, float(km) if km else None
    return kind, rest, None


def judge(sentence: Sentence, reader: CoverageReader, resolver: CoverageResolver) -> Verdict:
    """Read a sentence and compare."""
    started = time.perf_counter()
    reading = reader.read(sentence.text)
    milliseconds = (time.perf_counter() - started) * 1000
    if sentence.areas is None:
        return Verdict(
            sentence, reading, right=True, municipalities=True, milliseconds=milliseconds
        )
    unread = sorted(fold(piece.text) for piece in reading.unread)
    right = (
        agree(reading.areas, sentence.areas)
        and agree(reading.exceptions, sentence.exceptions)
        and unread == sorted(map(fold, sentence.unread))
    )
    return Verdict(
        sentence,
        reading,
        right=right,
        municipalities=frozenset(reading.municipalities) == expected(sentence, resolver),
        milliseconds=milliseconds,
    )


def agree(read: Sequence[ReadArea], given: frozenset[Key]) -> bool:
    """Tell whether the areas read are those given, by their codes where the file has them."""
    coded = {name for _, name, _ in given if "@" in name}
    keys = set()
    for area in (one.area for one in read):
        name = f"{area.name}@{area.code}"
        keys.add((area.kind.value, name if name in coded else area.name, area.km))
    return keys == given


def expected(sentence: Sentence, resolver: CoverageResolver) -> frozenset[str]:
    """Return the municipalities that surely follow from what a person read."""
    found = resolver.resolve(map(area_of, sorted(sentence.areas or (), key=str)))
    certain = found.certain
    if found.everywhere:
        certain = frozenset(resolver.territory.municipalities)
    return certain - resolver.resolve(map(area_of, sorted(sentence.exceptions, key=str))).certain


def area_of(key: Key) -> ServiceArea:
    """Return the area that a file names."""
    kind, name, km = key
    name, _, code = name.partition("@")
    return ServiceArea(kind=AreaKind(kind), name=name, code=code or None, km=km)


def report(file: Path, verdicts: Sequence[Verdict]) -> None:
    """Print the figures of one file and each miss."""
    print(f"\n{file.name}: {len(verdicts)} sentences")
    labelled = [one for one in verdicts if one.sentence.areas is not None]
    if not labelled:
        for one in verdicts:
            show(one)
        return
    right = sum(one.right for one in labelled)
    places = sum(one.municipalities for one in labelled)
    print(f"  exactly right        {right}/{len(labelled)} = {right / len(labelled):.1%}")
    print(f"  right municipalities {places}/{len(labelled)} = {places / len(labelled):.1%}")
    times = [one.milliseconds for one in verdicts]
    print(f"  median {statistics.median(times):.1f} ms, slowest {max(times):.0f} ms a sentence")
    print("  confidence: of how many, exactly right")
    for low, high in pairwise(BINS):
        inside = [
            one for one in labelled if one.reading.areas and low <= one.reading.confidence < high
        ]
        if inside:
            good = sum(one.right for one in inside)
            print(f"    {low:.1f}-{min(high, 1):.1f}  {len(inside):>4}  {good / len(inside):.0%}")
    for one in labelled:
        if not (one.right and one.municipalities):
            show(one)


def show(verdict: Verdict) -> None:
    """Print one sentence and what was read in it, beside what should have been."""
    reading, sentence = verdict.reading, verdict.sentence
    print(f"  - {sentence.text}")
    read = (
        "; ".join(written(one.area) for one in reading.areas),
        "; ".join(written(one.area) for one in reading.exceptions),
        "; ".join(piece.text for piece in reading.unread),
    )
    print(f"      read:   {' | '.join(read)}  ({reading.confidence})")
    if sentence.areas is not None:
        given = (ordered(sentence.areas), ordered(sentence.exceptions), "; ".join(sentence.unread))
        print(f"      wanted: {' | '.join(given)}")


def written(area: ServiceArea) -> str:
    """Write an area as the files do."""
    return as_text((area.kind.value, area.name, area.km))


def ordered(keys: Iterable[Key]) -> str:
    """Write areas in the order of their names."""
    return "; ".join(sorted(map(as_text, keys)))


def as_text(key: Key) -> str:
    """Write one area."""
    kind, name, km = key
    return f"{kind}:{km or ''}:{name}" if kind == AreaKind.RADIUS else f"{kind}:{name}"


if __name__ == "__main__":
    main()
