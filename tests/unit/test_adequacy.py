"""A municipality under a rule: met, partly met, a gap, or not known."""

from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.areas import CoverageStatus
from referral.catalog.errors import UnknownCodeError
from referral.catalog.model import AddressRole, Kind
from referral.catalog.vocabulary import Form
from referral.geo import distance_km
from referral.network.adequacy import gather, judge, open_offers
from referral.network.gaps import GapStatus
from referral.network.norms import Metric, Neighbourhood, Norm, NormStatus, Rule
from referral.usecases.find_gaps import find_gaps
from support.build import SECRET, TODAY, a_service, covering
from support.matching import (
    FAR,
    NEIGHBOUR,
    PLACES,
    POLICY,
    SAME_DISTRICT,
    TOWN,
    VILLAGE,
    a_world,
    within,
)

SEAT = AddressRole.PROVIDER_SEAT


def a_rule(**changes):
    values = {
        "code": "R40",
        "type": "40",
        "need": "PEC-HYG",
        "metric": Metric.COVERAGE,
        "threshold": 1,
        "unit": "nabídky",
        "source": "zkouška",
    }
    return Rule(**(values | changes))


NEAREST = a_rule(
    code="R49", type="49", metric=Metric.NEAREST_KM, threshold=25, partial=40, unit="km"
)


def a_norm(*rules, **changes):
    return Norm(
        **(
            {
                "id": "n",
                "name": "Zkušební",
                "status": NormStatus.GUIDE,
                "source": "zkouška",
                "territory": "nikde",
                "authority": "nikdo",
                "valid_from": date(2026, 1, 1),
                "rules": rules,
            }
            | changes
        )
    )


def results(*services, rule, place=VILLAGE, **norm):
    report = find_gaps(
        [place.code],
        area="zkouška",
        norm=a_norm(rule, **norm),
        catalog=a_world(*services),
        policy=POLICY,
        today=TODAY,
    )
    (result,) = report.results
    return result


def test_no_offer_at_all_is_a_gap_that_counts_its_people():
    result = results(rule=a_rule())
    assert (result.status, result.population) == (GapStatus.GAP, 500)
    assert (result.value, result.nearest_km, result.serving) == (0, None, ())


def test_a_service_that_comes_meets_a_coverage_rule():
    result = results(a_service(coverage=covering(VILLAGE.code)), rule=a_rule())
    assert (result.status, result.value, result.serving) == (GapStatus.MET, 1, ("s-1",))


def test_fewer_services_than_asked_meet_it_partly_only_where_the_rule_says_so():
    one = a_service(coverage=covering(VILLAGE.code))
    assert results(one, rule=a_rule(threshold=2)).status is GapStatus.GAP
    assert results(one, rule=a_rule(threshold=2, partial=1)).status is GapStatus.PARTIAL


def test_a_service_with_its_own_house_in_the_village_meets_it_partly():
    assert results(a_service(), rule=a_rule()).status is GapStatus.PARTIAL


def test_a_service_that_names_other_places_leaves_a_gap():
    assert (
        results(a_service(coverage=covering(NEIGHBOUR.code)), rule=a_rule()).status is GapStatus.GAP
    )


@pytest.mark.parametrize(
    ("where", "within_what", "status"),
    [
        (TOWN, Neighbourhood.ORP, GapStatus.UNKNOWN),
        (SAME_DISTRICT, Neighbourhood.ORP, GapStatus.GAP),
        (SAME_DISTRICT, Neighbourhood.DISTRICT, GapStatus.UNKNOWN),
        (FAR, Neighbourhood.DISTRICT, GapStatus.GAP),
        (FAR, Neighbourhood.EVERYWHERE, GapStatus.UNKNOWN),
    ],
)
def test_a_silent_service_from_the_neighbourhood_makes_it_unknown(where, within_what, status):
    """All at once, and by the definition, place by place."""
    silent = a_service(locations=[within(where, km=0, role=SEAT)])
    rule = a_rule()
    result = results(silent, rule=rule, undecided_within=within_what)
    assert result.status is status
    assert result.undecided == (status is GapStatus.UNKNOWN)
    world, norm = a_world(silent), a_norm(rule, undecided_within=within_what)
    words = {"catalog": world, "policy": POLICY}
    offers = open_offers(rule, place=VILLAGE, today=TODAY, **words)
    evidence = gather(VILLAGE, rule=rule, norm=norm, offers=offers, **words)
    assert judge(evidence, place=VILLAGE, rule=rule, norm=norm).status is status


@pytest.mark.parametrize("locations", [[], [SECRET]])
@pytest.mark.parametrize(
    ("elsewhere", "status"), [(True, GapStatus.UNKNOWN), (False, GapStatus.GAP)]
)
def test_a_silent_service_from_nowhere_counts_as_the_norm_says(locations, elsewhere, status):
    result = results(a_service(locations=locations), rule=a_rule(), undecided_elsewhere=elsewhere)
    assert result.status is status


@pytest.mark.parametrize(
    ("km", "status", "uncertain"),
    [
        (10, GapStatus.MET, False),
        (18, GapStatus.MET, True),
        (25, GapStatus.PARTIAL, False),
        (32, GapStatus.GAP, True),
        (60, GapStatus.GAP, False),
    ],
)
def test_a_residential_service_is_judged_by_estimated_road_kilometres(km, status, uncertain):
    """Straight km times 1.35; uncertain where 1.2 and 1.5 disagree."""
    home = a_service(type="49", forms=(Form.RESIDENTIAL,), locations=[within(VILLAGE, km=km)])
    result = results(home, rule=NEAREST)
    assert (result.status, result.uncertain) == (status, uncertain)
    assert result.nearest_km == result.value == pytest.approx(km * 1.35, abs=0.3)
    assert result.serving == (("s-1",) if status is GapStatus.MET else ())


