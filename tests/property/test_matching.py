"""The properties that hold in every release (docs/adr: the house's promises)."""

import math
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.model import Provenance
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Form
from referral.geo import Point
from referral.matching.outcome import Level
from referral.usecases.recommend import recommend
from support.build import TODAY, a_catalog, a_service, a_source, covering
from support.matching import (
    FAR,
    PLACES,
    POLICY,
    TERRITORY,
    VILLAGE,
    VOCABULARY,
    a_request,
    a_world,
    catalogs,
    found_services,
    helpers,
    requests,
    services,
)


def answer(request, catalog):
    return recommend(request, catalog=catalog, policy=POLICY, today=TODAY)


def ids(result):
    return [match.offer.id for match in result.matches]


@given(catalogs(), requests())
def test_the_score_is_the_sum_of_the_shown_points_and_each_stays_within_its_bar(catalog, request):
    for match in answer(request, catalog).matches:
        assert math.isclose(
            match.score, math.fsum(bar.points for bar in match.explanation.outcomes), abs_tol=0.01
        )
        for bar in match.explanation.outcomes:
            assert 0 <= bar.points <= bar.at_most
            assert (bar.level is Level.UNKNOWN) == (not bar.facts)
            assert (bar.level is Level.UNKNOWN) == bool(bar.missing)


@given(catalogs(), requests())
def test_every_match_is_judged_by_the_same_bars_in_the_same_order(catalog, request):
    bars = {
        tuple((bar.criterion, bar.at_most) for bar in match.explanation.outcomes)
        for match in answer(request, catalog).matches
    }
    assert len(bars) <= 1


