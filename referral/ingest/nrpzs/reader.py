"""Read a file of the register row by row, in any of its layouts.

Whatever stands in a row, reading it raises nothing: it is rejected with a reason, or left outside
when its care answers none of our needs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from referral.ingest.delimited import delimited_rows
from referral.ingest.nrpzs.care import Care
from referral.ingest.nrpzs.layout import Layout
from referral.ingest.nrpzs.mapping import Guide, care_in, service_of
from referral.ingest.row_values import Reading, shown, tidy
from referral.ingest.source_file import Heard
from referral.usecases.import_rows import Incoming, Interpreted, Outside

_READER: Final = "2"
"""Grows whenever rows come to mean something else, so that all are interpreted again."""

_NUMBER: Final = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What has to be known of a file before its rows are read.

    ``first_facility`` is the lowest number of a facility at each place; ``modified`` the latest day
    on which a row was changed, None when the file does not say.
    """

    layout: Layout
    first_facility: Mapping[str, int]
    modified: date | None


def survey(path: Path) -> Survey:
    """Look a file through.

    Raises:
        IngestError: the file cannot be read, is damaged, or is not the register.
    """
    table = delimited_rows(path)
    layout = Layout.of(table, file=path.name)
    lowest: dict[str, int] = {}
    modified: date | None = None
    for _, row in table.rows:
        if row is None:
            continue
        cells = layout.pick(row)
        place, facility = _number(cells.get("place")), _number(cells.get("facility"))
        if place is not None and facility is not None:
            lowest[place] = min(lowest.get(place, int(facility)), int(facility))
        day = _day(cells.get("modified", ""))
        if day is not None and (modified is None or day > modified):
            modified = day
    return Survey(layout=layout, first_facility=lowest, modified=modified)


def read_register(
    path: Path,
    *,
    guide: Guide,
    first_facility: Mapping[str, int],
    salt: str = "",
    heard: Heard | None = None,
) -> Iterator[Incoming | Outside]:
    """Yield the rows of a register; ``salt`` names what else their meaning depends on.

    Raises:
        IngestError: the file is damaged.
    """
    seasoning = f"{_READER}\n{salt}\n".encode()
    for number, row in delimited_rows(path, heard=heard).rows:
        if row is None:
            yield _ragged(number)
        else:
            yield _row(number, guide.layout.pick(row), guide, first_facility, seasoning)


def _row(
    number: int,
    cells: Mapping[str, str],
    guide: Guide,
    first_facility: Mapping[str, int],
    seasoning: bytes,
) -> Incoming | Outside:
    care = care_in(cells, guide.table)
    kind = tidy(cells["kind"])
    empty = not (kind or tidy(cells["specialties"]))
    if isinstance(care, str) and not empty:
        return Outside(number=number, field=guide.column("kind"), value=shown(kind), message=care)
    key = _key(cells, first_facility)
    digest = blake2b(seasoning, digest_size=16)
    digest.update("\x1f".join(f"{name}={text}" for name, text in cells.items()).encode())
    return Incoming(
        number=number,
        key=key,
        key_field=guide.column("place"),
        fingerprint=digest.hexdigest(),
        interpret=partial(_interpret, cells, care, key, guide),
        odd=key is None or empty or not tidy(cells["municipality"]),
    )


def _interpret(
    cells: Mapping[str, str], care: Care | str, key: str | None, guide: Guide
) -> Interpreted:
    reading = Reading()
    if key is None:
        reading.reject(
            guide.column("place"), cells["place"], "Chybí číslo místa; doplňte ho ve zdroji."
        )
    elif isinstance(care, str):
        reading.reject(
            guide.column("kind"), "", "Chybí druh zařízení i obory péče; doplňte je ve zdroji."
        )
    else:
        service = service_of(cells, care, guide, reading, service_id=key)
        if service is not None:
            return Interpreted(service=service, notes=tuple(reading.notes))
    return Interpreted(service=None, problems=tuple(reading.problems), notes=tuple(reading.notes))


def _key(cells: Mapping[str, str], first_facility: Mapping[str, int]) -> str | None:
    """Return the id of the service: that of its place, and of its facility when it is a later one.

    Several facilities may share a place; a later one must not rename the first.
    """
    place, facility = _number(cells["place"]), _number(cells.get("facility"))
    if place is None:
        return None
    if facility is None or int(facility) == first_facility.get(place):
        return f"nrpzs-{place}"
    return f"nrpzs-{place}-{int(facility)}"


def _number(text: str | None) -> str | None:
    """Return a whole number without zeros in front, None when the text is none."""
    found = _NUMBER.fullmatch(tidy(text or ""))
    return None if found is None else str(int(found[0]))


def _day(text: str) -> date | None:
    """Return the day of ``2026-08-31 …`` or ``31.8.2026 …``, None when it is none."""
    words = tidy(text).split("T")[0].split(" ")[0]
    try:
        if "." in words:
            day, month, year = words.split(".")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(words)
    except ValueError:
        return None


def _ragged(number: int) -> Incoming:
    def interpret() -> Interpreted:
        reading = Reading()
        reading.reject("", "", "Řádek nemá tolik buněk jako záhlaví; opravte ho ve zdroji.")
        return Interpreted(service=None, problems=tuple(reading.problems))

    return Incoming(
        number=number, key=None, key_field="", fingerprint="", interpret=interpret, odd=True
    )
