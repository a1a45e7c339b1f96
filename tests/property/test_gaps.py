"""The gap map and the match page share one set of rules."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.vocabulary import Form
from referral.network.adequacy import judge, reference_request, weigh
from referral.network.gaps import GapStatus
from referral.network.norms import Metric, Neighbourhood, Norm, NormStatus, Rule
from referral.usecases.find_gaps import find_gaps
from referral.usecases.recommend import recommend
from support.build import TODAY
from support.matching import PLACES, POLICY, VOCABULARY, a_world, catalogs, services

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


norms = st.builds(
    Norm,
    id=st.just("n"),
    name=st.just("Zkušební"),
    status=st.just(NormStatus.GUIDE),
    source=st.just("zkouška"),
    territory=st.just("nikde"),
    authority=st.just("nikdo"),
    valid_from=st.just(date(2026, 1, 1)),
    rules=rules().map(lambda rule: (rule,)),
    undecided_within=st.sampled_from(Neighbourhood),
    undecided_elsewhere=st.booleans(),
)


def gaps(catalog, norm):
    return find_gaps(
        [place.code for place in PLACES],
        area="vše",
        norm=norm,
        catalog=catalog,
        policy=POLICY,
        today=TODAY,
    ).results


@given(catalogs(), norms)
def test_a_municipality_has_just_the_status_that_the_recommended_offers_give_it(catalog, norm):
    """A gap is where what `recommend` offers the reference client does not satisfy the rule.

    The recommendation keeps the best place of each service, so the services here have one each.
    """
    single = a_world(*(one for one in catalog.services.values() if len(one.locations) <= 1))
    (rule,) = norm.rules
    for place, result in zip(PLACES, gaps(single, norm), strict=True):
        answer = recommend(
            reference_request(rule, place, limit=1000),
            catalog=single,
            policy=POLICY,
            today=TODAY,
        )
        offered = [
            (match.offer, match.reaches)
            for match in answer.matches
            if match.offer.service.type == rule.type
        ]
        evidence = weigh(offered, place=place, rule=rule, norm=norm, territory=single.territory)
        by_match = judge(evidence, place=place, rule=rule, norm=norm)
        assert by_match.status is result.status
        assert sorted(by_match.serving) == sorted(result.serving)
        asked_for = rule.threshold if rule.metric is Metric.COVERAGE else 1
        assert (result.status is GapStatus.GAP) == (
            len(by_match.serving) < asked_for
            and not evidence.assumed
            and not evidence.undecided
            and by_match.status is not GapStatus.PARTIAL
        )


@given(catalogs(max_services=5), services("t-1"), norms)
def test_adding_a_service_never_makes_any_status_worse(catalog, extra, norm):
    more = a_world(*catalog.services.values(), extra)
    for before, after in zip(gaps(catalog, norm), gaps(more, norm), strict=True):
        assert RANK[after.status] >= RANK[before.status]


@given(catalogs(), norms, st.floats(0, 50))
def test_a_stricter_threshold_never_closes_a_gap(catalog, norm, by):
    (rule,) = norm.rules
    tighter = (
        replace(rule, threshold=rule.threshold + round(by))
        if rule.metric is Metric.COVERAGE
        else replace(rule, threshold=max(0.1, rule.threshold - by))
    )
    stricter = replace(norm, rules=(tighter,))
    for before, after in zip(gaps(catalog, norm), gaps(catalog, stricter), strict=True):
        assert RANK[after.status] <= RANK[before.status]
