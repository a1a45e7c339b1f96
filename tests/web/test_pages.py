"""Pages for people: whole, quiet, honest, and silent about the client."""

import re
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from referral.catalog.snapshot import Catalog
from support.web import an_app, loaded, page_of

ASK = {"place": "Velké Město", "says": "nemůže se umýt"}
GET_PAGES = ["/", "/katalog", "/karta/s-1", "/karta/s-2", "/karta/s-3", "/zdroje", "/problemy"]
QUESTIONS = [
    ASK,
    {"place": "Dolní Lhota", "says": "soused pije"},
    {"place": "Dolní Lhota", "says": "říká, že skočí"},
    {"place": "500001", "need": ["PEC-HYG", "VOLNY"], "barrier": ["ALKOHOL"], "age": "45"},
    {"place": "Daleké Město", "need": "VOLNY"},
    {"place": "500001", "need": "PEC-HYG", "refused": "s-1:kapacita"},
]
BAD_QUESTIONS = [
    {},
    {"place": "Horní Lhota", "says": "nemůže se umýt"},
    {"place": "Xyzov nad Ničím", "says": "nemůže se umýt"},
    {"place": "Velké Město", "says": "brum"},
    {"place": "Velké Město", "need": "PEC-HYG", "age": "moc"},
    {"place": "Velké Město", "need": "PEC-HYG", "age": "130"},
    {"place": "Velké Město", "need": "NENI"},
    {"place": "Velké Město", "need": "PEC-HYG", "care_level": "9", "form": "X"},
    {"place": "Velké Město", "says": "x" * 1001},
]


