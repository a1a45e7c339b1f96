"""Read whatever lies at a path: each file is recognised by what is in it, not by its name."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from referral.ingest.code_lists import REGISTER_LISTS
from referral.ingest.errors import IngestError
from referral.ingest.territory.ages import is_ages, read_ages
from referral.ingest.territory.assembling import assembled
from referral.ingest.territory.borders import read_features
from referral.ingest.territory.code_lists import (
    ITEMS,
    kind_of,
    knows,
    read_code_list,
    read_register_list,
)
from referral.ingest.territory.evidence import Evidence
from referral.ingest.territory.features import (
    geojson_features,
    shapefile_features,
    shapefile_layers,
    topojson_features,
)
from referral.ingest.territory.files import SourceFile, files_at, members_of, names_in
from referral.ingest.territory.master import is_master, read_master
from referral.ingest.territory.registers import LINKS, read_register, register_kind
from referral.ingest.territory.tables import Table, read_json, read_table
from referral.ingest.xlsx_rows import is_workbook, xlsx_rows
from referral.usecases.found_territory import FoundTerritory

_NOT_OURS: Final = "obsah neznáme"
_DAY: Final = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)


class Advance(Protocol):
    """Hears how many bytes of which file have just been read."""

    def __call__(self, what: str, count: int, /) -> object:
        """Take note."""
        ...


def read_territory(
    path: Path,
    *,
    today: date,
    total: Callable[[int], object] = lambda _bytes: None,
    advance: Advance = lambda _what, _count: None,
) -> tuple[FoundTerritory, Evidence]:
    """Read a file, a folder or a zip; what is not about the territory is named and passed over.

    ``total`` hears the number of bytes once, before ``advance`` hears them file by file.

    Raises:
        IngestError: a file about the territory is broken, or there is none at all.
    """
    files = files_at(path)
    total(sum(one.size for one in files))
    evidence = Evidence()
    later: list[Callable[[], None]] = []
    for file in files:
        _read(file, evidence, later, today=today)
        advance(file.name, file.size)
    for task in later:
        task()
    if not evidence.files:
        passed = ", ".join(list(evidence.skipped)[:5]) or "nic"
        raise IngestError(
            "Není tu žádný číselník, tabulka ani hranice, které umíme přečíst; "
            f"našli jsme jen: {passed}.",
            file=str(path),
        )
    return assembled(evidence), evidence


def _read(
    file: SourceFile, evidence: Evidence, later: list[Callable[[], None]], *, today: date
) -> None:
    if file.is_zip():
        _read_zip(file, evidence, later, today=today)
        return
    content = file.content()
    if _looks_like_json(content):
        _read_document(file, read_json(file, content), evidence)
        return
    if b"\x00" in content[:1024] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        evidence.skipped[file.name] = _NOT_OURS
        return
    table = read_table(file, content)
    kind = register_kind(table.header)
    if not kind and not is_master(table.header):
        evidence.skipped[file.name] = _NOT_OURS
        return
    if table.note:
        evidence.notes.append(table.note)
    _date(file, evidence)
    if kind == LINKS:
        later.append(lambda: _read_register(kind, table, file, evidence, today))
    elif kind:
        _read_register(kind, table, file, evidence, today)
    else:
        read_master(table, file=file.name, evidence=evidence)


def _read_register(
    kind: str, table: Table, file: SourceFile, evidence: Evidence, today: date
) -> None:
    read_register(kind, table, file=file.name, evidence=evidence, today=today)


def _read_zip(
    file: SourceFile, evidence: Evidence, later: list[Callable[[], None]], *, today: date
) -> None:
    names = names_in(file)
    if is_workbook(names):
        _read_workbook(file, evidence)
        return
    layers = shapefile_layers(names)
    for layer in layers:
        features = shapefile_features(file, layer)
        read_features(features, file=file.name, evidence=evidence, as_of=_day_in(file.name))
    if layers:
        return
    for member in members_of(file, names):
        if member.is_zip() and not is_workbook(names_in(member)):
            evidence.skipped[member.name] = "archiv v archivu"
        else:
            _read(member, evidence, later, today=today)


def _read_workbook(file: SourceFile, evidence: Evidence) -> None:
    with file.seekable() as stream:
        rows = xlsx_rows(stream, name=file.name)
        _, header = next(rows, (1, dict[int, str]()))
        if not is_ages(header):
            evidence.skipped[file.name] = _NOT_OURS
            return
        read_ages(header, rows, file=file.name, evidence=evidence)


def _read_document(file: SourceFile, document: object, evidence: Evidence) -> None:
    if not isinstance(document, Mapping):
        evidence.skipped[file.name] = _NOT_OURS
        return
    items = document.get(ITEMS)
    if isinstance(items, list):
        kind = kind_of(items)
        if knows(kind):
            read_code_list(kind, items, file=file.name, evidence=evidence)
        elif kind in REGISTER_LISTS:
            read_register_list(
                kind, items, file=file.name, evidence=evidence, as_of=_day_in(file.name)
            )
        else:
            evidence.skipped[file.name] = f"jiný číselník ({kind[:40] or 'prázdný'})"
        return
    if document.get("type") == "Topology":
        features = topojson_features(document, file=file.name)
    elif document.get("type") == "FeatureCollection":
        features = geojson_features(document, file=file.name)
    else:
        evidence.skipped[file.name] = _NOT_OURS
        return
    read_features(features, file=file.name, evidence=evidence, as_of=_day_in(file.name))


def _looks_like_json(content: bytes) -> bool:
    return content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def _date(file: SourceFile, evidence: Evidence) -> None:
    """Take the day that a name such as ORP20240819.csv holds."""
    day = _day_in(file.name)
    if day is not None:
        evidence.days.append(day)


def _day_in(name: str) -> date | None:
    found = _DAY.search(name.rpartition("/")[2])
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
