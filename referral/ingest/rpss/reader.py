"""Read a file of the register row by row, in the shape of the open data or of the portal's answer.

Whatever stands in a row, reading it raises nothing: the row is rejected with a reason.
"""

from collections.abc import Iterator
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from referral.ingest.json_items import Piece, pieces
from referral.ingest.row_values import Reading, Record, record_of
from referral.ingest.rpss import opendata, portal
from referral.ingest.rpss.mapping import Guide, service_id, service_of
from referral.ingest.source_file import Heard
from referral.usecases.import_rows import Incoming, Interpreted

ROOTS: Final = ("polozky", "list")
"""Where the open data and the portal keep their items."""

_READER: Final = "1"
"""Grows whenever rows come to mean something else, so that all are interpreted again."""

_SILENT: Final = frozenset({"locations", "contact"})
"""What the portal's answer does not speak of."""


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
    from_portal = portal.is_portal(item)
    number = _number(item, from_portal=from_portal)
    digest = blake2b(seasoning, digest_size=16)
    digest.update(piece.text.encode("utf-8", "surrogatepass"))
    return Incoming(
        number=piece.number,
        key=None if number is None else service_id(number),
        key_field="portalId",
        fingerprint=digest.hexdigest(),
        interpret=partial(_interpret, piece.value, number, guide, from_portal=from_portal),
        odd=portal.is_odd(item) if from_portal else opendata.is_odd(item),
        partial=from_portal,
    )


def _number(item: Record, *, from_portal: bool) -> str | None:
    if from_portal:
        return Reading().number(record_of(item.get("sluzba")), "id")
    return Reading().number(item, "portalId", "id")


def _interpret(
    value: Any,  # noqa: ANN401 - whatever stands in the file
    number: str | None,
    guide: Guide,
    *,
    from_portal: bool,
) -> Interpreted:
    reading = Reading()
    if not isinstance(value, dict):
        reading.reject("", value, "Položka není objekt; opravte ji ve zdroji.")
    elif number is None:
        shown = value.get("portalId", value.get("id"))
        reading.reject("portalId", shown, "Chybí číslo služby; doplňte ho ve zdroji.")
    else:
        reader = portal.read_item if from_portal else opendata.read_item
        service = service_of(reader(value, reading, number=number), guide, reading)
        if service is not None:
            silent = guide.silent | (_SILENT if from_portal else frozenset())
            if service.eligibility.target_groups is None:
                # Without the ministry's list a circle that is already known must not be lost.
                silent |= {"groups"}
            return Interpreted(service=service, notes=tuple(reading.notes), silent=silent)
    return Interpreted(service=None, problems=tuple(reading.problems), notes=tuple(reading.notes))
