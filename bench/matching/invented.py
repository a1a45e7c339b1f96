"""An invented country for measuring: municipalities on a jittered grid, and services in them.

Only the words (types, groups, needs, barriers) are the program's own. Shares of what is unknown
follow the embedded catalogue roughly; nothing here says anything about a real place or service.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Eligibility,
    Kind,
    Location,
    Organization,
    Provenance,
    Service,
    ServiceCapacity,
    Source,
    Stance,
)
from referral.catalog.sexes import Sex
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, Territory
from referral.catalog.vocabulary import Form, ServiceType, Vocabulary
from referral.geo import Point
from referral.matching.request import AskedNeed, ReferralRequest

TODAY = date(2026, 9, 1)
WEST, EAST, SOUTH, NORTH = 12.5, 18.5, 48.8, 50.9
NAMES = ("Služba", "Dům pro ženy", "Dům pro muže", "Centrum pro všechny")


def a_country(municipalities: int, *, chance: np.random.Generator) -> Territory:
    """Return so many municipalities, thirty to an ORP and three ORPs to a district."""
    wide = round((municipalities * (EAST - WEST) / (NORTH - SOUTH)) ** 0.5)
    high = -(-municipalities // wide)
    blur = chance.uniform(-0.4, 0.4, (municipalities, 2))
    populations = np.clip(chance.lognormal(6.0, 1.3, municipalities), 20, 1_200_000)
    places = []
    for number in range(municipalities):
        row, column = divmod(number, wide)
        orp = (row // 5) * (wide // 6 + 1) + column // 6
        places.append(
            Municipality(
                code=f"{500_000 + number}",
                name=f"Obec {number}",
                orp=f"ORP {orp}",
                district=f"Okres {orp // 3}",
                region=f"Kraj {orp // 15}",
                point=Point(
                    lat=SOUTH + (row + 0.5 + blur[number, 0]) * (NORTH - SOUTH) / high,
                    lon=WEST + (column + 0.5 + blur[number, 1]) * (EAST - WEST) / wide,
                ),
                population=int(populations[number]),
            )
        )
    return Territory.of(places)


def a_catalog(
    services: int, *, vocabulary: Vocabulary, territory: Territory, chance: np.random.Generator
) -> Catalog:
    """Return a catalogue of so many services, more of them where more people live."""
    places = list(territory.municipalities.values())
    weights = np.array([place.population or 1 for place in places], float) ** 0.75
    homes = chance.choice(len(places), services, p=weights / weights.sum())
    types = list(vocabulary.types.values())
    shares = chance.dirichlet(np.full(len(types), 1.2))
    kinds = chance.choice(len(types), services, p=shares)
    groups = sorted(vocabulary.groups)
    circles = [chance.choice(len(groups), int(chance.integers(1, 6)), replace=False) for _ in types]
    return Catalog.of(
        vocabulary=vocabulary,
        territory=territory,
        services=(
            _a_service(
                f"v-{number:06}",
                kind=types[kinds[number]],
                home=places[homes[number]],
                circle=[groups[one] for one in circles[kinds[number]]],
                catalog=(vocabulary, territory),
                chance=chance,
            )
            for number in range(services)
        ),
        sources=(
            Source(id="v", title="Vymyšlený", publisher="Bench", as_of=TODAY, licence="CC0 1.0"),
        ),
    )


def _a_service(
    service_id: str,
    *,
    kind: ServiceType,
    home: Municipality,
    circle: Sequence[str],
    catalog: tuple[Vocabulary, Territory],
    chance: np.random.Generator,
) -> Service:
    vocabulary, territory = catalog
    as_of = TODAY - timedelta(days=int(chance.integers(0, 900)))
    said = chance.random() < 0.8
    allowed = kind.forms or tuple(Form)
    forms = frozenset(one for one in allowed if chance.random() < 0.6) or frozenset(allowed[:1])
    kept = frozenset(code for code in circle if chance.random() < 0.8) or frozenset(circle[:1])
    low = int(chance.choice([0, 3, 6, 15, 18, 26, 65]))
    ages = AgeRange(min=low, max=None if chance.random() < 0.7 else low + 40)
    barriers = sorted(vocabulary.barriers)
    rules = tuple(
        AcceptanceRule(
            barrier=str(chance.choice(barriers)), stance=list(Stance)[int(chance.integers(3))]
        )
        for _ in range(int(chance.choice([0, 0, 0, 1, 2])))
    )
    return Service(
        id=service_id,
        name=NAMES[int(chance.choice(4, p=[0.85, 0.05, 0.05, 0.05]))],
        kind=Kind.REGISTERED_SOCIAL,
        organization=Organization(name="Pomoc"),
        provenance=Provenance(source="v", as_of=as_of),
        type=kind.code,
        forms=forms if said else None,
        eligibility=Eligibility(
            target_groups=kept if said else None,
            ages=ages if chance.random() < 0.6 else None,
            rules=rules,
        ),
        coverage=_a_coverage(home, territory, chance),
        capacities=(
            ServiceCapacity(
                unit=CapacityUnit.CLIENTS,
                registered=int(chance.integers(1, 80)),
                available=int(chance.integers(0, 4)) if chance.random() < 0.1 else None,
                as_of=as_of,
            ),
        ),
        locations=tuple(
            _a_location(home, chance) for _ in range(int(chance.choice([1, 2], p=[0.9, 0.1])))
        ),
        valid_to=TODAY - timedelta(days=30) if chance.random() < 0.02 else None,
    )


def _a_coverage(home: Municipality, territory: Territory, chance: np.random.Generator) -> Coverage:
    """Return an ORP, a district or the country, or nothing said."""
    way = chance.choice(["unknown", "orp", "district", "country"], p=[0.5, 0.35, 0.1, 0.05])
    if way == "unknown":
        return Coverage()
    areas = {"orp": territory.by_orp[home.orp], "district": territory.by_district[home.district]}
    certain = frozenset(areas.get(way, ()))
    return Coverage(
        status=CoverageStatus.PARSED if chance.random() < 0.8 else CoverageStatus.DECLARED,
        certain=certain,
        possible=frozenset(territory.by_orp[home.orp][:2]) - certain,
        everywhere=way == "country",
    )


def _a_location(home: Municipality, chance: np.random.Generator) -> Location:
    roles = (
        AddressRole.FACILITY,
        AddressRole.LISTED,
        AddressRole.PROVIDER_SEAT,
        AddressRole.SECRET,
    )
    role = roles[int(chance.choice(4, p=[0.65, 0.03, 0.3, 0.02]))]
    if role is AddressRole.SECRET:
        return Location(role=role)
    north, east = chance.normal(0, 0.008, 2)
    point = Point(lat=home.point.lat + float(north), lon=home.point.lon + float(east))
    return Location(role=role, point=point, municipality=home.code)


def clients(
    count: int, *, vocabulary: Vocabulary, territory: Territory, chance: np.random.Generator
) -> list[ReferralRequest]:
    """Return clients of all sorts: one to three needs, half of them known more closely."""
    places = list(territory.municipalities.values())
    needs, groups = sorted(vocabulary.needs), sorted(vocabulary.groups)
    barriers = sorted(vocabulary.barriers)
    asked = []
    for _ in range(count):
        codes = chance.choice(needs, int(chance.integers(1, 4)), replace=False)
        close = chance.random() < 0.5
        asked.append(
            ReferralRequest(
                place=places[int(chance.integers(len(places)))],
                needs=tuple(AskedNeed(code=str(code)) for code in codes),
                groups=frozenset({str(chance.choice(groups))}) if close else frozenset(),
                age=int(chance.integers(3, 95)) if close else None,
                barriers=frozenset({str(chance.choice(barriers))}) if close else frozenset(),
                sex=list(Sex)[int(chance.integers(2))] if close else None,
            )
        )
    return asked
