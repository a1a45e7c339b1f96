"""What all tables share: a dataclass row, the names of constraints, the types of columns."""

from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, Double, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeEngine

from referral.accounts.model import AccountEvent, Role
from referral.catalog.areas import AreaKind, CoverageStatus
from referral.catalog.changes import ChangedField
from referral.catalog.districts import Bounded, Tier
from referral.catalog.editing import AuthorKind
from referral.catalog.links import Purpose
from referral.catalog.merging import MergeVerdict
from referral.catalog.model import AddressRole, CapacityUnit, Kind, Stance
from referral.catalog.own_fields import OwnField, VerifiedBy
from referral.catalog.ports import Origin
from referral.catalog.proposals import Decision
from referral.catalog.territory import PartKind
from referral.catalog.vocabulary import Form, RefusalBasis, Urgency

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints and indexes are named, so that a later migration can name them too."""


def _choice(of: type[StrEnum]) -> Enum:
    """Store the word itself in a text column that takes no other.

    PostgreSQL's own enumerated types do not exist in SQLite and are hard to change.
    """
    return Enum(
        of,
        values_callable=lambda choice: [word.value for word in choice],
        native_enum=False,
        create_constraint=True,
        length=24,
    )


_COLUMN_TYPES: dict[object, TypeEngine[Any]] = {
    float: Double(),
    list[str]: JSON(),
    AccountEvent: _choice(AccountEvent),
    AddressRole: _choice(AddressRole),
    AreaKind: _choice(AreaKind),
    AuthorKind: _choice(AuthorKind),
    Bounded: _choice(Bounded),
    CapacityUnit: _choice(CapacityUnit),
    ChangedField: _choice(ChangedField),
    CoverageStatus: _choice(CoverageStatus),
    Decision: _choice(Decision),
    Form: _choice(Form),
    Kind: _choice(Kind),
    MergeVerdict: _choice(MergeVerdict),
    Origin: _choice(Origin),
    OwnField: _choice(OwnField),
    PartKind: _choice(PartKind),
    Purpose: _choice(Purpose),
    RefusalBasis: _choice(RefusalBasis),
    Role: _choice(Role),
    Stance: _choice(Stance),
    Tier: _choice(Tier),
    Urgency: _choice(Urgency),
    VerifiedBy: _choice(VerifiedBy),
}


class Row(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """A row of any table: a dataclass without defaults, so that no column is forgotten."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = _COLUMN_TYPES


Position = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
"""The place of a row in its list, counted from 0."""

POINT = "(lat IS NULL) = (lon IS NULL) AND lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180"
"""The rule of a point: both coordinates or neither, and on the globe."""
