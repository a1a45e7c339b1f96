"""Tables of municipalities, their parts, the districts above them and their borders."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.catalog.districts import Bounded, Tier
from referral.catalog.ports import Origin
from referral.catalog.territory import PartKind
from referral.storage.rows.base import POINT, Row


class MunicipalityRow(Row):
    """A municipality."""

    __tablename__ = "municipalities"
    __table_args__ = (
        CheckConstraint(POINT, name="point"),
        CheckConstraint("population >= 0 AND population_65_plus >= 0", name="population"),
        CheckConstraint("population_80_plus >= 0", name="population_80_plus"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    orp: Mapped[str] = mapped_column(index=True)
    district: Mapped[str] = mapped_column(index=True)
    region: Mapped[str] = mapped_column(index=True)
    lat: Mapped[float]
    lon: Mapped[float]
    population: Mapped[int | None]
    population_65_plus: Mapped[int | None]
    population_as_of: Mapped[date | None]
    source: Mapped[str]
    pou: Mapped[str]
    population_80_plus: Mapped[int | None]
    origin: Mapped[Origin]


class MunicipalityPartRow(Row):
    """A part of a municipality."""

    __tablename__ = "municipality_parts"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipalities.code"), index=True)
    kind: Mapped[PartKind]
    origin: Mapped[Origin]


class DistrictRow(Row):
    """An administrative district."""

    __tablename__ = "districts"

    tier: Mapped[Tier] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    other_code: Mapped[str]
    parent: Mapped[str]
    origin: Mapped[Origin]


class BoundaryRow(Row):
    """A border; ``geometry`` is a GeoJSON geometry, (lon, lat) in WGS84.

    ``code`` is no foreign key: the border may come before its municipality, and ORPs have no table
    of their own.
    """

    __tablename__ = "boundaries"

    around: Mapped[Bounded] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    geometry: Mapped[str]
    source: Mapped[str]
    as_of: Mapped[date]
    origin: Mapped[Origin]
