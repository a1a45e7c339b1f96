"""A client's profile becomes a question; what nobody asked stays unknown."""

from datetime import date

import pytest

from referral.matching.errors import RequestError
from referral.matching.profile import (
    ClientProfile,
    Household,
    Mobility,
    Papers,
    age_on,
    request_of,
)
from referral.matching.request import AskedNeed
from support.build import TODAY
from support.matching import VILLAGE

NEEDS = (AskedNeed(code="PEC-HYG"),)


def asked(**facts):
    return request_of(ClientProfile(needs=NEEDS, **facts), place=VILLAGE, today=TODAY)


def test_an_empty_profile_knows_nothing():
    request = asked()
    assert (request.barriers, request.absent, request.age) == (frozenset(), frozenset(), None)
    assert (request.groups, request.needs) == (frozenset(), NEEDS)


@pytest.mark.parametrize(
    ("facts", "has", "has_not"),
    [
        ({"papers": Papers(documents=False)}, {"BEZ-DOKL"}, set()),
        ({"papers": Papers(documents=True, income=False)}, {"BEZ-PRIJ"}, {"BEZ-DOKL"}),
        ({"papers": Papers(insurance=True)}, set(), {"BEZ-POJ"}),
        ({"household": Household(partner=True, dog=False)}, {"PAR"}, {"PES"}),
        ({"household": Household(dog=True)}, {"PES"}, set()),
        ({"languages": frozenset({"uk"})}, {"JAZYK"}, set()),
        ({"languages": frozenset({"uk", "cs"})}, set(), {"JAZYK"}),
        ({"mobility": Mobility.WHEELCHAIR}, {"IMOBIL"}, set()),
        ({"mobility": Mobility.SUPPORTED}, set(), {"IMOBIL"}),
        ({"barriers": frozenset({"ALKOHOL"})}, {"ALKOHOL"}, set()),
        ({"absent": frozenset({"ALKOHOL"})}, set(), {"ALKOHOL"}),
    ],
)
def test_facts_of_a_life_decide_barriers(facts, has, has_not):
    request = asked(**facts)
    assert (request.barriers, request.absent) == (has, has_not)


def test_a_stated_barrier_outweighs_what_follows_from_another_fact():
    request = asked(barriers=frozenset({"IMOBIL"}), mobility=Mobility.WALKS)
    assert (request.barriers, request.absent) == ({"IMOBIL"}, frozenset())


def test_children_make_a_family():
    assert asked(household=Household(children=2)).groups == {"RODINY"}
    assert asked(household=Household(children=0)).groups == frozenset()
    with pytest.raises(RequestError, match="Počet dětí"):
        asked(household=Household(children=-1))


def test_the_age_follows_from_the_day_of_birth():
    born = date(TODAY.year - 58, TODAY.month, TODAY.day)
    assert asked(born=born).age == 58
    assert asked(born=born, age=58).age == 58
    with pytest.raises(RequestError, match="neodpovídá datu narození"):
        asked(born=born, age=60)
    for impossible in (date(1890, 1, 1), date(2030, 1, 1)):
        with pytest.raises(RequestError, match="žijícímu člověku"):
            asked(born=impossible)


def test_a_birthday_counts_from_its_own_day():
    assert age_on(date(1968, 3, 14), date(2028, 3, 13)) == 59
    assert age_on(date(1968, 3, 14), date(2028, 3, 14)) == 60
