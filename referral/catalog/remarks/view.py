"""One sentence as the reader sees it: tokens, what each may do, and what stands around them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from referral.catalog.places.declension import PREPOSITIONS
from referral.catalog.remarks.terms import Role, roles_at
from referral.catalog.remarks.tokens import Sentence, Token

PLACE_PREPOSITIONS: Final = frozenset(("v", "ve", "na", "z", "ze", "do", "pro", "po", "mezi"))
SEPARATORS: Final = frozenset(",;:–—-/\n•*&+·")
KINDS: Final = frozenset(
    (
        *(Role.TERRITORY, Role.MUNICIPALITY, Role.TOWN, Role.PART, Role.ORP, Role.ADMIN, Role.POU),
        *(Role.DISTRICT, Role.REGION, Role.CAPITAL, Role.COUNTRY, Role.CATCHMENT, Role.AROUND),
        *(Role.CADASTRE, Role.VAGUE),
    )
)
"""Roles after which an area is expected, or which are one."""

_NAMES_GO_ON: Final = frozenset(("nad", "pod", "u", "v", "ve", "na", "pri", "za"))
_LANDSCAPE: Final = frozenset(
    (
        *("hora", "hory", "hore", "horu", "hor", "horach", "pohori", "stredohori", "vrchovina"),
        *("vrchovine", "vybezek", "vybezku", "les", "lese", "raj", "raji", "kotlina", "kotline"),
        *("panev", "panvi", "panve", "skaly", "skalach", "skal"),
    )
)
_OF_KRAJ: Final = ("kraj", "praz", "prah", "vysocin")
_LONGEST_SHAPE: Final = 6
_LONGEST_ACRONYM: Final = 5
_NEAR: Final = 3
_FAR: Final = 60
_SHORTEST_REGION: Final = 6
_REGION_ENDINGS: Final = ("sko", "sku", "cko", "cku", "skem", "ckem", "hori", "ohri")


class View:
    """A sentence with what its words may do, worked out once.

    ``careless`` when its writer uses no capitals, or nothing else, so that they tell nothing;
    ``spoken`` are then the positions in the text of what is a place all the same.
    """

    def __init__(
        self, sentence: Sentence, text: str, *, spoken: frozenset[int] = frozenset()
    ) -> None:
        if text.isupper():
            sentence = tuple(token._replace(capital=False) for token in sentence)
        self.tokens = sentence
        self.words: Sequence[str] = tuple(token.folded for token in sentence)
        self._text = text
        self._spoken = spoken
        self.careless = text.isupper() or not any(
            token.capital for token in sentence[1:] if token.is_word
        )
        self._roles: dict[int, Mapping[Role, int]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def token(self, at: int) -> Token | None:
        """Return the token at a position, None past the end."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def roles(self, at: int) -> Mapping[Role, int]:
        """Return what the words at a position may do, with the ends of the phrases."""
        if not 0 <= at < len(self.tokens) or not self.tokens[at].is_word:
            return {}
        if at not in self._roles:
            self._roles[at] = roles_at(self.words, at)
        return self._roles[at]

    def has(self, at: int, *roles: Role) -> bool:
        """Tell whether the words at a position may do one of these."""
        return not self.roles(at).keys().isdisjoint(roles)

    def is_spoken(self, at: int) -> bool:
        """Tell whether a place stands there, with a capital or after a preposition without one."""
        token = self.token(at)
        return token is not None and (token.capital or token.start in self._spoken)

    def follows(self, at: int, role: Role) -> bool:
        """Tell whether a phrase of this role ends right before a position."""
        return any(self.roles(before).get(role) == at for before in range(at - _NEAR, at))

    def stretch(self, start: int, end: int) -> str:
        """Return the text from one token to before another."""
        return self._text[self.tokens[start].start : self.tokens[end - 1].end]

    def is_preposition(self, at: int) -> bool:
        """Tell whether a preposition of place stands there."""
        token = self.token(at)
        return token is not None and token.folded in PLACE_PREPOSITIONS and not token.dotted

    def is_separator(self, at: int) -> bool:
        """Tell whether a sign that divides the items of a list stands there."""
        token = self.token(at)
        return token is not None and token.typed in SEPARATORS

    def is_spaced(self, at: int) -> bool:
        """Tell whether spaces stand around a sign, so that it joins no words into one name."""
        return not (self.tokens[at].joined and self.tokens[at + 1].joined)

    def is_km(self, at: int) -> bool:
        """Tell whether kilometres stand there."""
        return at < len(self.words) and (
            self.words[at] == "km" or self.words[at].startswith("kilometr")
        )

    def fillers(self, at: int, *more: Role) -> int:
        """Return the position after words that say nothing."""
        while roles := self.roles(at):
            ends = [end for role, end in roles.items() if role is Role.FILLER or role in more]
            if not ends:
                break
            at = max(ends)
        return at

    def shape(self, at: int) -> int:
        """Return where a run of words that looks like a name ends; ``at`` when none begins."""
        end = at
        while end < len(self) and end - at < _LONGEST_SHAPE:
            token = self.tokens[end]
            goes_on = end > at and token.folded in _NAMES_GO_ON and self._is_capital(end + 1)
            if self._is_capital(end) or goes_on or (end > at and token.folded in _LANDSCAPE):
                end += 1
            else:
                break
        return end

    def is_acronym(self, at: int) -> bool:
        """Tell whether a word is a short run of capitals."""
        token = self.tokens[at]
        letters = self._text[token.start : token.end]
        return 1 < len(letters) <= _LONGEST_ACRONYM and letters.isupper()

    def is_landscape(self, at: int) -> bool:
        """Tell whether a word sounds like a region without a border: "Podřipsko", "Poohří"."""
        token = self.tokens[at]
        if not token.capital:
            return False
        named = len(token.folded) >= _SHORTEST_REGION and token.folded.endswith(_REGION_ENDINGS)
        return named or self.is_landscape_word(at + 1)

    def is_landscape_word(self, at: int) -> bool:
        """Tell whether "hory", "výběžek" … stands there in lower case, as a part of a name."""
        token = self.token(at)
        return token is not None and not token.capital and token.folded in _LANDSCAPE

    def sounds_like_a_place(self, at: int) -> bool:
        """Tell whether a preposition there makes a place of a name that nobody knows."""
        following = self.fillers(at + 1)
        return (
            self.words[at] in {"v", "ve"}
            and self.shape(following) > following
            and not self.is_acronym(following)
            and not self.roles(following)
            and self.ends_a_name(self.shape(following))
        )

    def ends_a_name(self, at: int) -> bool:
        """Tell whether what stands there can follow the last item of a list of names."""
        token = self.token(at)
        return (
            token is None
            or not token.is_word
            or self.has(at, Role.AND, Role.ALSO, Role.SERVE, Role.DENY, Role.EXCEPT)
            or token.folded in PREPOSITIONS
        )

    def _is_capital(self, at: int) -> bool:
        token = self.token(at)
        return token is not None and token.is_word and token.capital

    @cached_property
    def mentions_kraj(self) -> bool:
        """Whether a kraj can be meant at all."""
        return any(word.startswith(_OF_KRAJ) for word in self.words)

    @cached_property
    def _verbs(self) -> tuple[tuple[int, bool], ...]:
        """Where the sentence says that help is given (False) or denied (True)."""
        found = []
        at = 0
        while at < len(self):
            roles = self.roles(at)
            if Role.DENY in roles:
                found.append((at, True))
                at = roles[Role.DENY]
            else:
                if Role.SERVE in roles:
                    found.append((at, False))
                at += 1
        return tuple(found)

    def is_excluded(self, at: int, *, excepted: bool) -> bool:
        """Tell whether an area named there is taken out.

        "Mimo okres Most službu neposkytujeme" denies twice and so names the district.
        """
        if excepted:
            return not any(denied for _, denied in self._verbs)
        before = [denied for position, denied in self._verbs if position < at]
        return bool(before) and before[-1]

    def means_besides(self, at: int) -> bool:
        """Tell whether "kromě" there means "besides": "kromě Mostu působíme i v Litvínově"."""
        if self.words[at] not in {"krome", "krom", "mimo"}:
            return False
        for position in range(at + 1, min(at + _FAR, len(self))):
            end = self.roles(position).get(Role.ALSO)
            if end is not None and (self.words[position] != "i" or self.is_preposition(end)):
                return True
        return False

    def is_site(self, at: int) -> bool:
        """Tell whether the place named there is where the service stands, not where it goes."""
        last = field = -len(self)
        for position in range(max(0, at - _FAR), at):
            if self.has(position, Role.SITE):
                last = position
            if self.has(position, Role.FIELD):
                field = position
        return (last > field and last - field > _NEAR) or self.follows(at, Role.INSTITUTION)
