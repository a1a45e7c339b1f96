"""The borders that maps draw: municipalities, and ORPs dissolved out of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from referral.catalog.districts import Boundary, Bounded
from referral.catalog.territory import Territory
from referral.geo import Area, Point, thiessen_areas
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Areas of municipalities by code; ``note`` says how good they are, empty when exact."""

    areas: Mapping[str, Area]
    note: str = ""

    def orps(self, codes: Iterable[str], territory: Territory) -> Mapping[str, Area]:
        """Return the areas of the ORPs of these municipalities, made of these municipalities."""
        parts: defaultdict[str, list[Area]] = defaultdict(list)
        for code in codes:
            parts[territory.municipality(code).orp].append(self.areas[code])
        return MappingProxyType({orp: Area.joined(areas) for orp, areas in sorted(parts.items())})


def approximate_boundaries(territory: Territory) -> Boundaries:
    """Make borders from the points of all loaded municipalities (Thiessen polygons).

    All of them, so that a municipality keeps its shape whatever part of the land a map shows.
    """
    return boundaries_of(territory, ())


def boundaries_of(territory: Territory, imported: Iterable[Boundary]) -> Boundaries:
    """Return the imported borders of municipalities, and approximate ones where there is none."""
    real = {
        one.code: one.area
        for one in imported
        if one.around is Bounded.MUNICIPALITY and one.code in territory.municipalities
    }
    missing = len(territory.municipalities) - len(real)
    if not missing:
        return Boundaries(areas=MappingProxyType(real))
    points = {code: place.point for code, place in territory.municipalities.items()}
    note = (
        _("Hranice {n}\u00a0obcí jsou přibližné (Thiessenovy polygony z\u00a0bodů obcí).").format(
            n=missing
        )
        if real
        else _("Hranice obcí jsou přibližné (Thiessenovy polygony z\u00a0bodů obcí).")
    )
    return Boundaries(areas=MappingProxyType({**thiessen_areas(points), **real}), note=note)


def seats(codes: Iterable[str], territory: Territory) -> Mapping[str, Point]:
    """Return the points of those municipalities that their ORP is named after, by name."""
    found = {}
    for code in codes:
        place = territory.municipality(code)
        if place.name == place.orp:
            found[place.name] = place.point
    return MappingProxyType(found)
