"""All offers weighed at once in columns, against the rules put to them one by one."""

import math
import random
from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.experience import Experience, OutcomeCount
from referral.catalog.model import Eligibility
from referral.catalog.sexes import Sex
from referral.catalog.vocabulary import Form
from referral.geo import Point, distance_km, distances_km, plane_m, planes_m
from referral.ingest.embedded import read_embedded
from referral.ingest.policy_file import read_policy
from referral.matching.assess import assess
from referral.matching.circles import overlapping
from referral.matching.columns import columns_of
from referral.matching.criteria import explain
from referral.matching.request import AskedNeed, ReferralRequest, Refusal, RefusalReason
from referral.matching.scoring import rounded, score
from referral.matching.screening import screen
from referral.matching.standing import standing_of
from referral.resources import data_dir
from referral.usecases.recommend import recommend
from support.build import (
    TODAY,
    a_catalog,
    a_group,
    a_service,
    a_territory,
    a_vocabulary,
    covering,
)
from support.matching import (
    POLICY,
    TERRITORY,
    VILLAGE,
    VOCABULARY,
    a_request,
    catalogs,
    helpers,
    requests,
)
from support.reference import case_of, recommend_slowly

points = st.builds(Point, lat=st.floats(48.5, 51.1), lon=st.floats(12.1, 18.9))
odd_policies = st.builds(
    lambda weights: replace(POLICY, weights=dict(zip(POLICY.weights, weights, strict=True))),
    st.lists(
        st.floats(0, 50) | st.sampled_from([0.0, 0.005, 0.125, 12.345, 25.0]),
        min_size=9,
        max_size=9,
    ),
)


@st.composite
def experienced(draw):
    """Draw a catalogue whose services have answered clients before."""
    catalog = draw(catalogs())
    counts = draw(
        st.lists(
            st.builds(
                OutcomeCount,
                service=st.sampled_from(sorted(catalog.services) or ["nobody"]),
                barrier=st.sampled_from(["", *VOCABULARY.barriers]),
                accepted=st.integers(0, 5),
                refused=st.integers(0, 5),
                last_month=st.just(date(2026, 8, 1)),
            ),
            max_size=6,
            unique_by=lambda one: (one.service, one.barrier),
        )
    )
    types = {one.id: one.type for one in catalog.services.values()}
    return replace(catalog, experience=Experience.of(counts, types=types))


def assert_the_same(request, catalog, policy=POLICY, near=12):
    asked = {"catalog": catalog, "policy": policy, "today": TODAY}
    quick = recommend(request, near_misses=near, **asked)
    assert quick == recommend_slowly(request, near=near, **asked)


@given(catalogs(), requests())
def test_the_answer_in_columns_is_the_answer_of_the_rules(catalog, request):
    assert_the_same(request, catalog)


@given(catalogs(), requests(), st.integers(1, 3), st.integers(0, 3))
def test_what_is_cut_off_changes_nothing_of_what_is_shown(catalog, request, limit, near):
    assert_the_same(replace(request, limit=limit), catalog, near=near)


@given(experienced(), requests(), st.just(POLICY) | odd_policies)
def test_every_bar_and_every_number_of_reasons_is_that_of_the_rules(catalog, request, policy):
    standing = standing_of(columns_of(catalog), policy, TODAY)
    screened = screen(request, standing)
    scored = score(screened)
    offers, rows = standing.columns.offers, scored.rows.tolist()
    asked = {"request": request, "catalog": catalog, "policy": policy, "today": TODAY}
    for row, against in zip(screened.rows.tolist(), screened.against.tolist(), strict=True):
        needs = screened.needs[int(standing.columns.trait[row])]
        one = assess(offers[row], needs=needs, **asked)
        assert len(one.exclusions) == against
        if one.admissible:
            bars = {name: points[rows.index(row)] for name, points in scored.bars.items()}
            told = explain(case_of(one, **asked)).outcomes
            assert bars == {bar.criterion: bar.points for bar in told}
    assert len(rows) == (screened.against == 0).sum()


@given(helpers(), requests(), st.integers(1, 3))
def test_help_without_a_type_is_weighed_in_columns_as_by_the_rules(catalog, request, limit):
    assert_the_same(replace(request, limit=limit), catalog)


