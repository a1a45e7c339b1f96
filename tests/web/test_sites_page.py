"""Where a new service would help most, over HTTP."""

import json
import re
from io import BytesIO

import pytest
from lxml import etree
from openpyxl import load_workbook

from referral.ingest.scenario_text import read_scenario_text
from referral.web.planning import BusyError, Kept
from referral.web.sites_asking import SECONDS, in_words_of_the_form
from support.build import TODAY
from support.desk import a_desk, strictly, words

ASKED = "/mezery/mista?pravidlo=45&pocet=1"


@pytest.fixture(scope="module")
def client():
    return a_desk()


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.text
    return strictly(response.text)


def numbers(text: str) -> list[int]:
    return [int(one.replace(" ", "")) for one in re.findall(r"\d[\d ]*", text)]


def test_the_form_alone_computes_nothing_and_explains_every_default(client):
    empty = page(client, "/mezery/mista")
    text = words(empty)
    assert "Prázdné: pracovník 1000 obyvatel. proto (Zdroj: vymyšleno.)" in text
    assert f"nejvýš {SECONDS:.0f} s" in text
    assert not empty.xpath("//table")
    assert empty.xpath("//select[@id='pravidlo']/option[@value='45']")


def test_a_place_says_whom_it_serves_who_stays_and_that_nothing_better_exists(client):
    text = words(page(client, ASKED))
    assert "1 nové místo: službu získá 1 470 lidí ve 3 obcích." in text
    assert "Údolí ORP Údolí, obyvatel 950" in text
    assert "Je dokázáno, že lepší výběr není (přesný výpočet)." in text
    assert "neznáme jejich počet obyvatel: Samota" in text
    assert "Orientační norma: není úředním standardem" in text
    assert "kolik z nich by službu opravdu využilo, z údajů nepoznáme" in text


def test_the_quick_way_says_that_it_proves_by_its_bound_or_not_at_all(client):
    text = words(page(client, ASKED + "&vypocet=rychle"))
    assert "Rychlý výběr; jeho mez dokazuje, že lepší výběr není." in text


def test_the_table_and_the_map_tell_every_municipality_alike(client):
    response = client.get(ASKED)
    parsed = strictly(response.text)
    rows = parsed.xpath("//tbody[@data-gaps-rows]/tr")
    codes = [row.get("data-code") for row in rows]
    data = json.loads(re.search(r'id="gaps-data">(.*?)</script>', response.text, re.DOTALL)[1])
    assert [place[0] for place in data["places"]] == codes
    values = [data["texts"][one] for one in data["views"][0]["values"]]
    told = [row.xpath(".//*[@data-value]")[0].text_content() for row in rows]
    assert told == values
    assert told.count("mezera → splněno") == 3
    assert data["pins"][0][:2] == ["1", "Údolí"]


