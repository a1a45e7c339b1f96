"""Tables of the vocabulary; ``position`` keeps the order of the word lists."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.catalog.vocabulary import Urgency
from referral.storage.rows.base import Position, Row


class TargetGroupRow(Row):
    """A circle of persons; a wider group may be written after the narrower one (deferred)."""

    __tablename__ = "target_groups"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    broader: Mapped[str | None] = mapped_column(
        ForeignKey("target_groups.code", deferrable=True, initially="DEFERRED")
    )
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    seniors: Mapped[bool]


class ServiceTypeRow(Row):
    """A type of social service; ``forms`` are letters in the order of the word list."""

    __tablename__ = "service_types"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    category: Mapped[str]
    forms: Mapped[str]
    free_of_charge: Mapped[bool]
    remote: Mapped[bool]
    repealed: Mapped[str | None]
    portal_id: Mapped[int | None]
    note: Mapped[str]


class ServiceTypeGroupRow(Row):
    """A target group that a type implies."""

    __tablename__ = "service_type_groups"

    service_type: Mapped[str] = mapped_column(
        ForeignKey("service_types.code", ondelete="CASCADE"), primary_key=True
    )
    target_group: Mapped[str] = mapped_column(ForeignKey("target_groups.code"), primary_key=True)


class NeedRow(Row):
    """A need."""

    __tablename__ = "needs"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    area: Mapped[str]
    name: Mapped[str]
    other_help: Mapped[list[str]]
    urgency: Mapped[Urgency | None]


class NeedServiceTypeRow(Row):
    """A type that answers a need, best first."""

    __tablename__ = "need_service_types"

    need: Mapped[str] = mapped_column(
        ForeignKey("needs.code", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[Position]
    service_type: Mapped[str] = mapped_column(ForeignKey("service_types.code"))


class NeedGroupRow(Row):
    """A target group that a need usually concerns, or follows from it (``implied``)."""

    __tablename__ = "need_groups"

    need: Mapped[str] = mapped_column(
        ForeignKey("needs.code", ondelete="CASCADE"), primary_key=True
    )
    implied: Mapped[bool] = mapped_column(primary_key=True)
    target_group: Mapped[str] = mapped_column(ForeignKey("target_groups.code"), primary_key=True)


class BarrierRow(Row):
    """A barrier with the grounds on which a refusal for it could rest, in their order."""

    __tablename__ = "barriers"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    bases: Mapped[list[str]]
    residential_only: Mapped[bool]
    note: Mapped[str]


class CallRow(Row):
    """A number to ring now."""

    __tablename__ = "calls"

    position: Mapped[Position]
    number: Mapped[str]
    name: Mapped[str]
    why: Mapped[str]
    source: Mapped[str]


class CallNeedRow(Row):
    """An urgent need that a call answers."""

    __tablename__ = "call_needs"

    call: Mapped[int] = mapped_column(
        ForeignKey("calls.position", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    need: Mapped[str] = mapped_column(ForeignKey("needs.code"), primary_key=True)
