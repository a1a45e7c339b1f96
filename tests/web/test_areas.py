"""The pages of a municipality and of an ORP: the search's answers and the norm's, in one place."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from referral.bootstrap import Program, build
from referral.catalog.model import AddressRole
from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapStatus
from referral.settings import Settings
from referral.web.app import create_app
from referral.web.orp_address import orp_key, orp_of
from support.build import a_municipality, a_territory
from support.site import TODAY
from support.web import page_of

VEJPRTY, KADAN = "563404", "563102"


def text_of(page, path: str = "//main") -> str:
    return re.sub(r"\s+", " ", page.xpath(f"string({path})")).strip()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The whole program, with its gaps and its surveys."""
    file = tmp_path_factory.mktemp("areas") / "site.sqlite3"
    made = build(Settings(database_url=f"sqlite:///{file}"), today=lambda: TODAY)
    made.migrate()
    made.load_embedded()
    yield made
    made.close()


@pytest.fixture(scope="module")
def real(program: Program) -> FlaskClient:
    """A browser in front of it."""
    return create_app(program, settings=program.settings, today=lambda: TODAY).test_client()


@pytest.fixture(scope="module")
def vejprty(real: FlaskClient):
    return page_of(real.get(f"/obec/{VEJPRTY}").text)


def test_every_situation_stands_under_exactly_one_first_call(vejprty, embedded: Catalog):
    links = vejprty.xpath("//ul[@class='local']//a[contains(@class,'chip')]/@href")
    assert sorted(links) == sorted(f"/situace/{code.lower()}" for code in embedded.vocabulary.needs)


def test_the_first_call_is_the_one_that_the_search_gives(real: FlaskClient, vejprty):
    answer = real.post("/api/match", json={"place": VEJPRTY, "need": ["PEC-HYG"]}).json
    (panel,) = vejprty.xpath("//ul[@class='local']/li[.//a[@href='/situace/pec-hyg']]")
    assert text_of(panel, ".//h3") == answer["next_step"]["who"]


def test_what_cannot_wait_stands_first(vejprty):
    urgent = vejprty.xpath("//ul[@class='local']/li[contains(@class,'local--urgent')]")
    everything = vejprty.xpath("//ul[@class='local']/li")
    assert urgent == everything[: len(urgent)]
    assert urgent[0].xpath(".//a[starts-with(@href,'tel:')]")


def test_who_comes_and_who_is_there_is_told_from_the_catalogue(vejprty, embedded: Catalog):
    here = vejprty.xpath("//section[h2[@id='tady']]//li/a/@href")
    known = [
        f"/karta/{one.id}"
        for one in embedded.services.values()
        if any(
            place.municipality == VEJPRTY
            and place.role in {AddressRole.FACILITY, AddressRole.LISTED}
            for place in one.locations
        )
    ]
    assert sorted(here) == sorted(known)
    for href in vejprty.xpath("//section[h2[@id='jezdi']]//li/a/@href"):
        service = embedded.service(href.rsplit("/", 1)[-1])
        assert VEJPRTY in service.coverage.certain


def test_the_norm_is_called_what_it_is_and_its_numbers_add_up(vejprty):
    said = text_of(vejprty, "//section[h2[@id='chybi']]")
    assert "není to úřední standard" in said
    met, of, gaps, partial, unknown = map(
        int,
        re.search(
            r"Splněno (\d+) z (\d+) pravidel; mezer (\d+), částečně (\d+), neznámo (\d+)", said
        ).groups(),
    )
    assert met + gaps + partial + unknown == of > 0


def test_a_question_from_the_page_asks_about_this_municipality(real: FlaskClient, vejprty):
    form = vejprty.xpath("//main//form")[0]
    data = {one.get("name"): one.get("value", "") for one in form.xpath(".//input")}
    page = page_of(real.post("/pomoc", data={**data, "says": "nemůže se umýt"}).text)
    assert "Vejprty" in text_of(page, "//h1")
    assert page.xpath(f"//p[@class='results__where']/a[@href='/obec/{VEJPRTY}']")


def test_an_orp_lists_its_municipalities_with_the_gaps_of_the_report(
    real: FlaskClient, embedded: Catalog
):
    page = page_of(real.get(f"/orp/{KADAN}").text)
    links = page.xpath("//table//th/a/@href")
    assert sorted(links) == sorted(f"/obec/{one}" for one in embedded.territory.by_orp["Kadaň"])
    report = real.get("/api/gaps?area=Kadaň&level=orp").json
    gaps = [one for one in report["results"] if one["status"] == GapStatus.GAP]
    here = sum(one["municipality"] == VEJPRTY for one in gaps)
    row = page.xpath(f"//tr[th/a[@href='/obec/{VEJPRTY}']]/td/text()")
    assert row[2].startswith(f"{here} z")


@pytest.mark.parametrize("path", ["/obec/000000", "/obec/x", "/orp/000000", f"/orp/{VEJPRTY}"])
def test_what_is_not_there_is_not_found(real: FlaskClient, path: str):
    assert real.get(path).status_code == 404


def test_an_orp_is_addressed_by_its_town_or_else_by_its_lowest_code():
    territory = a_territory(
        [
            a_municipality("500003", "Město", orp="Město"),
            a_municipality("500001", "Ves", orp="Město"),
            a_municipality("500007", "Lhota", orp="Jinde"),
            a_municipality("500005", "Hora", orp="Jinde"),
        ]
    )
    assert orp_key("Město", territory) == "500003"
    assert orp_key("Jinde", territory) == "500005"
    assert orp_of("500003", territory) == "Město"
    assert orp_of("500005", territory) == "Jinde"
    assert orp_of("500001", territory) is None
    assert orp_of("599999", territory) is None


def test_what_is_known_beside_the_norm_goes_with_the_gaps_that_are_taken_away(
    real: FlaskClient, program: Program
):
    def taken() -> tuple[dict, list[str]]:
        area = "area=Kadaň&level=orp"
        book = load_workbook(BytesIO(real.get(f"/mezery.xlsx?{area}").data))
        return real.get(f"/api/gaps?{area}").json["evidence"], book.sheetnames

    _, plain = taken()
    for _ in range(7):
        program.evidence_store.count_unmet("Kadaň", needs=["PEC-HYG"], on=date(2026, 7, 1))
    told, sheets = taken()
    assert "7" in str(told)
    assert set(sheets) > set(plain)
