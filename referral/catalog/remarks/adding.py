"""A list's draft: what was said before a name, and adding what is named as that kind of area."""

from dataclasses import replace
from typing import Final

from referral.catalog.areas import AreaKind
from referral.catalog.places.answers import How
from referral.catalog.remarks import distances
from referral.catalog.remarks.choosing import is_well_known
from referral.catalog.remarks.draft import Draft
from referral.catalog.remarks.gazetteer import Gazetteer, Named
from referral.catalog.remarks.mentions import Mention
from referral.catalog.remarks.naming import Lead, Naming, PartNamed, name_of, part_name
from referral.catalog.remarks.terms import Role
from referral.catalog.remarks.view import KINDS, View
from referral.catalog.remarks.wording import (
    NOTE_AROUND,
    NOTE_NOT_DISTRICT,
    NOTE_NOT_ORP,
    NOTE_OWN_PART,
    NOTE_PART,
)
from referral.catalog.territory import Municipality

_SURE_OF_PART: Final = 0.85
_SURE_OF_DOUBT: Final = 0.8
_WITH_NAMES: Final = (Role.TOWN, Role.MUNICIPALITY, Role.ORP, Role.DISTRICT)
_MOST_KINDS: Final = 4
_LONGEST_BEFORE: Final = 2
_MEANT: Final = {
    Role.ORP: (AreaKind.MUNICIPALITY, 0.9, NOTE_NOT_ORP),
    Role.DISTRICT: (AreaKind.MUNICIPALITY, 0.8, NOTE_NOT_DISTRICT),
    Role.POU: (AreaKind.RADIUS, 1.0, ""),
    Role.AROUND: (AreaKind.RADIUS, 0.6, NOTE_AROUND),
    Role.ADMIN: (AreaKind.CATCHMENT, 1.0, ""),
    Role.CATCHMENT: (AreaKind.CATCHMENT, 1.0, ""),
    Role.PART: (AreaKind.MUNICIPALITY, 0.7, NOTE_OWN_PART),
}
"""What a place is read as after these words, how surely, and what is said about it."""


