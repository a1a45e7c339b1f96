"""What can be said of every offer before anybody asks: under one policy, on one day.

The small tables here are filled by the rules themselves, put to made-up offers of every kind that
the rules can tell apart. So a changed rule changes the tables, and nobody has to remember them.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

import numpy as np

from referral.catalog.areas import Coverage, CoverageStatus, Covers
from referral.catalog.model import (
    AddressRole,
    Kind,
    Location,
    Organization,
    Provenance,
    Service,
    ServiceAtLocation,
)
from referral.catalog.territory import Municipality
from referral.catalog.vocabulary import Form
from referral.geo import Point
from referral.matching.circles import open_share
from referral.matching.columns import COVERS, FORMS, KINDS, STATUSES, Bytes, Columns, Floats
from referral.matching.criteria import (
    way_share,
    worth_of,
)
from referral.matching.estimate import likely_share
from referral.matching.exclusion import Exclusion, ExclusionCode
from referral.matching.exclusions import find_exclusions, wanted_ways
from referral.matching.kept import Kept
from referral.matching.order import NEARNESS
from referral.matching.outcome import Outcome, points_of
from referral.matching.policy import Policy
from referral.matching.reach import Reach, access
from referral.matching.request import ReferralRequest
from referral.matching.shares import VICINITY_SHARE, answer_share, falling
from referral.matching.welcome import Taking, taking

TAKINGS: tuple[Taking | None, ...] = (None, *Taking)
AMBULATORY, RESIDENTIAL, AFIELD, COMPETENT = 1, 2, 4, 8
"""Bits of the ways that are open; the last one is help by jurisdiction."""
WAY_KINDS = AFIELD
"""Divided by this, the bits tell the way on which the client goes nowhere: none, T or an office."""

_PLACE = Municipality(
    code="1", name="", orp="", district="", region="", point=Point(lat=50.0, lon=15.0)
)
_SOMEWHERE = Point(lat=50.1, lon=15.0)
_IN_PLACE = frozenset({ExclusionCode.AREA, ExclusionCode.DISTANCE})
WAY_BITS: Mapping[Form | None, int] = {
    None: COMPETENT,
    Form.AMBULATORY: AMBULATORY,
    Form.RESIDENTIAL: RESIDENTIAL,
    Form.FIELD: AFIELD,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WayTable:
    """The ways that are open and the reasons in forms and place, by ``_way_table``'s positions.

    ``against`` is their number, ``reasons`` are those of them that lie in the place.
    """

    open: Bytes
    against: Bytes
    reasons: Sequence[tuple[ExclusionCode, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Columns that hold for every request under a policy on a day; points are by ``points_of``.

    ``ended`` is 1 for services that are not offered on the day. ``come`` are the shares of ways
    other than those on the spot, -1 where nothing is known or no such way is; ``comers`` are the
    part of the positions there that the offer decides. ``worth`` are small tables of points, by
    criterion: of ages by whether they are stated, of circles by their state and whom they touch, of
    shares by taking, of vicinities by the order of nearness.
    ``takings`` (positions in TAKINGS), ``likely`` (shares, NaN without an estimate) and ``ways``
    are made when they are first asked for, by barrier and by the forms wanted. So is what is the
    same whoever asks: ``bars`` of some criteria by what they read, reasons for ``areas`` by
    service, and ``arrivals``, ways of unknown length with their bar, by row, open ways and position
    in ``come``.
    """

    columns: Columns
    policy: Policy
    today: date
    ended: Bytes
    freshness: Floats
    vacancy: Floats
    come: Floats
    comers: Bytes
    worth: Mapping[str, Floats]
    takings: dict[str, Bytes] = field(default_factory=dict)
    excludes: dict[str, Bytes] = field(default_factory=dict)
    answers: dict[str, Floats] = field(default_factory=dict)
    likely: dict[str, Floats | None] = field(default_factory=dict)
    ways: dict[frozenset[Form], WayTable] = field(default_factory=dict)
    bars: Mapping[str, dict[Hashable, Outcome]] = field(
        default_factory=lambda: {"vacancy": {}, "vicinity": {}, "freshness": {}}
    )
    arrivals: dict[tuple[int, int, int], tuple[tuple[Reach, ...], Outcome]] = field(
        default_factory=dict
    )
    areas: dict[int, Exclusion] = field(default_factory=dict)

    def taking(self, barrier: str) -> Bytes:
        """Return how the services take people with a barrier, as positions in TAKINGS."""
        found = self.takings.get(barrier)
        if found is None:
            vocabulary = self.columns.catalog.vocabulary
            found = self.takings[barrier] = self.columns.spread(
                (
                    TAKINGS.index(taking(one, barrier, vocabulary=vocabulary, policy=self.policy))
                    for one in self.columns.services
                ),
                np.uint8,
            )
        return found

    def excluding(self, barrier: str) -> Bytes:
        """Return 1 for services that exclude people with a barrier."""
        found = self.excludes.get(barrier)
        if found is None:
            taken = self.taking(barrier) == TAKINGS.index(Taking.EXCLUDES)
            found = self.excludes[barrier] = taken.view(np.uint8)
        return found

    def answering_share(self, need: str) -> Floats:
        """Return by trait how well the services that answer a need do so (0-1), 0 for others."""
        found = self.answers.get(need)
        if found is None:
            vocabulary = self.columns.catalog.vocabulary
            found = self.answers[need] = np.zeros(len(self.columns.traits))
            for position in self.columns.answering[need]:
                trait = self.columns.traits[position]
                found[position], _ = answer_share(
                    vocabulary.need(need),
                    of_type=trait.type,
                    health=trait.health,
                    limits=self.policy.limits,
                )
        return found

    def likely_share(self, barrier: str) -> Floats | None:
        """Return the estimates for people with a barrier, None when there is no outcome at all."""
        if barrier not in self.likely:
            experience, limits = self.columns.catalog.experience, self.policy.limits
            known = any(
                code == barrier for _, code in (*experience.by_service, *experience.by_type)
            )
            shares = (
                likely_share(one, barrier, experience=experience, limits=limits)
                for one in self.columns.services
            )
            self.likely[barrier] = (
                self.columns.spread((np.nan if one is None else one for one in shares), np.float64)
                if known
                else None
            )
        return self.likely[barrier]

    def way_table(self, wanted: frozenset[Form]) -> WayTable:
        """Return what the forms that are wanted leave open."""
        found = self.ways.get(wanted)
        if found is None:
            found = self.ways[wanted] = _way_table(wanted, self)
        return found


