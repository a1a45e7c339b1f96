"""The one question whose answer would tell the most about the offers at hand."""

import math
from dataclasses import replace

import pytest

from referral.catalog.model import AcceptanceRule, AgeRange, Eligibility, Stance
from referral.catalog.sexes import Sex
from referral.matching.question import Subject, best_question
from referral.usecases.recommend import recommend
from support.build import TODAY, a_service
from support.matching import POLICY, VOCABULARY, a_request, a_world


def ask(services, request=None):
    return best_question(
        services, request=request or a_request(), vocabulary=VOCABULARY, policy=POLICY
    )


def refusing(number, *barriers):
    rules = tuple(AcceptanceRule(barrier=one, stance=Stance.EXCLUDES) for one in barriers)
    return a_service(f"s-{number}", eligibility=Eligibility(rules=rules))


def test_where_no_answer_changes_anything_nothing_is_asked():
    assert ask([a_service()]) is None
    assert ask([]) is None


def test_the_barrier_that_more_services_refuse_is_asked_about_first():
    services = [refusing(1, "ALKOHOL"), refusing(2, "ALKOHOL", "PAS"), refusing(3)]
    found = ask(services)
    assert (found.subject, found.of) == (Subject.BARRIER, "ALKOHOL")
    assert (found.decides, found.among) == (2, 3)
    assert found.bits == pytest.approx(1 / math.log2(2) + 1 / math.log2(3))


def test_of_two_equal_questions_the_one_about_the_better_offer_is_asked():
    found = ask([refusing(1, "PAS"), refusing(2, "ALKOHOL")])
    assert found.of == "PAS"


@pytest.mark.parametrize("known", ["barriers", "absent"])
def test_what_has_been_told_is_not_asked_again(known):
    services = [a_service("s-0"), refusing(1, "ALKOHOL")]
    assert ask(services, replace(a_request(), **{known: frozenset({"ALKOHOL"})})) is None


def test_an_offer_that_is_out_already_does_not_count():
    catalog = a_world(refusing(1, "PAS", "ALKOHOL"), refusing(2, "ALKOHOL"))
    request = a_request(barriers=["PAS"])
    found = recommend(request, catalog=catalog, policy=POLICY, today=TODAY).question
    assert (found.of, found.decides, found.among) == ("ALKOHOL", 1, 1)


def test_age_is_asked_where_limits_divide_the_offers():
    young = a_service("s-1", eligibility=Eligibility(ages=AgeRange(max=26)))
    old = a_service("s-2", eligibility=Eligibility(ages=AgeRange(min=60)))
    found = ask([young, old])
    assert (found.subject, found.decides) == (Subject.AGE, 2)
    assert ask([young, old], a_request(age=30)) is None
    anybody = a_service("s-3", eligibility=Eligibility(ages=AgeRange()))
    assert ask([anybody]) is None


def test_sex_is_asked_where_a_name_divides_the_offers():
    services = [a_service("s-1", "Dům pro ženy"), a_service("s-2", "Dům")]
    found = ask(services)
    assert (found.subject, found.decides) == (Subject.SEX, 1)
    assert ask(services, a_request(sex=Sex.MAN)) is None


def test_the_circle_is_asked_about_where_circles_differ():
    services = [
        a_service("s-1", eligibility=Eligibility(target_groups=frozenset({"MLADEZ"}))),
        a_service("s-2", eligibility=Eligibility(target_groups=frozenset({"ZAVISLI"}))),
    ]
    found = ask(services, a_request(age=20))
    assert (found.subject, found.decides) == (Subject.GROUP, 2)
    assert ask(services[:1], a_request(age=20)) is None
