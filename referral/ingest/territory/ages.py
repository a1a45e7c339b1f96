"""The statistical office's ages by municipality: a workbook with a row for all, men and women.

The first row holds ``POH``, ``ZUJ`` (the municipality's code), ``Celkem`` and ages: single years
``0`` to ``84`` or groups of five such as ``65-69``, and ``85+``. The office names the day in the
name of the publication only, so the year is read from the name of the file.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from referral.ingest.errors import IngestError
from referral.ingest.territory.cells import CellError, Cells
from referral.ingest.territory.evidence import Evidence
from referral.ingest.xlsx_rows import Cells as SheetCells
from referral.usecases.found_territory import Ages, Given, What

CONTENT: Final = "věkové složení"
_REQUIRED: Final = frozenset({"poh", "zuj", "celkem"})
_SEXES: Final = {"celkem", "muži", "ženy"}
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)", re.ASCII)
_GROUP: Final = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})", re.ASCII)
_SINGLE: Final = re.compile(r"(\d{1,3})(?:\.0)?", re.ASCII)
_OPEN: Final = re.compile(r"(\d{1,3})\s*(?:\+|a více)", re.ASCII)


def is_ages(header: Mapping[int, str]) -> bool:
    """Tell whether a workbook with this first row holds ages by municipality."""
    return {name.casefold() for name in header.values()} >= _REQUIRED


def read_ages(
    header: Mapping[int, str],
    records: Iterator[tuple[int, SheetCells]],
    *,
    file: str,
    evidence: Evidence,
) -> None:
    """Add the ages to the evidence.

    Raises:
        IngestError: no columns add up to the people of 65 and more.
    """
    names: dict[int, str] = {}
    for column, name in header.items():
        if (plain := name.casefold()) not in names.values():
            names[column] = plain
    older = {age: _columns_from(age, set(names.values())) for age in (65, 80)}
    if not older[65]:
        raise IngestError(
            "Ze sloupců nejde sečíst obyvatele nad 65 let; čekáme věk po letech nebo po pěti.",
            file=file,
            row=1,
        )
    rows = evidence.rows_of(file, CONTENT)
    years = set(_YEAR.findall(file.rpartition("/")[2]))
    day = date(int(years.pop()), 12, 31) if len(years) == 1 else None
    if day is None:
        evidence.notes.append(f"{file}: rok v názvu souboru není, počty obyvatel jsou bez data.")
    else:
        evidence.days.append(day)
    for number, values in records:
        if not values:
            continue
        with rows.row(number):
            cells = Cells({names[column]: one for column, one in values.items() if column in names})
            rows.took(number, What.MUNICIPALITY, _read(cells, older, day, evidence))


def _read(
    cells: Cells, older: Mapping[int, list[str]], day: date | None, evidence: Evidence
) -> str:
    code, sex = cells.municipality("zuj"), cells.text("poh").casefold()
    if sex not in _SEXES:
        raise CellError("poh", sex, "Čekáme celkem, muži, nebo ženy.")
    population = cells.whole("celkem")
    counts = {
        age: sum(cells.whole(one) for one in columns) if columns else None
        for age, columns in older.items()
    }
    for age, number in counts.items():
        if number is not None and number > population:
            raise CellError(
                "celkem", population, f"Lidí nad {age} let ({number}) je víc než obyvatel."
            )
    facts = evidence.facts(code, Given.AGES)
    if sex == "celkem":
        if Given.AGES in facts.ages and (facts.ages[Given.AGES].as_of or date.min) > (
            day or date.min
        ):
            return code
        facts.ages[Given.AGES] = Ages(
            population=population, aged_65_plus=counts[65], aged_80_plus=counts[80], as_of=day
        )
    return code


def _columns_from(age: int, names: set[str]) -> list[str]:
    """Return the columns that hold exactly the people of this age and more, fewest first."""
    for shape in (_GROUP, _SINGLE):
        spans = {
            int(found[1]): (int(found[2]) if shape is _GROUP else int(found[1]), name)
            for name in names
            if (found := shape.fullmatch(name))
        }
        ends = {int(found[1]): name for name in names if (found := _OPEN.fullmatch(name))}
        columns, at = [], age
        while at in spans and at not in ends:
            last, name = spans[at]
            if last < at:  # a group that ends before it begins leads nowhere
                break
            columns.append(name)
            at = last + 1
        if at in ends:
            return [*columns, ends[at]]
    return []
