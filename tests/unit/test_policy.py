"""The weights and limits of matching come from a file that gives its reasons."""

import copy
import tomllib
from dataclasses import fields, replace

import pytest

from referral.matching.errors import PolicyError
from referral.matching.policy import CRITERIA, Limits, parse_policy
from referral.resources import data_dir
from support.matching import LIMITS, POLICY

SHIPPED = tomllib.loads((data_dir() / "matching" / "policy.toml").read_text("utf-8"))


def test_the_shipped_policy_is_usable_and_its_weights_make_up_a_hundred_and_sixty():
    policy = parse_policy(SHIPPED)
    assert set(policy.weights) == set(CRITERIA)
    always = {name: w for name, w in policy.weights.items() if name not in {"barriers", "refusal"}}
    assert sum(always.values()) == 100
    assert sum(policy.weights.values()) == 160
    assert policy.limits.ambulatory_km == 40


@pytest.mark.parametrize("field", [field.name for field in fields(Limits)])
@pytest.mark.parametrize("value", [-1.0, float("nan")])
def test_a_limit_must_be_a_number_of_at_least_zero(field, value):
    with pytest.raises(PolicyError, match=field):
        replace(LIMITS, **{field: value})


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"ambulatory_full_km": 40}, "ambulatory_full_km"),
        ({"residential_full_km": 100}, "residential_full_km"),
        ({"fresh_days": 900}, "fresh_days"),
        ({"parsed_share": 1.1}, "parsed_share"),
        ({"beside_share": 2}, "beside_share"),
        ({"type_default_share": 2}, "type_default_share"),
        ({"assumed_share": 0.95}, "assumed_share"),
    ],
)
def test_limits_under_which_nearer_or_surer_could_count_less_are_refused(changes, word):
    with pytest.raises(PolicyError, match=word):
        replace(LIMITS, **changes)


@pytest.mark.parametrize(
    ("weights", "word"),
    [
        ({"need": 1.0}, "lack"),
        ({**POLICY.weights, "luck": 1.0}, "luck"),
        ({**POLICY.weights, "need": -1.0}, "need"),
        ({**POLICY.weights, "need": float("inf")}, "need"),
    ],
)
def test_weights_must_name_every_criterion_and_no_other(weights, word):
    with pytest.raises(PolicyError, match=word):
        replace(POLICY, weights=weights)


def broken(path, value):
    document = copy.deepcopy(SHIPPED)
    table = document
    for key in path[:-1]:
        table = table[key]
    if value is None:
        del table[path[-1]]
    else:
        table[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        (("weights",), None, "weights"),
        (("welcome",), [], "welcome"),
        (("welcome", "ALKOHOL", "why"), None, "ALKOHOL needs a why"),
        (("welcome", "ALKOHOL", "groups"), "ZAVISLOST", "ALKOHOL.groups"),
        (("welcome", "ALKOHOL", "types"), [59], "ALKOHOL.types"),
        (("welcome", "ALKOHOL", "kinds"), ["zdraví"], "zdraví, which is no kind of help"),
        (("limits", "fresh_days"), None, "fresh_days"),
        (("limits", "luck"), {"value": 1, "why": "proto"}, "luck"),
        (("weights", "need"), 25, "weights.need"),
        (("weights", "need", "why"), None, "weights.need"),
        (("weights", "need", "why"), "", "weights.need"),
        (("weights", "need", "value"), "mnoho", "mnoho"),
        (("weights", "need", "value"), True, "True"),
    ],
)
def test_a_policy_file_without_a_value_or_its_reason_is_refused(path, value, word):
    with pytest.raises(PolicyError, match=word):
        parse_policy(broken(path, value))
