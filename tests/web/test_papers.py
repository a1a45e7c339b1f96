"""Papers asked for on the results page: whole, discreet, and mended where the form is."""

import logging

import pytest
from flask.testing import FlaskClient

from support.papers import docx_words, pdf_words
from support.web import page_of

PATHS = {"/dopis": "dopis-orp", "/konference": "pripadova-konference"}
ASK = {
    "place": "Horní Lhota",
    "place_code": "500001",
    "place_asked": "Horní Lhota",
    "need": "PEC-HYG",
    "age": "82",
    "refused": "s-1:jine:ALKOHOL@2026-08-20",
}
WORDS = "vnuk Lojza nemůže se umýt"


@pytest.mark.parametrize(("path", "stem"), PATHS.items())
def test_a_paper_is_a_file_to_take_away_that_nobody_keeps(client: FlaskClient, path, stem):
    for form, kind in (
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ):
        answer = client.post(path, data={**ASK, "format": form})
        assert answer.status_code == 200
        assert answer.mimetype == kind
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{stem}.{form}"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert "Content-Encoding" not in answer.headers
        read = pdf_words if form == "pdf" else docx_words
        assert "Horní Lhota, správní obvod ORP Velké Město" in read(answer.data)
        assert "82 let" in read(answer.data)
        assert "20. 8. 2026" in read(answer.data)


@pytest.mark.parametrize("path", PATHS)
def test_a_paper_without_a_form_is_a_pdf_and_no_other_form_exists(client: FlaskClient, path):
    assert client.post(path, data=ASK).mimetype == "application/pdf"
    answer = client.post(path, data={**ASK, "format": "exe"})
    assert answer.status_code == 400
    page_of(answer.text)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_the_person_wrote_is_nowhere_in_a_paper(client: FlaskClient, path, form, caplog):
    told = {"place": "500001", "says": WORDS, "format": form}
    with caplog.at_level(logging.DEBUG):
        answer = client.post(path, data=told)
    assert answer.status_code == 200
    words = pdf_words(answer.data) if form == "pdf" else docx_words(answer.data)
    assert "hygiena" in words
    for secret in ("Lojza", "vnuk", "umýt"):
        assert secret not in words
        assert secret not in str(answer.headers)
        assert secret not in caplog.text


@pytest.mark.parametrize("path", PATHS)
def test_words_in_place_of_a_services_number_are_not_printed(client: FlaskClient, path):
    answer = client.post(path, data={**ASK, "refused": "pan Lojza:jine"})
    assert answer.status_code == 200
    assert "Lojza" not in pdf_words(answer.data)


@pytest.mark.parametrize("path", PATHS)
def test_an_address_alone_makes_no_paper(client: FlaskClient, path):
    answer = client.get(path, query_string=ASK)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("path", PATHS)
def test_a_faulty_question_comes_back_as_the_form_to_mend(client: FlaskClient, path):
    answer = client.post(path, data={**ASK, "age": "sto"})
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert page.xpath("//*[@role='alert']//a[starts-with(@href, '#')]")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_a_fault_is_logged_without_what_was_written(client: FlaskClient, path, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = client.post(path, data={"place": "500001", "says": "řvi Lojza"})
    assert answer.status_code == 500
    for text in (answer.text, caplog.text):
        assert "Lojza" not in text


@pytest.mark.parametrize("path", PATHS)
def test_the_buttons_of_the_results_ask_for_the_very_same_question(client: FlaskClient, path):
    page = page_of(client.post("/pomoc", data={**ASK, "says": WORDS}).text)
    (form,) = page.xpath("//form[@action=$path]", path=path)
    assert form.get("method") == "post"
    fields = [(one.get("name"), one.get("value")) for one in form.xpath(".//input")]
    assert all("Lojza" not in (value or "") for _name, value in fields)
    buttons = form.xpath(".//button[@name='format']/@value")
    assert buttons == ["pdf", "docx"]
    data: dict[str, list[str]] = {"format": ["pdf"]}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    again = client.post(path, data=data)
    assert again.status_code == 200
    direct = client.post(path, data={**ASK, "need": data["need"], "format": "pdf"})
    assert pdf_words(again.data) == pdf_words(direct.data)


def test_a_letter_over_the_shipped_catalogue_names_the_office_of_the_place(real: FlaskClient):
    asked = {"place": "Vejprty", "need": "PEC-HYG", "discharge": "2026-11-27"}
    words = pdf_words(real.post("/dopis", data=asked).data)
    assert "Obecní úřad obce s rozšířenou působností Kadaň" in words
    assert "Odchází ze zařízení 27. 11. 2026" in words
