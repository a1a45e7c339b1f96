"""A table of travel times that somebody brings: from_code, to_code, minutes and perhaps km."""

import math
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from referral.geo.travel import StraightLine
from referral.geo.travel_given import GivenTimes, GivenWay
from referral.ingest.delimited import delimited_rows
from referral.ingest.errors import IngestError

COLUMNS = ("from_code", "to_code", "minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelMatrix:
    """The model made of a table, how many ways it gives, and how many others are estimated.

    ``missing`` counts ways between two different ones of the municipalities asked about.
    """

    model: GivenTimes
    given: int
    missing: int
    note: str


def read_travel_matrix(
    path: Path, *, municipalities: Container[str], count: int, otherwise: StraightLine
) -> TravelMatrix:
    """Read the table; ``count`` is how many municipalities there are.

    Ways to or from municipalities that are not loaded are left out, for they are not asked about.

    Raises:
        IngestError: a column is missing, or a cell is no code, time or length; it says which row.
    """
    table = delimited_rows(path)
    for column in COLUMNS:
        if column not in table.header:
            raise IngestError(
                f"chybí sloupec „{column}“; tabulka má sloupce from_code, to_code, minutes a "
                "nepovinně km",
                file=str(path),
            )
    ways: dict[tuple[str, str], GivenWay] = {}
    for way in _ways(path, table.rows):
        if way.from_code in municipalities and way.to_code in municipalities:
            ways[way.from_code, way.to_code] = way
    apart = sum(start != end for start, end in ways)
    return TravelMatrix(
        model=GivenTimes.of(ways.values(), otherwise=otherwise),
        given=len(ways),
        missing=count * (count - 1) - apart,
        note=table.note,
    )


def _ways(path: Path, rows: Iterator[tuple[int, object]]) -> Iterator[GivenWay]:
    for number, cells in rows:
        if not isinstance(cells, dict):
            raise IngestError("řádek má méně sloupců než záhlaví", file=str(path), row=number)
        place = (path, number, cells)
        minutes = _number(place, "minutes")
        if minutes is None:
            raise IngestError("chybí čas v minutách", file=str(path), row=number, column="minutes")
        yield GivenWay(
            from_code=_code(place, "from_code"),
            to_code=_code(place, "to_code"),
            minutes=minutes,
            km=_number(place, "km"),
        )


_Place = tuple[Path, int, dict[str, str]]


def _code(place: _Place, column: str) -> str:
    path, row, cells = place
    code = cells[column].strip()
    if len(code) != 6 or not code.isdecimal():  # noqa: PLR2004 - the codes of the statistical office
        raise IngestError(
            "kód obce má šest číslic", file=str(path), row=row, column=column, value=code
        )
    return code


def _number(place: _Place, column: str) -> float | None:
    path, row, cells = place
    text = cells.get(column, "").strip()
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < math.inf:
        raise IngestError(
            "čeká se číslo od nuly výš", file=str(path), row=row, column=column, value=text
        )
    return value
