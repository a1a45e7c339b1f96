"""From assessments to a ranked list and a list of near misses."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Vocabulary
from referral.matching.assess import Assessment
from referral.matching.exclusion import ExclusionCode
from referral.matching.outcome import Explanation
from referral.matching.ranking import Match, NearMiss
from referral.matching.reach import forms_of
from referral.matching.shares import vicinity


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An admissible assessment with its explanation."""

    assessment: Assessment
    explanation: Explanation


def best_per_service(weighed: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Keep the best location of each service; equal ones by the order of locations."""
    best: dict[str, Weighed] = {}
    for one in weighed:
        held = best.get(one.assessment.offer.id)
        if held is None or one.explanation.score > held.explanation.score:
            best[one.assessment.offer.id] = one
    return tuple(best.values())


def rank(weighed: Iterable[Weighed], *, vocabulary: Vocabulary) -> tuple[Match, ...]:
    """Order by score, ties by id; every match with the same score as a neighbour is marked tied."""
    ordered = sorted(
        best_per_service(weighed),
        key=lambda one: (-one.explanation.score, one.assessment.offer.id),
    )
    scores = [one.explanation.score for one in ordered]
    return tuple(
        match_of(
            one,
            rank=position + 1,
            tied=scores.count(scores[position]) > 1,
            vocabulary=vocabulary,
        )
        for position, one in enumerate(ordered)
    )


def match_of(one: Weighed, *, rank: int, tied: bool, vocabulary: Vocabulary) -> Match:
    """Return an explained offer as a match of the list in which it has this rank."""
    service = one.assessment.offer.service
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    return Match(
        rank=rank,
        offer=one.assessment.offer,
        needs=one.assessment.needs,
        reaches=one.assessment.reaches,
        forms_by_type=forms_of(service, kind)[1],
        explanation=one.explanation,
        tied=tied,
    )


NEARNESS = {"municipality": 0, "orp": 1, "district": 2, "none": 3}


def near_misses(
    excluded: Iterable[Assessment], *, place: str, territory: Territory
) -> tuple[NearMiss, ...]:
    """Return one entry per excluded service: those that refused this client, then the nearest.

    Nearness is the municipality, ORP or district the service or its provider shares with the place,
    then the distance to the place of service; one with neither comes last. A service appears once,
    with the location that has the fewest reasons against it.
    """
    chosen: dict[str, Assessment] = {}
    for one in excluded:
        held = chosen.get(one.offer.id)
        if held is None or len(one.exclusions) < len(held.exclusions):
            chosen[one.offer.id] = one

    def nearness(one: Assessment) -> tuple[bool, int, float, int, str]:
        asked_already = any(reason.kind is ExclusionCode.REFUSED for reason in one.exclusions)
        code = one.offer.location.municipality if one.offer.location is not None else None
        shared = (
            NEARNESS[vicinity(place, code, territory)]
            if code is not None and code in territory.municipalities
            else len(NEARNESS)
        )
        km = math.inf if one.distance_km is None else one.distance_km
        return not asked_already, shared, km, len(one.exclusions), one.offer.id

    return tuple(missed(one) for one in sorted(chosen.values(), key=nearness))


def missed(one: Assessment) -> NearMiss:
    """Return an excluded offer as a near miss."""
    return NearMiss(
        offer=one.offer, needs=one.needs, exclusions=one.exclusions, distance_km=one.distance_km
    )
