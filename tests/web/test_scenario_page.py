"""What if, over HTTP: a scenario beside the present, and one put together in a form."""

import json
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from referral.catalog.vocabulary import Form
from referral.ingest.scenario_text import read_scenario_text
from referral.network.scenarios import (
    AddService,
    CloseService,
    ExtendService,
    MoveService,
    SetCapacity,
)
from referral.web.planning import BusyError
from support.build import a_service
from support.desk import DeskProgram, a_desk, strictly, words
from support.planning import a_plan_catalog

TEXT = """
name = "Denní centrum v Údolí"
note = "Jen úvaha."
area = "celé načtené území"

[[changes]]
do = "add"
type = "45"
form = "A"
at = ["Údolí"]

[[changes]]
do = "close"
service = "s-39"
"""


@pytest.fixture(scope="module")
def client():
    return a_desk()


def sent(client, **fields):
    return client.post("/mezery/scenar", data=fields, content_type="multipart/form-data")


def shown(client, **fields):
    response = sent(client, **fields)
    assert response.status_code == 200, response.text
    return strictly(response.text)


def scenario_of(page):
    return read_scenario_text(page.xpath("//textarea[@id='text']")[0].text)


def test_the_empty_page_is_a_form_with_a_label_for_everything(client):
    response = client.get("/mezery/scenar?oblast=orp:Údolí")
    page = strictly(response.text)
    assert page.xpath("//select[@id='oblast']//option[@selected]/@value") == ["orp:Údolí"]
    assert not page.xpath("//table")
    assert "scénář se neukládá" in words(page)


def test_a_scenario_stands_beside_the_present_rule_by_rule(client):
    page = shown(client, text=TEXT)
    text = words(page)
    assert "Denní centrum v Údolí – celé načtené území" in text
    assert "Jen úvaha." in text
    assert "Získá 1 470 lidí ve 3 obcích." in text
    assert "Přijde o ni 9 700 lidí ve 2 obcích." in text
    assert "Přidat: centra denních služeb, ambulantní" in text
    assert "Zavřít: Asistence (s-39)" in text


def test_every_municipality_that_changes_is_listed_as_the_document_has_it(client):
    page = shown(client, text=TEXT)
    rows = page.xpath("//table[caption[@id='turns-caption']]/tbody/tr")
    document = client.post("/mezery/scenar.json", data={"text": TEXT}).get_json()
    said = [words(row.xpath("./th")[0]).partition(" ORP")[0] for row in rows]
    assert said == [turn["name"] for turn in document["changes"]]
    better = [words(row.xpath("./td[4]")[0]).rpartition(" ")[2] for row in rows]
    order = ["met", "partial", "unknown", "gap"]
    assert better == [
        "lepší" if order.index(one["after"]) < order.index(one["before"]) else "horší"
        for one in document["changes"]
    ]


def test_the_map_of_changes_and_its_table_agree(client):
    response = sent(client, text=TEXT)
    page = strictly(response.text)
    data = json.loads(re.search(r'id="gaps-data">(.*?)</script>', response.text, re.DOTALL)[1])
    rows = page.xpath("//tbody[@data-gaps-rows]/tr")
    assert [row.get("data-code") for row in rows] == [place[0] for place in data["places"]]
    legend = data["views"][0]["legend"]
    keys = {
        row.get("data-code"): legend[int(key)]
        for row, key in zip(rows, data["views"][0]["keys"], strict=True)
    }
    document = client.post("/mezery/scenar.json", data={"text": TEXT}).get_json()
    changed = {turn["municipality"] for turn in document["changes"]}
    assert {code for code, key in keys.items() if key != "n0"} == changed
    # Those that change stand above the others.
    codes = [row.get("data-code") for row in rows]
    assert set(codes[: len(changed)]) == changed


def test_the_downloads_hold_the_same_and_the_scenario_comes_back_whole(client):
    book = load_workbook(BytesIO(client.post("/mezery/scenar.xlsx", data={"text": TEXT}).data))
    assert book.sheetnames[0] == "Pravidla"
    toml = client.post("/mezery/scenar.toml", data={"text": TEXT})
    assert toml.headers["Content-Disposition"].startswith("attachment;")
    assert read_scenario_text(toml.text) == read_scenario_text(TEXT)
    svg = client.post("/mezery/scenar.svg", data={"text": TEXT})
    assert svg.mimetype == "image/svg+xml"
    assert "Scénář je úvaha" in svg.text
    png = client.post("/mezery/scenar.png", data={"text": TEXT})
    assert png.data.startswith(b"\x89PNG")