@given(catalogs(), requests(), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_input(catalog, request, random):
    shuffled = list(catalog.services.values())
    random.shuffle(shuffled)
    assert answer(request, a_world(*shuffled)) == answer(request, catalog)


@given(catalogs(), requests())
def test_matches_are_ordered_by_score_and_equal_ones_by_id(catalog, request):
    matches = answer(request, catalog).matches
    keys = [(-match.score, match.offer.id) for match in matches]
    assert keys == sorted(keys)
    assert [match.rank for match in matches] == list(range(1, len(matches) + 1))
    scores = [match.score for match in matches]
    assert all(match.tied == (scores.count(match.score) > 1) for match in matches)


@given(catalogs(), requests())
def test_every_candidate_is_either_offered_or_excluded_with_a_reason(catalog, request):
    result = answer(request, catalog)
    assert result.counts.found == len(result.matches)
    assert all(miss.exclusions for miss in result.not_for_you)
    assert not set(ids(result)) & {miss.offer.id for miss in result.not_for_you}


@given(catalogs(), requests(), st.data())
def test_removing_one_offer_never_changes_what_is_said_of_another(catalog, request, data):
    if not catalog.services:
        return
    removed = data.draw(st.sampled_from(sorted(catalog.services)))
    fewer = a_world(*(one for one in catalog.services.values() if one.id != removed))
    before = {match.offer.id: match.explanation for match in answer(request, catalog).matches}
    after = {match.offer.id: match.explanation for match in answer(request, fewer).matches}
    before.pop(removed, None)
    assert after == before


@given(
    st.sampled_from([Form.AMBULATORY, Form.RESIDENTIAL]).flatmap(
        lambda form: found_services(form=form)
    ),
    st.floats(0.05, 1.0),
    st.floats(0.0, 1.0),
)
def test_moving_the_home_nearer_never_lowers_the_distance_points(found, far, share):
    """The home moves along the straight line towards the service's place."""
    service, request = found
    (location,) = service.locations
    spot, home = location.service_point, request.place.point

    def living_at(part: float):
        point = Point(
            lat=spot.lat + (home.lat - spot.lat) * part,
            lon=spot.lon + (home.lon - spot.lon) * part,
        )
        place = replace(request.place, point=point)
        others = [one for one in PLACES if one.code != place.code]
        catalog = a_catalog(
            service,
            vocabulary=VOCABULARY,
            territory=Territory.of([*others, place]),
            sources=[a_source()],
        )
        found = answer(replace(request, place=place), catalog).matches
        return found[0].explanation.outcomes[1] if found else None

    farther, nearer = living_at(far), living_at(far * share)
    if farther is not None:
        assert nearer is not None
        assert (nearer.criterion, nearer.level is Level.UNKNOWN) == ("reach", False)
        assert nearer.points >= farther.points


@given(found_services(), st.integers(0, 900), st.integers(0, 900))
def test_a_fresher_record_never_scores_lower(found, days, more):
    service, request = found

    def aged(by: int):
        source = service.provenance.source
        on = TODAY - timedelta(days=by)
        dated = replace(service, provenance=Provenance(source=source, as_of=on))
        matches = answer(request, a_world(dated)).matches
        return matches[0].score if matches else None

    fresh, stale = aged(days), aged(days + more)
    assert (fresh is None) == (stale is None)
    if fresh is not None:
        assert fresh >= stale


def test_freshness_never_rises_from_one_day_to_the_next():
    """Every single day, since a jump on one day would slip between drawn ones."""
    service = a_service(coverage=covering(VILLAGE.code))
    points = []
    for days in range(1000):
        on = TODAY - timedelta(days=days)
        dated = replace(service, provenance=Provenance(source=service.provenance.source, as_of=on))
        (match,) = answer(a_request(), a_world(dated)).matches
        points.append(match.explanation.outcomes[-1].points)
    assert points == sorted(points, reverse=True)
    assert (points[0], points[-1]) == (5, 0)


@given(services("s-1"), requests())
def test_what_is_unknown_never_excludes(service, request):
    """Forgetting a fact of the client may bring an offer back, never take it away."""
    before = answer(request, a_world(service)).matches
    vague = replace(
        request, age=None, groups=frozenset(), barriers=frozenset(), forms=frozenset(), refusals=()
    )
    after = answer(vague, a_world(service)).matches
    assert len(after) >= len(before)


@given(st.one_of(catalogs(), helpers()), requests() | st.just(a_request(*sorted(VOCABULARY.needs))))
def test_the_plan_is_the_smallest_set_with_the_most_points_that_covers_what_can_be(
    catalog, request
):
    result = answer(request, catalog)
    coverable = {need for match in result.matches for need in match.needs}
    assert set(result.open_needs) == set(request.need_codes) - coverable
    assert {need for step in result.plan for need in step.covers} == coverable
    covering_sets = [
        chosen
        for size in range(len(result.plan) + 1)
        for chosen in combinations(result.matches, size)
        if {need for match in chosen for need in match.needs} == coverable
    ]
    assert min(len(chosen) for chosen in covering_sets) == len(result.plan)
    points = {match.offer.id: match.score for match in result.matches}
    most = max(sum(match.score for match in chosen) for chosen in covering_sets)
    planned = sum(points[step.service_id] for step in result.plan)
    assert math.isclose(planned, most, abs_tol=0.01)


@given(catalogs(), requests())
def test_a_secret_address_has_no_distance_anywhere_in_the_answer(catalog, request):
    result = answer(request, catalog)
    for match in result.matches:
        if match.offer.location is not None and match.offer.location.role.value == "secret":
            assert all(reach.distance_km is None for reach in match.reaches)
    for miss in result.not_for_you:
        if miss.offer.location is not None and miss.offer.location.role.value == "secret":
            assert miss.distance_km is None


@given(catalogs(), requests())
def test_the_next_step_is_never_empty(catalog, request):
    step = answer(request, catalog).next_step
    assert step.orp == request.place.orp
    assert (step.call is not None) == (step.kind.value == "call")
    assert (step.service_id is not None) == (step.kind.value == "service")


def test_the_small_world_is_wide_enough_to_show_distance():
    assert (
        TERRITORY.municipality(FAR.code).district != TERRITORY.municipality(VILLAGE.code).district
    )
    assert isinstance(a_world(), Catalog)
    assert answer(a_request(), a_world()).matches == ()
