"""Complete what files say about municipalities from what is stored, by rules that can be told.

* A point that a file gives comes first, then the stored one, then a point inside the border.
* The ORP comes from the files, else from what is stored, else from the ORP border that holds the
  point.
* Ages come as one set of one day: a set that tells people over 65 is better than one that does not,
  and of two alike the later one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from referral.catalog.territory import Municipality
from referral.geo import Point
from referral.geo.outline import AreaFinder
from referral.usecases.found_territory import Ages, FoundMunicipality, Given, Refusal

PREFIX = "uzemi:"
"""With what the id of a source of municipalities begins; the kinds of file it was made of follow.

They stand in the order of ``Given``, so the same files always make the same id.
"""

BETWEEN = "+"
"""What stands between them."""


class Told(StrEnum):
    """What is counted while municipalities are completed, to be told in the report."""

    NEWER_AGES_KEPT = "newer_ages_kept"
    POINT_INSIDE = "point_inside"
    ORP_BY_POSITION = "orp_by_position"


class IncompleteError(ValueError):
    """A municipality of which something is missing that it cannot be without."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Completer:
    """The stored municipalities, the ORP borders at hand, and what was told on the way."""

    stored: Mapping[str, Municipality]
    orps: AreaFinder
    told: Counter[Told] = field(default_factory=Counter)

    def complete(self, found: FoundMunicipality) -> Municipality:
        """Return the municipality as it is to be stored.

        Raises:
            IncompleteError: neither the files nor the database know its name, point, ORP, district
                or region.
        """
        stored = self.stored.get(found.code)
        if stored is None and not found.name:
            raise _missing(
                "kod",
                found.code,
                "Obec toho kódu není v žádném číselníku ani v databázi; přidejte číselník obcí.",
            )
        ages = self._ages(found, stored)
        unused = {Given.BORDERS} if ages == found.ages else {Given.BORDERS, Given.AGES}
        words = set(found.given - unused) | before_in(stored)
        point, approximate = self._point(found, stored)
        if approximate:
            words.add(Given.BORDERS)
        elif found.point is not None:
            words.discard(Given.BORDERS)
        orp = found.orp or (stored.orp if stored else "") or self._orp_around(point)
        if stored is not None and not before_in(stored) and _leans(found, ages):
            words.add(stored.source)
        return Municipality(
            code=found.code,
            name=found.name or _of(stored, "name"),
            orp=_required(found, "orp", orp, "tabulku obcí s ORP, nebo hranice ORP"),
            district=_required(
                found,
                "okres",
                found.district or _of(stored, "district"),
                "číselník obcí s okresy a číselník okresů",
            ),
            region=_required(
                found,
                "kraj",
                found.region or _of(stored, "region"),
                "číselník krajů, nebo tabulku ORP s kraji",
            ),
            point=point,
            population=ages.population if ages else None,
            population_65_plus=ages.aged_65_plus if ages else None,
            population_80_plus=ages.aged_80_plus if ages else None,
            population_as_of=ages.as_of if ages else None,
            source=_source_id(words),
            pou=found.pou or _of(stored, "pou"),
        )

    def _point(self, found: FoundMunicipality, stored: Municipality | None) -> tuple[Point, bool]:
        """Return the point and whether it only stands for the place, inside its border."""
        if found.point is not None:
            return found.point, False
        was_inside = Given.BORDERS in before_in(stored)
        if stored is not None and not was_inside:
            return stored.point, False
        if found.inside is not None:
            self.told[Told.POINT_INSIDE] += 1
            return found.inside, True
        if stored is not None:
            return stored.point, True
        raise _missing(
            "lat",
            found.name,
            f"Obec {found.name} ({found.code}) nemá souřadnice ani hranici; přidejte tabulku obcí "
            "se souřadnicemi, nebo hranice obcí.",
        )

    def _orp_around(self, point: Point) -> str:
        held = self.orps.holding(point) or ""
        if held:
            self.told[Told.ORP_BY_POSITION] += 1
        return held

    def _ages(self, found: FoundMunicipality, stored: Municipality | None) -> Ages | None:
        kept = _ages_of(stored)
        if found.ages is None or kept is None or _worth(found.ages) >= _worth(kept):
            return found.ages or kept
        self.told[Told.NEWER_AGES_KEPT] += 1
        return kept


def before_in(stored: Municipality | None) -> frozenset[str]:
    """Return what the facts of a stored municipality come from, when an import has made it."""
    if stored is None or not stored.source.startswith(PREFIX):
        return frozenset()
    return frozenset(words_of(stored.source))


def words_of(source: str) -> tuple[str, ...]:
    """Return the kinds of file, and the ids of older sources, in the id of a source."""
    return tuple(source.removeprefix(PREFIX).split(BETWEEN))


def _leans(found: FoundMunicipality, ages: Ages | None) -> bool:
    """Tell whether a fact of a municipality stays as it was stored."""
    given = (found.name, found.point, found.orp, found.district, found.region)
    return not all(given) or ages != found.ages


def _source_id(words: set[str]) -> str:
    """Name the source: always the same for the same words; one older source alone is itself."""
    known = [one for one in Given if one in words]
    others = sorted(words - set(Given))
    if not known and len(others) == 1:
        return others[0]
    return PREFIX + BETWEEN.join((*known, *others))


def _of(stored: Municipality | None, attribute: str) -> str:
    return "" if stored is None else str(getattr(stored, attribute))


def _required(found: FoundMunicipality, what: str, value: str, cure: str) -> str:
    if not value:
        raise _missing(
            what,
            found.name,
            f"U obce {found.name} ({found.code}) chybí {what}; přidejte {cure}.",
        )
    return value


def _ages_of(stored: Municipality | None) -> Ages | None:
    if stored is None or stored.population is None:
        return None
    return Ages(
        population=stored.population,
        aged_65_plus=stored.population_65_plus,
        aged_80_plus=stored.population_80_plus,
        as_of=stored.population_as_of,
    )


def _worth(ages: Ages) -> tuple[bool, date]:
    return ages.aged_65_plus is not None, ages.as_of or date.min


def _missing(what: str, value: str, message: str) -> IncompleteError:
    return IncompleteError(Refusal(field=what, value=value, message=message))
