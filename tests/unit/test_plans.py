"""A plan in time: what comes first, what could stand in its place, what bridges a wait."""

from datetime import timedelta

from referral.catalog.model import CapacityUnit, Eligibility, ServiceCapacity
from referral.catalog.vocabulary import Form, Urgency
from referral.matching.prospect import Answer
from referral.matching.sensitivity import wobbles
from referral.usecases.recommend import recommend
from support.build import (
    TODAY,
    a_catalog,
    a_need,
    a_service,
    a_type,
    a_vocabulary,
    covering,
)
from support.matching import (
    POLICY,
    TERRITORY,
    VILLAGE,
    VOCABULARY,
    a_request,
    a_world,
    within,
)

COMES = covering(VILLAGE.code)
WORDS = a_vocabulary(
    types=(
        a_type("40"),
        a_type("44", "odlehčovací služby", forms=(Form.RESIDENTIAL,)),
        a_type("57", "azylové domy", forms=(Form.RESIDENTIAL,)),
        a_type("37", "poradenství", forms=(Form.AMBULATORY, Form.FIELD)),
    ),
    needs=(
        a_need("PEC-HYG", service_types=("40", "44")),
        a_need("ZDR-HOSP", area="zdraví", service_types=("44",), urgency=Urgency.SOON),
        a_need("BYD-ZTR", area="bydlení", service_types=("57", "37"), urgency=Urgency.SOON),
        a_need("FIN-DLU", area="finance", service_types=("37",)),
    ),
)


def answer(request, *services, vocabulary=WORDS):
    catalog = a_catalog(*services, vocabulary=vocabulary, territory=TERRITORY)
    return recommend(request, catalog=catalog, policy=POLICY, today=TODAY)


def house(service_id="s-2", *, kind="57", available=None, **more):
    capacity = ServiceCapacity(
        unit=CapacityUnit.BEDS, registered=9, available=available, as_of=TODAY
    )
    return a_service(
        service_id,
        type=kind,
        forms=[Form.RESIDENTIAL],
        locations=[within(VILLAGE, km=3)],
        capacities=[capacity],
        **more,
    )


def turns(result):
    return {step.service_id: (step.turn, step.due) for step in result.plan}


def test_what_should_not_wait_comes_before_what_can():
    care, home = a_service("s-1", coverage=COMES), house()
    found = answer(a_request("PEC-HYG", "BYD-ZTR"), care, home)
    assert turns(found) == {"s-1": (2, None), "s-2": (1, None)}


def test_of_two_urgent_steps_the_one_with_the_nearer_day_comes_first():
    days = {"discharge_on": TODAY + timedelta(days=9), "eviction_on": TODAY + timedelta(days=2)}
    services = (house("s-1", kind="44"), house("s-2"))
    found = answer(a_request("ZDR-HOSP", "BYD-ZTR", **days), *services)
    assert turns(found) == {"s-1": (2, days["discharge_on"]), "s-2": (1, days["eviction_on"])}


def test_one_step_for_care_and_home_is_due_by_the_nearer_day():
    both = a_need("OBOJI", area="péče", service_types=("37",))
    words = a_vocabulary(types=WORDS.types.values(), needs=(*WORDS.needs.values(), both))
    office = a_service("s-1", type="37", coverage=COMES)
    days = {"discharge_on": TODAY + timedelta(days=9), "eviction_on": TODAY + timedelta(days=2)}
    found = answer(a_request("OBOJI", "BYD-ZTR", **days), office, vocabulary=words)
    assert turns(found) == {"s-1": (1, days["eviction_on"])}
    found = answer(a_request("FIN-DLU", **days), office)
    assert turns(found) == {"s-1": (1, None)}


def test_alternatives_answer_what_only_the_step_answers_the_likeliest_first():
    best = a_service(
        "s-1", coverage=COMES, eligibility=Eligibility(target_groups=frozenset({"SENIORI"}))
    )
    vague = a_service("s-2", locations=())
    sure = a_service("s-3", coverage=COMES)
    other = house("s-4")
    found = answer(a_request("PEC-HYG", "BYD-ZTR", age=80), best, vague, sure, other)
    steps = {step.service_id: step for step in found.plan}
    assert set(steps) == {"s-1", "s-4"}
    assert steps["s-1"].alternatives == ("s-3", "s-2")
    assert steps["s-4"].alternatives == ()
    assert found.prospects["s-2"].answer is Answer.UNKNOWN


def test_while_a_place_is_awaited_help_at_home_bridges_the_time():
    full = house("s-1", kind="44", available=0)
    care = a_service("s-2", coverage=COMES)
    far = a_service("s-3", locations=())
    found = answer(a_request("PEC-HYG", "ZDR-HOSP"), full, care, far)
    (step,) = found.plan
    assert (step.service_id, step.bridge) == ("s-1", ("s-2",))
    free = house("s-1", kind="44", available=1)
    (step,) = answer(a_request("PEC-HYG", "ZDR-HOSP"), free, care).plan
    assert step.bridge == ()


def test_the_first_place_that_another_weight_would_take_away_is_named():
    """Points are shares of weights: nearness wins here, the circle would win there."""
    near = a_service("s-1", type="37", forms=[Form.AMBULATORY], locations=[within(VILLAGE, km=1)])
    far = a_service(
        "s-2",
        type="37",
        forms=[Form.AMBULATORY],
        locations=[within(VILLAGE, km=20)],
        eligibility=Eligibility(target_groups=frozenset({"ZAVISLI"})),
    )
    found = recommend(a_request("ZAV-ALK"), catalog=a_world(near, far), policy=POLICY, today=TODAY)
    first, second = found.matches
    gap = first.score - second.score
    moved = {(one.criterion, one.swing): one.first for one in wobbles(found.matches)}
    for position, bar in enumerate(first.explanation.outcomes):
        difference = bar.points - second.explanation.outcomes[position].points
        for swing in (0.2, -0.2):
            falls = gap + swing * difference < 0
            assert ((bar.criterion, swing) in moved) is falls
    assert wobbles(()) == ()
    huge = wobbles(found.matches, swing=0.99)
    assert {one.first for one in huge} == {second.service_id}


def test_a_plan_over_the_small_world_keeps_every_step_once():
    found = recommend(
        a_request(*sorted(VOCABULARY.needs)),
        catalog=a_world(a_service("s-1", coverage=COMES)),
        policy=POLICY,
        today=TODAY,
    )
    assert [step.turn for step in found.plan] == list(range(1, len(found.plan) + 1))
