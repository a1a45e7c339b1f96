"""A CSV file with a schema: every cell is asked for by name and type, or its row is refused."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from referral.geo import Point
from referral.ingest.errors import IngestError

SEPARATOR = ";"
"""What stands between the items of a list inside one cell."""

_LATITUDES = (48.0, 52.0)
_LONGITUDES = (12.0, 19.0)

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; ``number`` counts from the header, which is row 1."""

    file: str
    number: int
    cells: Mapping[str, str]

    def fail(self, column: str, message: str) -> NoReturn:
        """Raise an IngestError about the cell of this column."""
        raise IngestError(
            message,
            file=self.file,
            row=self.number,
            column=column,
            value=self.cells.get(column, ""),
        )

    def required(self, column: str, value: _T | None) -> _T:
        """Return what was read from a cell that must not be empty."""
        if value is None:
            self.fail(column, "Buňka je prázdná; doplňte hodnotu.")
        return value

    def text(self, column: str) -> str:
        """Return the text of a cell that must not be empty."""
        return self.required(column, self.optional(column))

    def optional(self, column: str) -> str | None:
        """Return the text of a cell, None when it is empty or the column is not there."""
        return self.cells.get(column, "").strip() or None

    def items(self, column: str) -> tuple[str, ...]:
        """Return the items of a list, in their order; an empty cell holds none."""
        value = self.optional(column) or ""
        found = tuple(item.strip() for item in value.split(SEPARATOR) if item.strip())
        if len(set(found)) < len(found):
            self.fail(column, "Některá položka je v seznamu dvakrát; ponechte ji jen jednou.")
        return found

    def codes(self, column: str, *, known: Collection[str], what: str) -> tuple[str, ...]:
        """Return the items of a list, each of which must be a known code."""
        found = self.items(column)
        for code in found:
            self._check_code(column, code, known=known, what=what)
        return found

    def code(self, column: str, *, known: Collection[str], what: str) -> str | None:
        """Return a known code, None when the cell is empty."""
        found = self.optional(column)
        if found is not None:
            self._check_code(column, found, known=known, what=what)
        return found

    def _check_code(self, column: str, code: str, *, known: Collection[str], what: str) -> None:
        if code not in known:
            self.fail(
                column, f"Neznáme {what} „{code}“; opravte kód, nebo jej doplňte do slovníku."
            )

    def whole(self, column: str) -> int | None:
        """Return a whole number that is not negative, None when the cell is empty."""
        value = self.optional(column)
        if value is None:
            return None
        if not (value.isascii() and value.isdigit()):
            self.fail(column, "Čekáme celé nezáporné číslo psané jen číslicemi.")
        return int(value)

    def span(self, low: str, high: str) -> tuple[int | None, int | None]:
        """Return two whole numbers of which the first is not above the second."""
        least, most = self.whole(low), self.whole(high)
        if least is not None and most is not None and least > most:
            self.fail(low, f"Dolní mez je nad horní ({most}); prohoďte je, nebo opravte.")
        return least, most

    def flag(self, column: str) -> bool:
        """Return whether a cell says 1; 0 and nothing are no."""
        value = self.optional(column) or "0"
        if value not in {"0", "1"}:
            self.fail(column, "Čekáme 1 (ano) nebo 0 (ne).")
        return value == "1"

    def day(self, column: str) -> date | None:
        """Return a date written YYYY-MM-DD, None when the cell is empty."""
        value = self.optional(column)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(column, "Čekáme datum ve tvaru RRRR-MM-DD, například 2026-07-31.")

    def choice(self, column: str, kind: type[_E]) -> _E | None:
        """Return the member of a closed list of words, None when the cell is empty."""
        value = self.optional(column)
        return None if value is None else self._member(column, value, kind)

    def choices(self, column: str, kind: type[_E]) -> tuple[_E, ...]:
        """Return the members of a closed list of words named in a list."""
        return tuple(self._member(column, item, kind) for item in self.items(column))

    def _member(self, column: str, value: str, kind: type[_E]) -> _E:
        try:
            return kind(value)
        except ValueError:
            words = ", ".join(kind)
            self.fail(column, f"Hodnotu „{value}“ neznáme; použijte jednu z těchto: {words}.")

    def point(self) -> Point | None:
        """Return the point of the columns ``lat`` and ``lon``, None when both are empty."""
        if self.optional("lat") is None and self.optional("lon") is None:
            return None
        return Point(
            lat=self._degrees("lat", _LATITUDES),
            lon=self._degrees("lon", _LONGITUDES),
        )

    def _degrees(self, column: str, limits: tuple[float, float]) -> float:
        value = self.text(column)
        try:
            degrees = float(value)
        except ValueError:
            self.fail(column, "Čekáme stupně s desetinnou tečkou, například 50.4713.")
        low, high = limits
        if not low <= degrees <= high:
            self.fail(
                column,
                f"Souřadnice leží mimo Česko ({low:.0f} až {high:.0f}); "
                "zkontrolujte, zda šířka (lat) a délka (lon) nejsou prohozené.",
            )
        return degrees


def read_table(
    folder: Path, name: str, *, required: Iterable[str], optional: Iterable[str] = ()
) -> tuple[Row, ...]:
    """Read ``folder/name`` (UTF-8, commas, one header row) and check its columns.

    Columns may come in any order; empty lines are passed over.

    Raises:
        IngestError: the file is missing or is not UTF-8, a column is missing, unknown or named
            twice, or a row has more or fewer cells than the header.
    """
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise IngestError(
            f"Soubor chybí ve složce {folder}; doplňte jej, nebo zadejte jinou složku.", file=name
        ) from None
    except UnicodeDecodeError:
        raise IngestError("Soubor není v kódování UTF-8; uložte jej znovu.", file=name) from None
    try:
        records = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise IngestError(
            f"Soubor není správné CSV ({error}); zkontrolujte uvozovky.", file=name
        ) from None
    header = records[0] if records else []
    _check_header(header, name, required=tuple(required), optional=tuple(optional))
    rows = []
    for number, record in enumerate(records[1:], start=2):
        if not record:
            continue
        if len(record) != len(header):
            raise IngestError(
                f"Řádek má {len(record)} buněk a záhlaví {len(header)}; "
                "text s čárkou uzavřete do uvozovek.",
                file=name,
                row=number,
            )
        rows.append(Row(file=name, number=number, cells=dict(zip(header, record, strict=True))))
    return tuple(rows)


def _check_header(
    header: list[str], name: str, *, required: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    for column in required:
        if column not in header:
            raise IngestError(
                "Sloupec v záhlaví chybí; doplňte jej.", file=name, row=1, column=column
            )
    for column in header:
        if column not in required and column not in optional:
            known = ", ".join((*required, *optional))
            raise IngestError(
                f"Sloupec neznáme; přejmenujte jej, nebo odeberte (známé: {known}).",
                file=name,
                row=1,
                column=column,
            )
        if header.count(column) > 1:
            raise IngestError(
                "Sloupec je v záhlaví dvakrát; jeden odeberte.", file=name, row=1, column=column
            )


def unique(rows: Iterable[Row], column: str) -> None:
    """Check that no two rows hold the same value in a column.

    Raises:
        IngestError: the second of two rows with one value.
    """
    seen: dict[str, int] = {}
    for row in rows:
        value = row.text(column)
        if value in seen:
            row.fail(
                column,
                f"Stejná hodnota je už na řádku\N{NO-BREAK SPACE}{seen[value]}; "
                "každý řádek musí mít vlastní.",
            )
        seen[value] = row.number
