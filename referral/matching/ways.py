"""The usable ways to the offers that are shown, each with the bar of the best one.

Which ways are open has been found out for all offers at once. A way on which the client goes to a
known place is measured anew for every request; all others are kept with the standing.
"""

from collections.abc import Sequence

from referral.catalog.vocabulary import Form
from referral.matching.assess import best_first, kind_of
from referral.matching.criteria import judge_way, spot_bar
from referral.matching.outcome import Outcome
from referral.matching.reach import Reach, access_over, on_the_spot
from referral.matching.request import ReferralRequest
from referral.matching.standing import AMBULATORY, RESIDENTIAL, WAY_BITS, Standing

_SPOTS = tuple(
    tuple(form for form in (Form.AMBULATORY, Form.RESIDENTIAL) if WAY_BITS[form] & bits)
    for bits in range((AMBULATORY | RESIDENTIAL) + 1)
)
_ON_THE_SPOT = AMBULATORY | RESIDENTIAL

Arrival = tuple[tuple[Reach, ...], Outcome]
"""The ways to an offer, best first, and what the best one is worth."""


class Ways:
    """Finds the ways that ``assess`` finds and judges the best one as ``judge_reach`` does."""

    def __init__(self, request: ReferralRequest, standing: Standing) -> None:
        self._place = request.place
        self._standing = standing
        self._weight = standing.policy.weights["reach"]

    def to(
        self,
        rows: Sequence[int],
        *,
        open_ways: Sequence[int],
        coming: Sequence[int],
        km: Sequence[float | None],
        points: Sequence[float],
    ) -> list[Arrival]:
        """Return the ways to the offers in these rows.

        ``open_ways`` are their bits, ``coming`` positions among the coming shares and ``km`` the
        straight lines to the places of service, None where they are not known. ``points`` are what
        the best ways are worth.
        """
        arrivals = zip(rows, open_ways, coming, km, points, strict=True)
        return [self._one(*arrival) for arrival in arrivals]

    def _one(
        self, row: int, open_ways: int, coming: int, km: float | None, points: float
    ) -> Arrival:
        spots = _SPOTS[open_ways & _ON_THE_SPOT]
        if km is None or not spots:
            return self._unmeasured(row, open_ways, coming)
        policy, location = self._standing.policy, self._standing.columns.offers[row].location
        ways = (on_the_spot(form, location, km, policy) for form in spots)
        reaches = [way for way in ways if way is not None]
        afield = open_ways & ~_ON_THE_SPOT
        if afield:
            comes, bar = self._unmeasured(row, afield, coming)
            reaches += comes
        ordered = best_first(reaches, policy)
        if ordered[0].distance_km is None:
            return ordered, bar
        return ordered, spot_bar(ordered[0], points=points, at_most=self._weight)

    def _unmeasured(self, row: int, open_ways: int, coming: int) -> Arrival:
        """Return ways of which no length is known: all that they depend on is in the arguments."""
        known = self._standing.arrivals
        held = known.get((row, open_ways, coming))
        if held is None:
            offer = self._standing.columns.offers[row]
            ways = access_over(
                None,
                offer,
                place=self._place,
                kind=kind_of(offer, self._standing.columns.catalog),
                policy=self._standing.policy,
            )
            reaches = [way for way in ways.reaches if WAY_BITS[way.form] & open_ways]
            ordered = best_first(reaches, self._standing.policy)
            bar = judge_way(
                ordered[0],
                service=offer.service,
                limits=self._standing.policy.limits,
                at_most=self._weight,
            )
            held = known[row, open_ways, coming] = ordered, bar
        return held
