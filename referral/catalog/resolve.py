"""Turn the areas a provider names into municipalities: surely covered, possibly, or elsewhere.

Rules of reading, all open to correction by the provider:

- "X a jeho spádové obce" is read as the whole district of the ORP when X is its seat; of any other
  X nobody publishes the catchment, so X itself is certain and the rest of its ORP possible.
- "do N km od X" holds the municipalities whose point lies within N km of X's in a straight line.
- A name that several municipalities bear means the service's own one, else the only one in the
  districts (else the regions) that the other names of the list point to, else the only one in the
  district (else the region) of the provider's seat; of a catchment, else the only one that is the
  seat of an ORP. When they do not decide, all bearers are possible and none is certain.
- A code that the territory does not hold is a place elsewhere.
- A part of a municipality makes it possible, never certain: the client may live in another part.
- A name nobody knows may be a hamlet near the others, so the ORPs they touch become possible.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.territory import Municipality, Territory
from referral.geo import distance_km


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one area resolves to; an area elsewhere resolves to nothing, but is understood."""

    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()


_NOTHING_HERE = _Found()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """Where the unambiguous names of a list, the service itself and its provider's seat lie."""

    home: Municipality | None
    seat: Municipality | None
    orps: frozenset[str]
    districts: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class CoverageResolver:
    """A territory indexed by names, to resolve the areas of many services."""

    territory: Territory
    bearers: Mapping[str, tuple[Municipality, ...]]
    part_bearers: Mapping[str, tuple[Municipality, ...]]
    wide: Mapping[AreaKind, Mapping[str, tuple[str, ...]]]
    elsewhere: frozenset[str]

    @classmethod
    def of(cls, territory: Territory, *, elsewhere: Collection[str] = frozenset()) -> Self:
        """Index a territory; ``elsewhere`` names known places outside it, which cover nothing."""
        bearers: defaultdict[str, list[Municipality]] = defaultdict(list)
        for municipality in territory.municipalities.values():
            bearers[_key(municipality.name)].append(municipality)
        parts: defaultdict[str, dict[str, Municipality]] = defaultdict(dict)
        for part in territory.parts:
            bearer = territory.municipality(part.municipality)
            parts[_key(part.name)][bearer.code] = bearer
        return cls(
            territory,
            {name: tuple(found) for name, found in bearers.items()},
            {name: tuple(found.values()) for name, found in parts.items()},
            {
                AreaKind.ORP: _by_key(territory.by_orp),
                AreaKind.DISTRICT: _by_key(territory.by_district),
                AreaKind.REGION: _by_key(territory.by_region),
            },
            frozenset(_key(name) for name in elsewhere),
        )

    def resolve(
        self,
        areas: Iterable[ServiceArea],
        *,
        near: str | None = None,
        seat: str | None = None,
        status: CoverageStatus = CoverageStatus.PARSED,
    ) -> Coverage:
        """Resolve the areas of one service; see ``resolve_coverage``."""
        named = tuple(areas)
        if not named:
            return Coverage()
        home = None if near is None else self.territory.municipalities.get(near)
        sits = None if seat is None else self.territory.municipalities.get(seat)
        context = self._context(named, home, sits)
        found = {area: self._find(area, context) for area in named}
        everywhere = any(area.kind is AreaKind.COUNTRY for area in named)
        certain = _union(one.certain for one in found.values() if one is not None)
        possible = _union(one.possible for one in found.values() if one is not None)
        unresolved = sorted({_label(area) for area, one in found.items() if one is None})
        understood = bool(certain or possible or everywhere)
        if unresolved and understood:
            possible |= self._orps_around(certain | possible, home)
        return Coverage(
            areas=named,
            status=CoverageStatus.UNKNOWN if unresolved and not understood else status,
            certain=certain,
            possible=frozenset() if everywhere else possible - certain,
            everywhere=everywhere,
            unresolved=tuple(unresolved),
        )

    def _context(
        self,
        named: tuple[ServiceArea, ...],
        home: Municipality | None,
        seat: Municipality | None,
    ) -> _Context:
        anchors = [] if home is None else [home]
        for area in named:
            if area.kind in self.wide:
                codes = self.wide[area.kind].get(_key(area.name), ())
                anchors += [self.territory.municipality(code) for code in codes]
            else:
                bearers = self._bearers(area)
                anchors += bearers if len(bearers) == 1 else ()
        return _Context(
            home=home,
            seat=seat,
            orps=frozenset(one.orp for one in anchors),
            districts=frozenset(one.district for one in anchors),
            regions=frozenset(one.region for one in anchors),
        )

    def _bearers(self, area: ServiceArea) -> tuple[Municipality, ...]:
        """Return the municipalities that an area's code, else its name, could mean."""
        if area.code is not None and area.kind is not AreaKind.MUNICIPALITY_PART:
            coded = self.territory.municipalities.get(area.code)
            return () if coded is None else (coded,)
        name = _key(area.name)
        whole = () if area.kind is AreaKind.MUNICIPALITY_PART else self.bearers.get(name, ())
        return whole or self.part_bearers.get(name, ())

    def _find(self, area: ServiceArea, context: _Context) -> _Found | None:
        """Resolve one area; None when nobody knows its name."""
        if area.kind is AreaKind.COUNTRY:
            return _NOTHING_HERE
        if area.kind in self.wide:
            codes = self.wide[area.kind].get(_key(area.name))
            if codes is not None:
                return _Found(certain=frozenset(codes))
        else:
            meant = _meant(self._bearers(area), context)
            if area.kind is AreaKind.CATCHMENT:
                meant = _only([one for one in meant if _is_seat(one)]) or meant
            if meant:
                return self._around(area, meant)
        coded = area.code is not None and area.kind is not AreaKind.MUNICIPALITY_PART
        outside = coded or _key(area.name) in self.elsewhere
        return _NOTHING_HERE if outside and area.kind is not AreaKind.RADIUS else None

    def _around(self, area: ServiceArea, meant: tuple[Municipality, ...]) -> _Found:
        """Return what an area around the meant municipalities holds."""
        sure: set[str] = set()
        unsure: set[str] = set()
        for centre in meant:
            if area.kind is AreaKind.RADIUS and area.km is not None:
                sure |= self._within(centre, area.km)
            elif area.kind is AreaKind.CATCHMENT or area.kind is AreaKind.RADIUS:
                whole = set(self.territory.by_orp[centre.orp])
                town = _is_seat(centre) and area.kind is AreaKind.CATCHMENT
                sure |= whole if town else {centre.code}
                unsure |= whole
            else:
                sure.add(centre.code)
        if len(meant) > 1 or not self._names_whole(area, meant[0]):
            return _Found(possible=frozenset(sure | unsure))
        return _Found(certain=frozenset(sure), possible=frozenset(unsure))

    def _names_whole(self, area: ServiceArea, municipality: Municipality) -> bool:
        """Tell whether an area names the whole municipality, not a part of it."""
        if area.kind is AreaKind.MUNICIPALITY_PART:
            return False
        return area.code == municipality.code or _key(area.name) == _key(municipality.name)

    def _within(self, centre: Municipality, km: float) -> set[str]:
        return {
            municipality.code
            for municipality in self.territory.municipalities.values()
            if distance_km(centre.point, municipality.point) <= km
        }

    def _orps_around(self, codes: Iterable[str], home: Municipality | None) -> frozenset[str]:
        orps = {self.territory.municipality(code).orp for code in codes}
        if home is not None:
            orps.add(home.orp)
        return frozenset(code for orp in orps for code in self.territory.by_orp[orp])


