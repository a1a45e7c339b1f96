"""Capacity that people can reach, held to a recount person by person and offer by offer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.areas import Covers
from referral.catalog.model import CapacityUnit
from referral.catalog.vocabulary import Form
from referral.geo import distance_km
from referral.geo.travel import DEFAULT_ESTIMATE
from referral.matching.reach import forms_of
from referral.network.adequacy import open_offers
from referral.network.capacity import amount_of
from referral.network.gaps import GapStatus
from referral.network.norms import Level, Metric
from referral.usecases.find_gaps import find_gaps
from support.build import TODAY
from support.gap_questions import questions
from support.matching import PLACES, POLICY

STEPS = ((10, 1.0), (20, 0.68), (30, 0.22))


def minutes(road_km):
    """Estimate minutes kilometre after kilometre."""
    taken, start = DEFAULT_ESTIMATE.fixed_minutes, 0.0
    for step in DEFAULT_ESTIMATE.steps:
        taken += min(max(road_km - start, 0.0), step.upto_km - start) * (60.0 / step.kmh)
        start = step.upto_km
    return taken


def weight(straight_km, detour):
    """Weigh a way by the first step that it fits in."""
    taken = minutes(straight_km * detour)
    return next((share for limit, share in STEPS if taken <= limit), 0.0)


def shares(rule, norm, catalog):
    """Yield what is surely there: an amount, and how much of it counts in which place."""
    kind = catalog.vocabulary.service_type(rule.type)
    of_service = {}
    for offer in open_offers(rule, place=PLACES[0], catalog=catalog, policy=POLICY, today=TODAY):
        of_service.setdefault(offer.id, []).append(offer)
    for offers in of_service.values():
        service = offers[0].service
        forms, _ = forms_of(service, kind)
        covers = {place.code: service.coverage.includes(place.code) for place in PLACES}
        asked = forms if rule.form is None else forms & {rule.form}
        if Form.FIELD in asked:
            there = {
                code: 1.0
                for code, answer in covers.items()
                if answer is Covers.YES or (kind.remote and answer is not Covers.NO)
            }
            yield amount_of(service, unit=rule.unit, form=rule.form, afield=True), there
        if asked - {Form.FIELD}:
            points = [offer.location and offer.location.service_point for offer in offers]
            known = [point for point in points if point is not None]
            amount = amount_of(service, unit=rule.unit, form=rule.form, afield=False)
            for point in known:
                there = {
                    place.code: weight(distance_km(point, place.point), norm.detour)
                    for place in PLACES
                    if Form.FIELD in forms or covers[place.code] is not Covers.NO
                }
                yield None if amount is None else amount / len(known), there


@given(questions(places=2), st.sampled_from([CapacityUnit.CLIENTS, CapacityUnit.BEDS]))
def test_what_people_surely_reach_is_what_a_recount_by_hand_gives(question, unit):
    catalog, norm = question
    rule = replace(
        norm.rules[0],
        metric=Metric.CAPACITY,
        unit=unit.value,
        threshold=10.0,
        partial=None,
        count=1,
        level=Level.MUNICIPALITY,
    )
    norm = replace(norm, rules=(rule,))
    people = {place.code: float(place.population or 0) for place in PLACES}
    reached = dict.fromkeys(people, 0.0)
    for amount, there in shares(rule, norm, catalog):
        around = sum(people[code] * share for code, share in there.items())
        if amount is not None and around:
            for code, share in there.items():
                reached[code] += 1000 * share * amount / around
    report = find_gaps(
        list(people), area="vše", norm=norm, catalog=catalog, policy=POLICY, today=TODAY
    )
    for result in report.results:
        assert result.value == pytest.approx(reached[result.municipality], abs=0.006)
        assert result.high is None or result.high >= result.value
        surely = result.status is GapStatus.MET
        assert surely == (reached[result.municipality] >= rule.threshold) or (
            reached[result.municipality] == pytest.approx(rule.threshold)
        )
