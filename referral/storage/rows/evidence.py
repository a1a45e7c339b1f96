"""Tables of what people met beside the norm, and of published indexes."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.storage.rows.base import Row


class UnmetCountRow(Row):
    """How many searches for a need found nobody in an ORP in a calendar month."""

    __tablename__ = "unmet_counts"
    __table_args__ = (CheckConstraint("count > 0", name="counts"),)

    orp: Mapped[str] = mapped_column(primary_key=True)
    need: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class ExclusionValueRow(Row):
    """The Index of social exclusion of a municipality, loaded or not, in a year."""

    __tablename__ = "exclusion_values"
    __table_args__ = (CheckConstraint("value >= 0 AND value <= 30", name="points"),)

    municipality: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[float]
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
