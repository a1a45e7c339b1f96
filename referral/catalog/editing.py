"""Edits of what we have verified ourselves: who changed what, when, from what to what, and why.

Edits are only ever added. An edit is taken back by another one that puts the value before it back
exactly, so everything that was ever said can be found and brought back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from referral.catalog.errors import CatalogError
from referral.catalog.own_fields import OwnField, OwnValue


class AuthorKind(StrEnum):
    """By which way an edit came."""

    ACCOUNT = "account"
    LINK = "link"
    SHEET = "sheet"
    COMMAND = "command"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who made an edit: the id of an account or of a link with its role, never a name."""

    kind: AuthorKind
    id: str = ""
    role: str = ""


THE_PROGRAM = Author(kind=AuthorKind.PROGRAM)
BY_SHEET = Author(kind=AuthorKind.SHEET)
BY_COMMAND = Author(kind=AuthorKind.COMMAND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What stands under edits: their author, the moment (with a time zone) and the reason.

    ``approved_by`` is the id of the account that let a change of somebody else through.
    """

    author: Author
    at: datetime
    reason: str = ""
    approved_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a moment that could be of any time zone."""
        if self.at.tzinfo is None:
            message = "the moment of an edit needs a time zone"
            raise CatalogError(message)


class Deed(StrEnum):
    """What an edit did to a value."""

    ADDED = "added"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit of one field of one service; None is that the source's value holds.

    ``number`` orders all edits without ties. ``undoes`` is the number of the edit taken back.
    """

    number: int
    service: str
    field: OwnField
    before: OwnValue | None
    after: OwnValue | None
    signed: Signature
    undoes: int | None = None

    @property
    def deed(self) -> Deed:
        """What it did."""
        if self.after is None:
            return Deed.FORGOTTEN
        if self.before is None:
            return Deed.ADDED
        return Deed.CONFIRMED if same_content(self.before, self.after) else Deed.CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What taking an edit back means now.

    ``current`` is the value that holds, ``later`` the edits made since on the same field. ``last``
    is the number of the latest of them: whoever decides knows the state behind that number.
    """

    edit: Edit
    current: OwnValue | None
    later: tuple[Edit, ...]

    @classmethod
    def of(cls, edit: Edit, *, history: Sequence[Edit], current: OwnValue | None) -> Self:
        """Judge an edit among all edits of its field, whatever their order."""
        later = sorted((one for one in history if one.number > edit.number), key=_number)
        return cls(edit=edit, current=current, later=tuple(later))

    @property
    def done(self) -> bool:
        """Whether the value before the edit holds already, so that there is nothing to do."""
        return self.current == self.edit.before

    @property
    def overwrites(self) -> bool:
        """Whether something that was said since would stop to hold: a person has to decide."""
        return not self.done and self.current != self.edit.after

    @property
    def last(self) -> int:
        """The number of the latest edit of the field."""
        return self.later[-1].number if self.later else self.edit.number


def same_content(one: OwnValue, other: OwnValue) -> bool:
    """Tell whether two values say the same, whenever and by whom they were verified."""
    return verified_again(one, on=other.verified_on, like=other) == other


def verified_again(value: OwnValue, *, on: date, like: OwnValue | None = None) -> OwnValue:
    """Return a value as it was verified on another day, in the same role or in that of ``like``."""
    by = value.verified_by if like is None else like.verified_by
    return replace(value, verified_on=on, verified_by=by)


def _number(edit: Edit) -> int:
    return edit.number
