"""Small functions, one per bar of the explanation; what they do not know gives no points."""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Kind, Service, ServiceAtLocation, ServiceCapacity
from referral.catalog.vocabulary import Form, Vocabulary
from referral.matching.asking import Asking
from referral.matching.circles import codes_in_order, lacks_circle, open_share
from referral.matching.estimate import likely_share
from referral.matching.outcome import Explanation, Fact, Outcome, points_of
from referral.matching.policy import Limits
from referral.matching.reach import PlaceKnown, Reach
from referral.matching.refusals import consequence_of
from referral.matching.request import ReferralRequest
from referral.matching.shares import VICINITY_SHARE, answer_share, falling, vicinity
from referral.matching.welcome import Taking, taking


class Case(NamedTuple):
    """One offer under one request: all that a criterion may look at.

    ``needs`` are the asked needs the offer answers, in the request's order; ``reaches`` the usable
    ways, best first.
    """

    offer: ServiceAtLocation
    asking: Asking
    needs: tuple[str, ...] = ()
    reaches: tuple[Reach, ...] = ()


def explain(case: Case) -> Explanation:
    """Judge one offer by every criterion that the request calls for, in a fixed order."""
    called = {
        "barriers": bool(case.asking.request.barriers),
        "refusal": bool(case.asking.request.refusals),
    }
    asked = [(name, judge) for name, judge in JUDGES.items() if called.get(name, True)]
    return Explanation(
        tuple(judge(case, case.asking.policy.weights[name]) for name, judge in asked)
    )


_REMEMBERED = 4096


@lru_cache(_REMEMBERED)
def _known(criterion: str, share: float, at_most: float, *facts: tuple[str, Fact]) -> Outcome:
    """Return a bar; many offers share the same one, and none can be changed."""
    return Outcome.known(criterion, share=share, at_most=at_most, facts=dict(facts))


@lru_cache(_REMEMBERED)
def _unknown(criterion: str, at_most: float, missing: str) -> Outcome:
    return Outcome.unknown(criterion, at_most=at_most, missing=missing)


def judge_need(case: Case, at_most: float) -> Outcome:
    """Weigh how many of the asked needs are answered, and how directly.

    Each need counts with its confidence; a type loses ``rank_step`` for every place it stands
    behind the best type for that need, help beside the registered services counts
    ``beside_share``, health care that answers the need itself ``health_share``.
    """
    share, rank = need_share(
        case.needs,
        of_type=case.offer.service.type,
        health=case.offer.service.kind is Kind.HEALTH,
        request=case.asking.request,
        vocabulary=case.asking.vocabulary,
        limits=case.asking.policy.limits,
    )
    return _known(
        "need",
        share,
        at_most,
        ("needs", case.needs),
        ("asked", len(case.asking.request.needs)),
        ("type", case.offer.service.type or ""),
        ("rank", rank),
    )


def need_share(
    answered: Collection[str],
    *,
    of_type: str | None,
    health: bool,
    request: ReferralRequest,
    vocabulary: Vocabulary,
    limits: Limits,
) -> tuple[float, int]:
    """Return how well a service answers (0-1) and the best rank of its type, 0 without one."""
    total = sum(need.confidence for need in request.needs)
    got, ranks = 0.0, list[int]()
    for need in request.needs:
        if need.code not in answered:
            continue
        worth, rank = answer_share(
            vocabulary.need(need.code), of_type=of_type, health=health, limits=limits
        )
        got += need.confidence * worth
        if rank:
            ranks.append(rank)
    return got / total if total else 0.0, min(ranks, default=0)


def judge_reach(case: Case, at_most: float) -> Outcome:
    """Judge the best way to the offer; moving the home nearer never lowers the points."""
    return judge_way(
        case.reaches[0],
        service=case.offer.service,
        limits=case.asking.policy.limits,
        at_most=at_most,
    )


def judge_way(reach: Reach, *, service: Service, limits: Limits, at_most: float) -> Outcome:
    """Judge one way: by coverage in the field, by straight-line kilometres on the spot."""
    form = reach.form.value if reach.form is not None else ""
    share = way_share(reach, limits)
    if share is None:
        return _unknown("reach", at_most, _missing_way(reach))
    if reach.distance_km is not None:
        return spot_bar(reach, points=points_of(share, at_most), at_most=at_most)
    names = dict.fromkeys(area.name for area in service.coverage.areas if area.name)
    return Outcome.known(
        "reach",
        share=share,
        at_most=at_most,
        facts={
            "form": form,
            "covers": reach.covers.value,
            "areas": tuple(names),
            "remote": int(reach.remote),
        },
    )


