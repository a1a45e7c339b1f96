"""Edits as pages show them: the history, and what taking one back would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral.catalog.editing import Edit, Undoing
from referral.catalog.snapshot import Catalog
from referral.web.czech import capitalised
from referral.web.editing.fields import WORDS
from referral.web.editing.telling import DEEDS, author_text, moment, said, verified_text
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class EditView:
    """One edit; ``undone`` names the edit that it took back, empty for any other."""

    number: int
    when: str
    iso: str
    author: str
    approved: str
    service_id: str
    service: str
    field: str
    deed: str
    before: tuple[str, ...]
    before_verified: str
    after: tuple[str, ...]
    after_verified: str
    reason: str
    undone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoView:
    """What taking an edit back would do, and what would stop to hold by it."""

    edit: EditView
    current: tuple[str, ...]
    current_verified: str
    restored: tuple[str, ...]
    restored_verified: str
    later: tuple[EditView, ...]
    last: int
    done: bool
    overwrites: bool


def edit_view(edit: Edit, catalog: Catalog, names: Mapping[str, str]) -> EditView:
    """Tell one edit; ``names`` are the logins of accounts by their ids."""
    shown = catalog.shown_id(edit.service)
    service = catalog.services.get(shown)
    signed = edit.signed
    approved = names.get(signed.approved_by, "") if signed.approved_by else ""
    return EditView(
        number=edit.number,
        when=moment(signed.at),
        iso=signed.at.isoformat(timespec="minutes"),
        author=author_text(signed.author, names),
        approved=_("schválil {login}").format(login=approved) if approved else "",
        service_id=shown,
        service=edit.service if service is None else service.name,
        field=WORDS[edit.field].name,
        deed=capitalised(DEEDS[edit.deed]),
        before=said(edit.before, catalog),
        before_verified=verified_text(edit.before),
        after=said(edit.after, catalog),
        after_verified=verified_text(edit.after),
        reason=signed.reason,
        undone=""
        if edit.undoes is None
        else _("vrácení opravy číslo {number}").format(number=edit.undoes),
    )


def edit_views(
    edits: Iterable[Edit], catalog: Catalog, names: Mapping[str, str]
) -> tuple[EditView, ...]:
    """Tell edits in their order."""
    return tuple(edit_view(one, catalog, names) for one in edits)


def undo_view(found: Undoing, catalog: Catalog, names: Mapping[str, str]) -> UndoView:
    """Tell what taking an edit back would do."""
    return UndoView(
        edit=edit_view(found.edit, catalog, names),
        current=said(found.current, catalog),
        current_verified=verified_text(found.current),
        restored=said(found.edit.before, catalog),
        restored_verified=verified_text(found.edit.before),
        later=edit_views(found.later, catalog, names),
        last=found.last,
        done=found.done,
        overwrites=found.overwrites,
    )
