"""Municipalities and their parts as rows, and back."""

from referral.catalog.ports import Origin
from referral.catalog.territory import Municipality, MunicipalityPart
from referral.geo import Point
from referral.storage.rows import MunicipalityPartRow, MunicipalityRow


def municipality_row(municipality: Municipality, *, origin: Origin) -> MunicipalityRow:
    """Return the row of a municipality."""
    return MunicipalityRow(
        code=municipality.code,
        name=municipality.name,
        orp=municipality.orp,
        district=municipality.district,
        region=municipality.region,
        lat=municipality.point.lat,
        lon=municipality.point.lon,
        population=municipality.population,
        population_65_plus=municipality.population_65_plus,
        population_as_of=municipality.population_as_of,
        source=municipality.source,
        origin=origin,
    )


def municipality_from(row: MunicipalityRow) -> Municipality:
    """Return the municipality of a row."""
    return Municipality(
        code=row.code,
        name=row.name,
        orp=row.orp,
        district=row.district,
        region=row.region,
        point=Point(lat=row.lat, lon=row.lon),
        population=row.population,
        population_65_plus=row.population_65_plus,
        population_as_of=row.population_as_of,
        source=row.source,
    )


def part_row(part: MunicipalityPart, *, origin: Origin) -> MunicipalityPartRow:
    """Return the row of a part of a municipality."""
    return MunicipalityPartRow(
        code=part.code, name=part.name, municipality_code=part.municipality, origin=origin
    )


def part_from(row: MunicipalityPartRow) -> MunicipalityPart:
    """Return the part of a municipality of a row."""
    return MunicipalityPart(code=row.code, name=row.name, municipality=row.municipality_code)
