"""One file of the catalogue of Kraj Vysočina as an edition to be imported."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from referral.catalog.model import Source
from referral.catalog.resolve import CoverageResolver
from referral.catalog.snapshot import Catalog
from referral.ingest.embedded_territory import read_elsewhere
from referral.ingest.json_items import Piece, loose_pieces
from referral.ingest.row_values import Reading, Record, record_of
from referral.ingest.source_file import SourceFile, digest_of, salt_of
from referral.ingest.vysocina.mapping import Guide, service_of, type_of
from referral.ingest.vysocina.record import is_odd, number_of, read_entry
from referral.usecases.import_rows import Incoming, Interpreted
from referral.usecases.import_services import Edition

SOURCE: Final = "vysocina"
ROOTS: Final = ("data", "items", "polozky", "sluzby", "organizace")
"""Where the list may stand when the file is not the list itself."""

_READER: Final = "1"
"""Grows whenever rows come to mean something else, so that all are interpreted again."""


def vysocina_edition(file: SourceFile, *, data: Path, catalog: Catalog) -> Edition:
    """Return the edition; its rows are read when they are asked for.

    Raises:
        IngestError: the file cannot be read, or a data file of the program is wrong.
    """
    source = file.source or SOURCE
    resolver = CoverageResolver.of(catalog.territory, elsewhere=read_elsewhere(data))
    seasoning = f"{SOURCE} {_READER}\n{salt_of(catalog)}\n".encode()

    def read(as_of: date) -> Iterator[Incoming]:
        guide = Guide(vocabulary=catalog.vocabulary, resolver=resolver, source=source, as_of=as_of)
        return _rows(file, guide, seasoning)

    return Edition(
        source=Source(
            id=source,
            title="Katalog sociálních služeb Kraje Vysočina (Vysočina pečuje)",
            publisher="Kraj Vysočina",
            as_of=file.as_of,
            licence="podmínky užití zdroj neuvádí; ověřte je u kraje",
            url="https://portalno.kr-vysocina.cz/",
        ),
        digest=digest_of(file.path),
        read=read,
        accept_large_change=file.accept_large_change,
        dry_run=file.dry_run,
    )


def _rows(file: SourceFile, guide: Guide, seasoning: bytes) -> Iterator[Incoming]:
    """Yield the rows; services of one type and one organisation are told apart by their order.

    A row that repeats another word for word has its id too, so it is rejected.
    """
    ids: dict[tuple[str, bytes], str] = {}
    count: Counter[str] = Counter()
    for piece in loose_pieces(file.path, roots=ROOTS, beside={}, heard=file.heard):
        item = record_of(piece.value)
        plain = _plain_id(item, guide)
        digest = blake2b(seasoning, digest_size=16)
        digest.update(piece.text.encode("utf-8", "surrogatepass"))
        service = None
        if plain is not None:
            key = (plain, digest.digest())
            if key not in ids:
                count[plain] += 1
                ids[key] = plain if count[plain] == 1 else f"{plain}-{count[plain]}"
            service = ids[key]
        yield _incoming(piece, service, guide, digest.hexdigest())


def _plain_id(item: Record, guide: Guide) -> str | None:
    """Return the id of the service of an item by its own number, else by organisation and type."""
    number, own = number_of(item)
    if number is None or own:
        return None if number is None else f"{SOURCE}-{number}"
    kind = type_of(Reading().text(item, "druh_sluzby_nazev"), guide.vocabulary)
    return f"{SOURCE}-{number}" if kind is None else f"{SOURCE}-{number}-{kind}"


def _incoming(piece: Piece, service: str | None, guide: Guide, fingerprint: str) -> Incoming:
    return Incoming(
        number=piece.number,
        key=service,
        key_field="ID_organizace",
        fingerprint=fingerprint,
        interpret=partial(_interpret, piece.value, service, guide),
        odd=is_odd(record_of(piece.value)),
    )


def _interpret(
    value: Any,  # noqa: ANN401 - whatever stands in the file
    service: str | None,
    guide: Guide,
) -> Interpreted:
    reading = Reading()
    if not isinstance(value, dict):
        reading.reject("", value, "Položka není objekt; opravte ji ve zdroji.")
    elif service is None:
        shown = value.get("ID_organizace")
        reading.reject("ID_organizace", shown, "Chybí číslo organizace; doplňte ho ve zdroji.")
    else:
        found = service_of(read_entry(value, reading), guide, reading, service=service)
        if found is not None:
            return Interpreted(service=found, notes=tuple(reading.notes))
    return Interpreted(service=None, problems=tuple(reading.problems), notes=tuple(reading.notes))
