"""The small map beside the list: GeoJSON points only, in the order of the list.

A service whose address is withheld, and one whose place of service is not known, is never here.
"""

from collections.abc import Iterator, Sequence

from referral.catalog.model import Service, ServiceAtLocation
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.geo import Point, distance_km
from referral.matching.ranking import Recommendation
from referral.web.czech import distance
from referral.web.presenters.document import Json

NEAR_KM = 40.0
"""Services farther than this are listed but not drawn: they would shrink the rest to a dot."""
VILLAGES = 14
TOWNS = 12


def surroundings(recommendation: Recommendation, catalog: Catalog) -> dict[str, Json]:
    """Return home, the nearest municipalities and the matches with a known place of service."""
    home = recommendation.request.place
    features: list[Json] = [_feature(home.point, kind="home", name=home.name)]
    features.extend(
        _feature(one.point, kind="place", name=one.name, town=town)
        for one, town in _around(home, catalog)
    )
    for match in recommendation.matches:
        point = located(match.offer)
        if point is None:
            continue
        km = distance_km(home.point, point)
        if km <= NEAR_KM:
            features.append(
                _feature(
                    point,
                    kind="service",
                    id=match.offer.id,
                    rank=match.rank,
                    name=match.offer.service.name,
                    text=distance(km),
                )
            )
    return {"type": "FeatureCollection", "features": features}


def located(offer: ServiceAtLocation) -> Point | None:
    """Return the place of service to draw; None when it is withheld or not known."""
    if offer.service.secret or offer.location is None:
        return None
    return offer.location.service_point


def service_surroundings(service: Service, catalog: Catalog) -> dict[str, Json] | None:
    """Return the places of one service with their neighbours; None when none may be shown."""
    if service.secret:
        return None
    places = [
        (location.service_point, location.municipality)
        for location in service.locations
        if location.service_point is not None
    ]
    if not places:
        return None
    features: list[Json] = []
    town = catalog.territory.municipalities.get(places[0][1] or "")
    if town is not None:
        features.extend(
            _feature(one.point, kind="place", name=one.name, town=big)
            for one, big in _around(town, catalog)
        )
    features.extend(
        _feature(point, kind="service", id=service.id, rank=0, name=service.name, text="")
        for point, _code in places
    )
    return {"type": "FeatureCollection", "features": features}


def listed_surroundings(services: Sequence[Service], catalog: Catalog) -> dict[str, Json] | None:
    """Return the places of listed services, numbered as the list is; None when none may be shown.

    A provider's seat is no place of service; a service with a withheld address is never here.
    """
    municipalities = catalog.territory.municipalities
    found: list[Json] = [
        _feature(
            location.service_point,
            kind="service",
            id=service.id,
            rank=rank,
            name=service.name,
            text=town.name if (town := municipalities.get(location.municipality or "")) else "",
        )
        for rank, service in enumerate(services, start=1)
        if not service.secret
        for location in service.locations
        if location.service_point is not None
    ]
    if not found:
        return None
    biggest = sorted(municipalities.values(), key=lambda one: (-(one.population or 0), one.code))
    towns = [_feature(one.point, kind="place", name=one.name, town=True) for one in biggest[:TOWNS]]
    return {"type": "FeatureCollection", "features": [*towns, *found]}


def _around(home: Municipality, catalog: Catalog) -> Iterator[tuple[Municipality, bool]]:
    """Yield the nearest villages and the biggest towns within reach, for orientation."""
    near = sorted(
        (
            (distance_km(home.point, one.point), one)
            for one in catalog.territory.municipalities.values()
            if one.code != home.code
        ),
        key=lambda pair: (pair[0], pair[1].code),
    )
    within = [one for km, one in near if km <= NEAR_KM]
    towns = sorted(within, key=lambda one: (-(one.population or 0), one.code))[:TOWNS]
    chosen = {one.code for one in towns}
    yield from ((one, True) for one in towns)
    yield from ((one, False) for one in within[:VILLAGES] if one.code not in chosen)


def _feature(point: Point, **properties: Json) -> dict[str, Json]:
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(point.lon, 5), round(point.lat, 5)],
        },
        "properties": properties,
    }
