"""Tables of what people have decided about records, and how services have answered clients."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.catalog.merging import MergeVerdict
from referral.catalog.own_fields import VerifiedBy
from referral.storage.rows.base import Row


class MergeDecisionRow(Row):
    """A decision about two records; the writer keeps one for both orders of them."""

    __tablename__ = "merge_decisions"
    __table_args__ = (CheckConstraint("kept <> other", name="two"),)

    kept: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), primary_key=True
    )
    other: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    verdict: Mapped[MergeVerdict]
    decided_on: Mapped[date]
    decided_by: Mapped[VerifiedBy]


class OutcomeCountRow(Row):
    """How many clients with a barrier a service has accepted and refused; '' is no barrier."""

    __tablename__ = "outcome_counts"
    __table_args__ = (CheckConstraint("accepted >= 0 AND refused >= 0", name="counts"),)

    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), primary_key=True
    )
    barrier: Mapped[str] = mapped_column(primary_key=True)
    accepted: Mapped[int]
    refused: Mapped[int]
    last_month: Mapped[date]
