"""Suggested places and scenarios as text, JSON and workbook: the same numbers, in Czech."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from referral.catalog.vocabulary import Form
from referral.network.means import Means
from referral.network.scenarios import AddService, CloseService, Scenario
from referral.network.sites import SuggestedSite
from referral.usecases.compare_scenarios import compare_scenario
from referral.web.czech import plain
from referral.web.sites_document import comparison_document, sites_document
from referral.web.sites_sentences import besides, certainty, fewer, serves, sought
from referral.web.sites_text import comparison_text, sites_text
from referral.web.sites_workbook import comparison_workbook, sites_workbook
from support.build import TODAY, a_service
from support.matching import POLICY
from support.planning import CODES, HILL, LAST, NORM, TOWN, VALLEY, a_plan_catalog, suggested

CATALOG = a_plan_catalog()


def text_of(report) -> str:
    """Return the text on one line, as a person reads it."""
    return " ".join(plain(sites_text(report, CATALOG)).replace("\u202f", " ").split())


def rows_of(sheet):
    area = sheet[sheet.auto_filter.ref]
    headings = [cell.value for cell in area[0]]
    rows = [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in area[1:]]
    return [row for row in rows if any(value is not None for value in row.values())]


def compared(*changes, note=""):
    return compare_scenario(
        Scenario(name="Denní centrum v Údolí", changes=changes, note=note),
        CODES,
        area="Zkušební kraj",
        norm=NORM,
        catalog=CATALOG,
        policy=POLICY,
        today=TODAY,
    )


ADDED = AddService(type="45", form=Form.AMBULATORY, at=(VALLEY.code,))


# --- Text -----------------------------------------------------------------------------------------


def test_the_text_says_whom_a_place_serves_and_what_stays():
    text = text_of(suggested("45"))
    assert "1 nové místo: službu získá 1 470 lidí ve 3 obcích." in text
    assert "60 lidí v 1 obci ji bude mít aspoň v mezi pro částečné splnění." in text
    assert "1. Údolí: +1 470 lidí Poslouží: Údolí (950), Kopec (400), Konec (120)." in text
    assert "neznáme jejich počet obyvatel: Samota" in text
    assert "Nalezeno přesným výpočtem: lepší výběr není." in text


def test_the_text_says_that_more_places_would_help_nobody():
    assert "Žádali jste 5, ale víc jich už nikomu dalšímu nepomůže." in text_of(suggested("45", 5))
    enough = suggested("45", 5, area=(TOWN.code, HILL.code, VALLEY.code))
    assert "Žádali jste 5, víc jich už není třeba." in text_of(enough)
    none = suggested("45", 1, least_people=5_000)
    assert "by mezeru nezmenšilo" in text_of(none)
    days = suggested("40", 3, means=Means.DAYS, week_km=20.0)
    assert "do kilometrů na týden se už žádné další místo" in text_of(days)


def test_nothing_is_suggested_where_there_is_no_gap():
    report = suggested("45", area=(TOWN.code,))
    assert "mezera není, není tedy co navrhovat." in text_of(report)
    assert fewer(report) == ""


def test_counselling_days_say_from_where_and_how_far():
    text = text_of(suggested("40", 2, means=Means.DAYS, week_km=100.0))
    assert "vyjíždí se z obce Město a týdně se smí najezdit 100 km" in text
    assert "Cesta tam a zpět: méně než 1 km." in text


def test_several_workers_of_one_place_are_counted_and_share_nothing_with_others():
    alone = a_plan_catalog(a_service("s-x", type="45", forms=[Form.AMBULATORY]))
    report = suggested("39", 10, catalog=alone, area=(TOWN.code,))
    assert "1. Město (9 pracovníků): +9 000 lidí" in text_of(report)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"rule": "39", "whole_orp": True}, "obslouží obce ORP, ve kterém sídlí"),
        ({"rule": "41"}, "pomáhá na dálku, tedy kdekoli"),
        ({"rule": "39"}, "postačí nejvýš pro 1\u202f000 lidí"),
    ],
)
def test_what_is_sought_is_said(wish, words):
    assert words in plain(sought(suggested(**wish), CATALOG))


def test_a_shared_municipality_says_how_many_of_its_people_are_meant():
    report = suggested("45")
    (one, *_) = report.sites[0].serves
    assert plain(serves([replace(one, people=900)])) == "Údolí (900 z 950, zbytek jiný pracovník)"
    assert serves([replace(one, population=None)]) == "Údolí (obyvatel neznáme)"


def test_what_a_place_does_beside_the_gaps_is_told():
    site = SuggestedSite(
        municipality=VALLEY.code,
        name="Údolí",
        units=1,
        gain_population=0,
        serves=(),
        also=(LAST.code,),
        assures=(HILL.code,),
        improves=(TOWN.code,),
        equals=tuple(CODES) * 2,
    )
    assured, improved, also, equal = (plain(line) for line in besides(site, CATALOG))
    assert assured == "Jistotu místo „neznámo“ by získalo: 1 obec, 400 lidí (Kopec)."
    assert improved == "Z „částečně“ na „splněno“: 1 obec, 9\u202f000 lidí (Město)."
    assert also == "Dosáhne i na obce započtené výš: Konec."
    assert equal.endswith("a dalších 6.")


def test_how_sure_an_answer_is_is_said():
    report = suggested("45")
    unsure = replace(report, optimal=False, bound=report.value + 30)
    assert "o 30 lidí víc nalézt nelze" in plain(certainty(unsure))
    assert "čas (30 s) nestačil" in plain(certainty(replace(unsure, stopped=True)))
    assert "aspoň 63 % nejlepšího" in plain(certainty(suggested("45", exact=False)))
    assert "rychlým výběrem: " in plain(certainty(suggested("39", exact=False)))


# --- JSON -----------------------------------------------------------------------------------------


def test_the_document_has_what_the_contract_asks_for_and_adds_up():
    document = sites_document(suggested("45", 2))
    assert document["rule"] == "45"
    assert document["norm"]["status"] == "orientační"
    assert document["method"] == "exact"
    assert document["optimal"] is True
    assert document["before"]["people"] - document["after"]["people"] == (
        sum(site["gain_population"] for site in document["sites"]) + document["eased"]["people"]
    )
    for site in document["sites"]:
        assert site["gain_population"] == sum(one["population"] for one in site["serves"])
    assert [one["why"] for one in document["remaining"]] == ["uncounted"]
    assert document["scenario"]["changes"][0] == {
        "do": "add",
        "type": "45",
        "form": "A",
        "at": [VALLEY.code],
    }


def test_a_comparison_lists_sums_and_every_municipality_that_changes():
    document = comparison_document(compared(ADDED), CATALOG)
    (rule,) = document["rules"]
    assert rule["before"]["gap_municipalities"] == 5
    assert rule["after"]["gap_municipalities"] == 1
    assert {one["name"] for one in document["changes"]} == {"Kopec", "Údolí", "Konec", "Blízká"}
    assert {one["serving"][0] for one in document["changes"] if one["after"] == "met"} == {
        "scenar-1"
    }


# --- Scenario as text, and workbooks --------------------------------------------------------------


def test_a_comparison_is_told_side_by_side():
    text = plain(comparison_text(compared(ADDED, note="Jen návrh."), CATALOG))
    assert "mezera dnes: 5 obcí, 1\u202f530 lidí" in text
    assert "se scénářem: 1 obec, 0 lidí" in text
    assert "Údolí (950): mezera → splněno" in text
    assert "Jen návrh." in text
    assert "Ostatních pravidel se scénář netýká: 4." in text


def test_a_scenario_that_changes_nothing_says_so():
    nothing = AddService(type="45", form=Form.AMBULATORY, at=(TOWN.code,))
    assert "V žádné obci se stav nezmění." in plain(comparison_text(compared(nothing), CATALOG))
    other = compared(AddService(type="40", form=Form.AMBULATORY, at=(TOWN.code,)))
    none = replace(other, before=(), after=(), turns=())
    assert "Norma nemá pravidlo" in plain(comparison_text(none, CATALOG))


def test_the_workbook_of_places_holds_the_numbers_of_the_report():
    report = suggested("45", 2)
    book = load_workbook(BytesIO(sites_workbook(report, CATALOG)))
    assert book.sheetnames == ["Místa", "Komu poslouží", "Kdo zůstane bez služby", "Dnes a potom"]
    places = rows_of(book["Místa"])
    assert [row["Službu získá lidí"] for row in places] == [
        site.gain_population for site in report.sites
    ]
    served = rows_of(book["Komu poslouží"])
    assert sum(row["Z toho obslouží"] or 0 for row in served) == report.value
    assert [row["Obec"] for row in rows_of(book["Kdo zůstane bez služby"])] == ["Samota"]
    statuses = {row["Stav"]: row for row in rows_of(book["Dnes a potom"])}
    assert statuses["mezera"]["Obcí dnes"] == 5
    assert statuses["mezera"]["Obcí potom"] == 1


def test_the_workbook_of_places_lists_who_gains_certainty():
    report = suggested("45")
    site = replace(report.sites[0], assures=(TOWN.code,))
    book = load_workbook(BytesIO(sites_workbook(replace(report, sites=(site,)), CATALOG)))
    last = rows_of(book["Komu poslouží"])[-1]
    assert (last["Obec"], last["Dnes"], last["Z toho obslouží"]) == ("Město", "neznámo", None)


def test_the_workbook_of_a_scenario_lists_rules_and_municipalities():
    comparison = compared(ADDED, CloseService(service="s-39"), note="=1+1")
    book = load_workbook(BytesIO(comparison_workbook(comparison, CATALOG)))
    rules = rows_of(book["Pravidla"])
    assert [row["Pravidlo"] for row in rules] == ["45", "39"]
    assert len(rows_of(book["Obce, které se změní"])) == len(comparison.turns)
    assert [row["Pravidlo"] for row in rows_of(book["Norma"])] == ["40", "41", "49"]
    assert all(cell.data_type in {"s", "n"} for sheet in book for row in sheet for cell in row)
