"""The phone list of a gap report and the inequality of access, in words and in every file."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from referral.catalog.model import AddressRole, Contact
from referral.catalog.vocabulary import Form
from referral.network.gaps import Equity, ToVerify, Unknown
from referral.network.norms import Metric
from referral.web.calls import NO_PHONE, call_lines, call_list, question
from referral.web.czech import plain as ordinary
from referral.web.equity_sentences import equity_lines, equity_sentence
from referral.web.gaps_document import gaps_document
from referral.web.gaps_sentences import demand
from referral.web.xlsx import gaps_workbook
from support.build import a_location, a_service
from support.gaps import NORM, RULES, a_gap_catalog, a_gap_report

ONE = ToVerify(
    service="s-1",
    unknown=tuple(Unknown),
    people=12_655,
    municipalities=("500010", "500011"),
    rules=("40", "39-t"),
    statuses=3,
    units=("luzka", "uvazek"),
)
OTHER = ToVerify(
    service="s-2", unknown=(), people=310, municipalities=("500011",), rules=("49",), statuses=1
)
SHARED = Equity(
    rule="49",
    gini_if_zero=0.5,
    gini_if_median=0.25,
    lorenz_if_zero=((0.0, 0.0), (0.5, 0.0), (1.0, 1.0)),
    lorenz_if_median=((0.0, 0.0), (0.5, 0.25), (1.0, 1.0)),
    people=18_755,
    known_people=16_755,
    sure_people=4_100,
)


def plain(text):
    return ordinary(text).replace("\u202f", " ")


@pytest.fixture
def catalog():
    plain_one = a_gap_catalog()
    services = dict(plain_one.services)
    services["s-1"] = replace(
        services["s-1"], contact=Contact(phone="474 123 456", email="volejte@example.org")
    )
    services["s-2"] = replace(services["s-2"], contact=Contact())
    return replace(plain_one, services=services)


@pytest.fixture
def report():
    return replace(a_gap_report(), verify_first=(ONE, OTHER), equity=(SHARED,))


def test_a_call_says_whom_to_ring_what_to_ask_and_what_the_answer_could_change(report, catalog):
    first, second = call_list(report, catalog)
    assert (first.position, second.position) == (1, 2)
    assert first.phone == "474\u00a0123\u00a0456"
    assert second.phone is None
    assert plain(first.question) == (
        "Do kterých obcí jezdíte, kde službu poskytujete, kolik máte lůžek a úvazků a kdy máte "
        "otevřeno?"
    )
    assert plain(first.effect) == "může změnit stav až pro 12 655 lidí (2 obce)"
    assert first.rules == ("40", "39-t")
    assert len(first.rule_names) == 2


def test_a_question_follows_from_what_is_not_known():
    home = a_service(forms=[Form.RESIDENTIAL])
    hidden = a_service(
        forms=[Form.RESIDENTIAL], locations=[a_location(None, role=AddressRole.SECRET, point=None)]
    )
    where = replace(ONE, unknown=(Unknown.COVERAGE, Unknown.PLACE, Unknown.CAPACITY), units=())
    assert plain(question(where, home)) == (
        "Ze kterých obcí lidi přijímáte, kde službu poskytujete a jakou máte kapacitu?"
    )
    assert plain(question(where, hidden)) == (
        "Ze kterých obcí lidi přijímáte a jakou máte kapacitu?"
    )


def test_the_list_on_a_terminal_has_three_lines_a_call_and_none_without_calls(report, catalog):
    lines = [plain(line) for line in call_lines(report, catalog)]
    assert lines[0] == "Co ověřit nejdřív – komu zavolat (2 službám)"
    assert len(lines) == 1 + 2 * 3
    assert "474 123 456" in lines[1]
    assert NO_PHONE in lines[4]
    assert list(call_lines(a_gap_report(), catalog)) == []


def test_json_carries_the_calls_and_the_curves_beside_all_that_was_there(report, catalog):
    document = gaps_document(report, catalog)
    bare = gaps_document(report)
    assert [one["service_id"] for one in document["verify_first"]] == ["s-1", "s-2"]
    assert document["verify_first"][0]["phone"] == "474\u00a0123\u00a0456"
    assert document["verify_first"][0]["unknown"] == ["coverage", "place", "capacity", "hours"]
    assert "name" not in bare["verify_first"][0]
    assert document["equity"][0]["lorenz_if_zero"] == [[0.0, 0.0], [0.5, 0.0], [1.0, 1.0]]
    assert bare["results"] == document["results"]


def test_the_workbook_has_the_phone_list_and_the_curves(report, catalog):
    book = load_workbook(BytesIO(gaps_workbook(report, catalog)))
    rows = list(book["Co ověřit nejdřív"].values)
    assert rows[3][:2] == ("Pořadí", "Služba")
    assert [row[0] for row in rows[4:]] == [1, 2]
    assert rows[4][6:9] == (12_655, 2, "40, 39-t")
    assert rows[5][3] == NO_PHONE
    assert "Co ověřit nejdřív" in book["Neznámé"]["A1"].value
    assert list(book["Nerovnost"].values)[3][2:] == (0.5, 0.25, 18_755, 16_755, 4_100)
    assert [row[2:] for row in list(book["Lorenzovy křivky"].values)[1:4]] == list(
        SHARED.lorenz_if_zero
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Giniho index 0,50, počítá-li se neznámá kapacita jako nula, 0,25"),
        ({"gini_if_median": 0.5}, "Giniho index 0,50."),
        ({"gini_if_median": None}, "medián druhu neznáme"),
        ({"gini_if_zero": None}, "Giniho index 0,25, má-li služba neznámé kapacity medián"),
        ({"gini_if_zero": None, "gini_if_median": None}, "nejde spočítat"),
    ],
)
def test_inequality_is_told_as_an_interval_with_how_many_are_known(changes, words):
    told = plain(equity_sentence(replace(SHARED, **changes)))
    assert words in told
    assert "žije 16 755 lidí z celkem 18 755 lidí" in told


def test_inequality_has_a_line_for_each_capacity_rule(report, catalog):
    assert len(list(equity_lines(report, catalog))) == 3
    assert list(equity_lines(a_gap_report(), catalog)) == []


def test_thresholds_of_capacity_are_told_in_the_words_of_their_unit():
    rule = replace(RULES[2], metric=Metric.CAPACITY, unit="uvazek", threshold=0.2, partial=0.083)
    assert "0,2 úvazku; částečně: 0,083 úvazku" in plain(demand(rule))
    assert "nejméně 24 lůžek" in plain(demand(replace(rule, unit="luzka", threshold=24)))
    assert "nejméně 1,5 osob" in plain(demand(replace(rule, unit="osob", threshold=1.5)))
    assert NORM.rules == RULES
