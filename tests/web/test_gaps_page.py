"""The gap report over HTTP."""

import json
import re
from contextlib import nullcontext
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from referral.ingest.norm_file import norm_names
from referral.network.norms import NormError
from referral.resources import data_dir
from referral.settings import Settings
from referral.usecases.find_area import AreaLevel, find_area
from referral.web.app import create_app
from referral.web.gaps_document import gaps_document
from referral.web.gaps_page import gaps_pages
from support.accounts import KEY, held_accounts, list_as_public
from support.gaps import NORM, PLACES, a_gap_catalog, a_gap_report

CODES = [code for code, *_rest in PLACES]
NORMS = ("zkouska", "jina")
PREFIX = "/zkouska"


class FakeProgram:
    """Answers with the small report and remembers what it was asked."""

    signing_key = KEY

    def __init__(self):
        self.asked = []
        self.accounts = held_accounts()
        self._catalog = a_gap_catalog()

    def catalog(self):
        return self._catalog

    def one_state(self):
        return nullcontext()

    def boundaries(self):
        return ()

    def norm(self, name=None):
        if name == "jina":
            raise NormError("pravidlo 1.: chybí klíč „code“; doplňte jej")
        return NORM

    def gaps(self, area=None, level=None, norm=None):
        self.asked.append((area, level, norm))
        if norm == "jina":
            raise NormError("pravidlo 1.: chybí klíč „code“; doplňte jej")
        territory = self._catalog.territory
        found = find_area(area, territory=territory, level=AreaLevel(level) if level else None)
        return a_gap_report(area=found.name)


@pytest.fixture
def program():
    return FakeProgram()


class Client:
    """Asks an application in which two norms may be chosen, under a prefix of its own."""

    def __init__(self, program):
        app = create_app(program, settings=Settings(), today=lambda: date(2026, 9, 1))
        app.register_blueprint(gaps_pages(program, norms=NORMS), name="trial", url_prefix=PREFIX)
        list_as_public(app)
        self._client = app.test_client()

    def get(self, path, **options):
        own = path.startswith(("/mezery", "/api/gaps"))
        return self._client.get(PREFIX + path if own else path, **options)


@pytest.fixture
def client(program):
    return Client(program)