def resolve_coverage(
    areas: Iterable[ServiceArea],
    territory: Territory,
    *,
    near: str | None = None,
    seat: str | None = None,
    status: CoverageStatus = CoverageStatus.PARSED,
    elsewhere: Collection[str] = frozenset(),
) -> Coverage:
    """Resolve the areas of one service to the municipalities of a territory.

    ``near`` is the code of the municipality where the service itself stands (not its provider's
    seat); ``seat`` that of the provider's seat, which only helps to tell bearers of one name apart;
    ``elsewhere`` the names of known places outside the territory: they cover nothing here
    and count as understood, save a radius around them, which may reach in.

    The result does not depend on the order of the areas, save that ``Coverage.areas`` keeps it. A
    further area never takes a certain municipality away, unless it makes a name ambiguous that
    several municipalities bear. Without any area, and when nothing here is resolved while some name
    is not understood, the status is UNKNOWN, which rules no place out.
    """
    resolver = CoverageResolver.of(territory, elsewhere=elsewhere)
    return resolver.resolve(areas, near=near, seat=seat, status=status)


def _meant(bearers: tuple[Municipality, ...], context: _Context) -> tuple[Municipality, ...]:
    """Narrow the bearers of a name to the one that is meant, or leave them all."""
    if context.home in bearers:
        return (context.home,)
    nearby = [one for one in bearers if one.district in context.districts]
    if not nearby:
        nearby = [one for one in bearers if one.region in context.regions]
    elif len({one.district for one in nearby}) == 1:
        # Two of one name in one district: the narrower ORP may tell them apart.
        nearby = [one for one in nearby if one.orp in context.orps] or nearby
    return _only(nearby) or _near_seat(bearers, context.seat) or bearers


def _near_seat(
    bearers: tuple[Municipality, ...], seat: Municipality | None
) -> tuple[Municipality, ...]:
    """Return the only bearer in the district, else in the region, of a seat; none if it fails."""
    if seat is None:
        return ()
    in_district = [one for one in bearers if one.district == seat.district]
    if in_district:
        return _only(in_district)
    return _only([one for one in bearers if one.region == seat.region])


def _only(found: list[Municipality]) -> tuple[Municipality, ...]:
    return tuple(found) if len(found) == 1 else ()


def _is_seat(municipality: Municipality) -> bool:
    """Tell whether a municipality is the seat of its ORP."""
    return _key(municipality.name) == _key(municipality.orp)


def _by_key(index: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {_key(name): codes for name, codes in index.items()}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _label(area: ServiceArea) -> str:
    return area.name or area.code or area.kind.value


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
