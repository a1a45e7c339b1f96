"""One question, one answer: the municipality, a choice of several, or the nearest names.

The rules, in this order:

1. A six-digit code is the municipality. A postcode alone is not understood (the data hold none).
2. What stands nearer to the typed text wins: the whole name first, in the case its preposition asks
   for; then what tells which one is meant; then unfinished and misspelt names.
3. A municipality is preferred to a part of another one; several municipalities of one name, or
   parts in several municipalities, are asked back and never picked silently.
4. A misspelt name counts as found when the next name is at least one wrong letter further.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from referral.catalog.places.answers import (
    AmbiguousPlace,
    FoundPlace,
    How,
    PlaceAnswer,
    Reason,
    UnknownPlace,
)
from referral.catalog.places.choosing import choose, distinct, nearest_to, places_of
from referral.catalog.places.hits import GUESSED, NAMED, Step
from referral.catalog.places.index import PlaceIndex
from referral.catalog.places.lookup import Lookup, steps
from referral.catalog.places.narrowing import (
    EVERYWHERE,
    Qualified,
    Relation,
    Within,
    area_codes,
    narrowings,
    qualified,
)
from referral.catalog.places.wording import (
    Wording,
    is_code,
    strip_lead,
    without_postcode,
    words_of,
)
from referral.catalog.territory import Municipality
from referral.text import best, fold

_WITHOUT_TYPOS: Final = frozenset(How) - {How.TYPO}
_SURE_MISSPELLING: Final = 1.5
_LONG_NAME: Final = 9
_MOST_NEAREST: Final = 5

_Answer = FoundPlace | AmbiguousPlace


def find_place(text: str, index: PlaceIndex, *, orp: str | None = None) -> PlaceAnswer:
    """Find the municipality, or part of one, that somebody means.

    Accepts codes, names in any case with or without diacritics and prepositions, prefixes,
    abbreviations, misspellings and qualified names ("Březová, okres Sokolov"). ``orp`` narrows the
    search to one ORP and may be misspelt too.
    """
    within = EVERYWHERE
    if orp is not None and orp.strip():
        codes = area_codes(strip_lead(words_of(orp)), index.orps, guess=True)
        if codes is None:
            return UnknownPlace(nearest=_seats_like(orp, index), reason=Reason.ORP)
        within = Within(codes=codes)
    if is_code(text):
        return _by_code(text.strip(), index, within)
    name = without_postcode(text)
    words = words_of(name)
    if not words:
        return UnknownPlace(reason=Reason.POSTCODE if words_of(text) else Reason.EMPTY)
    whole = Wording(words=words)
    return _exactly(whole, index, within) or _by_name(name, whole, index, within)


def _by_code(code: str, index: PlaceIndex, within: Within) -> PlaceAnswer:
    municipality = index.territory.municipalities.get(code)
    if municipality is None:
        return UnknownPlace(reason=Reason.CODE)
    if within.codes is not None and code not in within.codes:
        return UnknownPlace(nearest=(municipality,), reason=Reason.ELSEWHERE)
    return FoundPlace(municipality=municipality, how=How.CODE)


def _exactly(wording: Wording, index: PlaceIndex, within: Within) -> _Answer | None:
    """Answer when the text is a name as it stands, even one like "Pod Dubem"."""
    for step in steps(wording, index.names, among={How.EXACT}):
        return choose(step, index, within=within)
    return None


def _by_name(text: str, whole: Wording, index: PlaceIndex, within: Within) -> PlaceAnswer:
    bare = strip_lead(whole.words)
    lookup = Lookup(bare, index.names)
    elsewhere: tuple[Municipality, ...] = ()
    for step in lookup.steps(_WITHOUT_TYPOS):
        if elsewhere and step.how in GUESSED:
            break
        unsure = lookup.with_misspelt(step) if step.how is How.PREFIX else step
        answer = choose(unsure, index, within=within)
        if answer is not None:
            return answer
        if step.how in NAMED:
            elsewhere = elsewhere or distinct(places_of(step.hits, index))
    if elsewhere:
        return UnknownPlace(nearest=elsewhere[:_MOST_NEAREST], reason=Reason.ELSEWHERE)
    misspelt = _misspelt({bare.words: bare, whole.words: whole}.values(), index)
    likely = misspelt is not None and _is_one_name(misspelt, bare)
    answer = choose(misspelt, index, within=within) if misspelt is not None else None
    return (
        (answer if likely else None)
        or _qualified(text, index, within)
        or answer
        or UnknownPlace(nearest=nearest_to(bare.folded, index, within=within))
    )


def _misspelt(wordings: Iterable[Wording], index: PlaceIndex) -> Step | None:
    """Return the names nearest to one of the wordings, that with the fewest wrong letters."""
    found = [step for wording in wordings for step in steps(wording, index.names, among={How.TYPO})]
    return min(found, key=lambda step: step.least, default=None)


def _is_one_name(misspelt: Step, bare: Wording) -> bool:
    """Tell whether a misspelling is so likely that no qualified name has to be tried first."""
    sure = misspelt.least <= _SURE_MISSPELLING and len(bare.folded) >= _LONG_NAME
    return sure or len(bare.words) == 1


def _qualified(text: str, index: PlaceIndex, within: Within) -> PlaceAnswer | None:
    """Answer a name with something that tells which one is meant."""
    alone: PlaceAnswer | None = None
    for asked in qualified(text):
        narrowed = [one.and_also(within) for one in narrowings(asked, index)]
        answer = _narrowed(asked, narrowed, index, within)
        if answer is not None:
            return answer
        if asked.marked and not narrowed and alone is None:
            alone = _narrowed(asked, [within], index, within)
    return alone


def _narrowed(
    asked: Qualified, narrowed: Sequence[Within], index: PlaceIndex, within: Within
) -> PlaceAnswer | None:
    ways = frozenset(How) - {How.LATER_WORDS} if asked.marked else NAMED
    for step in steps(asked.name, index.names, among=ways) if narrowed else ():
        answers = [
            answer for one in narrowed if (answer := choose(step, index, within=one)) is not None
        ]
        if answers:
            return min(answers, key=_doubt)
        if asked.marked and step.how in NAMED:
            return _outside(step, asked, index, within)
    return None


def _doubt(answer: _Answer) -> int:
    if isinstance(answer, AmbiguousPlace):
        return 2
    return 0 if answer.part is None else 1


def _outside(step: Step, asked: Qualified, index: PlaceIndex, within: Within) -> PlaceAnswer:
    """Answer when the name exists, though not where it was said to be; "near" is asked back."""
    answer = choose(step, index, within=within)
    if asked.relation is Relation.NEAR and isinstance(answer, AmbiguousPlace):
        return answer
    elsewhere = distinct(places_of(step.hits, index))
    return UnknownPlace(nearest=elsewhere[:_MOST_NEAREST], reason=Reason.ELSEWHERE)


def _seats_like(orp: str, index: PlaceIndex) -> tuple[Municipality, ...]:
    """Return the seats of the ORPs whose names are most like what was typed."""
    names = index.orps.names
    seats = []
    for likeness in best(fold(orp), names.folded, limit=_MOST_NEAREST):
        name = names.names[likeness.position]
        members = (index.territory.municipalities[code] for code in index.territory.by_orp[name])
        seats += [member for member in members if member.name == name]
    return tuple(seats)
