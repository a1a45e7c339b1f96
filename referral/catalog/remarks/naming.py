"""Names inside a list: what is named, what hangs on the name, what tells which one is meant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from referral.catalog.areas import AreaKind
from referral.catalog.places.answers import FoundPlace
from referral.catalog.places.declension import Case
from referral.catalog.places.index import Place
from referral.catalog.places.search import find_place
from referral.catalog.remarks.distances import distance_at
from referral.catalog.remarks.gazetteer import Candidate, Gazetteer, Named
from referral.catalog.remarks.mentions import Mention
from referral.catalog.remarks.terms import Role
from referral.catalog.remarks.view import View
from referral.catalog.territory import Municipality
from referral.text import fold

_SURE_OF_PART: Final = 0.85
_SURE_OF_DASH: Final = 0.6
_COORDINATED: Final = 8
_LONGEST_PARENTHESIS: Final = 6
_MOST_DISTRICTS: Final = 22
_CITIES_BY_NUMBERS: Final = frozenset(("Praha", "Plzeň"))
"""The cities whose districts are called by numbers."""

_SHORTEST_IN_LOWER_CASE: Final = 3
_BESIDE: Final = frozenset(("u", "pri", "nedaleko", "pobliz"))
_WIDER: Final = (Role.DISTRICT, Role.ORP, Role.REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What was said before a name: the kind of area, its case, whether it is an exception.

    ``parents`` are the municipalities whose parts follow.
    """

    role: Role = Role.MUNICIPALITY
    cases: Case | None = None
    excepted: bool = False
    parents: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartNamed:
    """A part of a municipality by its name: of ``parent``, up to before the token ``end``."""

    parent: Named
    label: str
    end: int
    candidates: tuple[Candidate, ...] = ()
    sure: float = 1.0


