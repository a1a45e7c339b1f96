"""Go through a remark and read the lists of areas in it, leaving everything else alone.

A list begins where a word of territory stands ("na území", "okres", "spádové obce"), where a
preposition of place stands before a known name, and where a sentence, a colon or a bracket holds
nothing but a list.
"""

from typing import Final

from referral.catalog.places.mentions import find_place_in
from referral.catalog.remarks.distances import distance_at, minutes_at
from referral.catalog.remarks.draft import Draft
from referral.catalog.remarks.gazetteer import Gazetteer
from referral.catalog.remarks.lists import ListReader
from referral.catalog.remarks.mentions import Findings
from referral.catalog.remarks.terms import Role
from referral.catalog.remarks.tokens import Sentence, sentences
from referral.catalog.remarks.view import KINDS, View
from referral.catalog.remarks.wording import NOTE_SITE
from referral.catalog.territory import Municipality

_SUBJECTS: Final = frozenset(("mesto", "obec", "mestys", "kraj", "okres"))
_OPENERS: Final = KINDS - {Role.PART, Role.AROUND, Role.REGION}
_LONGEST_SEARCHED: Final = 2_000
_STARTS: Final = frozenset(":(–—-\n•*")


def scan(text: str, gazetteer: Gazetteer, *, near: Municipality | None = None) -> Findings:
    """Return the areas that a tidy text names; ``near`` is where the service stands, if known."""
    draft = Draft()
    for sentence in sentences(text):
        spoken = _places_without_capitals(sentence, text, gazetteer)
        view = View(sentence, text, spoken=spoken)
        _SentenceScan(view, draft, gazetteer, near).run()
    return draft.findings()


class _SentenceScan:
    def __init__(
        self, view: View, draft: Draft, gazetteer: Gazetteer, near: Municipality | None
    ) -> None:
        self._view = view
        self._draft = draft
        self._reader = ListReader(view, draft, gazetteer, near)
        # Up to where a list was tried that something else follows.
        self._nothing_before = 0

    def run(self) -> None:
        at = self._alone(0) or 0
        while at < len(self._view):
            at = max(self._next(at), at + 1)

    def _next(self, at: int) -> int:
        """Read what begins at a token and return the position after it."""
        view = self._view
        if view.tokens[at].typed in _STARTS:
            return self._alone(at + 1) or at + 1
        if view.is_preposition(at) and self._opens_after_preposition(at):
            return self._read_place(at)
        if self._opens(at):
            return self._reader.read(at)
        return at + 1

    def _alone(self, at: int) -> int | None:
        """Read a list when nothing else stands up to the end of its sentence, line or bracket."""
        view = self._view
        if at >= len(view):
            return None
        careless = view.careless and self._reader.names_anything(at)
        if len(view) == 1 and not self._reader.names_surely(at):
            return None
        leads = (
            careless or view.has(at, *KINDS, Role.MAYBE_COUNTRY) or self._reader.names_a_place(at)
        )
        if not leads or at < self._nothing_before or view.has(at, Role.EXCEPT):
            return None
        mark = self._draft.mark()
        end = self._reader.read(at)
        found = self._draft.has_grown(mark)
        if found and (end >= len(view) or view.tokens[end - 1].typed in {"\n", ")", ";"}):
            return end
        self._draft.go_back(mark)
        self._nothing_before = end
        return None

    def _opens_after_preposition(self, at: int) -> bool:
        following = self._view.fillers(at + 1)
        if self._reader.names_through(at):
            return False
        if self._view.is_spoken(following) and not self._view.has(following, *KINDS):
            return self._reader.names_a_place(following) or self._view.sounds_like_a_place(at)
        return self._view.has(following, Role.TOWN, Role.MUNICIPALITY)

    def _read_place(self, at: int) -> int:
        """Read "v Mostě"; what an ambulatory service says so is its address, not its territory."""
        if self._view.words[at] not in {"v", "ve"} or not self._view.is_site(at):
            return self._reader.read(at)
        mark = self._draft.mark()
        end = self._reader.read(at)
        if self._draft.has_grown(mark):
            words = " ".join(self._view.stretch(at, end).split())
            self._draft.go_back(mark)
            self._draft.notes.append(NOTE_SITE.format(words=words.rstrip(" ,;")))
        return end

    def _opens(self, at: int) -> bool:
        view = self._view
        if view.tokens[at].number is not None:
            return distance_at(view, at) is not None or minutes_at(view, at) is not None
        if view.has(at, Role.EXCEPT):
            return self._reader.leads(view.roles(at)[Role.EXCEPT])
        if view.follows(at, Role.INSTITUTION) or (at == 0 and view.words[at] in _SUBJECTS):
            # "Sociální služby města Louny", "Město Louny poskytuje": somebody, not a territory.
            return False
        if view.has(at, Role.PART, Role.AROUND, Role.REGION):
            return self._leads_further(at)
        if view.has(at, *_OPENERS, Role.MAYBE_COUNTRY, Role.MAYBE_VAGUE):
            return True
        served = view.follows(at, Role.SERVED) and self._reader.names_a_place(at)
        return served or self._reader.names_a_region(at)

    def _leads_further(self, at: int) -> bool:
        """Tell whether a name follows "část", "okolí", "kraj", which are also everyday words."""
        roles = self._view.roles(at)
        if roles.get(Role.AROUND, at) > at + 1:
            return True
        ends = [roles[role] for role in (Role.PART, Role.AROUND, Role.REGION) if role in roles]
        end = max(ends)
        if Role.REGION in roles and self._reader.names_a_region(end, expected=True):
            return True
        return self._reader.leads(end) or self._view.has(at - 1, Role.TERRITORY, Role.FILLER)


def _places_without_capitals(sentence: Sentence, text: str, gazetteer: Gazetteer) -> frozenset[int]:
    """Return where places stand in a sentence whose writer types no capitals, or nothing else."""
    start, end = sentence[0].start, sentence[-1].end
    stretch = text[start : min(end, start + _LONGEST_SEARCHED)]
    if text.isupper():
        stretch = stretch.lower()
    elif any(token.capital for token in sentence[1:]):
        return frozenset()
    return frozenset(start + mention.start for mention in find_place_in(stretch, gazetteer.index))