@given(experienced(), requests())
def test_the_experience_of_others_counts_in_columns_as_by_the_rules(catalog, request):
    assert_the_same(request, catalog)


@given(catalogs(), requests(), odd_policies, st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_weights_and_confidences_of_any_number_are_rounded_as_by_the_rules(
    catalog, request, policy, confidences
):
    needs = tuple(
        replace(need, confidence=sure)
        for need, sure in zip(request.needs, confidences, strict=False)
    )
    assert_the_same(replace(request, needs=needs), catalog, policy=policy)


def test_over_the_embedded_catalogue_the_two_ways_agree_for_all_sorts_of_clients():
    catalog = read_embedded(data_dir()).catalog()
    policy = read_policy(data_dir() / "matching" / "policy.toml")
    chance = random.Random(7)  # noqa: S311 - the same clients every time
    for _ in range(40):
        assert_the_same(a_client(catalog, chance), catalog, policy=policy, near=20)


def a_client(catalog, chance) -> ReferralRequest:
    words = catalog.vocabulary
    needs = chance.sample(sorted(words.needs), chance.randint(1, 4))
    known = chance.random() < 0.7
    return ReferralRequest(
        place=chance.choice(list(catalog.territory.municipalities.values())),
        needs=tuple(AskedNeed(code=code, confidence=chance.choice([1.0, 0.6])) for code in needs),
        groups=frozenset(chance.sample(sorted(words.groups), chance.randint(0, 2))),
        age=chance.randint(0, 100) if known else None,
        barriers=frozenset(chance.sample(sorted(words.barriers), chance.randint(0, 2))),
        sex=chance.choice([None, *Sex]),
        forms=frozenset(chance.sample(list(Form), chance.randint(0, 2))),
        refusals=tuple(
            Refusal(service_id=chance.choice(list(catalog.services)), reason=reason)
            for reason in chance.sample(list(RefusalReason), chance.randint(0, 2))
        ),
        limit=chance.choice([3, 20]),
    )


def test_nothing_is_near_where_no_municipality_is_loaded():
    nowhere = a_service("s-1", coverage=covering(VILLAGE.code), locations=())
    catalog = a_catalog(nowhere, vocabulary=VOCABULARY, territory=a_territory(()))
    assert_the_same(a_request(), catalog)


def test_a_vocabulary_of_more_than_64_groups_is_told_apart_too():
    groups = [a_group(f"SKUPINA-{number:02}") for number in range(70)]
    words = a_vocabulary(groups=[*groups, a_group()])
    catalog = a_catalog(
        *(
            a_service(f"s-{number}", eligibility=Eligibility(target_groups=frozenset({group.code})))
            for number, group in enumerate(groups)
        ),
        vocabulary=words,
        territory=TERRITORY,
    )
    for group in (groups[0], groups[66]):
        assert_the_same(a_request(groups=[group.code]), catalog)


@given(st.lists(st.floats(0, 1000) | st.integers(0, 100_000).map(lambda n: n / 1000), max_size=20))
def test_columns_round_to_hundredths_as_python_does(values):
    expected = [round(round(value, 2) * 100) for value in values]
    assert rounded(np.array(values, np.float64)).tolist() == expected


@given(st.lists(st.none() | points, max_size=5), points)
def test_a_column_of_distances_holds_the_very_numbers_of_single_ones(places, home):
    x, y = planes_m(places)
    column = distances_km(x, y, home).tolist()
    for place, east, north, km in zip(places, x.tolist(), y.tolist(), column, strict=True):
        if place is None:
            assert math.isnan(km)
        else:
            assert (east, north) == plane_m(place)
            assert km == distance_km(place, home)


_groups = st.frozensets(st.sampled_from(sorted(VOCABULARY.groups)))


@given(_groups, _groups)
def test_a_circle_is_touched_by_a_group_within_it_and_by_one_that_holds_part_of_it(circle, groups):
    upward = VOCABULARY.with_broader(groups)
    expected = {one for one in circle if one in upward or VOCABULARY.with_broader([one]) & groups}
    assert overlapping(circle, groups, VOCABULARY) == expected
