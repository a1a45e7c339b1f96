"""Radii and travel times in a list of areas."""

from dataclasses import replace
from typing import Final

from referral.catalog.areas import AreaKind
from referral.catalog.remarks.attaching import Attaching
from referral.catalog.remarks.distances import (
    Distance,
    Origin,
    lead_of,
    minutes_at,
    origin_after,
)
from referral.catalog.remarks.gazetteer import Named
from referral.catalog.remarks.naming import Lead, named_municipality
from referral.catalog.remarks.terms import Role
from referral.catalog.remarks.wording import NOTE_NEAR, NOTE_THOSE, WHY_ORIGIN, WHY_TIME

_SURE_OF_SITE: Final = 0.7
_SURE_OF_THOSE: Final = 0.9


class Measuring(Attaching):
    """The part of a list's reader that reads distances."""

    def radius(self, distance: Distance) -> int:
        """Read from where the kilometres are measured and add a radius around each such place."""
        origin = origin_after(self._view, distance.end)
        if origin is None or origin.those:
            return self._around_those(distance, distance.end if origin is None else origin.at)
        if origin.site:
            return self._around_site(distance, origin)
        return self._around_named(distance, origin.at)

    def travel_time(self, at: int) -> int | None:
        """Leave "dojezd do 30 minut od Mostu" unread, with the names it is measured from."""
        view = self._view
        end = minutes_at(view, at)
        if end is None:
            return None
        if view.has(end, Role.FROM):
            end = view.roles(end)[Role.FROM]
            while end < len(view) and (named := self._next_origin(end)) is not None:
                end = named.end
        self._draft.leave(view, lead_of(view, at), end, WHY_TIME)
        self._fresh = False
        return end

    def _around_those(self, distance: Distance, end: int) -> int:
        draft = self._draft
        targets = self._targets() or tuple(one for one in draft.recent if self._is_plain(one))
        if not targets:
            near = self._near
            if near is None:
                draft.leave(self._view, lead_of(self._view, distance.start), end, WHY_ORIGIN)
                self._fresh = False
                return end
            return self._around_site(distance, Origin(end))
        for position in targets:
            before = draft.mentions[position]
            if before.kind is AreaKind.RADIUS and before.km is None:
                draft.put(position, replace(before, km=distance.km, sure=1.0, notes=()))
            else:
                self._add_radius(
                    distance, end, before.named, sure=_SURE_OF_THOSE, notes=(NOTE_THOSE,)
                )
        self._stretch_to((), end)
        return end

    def _around_site(self, distance: Distance, origin: Origin) -> int:
        near = self._near
        if near is None:
            start = lead_of(self._view, distance.start)
            self._draft.leave(self._view, start, origin.at, WHY_ORIGIN)
        else:
            named = named_municipality(near, end=origin.at)
            self._add_radius(distance, origin.at, named, sure=_SURE_OF_SITE, notes=(NOTE_NEAR,))
        self._fresh = False
        return origin.at

    def _around_named(self, distance: Distance, at: int) -> int:
        end = at
        while (named := self._next_origin(end)) is not None:
            self._add_radius(distance, named.end, named)
            end = named.end
        if end == at:
            end = max(self._view.shape(at), distance.end)
            start = lead_of(self._view, distance.start)
            self._draft.leave(self._view, start, end, WHY_ORIGIN)
        self._fresh = False
        return end

    def _next_origin(self, at: int) -> Named | None:
        """Return the next place of a list like "od města Žatce a Podbořan"."""
        view = self._view
        if view.is_separator(at):
            at += 1
        at = view.fillers(at, Role.AND, Role.TOWN, Role.MUNICIPALITY)
        return self._naming.named(at, Lead(role=Role.TOWN))

    def _add_radius(
        self,
        distance: Distance,
        end: int,
        named: Named,
        *,
        sure: float = 1.0,
        notes: tuple[str, ...] = (),
    ) -> None:
        self._append(
            lead_of(self._view, distance.start),
            end,
            named,
            kind=AreaKind.RADIUS,
            km=distance.km,
            sure=sure,
            notes=notes,
        )