def _stand(columns: Columns, policy: Policy, today: date) -> Standing:
    day, limits, weights = today.toordinal(), policy.limits, policy.weights
    ages = np.maximum(0, day - columns.freshest)
    days, where = np.unique(ages, return_inverse=True)
    fresh = [
        points_of(
            falling(age, full=limits.fresh_days, zero=limits.stale_days), weights["freshness"]
        )
        for age in days.tolist()
    ]
    return Standing(
        columns=columns,
        policy=policy,
        today=today,
        ended=((columns.starts > day) | (columns.ends < day)).astype(np.uint8),
        freshness=np.array(fresh, np.float64)[where],
        vacancy=np.array([0.0, points_of(1.0, weights["vacancy"])]).take(columns.free),
        come=np.array(list(_coming_shares(policy))),
        comers=columns.status * np.uint8(2) + columns.remote,
        worth=_worth(policy),
    )


def _worth(policy: Policy) -> Mapping[str, Floats]:
    limits, weights = policy.limits, policy.weights
    full, none = points_of(1.0, weights["group"]), 0.0
    part = points_of(limits.type_default_share, weights["group"])
    groups = [none, part, part, part, none, part, full, full]
    groups += [points_of(open_share(one, limits), weights["group"]) for one in KINDS]
    taken = worth_of(limits)
    near = [points_of(VICINITY_SHARE[level], weights["vicinity"]) for level in NEARNESS]
    return {
        "group": np.array(groups),
        "age": np.array([0.0, points_of(1.0, weights["age"])]),
        "barriers": np.array([0.0 if way is None else taken[way] for way in TAKINGS]),
        "vicinity": np.array([*near, 0.0]),
    }