class Adding:
    """The part of a list's reader that adds what is named."""

    def __init__(
        self, view: View, draft: Draft, gazetteer: Gazetteer, near: Municipality | None
    ) -> None:
        self._view = view
        self._draft = draft
        self._gazetteer = gazetteer
        self._near = near
        self._naming = Naming(view, gazetteer)
        self.begin()

    def begin(self) -> None:
        """Forget what was said before; a new list begins."""
        self._lead = Lead()
        self._fresh = True
        self._pronoun: Role | None = None
        self._belongs_to: int | None = None
        self._doubt = ""
        self._said = ""
        self._since = 0
        self._draft.start_group()

    # --- what stands where --------------------------------------------------------------------

    def leads(self, at: int) -> bool:
        """Tell whether the words at a position lead to an area."""
        view = self._view
        position = view.fillers(at, Role.DISTANCE, Role.MAINLY)
        if view.is_preposition(position):
            position = view.fillers(position + 1, Role.DISTANCE, Role.MAINLY)
        return (
            view.has(position, *KINDS, Role.MAYBE_VAGUE, Role.MAYBE_COUNTRY)
            or self.names_a_place(position)
            or distances.distance_at(view, position) is not None
            or distances.minutes_at(view, position) is not None
        )

    def names_a_place(self, at: int) -> bool:
        """Tell whether a name with a capital stands there, a known one or of a landscape."""
        if not self._view.is_spoken(at):
            return False
        return self._view.is_landscape(at) or self._naming.named(at, Lead()) is not None

    def names_anything(self, at: int) -> bool:
        """Tell whether some name stands there, with a capital or without."""
        return self._naming.named(at, Lead()) is not None

    def names_surely(self, at: int) -> bool:
        """Tell whether a single word can be trusted to be a place: "Žatec" is, "hluk" is not."""
        if self._view.roles(at):
            return True
        named = self._naming.named(at, Lead())
        exact = self._view.tokens[at].capital and named is not None and named.how is How.EXACT
        return exact or (
            named is not None and any(is_well_known(one.place) for one in named.candidates)
        )

    def names_through(self, at: int) -> bool:
        """Tell whether a preposition stands inside a name: "Nová Ves v Horách"."""
        for start in range(max(0, at - _LONGEST_BEFORE), at):
            named = self._naming.named(start, Lead()) if self._view.is_spoken(start) else None
            if named is not None and named.end > at:
                return True
        return False

    def names_a_region(self, at: int, *, expected: bool = False) -> bool:
        """Tell whether a kraj is named there, ``expected`` after the word "kraj"."""
        return self._naming.region(at, expected=expected) is not None

    def _leads_to_name(self, at: int) -> bool:
        """Tell whether a name, or a kind and a name, follows with nothing that divides."""
        view = self._view
        position = view.fillers(at)
        for _ in range(_MOST_KINDS):
            roles = view.roles(position)
            ends = [roles[kind] for kind in _WITH_NAMES if kind in roles]
            position = view.fillers(max(ends, default=position))
        token = view.token(position)
        if token is None or not token.is_word:
            return token is not None and token.typed == ":"
        if self._naming.named(position, replace(self._lead, role=Role.TOWN)):
            return True
        return view.shape(position) > position and not view.roles(position)

    # --- adding -------------------------------------------------------------------------------

    def add(self, start: int, end: int, named: Named, *, note: str = "") -> None:
        """Add what is named, as the kind of area that was said before it."""
        if self._lead.role is Role.ADMIN:
            named = self._naming.is_orp(named) or named
        kind, sure, notes = self._kind_of(named)
        if note:
            notes = (note, *notes)
        self._append(start, end, named, kind=kind, sure=sure, notes=notes)

    def _append(  # noqa: PLR0913 - one argument per thing said about it
        self,
        start: int,
        end: int,
        named: Named,
        *,
        kind: AreaKind,
        km: float | None = None,
        sure: float = 1.0,
        notes: tuple[str, ...] = (),
        parent: Named | None = None,
        label: str = "",
    ) -> None:
        if self._doubt:
            sure, notes = sure * _SURE_OF_DOUBT, (*notes, self._doubt)
        view = self._view
        self._draft.add(
            Mention(
                kind=kind,
                named=named,
                start=view.tokens[start].start,
                end=view.tokens[end - 1].end,
                km=km,
                excluded=view.is_excluded(start, excepted=self._lead.excepted),
                town=self._lead.role is Role.TOWN,
                office=self._lead.role is Role.POU,
                parent=parent,
                label=label,
                sure=sure * named.sure,
                notes=notes,
            )
        )
        self._fresh = False
        self._pronoun = None

    def _kind_of(self, named: Named) -> tuple[AreaKind, float, tuple[str, ...]]:
        """Return the kind of area that a name is after what was said, how surely, and notes."""
        if named.kind is not AreaKind.MUNICIPALITY:
            return named.kind, 1.0, ()
        role = self._lead.role
        if role not in _MEANT or (role is Role.PART and not named.municipal):
            return AreaKind.MUNICIPALITY, 1.0, ()
        kind, sure, note = _MEANT[role]
        return kind, sure, (note.format(name=name_of(named)),) if note else ()

    def put_into(self, position: int, parent: Named) -> None:
        """Say of which municipality the part is that was named before: "část Janov města …"."""
        mention = self._draft.mentions[position]
        inside = self._naming.parts_within(mention.named, parent)
        label = name_of(mention.named)
        note = () if inside else (NOTE_PART.format(name=label, parent=name_of(parent)),)
        self._draft.put(
            position,
            replace(
                mention,
                kind=AreaKind.MUNICIPALITY_PART,
                named=replace(mention.named, candidates=inside),
                parent=parent,
                label=label,
                sure=1.0 if inside else _SURE_OF_PART,
                notes=note,
            ),
        )
        self._belongs_to, self._fresh = None, False

    def add_part(self, start: int, part: PartNamed) -> None:
        """Add a part of a municipality."""
        parent = name_of(part.parent)
        label = part_name(part, parent)
        known = bool(part.candidates)
        note = () if known else (NOTE_PART.format(name=label, parent=parent),)
        named = Named(end=part.end, candidates=part.candidates, how=part.parent.how)
        self._append(
            start,
            part.end,
            named,
            kind=AreaKind.MUNICIPALITY_PART,
            sure=part.sure,
            notes=note,
            parent=part.parent,
            label=label,
        )
