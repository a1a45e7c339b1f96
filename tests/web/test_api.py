"""The same answers for programs: the contract's shape, and problems that say what to mend."""

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from referral.web.api import FIELDS
from support.contract_schema import AMBIGUOUS_PLACE, MATCH_DOCUMENT, PROBLEM
from support.web import page_of

QUESTION = {"place": "500001", "need": ["PEC-HYG"]}


def test_an_answer_has_the_shape_of_the_contract(client: FlaskClient):
    answer = client.post("/api/match", json={**QUESTION, "age": 70, "barrier": ["ALKOHOL"]})
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    Draft202012Validator(MATCH_DOCUMENT).validate(answer.json)
    assert answer.json["request"]["age"] == 70


KNOWN = {
    "place": "Kadaň",
    "need": ["BYD-BEZ", "ZAV-ALK"],
    "without": ["AGRESE"],
    "sex": "muz",
    "born": "1968-03-01",
    "mobility": "chodi",
    "language": ["cs"],
    "documents": False,
    "income": True,
    "insurance": None,
    "partner": False,
    "children": 0,
    "dog": True,
    "discharge": "2026-10-01",
    "eviction": "2026-11-30",
    "refused": ["rpss-1368:kapacita@2026-08-20+60", "rpss-1367:jine:ALKOHOL"],
}


def test_all_that_is_known_of_a_client_is_answered_in_the_shape_of_the_contract(real: FlaskClient):
    answer = real.post("/api/match", json=KNOWN)
    assert answer.status_code == 200, answer.text
    Draft202012Validator(MATCH_DOCUMENT).validate(answer.json)
    asked = answer.json["request"]
    assert asked["barrier"] == ["BEZ-DOKL", "PES"]
    assert asked["without"] == ["AGRESE", "BEZ-PRIJ", "IMOBIL", "JAZYK", "PAR"]
    assert (asked["age"], asked["born"], asked["sex"]) == (58, "1968-03-01", "muz")
    assert asked["refused"] == KNOWN["refused"]
    again = real.post("/api/match", json={**asked, "age": 58})
    assert again.json == answer.json
    assert {step["due"] for step in answer.json["plan"]} == {"2026-11-30"}
    (miss,) = [one for one in answer.json["not_for_you"] if one["service_id"] == "rpss-1368"]
    (change,) = miss["changes"]
    assert (change["kind"], change["on"]) == ("capacity", "2026-10-19")


def test_page_and_document_give_the_same_verdicts(real: FlaskClient):
    document = real.post("/api/match", json={"place": "Kadaň", "need": ["BYD-BEZ"]}).json
    page = page_of(real.post("/pomoc", data={"place": "Kadaň", "need": "BYD-BEZ"}).text)
    shown = page.xpath("//li[@class='card']//strong[contains(@class, 'badge')]/text()")
    assert shown == [one["verdict"]["label"] for one in document["matches"]]
    assert len(set(shown)) > 1


def test_every_field_of_a_question_is_explained_on_the_page_for_programmers(client: FlaskClient):
    named = set(page_of(client.get("/problemy").text).xpath("//dt/code/text()"))
    assert set(FIELDS) <= named


def test_the_shipped_catalogue_answers_in_the_shape_of_the_contract(real: FlaskClient):
    answer = real.post("/api/match", json={"place": "Vejprty", "need": ["PEC-HYG"], "age": 82})
    Draft202012Validator(MATCH_DOCUMENT).validate(answer.json)
    assert answer.json["place"]["name"] == "Vejprty"
    assert answer.json["matches"]
    assert answer.json["not_for_you"]


@pytest.mark.parametrize(
    "extra",
    [
        {"says": None, "age": None, "group": None},
        {"age": "70", "care_level": 2, "limit": 3},
        {"need": "PEC-HYG"},
        {"orp": "Velké Město", "place": "Horní Lhota"},
        {"form": ["T"], "refused": ["s-1:kapacita", "s-2:jine:ALKOHOL"], "group": ["SENIORI"]},
        {"says": "nemůže se umýt"},
    ],
)
def test_a_field_may_be_left_out_null_or_written_either_way(client: FlaskClient, extra: dict):
    answer = client.post("/api/match", json={**QUESTION, **extra})
    assert answer.status_code == 200, answer.text


def test_a_limit_is_kept(client: FlaskClient):
    answer = client.post("/api/match", json={**QUESTION, "limit": 2})
    assert len(answer.json["matches"]) == 2


def test_an_ambiguous_place_answers_with_its_candidates(client: FlaskClient):
    answer = client.post("/api/match", json={"place": "Horní Lhota", "need": ["PEC-HYG"]})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    Draft202012Validator(AMBIGUOUS_PLACE).validate(answer.json)
    assert {one["orp"] for one in answer.json["candidates"]} == {"Velké Město", "Daleké Město"}