standing_of: Kept[Standing] = Kept(_stand, keep=4)
"""Return the standing of columns under a policy on a day; the last four are kept."""


WAY_STATES = 3 * len(COVERS)
"""How many rows of a way table belong to one set of forms."""
COMING_STATES = 2 * len(STATUSES)
"""How many coming shares belong to one kind of coverage."""


def _way_table(wanted: frozenset[Form], standing: Standing) -> WayTable:
    """Put an offer of every set of forms, cover and distance (unknown, near, far) to the rules.

    The position is ``forms * WAY_STATES + covers * 3 + distance``.
    """
    open_ways, against, in_place = [], [], []
    limits = standing.policy.limits
    near = replace(
        standing.policy, limits=replace(limits, ambulatory_km=limits.ambulatory_km + 1e6)
    )
    far = replace(
        standing.policy, limits=replace(limits, ambulatory_full_km=0.0, ambulatory_km=1.0)
    )
    request = ReferralRequest(place=_PLACE, needs=(), forms=wanted)
    for forms, covers, distance in product(_sets_of_forms(), COVERS, range(3)):
        offer = _an_offer(
            forms,
            covers,
            CoverageStatus.PARSED,
            Location(role=AddressRole.FACILITY, point=_SOMEWHERE if distance else None),
        )
        policy = far if distance == 2 else near  # noqa: PLR2004 - unknown, near, far
        ways = access(offer, place=_PLACE, kind=None, policy=policy)
        reasons = find_exclusions(
            offer,
            request=request,
            access=ways,
            vocabulary=standing.columns.catalog.vocabulary,
            policy=policy,
            today=standing.today,
        )
        against.append(len(reasons))
        in_place.append(tuple(one.kind for one in reasons if one.kind in _IN_PLACE))
        open_ways.append(sum(WAY_BITS[reach.form] for reach in wanted_ways(ways, request)))
    return WayTable(
        open=np.array(open_ways, np.uint8),
        against=np.array(against, np.uint8),
        reasons=tuple(in_place),
    )


def _coming_shares(policy: Policy) -> Iterator[float]:
    """Yield what a way is worth on which the client does not go to a place.

    For no such way (-1 throughout), a field one, a competent office; for every cover; then by the
    status of the coverage and whether the help is remote or at home in the place.
    """
    yield from [-1.0] * (len(COVERS) * COMING_STATES)
    for forms in (frozenset({Form.FIELD}), frozenset[Form]()):
        for covers, status, here in product(COVERS, STATUSES, (False, True)):
            offer = _an_offer(
                forms,
                covers,
                status,
                Location(role=AddressRole.FACILITY, municipality=_PLACE.code if here else None),
            )
            reaches = access(offer, place=_PLACE, kind=None, policy=policy).reaches
            share = way_share(reaches[0], policy.limits) if reaches else None
            yield -1.0 if share is None else share


def _sets_of_forms() -> Iterator[frozenset[Form]]:
    for bits in range(1 << len(FORMS)):
        yield frozenset(form for position, form in enumerate(FORMS) if bits >> position & 1)


def _an_offer(
    forms: frozenset[Form], covers: Covers, status: CoverageStatus, location: Location
) -> ServiceAtLocation:
    here = frozenset({_PLACE.code})
    coverage = Coverage(
        status=status,
        certain=here if covers is Covers.YES else frozenset(),
        possible=here if covers is Covers.UNKNOWN else frozenset(),
    )
    service = Service(
        id="",
        name="",
        kind=Kind.COMMUNITY,
        organization=Organization(name=""),
        provenance=Provenance(source="", as_of=date.min),
        forms=forms,
        needs=frozenset({""}),
        coverage=coverage,
        locations=(location,),
    )
    return ServiceAtLocation(service=service, location=location)
