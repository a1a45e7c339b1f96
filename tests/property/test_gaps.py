"""The gap map and the match page share one set of rules."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.network.adequacy import reference_request
from referral.network.gaps import GapStatus
from referral.network.norms import Metric, Neighbourhood, Norm, NormStatus, Rule
from referral.usecases.find_gaps import find_gaps
from referral.usecases.recommend import recommend
from support.build import TODAY
from support.matching import PLACES, POLICY, TERRITORY, VOCABULARY, a_world, catalogs, services

RANK = {GapStatus.GAP: 0, GapStatus.UNKNOWN: 1, GapStatus.PARTIAL: 2, GapStatus.MET: 3}


@st.composite
def rules(draw) -> Rule:
    need = draw(st.sampled_from([one for one in VOCABULARY.needs.values() if one.service_types]))
    metric = draw(st.sampled_from(Metric))
    threshold = draw(st.integers(1, 3) if metric is Metric.COVERAGE else st.floats(1, 120))
    return Rule(
        code="R",
        type=draw(st.sampled_from(need.service_types)),
        need=need.code,
        metric=metric,
        threshold=threshold,
        unit="",
        source="zkouška",
        form=draw(st.none() | st.sampled_from(Form)),
        partial=draw(st.none() | st.just(1 if metric is Metric.COVERAGE else threshold + 20)),
    )


@st.composite
def norms(draw) -> Norm:
    return Norm(
        id="n",
        name="Zkušební",
        status=NormStatus.GUIDE,
        source="zkouška",
        territory="nikde",
        authority="nikdo",
        valid_from=date(2026, 1, 1),
        rules=(draw(rules()),),
        undecided_within=draw(st.sampled_from(Neighbourhood)),
        undecided_elsewhere=draw(st.booleans()),
    )


@st.composite
def questions(draw, *, places: int = 2) -> tuple[Catalog, Norm]:
    """Draw a norm of one rule and a catalogue in which most services are of the rule's type."""
    norm = draw(norms())
    catalog = draw(catalogs(of_type=norm.rules[0].type))
    few = (one for one in catalog.services.values() if len(one.locations) <= places)
    return a_world(*few), norm


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


def expected(matches, place, norm) -> GapStatus:  # noqa: C901 - one page of plain rules
    """Judge a municipality by the match page alone, written apart from the program's own way."""
    (rule,) = norm.rules
    sure, assumed, undecided, roads = set(), set(), set(), []
    for match in matches:
        for reach in match.reaches:
            at_a_place = reach.form in {Form.AMBULATORY, Form.RESIDENTIAL}
            if at_a_place and rule.metric is Metric.COVERAGE:
                continue
            if not at_a_place and rule.metric is Metric.NEAREST_KM:
                continue
            if at_a_place and reach.distance_km is not None:
                roads.append(reach.distance_km * norm.detour)
            elif reach.remote or reach.covers in {"declared", "parsed"}:
                sure.add(match.offer.id)
            elif reach.covers == "assumed":
                assumed.add(match.offer.id)
            elif thinkable(match, place, norm):
                undecided.add(match.offer.id)
    if rule.metric is Metric.COVERAGE:
        met = len(sure) >= rule.threshold
        partly = bool(assumed) or (rule.partial is not None and len(sure) >= rule.partial)
    else:
        met = bool(sure) or any(road <= rule.threshold for road in roads)
        partly = bool(assumed) or any(road <= (rule.partial or 0) for road in roads)
    known_otherwise = {
        match.offer.id
        for match in matches
        for reach in match.reaches
        if reach.distance_km is not None and rule.metric is not Metric.COVERAGE
    }
    if met:
        return GapStatus.MET
    if partly:
        return GapStatus.PARTIAL
    return GapStatus.UNKNOWN if undecided - sure - known_otherwise else GapStatus.GAP


@settings(max_examples=300)  # a wrong threshold shows in about one question of eighty
@given(questions(places=1))
def test_a_municipality_is_a_gap_just_where_the_match_page_offers_nothing_that_counts(question):
    """A gap is where `recommend` for the reference client returns nothing that satisfies the rule.

    The match page keeps the best place of each service, so the services here have one each.
    """
    catalog, norm = question
    (rule,) = norm.rules
    for place, result in zip(PLACES, gaps(catalog, norm), strict=True):
        answer = recommend(
            reference_request(rule, place, limit=1000), catalog=catalog, policy=POLICY, today=TODAY
        )
        of_type = [match for match in answer.matches if match.offer.service.type == rule.type]
        assert result.status is expected(of_type, place, norm)
        assert set(result.serving) <= {match.offer.id for match in of_type}


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
        if rule.metric is Metric.COVERAGE
        else replace(rule, threshold=max(0.1, rule.threshold - by))
    )
    stricter = replace(norm, rules=(tighter,))
    for before, after in zip(gaps(catalog, norm), gaps(catalog, stricter), strict=True):
        assert RANK[after.status] <= RANK[before.status]
