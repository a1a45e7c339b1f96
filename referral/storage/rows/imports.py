"""Tables of imports, their history, code lists, and what we have verified ourselves."""

from datetime import date
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.catalog.changes import ChangedField
from referral.catalog.own_fields import OwnField, VerifiedBy
from referral.storage.rows.base import Position, Row

RunNumber = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
"""The number of an import, counted from 1."""


class ImportRow(Row):
    """A finished import."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint(
            "in_file >= 0 AND added >= 0 AND changed >= 0 AND unchanged >= 0 AND ended >= 0"
            " AND rejected >= 0",
            name="counts",
        ),
    )

    number: Mapped[RunNumber]
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    digest: Mapped[str]
    as_of: Mapped[date]
    on_day: Mapped[date]
    in_file: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    ended: Mapped[int]
    rejected: Mapped[int]


class ImportedRowRow(Row):
    """The fingerprint of the row that a service was last read from."""

    __tablename__ = "imported_rows"

    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    fingerprint: Mapped[str]


class ChangeRow(Row):
    """A change that an import brought."""

    __tablename__ = "changes"

    import_number: Mapped[int] = mapped_column(
        ForeignKey("imports.number"), primary_key=True, autoincrement=False
    )
    position: Mapped[Position]
    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[ChangedField]
    detail: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    on_day: Mapped[date] = mapped_column(index=True)
    source_id: Mapped[str]


class CodeListEntryRow(Row):
    """A code of a list that its publisher keeps."""

    __tablename__ = "code_list_entries"

    code_list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    as_of: Mapped[date]


class OwnValueRow(Row):
    """A value that we verified ourselves; no import touches it."""

    __tablename__ = "own_values"

    service_id: Mapped[str] = mapped_column(
        ForeignKey("services.id", ondelete="CASCADE"), primary_key=True
    )
    field: Mapped[OwnField] = mapped_column(primary_key=True)
    verified_on: Mapped[date]
    verified_by: Mapped[VerifiedBy]
    value: Mapped[str]