def test_a_file_counts_above_the_text_and_is_not_kept(client):
    file = (BytesIO(("\ufeff" + TEXT.replace("Denní", "Jiné")).encode()), "scenar.toml")
    response = sent(client, text=TEXT, soubor=file)
    assert "Jiné centrum v Údolí" in response.text
    assert "Jiné" not in sent(client, text=TEXT).text
    assert response.headers["Cache-Control"] == "no-store"


def test_json_is_read_as_well(client):
    text = '{"name": "Konec", "changes": [{"do": "close", "service": "s-45"}]}'
    assert "Zavřít: Denní centrum" in words(shown(client, text=text))


@pytest.mark.parametrize(
    ("text", "where", "sentence"),
    [
        ("name = 'x'\n[[changes]]\ndo = add\n", "Řádek 3, klíč „do“", "nejde přečíst jako TOML"),
        ('name = "x"\n[[changes]]\ndo = "ad"\n', "Řádek 3, klíč „do“", "ad"),
        (
            'name = "x"\n[[changes]]\ndo = "close"\nservice = "nic"\n',
            "Řádek 4, klíč „service“",
            "služba „nic“ v katalogu není",
        ),
        (
            TEXT.replace('at = ["Údolí"]', 'at = ["Nikde"]'),
            "Řádek 10, klíč „at“",
            "obec „Nikde“ mezi načtenými není",
        ),
        (TEXT.replace("celé načtené území", "Nikde"), "Řádek 4, klíč „area“", "Území „Nikde“"),
        (TEXT.replace("area =", 'norm = "/etc/passwd"\narea ='), "klíč „norm“", "nemáme"),
        ("", "", "scénář je prázdný"),
        ('{"name": }', "Řádek 1", "není platný JSON"),
        ("[" * 5000, "", "TOML"),
    ],
)
def test_a_mistake_names_its_line_and_key(client, text, where, sentence):
    response = sent(client, text=text)
    assert response.status_code == 422
    alert = words(strictly(response.text).xpath("//*[@role='alert']")[0])
    assert where in alert
    assert sentence.casefold() in alert.casefold()
    problem = client.post("/mezery/scenar.json", data={"text": text})
    assert problem.status_code == 422
    assert problem.mimetype == "application/problem+json"


def test_a_file_that_is_no_text_is_refused(client):
    response = sent(client, soubor=(BytesIO(b"\xff\xfe\x00"), "x.toml"))
    assert response.status_code == 422
    assert "UTF-8" in response.text


def test_a_scenario_of_too_many_changes_is_for_the_command_line(client):
    close = '\n[[changes]]\ndo = "close"\nservice = "s-39"\n'
    response = sent(client, text='name = "x"\n' + close * 101)
    assert response.status_code == 422
    assert "nejvýš 100" in response.text


BUILT = [
    (
        {"zmena": "add", "druh": "45", "forma": "A", "kde": "Údolí, 500002"},
        AddService(type="45", form="A", at=("Údolí", "500002")),
    ),
    (
        {"zmena": "add", "druh": "39", "forma": "T", "kde": "Konec", "kam": "Údolí, ORP Město"},
        AddService(type="39", form="T", at=("Konec",), covers=("Údolí", "orp:Město")),
    ),
    ({"zmena": "close", "sluzba": "1234567"}, CloseService(service="s-45")),
    (
        {"zmena": "move", "sluzba": "denní centrum", "nove_misto": "Kopec"},
        MoveService(service="s-45", to="Kopec"),
    ),
    (
        {"zmena": "extend", "sluzba": "Asistence", "kam": "do 10 km od Kopce"},
        ExtendService(service="s-39", covers=("radius:10:Kopec",)),
    ),
    (
        {"zmena": "capacity", "sluzba": "s-45", "jednotka": "klient", "mnozstvi": "12,5"},
        SetCapacity(service="s-45", unit="klient", amount=12.5),
    ),
]


@pytest.mark.parametrize(("fields", "change"), BUILT)
def test_a_change_filled_in_becomes_one_of_the_scenario(client, fields, change):
    page = shown(client, krok="pridej", nazev="Zkouška", **fields)
    made = scenario_of(page)
    assert (made.name, made.changes) == ("Zkouška", (change,))
    assert len(page.xpath("//ol[@class='gap-changes']/li")) == 1


