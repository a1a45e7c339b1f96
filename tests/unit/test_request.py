"""What may be asked."""

import pytest

from referral.matching.errors import RequestError
from referral.matching.request import AskedNeed, Refusal, RefusalReason
from support.matching import VOCABULARY, a_request


def test_a_sound_request_comes_back_unchanged():
    request = a_request(
        "PEC-HYG",
        "VOLNY",
        groups=["SENIORI"],
        age=0,
        care_level=4,
        barriers=["PAS"],
        refusals=[Refusal(service_id="x", reason=RefusalReason.OTHER, barrier="ALKOHOL")],
        limit=1,
    )
    assert request.checked(VOCABULARY) is request
    assert request.need_codes == ("PEC-HYG", "VOLNY")


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"needs": ["NENI"]}, "need", "NENI"),
        ({"groups": ["NENI"]}, "group", "NENI"),
        ({"barriers": ["NENI"]}, "barrier", "NENI"),
        (
            {"refusals": [Refusal(service_id="x", reason=RefusalReason.OTHER, barrier="NENI")]},
            "refused",
            "NENI",
        ),
        ({"age": -1}, "age", "-1"),
        ({"age": 121}, "age", "121"),
        ({"care_level": 5}, "care_level", "5"),
        ({"limit": 0}, "limit", "0"),
        ({"absent": frozenset({"NENI"})}, "absent", "NENI"),
        (
            {"barriers": ["PAS"], "absent": frozenset({"PAS"})},
            "absent",
            "PAS je uvedena jako přítomná i nepřítomná",
        ),
        (
            {"refusals": [Refusal(service_id="x", reason=RefusalReason.CAPACITY, wait_days=-1)]},
            "refused",
            "-1 dní",
        ),
    ],
)
def test_a_request_out_of_range_names_the_field_and_the_value(changes, field, word):
    needs = changes.pop("needs", ())
    with pytest.raises(RequestError, match=word) as caught:
        a_request(*needs, **changes).checked(VOCABULARY)
    assert caught.value.field == field


def test_a_request_without_a_need_is_refused():
    empty = a_request()
    object.__setattr__(empty, "needs", ())
    with pytest.raises(RequestError) as caught:
        empty.checked(VOCABULARY)
    assert caught.value.field == "need"


def test_a_chosen_need_is_certain():
    assert AskedNeed(code="PEC-HYG").confidence == 1.0
