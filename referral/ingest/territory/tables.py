"""Tables of text: CSV in any of the usual dialects and encodings, its columns found by name."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from referral.ingest.delimited import delimiter_of
from referral.ingest.errors import IngestError
from referral.ingest.territory.files import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header in lower case and the rows below it; ``note`` says what was assumed."""

    header: tuple[str, ...]
    records: Iterator[list[str]]
    note: str = ""

    def rows(self) -> Iterator[tuple[int, Mapping[str, object] | None]]:
        """Yield each row's number (the header is 1) and its cells, None when they do not fit."""
        for number, record in enumerate(self.records, start=2):
            if not any(record):
                continue
            fits = len(record) == len(self.header)
            yield number, dict(zip(self.header, record, strict=True)) if fits else None


def read_table(file: SourceFile, content: bytes) -> Table:
    """Open a table of text.

    Raises:
        IngestError: it is in no known encoding, or its header is no row of a table. While rows are
            read: the quotes are wrong.
    """
    text, note = _decoded(file, content)
    delimiter = delimiter_of(text.split("\n", 1)[0])
    records = _records(file, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header = tuple(name.strip().casefold() for name in next(records, []))
    if len(set(header)) < len(header):
        raise IngestError("Dva sloupce mají stejný název; přejmenujte je.", file=file.name, row=1)
    return Table(header=header, records=records, note=note)


def read_json(file: SourceFile, content: bytes) -> object:
    """Read a JSON document, with or without a byte order mark.

    Raises:
        IngestError: it is not UTF-8, broken, nested too deep, or holds a number that is none.
    """
    try:
        with io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig") as stream:
            return json.load(stream, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise IngestError(
            "Soubor není v kódování UTF-8; uložte jej znovu.", file=file.name
        ) from None
    except (ValueError, RecursionError) as error:
        raise IngestError(
            f"Soubor není celý nebo to není správný JSON ({str(error)[:120]}); stáhněte jej znovu.",
            file=file.name,
        ) from None


def _decoded(file: SourceFile, content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings, note = ["utf-16"], ""
    else:
        encodings = ["utf-8-sig", "cp1250"]
        note = f"{file.name} není v UTF-8, čteme jej jako windows-1250."
    for encoding in encodings:
        try:
            return content.decode(encoding), note if encoding == "cp1250" else ""
        except UnicodeDecodeError:
            continue
    raise IngestError(
        "Soubor není v UTF-8 ani windows-1250; uložte jej znovu v UTF-8.", file=file.name
    )


def _records(file: SourceFile, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise IngestError(
                f"Řádek není správné CSV ({error}); zkontrolujte uvozovky.",
                file=file.name,
                row=number,
            ) from None
        if record is None:
            return
        yield record


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is not a number"
    raise ValueError(message)
