"""Municipalities, their parts, districts and borders as rows, and back."""

from referral.catalog.districts import Boundary, District
from referral.catalog.ports import Origin
from referral.catalog.territory import Municipality, MunicipalityPart
from referral.geo import Point
from referral.storage.rows import BoundaryRow, DistrictRow, MunicipalityPartRow, MunicipalityRow


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
        pou=municipality.pou,
        population_80_plus=municipality.population_80_plus,
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
        pou=row.pou,
        population_80_plus=row.population_80_plus,
    )


def part_row(part: MunicipalityPart, *, origin: Origin) -> MunicipalityPartRow:
    """Return the row of a part of a municipality."""
    return MunicipalityPartRow(
        code=part.code,
        name=part.name,
        municipality_code=part.municipality,
        kind=part.kind,
        origin=origin,
    )


def part_from(row: MunicipalityPartRow) -> MunicipalityPart:
    """Return the part of a municipality of a row."""
    return MunicipalityPart(
        code=row.code, name=row.name, municipality=row.municipality_code, kind=row.kind
    )


def district_row(district: District, *, origin: Origin) -> DistrictRow:
    """Return the row of an administrative district."""
    return DistrictRow(
        tier=district.tier,
        code=district.code,
        name=district.name,
        other_code=district.other_code,
        parent=district.parent,
        origin=origin,
    )


def district_from(row: DistrictRow) -> District:
    """Return the administrative district of a row."""
    return District(
        tier=row.tier,
        code=row.code,
        name=row.name,
        other_code=row.other_code,
        parent=row.parent,
    )


def boundary_row(boundary: Boundary, *, origin: Origin) -> BoundaryRow:
    """Return the row of a border."""
    return BoundaryRow(
        around=boundary.around,
        code=boundary.code,
        geometry=boundary.area.to_text(),
        source=boundary.source,
        as_of=boundary.as_of,
        origin=origin,
    )


def boundary_from(row: BoundaryRow) -> Boundary:
    """Return the border of a row."""
    # Reading shapes takes a tenth of a second to load, and few commands look at borders.
    from referral.geo import Area  # noqa: PLC0415 - see above

    return Boundary(
        around=row.around,
        code=row.code,
        area=Area.from_text(row.geometry),
        source=row.source,
        as_of=row.as_of,
    )
