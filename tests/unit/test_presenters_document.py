"""The JSON document: the contract's shape, the numbers of the answer, no located secret."""

import json
import math
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    ServiceCapacity,
    Stance,
)
from referral.catalog.vocabulary import Form
from referral.matching.request import Refusal, RefusalReason
from referral.usecases.recommend import recommend
from referral.web.presenters import match_document
from support.build import SECRET, TODAY, a_location, a_service, covering
from support.contract_schema import MATCH_DOCUMENT
from support.matching import FAR, POLICY, TOWN, VILLAGE, a_request, a_world, within


def document_of(*services, needs=("PEC-HYG",), **asked) -> dict:
    catalog = a_world(*services)
    answer = recommend(a_request(*needs, **asked), catalog=catalog, policy=POLICY, today=TODAY)
    return match_document(answer, catalog)


RICH = a_service(
    "s-1",
    register_id="1234567",
    forms=(Form.FIELD, Form.AMBULATORY),
    locations=[within(TOWN, km=1)],
    coverage=covering("500001", status=CoverageStatus.DECLARED),
    capacities=[
        ServiceCapacity(
            unit=CapacityUnit.CLIENTS,
            registered=12,
            as_of=date(2026, 7, 31),
            form=Form.FIELD,
            available=2,
            doubt="divné",
        )
    ],
    contact=Contact(phone="474123456", email="a@example.test", web="https://example.test/"),
    verified_on=date(2026, 8, 1),
)


def test_the_document_has_the_shape_of_the_contract():
    document = document_of(
        RICH,
        a_service("s-2", type="49", forms=None, locations=[within(TOWN, km=1)]),
        a_service("s-3", coverage=covering("500005")),
        a_service("s-4", type=None, kind=Kind.AUTHORITY, needs=["ZDR-SUI"], forms=None),
        needs=("PEC-HYG", "ZDR-SUI"),
        age=70,
        groups=["SENIORI"],
        barriers=["ALKOHOL"],
        refusals=[Refusal(service_id="s-2", reason=RefusalReason.OTHER, barrier="ALKOHOL")],
    )
    Draft202012Validator(MATCH_DOCUMENT).validate(document)
    assert json.loads(json.dumps(document)) == document
    assert document["request"]["refused"] == ["s-2:jine:ALKOHOL"]
    assert [one["call"] for one in document["urgent"]] == ["155"]


def test_the_shown_points_sum_to_the_score():
    for match in document_of(RICH, a_service("s-2", type="39"))["matches"]:
        assert math.isclose(
            match["score"], sum(bar["points"] for bar in match["explanation"]), abs_tol=0.01
        )


def test_texts_for_machines_hold_ordinary_spaces():
    document = document_of(RICH, a_service("s-3", coverage=covering("500005")))
    assert "\u00a0" not in json.dumps(document, ensure_ascii=False)


def test_a_service_that_comes_to_the_client_has_no_distance():
    assert document_of(RICH)["matches"][0]["distance_km"] is None
    assert document_of(RICH)["matches"][0]["covers_place"] == "declared"


def test_a_place_of_service_has_a_distance_and_its_coverage_plays_no_part():
    (match,) = document_of(
        a_service("s-2", type="49", forms=(Form.RESIDENTIAL,), locations=[within(TOWN, km=1)])
    )["matches"]
    assert match["distance_km"] == pytest.approx(16.0, abs=0.2)
    assert match["covers_place"] == "unknown"


@pytest.mark.parametrize("location", [SECRET, a_location("500001", role=AddressRole.PROVIDER_SEAT)])
def test_neither_a_withheld_address_nor_a_seat_yields_a_distance(location):
    (match,) = document_of(
        a_service("s-2", type="49", forms=(Form.RESIDENTIAL,), locations=[location])
    )["matches"]
    assert match["distance_km"] is None


def test_a_secret_service_is_not_located_even_by_its_other_address():
    service = a_service(
        "s-2", type="49", forms=(Form.RESIDENTIAL,), locations=[SECRET, within(VILLAGE, km=1)]
    )
    (match,) = document_of(service)["matches"]
    assert match["distance_km"] is None


def test_what_is_unknown_is_null():
    (match,) = document_of(a_service("s-9"))["matches"]
    for name in ("register_id", "phone", "email", "web", "verified_on"):
        assert match[name] is None
    assert match["capacity"] == []


def test_an_exclusion_names_its_ground_and_whether_it_is_lawful():
    service = a_service(
        "s-1",
        type="49",
        eligibility=Eligibility(
            rules=(AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="pijani"),)
        ),
    )
    (miss,) = document_of(service, barriers=["ALKOHOL"])["not_for_you"]
    (reason,) = miss["reasons"]
    assert reason["code"] == "ALKOHOL"
    assert reason["lawful"] is False
    assert reason["basis"] == "mimo zákon"
    assert "písemné" in reason["text"]
    assert reason["would_accept_if"]


def test_a_place_out_of_reach_is_no_refusal_and_has_no_legal_ground():
    service = a_service("s-1", type="62", forms=(Form.AMBULATORY,), locations=[within(FAR, km=0)])
    (miss,) = document_of(service, needs=("VOLNY",))["not_for_you"]
    (reason,) = miss["reasons"]
    assert (reason["basis"], reason["citation"], reason["lawful"]) == (None, None, None)


def test_an_area_out_of_reach_names_the_circle_of_persons():
    (miss,) = document_of(a_service("s-3", coverage=covering("500005")))["not_for_you"]
    assert miss["reasons"][0]["citation"] == "§ 91 odst. 3 písm. a)"


def test_the_next_step_is_never_empty_and_ends_at_the_orp():
    step = document_of()["next_step"]
    assert step["who"] == "Sociální odbor úřadu ORP Velké Město"
    assert "§ 92" in step["text"]
    assert step["service_id"] is None


def test_help_beside_the_register_is_named_by_its_kind():
    (match,) = document_of(
        a_service("urad", type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None)
    )["matches"]
    assert match["type"] is None
    assert match["type_name"] == "úřad nebo linka pomoci"
    assert match["forms"] == []
