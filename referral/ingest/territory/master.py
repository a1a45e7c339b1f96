"""A table with one row per municipality: codes, hierarchy, coordinates and ages, what it has.

Columns: ``obec_kod``, ``obec``; any of ``orp``, ``okres``, ``kraj``, ``pou`` (names),
``orp_kod_csu``, ``okres_kod_ruian``, ``okres_kod_lau``, ``pou_kod_ruian`` (codes), ``lat``, ``lon``
(degrees), and ``pop_2020``, ``pop65plus_2020``, ``pop80plus_2020`` for any year: people on its last
day.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from referral.catalog.districts import Tier
from referral.ingest.territory.cells import CellError, Cells
from referral.ingest.territory.evidence import Evidence, plain_name
from referral.ingest.territory.tables import Table
from referral.usecases.found_territory import Ages, Given, What

CONTENT: Final = "tabulka obcí"
_REQUIRED: Final = frozenset({"obec_kod", "obec"})
_YEAR: Final = re.compile(r"pop_((?:19|20)\d\d)", re.ASCII)


def is_master(header: Iterable[str]) -> bool:
    """Tell whether a table with these columns has one row per municipality."""
    return frozenset(header) >= _REQUIRED


def read_master(table: Table, *, file: str, evidence: Evidence) -> None:
    """Add the table to the evidence."""
    rows = evidence.rows_of(file, CONTENT)
    years = [int(found[1]) for name in table.header if (found := _YEAR.fullmatch(name))]
    year = max(years, default=None)
    seen: set[str] = set()
    for number, values in table.rows():
        with rows.row(number):
            if values is None:
                raise CellError("", "", "Řádek má jiný počet buněk než záhlaví; opravte jej.")
            code = _read(Cells(values), seen, year, evidence)
            seen.add(code)
            rows.took(number, What.MUNICIPALITY, code)


def _read(cells: Cells, seen: set[str], year: int | None, evidence: Evidence) -> str:
    code, name = cells.municipality("obec_kod"), cells.name("obec")
    if code in seen:
        raise CellError("obec_kod", code, "Obec je v tabulce dvakrát; platí první řádek.")
    point = cells.point("lat", "lon")
    ages = None if year is None else _ages(cells, year)
    tiers = {tier: cells.optional(tier.value) for tier in Tier}
    pou = cells.optional_code("pou_kod_ruian")
    district = cells.optional_code("okres_kod_ruian")
    other = cells.optional("okres_kod_lau")
    orp_code = cells.optional("orp_kod_csu")
    facts = evidence.facts(code, Given.TABLE)
    facts.names[Given.TABLE] = name
    if point is not None:
        facts.points[Given.TABLE] = point
    if ages is not None:
        facts.ages[Given.TABLE] = ages
    if tiers[Tier.ORP]:
        facts.orps[Given.TABLE] = plain_name(Tier.ORP, tiers[Tier.ORP])
        if orp_code:
            evidence.cisorp[orp_code] = facts.orps[Given.TABLE]
    if tiers[Tier.DISTRICT]:
        facts.district_names[Given.TABLE] = plain_name(Tier.DISTRICT, tiers[Tier.DISTRICT])
    if tiers[Tier.REGION]:
        facts.regions[Given.TABLE] = tiers[Tier.REGION]
    facts.pou_name = plain_name(Tier.POU, tiers[Tier.POU])
    if pou:
        evidence.district(Tier.POU, pou, name=tiers[Tier.POU])
        facts.pou = facts.pou or pou
    if district:
        evidence.district(Tier.DISTRICT, district, name=tiers[Tier.DISTRICT], other_code=other)
        facts.districts[Given.TABLE] = district
    return code


def _ages(cells: Cells, year: int) -> Ages | None:
    if not cells.optional(f"pop_{year}"):
        return None
    population = cells.whole(f"pop_{year}")
    older = {
        age: cells.whole(field) if cells.optional(field) else None
        for age in (65, 80)
        if (field := f"pop{age}plus_{year}")
    }
    for age, number in older.items():
        if number is not None and number > population:
            raise CellError(
                f"pop{age}plus_{year}", number, f"Lidí nad {age} let je víc než obyvatel."
            )
    return Ages(
        population=population,
        aged_65_plus=older[65],
        aged_80_plus=older[80],
        as_of=date(year, 12, 31),
    )
