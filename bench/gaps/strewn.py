"""An invented network for measuring: municipalities, and offers with all that is unknown of them.

Shares follow the services of the two embedded kraje (November 2026): how many municipalities a
service that comes declares, how many say nothing, whose place or capacity nobody knows. Nothing
here says anything about a real place or service.
"""

import csv
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from referral.geo import Point
from referral.geo.travel import Spots
from referral.network.supply import PERHAPS, SURELY, Supply

TYPES = 34
RESIDENTIAL_TYPES = 12
"""Types of help that people may move to; to the others they go from home, so far at most."""
AMBULATORY_KM = 40.0
COMES, ALSO_STANDS = 0.5, 0.25
"""Every second service comes to people; a quarter of these have a place to go to besides."""
SILENT, EVERYWHERE = 0.28, 0.006
DECLARED = (1, 1, 1, 2, 11, 18, 25, 34, 57, 105, 400)
"""Deciles of how many municipalities a service declares, the least and the most at the ends."""
SECRET, SEAT_ONLY, CLOSED = 0.02, 0.4, 0.1
UNKNOWN_AMOUNT = 0.25
THOUGHT_OF = 30
"""Municipalities (an ORP) in which a service is thought of that does not say where it works."""


def a_territory(table: Path | None, *, seed: int) -> tuple[Spots, np.ndarray]:
    """Return municipalities and their people: out of a CSV or a folder of files, or strewn."""
    if table is None:
        rng = np.random.default_rng(seed)
        count = 6258
        x, y = rng.uniform(-905_000, -430_000, count), rng.uniform(-1_225_000, -935_000, count)
        people = np.round(rng.lognormal(6.2, 1.1, count)) + 15
        return Spots(x=x, y=y, codes=[None] * count), people
    points, people = _from_folder(table) if table.is_dir() else _from_csv(table)
    return Spots.of(points, [None] * len(points)), np.array(people, np.float64)


def _from_csv(table: Path) -> tuple[list[Point], list[float]]:
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    points = [Point(lat=float(row["lat"]), lon=float(row["lon"])) for row in rows]
    return points, [float(row["population"] or 0) for row in rows]


def _from_folder(folder: Path) -> tuple[list[Point], list[float]]:
    from datetime import date  # noqa: PLC0415 - with what follows

    from referral.ingest.territory.reading import read_territory  # noqa: PLC0415 - rarely asked for

    found, _ = read_territory(folder, today=date(2026, 11, 22))
    some = [one for one in found.municipalities if one.point is not None]
    return [one.point for one in some], [
        float(one.ages.population if one.ages else 0) for one in some
    ]


def a_supply(places: Spots, people: np.ndarray, count: int, *, seed: int) -> Supply:
    """Strew so many services where people live; one that comes and stands has two slots."""
    rng = np.random.default_rng(seed)
    home = rng.choice(len(places), count, p=people**0.75 / (people**0.75).sum())
    kind = rng.choice(TYPES, count, p=rng.dirichlet(np.ones(TYPES) * 1.2))
    comes = rng.random(count) < COMES
    both = np.flatnonzero(comes & (rng.random(count) < ALSO_STANDS))
    service = np.concatenate([np.arange(count), both])
    afield = np.concatenate([comes, np.zeros(len(service) - count, bool)])
    size = len(service)
    lost = ~afield & (rng.random(size) < SECRET + SEAT_ONLY)
    closed = ~afield & ~lost & (rng.random(size) < CLOSED)
    silent = afield & (rng.random(size) < SILENT)
    everywhere = afield & ~silent & (rng.random(size) < EVERYWHERE)
    declares = (afield & ~silent) | closed
    how_many = np.interp(rng.random(size), np.linspace(0, 1, len(DECLARED)), DECLARED)
    how_many = np.where(declares, how_many, np.where(lost | silent, THOUGHT_OF, 0)).astype(int)
    how_many = np.minimum(np.where(everywhere, len(places), how_many), len(places))
    towns = cKDTree(np.column_stack([places.x, places.y]))
    named = [
        np.sort(np.atleast_1d(towns.query([places.x[at], places.y[at]], k=int(many))[1]))
        if many
        else np.empty(0, np.int64)
        for at, many in zip(home[service].tolist(), how_many.tolist(), strict=True)
    ]
    amount = np.clip(rng.lognormal(2.8, 0.9, size), 1, 400)
    unknown = afield | lost
    return Supply(
        x=np.where(unknown, np.nan, places.x[home[service]] + rng.normal(0, 800, size)),
        y=np.where(unknown, np.nan, places.y[home[service]] + rng.normal(0, 800, size)),
        kind=kind[service].astype(np.int64),
        afield=afield,
        closed=closed,
        within_km=np.where(kind[service] < RESIDENTIAL_TYPES, np.inf, AMBULATORY_KM),
        amount=np.where(rng.random(size) < UNKNOWN_AMOUNT, np.nan, amount),
        ptr=np.cumsum([0, *how_many], dtype=np.int64),
        place=np.concatenate(named).astype(np.int64),
        how=np.repeat(np.where(declares, SURELY, PERHAPS), how_many).astype(np.uint8),
    )


def a_demand(people: np.ndarray, *, seed: int) -> np.ndarray:
    """Return how many people of each municipality each type is for."""
    rng = np.random.default_rng(seed)
    share = rng.uniform(0.01, 0.3, (1, TYPES)) * rng.uniform(0.8, 1.2, (len(people), TYPES))
    return people[:, None] * share


def one_more(places: Spots, *, kind: int, at: int) -> Supply:
    """Return a new service that has its place near a municipality and comes to those around."""
    towns = cKDTree(np.column_stack([places.x, places.y]))
    around = towns.query([places.x[at], places.y[at]], k=20)[1]
    return Supply.of_slots(
        [[], [(int(one), SURELY) for one in around]],
        x=np.array([places.x[at] + 500, np.nan]),
        y=np.array([places.y[at], np.nan]),
        kind=np.array([kind, kind]),
        afield=np.array([False, True]),
        amount=np.array([20.0, 12.0]),
    )