@pytest.mark.parametrize("path", GET_PAGES)
def test_a_page_is_whole_and_open_to_all(client: FlaskClient, path: str):
    answer = client.get(path)
    assert answer.status_code == 200
    page_of(answer.text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_a_whole_page(client: FlaskClient, question: dict):
    answer = client.post("/pomoc", data=question)
    assert answer.status_code == 200
    page_of(answer.text)


@pytest.mark.parametrize("question", BAD_QUESTIONS)
def test_a_question_to_mend_comes_back_with_the_field_named(client: FlaskClient, question: dict):
    answer = client.post("/pomoc", data=question)
    assert answer.status_code == 422
    page = page_of(answer.text)
    assert page.xpath("//*[@role='alert']//a[starts-with(@href, '#')]")
    assert page.findtext(".//title").startswith("Chyba v zadání")


@pytest.mark.parametrize("path", GET_PAGES)
def test_a_page_fetches_nothing_from_another_host(client: FlaskClient, path: str):
    addresses = loaded(page_of(client.get(path).text))
    assert addresses
    assert all(one.startswith("/") and not one.startswith("//") for one in addresses)


def test_an_answer_fetches_nothing_from_another_host(client: FlaskClient):
    page = page_of(client.post("/pomoc", data=ASK).text)
    assert all(one.startswith("/") and not one.startswith("//") for one in loaded(page))


def test_the_style_fetches_nothing_from_another_host(client: FlaskClient):
    style = client.get("/static/site.css", buffered=True).text
    assert "@import" not in style
    assert re.findall(r"url\(", style) == []


def test_every_address_that_a_page_fetches_answers(client: FlaskClient):
    for html in (client.get("/").text, client.post("/pomoc", data=ASK).text):
        for address in loaded(page_of(html)):
            if address not in {"/pomoc", "/dopis", "/konference", "/komu-zavolat"}:
                assert client.get(address, buffered=True).status_code == 200, address


def test_a_form_keeps_what_was_filled_in(client: FlaskClient):
    filled = {
        "place": "Horní Lhota",
        "says": "soused pije",
        "age": "58",
        "care_level": "2",
        "form": ["T"],
        "barrier": ["ALKOHOL"],
        "group": ["SENIORI"],
        "need": ["PEC-HYG"],
        "refused": ["s-1:kapacita"],
    }
    page = page_of(client.post("/pomoc", data=filled).text)
    assert page.xpath("string(//textarea[@name='says'])") == "soused pije"
    assert page.xpath("string(//input[@name='place']/@value)") == "Horní Lhota"
    assert page.xpath("string(//input[@name='age']/@value)") == "58"
    assert page.xpath("string(//select[@name='care_level']/option[@selected]/@value)") == "2"
    ticked = page.xpath("//input[@type='checkbox' and @checked]/@value")
    assert sorted(ticked) == ["PEC-HYG", "SENIORI", "T"]
    assert page.xpath("//input[@name='b-ALKOHOL' and @checked]/@value") == ["ano"]
    (row, *empty) = page.xpath("//input[@name='refused_service']/@value")
    assert (row, set(empty)) == ("Pečovatelská služba Horní Lhota (s-1)", {""})
    reasons = page.xpath("//select[@name='refused_reason']/option[@selected]/@value")
    assert reasons == ["kapacita"]


def test_an_ambiguous_place_is_asked_back_as_a_choice(client: FlaskClient):
    question = {"place": "Horní Lhota", "says": "nemůže se umýt"}
    page = page_of(client.post("/pomoc", data=question).text)
    codes = page.xpath("//input[@type='radio' and @name='place_code']/@value")
    assert sorted(codes) == ["500001", "500009"]
    chosen = {**question, "place_asked": "Horní Lhota", "place_code": "500009"}
    answer = page_of(client.post("/pomoc", data=chosen).text)
    assert "Daleké Město" in answer.xpath("string(//p[@class='results__where'])")


def test_a_place_written_anew_outweighs_the_choice_offered_for_the_old_one(client: FlaskClient):
    question = {
        "place": "Dolní Lhota",
        "place_asked": "Horní Lhota",
        "place_code": "500009",
        "need": "PEC-HYG",
    }
    page = page_of(client.post("/pomoc", data=question).text)
    assert "Dolní Lhota" in page.xpath("string(//h1)")


def test_a_suggestion_filled_in_by_a_script_is_understood(client: FlaskClient):
    answer = client.post(
        "/pomoc", data={"place": "Horní Lhota (ORP Velké Město)", "need": "PEC-HYG"}
    )
    assert answer.status_code == 200


def test_words_that_are_not_understood_open_the_choice_of_situations(client: FlaskClient):
    page = page_of(client.post("/pomoc", data={"place": "Velké Město", "says": "brum"}).text)
    assert page.xpath("//details[@id='need' and @open]")
    assert not page_of(client.get("/").text).xpath("//details[@open]")


def test_what_was_chosen_outweighs_what_was_heard(client: FlaskClient):
    question = {"place": "500001", "says": "soused pije", "need": "PEC-HYG", "age": "70"}
    page = page_of(client.post("/pomoc", data=question).text)
    needs = page.xpath("//form[@class='heard']//input[@name='need']/@value")
    assert needs == ["PEC-HYG", "ZAV-ALK"]
    assert page.xpath("//form[@class='heard']//input[@name='age']/@value") == ["70"]
    assert page.xpath("//form[@class='heard']//input[@name='care_level']/@value") == ["2"]
    assert page.xpath("//form[@class='heard']//input[@name='barrier']/@value") == ["ALKOHOL"]


def test_ticking_off_a_need_asks_again_without_the_words(client: FlaskClient):
    first = page_of(client.post("/pomoc", data={"place": "500001", "says": "soused pije"}).text)
    fields = first.xpath("//form[@class='heard']//input")
    again = [(one.get("name"), one.get("value")) for one in fields if one.get("value") != "ZAV-ALK"]
    assert "says" not in dict(again)
    answer = client.post("/pomoc", data=_multi(again))
    assert answer.status_code == 200
    assert "Alkohol" not in page_of(answer.text).xpath("string(//form[@class='heard'])")


def _multi(pairs):
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data


def test_page_and_document_list_the_same_ids_in_the_same_order(client: FlaskClient):
    page = page_of(client.post("/pomoc", data={"place": "500001", "need": "PEC-HYG"}).text)
    document = client.post("/api/match", json={"place": "500001", "need": ["PEC-HYG"]}).json
    links = page.xpath("//ol[contains(@class, 'cards')]//h3/a/@href")
    assert links == [f"/karta/{one['service_id']}" for one in document["matches"]]
    near = page.xpath("//ul[@class='near__list']//h3/a/@href")
    assert near == [f"/karta/{one['service_id']}" for one in document["not_for_you"]]
    scores = [text.replace(",", ".") for text in page.xpath("//p[@class='score']/strong/text()")]
    assert [float(one) for one in scores] == [one["score"] for one in document["matches"]]


def test_urgent_numbers_come_before_everything_else(client: FlaskClient):
    page = page_of(client.post("/pomoc", data=QUESTIONS[2]).text)
    first, *_ = page.xpath("//main//h2")
    assert "Nejdřív volejte" in first.text_content()
    assert page.xpath("//section[@class='urgent']//a/@href") == ["tel:155"]


def test_a_name_from_the_data_is_text_and_never_markup(client: FlaskClient):
    page = page_of(client.get("/karta/s-2").text)
    assert page.xpath("string(//h1)") == "Domov <b>U Lesa</b>"
    answer = client.post("/pomoc", data={"place": "500001", "need": "PEC-HYG"}).text
    assert "<b>U Lesa" not in answer


def test_a_secret_service_is_on_no_map(client: FlaskClient):
    assert "mapa-data" not in client.get("/karta/s-3").text
    question = {"place": "500001", "need": "PEC-HYG", "form": "P"}
    answer = client.post("/pomoc", data=question).text
    drawn = re.search(r'id="mapa-data">(.*?)</script>', answer, re.DOTALL)[1]
    assert "Utajen" not in drawn
    assert "Utajený domov" in answer


def test_an_unknown_service_is_an_honest_404(client: FlaskClient):
    answer = client.get("/karta/neni")
    assert answer.status_code == 404
    assert "Odkaz je možná starý" in page_of(answer.text).text_content()


def test_the_address_of_an_answer_leads_home(client: FlaskClient):
    answer = client.get("/pomoc")
    assert answer.status_code == 302
    assert answer.location == "/"


def test_a_page_of_results_can_be_folded_and_still_holds_everything(client: FlaskClient):
    page = page_of(client.post("/pomoc", data={"place": "500001", "need": "PEC-HYG"}).text)
    ranks = page.xpath("//li[@data-rank]/@data-rank")
    assert ranks == [str(rank) for rank in range(1, 21)]
    assert len(page.xpath("//details[contains(@class, 'rest')]//li[@data-rank]")) == 12


def test_no_service_at_all_is_told_as_a_result(client: FlaskClient):
    page = page_of(client.post("/pomoc", data={"place": "Daleké Město", "need": "VOLNY"}).text)
    assert "ukazuje mezeru v\u00a0síti" in page.text_content()


def test_the_pages_hold_on_the_shipped_catalogue(real: FlaskClient, embedded):
    for service_id in list(embedded.services)[::40]:
        page_of(real.get(f"/karta/{service_id}").text)
    for need in list(embedded.vocabulary.needs)[::4]:
        answer = real.post("/pomoc", data={"place": "Vejprty", "need": need, "age": "70"})
        assert answer.status_code == 200
        page_of(answer.text)
    page_of(real.get("/katalog").text)
    page_of(real.get("/zdroje").text)


def test_the_first_page_fits_a_slow_line(real: FlaskClient):
    plain = {"Accept-Encoding": "gzip"}
    addresses = ["/", *[one for one in loaded(page_of(real.get("/").text)) if one != "/pomoc"]]
    total = sum(len(real.get(address, headers=plain, buffered=True).data) for address in addresses)
    assert total < 100_000


def test_a_record_that_ended_says_so(world):
    ended = [
        replace(one, valid_to=date(2026, 1, 31)) if one.id == "s-1" else one
        for one in world.services.values()
    ]
    catalog = Catalog.of(
        vocabulary=world.vocabulary,
        territory=world.territory,
        services=ended,
        sources=world.sources.values(),
    )
    page = page_of(an_app(catalog).test_client().get("/karta/s-1").text)
    assert "skončila 31.\u00a01.\u00a02026" in page.text_content()
