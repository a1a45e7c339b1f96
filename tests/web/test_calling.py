"""The answer on one screen: one call, who else, what to say, what to have ready, on paper too."""

import io
import re

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from referral.catalog.areas import CoverageStatus
from referral.catalog.model import Contact
from support.build import a_catalog, a_service, a_territory, covering
from support.matching import PLACES, TOWN, VOCABULARY, within
from support.web import an_app, page_of

ASK = {"place": "Velké Město", "need": "PEC-HYG", "age": "82", "care_level": "2"}
A5_PT = (419, 595)


def text_of(node, path: str) -> str:
    return re.sub(r"\s+", " ", node.xpath(f"string({path})")).strip()


def answer(client: FlaskClient, **more):
    return page_of(client.post("/pomoc", data={**ASK, **more}).text)


def test_the_first_step_names_two_others_to_ring_and_then_the_office(client: FlaskClient):
    page = answer(client)
    first = text_of(page, "//p[@class='first__who']/a")
    others = page.xpath("//ul[@class='instead']/li/a[@class='instead__who']/text()")
    ranked = page.xpath("//li[@class='card']//h3/a/text()")
    assert others[0] == next(name for name in ranked if name != first)
    assert len(others) == 2
    assert "§ 92" in text_of(page, "//ul[@class='instead']/li[last()]")


def test_a_known_number_can_be_rung_by_one_tap(client: FlaskClient):
    page = answer(client)
    assert "tel:+420474123456" in page.xpath("//section[@class='first']//a/@href")


def test_what_to_say_tells_the_place_the_needs_and_the_facts_and_nothing_typed(client: FlaskClient):
    page = page_of(
        client.post(
            "/pomoc",
            data={"place": "Velké Město", "says": "Marie Nováková se nemůže umýt", "age": "82"},
        ).text
    )
    said = text_of(page, "//blockquote")
    assert "z obce Velké Město" in said
    assert "82 let" in said
    assert "Nováková" not in said


def test_the_degree_of_care_is_said_and_so_is_that_there_is_none(client: FlaskClient):
    assert "stupeň závislosti II" in text_of(answer(client), "//blockquote")
    assert "Věk 82 let a příspěvek na péči nemá." in text_of(
        answer(client, care_level="0"), "//blockquote"
    )


def test_days_that_are_known_are_said(client: FlaskClient):
    said = text_of(answer(client, discharge="2026-09-04", eviction="2026-09-30"), "//blockquote")
    assert "ze zařízení odchází 4. 9. 2026" in said
    assert "o bydlení přijde 30. 9. 2026" in said


def test_where_no_service_is_first_there_is_nothing_to_say_to_one(client: FlaskClient):
    page = page_of(client.post("/pomoc", data={"place": "Daleké Město", "need": "VOLNY"}).text)
    assert not page.xpath("//blockquote")


def test_a_person_is_asked_back_three_times_at_most(client: FlaskClient):
    """With what is going on and where, that makes five questions."""
    page = answer(client, age="")
    assert page.xpath("//section[starts-with(@class,'asks')]//input[@name='answered']/@value") == [
        "1"
    ]
    again = answer(client, age="", answered="2")
    assert again.xpath("//section[starts-with(@class,'asks')]//input[@name='answered']/@value") == [
        "3"
    ]
    assert not answer(client, age="", answered="3").xpath("//section[starts-with(@class,'asks')]")


@pytest.mark.parametrize("odd", ["", "x", "-1", "²", "9" * 5000])
def test_an_odd_count_of_answers_breaks_nothing(client: FlaskClient, odd: str):
    assert client.post("/pomoc", data={**ASK, "answered": odd}).status_code == 200


def test_the_call_can_be_taken_away_on_a_small_sheet(client: FlaskClient):
    taken = client.post("/komu-zavolat", data={**ASK, "says": "Marie Nováková", "format": "pdf"})
    assert taken.mimetype == "application/pdf"
    assert taken.headers["Content-Disposition"] == 'attachment; filename="komu-zavolat.pdf"'
    assert taken.headers["Cache-Control"] == "no-store"
    pages = PdfReader(io.BytesIO(taken.data)).pages
    assert tuple(map(int, pages[0].mediabox[2:])) == A5_PT
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    assert "Komu zavolat: Velké Město" in text
    assert "Když to nevyjde" in text
    assert "Co říct do telefonu" in text
    assert "Nováková" not in text


def test_the_sheet_begins_with_the_call_that_cannot_wait(client: FlaskClient):
    urgent = {"place": "Dolní Lhota", "says": "říká, že skočí"}
    page = page_of(client.post("/pomoc", data=urgent).text)
    number = text_of(page, "//section[@class='urgent']//li[1]/*[1]")
    taken = client.post("/komu-zavolat", data=urgent)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(taken.data)).pages)
    assert f"Nejdřív volejte {number}" in re.sub(r"\s+", " ", text)


def test_a_question_to_mend_gives_the_form_and_no_sheet(client: FlaskClient):
    assert client.post("/komu-zavolat", data={"place": "Nikde"}).status_code == 422
    assert client.get("/komu-zavolat").status_code == 302


def world_of(*services):
    world = a_catalog(*services, vocabulary=VOCABULARY, territory=a_territory(PLACES))
    return an_app(world).test_client()


HERE = covering("500001", status=CoverageStatus.DECLARED)


def test_of_the_two_others_one_is_another_kind_of_service_where_there_is_such():
    alike = [
        a_service(f"a-{number}", f"Pečovatelky {number}", coverage=HERE) for number in range(4)
    ]
    other = a_service("z-1", "Jiný druh", type="49", forms=None, locations=[within(TOWN, km=1)])

    def others(*services) -> list[str]:
        page = answer(world_of(*services), place="500001")
        return page.xpath("//a[@class='instead__who']/text()")

    assert others(*alike) == ["Pečovatelky 1", "Pečovatelky 2"]
    assert others(*alike, other) == ["Pečovatelky 1", "Jiný druh"]


def test_a_number_is_looked_for_where_the_first_three_have_none():
    told = Contact(phone="474 123 456")
    silent = [a_service(f"a-{number}", f"Mlčí {number}", coverage=HERE) for number in range(4)]
    rung = a_service("b-1", "Zvedne to", coverage=HERE, contact=told)
    page = answer(world_of(*silent, rung), place="500001")
    (last,) = page.xpath("//ul[@class='instead']/li[a='Zvedne to']")
    assert "Telefon známe až na" in text_of(last, ".")
    assert last.xpath("a/@href")[-1] == "tel:+420474123456"


def test_who_speaks_another_language_reads_out_czech_and_sees_what_it_means(client: FlaskClient):
    page = page_of(client.post("/en/pomoc", data=ASK).text)
    assert page.xpath("//blockquote/@lang") == ["cs"]
    assert text_of(page, "//blockquote/p[1]").startswith("Dobrý den, volám")
    assert "Dobrý den" not in text_of(page, "//blockquote/following-sibling::p[1]")
    assert not answer(client).xpath("//blockquote/following-sibling::p[@class='note']")
