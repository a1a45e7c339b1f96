"""The files of an HSDS package of tables: a folder, or a zip unpacked within limits."""

import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from referral.ingest.errors import IngestError
from referral.ingest.row_values import record_of

MOST_FILES: Final = 500
"""How many files a package may hold."""

MOST_BYTES: Final = 128 * 1024 * 1024
"""How many bytes one table may have."""

MOST_TOGETHER: Final = 384 * 1024 * 1024
"""How many bytes all tables may have; those around the services are held in memory."""

DESCRIPTOR: Final = "datapackage.json"

_LARGEST_DESCRIPTOR: Final = 8 * 1024 * 1024
_CHUNK: Final = 1 << 20
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("services",),
    "organization": ("organizations",),
    "organization_identifier": ("organization_identifiers",),
    "service_at_location": ("service_at_locations", "services_at_location"),
    "location": ("locations",),
    "address": ("addresses", "physical_address", "physical_addresses"),
    "phone": ("phones",),
    "schedule": ("schedules", "regular_schedule", "regular_schedules"),
    "service_area": ("service_areas",),
    "service_capacity": ("service_capacities", "capacity", "capacities"),
    "unit": ("units",),
    "attribute": ("attributes", "other_attributes"),
    "taxonomy": ("taxonomies",),
    "taxonomy_term": ("taxonomy_terms",),
}
"""The tables that are read, with the other names they are published under."""

_BY_NAME: Final = {name: table for table, others in TABLES.items() for name in (table, *others)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a package says about itself; empty when it does not."""

    title: str = ""
    publisher: str = ""
    licence: str = ""
    tables: Mapping[str, str] | None = None


def is_zip(path: Path) -> bool:
    """Tell from the first bytes whether a file is a zip.

    Raises:
        IngestError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(4) in _ZIP
    except OSError as error:
        message = f"Soubor nejde přečíst ({error.strerror}); zkontrolujte cestu a práva."
        raise IngestError(message, file=path.name) from error


@contextmanager
def tables_at(path: Path) -> Iterator[Mapping[str, Path]]:
    """Give the tables of a package by their HSDS names; a zip is unpacked for so long.

    Raises:
        IngestError: the package is damaged or too big, one table is there twice, or none holds
            services.
    """
    if path.is_dir():
        yield _tables(_in_folder(path), path, _described(_in_folder(path)))
        return
    with tempfile.TemporaryDirectory(prefix="hsds-") as folder:
        found = _unpacked(path, Path(folder))
        yield _tables(found, path, _described(found))


def describe(path: Path) -> Description:
    """Return what a package says about itself.

    Raises:
        IngestError: the package is damaged or its description is no JSON.
    """
    if path.is_dir():
        return _described(_in_folder(path))
    with tempfile.TemporaryDirectory(prefix="hsds-") as folder:
        return _described(_unpacked(path, Path(folder), only=DESCRIPTOR))


def _in_folder(path: Path) -> dict[str, Path]:
    files = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
    found = {one.name: one for one in files if one.suffix.casefold() in {".csv", ".json"}}
    if len(found) > MOST_FILES:
        raise IngestError(f"Ve složce je přes {MOST_FILES} souborů.", file=str(path))
    _check_sizes({name: one.stat().st_size for name, one in found.items()}, path)
    return found


def _check_sizes(sizes: Mapping[str, int], path: Path) -> None:
    for name, size in sizes.items():
        if size > MOST_BYTES:
            raise _too_big(f"{path.name}/{name}", MOST_BYTES)
    if sum(sizes.values()) > MOST_TOGETHER:
        raise _too_big(path.name, MOST_TOGETHER)


def _unpacked(path: Path, folder: Path, *, only: str = "") -> dict[str, Path]:
    """Unpack the tables of a zip under names of our own; sizes are those really unpacked."""
    found: dict[str, Path] = {}
    together = 0
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES:
                raise IngestError(f"V archivu je přes {MOST_FILES} souborů.", file=path.name)
            for number, member in enumerate(members):
                name = PurePosixPath(member.filename.replace("\\", "/")).name
                hidden = name.startswith(".") or member.filename.startswith("__MACOSX")
                if member.is_dir() or hidden or not name.casefold().endswith((".csv", ".json")):
                    continue
                if only and name != only:
                    continue
                if name in found:
                    raise IngestError(
                        "Soubor je v balíčku dvakrát; ponechte jeden.", file=f"{path.name}/{name}"
                    )
                found[name] = folder / str(number) / name
                found[name].parent.mkdir()
                together += _unpack(archive, member, found[name], path)
                if together > MOST_TOGETHER:
                    raise _too_big(path.name, MOST_TOGETHER)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        message = f"Archiv ZIP nelze rozbalit ({error}); stáhněte jej znovu."
        raise IngestError(message, file=path.name) from error
    except (ValueError, zlib.error) as error:
        if isinstance(error, IngestError):
            raise
        message = "Archiv ZIP je poškozený; stáhněte jej znovu."
        raise IngestError(message, file=path.name) from error
    return found


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, path: Path) -> int:
    """Write a member to a file and return its size; what it says of its size is not believed."""
    size = 0
    with archive.open(member) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BYTES:
                raise _too_big(f"{path.name}/{target.name}", MOST_BYTES)
            file.write(chunk)
    return size


def _described(files: Mapping[str, Path]) -> Description:
    path = files.get(DESCRIPTOR)
    if path is None:
        return Description()
    message = "Popis balíčku nejde přečíst; opravte ho, nebo ho z balíčku odeberte."
    try:
        if path.stat().st_size > _LARGEST_DESCRIPTOR:
            raise IngestError(message, file=DESCRIPTOR)
        document = record_of(json.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, RecursionError) as error:
        raise IngestError(message, file=DESCRIPTOR) from error
    publisher = document.get("publisher")
    licences = document.get("licenses")
    licence = record_of(licences[0]) if isinstance(licences, list) and licences else {}
    return Description(
        title=_text(document.get("title")),
        publisher=_text(publisher) or _text(record_of(publisher).get("name")),
        licence=_text(licence.get("title")) or _text(licence.get("name")),
        tables=dict(_resources(document)),
    )


def _resources(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the tables that a description names, with the names of their files."""
    resources = document.get("resources")
    for one in resources if isinstance(resources, list) else ():
        name, path = record_of(one).get("name"), record_of(one).get("path")
        if isinstance(name, str) and isinstance(path, str):
            table = _BY_NAME.get(name.casefold())
            if table is not None:
                yield table, PurePosixPath(path.replace("\\", "/")).name


def _text(value: object) -> str:
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def _tables(files: Mapping[str, Path], path: Path, about: Description) -> Mapping[str, Path]:
    named = {table: files[name] for table, name in (about.tables or {}).items() if name in files}
    found: dict[str, Path] = {}
    for name, file in files.items():
        stem, _, kind = name.rpartition(".")
        table = _BY_NAME.get(stem.casefold())
        if kind.casefold() != "csv" or table is None or table in named:
            continue
        if table in found:
            message = f"Tabulka je v balíčku dvakrát, i jako {found[table].name}; ponechte jednu."
            raise IngestError(message, file=name)
        found[table] = file
    found |= named
    if "service" not in found:
        message = (
            "V balíčku chybí tabulka služeb (services.csv nebo service.csv); zkontrolujte, že je "
            "to balíček HSDS."
        )
        raise IngestError(message, file=path.name)
    return found


def _too_big(name: str, most: int) -> IngestError:
    size = f"{most // 1024**2}\N{NO-BREAK SPACE}MB"
    return IngestError(f"Po rozbalení má přes {size}; rozdělte data na menší části.", file=name)
