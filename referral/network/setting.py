"""What a norm is held against, laid out once for all its rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from referral.catalog.areas import Covers
from referral.catalog.snapshot import Catalog
from referral.geo.travel import Bools, Ints, TravelModel
from referral.matching.columns import COVERS, Bytes, Columns, columns_of
from referral.matching.policy import Policy
from referral.network.ground import Ground
from referral.network.norms import Norm

_UNKNOWN, _YES = COVERS.index(Covers.UNKNOWN), COVERS.index(Covers.YES)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """The municipalities of the ground that offers name: of row r those from ``ptr[r]`` on.

    ``place`` are positions in the ground, ``value`` positions in COVERS (yes or unknown).
    """

    ptr: Ints
    place: Ints
    value: Bytes

    def of(self, rows: Ints) -> tuple[Ints, Ints, Bytes]:
        """Return what these rows name: the position of the row, the place, the value."""
        counts = self.ptr[rows + 1] - self.ptr[rows]
        slot = np.repeat(np.arange(len(rows)), counts)
        at = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        at += np.repeat(self.ptr[rows], counts)
        return slot, self.place[at], self.value[at]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """Columns of the catalogue, municipalities, policy, day, ways; arrays have a value an offer.

    ``home`` is the municipality the service itself is in, as a position in the ground, -1 for none.
    ``orp`` and ``district`` are those the offer is thought of in, by the numbers of the ground (-1:
    none that is there), ``elsewhere`` marks offers of no loaded municipality. ``present`` is the
    setting as it is, where this one is that of a scenario: what the scenario adds must not change
    what stands in for numbers that nobody knows.
    """

    columns: Columns
    ground: Ground
    norm: Norm
    policy: Policy
    today: date
    travel: TravelModel
    named: Named
    home: Ints
    orp: Ints
    district: Ints
    elsewhere: Bools
    present: "Setting | None" = None

    @property
    def detours(self) -> tuple[float, float, float]:
        """Return the detour of the norm, and the two between which a result must not flip."""
        estimate = self.travel.estimate
        return (self.norm.detour, estimate.low_detour, estimate.high_detour)


def set_up(
    catalog: Catalog,
    ground: Ground,
    *,
    norm: Norm,
    policy: Policy,
    today: date,
    travel: TravelModel,
) -> Setting:
    """Lay out what all rules of a norm need to know of the offers in these municipalities."""
    columns = columns_of(catalog)
    grounds, territory = columns.grounds, catalog.territory
    loaded = tuple(territory.municipalities.values())
    at = np.array([ground.position.get(place.code, -1) for place in loaded], np.int64)
    orp, district = _numbers(ground, "orp"), _numbers(ground, "district")

    def lookup(values: list[int], of: Ints) -> Ints:
        return np.array([*values, -1], np.int64)[
            np.where(of < 0, len(loaded), np.minimum(of, len(loaded)))
        ]

    return Setting(
        columns=columns,
        ground=ground,
        norm=norm,
        policy=policy,
        today=today,
        travel=travel,
        named=_named(columns, ground),
        home=lookup(at.tolist(), columns.home),
        orp=lookup([orp.get(place.orp, -1) for place in loaded], columns.municipality),
        district=lookup(
            [district.get(place.district, -1) for place in loaded], columns.municipality
        ),
        elsewhere=columns.municipality >= grounds.loaded,
    )


def _numbers(ground: Ground, name: str) -> Mapping[str, int]:
    numbers: list[int] = getattr(ground, name).tolist()
    return dict(zip((getattr(place, name) for place in ground.places), numbers, strict=True))


def _named(columns: Columns, ground: Ground) -> Named:
    rows, places, values = [np.empty(0, np.int64)], [0], [np.empty(0, np.uint8)]
    counts = [0]
    for named, value in ((columns.possibly, _UNKNOWN), (columns.surely, _YES)):
        for code, of_place in named.items():
            if code in ground.position:
                rows.append(of_place)
                places.append(ground.position[code])
                counts.append(len(of_place))
                values.append(np.full(len(of_place), value, np.uint8))
    row = np.concatenate(rows)
    order = np.argsort(row, kind="stable")
    ptr = np.zeros(len(columns.offers) + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=len(columns.offers)), out=ptr[1:])
    return Named(
        ptr=ptr,
        place=np.repeat(np.array(places), counts)[order],
        value=np.concatenate(values)[order],
    )