def test_an_unknown_place_answers_with_the_nearest_names(client: FlaskClient):
    answer = client.post("/api/match", json={"place": "Lhotta Zadní", "need": ["PEC-HYG"]})
    assert answer.json["error"] == "unknown_place"
    assert "candidates" in answer.json


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"need": ["PEC-HYG"]}, "place", "unknown_place"),
        ({"place": "500001"}, "says", "missing"),
        ({"place": "500001", "says": "brum"}, "says", "not_understood"),
        ({"place": "500001", "says": "x" * 1001}, "says", "invalid"),
        ({**QUESTION, "need": ["NENI"]}, "need", "invalid"),
        ({**QUESTION, "group": ["NENI"]}, "group", "invalid"),
        ({**QUESTION, "barrier": ["NENI"]}, "barrier", "invalid"),
        ({**QUESTION, "age": 130}, "age", "invalid"),
        ({**QUESTION, "age": "moc"}, "age", "invalid"),
        ({**QUESTION, "age": True}, "age", "invalid"),
        ({**QUESTION, "care_level": 9}, "care_level", "invalid"),
        ({**QUESTION, "limit": 0}, "limit", "invalid"),
        ({**QUESTION, "limit": "x"}, "limit", "invalid"),
        ({**QUESTION, "form": ["X"]}, "form", "invalid"),
        ({**QUESTION, "refused": ["s-1"]}, "refused", "invalid"),
        ({**QUESTION, "refused": [":kapacita"]}, "refused", "invalid"),
        ({**QUESTION, "refused": ["s-1:nevim"]}, "refused", "invalid"),
        ({**QUESTION, "refused": ["s-1:jine:NENI"]}, "refused", "invalid"),
        ({**QUESTION, "refused": ["s-1:jine:A:B"]}, "refused", "invalid"),
        ({**QUESTION, "refused": ["s-1:jine@vcera"]}, "refused", "invalid"),
        ({**QUESTION, "refused": ["s-1:jine+99999"]}, "refused", "invalid"),
        ({**QUESTION, "without": ["NENI"]}, "without", "invalid"),
        ({**QUESTION, "without": "ALKOHOL", "barrier": "ALKOHOL"}, "barrier", "invalid"),
        ({**QUESTION, "sex": "jine"}, "sex", "invalid"),
        ({**QUESTION, "born": "1. 13. 1968"}, "born", "invalid"),
        ({**QUESTION, "born": "1850-01-01"}, "born", "invalid"),
        ({**QUESTION, "mobility": True}, "mobility", "invalid"),
        ({**QUESTION, "language": ["česky"]}, "language", "invalid"),
        ({**QUESTION, "documents": "ano"}, "documents", "invalid"),
        ({**QUESTION, "dog": 1}, "dog", "invalid"),
        ({**QUESTION, "children": -1}, "children", "invalid"),
        ({**QUESTION, "discharge": "brzy"}, "discharge", "invalid"),
        ({**QUESTION, "eviction": 20261130}, "eviction", "invalid"),
        ({**QUESTION, "need": [1]}, "need", "invalid"),
        ({**QUESTION, "place": ["x"]}, "place", "invalid"),
    ],
)
def test_a_problem_names_the_field_to_mend(client: FlaskClient, body: dict, field, code):
    answer = client.post("/api/match", json=body)
    assert answer.status_code == 422
    Draft202012Validator(PROBLEM).validate(answer.json)
    (error,) = answer.json["errors"]
    assert (error["field"], error["code"]) == (field, code)
    assert error["message"].endswith(".")
    assert answer.json["type"] == f"/problemy#{code}"


def test_all_fields_to_mend_are_named_at_once(client: FlaskClient):
    answer = client.post("/api/match", json={"age": "moc", "limit": -1})
    fields = [one["field"] for one in answer.json["errors"]]
    assert fields == ["says", "place", "age", "limit"]


def test_a_field_nobody_knows_is_refused_rather_than_ignored(client: FlaskClient):
    answer = client.post("/api/match", json={**QUESTION, "needs": ["PEC-HYG"]})
    assert answer.status_code == 422
    assert "needs" in answer.json["detail"]
    assert answer.json["type"] == "/problemy#unknown_field"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": "place=500001"}, 415),
        ({"data": "{nic", "content_type": "application/json"}, 400),
        ({"json": ["500001"]}, 400),
    ],
)
@pytest.mark.parametrize("path", ["/api/match", "/api/mista"])
def test_a_body_that_is_no_object_is_a_problem(client: FlaskClient, path, sent, status):
    answer = client.post(path, **sent)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["type"] == "/problemy#not_json"


def test_every_kind_of_problem_is_explained_on_its_page(client: FlaskClient):
    ids = set(page_of(client.get("/problemy").text).xpath("//dl/div/@id"))
    assert {"ambiguous_place", "unknown_place", "not_understood", "missing", "invalid"} <= ids
    assert {"unknown_field", "not_json"} <= ids


def test_places_are_suggested_as_one_types(client: FlaskClient):
    answer = client.post("/api/mista", json={"q": "hor"})
    labels = [one["label"] for one in answer.json["places"]]
    assert labels == ["Horní Lhota (ORP Velké Město)", "Horní Lhota (ORP Daleké Město)"]


@pytest.mark.parametrize("body", [{}, {"q": ""}, {"q": 7}])
def test_nothing_typed_suggests_nothing(client: FlaskClient, body: dict):
    assert client.post("/api/mista", json=body).json == {"places": []}


def test_each_suggestion_leads_back_to_its_place(client: FlaskClient):
    for one in client.post("/api/mista", json={"q": "hor"}).json["places"]:
        answer = client.post("/api/match", json={"place": one["label"], "need": ["PEC-HYG"]})
        assert answer.json["place"]["code"] == one["code"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/api/match", 405), ("get", "/api/neni", 404), ("post", "/api/match", 413)],
)
def test_an_error_of_the_machine_room_is_a_problem_document(client, method, path, status):
    data = {"json": {"says": "x" * 70_000}} if status == 413 else {}
    answer = getattr(client, method)(path, **data)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
