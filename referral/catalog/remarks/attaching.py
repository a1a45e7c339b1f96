"""Words that hang on names: catchments, surroundings, administrative districts, parts."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from referral.catalog.areas import AreaKind
from referral.catalog.remarks.adding import Adding
from referral.catalog.remarks.distances import distance_at
from referral.catalog.remarks.gazetteer import Named
from referral.catalog.remarks.naming import named_municipality
from referral.catalog.remarks.terms import Role
from referral.catalog.remarks.view import KINDS
from referral.catalog.remarks.wording import (
    NOTE_AROUND,
    NOTE_GROUP,
    NOTE_NEAR,
    NOTE_ONLY_PART,
    NOTE_POU,
    WHY_WHICH,
)
from referral.catalog.territory import Municipality

_PLAIN: Final = frozenset((AreaKind.MUNICIPALITY, AreaKind.CATCHMENT, AreaKind.RADIUS))
_SINGULAR: Final = frozenset(
    ("města", "městě", "obce", "obci", "kraje", "kraji", "okresu", "okrese", "orp", "městyse")
)
"""With diacritics: "obci" is one municipality, "obcí" are many."""

_OWN: Final = {
    Role.ORP: (AreaKind.ORP, "orp"),
    Role.DISTRICT: (AreaKind.DISTRICT, "district"),
    Role.REGION: (AreaKind.REGION, "region"),
}
_PLACES: Final = frozenset((Role.TOWN, Role.MUNICIPALITY))
_KEPT: Final = frozenset((Role.CATCHMENT, Role.AROUND, Role.ADMIN, Role.POU))
"""What "město", "obec" say no more about: "spádové obce města Kadaň"."""

_BETWEEN: Final = frozenset(("do", "v", "ve", "cca", "asi", "max", "maximalne", "az", "(", ","))
_ONLY: Final = frozenset(("pouze", "jen", "vyhradne"))
_SURE_OF_GROUP: Final = 0.8
_SURE_OF_NEAR: Final = 0.6
_SURE_OF_POU: Final = 0.7


class Attaching(Adding):
    """The part of a list's reader that ties words to the names before or after them."""

    # --- words of kinds -----------------------------------------------------------------------

    def _lead_to(self, role: Role) -> Callable[[int, int], int]:
        def lead(at: int, end: int) -> int:  # noqa: ARG001 - every word's method takes both
            self._lead = replace(self._lead, role=role, parents=())
            self._fresh = True
            return end

        return lead

    def _territory(self, at: int, end: int) -> int:  # noqa: ARG002 - as above
        self._lead = replace(self._lead, role=Role.MUNICIPALITY, cases=None)
        self._fresh = True
        return end

    def _town(self, at: int, end: int) -> int:
        group = self._draft.group
        if group and not self._fresh and self._lead.role is Role.PART:
            last = self._draft.mentions[group[-1]]
            if last.parent is None and self._leads_to_name(at):
                self._belongs_to = group[-1]
        role = Role.TOWN if Role.TOWN in self._view.roles(at) else Role.MUNICIPALITY
        return self._lead_or_unnamed(at, end, role)

    def _kraj(self, at: int, end: int) -> int:
        return self._lead_or_unnamed(at, end, Role.REGION)

    def _district(self, at: int, end: int) -> int:
        return self._lead_or_unnamed(at, end, Role.DISTRICT)

    def _district_of_orp(self, at: int, end: int) -> int:
        return self._to_orps(end) or self._lead_or_unnamed(at, end, Role.ORP)

    def _administration(self, at: int, end: int) -> int:
        return self._to_orps(end) or self._lead_or_unnamed(at, end, Role.ADMIN)

    def _to_orps(self, end: int) -> int | None:
        """Widen what stands before to its ORP: "Kadaň a její správní obvod", "Žatec (ORP)"."""
        targets = self._targets()
        if not targets or self._leads_to_name(end):
            return None
        for position in targets:
            mention = self._draft.mentions[position]
            orp = self._naming.is_orp(mention.named)
            if orp is None:
                unsure = mention.doubted(_SURE_OF_POU, NOTE_POU)
                self._draft.put(position, replace(unsure, kind=AreaKind.RADIUS))
            else:
                self._draft.put(position, replace(mention, kind=AreaKind.ORP, named=orp))
        self._stretch_to(targets, end)
        return end

    def _lead_or_unnamed(self, at: int, end: int, role: Role) -> int:
        """Expect names of this kind; when none follows, say so or take the service's."""
        view = self._view
        singular = view.tokens[at].typed in _SINGULAR
        alone = singular and not (self._leads_to_name(end) or self.leads(end))
        if alone and view.has(at - 1, Role.TERRITORY, Role.FILLER) and not self._pronoun:
            near = self._near
            if near is None:
                self._draft.leave(view, at - 1, end, WHY_WHICH)
            else:
                self._add_own(at, end, near, role)
            self._fresh = False
            return end
        if role not in _PLACES or self._lead.role not in _KEPT:
            self._lead = replace(self._lead, role=role, parents=(), cases=None)
        self._fresh = True
        return end

    def _add_own(self, at: int, end: int, near: Municipality, role: Role) -> None:
        """Add the service's own municipality, ORP, district or region: "na území kraje"."""
        named = named_municipality(near, end=end)
        if role in _OWN:
            kind, attribute = _OWN[role]
            named = Named(end=end, kind=kind, name=getattr(near, attribute))
        self._append(at - 1, end, named, kind=named.kind, sure=_SURE_OF_NEAR, notes=(NOTE_NEAR,))

    def _part(self, at: int, end: int) -> int | None:
        """Expect names of parts; "včetně všech místních částí" names none and adds nothing."""
        view, group = self._view, self._draft.group
        if view.has(end - 1, *_PLACES):
            # "v přilehlých částech obcí Okounov a Kovářská"
            return self._lead_to(Role.MUNICIPALITY)(at, end)
        following = view.token(view.fillers(end))
        if following is not None and following.typed == ":":
            following = view.token(view.fillers(end) + 1)
        if following is None or not (following.capital or view.has(view.fillers(end), *KINDS)):
            self._fresh, self._pronoun = False, None
            return end if group else None
        if not group and at > 0 and view.has(at - 1, Role.AND, Role.ITS, Role.THEIR):
            # "v obcích a osadách Kalek, …": the names are of municipalities as well.
            return end
        targets = self._targets()
        if view.words[at - 1] in _ONLY:
            for position in targets:
                mention = self._draft.mentions[position]
                self._draft.put(position, mention.doubted(_SURE_OF_GROUP, NOTE_ONLY_PART))
        parents = [self._draft.mentions[one] for one in targets]
        self._lead = replace(
            self._lead,
            role=Role.PART,
            cases=None,
            parents=tuple(one.named for one in parents if one.kind is AreaKind.MUNICIPALITY),
        )
        self._fresh, self._pronoun = True, None
        return end

    # --- catchments, surroundings, radii ------------------------------------------------------

    def _targets(self) -> tuple[int, ...]:
        """Return the mentions before that a word may hang on.

        "Jeho" means the last one; "jejich" those after the last other preposition, if several:
        "v okrese Most a na území měst Žatec a Louny a jejich spádových obcí".
        """
        group = [one for one in self._draft.group if self._draft.mentions[one].kind in _PLAIN]
        if not group and self._pronoun:
            group = [one for one in self._draft.recent if self._is_plain(one)]
        if self._pronoun is Role.ITS:
            return tuple(group[-1:])
        last = [one for one in group if one >= self._since]
        return tuple(last if len(last) > 1 else group)

    def _is_plain(self, position: int) -> bool:
        return self._draft.mentions[position].kind in _PLAIN

    def _stretch_to(self, targets: Iterable[int], end: int) -> None:
        """Let the words of the mentions include what hangs on them."""
        last = self._view.tokens[end - 1].end
        for position in targets:
            self._draft.put(position, replace(self._draft.mentions[position], end=last))
        self._fresh, self._pronoun = False, None

    def _widen(self, targets: tuple[int, ...], kind: AreaKind) -> None:
        """Turn the municipalities before into their catchments or surroundings."""
        unsaid = len(targets) > 1 and self._pronoun is None
        for position in targets:
            mention = self._draft.mentions[position]
            if mention.kind is AreaKind.MUNICIPALITY:
                mention = replace(mention, kind=kind)
                if kind is AreaKind.RADIUS:
                    mention = mention.doubted(_SURE_OF_NEAR, NOTE_AROUND)
                if unsaid:
                    mention = mention.doubted(_SURE_OF_GROUP, NOTE_GROUP)
                self._draft.put(position, mention)

    def _catchment(self, at: int, end: int) -> int | None:
        view = self._view
        if self._pronoun is None and self._leads_to_name(end):
            return self._lead_to(Role.CATCHMENT)(at, end)
        following = view.token(end)
        if end == at + 1 and following is not None and following.is_word and not view.roles(end):
            return None
        targets = self._targets()
        if targets:
            self._widen(targets, AreaKind.CATCHMENT)
            self._stretch_to(targets, end)
        else:
            self._draft.leave(view, at, end, WHY_WHICH)
            self._fresh = False
        return end

    def _surroundings(self, at: int, end: int) -> int | None:
        view = self._view
        if self._pronoun is None and self._leads_to_name(end):
            return self._lead_to(Role.AROUND)(at, end)
        targets = self._targets()
        if not targets:
            if end == at + 1 and not self._draft.group:
                # "rodina a okolí klienta"
                return None
            self._draft.leave(view, at, end, WHY_WHICH)
            self._fresh = False
            return end
        number = self._number_soon(end)
        if number is not None:
            return number
        self._widen(targets, AreaKind.RADIUS)
        self._stretch_to(targets, end)
        return end

    def _number_soon(self, at: int) -> int | None:
        """Return the position of a distance that follows "a okolí": "do 10 km", "(20 km)"."""
        view = self._view
        while at < len(view) and (view.words[at] in _BETWEEN or view.has(at, Role.DISTANCE)):
            at += 1
        return at if distance_at(view, at) else None