def spot_bar(reach: Reach, *, points: float, at_most: float) -> Outcome:
    """Return the bar of a measured way that is worth so many points."""
    place = "listed" if reach.place_known is PlaceKnown.LISTED else "facility"
    form = reach.form.value if reach.form is not None else ""
    return _spot_bar(points, at_most, form, round(reach.distance_km or 0.0, 1), place)


# By its points, not by its share: two ways of 3.21 and 3.22 km may well have the same bar.
@lru_cache(4 * _REMEMBERED)
def _spot_bar(points: float, at_most: float, form: str, km: float, place: str) -> Outcome:
    facts: dict[str, Fact] = {"form": form, "km": km, "place": place}
    return Outcome.worth("reach", points=points, at_most=at_most, facts=facts)


def _missing_way(reach: Reach) -> str:
    if reach.form is None or reach.form is Form.FIELD:
        return "coverage"
    return {
        PlaceKnown.SEAT_ONLY: "place_seat",
        PlaceKnown.SECRET: "place_secret",
    }.get(reach.place_known, "place_none")


def way_share(reach: Reach, limits: Limits) -> float | None:
    """Return how good a way is (0-1), None when nothing is known about it."""
    if reach.distance_km is not None:
        km = reach.distance_km
        if reach.form is Form.AMBULATORY:
            return falling(km, full=limits.ambulatory_full_km, zero=limits.ambulatory_km)
        near = falling(km, full=limits.residential_full_km, zero=limits.residential_zero_km)
        return near * limits.residential_best_share
    if reach.covers is CoverageStatus.UNKNOWN:
        return None
    if reach.covers is CoverageStatus.DECLARED:
        return 1.0
    return limits.parsed_share if reach.covers is CoverageStatus.PARSED else limits.assumed_share


def judge_group(case: Case, at_most: float) -> Outcome:
    """Compare the circle of persons with the groups the client belongs to.

    A circle known only from the type of service, and a client known only from the need, give
    ``type_default_share`` of the points, and so does one in which only the need puts a client of
    whom more has been told.
    """
    service, limits = case.offer.service, case.asking.policy.limits
    without = lacks_circle(service)
    if without is not None:
        share = open_share(without, limits)
        return _known("group", share, at_most, ("basis", "none"), ("kind", without.value))
    declared = service.eligibility.target_groups
    circle = declared or _typical_groups(service, case.asking.vocabulary)
    if not circle:
        return _unknown("group", at_most, "groups")
    client = case.asking.client
    if not client.sure and not client.usual:
        return _unknown("group", at_most, "client_groups")
    stated = circle & client.touched_by_told
    certain = circle & client.touched_by_sure
    likely = circle & client.touched_by_usual
    share = 1.0 if stated and declared else limits.type_default_share
    return _known(
        "group",
        share if certain or likely else 0.0,
        at_most,
        ("groups", codes_in_order(stated or certain or likely)),
        ("basis", "declared" if declared else "type"),
        ("client", "stated" if stated else "need"),
        ("circle", codes_in_order(circle)),
    )


def _typical_groups(service: Service, vocabulary: Vocabulary) -> frozenset[str]:
    kind = vocabulary.service_type(service.type) if service.type is not None else None
    return kind.typical_groups if kind is not None else frozenset()


def judge_age(case: Case, at_most: float) -> Outcome:
    """Give the points when stated limits hold the client's age; exclusion is decided elsewhere."""
    ages = case.offer.service.eligibility.ages
    if ages is None:
        return _unknown("age", at_most, "ages")
    if case.asking.request.age is None:
        return _unknown("age", at_most, "client_age")
    return _known(
        "age",
        1.0,
        at_most,
        ("age", case.asking.request.age),
        ("min", "" if ages.min is None else ages.min),
        ("max", "" if ages.max is None else ages.max),
    )