def test_the_threshold_includes_its_own_value():
    home = a_service(type="49", forms=(Form.RESIDENTIAL,), locations=[within(VILLAGE, km=10)])
    exact = results(home, rule=NEAREST)
    road = distance_km(within(VILLAGE, km=10).point, VILLAGE.point) * 1.35
    assert results(home, rule=replace(NEAREST, threshold=road)).status is GapStatus.MET
    assert results(home, rule=replace(NEAREST, threshold=road - 1e-9)).status is GapStatus.PARTIAL
    assert exact.status is GapStatus.MET


def test_the_nearest_of_two_places_of_one_service_counts():
    home = a_service(
        type="49",
        forms=(Form.RESIDENTIAL,),
        locations=[within(VILLAGE, km=30), within(VILLAGE, km=5)],
    )
    assert results(home, rule=NEAREST).nearest_km == pytest.approx(6.75, abs=0.1)


def test_a_place_known_only_as_the_providers_seat_is_unknown_not_near():
    home = a_service(
        type="49", forms=(Form.RESIDENTIAL,), locations=[within(VILLAGE, km=0, role=SEAT)]
    )
    result = results(home, rule=NEAREST)
    assert (result.status, result.nearest_km, result.undecided) == (GapStatus.UNKNOWN, None, 1)


def test_a_coverage_rule_does_not_look_at_houses_and_a_distance_rule_not_at_coverage():
    both = a_service(
        forms=(Form.FIELD, Form.AMBULATORY),
        coverage=covering(NEIGHBOUR.code),
        locations=[within(VILLAGE, km=1)],
    )
    assert results(both, rule=a_rule()).status is GapStatus.GAP
    comes = a_service(coverage=covering(VILLAGE.code))
    assert results(comes, rule=replace(NEAREST, type="40")).status is GapStatus.GAP


@pytest.mark.parametrize(
    "service",
    [
        a_service(coverage=covering(VILLAGE.code, status=CoverageStatus.DECLARED), locations=[]),
        a_service(forms=(Form.AMBULATORY,), locations=[within(VILLAGE, km=3)]),
    ],
)
def test_a_reach_rule_is_met_either_way(service):
    rule = a_rule(metric=Metric.REACH, threshold=15, unit="km")
    result = results(service, rule=rule)
    assert (result.status, result.serving) == (GapStatus.MET, ("s-1",))


def test_an_offer_known_one_way_is_not_undecided_the_other_way():
    both = a_service(forms=(Form.FIELD, Form.AMBULATORY), locations=[within(TOWN, km=0)])
    rule = a_rule(metric=Metric.REACH, threshold=5, unit="km")
    result = results(both, rule=rule)
    assert (result.status, result.undecided) == (GapStatus.GAP, 0)


def test_help_at_a_distance_covers_what_it_does_not_rule_out():
    rule = a_rule(type="41", need="PEC-NOC")
    assert results(a_service(type="41", locations=[]), rule=rule).status is GapStatus.MET
    elsewhere = a_service(type="41", coverage=covering(FAR.code), locations=[])
    assert results(elsewhere, rule=rule).status is GapStatus.GAP


def test_a_form_in_the_rule_narrows_what_counts():
    ambulatory = a_service(forms=(Form.AMBULATORY,), locations=[within(VILLAGE, km=1)])
    rule = a_rule(metric=Metric.REACH, threshold=15, unit="km", form=Form.FIELD)
    assert results(ambulatory, rule=rule).status is GapStatus.GAP


def test_an_ended_service_serves_nobody():
    ended = a_service(coverage=covering(VILLAGE.code), valid_to=date(2026, 1, 1))
    assert results(ended, rule=a_rule()).status is GapStatus.GAP


def test_help_of_another_kind_never_fills_the_place_of_a_registered_type():
    beside = a_service(
        type=None, kind=Kind.COMMUNITY, needs=["PEC-HYG"], coverage=covering(VILLAGE.code)
    )
    assert results(beside, rule=a_rule()).status is GapStatus.GAP


def test_the_summary_counts_every_municipality_once_and_sums_only_gaps():
    report = find_gaps(
        [place.code for place in (*PLACES, VILLAGE)],
        area="vše",
        norm=a_norm(a_rule(), NEAREST),
        catalog=a_world(
            a_service("a", coverage=covering(VILLAGE.code)),
            a_service("b", locations=[within(TOWN, km=0, role=SEAT)]),
            a_service("c", locations=[within(FAR, km=0)]),
        ),
        policy=POLICY,
        today=TODAY,
    )
    coverage, nearest = report.summary
    assert report.municipalities == tuple(place.code for place in PLACES)
    assert len(report.results) == 10
    assert coverage.municipalities == 5
    assert (coverage.met_municipalities, coverage.partial_municipalities) == (1, 1)
    assert (coverage.unknown_municipalities, coverage.unknown_population) == (3, 13_000)
    assert (coverage.gap_municipalities, coverage.gap_population) == (0, 0)
    assert (nearest.gap_municipalities, nearest.gap_population) == (5, 14_000)
    assert nearest.uncertain_municipalities == 0


def test_an_empty_area_has_no_results_and_an_unknown_municipality_is_refused():
    norm = a_norm(a_rule())
    empty = find_gaps([], area="nic", norm=norm, catalog=a_world(), policy=POLICY, today=TODAY)
    assert (empty.results, empty.summary[0].municipalities) == ((), 0)
    with pytest.raises(UnknownCodeError):
        find_gaps(["1"], area="nic", norm=norm, catalog=a_world(), policy=POLICY, today=TODAY)
