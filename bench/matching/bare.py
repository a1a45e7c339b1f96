"""What numpy itself costs: one pass over bare columns that knows none of the rules."""

import math

import numpy as np

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Vocabulary
from referral.matching.columns import columns_of
from referral.matching.request import ReferralRequest

SHOWN = 20
EARTH_KM = 6371.0088


class BarePass:
    """Masks, distance, score and the best 20 over bare columns: what numpy itself costs."""

    def __init__(self, catalog: Catalog, vocabulary: Vocabulary) -> None:
        columns = columns_of(catalog)
        self.needs = {code: np.uint64(1 << n) for n, code in enumerate(sorted(vocabulary.needs))}
        answered = np.zeros(len(columns.traits), np.uint64)
        for code, traits in columns.answering.items():
            answered[list(traits)] |= self.needs[code]
        self.answers = answered[columns.trait]
        self.groups = {code: np.uint64(1 << place) for code, place in columns.groups.items()}
        self.circle = np.where(columns.circle[0] == 0, ~np.uint64(0), columns.circle[0])
        self.lowest, self.highest = columns.lowest, columns.highest
        self.anywhere = columns.covers != 0
        self.listed = columns.surely
        points = [
            offer.location.point if offer.location is not None else None for offer in columns.offers
        ]
        self.lat = np.radians([50.0 if point is None else point.lat for point in points])
        self.lon = np.radians([15.0 if point is None else point.lon for point in points])
        self.cos = np.cos(self.lat)
        self.fresh = columns.freshest.astype(np.float64)
        self.free = columns.free.astype(np.float64)

    def __call__(self, request: ReferralRequest) -> list[tuple[int, float]]:
        """Return the rows and points of the best offers, unexplained."""
        need = np.uint64(sum(int(self.needs[one]) for one in request.need_codes))
        group = np.uint64(sum(int(self.groups[one]) for one in request.groups)) or ~np.uint64(0)
        age = 40 if request.age is None else request.age
        fits = (self.circle & group) != 0
        fits &= (self.lowest <= age) & (self.highest >= age)
        hits = np.bitwise_count(self.answers & need)
        fits &= hits > 0
        covered = self.anywhere.copy()
        listed = self.listed.get(request.place.code)
        if listed is not None:
            covered[listed] = True
        fits &= covered
        lat, lon = math.radians(request.place.point.lat), math.radians(request.place.point.lon)
        half = np.sin((self.lat - lat) * 0.5) ** 2
        half += math.cos(lat) * self.cos * np.sin((self.lon - lon) * 0.5) ** 2
        km = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
        points = hits * (10 / 3.0) + 5 * np.exp(-km / 20) + self.free + self.fresh / 1e6
        points = np.where(fits, points, -np.inf)
        best = np.argpartition(-points, SHOWN)[:SHOWN]
        best = best[np.lexsort((best, -points[best]))]
        return [(int(row), float(points[row])) for row in best if np.isfinite(points[row])]
