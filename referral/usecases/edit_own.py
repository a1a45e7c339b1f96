"""Correct, confirm and forget what we have verified, and take any such edit back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from referral.catalog.edit_store import EditReader, EditStore, EditWriter, WantedEdits
from referral.catalog.editing import Edit, Signature, Undoing
from referral.catalog.own_fields import OwnField, OwnValue


class EditError(ValueError):
    """An edit that cannot be made; the message is one Czech sentence."""


class OvertakenError(Exception):
    """Somebody else has edited the same field meanwhile; nothing was written.

    ``meanwhile`` are the edits that were not seen, the latest first.
    """

    def __init__(self, meanwhile: Sequence[Edit]) -> None:
        """Keep what was not seen."""
        super().__init__("the field was edited meanwhile")
        self.meanwhile = tuple(meanwhile)


class OverwritesError(Exception):
    """Taking the edit back would end what was said since; a person has to decide first."""

    def __init__(self, undoing: Undoing) -> None:
        """Keep what would be overwritten."""
        super().__init__("later edits would stop to hold")
        self.undoing = undoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a field of a service shall be; ``value`` None forgets ours, so that the source holds.

    ``seen`` is the number of the latest edit of the field that its author has seen, 0 for none.
    """

    field: OwnField
    value: OwnValue | None
    seen: int = 0


def edit_own(
    store: EditStore,
    service: str,
    wishes: Iterable[Wish],
    *,
    records: Collection[str],
    signed: Signature,
) -> None:
    """Write wishes about one service, all or none; ``records`` are those that stand for it.

    Raises:
        OvertakenError: a field was edited since its author looked.
        StorageError: the database does not answer or refuses.
    """
    with store.editing() as writer:
        for wish in wishes:
            unseen = edits_after(writer, records, wish.field, wish.seen)
            if unseen:
                raise OvertakenError(unseen)
            write_wish(writer, service, wish, signed=signed)


def write_wish(writer: EditWriter, service: str, wish: Wish, *, signed: Signature) -> None:
    """Write one wish within a transaction."""
    if wish.value is None:
        writer.forget_own([(service, wish.field)], signed=signed)
    else:
        writer.save_own([wish.value], signed=signed)


def edits_after(
    reader: EditReader, records: Collection[str], field: OwnField, seen: int
) -> tuple[Edit, ...]:
    """Return edits of a field of these records later than one that was seen, the latest first."""
    edits = reader.edits(WantedEdits(services=frozenset(records), field=field))
    return tuple(one for one in edits if one.number > seen)


def undoing(reader: EditReader, number: int) -> Undoing:
    """Return what taking an edit back means now.

    Raises:
        EditError: there is no such edit.
        StorageError: the database does not answer.
    """
    edit = reader.edit(number)
    if edit is None:
        raise EditError(f"Oprava číslo {number} v záznamu není; vraťte se do historie.")
    wanted = WantedEdits(services=frozenset({edit.service}), field=edit.field)
    held = [one for one in reader.own_values(edit.service) if one.field is edit.field]
    return Undoing.of(edit, history=reader.edits(wanted), current=held[0] if held else None)


def undo_edit(
    store: EditStore, number: int, *, signed: Signature, seen: int = 0, over: bool = False
) -> None:
    """Put back exactly what was before an edit; that it was taken back is an edit too.

    ``over`` says that a person has seen all edits up to ``seen`` and wants it all the same.

    Raises:
        EditError: there is no such edit, or what was before it holds already.
        OverwritesError: something was said since, and nobody has decided about it.
        StorageError: the database does not answer or refuses.
    """
    with store.editing() as writer:
        found = undoing(writer, number)
        if found.done:
            raise EditError("Není co vracet: právě tento stav už platí.")
        if found.overwrites and not (over and seen == found.last):
            raise OverwritesError(found)
        edit = found.edit
        if edit.before is None:
            writer.forget_own([(edit.service, edit.field)], signed=signed, undoes=number)
        else:
            writer.save_own([edit.before], signed=signed, undoes=number)
