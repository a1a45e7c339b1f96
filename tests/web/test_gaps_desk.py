"""What a planner finds beside the gap map: ORPs, whom to phone, inequality, files for a report."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from lxml import etree

from referral.catalog.model import AddressRole, Contact
from referral.catalog.snapshot import Catalog
from support.build import SECRET, a_location, a_service
from support.desk import ROOMY, DeskProgram, a_desk, strictly, words
from support.planning import ASSISTANCE, CODES, a_plan_catalog

SILENT = a_service(
    "s-x",
    "Mlčící centrum",
    type="45",
    forms=["A"],
    locations=[a_location("500004", role=AddressRole.PROVIDER_SEAT)],
    contact=Contact(phone="474123456"),
)


def a_catalog_with_a_silent_service() -> Catalog:
    return a_plan_catalog(ROOMY, ASSISTANCE, SILENT)


@pytest.fixture(scope="module")
def program():
    return DeskProgram(a_catalog_with_a_silent_service())


@pytest.fixture(scope="module")
def client(program):
    return a_desk(program)


def page(client, query=""):
    response = client.get(f"/mezery?{query}")
    assert response.status_code == 200, response.text
    return strictly(response.text)


def test_every_page_of_the_desk_leads_to_the_others_with_the_same_area(client):
    links = page(client, "oblast=orp:Údolí").xpath("//nav[@class='gap-desk no-print']//a/@href")
    assert [link.partition("?")[0] for link in links] == [
        "/mezery",
        "/mezery/potreba",
        "/mezery/mista",
        "/mezery/scenar",
    ]
    assert all("oblast=orp" in link for link in links)
    for link in links:
        assert client.get(link).status_code == 200


def test_the_services_to_ask_first_are_a_list_to_phone_through(client, program):
    calls = program.gaps().verify_first
    assert calls
    shown = page(client).xpath("//ol[@class='gap-calls']/li")
    assert len(shown) == len(calls)
    first = words(shown[0])
    name = program.catalog().services[calls[0].service].name
    assert first.startswith(name)
    assert "?" in first
    assert "ožná" not in first
    silent = next(one for one in shown if "Mlčící centrum" in words(one))
    assert silent.xpath(".//a[@href='tel:+420474123456']")
    assert silent.xpath(".//a[@href='/karta/s-x']")


def test_inequality_has_a_sentence_what_it_means_and_a_curve_told_in_words(client):
    parsed = page(client, "pravidlo=45-k")
    text = words(parsed)
    assert "Giniho index říká, jak nerovně je kapacita mezi lidi rozdělena" in text
    curve = parsed.xpath("//*[local-name()='svg' and @class='gap-lorenz']")[0]
    assert curve.get("role") == "img"
    assert "Polovina lidí, která je na tom hůř" in curve.get("aria-label")
    assert not page(client, "pravidlo=45").xpath("//*[@class='gap-lorenz']")


def test_the_share_that_rests_on_unknown_data_is_said(client, program):
    results = [one for one in program.gaps().results if one.rule == "45"]
    people = sum(one.population or 0 for one in results)
    share = 100 * sum(one.unknown_share * (one.population or 0) for one in results) / people
    assert f"stojí {share:.0f} % výsledku" in words(page(client, "pravidlo=45"))


def test_orps_can_be_compared_and_sum_to_the_report(client, program):
    parsed = page(client, "uroven=orp&pravidlo=45")
    rows = parsed.xpath("//tbody[@data-gaps-rows]/tr")
    assert {row.get("data-code") for row in rows} == {"Město", "Údolí"}
    told = sum(
        int(re.search(r"([\d ]+) lidí v", words(row))[1].replace(" ", ""))
        for row in rows
        if " lidí v" in words(row).partition("% lidí")[2]
    )
    summary = next(one for one in program.gaps().summary if one.rule == "45")
    assert told == summary.gap_population
    response = client.get("/mezery?uroven=orp&pravidlo=45")
    data = json.loads(re.search(r'id="gaps-shapes">(.*?)</script>', response.text, re.DOTALL)[1])
    assert {one["id"] for one in data["places"]["features"]} == {"Město", "Údolí"}


def test_the_choice_of_orps_stays_in_the_links_of_rules_and_files(client):
    parsed = page(client, "uroven=orp")
    assert parsed.xpath("//select[@id='uroven']/option[@selected]/@value") == ["orp"]
    assert all(
        "uroven=orp" in link for link in parsed.xpath("//a[contains(@href,'pravidlo=')]/@href")
    )
    links = parsed.xpath("//ul[@class='gap-take']//a/@href")
    assert any(".svg?" in link and "uroven=orp" in link for link in links)


def test_the_table_for_excel_has_every_result(client, program):
    link = next(one for one in page(client).xpath("//a/@href") if ".csv" in one)
    response = client.get(link)
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(program.gaps().results)
    for summary in program.gaps().summary:
        gaps = [row for row in rows if row["Pravidlo"] == summary.rule and row["Stav"] == "mezera"]
        assert sum(int(row["Obyvatel"] or 0) for row in gaps) == summary.gap_population


@pytest.mark.parametrize("query", ["rule=45", "rule=45&uroven=orp", ""])
def test_the_map_for_a_report_is_the_map_of_the_page(client, query):
    svg = client.get(f"/mezery.svg?{query}")
    assert svg.mimetype == "image/svg+xml"
    titles = [
        node.text for node in etree.fromstring(svg.data).iter("{http://www.w3.org/2000/svg}title")
    ]
    asked = query.replace("rule", "pravidlo")
    rows = page(client, asked).xpath("//tbody[@data-gaps-rows]/tr")
    shown = {
        f"{row.xpath('./th/text()')[0].strip()}: {row.xpath('.//*[@data-value]')[0].text_content()}"
        for row in rows
    }
    assert set(titles[1:]) == shown
    assert client.get(f"/mezery.png?{query}").data.startswith(b"\x89PNG")


def test_without_scripts_the_drawn_map_stands_on_the_page(client):
    image = page(client, "pravidlo=45").xpath("//noscript//img")[0]
    assert client.get(image.get("src")).mimetype == "image/svg+xml"
    assert image.get("alt")


def test_nobody_is_asked_where_a_secret_address_is():
    secret = replace(SILENT, id="s-s", name="Tajný dům", locations=(SECRET,))
    other = a_desk(DeskProgram(a_plan_catalog(ROOMY, ASSISTANCE, secret)))
    calls = page(other).xpath("//ol[@class='gap-calls']/li")
    told = " ".join(words(one) for one in calls if "Tajný dům" in words(one))
    assert "kde službu poskytujete" not in told
    assert len(CODES) == len(page(other).xpath("//tbody[@data-gaps-rows]/tr"))
