"""Tables of edits, of links for the staff of services, of what waits, and of opened cards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.catalog.editing import AuthorKind
from referral.catalog.links import Purpose
from referral.catalog.own_fields import OwnField, VerifiedBy
from referral.catalog.proposals import Decision
from referral.storage.rows.base import Row


class EditRow(Row):
    """An edit of an own value; rows are only ever added. Moments are in UTC."""

    __tablename__ = "edits"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    author_kind: Mapped[AuthorKind]
    author_id: Mapped[str]
    author_role: Mapped[str]
    approved_by: Mapped[str]
    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[OwnField]
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str]
    undoes: Mapped[int | None]


class RecordLinkRow(Row):
    """A link that takes one answer from the staff of a service."""

    __tablename__ = "record_links"
    __table_args__ = (CheckConstraint("expires_at > made_at", name="lives"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[Purpose]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    made_by: Mapped[str]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class ProposalRow(Row):
    """A value that came by a link and waits for an editor, or has waited."""

    __tablename__ = "proposals"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    link_id: Mapped[str] = mapped_column(
        ForeignKey("record_links.id", ondelete="CASCADE"), index=True
    )
    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[OwnField]
    verified_on: Mapped[date]
    verified_by: Mapped[VerifiedBy]
    value: Mapped[str]
    doubts: Mapped[list[str]]
    seen: Mapped[int]
    sent_at: Mapped[datetime]
    note: Mapped[str]
    decision: Mapped[Decision | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]


class CardOpeningsRow(Row):
    """How often the card of a service was opened in a month; nobody who opened it is known."""

    __tablename__ = "card_openings"
    __table_args__ = (CheckConstraint("opened > 0", name="opened"),)

    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), primary_key=True
    )
    month: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[int]
