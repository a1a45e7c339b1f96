"""Whether a municipality has what a rule asks for, by the matcher's own eyes.

A rule is put to the matcher as the question of its reference client; an offer counts here exactly
if the matcher would make it to that client there. So the gap map and the match page cannot
contradict each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import ServiceAtLocation
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, Territory
from referral.catalog.vocabulary import Form
from referral.matching.exclusions import client_exclusions, wanted_ways
from referral.matching.policy import Policy
from referral.matching.reach import Reach, access
from referral.matching.request import AskedNeed, ReferralRequest
from referral.matching.shares import vicinity
from referral.network.gaps import GapStatus, RuleResult
from referral.network.norms import Metric, Neighbourhood, Norm, Rule

LOW_DETOUR = 1.2
HIGH_DETOUR = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the matcher would offer the reference client of a rule in one municipality.

    Ids of services: ``covering`` surely come to the place, ``assumed`` probably do, ``near`` are
    (straight-line km, id) of known places of service, nearest first, ``undecided`` those of which
    nobody says whether they would serve the place.
    """

    covering: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    near: tuple[tuple[float, str], ...] = ()
    undecided: tuple[str, ...] = ()


def reference_request(rule: Rule, place: Municipality, *, limit: int = 20) -> ReferralRequest:
    """Return the question a rule asks: its need, in its form, for a client of its group and age."""
    return ReferralRequest(
        place=place,
        needs=(AskedNeed(code=rule.need),),
        forms=frozenset() if rule.form is None else frozenset({rule.form}),
        groups=frozenset() if rule.group is None else frozenset({rule.group}),
        age=rule.age,
        limit=limit,
    )


def open_offers(
    rule: Rule, *, place: Municipality, catalog: Catalog, policy: Policy, today: date
) -> tuple[ServiceAtLocation, ...]:
    """Return the offers of the rule's type that nothing rules out before the place is looked at."""
    request = reference_request(rule, place)
    return tuple(
        offer
        for offer in catalog.by_type.get(rule.type, ())
        if not any(
            client_exclusions(
                offer.service,
                request=request,
                vocabulary=catalog.vocabulary,
                policy=policy,
                today=today,
            )
        )
    )


def gather(
    place: Municipality,
    *,
    rule: Rule,
    norm: Norm,
    offers: Iterable[ServiceAtLocation],
    catalog: Catalog,
    policy: Policy,
) -> Evidence:
    """Collect what the open offers mean for one municipality."""
    request = reference_request(rule, place)
    kind = catalog.vocabulary.service_type(rule.type)
    reached = (
        (offer, wanted_ways(access(offer, place=place, kind=kind, policy=policy), request))
        for offer in offers
    )
    return weigh(reached, place=place, rule=rule, norm=norm, territory=catalog.territory)


def weigh(
    reached: Iterable[tuple[ServiceAtLocation, Sequence[Reach]]],
    *,
    place: Municipality,
    rule: Rule,
    norm: Norm,
    territory: Territory,
) -> Evidence:
    """Sort offers with their ways into what the rule can count."""
    covering: dict[str, None] = {}
    assumed: dict[str, None] = {}
    undecided: dict[str, None] = {}
    near: dict[str, float] = {}
    for offer, reaches in reached:
        for reach in reaches:
            if not _counts(reach, rule.metric):
                continue
            if reach.distance_km is not None:
                near[offer.id] = min(reach.distance_km, near.get(offer.id, reach.distance_km))
            elif reach.remote or reach.covers in {CoverageStatus.DECLARED, CoverageStatus.PARSED}:
                covering[offer.id] = None
            elif reach.covers is CoverageStatus.ASSUMED:
                assumed[offer.id] = None
            elif _thinkable(offer, place, norm, territory):
                undecided[offer.id] = None
    known = covering.keys() | assumed.keys() | near.keys()
    return Evidence(
        covering=tuple(covering),
        assumed=tuple(assumed),
        near=tuple(sorted((km, service_id) for service_id, km in near.items())),
        undecided=tuple(one for one in undecided if one not in known),
    )


def _counts(reach: Reach, metric: Metric) -> bool:
    on_the_spot = reach.form in {Form.AMBULATORY, Form.RESIDENTIAL}
    if metric is Metric.COVERAGE:
        return not on_the_spot
    if metric is Metric.NEAREST_KM:
        return on_the_spot
    return True


def _thinkable(
    offer: ServiceAtLocation, place: Municipality, norm: Norm, territory: Territory
) -> bool:
    if norm.undecided_within is Neighbourhood.EVERYWHERE:
        return True
    code = offer.location.municipality if offer.location is not None else None
    if code is None or code not in territory.municipalities:
        return norm.undecided_elsewhere
    shared = {"municipality", "orp"}
    if norm.undecided_within is Neighbourhood.DISTRICT:
        shared.add("district")
    return vicinity(place.code, code, territory) in shared


def judge(evidence: Evidence, *, place: Municipality, rule: Rule, norm: Norm) -> RuleResult:
    """Give the municipality its status under the rule; thresholds include their own value."""
    status = status_at(evidence, rule=rule, detour=norm.detour)
    flips = status_at(evidence, rule=rule, detour=LOW_DETOUR) is not status_at(
        evidence, rule=rule, detour=HIGH_DETOUR
    )
    nearest = round(evidence.near[0][0] * norm.detour, 1) if evidence.near else None
    value = float(len(evidence.covering)) if rule.metric is Metric.COVERAGE else nearest
    return RuleResult(
        municipality=place.code,
        rule=rule.code,
        status=status,
        threshold=rule.threshold,
        uncertain=flips,
        value=value,
        nearest_km=nearest,
        population=place.population,
        serving=_serving(evidence, rule=rule, detour=norm.detour),
        undecided=len(evidence.undecided),
    )


def status_at(evidence: Evidence, *, rule: Rule, detour: float) -> GapStatus:
    """Return the status when the way by road is ``detour`` times the straight line."""
    if rule.metric is Metric.COVERAGE:
        sure = len(evidence.covering)
        met = sure >= rule.threshold
        partly = bool(evidence.assumed) or (rule.partial is not None and sure >= rule.partial > 0)
    else:
        nearest = evidence.near[0][0] * detour if evidence.near else None
        met = bool(evidence.covering) or (nearest is not None and nearest <= rule.threshold)
        partly = bool(evidence.assumed) or (
            nearest is not None and rule.partial is not None and nearest <= rule.partial
        )
    if met:
        return GapStatus.MET
    if partly:
        return GapStatus.PARTIAL
    return GapStatus.UNKNOWN if evidence.undecided else GapStatus.GAP


def _serving(evidence: Evidence, *, rule: Rule, detour: float) -> tuple[str, ...]:
    if rule.metric is Metric.COVERAGE:
        return evidence.covering
    within = tuple(one for km, one in evidence.near if km * detour <= rule.threshold)
    return tuple(dict.fromkeys((*evidence.covering, *within)))
