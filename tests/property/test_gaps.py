"""The gap map and the match page share one set of rules."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from referral.catalog.vocabulary import Form
from referral.geo.travel import DEFAULT_ESTIMATE
from referral.network.adequacy import gather, judge, open_offers, reference_request
from referral.network.gaps import GapStatus
from referral.network.norms import Level, Metric, Neighbourhood
from referral.usecases.find_gaps import find_gaps
from referral.usecases.recommend import recommend
from support.build import TODAY
from support.gap_questions import questions
from support.matching import PLACES, POLICY, TERRITORY, a_world, services

RANK = {GapStatus.GAP: 0, GapStatus.UNKNOWN: 1, GapStatus.PARTIAL: 2, GapStatus.MET: 3}


def gaps(catalog, norm):
    return find_gaps(
        [place.code for place in PLACES],
        area="vše",
        norm=norm,
        catalog=catalog,
        policy=POLICY,
        today=TODAY,
    ).results


def thinkable(match, place, norm) -> bool:
    """Tell, from the norm's own words, whether a service of unknown place may serve this one."""
    if norm.undecided_within is Neighbourhood.EVERYWHERE:
        return True
    location = match.offer.location
    there = TERRITORY.municipalities.get(location.municipality) if location else None
    if there is None:
        return norm.undecided_elsewhere
    if there.orp == place.orp:
        return True
    return norm.undecided_within is Neighbourhood.DISTRICT and there.district == place.district


def minutes(road_km: float) -> float:
    """Estimate minutes from the numbers of the estimate alone, kilometre after kilometre."""
    taken, start = DEFAULT_ESTIMATE.fixed_minutes, 0.0
    for step in DEFAULT_ESTIMATE.steps:
        taken += min(max(road_km - start, 0.0), step.upto_km - start) * (60.0 / step.kmh)
        start = step.upto_km
    return taken


@dataclass(frozen=True)
class Seen:
    """What the match page of one place shows of a rule: ids, and the shortest way to each."""

    sure: set[str]
    assumed: set[str]
    undecided: set[str]
    here: set[str]
    ways: dict[str, float]


def seen(matches, place, norm) -> Seen:
    (rule,) = norm.rules
    found = Seen(set(), set(), set(), set(), {})
    for match in matches:
        for reach in match.reaches:
            at_a_place = reach.form in {Form.AMBULATORY, Form.RESIDENTIAL}
            if not (rule.metric.on_the_spot if at_a_place else rule.metric.comes):
                continue
            if at_a_place and reach.distance_km is not None:
                road = reach.distance_km * norm.detour
                way = minutes(road) if rule.metric.by_minutes else road
                found.ways[match.offer.id] = min(way, found.ways.get(match.offer.id, way))
                if match.offer.location.municipality == place.code:
                    found.here.add(match.offer.id)
            elif reach.remote or reach.covers in {"declared", "parsed"}:
                found.sure.add(match.offer.id)
            elif reach.covers == "assumed":
                found.assumed.add(match.offer.id)
            elif thinkable(match, place, norm):
                found.undecided.add(match.offer.id)
    found.undecided.difference_update(found.sure, found.assumed, found.ways)
    return found


def expected(here: Seen, around: list[Seen], norm) -> GapStatus:
    """Judge a municipality by match pages alone, written apart from the program's own way."""
    (rule,) = norm.rules
    if rule.metric.counts:
        sure = {one for there in around for one in there.sure | there.here}
        assumed = {one for there in around for one in there.assumed} - sure
        undecided = {one for there in around for one in there.undecided} - sure
        met = len(sure) >= rule.threshold
        partly = bool(assumed) or (rule.partial is not None and len(sure) >= rule.partial)
        maybe = bool(undecided)
    else:
        near = here.sure | {one for one, way in here.ways.items() if way <= rule.threshold}
        nearly = near | {one for one, way in here.ways.items() if way <= (rule.partial or 0)}
        met = len(near) >= rule.count
        partly = len(nearly | here.assumed) >= rule.count
        maybe = len(nearly | here.assumed | here.undecided) >= rule.count
    if met:
        return GapStatus.MET
    if partly:
        return GapStatus.PARTIAL
    return GapStatus.UNKNOWN if maybe else GapStatus.GAP


@settings(max_examples=300)  # a wrong threshold shows in about one question of eighty
@given(questions(places=1))
def test_a_municipality_is_a_gap_just_where_the_match_page_offers_nothing_that_counts(question):
    """A gap is where `recommend` for the reference client returns nothing that satisfies the rule.

    The match page keeps the best place of each service, so the services here have one each.
    """
    catalog, norm = question
    (rule,) = norm.rules
    pages = {}
    for place in PLACES:
        answer = recommend(
            reference_request(rule, place, limit=1000), catalog=catalog, policy=POLICY, today=TODAY
        )
        of_type = [match for match in answer.matches if match.offer.service.type == rule.type]
        pages[place.code] = seen(of_type, place, norm)
    for place, result in zip(PLACES, gaps(catalog, norm), strict=True):
        same = [one for one in PLACES if rule.level is Level.ORP and one.orp == place.orp]
        around = [pages[one.code] for one in same or [place]]
        assert result.status is expected(pages[place.code], around, norm)
        known = {one for there in around for one in there.sure | there.ways.keys()}
        assert set(result.serving) <= known


@settings(max_examples=300)
@given(questions(places=3))
def test_all_at_once_gives_what_place_by_place_and_offer_by_offer_gives(question):
    catalog, norm = question
    (rule,) = norm.rules
    rule = replace(rule, count=1, metric=METRICS_OF_OLD[rule.metric], level=Level.MUNICIPALITY)
    norm = replace(norm, rules=(rule,))
    words = {"catalog": catalog, "policy": POLICY}
    offers = open_offers(rule, place=PLACES[0], today=TODAY, **words)
    for place, result in zip(PLACES, gaps(catalog, norm), strict=True):
        evidence = gather(place, rule=rule, norm=norm, offers=offers, **words)
        alone = judge(evidence, place=place, rule=rule, norm=norm)
        assert replace(result, unknown_share=0.0) == alone
        if not (evidence.undecided or evidence.assumed):
            assert result.unknown_share == 0.0


METRICS_OF_OLD = {
    Metric.COVERAGE: Metric.COVERAGE,
    Metric.PRESENCE: Metric.COVERAGE,
    Metric.NEAREST_KM: Metric.NEAREST_KM,
    Metric.NEAREST_MIN: Metric.NEAREST_KM,
    Metric.REACH: Metric.REACH,
    Metric.REACH_MIN: Metric.REACH,
}
"""The metrics that the definition, place by place, knows."""


@given(questions(), st.data())
def test_adding_a_service_never_makes_any_status_worse(question, data):
    catalog, norm = question
    extra = data.draw(services("t-1", of_type=norm.rules[0].type))
    more = a_world(*catalog.services.values(), extra)
    for before, after in zip(gaps(catalog, norm), gaps(more, norm), strict=True):
        assert RANK[after.status] >= RANK[before.status]


@given(questions(), st.floats(0, 50))
def test_a_stricter_threshold_never_closes_a_gap(question, by):
    catalog, norm = question
    (rule,) = norm.rules
    tighter = (
        replace(rule, threshold=rule.threshold + round(by))
        if rule.metric.counts
        else replace(rule, threshold=max(0.1, rule.threshold - by))
    )
    stricter = replace(norm, rules=(tighter,))
    for before, after in zip(gaps(catalog, norm), gaps(catalog, stricter), strict=True):
        assert RANK[after.status] <= RANK[before.status]
