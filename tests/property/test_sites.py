"""What suggested places promise is what the gap map shows once they stand."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.catalog.vocabulary import Form
from referral.network.errors import PlacementError
from referral.network.gaps import GapStatus
from referral.network.means import Means, form_of, reach, spread_of
from referral.network.norms import Metric, Neighbourhood, Norm, NormStatus, Rule
from referral.network.scenarios import AddService, Scenario, apply_scenario
from referral.network.sites import Wish
from referral.usecases.find_gaps import find_gaps
from referral.usecases.suggest_sites import suggest_sites
from support.build import TODAY
from support.matching import PLACES, POLICY, VOCABULARY, a_world, catalogs
from support.planning import WORKFORCE

CODES = [place.code for place in PLACES]
RANK = {GapStatus.GAP: 0, GapStatus.UNKNOWN: 1, GapStatus.PARTIAL: 2, GapStatus.MET: 3}


@st.composite
def norms(draw) -> Norm:
    need = draw(st.sampled_from([one for one in VOCABULARY.needs.values() if one.service_types]))
    metric = draw(st.sampled_from([one for one in Metric if one.by_way or one.counts]))
    counts = metric.counts
    threshold = draw(st.integers(1, 2) if counts else st.floats(1, 120))
    rule = Rule(
        code="R",
        type=draw(st.sampled_from(need.service_types)),
        need=need.code,
        metric=metric,
        threshold=threshold,
        unit="",
        count=1 if counts else draw(st.sampled_from([1, 1, 2])),
        source="zkouška",
        form=draw(st.none() | st.sampled_from(Form)),
        partial=None if counts else draw(st.none() | st.just(threshold + 20)),
    )
    return Norm(
        id="n",
        name="Zkušební",
        status=NormStatus.GUIDE,
        source="zkouška",
        territory="nikde",
        authority="nikdo",
        valid_from=date(2026, 1, 1),
        rules=(rule,),
        undecided_within=draw(st.sampled_from(Neighbourhood)),
    )


def gaps(catalog, norm):
    return find_gaps(
        CODES, area="vše", norm=norm, catalog=catalog, policy=POLICY, today=TODAY
    ).results


@settings(deadline=None, max_examples=60)
@given(norms(), st.data())
def test_whom_a_place_is_said_to_serve_the_gap_map_finds_served(norm, data):
    catalog = data.draw(catalogs(of_type=norm.rules[0].type))
    wish = Wish(
        rule="R",
        count=data.draw(st.integers(1, 3)),
        means=data.draw(st.none() | st.sampled_from(Means)),
        unlimited=data.draw(st.booleans()),
        exact=data.draw(st.booleans()),
    )
    try:
        report = suggest_sites(
            CODES,
            area="vše",
            wish=wish,
            norm=norm,
            workforce=WORKFORCE,
            catalog=catalog,
            policy=POLICY,
            today=TODAY,
        )
    except PlacementError:
        return
    before = {one.municipality: one for one in gaps(catalog, norm)}
    changed = apply_scenario(report.scenario, catalog=catalog, today=TODAY).catalog
    after = {one.municipality: one for one in gaps(changed, norm)}
    served = [one.code for site in report.sites for one in site.serves]
    for code in served:
        assert before[code].status is GapStatus.GAP
        assert after[code].status is GapStatus.MET
    for site in report.sites:
        assert {after[code].status for code in (*site.assures, *site.improves)} <= {GapStatus.MET}
    for code in CODES:
        assert RANK[after[code].status] >= RANK[before[code].status]
    left = sum(one.population for one in after.values() if one.status is GapStatus.GAP)
    gap = sum(one.population for one in before.values() if one.status is GapStatus.GAP)
    gain = sum(site.gain_population for site in report.sites)
    # Where two are asked for, a first one may leave only doubt whether there is a second.
    doubtful = sum(
        one.population
        for code, one in after.items()
        if one.status is GapStatus.UNKNOWN and before[code].status is GapStatus.GAP
    )
    assert norm.rules[0].count > 1 or norm.rules[0].metric.counts or not doubtful
    assert gap - gain - doubtful - report.eased.people == left == report.after.people[GapStatus.GAP]
    assert {one.code for one in report.remaining} == {
        code for code, one in after.items() if one.status is GapStatus.GAP
    }


@given(norms(), st.sampled_from(PLACES), st.sampled_from([Form.AMBULATORY, Form.RESIDENTIAL]))
def test_the_reach_of_a_place_is_just_where_the_gap_map_would_be_satisfied(norm, base, form):
    (rule,) = norm.rules
    kind = VOCABULARY.service_type(rule.type)
    try:
        chosen = form_of(Means.SITE, rule=rule, kind=kind)
    except PlacementError:
        return
    if chosen is not form or rule.count > 1 or (rule.metric.counts and rule.threshold > 1):
        return
    spread = spread_of(Means.SITE, rule=rule, kind=kind, usual=WORKFORCE)
    reached = reach(PLACES, [base], spread=spread, form=form, norm=norm, policy=POLICY)
    one = Scenario(name="x", changes=(AddService(type=rule.type, form=form, at=(base.code,)),))
    changed = apply_scenario(one, catalog=a_world(), today=TODAY).catalog
    met = [result.status is GapStatus.MET for result in gaps(changed, norm)]
    assert np.array_equal(reached.toarray()[:, 0] > 0, met)


@settings(deadline=None, max_examples=40)
@given(norms(), st.data())
def test_one_place_more_never_serves_fewer(norm, data):
    catalog = data.draw(catalogs(of_type=norm.rules[0].type))
    found = []
    for count in (1, 2):
        wish = Wish(rule="R", count=count, unlimited=True)
        try:
            report = suggest_sites(
                CODES,
                area="vše",
                wish=replace(wish, count=count),
                norm=norm,
                workforce=WORKFORCE,
                catalog=catalog,
                policy=POLICY,
                today=TODAY,
            )
        except PlacementError:
            return
        found.append(report.value)
    assert found == sorted(found)