def judge_barriers(case: Case, at_most: float) -> Outcome:
    """Weigh how the service takes people with the client's barriers, each counting the same.

    Its own word and its circle count in full, a condition ``condition_share``, the type of service
    ``type_default_share``; of what nobody tells, the experience of others counts with its mean.
    """
    limits = case.asking.policy.limits
    worth = worth_of(limits)
    asked = sorted(case.asking.request.barriers)
    service = case.offer.service
    told: dict[Taking, list[str]] = {}
    experienced: list[str] = []
    unknown: list[str] = []
    got = 0.0
    for code in asked:
        way = taking(service, code, vocabulary=case.asking.vocabulary, policy=case.asking.policy)
        if way is not None:
            told.setdefault(way, []).append(code)
            got += worth[way]
            continue
        likely = likely_share(service, code, experience=case.asking.experience, limits=limits)
        if likely is None:
            unknown.append(code)
        else:
            experienced.append(code)
            got += likely
    if not told and not experienced:
        return _unknown("barriers", at_most, "barriers")
    return Outcome.known(
        "barriers",
        share=got / len(asked),
        at_most=at_most,
        facts={
            "accepted": tuple(told.get(Taking.ACCEPTS, ())),
            "circle": tuple(told.get(Taking.CIRCLE, ())),
            "conditions": tuple(told.get(Taking.CONDITIONS, ())),
            "type": tuple(told.get(Taking.TYPE, ())),
            "experience": tuple(experienced),
            "unknown": tuple(unknown),
        },
    )


def worth_of(limits: Limits) -> dict[Taking, float]:
    """Return what each way of taking people with a barrier counts for (0-1)."""
    return {
        Taking.EXCLUDES: 0.0,
        Taking.ACCEPTS: 1.0,
        Taking.CIRCLE: 1.0,
        Taking.CONDITIONS: limits.condition_share,
        Taking.TYPE: limits.type_default_share,
    }


def judge_past_refusal(case: Case, at_most: float) -> Outcome:
    """Put a service that has refused this client behind the others.

    One without a lawful reason keeps nothing, one whose refusal has lapsed ``expired_share``.
    """
    limits = case.asking.policy.limits
    mine = [one for one in case.asking.request.refusals if one.service_id == case.offer.service.id]
    lapsed = [
        consequence_of(
            one,
            service=case.offer.service,
            vocabulary=case.asking.vocabulary,
            limits=limits,
            today=case.asking.today,
        ).verdict.lawful
        is not False
        for one in mine
    ]
    return Outcome.known(
        "refusal",
        share=1.0 if not mine else limits.expired_share if all(lapsed) else 0.0,
        at_most=at_most,
        facts={
            "refused": int(bool(mine)),
            "reasons": tuple(one.reason.value for one in mine),
            "lapsed": int(bool(mine) and all(lapsed)),
        },
    )


def judge_vacancy(case: Case, at_most: float) -> Outcome:
    """Give the points for a free place that somebody has told of."""
    best = free_places(case.offer.service)
    if best is None:
        return _unknown("vacancy", at_most, "vacancy")
    return Outcome.known(
        "vacancy",
        share=1.0 if best.available else 0.0,
        at_most=at_most,
        facts={
            "available": best.available or 0,
            "unit": best.unit.value,
            "as_of": best.as_of.isoformat(),
        },
    )


def free_places(service: Service) -> ServiceCapacity | None:
    """Return the capacity with the most free places, None when nobody has told of any."""
    told = [one for one in service.capacities if one.available is not None]
    return max(told, key=lambda one: (one.available or 0, one.as_of), default=None)


def judge_vicinity(case: Case, at_most: float) -> Outcome:
    """Tell whether the service, or at least its provider, is from the client's parts."""
    location = case.offer.location
    code = location.municipality if location is not None else None
    if location is None or code is None or code not in case.asking.territory.municipalities:
        return _unknown("vicinity", at_most, "vicinity")
    territory = case.asking.territory
    there, home = territory.municipality(code), case.asking.request.place.code
    same = vicinity(code, home, territory)
    return _known(
        "vicinity",
        VICINITY_SHARE[same],
        at_most,
        ("same", same),
        ("name", there.name),
        ("role", location.role.value),
    )


def judge_freshness(case: Case, at_most: float) -> Outcome:
    """Let the points fall evenly with the age of the record, never rising."""
    provenance = case.offer.service.provenance
    freshest = provenance.freshest
    days = max(0, (case.asking.today - freshest).days)
    limits = case.asking.policy.limits
    return _known(
        "freshness",
        falling(days, full=limits.fresh_days, zero=limits.stale_days),
        at_most,
        ("days", days),
        ("verified", int(provenance.verified_on is not None)),
        ("on", freshest.isoformat()),
    )


JUDGES: Mapping[str, Callable[[Case, float], Outcome]] = MappingProxyType(
    {
        "need": judge_need,
        "reach": judge_reach,
        "group": judge_group,
        "age": judge_age,
        "barriers": judge_barriers,
        "refusal": judge_past_refusal,
        "vacancy": judge_vacancy,
        "vicinity": judge_vicinity,
        "freshness": judge_freshness,
    }
)
"""The criteria by name, in the order of an explanation."""