def test_changes_are_added_one_after_another_and_can_be_taken_back(client):
    page = shown(client, krok="pridej", **BUILT[0][0])
    text = page.xpath("//textarea[@id='text']")[0].text
    page = shown(client, krok="pridej", text=text, **BUILT[2][0])
    made = scenario_of(page)
    assert made.changes == (BUILT[0][1], BUILT[2][1])
    text = page.xpath("//textarea[@id='text']")[0].text
    assert scenario_of(shown(client, krok="odeber-1", text=text)).changes == (BUILT[2][1],)
    left = shown(
        client,
        krok="odeber-1",
        text=client.post(
            "/mezery/scenar.toml",
            data={"text": 'name="x"\n[[changes]]\ndo="close"\nservice="s-45"'},
        ).text,
    )
    assert left.xpath("//textarea[@id='text']")[0].text.strip() == ""
    assert not left.xpath("//ol[@class='gap-changes']")


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({}, "zmena", "Vyberte, co se má změnit."),
        ({"zmena": "add"}, "druh", "Vyberte druh služby."),
        ({"zmena": "add", "druh": "45", "forma": "P"}, "forma", "může být jen ambulantní"),
        ({"zmena": "add", "druh": "45", "forma": "A"}, "kde", "Napište obec"),
        (
            {"zmena": "add", "druh": "45", "forma": "A", "kde": "Blízká"},
            "kde",
            "Obcí „Blízká“ je víc; napište jednu z: Blízká (ORP Město)",
        ),
        (
            {"zmena": "add", "druh": "45", "forma": "A", "kde": "Xyzzyq"},
            "kde",
            "Obec „Xyzzyq“ mezi načtenými není.",
        ),
        (
            {"zmena": "add", "druh": "39", "forma": "T", "kde": "Konec"},
            "kam",
            "Napište, kam služba bude jezdit",
        ),
        (
            {"zmena": "extend", "sluzba": "s-39", "kam": "někam do Brna"},
            "kam",
            "si nejsme jistí",
        ),
        ({"zmena": "close"}, "sluzba", "Napište, které služby"),
        ({"zmena": "close", "sluzba": "neznámá"}, "sluzba", "v katalogu není"),
        ({"zmena": "move", "sluzba": "s-45"}, "nove_misto", "kam se služba přestěhuje"),
        ({"zmena": "capacity", "sluzba": "s-45"}, "jednotka", "v čem se kapacita počítá"),
        (
            {"zmena": "capacity", "sluzba": "s-45", "jednotka": "klient", "mnozstvi": "-1"},
            "mnozstvi",
            "není číslo větší než 0",
        ),
    ],
)
def test_a_field_that_cannot_be_used_is_named(client, fields, field, sentence):
    response = sent(client, krok="pridej", **fields)
    assert response.status_code == 422
    page = strictly(response.text)
    alert = page.xpath("//*[@role='alert']")[0]
    assert sentence in words(alert)
    assert alert.xpath(f".//a[@href='#{field}']")


def test_a_wrong_field_leaves_the_scenario_and_its_result_on_the_page(client):
    response = sent(client, krok="pridej", text=TEXT)
    assert response.status_code == 422
    assert "Získá 1 470 lidí" in words(strictly(response.text))


def test_the_area_of_the_page_counts_above_that_of_the_scenario(client):
    page = shown(client, text=TEXT, oblast="orp:Údolí")
    assert "Denní centrum v Údolí – ORP Údolí" in words(page)
    assert len(page.xpath("//tbody[@data-gaps-rows]/tr")) == 4


def test_a_step_that_nobody_can_press_does_no_harm(client):
    assert sent(client, krok="odeber-x", text=TEXT).status_code in {200, 422}
    assert sent(client, krok="odeber-99", text=TEXT).status_code == 200


def test_a_name_that_several_services_bear_is_asked_back_and_answered_with_a_click():
    homes = [
        a_service(f"d-{at}", f"Domov {at}", type="49", forms=[Form.RESIDENTIAL]) for at in (1, 2)
    ]
    client = a_desk(DeskProgram(a_plan_catalog(*homes)))
    response = sent(client, krok="pridej", zmena="close", sluzba="Domov")
    assert response.status_code == 422
    page = strictly(response.text)
    assert page.xpath("//input[@type='radio' and @name='vybrana']/@value") == ["d-1", "d-2"]
    page = shown(client, krok="pridej", zmena="close", sluzba="Domov", vybrana="d-2")
    assert scenario_of(page).changes == (CloseService(service="d-2"),)


def test_who_would_wait_too_long_is_told_to_come_back(client, monkeypatch):
    def busy(_turns):
        raise BusyError

    monkeypatch.setattr("referral.web.planning.Turns.turn", busy)
    assert sent(client, text=TEXT).status_code == 503
    assert client.post("/mezery/scenar.json", data={"text": TEXT}).status_code == 503
    # A wrong field is told all the same, only without the result.
    response = sent(client, krok="pridej", text=TEXT)
    assert response.status_code == 422
    assert "Vyberte, co se má změnit." in response.text
