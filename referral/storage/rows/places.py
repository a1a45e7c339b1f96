"""Tables of municipalities and their parts."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.catalog.ports import Origin
from referral.storage.rows.base import POINT, Row


class MunicipalityRow(Row):
    """A municipality."""

    __tablename__ = "municipalities"
    __table_args__ = (
        CheckConstraint(POINT, name="point"),
        CheckConstraint("population >= 0 AND population_65_plus >= 0", name="population"),
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
    origin: Mapped[Origin]


class MunicipalityPartRow(Row):
    """A part of a municipality."""

    __tablename__ = "municipality_parts"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipalities.code"), index=True)
    origin: Mapped[Origin]
