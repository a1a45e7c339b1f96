"""Printed matter asked for by its address: files, found by every id, and none for what is not."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from referral.bootstrap import build
from referral.catalog.snapshot import Catalog
from referral.settings import Settings
from referral.web.app import create_app
from support.build import a_service, a_source
from support.matching import TERRITORY, VOCABULARY
from support.papers import docx_words, pdf_words
from support.site import TODAY
from support.web import an_app, page_of

BILINA = "567451"
PUBLIC = "https://pomoc.example.test"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A browser in front of the whole program, whose public address is set."""
    file = tmp_path_factory.mktemp("printed") / "site.sqlite3"
    settings = Settings(database_url=f"sqlite:///{file}", public_url=PUBLIC)
    made = build(settings, today=lambda: TODAY)
    made.migrate()
    made.load_embedded()
    yield create_app(made, settings=settings, today=lambda: TODAY).test_client()
    made.close()


def test_the_card_is_a_pdf_that_a_browser_shows_and_its_page_leads_to_it(client: FlaskClient):
    answer = client.get("/karta/s-1.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="karta-s-1.pdf"'
    assert "Pečovatelská služba Horní Lhota" in pdf_words(answer.data)
    page = page_of(client.get("/karta/s-1").text)
    assert page.xpath("//a[@href='/karta/s-1.pdf']")


def test_page_and_card_say_the_same_of_what_a_service_does_and_does_not(client: FlaskClient):
    page = " ".join(page_of(client.get("/karta/s-1").text).text_content().split())
    card = pdf_words(client.get("/karta/s-1.pdf").data)
    for told in ("Co dělá", "Co obvykle nedělá", "Jak začít", "Kam dál", "Kolik to stojí"):
        assert told in page
        assert told in card


def test_no_card_of_what_is_not_there(client: FlaskClient):
    answer = client.get("/karta/nikdo.pdf")
    assert answer.status_code == 404
    page_of(answer.text)


def test_the_card_of_a_merged_record_is_that_of_the_one_that_is_shown():
    catalog = Catalog.of(
        vocabulary=VOCABULARY,
        territory=TERRITORY,
        services=[a_service("s-1")],
        sources=[a_source()],
        aliases={"s-2": "s-1"},
    )
    browser = an_app(catalog).test_client()
    answer = browser.get("/karta/s-2.pdf")
    assert (answer.status_code, answer.location) == (302, "/karta/s-1.pdf")


def test_a_withheld_address_is_not_on_the_card(client: FlaskClient):
    words = pdf_words(client.get("/karta/s-3.pdf").data)
    assert "Adresa je ze zákona utajená" in words
    assert "Lhota" not in words
    assert "Velké Město" not in words


@pytest.mark.parametrize(
    ("name", "told", "shown"),
    [("brozura.pdf", "inline", "Dostupnost"), ("letak.pdf", "inline", "Kdo pomůže")],
)
def test_an_orp_has_its_brochure_and_its_leaflet(program: FlaskClient, name, told, shown):
    answer = program.get(f"/orp/{BILINA}/{name}")
    assert answer.status_code == 200
    stem = name.partition(".")[0]
    assert answer.headers["Content-Disposition"] == f'{told}; filename="{stem}-{BILINA}.pdf"'
    words = pdf_words(answer.data)
    assert shown in words
    assert "ORP Bílina" in words
    assert PUBLIC in words


def test_a_brochure_to_be_edited_is_for_download_and_made_once(program: FlaskClient):
    answer = program.get(f"/orp/{BILINA}/brozura.docx")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "ORP Bílina" in docx_words(answer.data)
    assert program.get(f"/orp/{BILINA}/brozura.docx").data == answer.data


def test_the_page_of_an_orp_leads_to_all_three(program: FlaskClient):
    links = page_of(program.get(f"/orp/{BILINA}").text).xpath("//main//a/@href")
    for name in ("brozura.pdf", "brozura.docx", "letak.pdf"):
        assert f"/orp/{BILINA}/{name}" in links


@pytest.mark.parametrize("name", ["brozura.pdf", "brozura.docx", "letak.pdf"])
def test_what_is_no_orp_has_nothing_printed(program: FlaskClient, name):
    for code in ("000000", "x", "567507"):
        assert program.get(f"/orp/{code}/{name}").status_code == 404
