"""The bars of all offers shown under one request; offers alike in what a criterion reads share one.

Nothing is judged here: the first of the offers that are alike is put to the criterion itself.
"""

from collections.abc import Callable

from referral.matching.criteria import (
    Case,
    judge_age,
    judge_barriers,
    judge_freshness,
    judge_group,
    judge_need,
    judge_past_refusal,
    judge_reach,
    judge_vacancy,
    judge_vicinity,
)
from referral.matching.outcome import Explanation, Outcome
from referral.matching.reach import Reach
from referral.matching.request import ReferralRequest
from referral.matching.standing import Standing

Alike = tuple[object, ...]


class Bars:
    """Explains offers as ``explain`` does; ``standing`` keeps the bars that no request changes."""

    def __init__(self, request: ReferralRequest, standing: Standing) -> None:
        self._request = request
        self._standing = standing
        self._made: dict[Alike, Outcome] = {}
        self._refusing = {one.service_id for one in request.refusals}
        experience = standing.columns.catalog.experience
        self._experienced = bool(experience.by_service or experience.by_type)

    def explain(self, row: int, needs: tuple[str, ...], reaches: tuple[Reach, ...]) -> Explanation:
        """Explain the offer in this row of the columns, with what it answers and the ways to it."""
        case: Case | None = None
        outcomes: list[Outcome] = []
        weights = self._standing.policy.weights
        for judge, name, held, alike in self._asked(row, needs, reaches[0]):
            outcome = held.get(alike)
            if outcome is None:
                case = case or self._case(row, needs, reaches)
                outcome = held[alike] = judge(case, weights[name])
            outcomes.append(outcome)
        return Explanation(tuple(outcomes))

    def _asked(
        self, row: int, needs: tuple[str, ...], reach: Reach
    ) -> list[tuple[Callable[[Case, float], Outcome], str, dict[Alike, Outcome], Alike]]:
        """Return the criteria in order, each with all that it reads of an offer."""
        offer = self._standing.columns.offers[row]
        service, location = offer.service, offer.location
        stated, provenance = service.eligibility, service.provenance
        circle, ages = frozenset(stated.target_groups or ()), stated.ages
        made, lasting = self._made, self._standing.bars
        way: Alike = ("reach", reach.form, reach.distance_km, reach.place_known)
        if reach.distance_km is None:
            way = (*way, row, reach.covers, reach.remote)
        asked: list[tuple[Callable[[Case, float], Outcome], str, dict[Alike, Outcome], Alike]] = [
            (judge_need, "need", made, ("need", needs, service.type, service.kind)),
            (judge_reach, "reach", made if reach.distance_km is not None else lasting, way),
            (judge_group, "group", made, ("group", service.type, service.kind, circle)),
            (judge_age, "age", made, ("age",) if ages is None else ("age", ages.min, ages.max)),
        ]
        if self._request.barriers:
            own = row if stated.rules or self._experienced else None
            same: Alike = ("barriers", service.type, service.kind, circle, own)
            asked.append((judge_barriers, "barriers", made, same))
        if self._refusing:
            own = row if service.id in self._refusing else None
            asked.append((judge_past_refusal, "refusal", made, ("refusal", own)))
        free = row if service.capacities else None
        there = () if location is None else (location.municipality, location.role)
        fresh = (provenance.as_of, provenance.verified_on)
        asked += [
            (judge_vacancy, "vacancy", lasting, ("vacancy", free)),
            (judge_vicinity, "vicinity", made, ("vicinity", *there)),
            (judge_freshness, "freshness", lasting, ("freshness", *fresh)),
        ]
        return asked

    def _case(self, row: int, needs: tuple[str, ...], reaches: tuple[Reach, ...]) -> Case:
        standing = self._standing
        catalog, offer = standing.columns.catalog, standing.columns.offers[row]
        kind = offer.service.type
        return Case(
            offer=offer,
            request=self._request,
            needs=needs,
            reaches=reaches,
            kind=catalog.vocabulary.service_type(kind) if kind is not None else None,
            vocabulary=catalog.vocabulary,
            territory=catalog.territory,
            policy=standing.policy,
            today=standing.today,
            experience=catalog.experience,
        )
