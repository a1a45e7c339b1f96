"""Find the set of municipalities that a planner means: an ORP, a district or a kraj."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from referral import text
from referral.catalog.territory import Territory


class AreaLevel(StrEnum):
    """The levels at which a network is planned."""

    ORP = "orp"
    REGION = "kraj"
    DISTRICT = "okres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A named set of municipalities (six-digit codes); ``level`` None is all that is loaded."""

    name: str
    level: AreaLevel | None
    municipalities: tuple[str, ...]


class UnknownAreaError(LookupError):
    """No area has this name; ``nearest`` are the names most like it."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        hint = f" Nemysleli jste: {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"Území „{name}“ mezi načtenými ORP, okresy a kraji není.{hint}")
        self.nearest = tuple(nearest)


EVERYTHING: Final = "celé načtené území"
_LEAST_LIKE: Final = 0.5
_WORDS: Final = {
    AreaLevel.ORP: ("orp", "so orp", "spravni obvod"),
    AreaLevel.DISTRICT: ("okres",),
    AreaLevel.REGION: ("kraj",),
}


def find_area(name: str | None, *, territory: Territory, level: AreaLevel | None = None) -> Area:
    """Return the area with this name, whatever its case and diacritics.

    Without a level an ORP is tried first, then a kraj, then a district; the words "ORP", "okres"
    and "kraj" in the name choose the level themselves. No name means everything that is loaded, and
    so does the name that everything has in reports and saved scenarios.

    Raises:
        UnknownAreaError: there is none; the error holds the nearest names.
    """
    if name is None or not name.strip() or text.fold(name) == text.fold(EVERYTHING):
        return Area(name=EVERYTHING, level=None, municipalities=tuple(territory.municipalities))
    wanted = text.fold(name)
    for kind, names in _candidates(territory, level, wanted):
        plain = _without_level(wanted, kind)
        for known, codes in names.items():
            if plain == _without_level(text.fold(known), kind):
                return Area(name=known, level=kind, municipalities=codes)
    known_names = sorted({one for _, names in _indexes(territory, level) for one in names})
    folded = [text.fold(one) for one in known_names]
    close = text.best(wanted, folded, limit=3, at_least=_LEAST_LIKE)
    raise UnknownAreaError(name, [known_names[one.position] for one in close])


def _indexes(
    territory: Territory, level: AreaLevel | None
) -> list[tuple[AreaLevel, Mapping[str, tuple[str, ...]]]]:
    indexes = [
        (AreaLevel.ORP, territory.by_orp),
        (AreaLevel.REGION, territory.by_region),
        (AreaLevel.DISTRICT, territory.by_district),
    ]
    return [one for one in indexes if level in {None, one[0]}]


def _candidates(
    territory: Territory, level: AreaLevel | None, wanted: str
) -> list[tuple[AreaLevel, Mapping[str, tuple[str, ...]]]]:
    """Return the indexes to search, those whose own word stands in the name first."""
    indexes = _indexes(territory, level)
    return sorted(indexes, key=lambda one: _without_level(wanted, one[0]) == wanted)


def _without_level(folded: str, level: AreaLevel) -> str:
    for word in _WORDS[level]:
        folded = folded.removeprefix(f"{word} ").removesuffix(f" {word}")
    return folded
