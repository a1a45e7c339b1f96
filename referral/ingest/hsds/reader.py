"""Read services row by row, from JSON of any of the usual shapes or from a package of tables.

Whatever stands in a row, reading it raises nothing: the row is rejected with a reason.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from referral.ingest.errors import IngestError
from referral.ingest.hsds.items import is_odd, number_of, read_service
from referral.ingest.hsds.mapping import Guide, service_of
from referral.ingest.hsds.package import is_package, package_rows
from referral.ingest.json_items import Piece, loose_pieces
from referral.ingest.row_values import Reading, record_of
from referral.ingest.source_file import Heard
from referral.usecases.import_rows import Incoming, Interpreted

SOURCE: Final = "hsds"
"""The id of the source when no other is given."""

ROOTS: Final = ("contents", "content", "services")
"""Where a page of the API keeps its services; some APIs write the second."""

_READER: Final = "1"
"""Grows whenever rows come to mean something else, so that all are interpreted again."""

_SAFE: Final = re.compile(r"[A-Za-z0-9_]{1,40}")


def read_services(
    path: Path, *, guide: Guide, salt: str = "", heard: Heard | None = None
) -> Iterator[Incoming]:
    """Yield the services of a file; ``salt`` names what else their meaning depends on.

    Raises:
        IngestError: the file holds no services, is damaged or breaks off.
    """
    seasoning = f"{_READER}\n{salt}\n{guide.as_of}\n".encode()
    if is_package(path):
        for number, value in package_rows(path, heard=heard):
            text = json.dumps(value, ensure_ascii=False)
            piece = Piece(number=number, text=text, value=value)
            yield _incoming(piece, guide, seasoning)
        return
    beside: dict[str, Any] = {}
    held: Incoming | None = None
    rows = 0
    for piece in loose_pieces(path, roots=ROOTS, beside=beside, heard=heard):
        if held is not None:
            yield held
        held = _incoming(piece, guide, seasoning)
        rows += 1
    # Whether it was only a page may stand behind the services, so the last one waits for it.
    partial_answer = _is_part(beside, rows)
    if held is not None:
        yield replace(held, partial=partial_answer)
    elif partial_answer:
        message = "Stránka výsledků je prázdná; stáhněte stránku, na které služby jsou."
        raise IngestError(message, file=path.name)


def service_id(source: str, number: str) -> str:
    """Return the id of a service: readable where the source's own is, else made from it.

    Two services never share one: what is not made of plain letters and digits is a UUID, or hashed.
    """
    plain = number
    try:
        plain = str(UUID(number))
    except ValueError:
        if _SAFE.fullmatch(number) is None:
            content = number.encode("utf-8", "surrogatepass")
            plain = "x" + blake2b(content, digest_size=12).hexdigest()
    return f"hsds-{plain}" if source == SOURCE else f"hsds-{source}-{plain}"


def _is_part(beside: dict[str, Any], rows: int) -> bool:
    """Tell whether an answer of the API holds only some of what there is."""
    if any(beside.get(key) is False for key in ("first_page", "last_page", "first", "last")):
        return True
    if _most(beside, "total_pages", "totalPages", "page_number") > 1:
        return True
    return _most(beside, "total_items", "totalElements") > rows


def _most(beside: dict[str, Any], *keys: str) -> int:
    found = (beside.get(key) for key in keys)
    return max((one for one in found if isinstance(one, int)), default=0)


def _incoming(piece: Piece, guide: Guide, seasoning: bytes) -> Incoming:
    item = record_of(piece.value)
    number = number_of(item)
    digest = blake2b(seasoning, digest_size=16)
    digest.update(piece.text.encode("utf-8", "surrogatepass"))
    return Incoming(
        number=piece.number,
        key=None if number is None else service_id(guide.source, number),
        key_field="id",
        fingerprint=digest.hexdigest(),
        interpret=partial(_interpret, piece.value, number, guide),
        odd=is_odd(item),
    )


def _interpret(
    value: Any,  # noqa: ANN401 - whatever stands in the file
    number: str | None,
    guide: Guide,
) -> Interpreted:
    reading = Reading()
    if not isinstance(value, dict):
        reading.reject("", value, "Služba není objekt, nebo řádek nesedí na záhlaví; opravte ho.")
    elif number is None:
        reading.reject("id", value.get("id"), "Chybí id služby; doplňte ho ve zdroji.")
    else:
        entry = read_service(value, reading, number=number)
        service = service_of(entry, guide, reading, service_id=service_id(guide.source, number))
        if service is not None:
            return Interpreted(service=service, notes=tuple(reading.notes))
    return Interpreted(service=None, problems=tuple(reading.problems), notes=tuple(reading.notes))
