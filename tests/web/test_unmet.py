"""Counting a search that found nobody: by a person signed in, and nothing about the client."""

import pytest
from flask.testing import FlaskClient

from referral.accounts.model import Role
from support.accounts import post, signed_in
from support.editors import Workshop
from support.web import page_of

NOBODY = {"place": "500001", "need": "VOLNY", "age": "58", "says": ""}


@pytest.fixture
def worker(shop: Workshop) -> FlaskClient:
    """A social worker's browser without scripts."""
    return signed_in(shop.app, Role.WORKER)


def button(page):
    return page.xpath("//form[@action='/nenaplneno']")


def counted(shop: Workshop) -> dict[tuple[str, str], int]:
    return {(one.orp, one.need): one.count for one in shop.program.evidence_store.unmet_counts()}


def test_only_who_is_signed_in_is_offered_to_count_and_only_where_nobody_was_found(
    shop: Workshop, worker: FlaskClient
):
    assert button(page_of(worker.post("/pomoc", data=NOBODY).text))
    found = worker.post("/pomoc", data={**NOBODY, "need": "PEC-HYG"})
    assert not button(page_of(found.text))
    public = shop.app.test_client().post("/pomoc", data=NOBODY)
    assert not button(page_of(public.text))
    assert counted(shop) == {}


def test_one_press_adds_one_to_the_orp_the_need_and_the_month(shop: Workshop, worker: FlaskClient):
    (form,) = button(page_of(worker.post("/pomoc", data=NOBODY).text))
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    assert set(data) == {"csrf_token", "place_code", "need"}
    answer = worker.post("/nenaplneno", data=data)
    page_of(answer.text)
    assert answer.status_code == 200
    orp = shop.program.catalog().territory.municipality("500001").orp
    assert counted(shop) == {(orp, "VOLNY"): 1}


def test_without_a_token_or_a_role_nothing_is_counted(shop: Workshop, worker: FlaskClient):
    data = {"place_code": "500001", "need": "VOLNY"}
    assert worker.post("/nenaplneno", data=data).status_code == 400
    assert post(signed_in(shop.app, Role.PLANNER), "/nenaplneno", **data).status_code == 403
    assert counted(shop) == {}


@pytest.mark.parametrize("wrong", [{"place_code": "599999"}, {"need": "NENI"}, {"need": ""}])
def test_what_was_no_search_is_refused(shop: Workshop, worker: FlaskClient, wrong: dict):
    data = {"place_code": "500001", "need": "VOLNY", **wrong}
    assert post(worker, "/nenaplneno", **data).status_code == 400
    assert counted(shop) == {}


def test_the_address_alone_leads_home(shop: Workshop):
    assert shop.app.test_client().get("/nenaplneno").status_code == 302
