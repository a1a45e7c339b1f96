"""Read a file of the register row by row: the open data, the portal's answer, or an excerpt.

Whatever stands in a row, reading it raises nothing: the row is rejected with a reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from referral.ingest.json_items import Piece, pieces
from referral.ingest.row_values import Reading, Record, record_of
from referral.ingest.rpss import excerpt, opendata, portal
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.mapping import service_id, service_of
from referral.ingest.rpss.record import Registration
from referral.ingest.source_file import Heard
from referral.usecases.import_rows import Incoming, Interpreted

ROOTS: Final = ("polozky", "list", "sluzby")
"""Where the open data, the portal and an excerpt keep their items."""

_READER: Final = "2"
"""Grows whenever rows come to mean something else, so that all are interpreted again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """One of the shapes of a register's items; ``partial`` ones answer a question only."""

    read_item: Callable[..., Registration]
    is_odd: Callable[[Record], bool]
    silent: frozenset[str] = frozenset()
    partial: bool = False


_OPEN_DATA: Final = _Shape(read_item=opendata.read_item, is_odd=opendata.is_odd)
_PORTAL: Final = _Shape(
    read_item=portal.read_item,
    is_odd=portal.is_odd,
    silent=frozenset({"locations", "contact"}),
    partial=True,
)
_EXCERPT: Final = _Shape(
    read_item=excerpt.read_item, is_odd=excerpt.is_odd, silent=excerpt.SILENT, partial=True
)


def read_register(
    path: Path, *, guide: Guide, salt: str = "", heard: Heard | None = None
) -> Iterator[Incoming]:
    """Yield the rows of a register; ``salt`` names what else their meaning depends on.

    Raises:
        IngestError: the file is no register, is damaged or breaks off.
    """
    seasoning = f"{_READER}\n{salt}\n".encode()
    for piece in pieces(path, roots=ROOTS, heard=heard):
        yield _incoming(piece, guide, seasoning)


def _incoming(piece: Piece, guide: Guide, seasoning: bytes) -> Incoming:
    item = record_of(piece.value)
    shape = _shape(item)
    number = _number(item)
    digest = blake2b(seasoning, digest_size=16)
    digest.update(piece.text.encode("utf-8", "surrogatepass"))
    return Incoming(
        number=piece.number,
        key=None if number is None else service_id(number),
        key_field="portalId",
        fingerprint=digest.hexdigest(),
        interpret=partial(_interpret, piece.value, number, guide, shape),
        odd=shape.is_odd(item),
        partial=shape.partial,
    )


def _shape(item: Record) -> _Shape:
    if portal.is_portal(item):
        return _PORTAL
    return _EXCERPT if excerpt.is_excerpt(item) else _OPEN_DATA


def _number(item: Record) -> str | None:
    if portal.is_portal(item):
        return Reading().number(record_of(item.get("sluzba")), "id")
    return Reading().number(item, "portalId", "id")


def _interpret(
    value: Any,  # noqa: ANN401 - whatever stands in the file
    number: str | None,
    guide: Guide,
    shape: _Shape,
) -> Interpreted:
    reading = Reading()
    if not isinstance(value, dict):
        reading.reject("", value, "Položka není objekt; opravte ji ve zdroji.")
    elif number is None:
        shown = value.get("portalId", value.get("id"))
        reading.reject("portalId", shown, "Chybí číslo služby; doplňte ho ve zdroji.")
    else:
        item = shape.read_item(value, reading, number=number)
        service = service_of(item, guide, reading)
        if service is not None:
            silent = guide.silent | shape.silent
            # Without the ministry's lists what is already known must not be lost.
            if service.eligibility.target_groups is None:
                silent |= {"groups"}
            if item.ages and service.eligibility.ages is None:
                silent |= {"ages"}
            return Interpreted(service=service, notes=tuple(reading.notes), silent=silent)
    return Interpreted(service=None, problems=tuple(reading.problems), notes=tuple(reading.notes))
