"""What would have to change is true: when it has come about, the offer is made."""

from functools import reduce

from hypothesis import event, given, settings
from hypothesis import strategies as st

from referral.catalog.snapshot import offers_of
from referral.matching.assess import assess
from referral.matching.changes import ChangeKind, Situation, after
from support.build import TODAY
from support.matching import POLICY, a_world, requests, services

MANY = 2 * settings.default.max_examples


@st.composite
def situations(draw) -> Situation:
    """Draw an offer, somebody who asks, and a day."""
    service = draw(services("s-1"))
    offer = draw(st.sampled_from(offers_of(service)))
    return Situation(offer=offer, request=draw(requests()), policy=POLICY, today=TODAY)


def exclusions_in(situation: Situation):
    return assess(
        situation.offer,
        needs=situation.request.need_codes,
        request=situation.request,
        catalog=a_world(situation.offer.service),
        policy=situation.policy,
        today=situation.today,
    ).exclusions


@settings(max_examples=MANY)
@given(situations())
def test_when_all_that_is_named_has_changed_the_offer_is_made(situation):
    changes = [reason.change for reason in exclusions_in(situation)]
    if not changes or None in changes:
        return
    for change in changes:
        event(f"{change.kind}")
    assert (
        exclusions_in(reduce(lambda world, change: after(change, world), changes, situation)) == ()
    )


@settings(max_examples=MANY)
@given(situations())
def test_a_single_reason_falls_by_its_own_change_and_by_nothing_less(situation):
    found = exclusions_in(situation)
    if len(found) == 1 and found[0].change is not None:
        event(f"{found[0].change.kind}")
        assert exclusions_in(after(found[0].change, situation)) == ()


@settings(max_examples=MANY)
@given(situations())
def test_a_change_leaves_every_other_reason_as_it_was(situation):
    """Only the ways to the client belong together: one that opens makes the others needless."""
    found = exclusions_in(situation)
    # Who grows older becomes a senior, and the ways to the client open each other.
    joined = {ChangeKind.AREA, ChangeKind.DISTANCE, ChangeKind.FORM, ChangeKind.AGE}
    for reason in found:
        if reason.change is None or reason.change.kind in joined | {ChangeKind.START}:
            continue
        left = exclusions_in(after(reason.change, situation))
        others = {one.kind for one in found if one.change != reason.change}
        assert others <= {one.kind for one in left} | {reason.kind}


@settings(max_examples=MANY)
@given(situations())
def test_a_day_that_is_named_lies_ahead(situation):
    for reason in exclusions_in(situation):
        if reason.change is not None and reason.change.on is not None:
            assert reason.change.on > TODAY