class Naming:
    """Finds names in one sentence."""

    def __init__(self, view: View, gazetteer: Gazetteer) -> None:
        self._view = view
        self._gazetteer = gazetteer

    def named(self, at: int, lead: Lead) -> Named | None:
        """Return what the words from a token on name, under what was said before them."""
        if not self._may_begin(at):
            return None
        region = self.region(at, expected=lead.role is Role.REGION)
        if region is not None:
            return region
        tokens = self._view.tokens
        if lead.role in {Role.ORP, Role.DISTRICT}:
            kind = AreaKind.ORP if lead.role is Role.ORP else AreaKind.DISTRICT
            area = self._gazetteer.area(tokens, at, kind)
            if area is not None:
                return area
        named = self._gazetteer.place(tokens, at, cases=lead.cases, part=lead.role is Role.PART)
        if named is None or not self._is_whole(at, named):
            return None
        return self._told_apart(at, named)

    def _is_whole(self, at: int, named: Named) -> bool:
        """Tell whether a name is no piece of "Česká republika", "Bílá hora" or "Německo"."""
        view = self._view
        if not (named.municipal or (view.tokens[at].capital and not view.is_landscape(at))):
            return False
        country = view.roles(at).get(Role.MAYBE_COUNTRY, 0)
        return named.end >= country and not view.is_landscape_word(named.end)

    def _may_begin(self, at: int) -> bool:
        """Tell whether a name may begin there; without a capital only where nobody types any."""
        token = self._view.token(at)
        if token is None or not token.is_word:
            return False
        if token.capital:
            return True
        short = len(token.folded) < _SHORTEST_IN_LOWER_CASE
        return self._view.careless and not short and not self._view.roles(at)

    def region(self, at: int, *, expected: bool = False) -> Named | None:
        """Return the kraj named there; its "kraj" may stand before it or further on in the list."""
        token = self._view.token(at)
        if token is None or not token.is_word or not self._view.mentions_kraj:
            return None
        whole = self._gazetteer.area(self._view.tokens, at, AreaKind.REGION)
        if whole is not None:
            return whole
        if not token.capital or not (expected or self._kraj_follows(at)):
            return None
        bare = self._gazetteer.bare_region(token)
        return None if bare is None else replace(bare, end=at + 1)

    def _kraj_follows(self, at: int) -> bool:
        """Tell whether "kraj" closes the coordination: "v Ústeckém a Libereckém kraji"."""
        view = self._view
        for position in range(at + 1, min(at + _COORDINATED, len(view))):
            if view.has(position, Role.REGION):
                return True
            token = view.tokens[position]
            joins = token.typed == "," or view.has(position, Role.AND, Role.ALSO)
            if not (token.capital or joins):
                break
        return False

    def part_after(self, named: Named) -> PartNamed | None:
        """Return the part that a hyphen or a number adds: "Most-Souš", "Praha 6"."""
        view, at = self._view, named.end
        token = view.token(at)
        if token is None:
            return None
        if token.number is not None:
            return self._numbered(named, token.number)
        if token.typed not in "-–" or at + 1 >= len(view) or not view.tokens[at + 1].is_word:
            return None
        return self._hyphenated(named, at)

    def _numbered(self, named: Named, number: int) -> PartNamed | None:
        numbered = 0 < number <= _MOST_DISTRICTS and name_of(named) in _CITIES_BY_NUMBERS
        if not numbered or distance_at(self._view, named.end):
            return None
        end = named.end + 1
        return PartNamed(parent=named, label=str(number), end=end, sure=_SURE_OF_PART)

    def _hyphenated(self, named: Named, hyphen: int) -> PartNamed | None:
        view, at = self._view, hyphen + 1
        codes = self.codes_of(named)
        following = self._gazetteer.place(view.tokens, at, part=True)
        inside = () if following is None else _within(following.candidates, codes)
        if following is not None and inside:
            label = inside[0].place.name
            return PartNamed(parent=named, label=label, end=following.end, candidates=inside)
        if following is not None and following.municipal:
            return None
        end = max(view.shape(at), at + 1)
        sure = _SURE_OF_PART
        if view.is_spaced(hyphen):
            # "Litoměřice – Předměstí" is a part; "Sokolov – Neznámov – Kraslice" a list.
            if following is not None or view.is_separator(end) or not view.ends_a_name(end):
                return None
            sure = _SURE_OF_DASH
        return PartNamed(parent=named, label=view.stretch(at, end), end=end, sure=sure)

    def part_of(self, parents: Iterable[Named], at: int) -> PartNamed | None:
        """Return the part of one of the parents that is named there, even one not loaded."""
        view = self._view
        only = tuple(parents)
        end = view.shape(at)
        known = self._gazetteer.place(view.tokens, at, part=True)
        if known is not None:
            end = known.end
            for parent in only:
                inside = _within(known.candidates, self.codes_of(parent))
                if inside:
                    label = inside[0].place.name
                    return PartNamed(parent=parent, label=label, end=end, candidates=inside)
        if end == at or len(only) != 1:
            return None
        return PartNamed(parent=only[0], label=view.stretch(at, end), end=end, sure=_SURE_OF_PART)

    def parts_within(self, named: Named, parent: Named) -> tuple[Candidate, ...]:
        """Return what of a name is a part of the parent."""
        return _within(named.candidates, self.codes_of(parent))

    def guess(self, at: int, end: int, mentions: Iterable[Mention]) -> Named | None:
        """Return what a misspelt or shortened name was meant to be, near what else is named."""
        within = self._around(mentions)
        return self._gazetteer.guess(self._view.tokens, at, end, within=within)

    def is_orp(self, named: Named) -> Named | None:
        """Return the ORP of which the named place is the seat."""
        for candidate in named.candidates:
            municipality = candidate.place.municipality
            if candidate.place.part is None and municipality.name == municipality.orp:
                return Named(end=named.end, kind=AreaKind.ORP, name=municipality.orp)
        return None

    def codes_of(self, named: Named) -> frozenset[str]:
        """Return the municipalities that a name may mean."""
        return frozenset(
            one.place.municipality.code for one in named.candidates if one.place.part is None
        )

    def _around(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """Return the municipalities of the districts in which what was named surely lies."""
        territory = self._gazetteer.index.territory
        codes: set[str] = set()
        for mention in mentions:
            named = mention.named
            if named.kind is AreaKind.REGION:
                codes.update(territory.by_region.get(named.name, ()))
            elif named.kind is AreaKind.DISTRICT:
                codes.update(territory.by_district.get(named.name, ()))
            elif named.kind is AreaKind.ORP:
                codes.update(territory.by_orp.get(named.name, ()))
            elif len(own := self.codes_of(named)) == 1:
                district = territory.municipality(*own).district
                codes.update(territory.by_district[district])
        return frozenset(codes)

    def _told_apart(self, at: int, named: Named) -> Named:
        """Narrow a name by what follows it: "Březová (okres Sokolov)", "Březová u Sokolova"."""
        end = self._qualifier_end(named)
        if end is None or not named.candidates:
            return named
        answer = find_place(self._view.stretch(at, end), self._gazetteer.index)
        if not isinstance(answer, FoundPlace):
            return named
        kept = tuple(
            one for one in named.candidates if one.place.municipality == answer.municipality
        )
        return replace(named, end=end, candidates=kept[:1]) if kept else named

    def _qualifier_end(self, named: Named) -> int | None:
        view, at = self._view, named.end
        token = view.token(at)
        if token is None:
            return None
        if token.typed == "(":
            beside = at + 1 < len(view) and view.words[at + 1] in _BESIDE
            if beside or view.has(at + 1, *_WIDER):
                return self._closing(at)
            return None
        if token.folded in _BESIDE:
            end = view.shape(at + 1)
            return end if end > at + 1 else None
        start = at + 1 if view.is_preposition(at) else at
        if token.typed == "," and len(named.candidates) > 1:
            start = at + 1
        if not view.has(start, Role.DISTRICT, Role.ORP):
            return None
        roles = view.roles(start)
        name = roles.get(Role.DISTRICT) or roles[Role.ORP]
        end = view.shape(name)
        return end if end > name else None

    def _closing(self, at: int) -> int | None:
        for position in range(at + 1, min(at + 2 + _LONGEST_PARENTHESIS, len(self._view))):
            if self._view.tokens[position].typed == ")":
                return position + 1
        return None


def named_municipality(municipality: Municipality, *, end: int) -> Named:
    """Return a municipality that is meant though not named."""
    place = Place(municipality.name, municipality, None)
    return Named(end=end, candidates=(Candidate(place=place),))


def name_of(named: Named) -> str:
    """Return what the first reading of a name is called."""
    return named.candidates[0].place.name if named.candidates else named.name


def part_name(part: PartNamed, parent: str) -> str:
    """Return how a part is called: "Souš", and "Praha 6" when it only has a number."""
    return f"{parent} {part.label}" if fold(part.label).isdecimal() else part.label


def _within(candidates: Iterable[Candidate], codes: frozenset[str]) -> tuple[Candidate, ...]:
    return tuple(
        one
        for one in candidates
        if one.place.part is not None and one.place.municipality.code in codes
    )
