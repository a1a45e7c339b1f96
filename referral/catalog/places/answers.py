"""What the search for a place can answer: found, several of them, or unknown."""

from dataclasses import dataclass
from enum import StrEnum

from referral.catalog.territory import Municipality, MunicipalityPart


class How(StrEnum):
    """How what was typed led to a name, from the surest way to the least sure."""

    CODE = "code"
    EXACT = "exact"
    INFLECTED = "inflected"
    ABBREVIATED = "abbreviated"
    FIRST_WORDS = "first_words"
    SPELLING = "spelling"
    PREFIX = "prefix"
    LATER_WORDS = "later_words"
    TYPO = "typo"


class Reason(StrEnum):
    """Why a place is unknown."""

    EMPTY = "empty"
    CODE = "code"
    POSTCODE = "postcode"
    NAME = "name"
    ORP = "orp"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """One municipality, or one part of it when its own name is the part's.

    ``namesakes`` counts other municipalities where a part has the same name: worth a mention, since
    a municipality is preferred to parts of others.
    """

    municipality: Municipality
    part: MunicipalityPart | None = None
    how: How = How.EXACT
    namesakes: int = 0

    @property
    def name(self) -> str:
        """The name of the part, or of the municipality."""
        return self.municipality.name if self.part is None else self.part.name


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousPlace:
    """Several places to choose from, the likeliest first; none is picked silently.

    ``candidates`` are distinct municipalities; ``options`` the same places one by one, with the
    part of the municipality where the name is the part's.
    """

    candidates: tuple[Municipality, ...]
    options: tuple[FoundPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownPlace:
    """No place; ``nearest`` are municipalities of the nearest names, possibly none.

    ``reason`` ELSEWHERE: the name exists, though not in the ORP or the area that was given.
    POSTCODE: postcodes are not in the data, so the name is needed. ORP: the ORP itself is unknown
    and ``nearest`` are seats of the nearest ones.
    """

    nearest: tuple[Municipality, ...] = ()
    reason: Reason = Reason.NAME


PlaceAnswer = FoundPlace | AmbiguousPlace | UnknownPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One line to offer while somebody types; ``code`` is the municipality's."""

    name: str
    municipality: str
    orp: str
    district: str
    code: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place named inside a longer text: ``text[start:end]`` are the words of the name."""

    start: int
    end: int
    text: str
    answer: FoundPlace | AmbiguousPlace