class _Page(HTMLParser):
    """The parts of a page that these tests look at."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.links, self.scripts, self.styles, self.chosen = [], [], [], [], {}
        self._select = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if "data-code" in named:
            self.rows.append(named["data-code"])
        if tag == "a":
            self.links.append(named.get("href", ""))
        if tag == "script":
            self.scripts.append(named)
        if tag == "link":
            self.styles.append(named.get("href", ""))
        if tag == "select":
            self._select = named["name"]
        if tag == "option" and "selected" in named:
            self.chosen[self._select] = named["value"]


def read(response):
    assert response.status_code == 200, response.text
    return _Page(response.text)


def inline(page, identity):
    """Return the JSON that stands in the page under this id."""
    found = re.search(rf'id="{identity}">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def test_the_page_lists_the_municipalities_of_the_report_in_its_order(client):
    assert read(client.get("/mezery")).rows == CODES
    assert read(client.get("/mezery?oblast=kraj:Zkušební kraj&pravidlo=40")).rows == CODES


def test_the_page_says_whom_the_network_fails_and_how_binding_the_norm_is(client):
    page = client.get("/mezery?pravidlo=40").text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "V 1 obci žije 4 100 lidí bez dostupné služby „pečovatelská služba“." in page
    assert page.index("není úředním standardem") < page.index("data-gaps-rows")


def test_what_was_chosen_stays_chosen(client):
    page = read(client.get("/mezery?oblast=orp:Dolany&pravidlo=39-t"))
    assert (page.chosen["oblast"], page.chosen["pravidlo"]) == ("orp:Dolany", "39-t")
    page = read(client.get("/mezery?oblast=okres:Okres"))
    assert page.chosen["oblast"] == "okres:Okres"
    assert "oblast" not in read(client.get("/mezery")).chosen


@pytest.mark.parametrize("name", ["Dolany", "dolany", " DOLANY "])
def test_an_area_may_be_named_without_its_level(client, program, name):
    page = read(client.get("/mezery", query_string={"oblast": name}))
    assert page.chosen["oblast"] == "orp:Dolany"
    assert program.asked == [(name.strip(), None, None)]


def test_a_name_with_a_colon_that_is_no_level_stays_a_name(client, program):
    client.get("/mezery?oblast=x:Dolany")
    assert program.asked == [("x:Dolany", None, None)]


def test_every_rule_links_to_its_own_map_of_the_same_area(client):
    links = [
        parse_qs(urlsplit(link).query)
        for link in read(client.get("/mezery?oblast=orp:Dolany")).links
        if "pravidlo=" in link
    ]
    assert [link["pravidlo"] for link in links] == [["40"], ["39-t"], ["49"]]
    assert {tuple(link["oblast"]) for link in links} == {("orp:Dolany",)}


def test_scripts_and_styles_come_from_this_host_and_none_stands_in_the_page(client):
    response = client.get("/mezery")
    page = read(response)
    for script in page.scripts:
        assert script.get("type") == "application/json" or script["src"].startswith("/")
    assert all(style.startswith("/") for style in page.styles)
    assert " style=" not in response.text
    assert "'unsafe" not in response.headers["Content-Security-Policy"]
    for script in page.scripts:
        if "src" in script:
            with client.get(script["src"]) as answer:
                assert answer.status_code == 200


def test_the_data_for_the_map_stand_in_the_page(client):
    page = client.get("/mezery?pravidlo=49").text
    data, shapes = inline(page, "gaps-data"), inline(page, "gaps-shapes")
    assert [place[0] for place in data["places"]] == CODES
    assert [view["code"] for view in data["views"]] == ["49"]
    assert [one["id"] for one in shapes["places"]["features"]] == CODES
    assert [one["id"] for one in shapes["orps"]["features"]] == ["Bystrá", "Dolany"]


def test_the_downloads_of_a_page_hold_the_same_area_and_norm(client, program):
    page = read(client.get("/mezery?oblast=orp:Dolany&norma=zkouska&pravidlo=40"))
    faces = [link for link in page.links if "/api/" in link or ".xlsx" in link or ".html" in link]
    assert len(faces) == 4
    for link in faces:
        assert client.get(link.removeprefix(PREFIX)).status_code == 200
    assert set(program.asked) == {("Dolany", "orp", "zkouska")}
    assert "rule=40" in next(link for link in faces if ".html" in link)


def test_a_page_about_everything_has_downloads_about_everything(client):
    page = read(client.get("/mezery"))
    faces = {"/api/gaps", "/api/gaps.geojson", "/mezery.xlsx", "/mezery.html"}
    assert {PREFIX + face for face in faces} <= set(page.links)


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("oblast=Dolny", "oblast", "Nemysleli jste: Dolany"),
        ("oblast=orp:Zkušební kraj", "oblast", "Území „Zkušební kraj“"),
        ("pravidlo=99", "pravidlo", "pravidla jsou: 40, 39-t, 49."),
        ("norma=../tajne", "norma", "možnosti jsou: zkouska, jina."),
        ("norma=jina", "norma", "chybí klíč „code“"),
    ],
)
def test_a_choice_that_is_not_there_gets_a_page_that_names_the_field(
    client, query, field, sentence
):
    response = client.get(f"/mezery?{query}")
    assert response.status_code == 422
    assert f'<a href="#{field}">' in response.text
    assert f'id="{field}"' in response.text
    assert sentence in response.text
    assert _Page(response.text).rows == []


def test_the_document_is_the_report_in_the_shape_of_the_contract(client):
    response = client.get("/api/gaps?area=Dolany&level=orp&norm=zkouska")
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    expected = gaps_document(a_gap_report(area="Dolany"))
    assert response.get_json() == json.loads(json.dumps(expected))
    assert list(response.get_json())[:3] == ["norm", "area", "as_of"]


def test_the_features_stand_in_the_order_of_the_document(client):
    response = client.get("/api/gaps.geojson")
    assert response.mimetype == "application/geo+json"
    assert [one["id"] for one in json.loads(response.text)["features"]] == CODES


@pytest.mark.parametrize("path", ["/api/gaps", "/api/gaps.geojson", "/mezery.xlsx", "/mezery.html"])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("area=Dolny", "area"),
        ("area=Dolany&level=obec", "level"),
        ("norm=/etc/passwd", "norm"),
        ("norm=jina", "norm"),
        ("rule=99", "rule"),
    ],
)
def test_a_program_gets_a_problem_document_that_names_the_field(client, path, query, field):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    assert [error["field"] for error in response.get_json()["errors"]] == [field]


def test_a_norm_by_path_is_never_handed_on(client, program):
    client.get("/api/gaps?norm=/etc/passwd")
    client.get("/mezery?norma=data/norms/zkouska.toml")
    assert program.asked == []


def test_the_workbook_is_a_file_named_after_the_area(client):
    response = client.get("/mezery.xlsx?area=Dolany")
    assert response.mimetype.endswith("spreadsheetml.sheet")
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"mezery-dolany.xlsx\"; filename*=UTF-8''mezery%20Dolany.xlsx"
    )
    assert load_workbook(BytesIO(response.data)).sheetnames[0] == "Souhrn"


def test_the_map_to_keep_is_a_file_that_opens_with_the_chosen_rule(client):
    response = client.get("/mezery.html?rule=49")
    assert response.mimetype == "text/html"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert '<option value="49" selected>' in response.text


def test_norms_can_be_chosen_where_there_are_more_of_them(client):
    assert read(client.get("/mezery")).chosen["norma"] == NORM.id
    page = client.get("/mezery").text
    assert f">{NORM.name}</option>" in page
    assert '<option value="jina">jina</option>' in page


def test_the_shipped_norms_can_be_chosen(program):
    app = create_app(program, settings=Settings(), today=lambda: date(2026, 9, 1))
    page = app.test_client().get("/mezery").text
    assert all(f'value="{name}"' in page for name in norm_names(data_dir() / "norms"))
    assert 'id="norma"' in app.test_client().get("/mezery?norma=jina").text
