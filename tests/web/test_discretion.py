"""What is said about a client stays in the body of one request and is kept nowhere."""

import logging

import pytest
from flask.testing import FlaskClient

from support.web import page_of

WORDS = "vnuk Lojza nemůže se umýt"
ASK = {"place": "500001", "says": WORDS}


def test_the_words_are_in_no_header_and_no_address_of_the_answer(client: FlaskClient):
    answer = client.post("/pomoc", data=ASK)
    assert "Lojza" not in str(answer.headers)
    page = page_of(answer.text)
    addresses = page.xpath("//@href | //@src | //@action")
    assert all("Lojza" not in one and "says" not in one for one in addresses)


def test_the_document_does_not_repeat_the_words(client: FlaskClient):
    assert "Lojza" not in client.post("/api/match", json=ASK).text


def test_the_words_are_only_where_the_person_may_correct_them(client: FlaskClient):
    page = page_of(client.post("/pomoc", data=ASK).text)
    assert page.xpath("count(//textarea[contains(., 'Lojza')])") == 1
    for area in page.xpath("//textarea"):
        area.getparent().remove(area)
    assert "Lojza" not in page.text_content()


@pytest.mark.parametrize("path", ["/", "/katalog", "/karta/s-1", "/pomoc", "/zdroje", "/neni"])
def test_no_page_sets_a_cookie(client: FlaskClient, path: str):
    assert "Set-Cookie" not in client.get(path).headers


def test_an_answer_sets_no_cookie_and_must_not_be_kept(client: FlaskClient):
    for answer in (
        client.post("/pomoc", data=ASK),
        client.post("/pomoc", data={}),
        client.post("/api/match", json=ASK),
        client.post("/api/match", json={}),
        client.post("/api/mista", json={"q": "hor"}),
    ):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_shows_neither_the_words_nor_the_trace(client: FlaskClient, caplog):
    with caplog.at_level(logging.DEBUG):
        page = client.post("/pomoc", data={"place": "500001", "says": "řvi Lojza"})
        document = client.post("/api/match", json={"place": "500001", "says": "řvi Lojza"})
    assert page.status_code == 500
    assert document.status_code == 500
    assert document.mimetype == "application/problem+json"
    for text in (page.text, document.text, caplog.text):
        assert "Lojza" not in text
        assert "Traceback" not in text
    assert "RuntimeError at /pomoc" in caplog.text
    assert "support/web.py:" in caplog.text
    page_of(page.text)


def test_a_fault_before_any_route_is_logged_without_one(client: FlaskClient, caplog):
    with client.application.test_request_context("/kdekoli"):
        client.application.log_exception((None, None, None))
    assert "unknown error at ?" in caplog.text
