"""Need beside the gap, over HTTP."""

import csv
import io
import json
import re
from datetime import date

import pytest

from referral.catalog.evidence import ExclusionValue, UnmetCount
from referral.web.need_crossing import third_of, thirds
from support.desk import DeskProgram, a_desk, strictly, words
from support.planning import CODES


class Needy(DeskProgram):
    """With an index for all but one municipality, and counts of which one is too small to tell."""

    exclusion = tuple(
        ExclusionValue(municipality=code, year=2024, value=float(value), source="")
        for value, code in enumerate(CODES[:-1])
    )
    unmet = (
        UnmetCount(orp="Město", need="PEC-HYG", month=date(2026, 3, 1), count=12),
        UnmetCount(orp="Údolí", need="PEC-HYG", month=date(2026, 3, 1), count=3),
    )


@pytest.fixture(scope="module")
def client():
    return a_desk(Needy())


def page(client, query=""):
    response = client.get(f"/mezery/potreba?{query}")
    assert response.status_code == 200, response.text
    return strictly(response.text), response.text


def test_the_square_counts_every_municipality_once_and_agrees_with_the_table(client):
    parsed, text = page(client, "pravidlo=45")
    data = json.loads(re.search(r'id="gaps-data">(.*?)</script>', text, re.DOTALL)[1])
    keys = [data["views"][0]["legend"][int(one)] for one in data["views"][0]["keys"]]
    told = {
        cell.get("data-legend"): int(cell.xpath(".//*[@data-count]")[0].text_content())
        for cell in parsed.xpath("//*[@data-legend]")
    }
    assert told == {key: keys.count(key) for key in told}
    assert sum(told.values()) == len(CODES)
    assert len(parsed.xpath("//tbody[@data-gaps-rows]/tr")) == len(CODES)


def test_the_square_speaks_in_words_of_the_rule(client):
    parsed, _text = page(client, "pravidlo=45")
    square = parsed.xpath("//table[@class='gap-square']")[0]
    rows = [words(one) for one in square.xpath(".//tbody/tr/th")]
    assert rows == ["mezera", "částečně", "splněno"]
    heads = [words(one) for one in square.xpath(".//thead//th")]
    assert heads[0].startswith("potřeba malá (do ")
    assert heads[2].startswith("potřeba velká (nad ")


def test_who_lives_there_is_said_to_be_no_measure_of_need(client):
    parsed, _text = page(client)
    assert "Počet lidí není počet těch, kdo pomoc potřebují" in words(parsed)
    assert "Třídy potřeby jsou třetiny" in words(parsed)


def test_the_index_has_its_year_and_a_place_without_it_has_no_class(client):
    parsed, _text = page(client, "potreba=vylouceni&pravidlo=45")
    assert "Index je za rok 2024" in words(parsed)
    row = next(
        row
        for row in parsed.xpath("//tbody[@data-gaps-rows]/tr")
        if row.get("data-code") == CODES[-1]
    )
    assert "nelze zařadit" in words(row)


def test_small_counts_are_never_shown_and_their_places_have_no_class(client):
    parsed, _text = page(client, "potreba=nenalezeno")
    rows = {row.get("data-code"): words(row) for row in parsed.xpath("//tbody[@data-gaps-rows]/tr")}
    assert "nelze zařadit" in rows["500004"]
    assert "potřeba: neznámo nebo málo případů" in rows["500004"]
    assert "potřeba: 1,2 na 1 000" in rows["500001"]
    assert "méně než pět případů se neukazuje" in words(parsed)
    assert "vlastní počty této instalace" in words(parsed)
    assert "Započteno do 31. 8. 2026" in words(parsed)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("odmitnuti", "menší počty neukazujeme"),
        ("80", "Zdroj počty lidí tohoto věku"),
    ],
)
def test_a_layer_of_which_nothing_is_known_says_so(client, kind, sentence):
    parsed, _text = page(client, f"potreba={kind}")
    assert sentence in words(parsed)


def test_without_an_index_the_page_says_that_none_was_loaded():
    parsed, _text = page(a_desk(), "potreba=vylouceni")
    assert "Index sociálního vyloučení není nahraný" in words(parsed)


def test_orps_are_compared_as_wholes(client):
    parsed, _text = page(client, "uroven=orp&pravidlo=45")
    rows = parsed.xpath("//tbody[@data-gaps-rows]/tr")
    assert [row.get("data-code") for row in rows] == ["Město", "Údolí"]
    # The valley lies wholly beyond what the day centre reaches; of the town only the hill does.
    assert "mezera se týká 4 % lidí" in words(rows[0])
    assert "mezera se týká 100 % lidí" in words(rows[1])
    assert "málo mezer" in words(rows[0])
    by_index, _text = page(client, "uroven=orp&pravidlo=45&potreba=vylouceni")
    worst = by_index.xpath("//tbody[@data-gaps-rows]/tr")[0]
    assert worst.get("data-code") == "Údolí"
    assert "hodně mezer" in words(worst)
    overall, _text = page(client, "uroven=orp")
    assert "pravidel s mezerou" in words(overall)


def test_the_files_hold_what_the_page_shows(client):
    parsed, _text = page(client, "pravidlo=45")
    links = parsed.xpath("//ul[@class='gap-take']//a/@href")
    assert len(links) == 3
    table = client.get(next(link for link in links if ".csv" in link))
    assert table.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig")), delimiter=";"))
    shown = [
        words(row.xpath(".//*[@data-value]")[0])
        for row in parsed.xpath("//tbody[@data-gaps-rows]/tr")
    ]
    assert [row["Co mapa ukazuje"] for row in rows] == shown
    assert all("Vypočteno" in row["Podle čeho a odkud"] for row in rows)
    svg = client.get(next(link for link in links if ".svg" in link)).text
    assert "větší potřeba →" in svg
    assert client.get(next(link for link in links if ".png" in link)).data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("potreba=hlad", "potreba", "Takovou potřebu neznáme"),
        ("uroven=stat", "uroven", "úroveň obcí, nebo ORP"),
        ("pravidlo=99", "pravidlo", "Pravidlo „99“"),
        ("oblast=Nikde", "oblast", "Území „Nikde“"),
    ],
)
def test_a_wrong_choice_is_named(client, query, field, sentence):
    response = client.get(f"/mezery/potreba?{query}")
    assert response.status_code == 422
    alert = strictly(response.text).xpath("//*[@role='alert']")[0]
    assert sentence in words(alert)
    assert alert.xpath(f".//a[@href='#{field}']")
    assert client.get(f"/mezery/potreba.svg?{query}").status_code == 422


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        ([0, 0, 0], [1, 1, 1]),
        ([4, 4, 4], [2, 2, 2]),
        ([1, 1, 5, 5, 5, 5], [1, 1, 2, 2, 2, 2]),
        ([1, 2, 5, 5, 5, 5, 5], [1, 2, 3, 3, 3, 3, 3]),
        ([1, 2, 3, 4, 5, 6], [1, 1, 2, 2, 3, 3]),
    ],
)
def test_the_largest_number_of_gaps_is_never_called_few(values, classes):
    limits = thirds([float(one) for one in values])
    assert [third_of(float(one), limits) for one in values] == classes