def test_downloads_hold_the_numbers_of_the_page(client):
    parsed = page(client, ASKED)
    links = {
        href.partition("?")[0].rpartition(".")[2]: href
        for href in parsed.xpath("//ul[@class='gap-take']//a/@href")
    }
    assert set(links) == {"xlsx", "json", "toml", "svg", "png"}
    document = client.get(links["json"]).get_json()
    assert document["value"] == 1470
    standing = parsed.xpath("//table[caption[@id='standing-caption']]/tbody/tr[1]")[0]
    cells = [words(cell) for cell in standing.xpath("./th|./td")]
    before, after = document["before"], document["after"]
    assert cells[:3] == ["mezera", str(before["municipalities"]), str(after["municipalities"])]
    assert numbers(cells[3]) == [before["people"]]
    assert numbers(cells[4]) == [after["people"]]
    book = load_workbook(BytesIO(client.get(links["xlsx"]).data))
    assert book.sheetnames[0] == "Místa"
    assert any("1 470" in str(row[0].value).replace("\u202f", " ") for row in book["Místa"].rows)
    scenario = read_scenario_text(client.get(links["toml"]).text)
    assert [change.at for change in scenario.changes] == [("500004",)]
    drawing = client.get(links["svg"]).text
    assert "1\u202f470\u00a0lidí" in drawing
    assert etree.fromstring(drawing.encode()).tag.endswith("svg")
    assert client.get(links["png"]).data[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_suggestion_opens_as_a_scenario_with_the_same_result(client):
    parsed = page(client, ASKED)
    form = parsed.xpath("//form[@class='gap-onward']")[0]
    sent = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    answer = client.post(form.get("action"), data=sent)
    text = words(strictly(answer.text))
    assert "Zlepší se to ve 4 obcích (1 530 lidí)." in text
    assert "Získá 1 470 lidí ve 3 obcích." in text


def test_field_workers_and_counselling_days_have_their_own_words(client):
    text = words(page(client, "/mezery/mista?pravidlo=39&pocet=1&dosah=15"))
    assert "Nový terénní pracovník" in text
    assert "Jeden pracovník stačí pro 1 000 lidí: proto Zdroj: vymyšleno." in text
    days = words(page(client, "/mezery/mista?pravidlo=40&pocet=2&cim=dny&zaklad=Město"))
    assert "Cesta tam a zpět:" in days
    assert "Za týden se najezdí nejvýš 60 km" in days


def test_a_capacity_rule_is_answered_by_added_capacity(client):
    parsed = page(client, "/mezery/mista?pravidlo=45-k&pocet=40&nove=ano")
    text = words(parsed)
    assert "Přidat nejvýš 40 klientů ke stávajícím službám nebo novým." in text
    assert "Dosažitelná kapacita je odhad metodou E2SFCA" in text
    assert "nově přes mez" in text
    document = client.get("/mezery/mista.json?pravidlo=45-k&pocet=40&nove=ano").get_json()
    gains = [numbers(words(one))[-1] for one in parsed.xpath("//p[@class='gap-gain']")]
    assert gains == [one["gain_population"] for one in document["sites"]]
    assert sum(gains) == document["value"] > 0
    book = load_workbook(
        BytesIO(client.get("/mezery/mista.xlsx?pravidlo=45-k&pocet=40&nove=ano").data)
    )
    assert book.sheetnames[0] == "Kam přidat"
    toml = client.get("/mezery/mista.toml?pravidlo=45-k&pocet=40&nove=ano").text
    answer = client.post("/mezery/scenar", data={"text": toml})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("pravidlo=99&pocet=1", "pravidlo", "Pravidlo „99“"),
        ("pravidlo=45&pocet=mnoho", "pocet", "napište celé číslo od 1 do 30"),
        ("pravidlo=45&pocet=1,5", "pocet", "napište celé číslo"),
        ("pravidlo=45&pocet=31", "pocet", "od 1 do 30"),
        ("pravidlo=45&cim=balon", "cim", "Takový způsob neznáme"),
        ("pravidlo=45&vypocet=kostky", "vypocet", "přesný, nebo rychlý"),
        ("pravidlo=40&cim=dny&zaklad=Neznámá", "zaklad", "mezi načtenými není"),
        ("pravidlo=40&cim=dny&zaklad=Blízká", "zaklad", "jedno z: Blízká (ORP Město)"),
        ("pravidlo=39&cim=misto", "cim", "zkuste způsob „terénní pracovník“"),
        ("pravidlo=45&dosah=10", "cim", "„kam pracovník dojede“"),
        ("pravidlo=45&cim=kapacita", "cim", "„nové místo služby“"),
        ("pravidlo=45&oblast=Nikde", "oblast", "Území „Nikde“"),
        ("pravidlo=45&norma=../tajne", "norma", "Normu „../tajne“ nemáme"),
    ],
)
def test_a_wrong_field_is_named_on_the_page_and_in_the_problem(client, query, field, sentence):
    response = client.get(f"/mezery/mista?{query}")
    assert response.status_code == 422
    parsed = strictly(response.text)
    assert sentence in words(parsed.xpath("//*[@role='alert']")[0])
    assert parsed.xpath(f"//*[@role='alert']//a[@href='#{field}']")
    answer = client.get(f"/mezery/mista.json?{query}")
    assert answer.status_code == 422
    assert sentence in answer.get_json()["detail"].replace("\u00a0", " ")
    assert "--" not in answer.get_json()["detail"]


def test_a_file_without_a_rule_is_a_problem_and_so_is_a_scenario_of_nothing(client):
    assert client.get("/mezery/mista.xlsx").status_code == 422
    # In the town nobody misses the day centre.
    nothing = client.get("/mezery/mista.toml?pravidlo=45&pocet=1&nejmene=5000")
    assert nothing.status_code == 422
    assert "Není co uložit" in nothing.get_json()["detail"]


def test_no_sentence_of_the_form_speaks_of_options_of_the_command_line():
    told = "zkuste --by worker; zmenšete --least-people, --radius a --whole-orp patří k --by site"
    assert "--" not in in_words_of_the_form(told)
    assert in_words_of_the_form("co dál?") == "Co dál?"


def test_an_answer_is_computed_once_until_the_catalogue_or_the_day_changes():
    kept, asked = Kept(), []

    def compute():
        asked.append(1)
        return len(asked)

    one, other = object(), object()
    assert kept.get("a", compute, catalog=one, today=TODAY) == 1
    assert kept.get("a", compute, catalog=one, today=TODAY) == 1
    assert kept.get("b", compute, catalog=one, today=TODAY) == 2
    assert kept.get("a", compute, catalog=other, today=TODAY) == 3
    assert kept.get("a", compute, catalog=other, today=TODAY.replace(day=2)) == 4


def test_only_so_many_answers_are_kept():
    kept = Kept()
    catalog = object()
    for number in range(20):
        kept.get(number, lambda number=number: number, catalog=catalog, today=TODAY)
    assert kept.get(19, lambda: "anew", catalog=catalog, today=TODAY) == 19
    assert kept.get(0, lambda: "anew", catalog=catalog, today=TODAY) == "anew"


def test_who_would_wait_too_long_is_told_to_come_back(client, monkeypatch):
    def busy(*_args, **_options):
        raise BusyError

    monkeypatch.setattr("referral.web.planning.Kept.get", busy)
    response = client.get(ASKED)
    assert response.status_code == 503
    assert "Zkuste to za chvíli znovu" in words(strictly(response.text))
    assert client.get(ASKED.replace("mista?", "mista.json?")).status_code == 503
