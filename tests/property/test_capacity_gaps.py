"""Rules of capacity under changes: more never makes a gap, a higher threshold never closes one."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.model import AddressRole, CapacityUnit, ServiceCapacity
from referral.catalog.vocabulary import Form
from referral.network.gaps import GapStatus
from referral.network.norms import Level, Metric, Norm, NormStatus, Rule
from referral.usecases.find_gaps import find_gaps
from support.build import TODAY, a_service
from support.matching import PLACES, POLICY, a_world, within

RANK = {GapStatus.GAP: 0, GapStatus.UNKNOWN: 1, GapStatus.PARTIAL: 2, GapStatus.MET: 3}
AMOUNTS = st.none() | st.integers(0, 400)


def a_home(name, place, amount, *, seat=False):
    role = AddressRole.PROVIDER_SEAT if seat else AddressRole.FACILITY
    number = ServiceCapacity(
        unit=CapacityUnit.BEDS, registered=amount, as_of=TODAY, form=Form.RESIDENTIAL
    )
    return a_service(
        name,
        type="49",
        forms=(Form.RESIDENTIAL,),
        locations=[within(place, km=0, role=role)],
        capacities=[] if amount is None else [number],
    )


@st.composite
def homes(draw, name="dum"):
    count = draw(st.integers(0, 4))
    return [
        a_home(
            f"{name}-{at}",
            draw(st.sampled_from(PLACES)),
            draw(AMOUNTS),
            seat=draw(st.booleans()),
        )
        for at in range(count)
    ]


def a_norm(threshold, level):
    rule = Rule(
        code="R",
        type="49",
        need="PEC-HYG",
        metric=Metric.CAPACITY,
        threshold=threshold,
        partial=threshold / 2,
        unit="luzka",
        source="zkouška",
        level=level,
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
    )


def judged(catalog, norm, *, present=None):
    return find_gaps(
        [place.code for place in PLACES],
        area="vše",
        norm=norm,
        catalog=catalog,
        policy=POLICY,
        today=TODAY,
        present=present,
    ).results


LEVELS = st.sampled_from(list(Level))
THRESHOLDS = st.floats(0.1, 60)


@given(homes(), st.sampled_from(PLACES), AMOUNTS, THRESHOLDS, LEVELS)
def test_adding_a_service_never_makes_any_status_worse(before, place, amount, threshold, level):
    norm = a_norm(threshold, level)
    now, more = a_world(*before), a_world(*before, a_home("novy", place, amount))
    then = judged(more, norm, present=now)
    for one, other in zip(judged(now, norm), then, strict=True):
        assert RANK[other.status] >= RANK[one.status]


@given(homes(), THRESHOLDS, st.floats(0, 60), LEVELS)
def test_a_higher_threshold_never_closes_a_gap(services, threshold, by, level):
    catalog = a_world(*services)
    norm = a_norm(threshold, level)
    (rule,) = norm.rules
    stricter = replace(norm, rules=(replace(rule, threshold=rule.threshold + by),))
    for one, other in zip(judged(catalog, norm), judged(catalog, stricter), strict=True):
        assert RANK[other.status] <= RANK[one.status]
