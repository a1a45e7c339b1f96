"""Read the municipalities, their parts and the known places elsewhere of a catalogue folder."""

from collections.abc import Collection, Iterable
from pathlib import Path

from referral.catalog.territory import Municipality, MunicipalityPart
from referral.ingest.embedded_table import Row, read_table, unique

MUNICIPALITIES = "territory/municipalities.csv"
PARTS = "territory/parts.csv"
ELSEWHERE = "territory/elsewhere.csv"

_CODE_DIGITS = 6


def read_municipalities(folder: Path, *, sources: Collection[str]) -> tuple[Municipality, ...]:
    """Return the municipalities, ordered by code.

    Raises:
        IngestError: a row breaks the schema or names a source that is not among ``sources``.
    """
    rows = read_table(
        folder,
        MUNICIPALITIES,
        required=("code", "name", "orp", "district", "region", "lat", "lon", "source"),
        optional=("population", "population_65_plus", "population_as_of"),
    )
    unique(rows, "code")
    return tuple(sorted((_municipality(row, sources) for row in rows), key=lambda m: m.code))


def _municipality(row: Row, sources: Collection[str]) -> Municipality:
    code = row.text("code")
    if not (len(code) == _CODE_DIGITS and code.isascii() and code.isdigit()):
        row.fail("code", "Kód obce má šest číslic (kód ČSÚ); opravte jej.")
    point = row.point()
    if point is None:
        row.fail("lat", "Obec nemá souřadnice; doplňte zeměpisnou šířku a délku.")
    population = row.whole("population")
    seniors = row.whole("population_65_plus")
    if population is not None and seniors is not None and seniors > population:
        row.fail("population_65_plus", "Lidí nad 65 let je víc než obyvatel; opravte čísla.")
    as_of = row.day("population_as_of")
    if population is not None and as_of is None:
        row.fail("population_as_of", "Počet obyvatel nemá datum; doplňte, ke kterému dni platí.")
    return Municipality(
        code=code,
        name=row.text("name"),
        orp=row.text("orp"),
        district=row.text("district"),
        region=row.text("region"),
        point=point,
        population=population,
        population_65_plus=seniors,
        population_as_of=as_of,
        source=row.required("source", row.code("source", known=sources, what="zdroj")),
    )


def read_parts(folder: Path, *, municipalities: Iterable[str]) -> tuple[MunicipalityPart, ...]:
    """Return the parts of municipalities, ordered by code; none when the file is not there.

    Raises:
        IngestError: a row breaks the schema or belongs to a municipality that is not loaded.
    """
    if not (folder / PARTS).exists():
        return ()
    known = frozenset(municipalities)
    rows = read_table(folder, PARTS, required=("code", "name", "municipality"))
    unique(rows, "code")
    parts = [
        MunicipalityPart(
            code=row.text("code"),
            name=row.text("name"),
            municipality=row.required(
                "municipality", row.code("municipality", known=known, what="obec")
            ),
        )
        for row in rows
    ]
    return tuple(sorted(parts, key=lambda part: part.code))


def read_elsewhere(folder: Path) -> frozenset[str]:
    """Return the names of known places outside the territory; none when the file is not there.

    Raises:
        IngestError: a row breaks the schema.
    """
    if not (folder / ELSEWHERE).exists():
        return frozenset()
    rows = read_table(folder, ELSEWHERE, required=("name", "region"))
    unique(rows, "name")
    return frozenset(row.text("name") for row in rows)
