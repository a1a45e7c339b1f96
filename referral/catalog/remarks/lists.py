"""Read a list of areas: "na území měst Most a Litvínov, včetně jejich spádových obcí"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from referral.catalog.areas import AreaKind
from referral.catalog.places.answers import How
from referral.catalog.places.declension import PREPOSITIONS
from referral.catalog.remarks.choosing import is_well_known
from referral.catalog.remarks.distances import distance_at
from referral.catalog.remarks.draft import Draft
from referral.catalog.remarks.gazetteer import Gazetteer, Named
from referral.catalog.remarks.measuring import Measuring
from referral.catalog.remarks.naming import Lead
from referral.catalog.remarks.terms import Role
from referral.catalog.remarks.view import KINDS, View
from referral.catalog.remarks.wording import (
    NOTE_BESIDES,
    NOTE_GUESS,
    NOTE_MAINLY,
    WHY_MISSPELT,
    WHY_UNKNOWN,
    WHY_VAGUE,
)
from referral.catalog.territory import Municipality

_BRACKETS: Final = ("(", ")", "[", "]")
_SILENT: Final = (Role.AND, Role.ALSO, Role.FILLER, Role.DISTANCE, Role.THOSE)
_JOINING: Final = frozenset((Role.AND, Role.ALSO, Role.FILLER))
_NO_NAMES: Final = (
    *(Role.INSTITUTION, Role.SITE, Role.SERVE, Role.DENY, Role.FIELD, Role.SEAT, Role.FROM),
    *(Role.MAINLY, Role.AND, Role.ALSO, Role.FILLER),
)
_OF_PEOPLE: Final = ("obcan", "pobyt", "pobyv", "zij", "cizin", "legal", "statni", "pojist")

_FAR: Final = 60

_Step = Callable[[int], int | None]


class ListReader(Measuring):
    """Reads lists of areas in one sentence into a draft; make one for each sentence."""

    def __init__(
        self, view: View, draft: Draft, gazetteer: Gazetteer, near: Municipality | None
    ) -> None:
        super().__init__(view, draft, gazetteer, near)
        self._outer: list[Lead] = []
        self._after_except = -1
        self._steps: Sequence[_Step] = (
            self._sign,
            self._measure,
            self._word,
            self._link,
            self._name,
            self._unknown,
        )
        self._words: Mapping[Role, Callable[[int, int], int | None]] = {
            Role.CAPITAL: self._capital,
            Role.COUNTRY: self._country,
            Role.MAYBE_COUNTRY: self._maybe_country,
            Role.EXCEPT: self._except,
            Role.CATCHMENT: self._catchment,
            Role.AROUND: self._surroundings,
            Role.VAGUE: self._vague,
            Role.PART: self._part,
            Role.ORP: self._district_of_orp,
            Role.ADMIN: self._administration,
            Role.POU: self._lead_to(Role.POU),
            Role.DISTRICT: self._district,
            Role.REGION: self._kraj,
            Role.CADASTRE: self._lead_to(Role.CADASTRE),
            Role.TOWN: self._town,
            Role.MUNICIPALITY: self._town,
            Role.TERRITORY: self._territory,
            Role.MAYBE_VAGUE: self._maybe_vague,
        }

    def read(self, at: int) -> int:
        """Read the list that begins at a token and return the position after it."""
        self.begin()
        self._outer.clear()
        self._hear_before(at)
        following: int | None = at
        while following is not None and following < len(self._view):
            at = following
            steps = (step(at) for step in self._steps)
            following = next((end for end in steps if end is not None), None)
        return at if following is None else following

    def _hear_before(self, at: int) -> None:
        """Heed the words right before a list: "převážně v Mostě", "jeho spádové obce"."""
        view = self._view
        for role in (Role.ITS, Role.THEIR):
            if view.has(at - 1, role):
                self._pronoun = role
        before = at - 2 if view.is_preposition(at - 1) else at - 1
        if view.has(before, Role.MAINLY):
            self._doubt = NOTE_MAINLY.format(words=view.stretch(before, before + 1))

    # --- signs and words between names --------------------------------------------------------

    def _sign(self, at: int) -> int | None:
        sign = self._view.tokens[at].typed
        if self._view.is_separator(at):
            self._fresh = True
        elif sign in _BRACKETS:
            if sign in "([":
                self._outer.append(self._lead)
                self._fresh = True
            else:
                self._lead = self._outer.pop() if self._outer else self._lead
                self._fresh = False
        else:
            return None
        return at + 1

    def _link(self, at: int) -> int | None:
        view, roles = self._view, self._view.roles(at)
        if view.is_preposition(at):
            idiom = not self._fresh and Role.IDIOM in roles
            return roles[Role.IDIOM] if idiom else self._preposition(at)
        for role in (Role.ITS, Role.THEIR):
            if role in roles and role is not self._pronoun:
                self._pronoun, self._fresh = role, True
                return roles[role]
        if Role.MAINLY in roles:
            self._doubt = NOTE_MAINLY.format(words=view.stretch(at, roles[Role.MAINLY]))
            return roles[Role.MAINLY]
        if view.tokens[at].capital and at > 0 and not view.is_separator(at - 1):
            return None
        ends = [roles[role] for role in _SILENT if role in roles]
        if not ends:
            return None
        self._fresh = self._fresh or not _JOINING.isdisjoint(roles)
        return max(ends)

    def _preposition(self, at: int) -> int | None:
        if not (self.leads(at) or self._view.sounds_like_a_place(at)):
            return None
        excepted = self._lead.excepted and at == self._after_except
        cases = PREPOSITIONS.get(self._view.words[at])
        self._lead = Lead(cases=cases, excepted=excepted)
        self._fresh = True
        if self._view.words[at] != self._said:
            self._said, self._since = self._view.words[at], len(self._draft.mentions)
        return at + 1

    def _except(self, at: int, end: int) -> int | None:
        if not self.leads(end):
            return None
        besides = self._view.means_besides(at)
        if besides:
            self._draft.notes.append(NOTE_BESIDES.format(words=self._view.stretch(at, end)))
        self._lead = Lead(excepted=not besides)
        self._fresh, self._after_except = True, end
        return end

    def _word(self, at: int) -> int | None:
        roles = self._view.roles(at)
        known = [role for role in self._words if role in roles]
        if not known:
            return None
        longest = max(roles[role] for role in known)
        role = next(role for role in known if roles[role] == longest)
        return self._words[role](at, longest)

    # --- areas that need no name of their own -------------------------------------------------

    def _capital(self, at: int, end: int) -> int:
        name = "Hlavní město Praha"
        outside = name not in self._gazetteer.index.regions.names.names
        self.add(at, end, Named(end=end, kind=AreaKind.REGION, name=name, outside=outside))
        return end

    def _country(self, at: int, end: int) -> int:
        self.add(at, end, Named(end=end, kind=AreaKind.COUNTRY, name="Česká republika"))
        return end

    def _maybe_country(self, at: int, end: int) -> int | None:
        """Read "v ČR" as an area when somebody works there, not when clients live there."""
        start = max(0, at - _FAR)
        before = self._view.words[start:at]
        served = any(self._view.has(position, Role.SERVE) for position in range(start, at))
        listed = at > 0 and self._view.tokens[at - 1].typed == ":"
        if not (served or listed) or any(word.startswith(_OF_PEOPLE) for word in before):
            return None
        return self._country(at, end)

    def _vague(self, at: int, end: int) -> int | None:
        if self._view.words[at] == "mas" and not self._view.is_acronym(at):
            # "jak se máš"
            return None
        last = max(self._view.shape(end), end)
        self._draft.leave(self._view, at, last, WHY_VAGUE)
        self._fresh = False
        return last

    def _maybe_vague(self, at: int, end: int) -> int | None:
        """Read "oblast Chomutova" around the town, "lokalita X" as X, an unknown name as vague."""
        view = self._view
        following = view.fillers(end)
        if following < len(view) and view.is_landscape(following):
            return self._vague(at, view.shape(following))
        around = view.words[at].startswith(("oblast", "region"))
        known = view.has(following, *KINDS) or self.names_a_place(following)
        last = view.shape(following)
        if not known and (around or last == following):
            return None if last == following else self._vague(at, last)
        role = Role.AROUND if around else Role.MUNICIPALITY
        self._lead = replace(self._lead, role=role, cases=None)
        self._fresh = True
        return end

    # --- names --------------------------------------------------------------------------------

    def _measure(self, at: int) -> int | None:
        distance = distance_at(self._view, at)
        return self.travel_time(at) if distance is None else self.radius(distance)

    def _name(self, at: int) -> int | None:
        if not self._fresh:
            return None
        if self._lead.role is Role.PART and self._lead.parents:
            part = self._naming.part_of(self._lead.parents, at)
            if part is not None:
                self.add_part(at, part)
                return part.end
        named = self._naming.named(at, self._lead)
        if named is None:
            return None
        if self._belongs_to is not None:
            self.put_into(self._belongs_to, named)
            return named.end
        part = self._naming.part_after(named)
        if part is not None:
            self.add_part(at, part)
            return self._further_numbers(at, named, part.end)
        self.add(at, named.end, named)
        return named.end

    def _further_numbers(self, at: int, named: Named, end: int) -> int:
        """Read the rest of "Praha 4, 5 a 12"."""
        view = self._view
        while end + 1 < len(view) and (view.is_separator(end) or view.words[end] in {"a", "i"}):
            part = self._naming.part_after(replace(named, end=end + 1))
            if part is None or view.tokens[end + 1].number is None:
                break
            self.add_part(at, part)
            end = part.end
        return end

    def _guess(self, at: int, end: int) -> None:
        """Add the town that a misspelt name means; a village could be a hamlet we do not know."""
        view = self._view
        guess = self._naming.guess(at, end, self._draft.mentions)
        if guess is None:
            self._draft.leave(view, at, end, WHY_UNKNOWN)
            return
        place = guess.candidates[0].place
        if guess.how is How.TYPO and not is_well_known(place):
            self._draft.leave(view, at, end, WHY_MISSPELT.format(name=place.name))
        else:
            note = NOTE_GUESS.format(words=view.stretch(at, end), name=place.name)
            self.add(at, end, guess, note=note)

    def _unknown(self, at: int) -> int | None:
        """Guess a name that nobody bears as it stands there, or say that it is not known."""
        view = self._view
        end = view.shape(at) if self._fresh else at
        if end == at or view.is_acronym(at) or view.has(at, *_NO_NAMES):
            return None
        if view.is_landscape(at):
            self._draft.leave(view, at, end, WHY_VAGUE)
        elif view.ends_a_name(end):
            self._guess(at, end)
        else:
            return None
        self._fresh = False
        return end
