"""The gap report in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.network.gaps import GapStatus
from referral.network.norms import Neighbourhood
from referral.web.gaps_presenter import gaps_view
from referral.web.gaps_sentences import (
    demand,
    grouped,
    in_municipalities,
    norm_assumptions,
    out_of,
    people,
    road_km,
    uncertain_sentence,
)
from support.gaps import (
    NORM,
    RULES,
    a_faultless_report,
    a_gap_catalog,
    a_gap_report,
    summed,
)


@pytest.fixture(scope="module")
def catalog():
    return a_gap_catalog()


@pytest.fixture(scope="module")
def report():
    return a_gap_report()


def plain(text):
    """Return a text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "v 1 obci"),
        (2, "ve 2 obcích"),
        (3, "ve 3 obcích"),
        (4, "ve 4 obcích"),
        (5, "v 5 obcích"),
        (11, "v 11 obcích"),
        (12, "ve 12 obcích"),
        (14, "ve 14 obcích"),
        (15, "v 15 obcích"),
        (20, "ve 20 obcích"),
        (34, "ve 34 obcích"),
        (47, "ve 47 obcích"),
        (52, "v 52 obcích"),
        (100, "ve 100 obcích"),
        (134, "ve 134 obcích"),
        (354, "ve 354 obcích"),
        (501, "v 501 obcích"),
        (1000, "v 1 000 obcích"),
        (2310, "ve 2 310 obcích"),
        (6258, "v 6 258 obcích"),
        (12000, "ve 12 000 obcích"),
    ],
)
def test_the_preposition_gains_a_vowel_before_a_cluster(count, text):
    assert plain(in_municipalities(count)) == text


@pytest.mark.parametrize(
    ("count", "text"), [(1, "z 1"), (3, "ze 3"), (10, "z 10"), (33, "ze 33"), (100, "ze 100")]
)
def test_so_does_the_preposition_that_says_out_of_how_many(count, text):
    assert plain(out_of(count)) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 lidí"), (1, "1 člověk"), (3, "3 lidé"), (5, "5 lidí"), (2310, "2 310 lidí")],
)
def test_people_are_counted_in_czech(count, text):
    assert plain(people(count)) == text


@given(st.integers(0, 10**9))
def test_thousands_are_set_apart_by_narrow_spaces_and_nothing_else_changes(count):
    assert grouped(count).replace("\u202f", "") == str(count)
    assert all(len(group) == 3 for group in grouped(count).split("\u202f")[1:])


@pytest.mark.parametrize(
    ("km", "text"),
    [(0.0, "méně než 1 km"), (0.9, "méně než 1 km"), (1.0, "1 km"), (12.34, "12,3 km")],
)
def test_a_way_by_road_is_said_without_false_precision(km, text):
    assert plain(road_km(km)) == text


def test_a_rule_says_what_it_asks_for():
    assert [plain(demand(rule)) for rule in RULES] == [
        "Služba je do 15 km po silnici, nebo do obce jezdí; částečně: do 25 km.",
        "Do obce jezdí aspoň 2 služby; částečně: aspoň 1.",
        "Služba je do 25 km po silnici.",
    ]


def test_a_rule_sentence_says_first_whom_the_network_fails(report, catalog):
    first, second, third = gaps_view(report, catalog).rules
    assert (
        plain(first.sentence)
        == "V 1 obci žije 4 100 lidí bez dostupné služby „pečovatelská služba“."
    )
    assert plain(first.rest) == (
        "V 1 obci je pravidlo splněno jen částečně. "
        "Neznámo: 1 obec (2 000 lidí), protože služby v okolí neuvádějí, kam jezdí nebo kde se "
        "poskytují. 2 výsledky jsou nejisté: záleží na tom, zda je cesta po silnici 1,2krát, nebo "
        "1,5krát delší než vzdušná čára."
    )
    assert plain(second.rest).endswith("protože služby v okolí neuvádějí, kam jezdí.")
    assert plain(third.sentence) == (
        "Ve 3 obcích žije 6 100 lidí bez dostupné služby „domovy pro seniory“."
    )
    assert third.rest == ""


def test_an_area_without_a_fault_is_said_to_have_none(catalog):
    view = gaps_view(a_faultless_report(), catalog)
    assert {row.sentence for row in view.rules} == {"Pravidlo splňují všechny obce (5)."}
    assert {row.rest for row in view.rules} == {""}
    assert view.chosen.sentence == "Ze všech pravidel (3) nemá mezeru žádné."
    assert view.chosen.rest == ""


def test_where_nothing_is_proved_and_something_is_unknown_no_gap_is_promised(catalog):
    report = a_faultless_report()
    unknown = replace(report.summary[0], unknown_municipalities=2, met_municipalities=3)
    view = gaps_view(replace(report, summary=(unknown, *report.summary[1:])), catalog)
    assert view.chosen.sentence.replace("\u00a0", " ") == (
        "Prokázanou mezeru nemá žádné z pravidel (3), ale 1 z nich má v některé obci stav neznámý."
    )


def test_a_rule_without_a_gap_but_not_met_everywhere_is_not_praised(report, catalog):
    results = tuple(
        replace(one, status=GapStatus.PARTIAL) if one.status is GapStatus.GAP else one
        for one in report.results
    )
    changed = replace(
        report, results=results, summary=tuple(summed(rule.code, results) for rule in RULES)
    )
    assert gaps_view(changed, catalog, rule="40").chosen.sentence == "Prokázaná mezera tu není."


def test_all_rules_together_name_the_widest_gaps_first(report, catalog):
    assert plain(gaps_view(report, catalog).chosen.sentence) == (
        "Ze 3 pravidel mají 3 v některé obci mezeru. Nejvíc lidí postihuje: "
        "domovy pro seniory (6 100 lidí); osobní asistence (4 100 lidí); "
        "pečovatelská služba (4 100 lidí)."
    )


@pytest.mark.parametrize(
    ("count", "start"),
    [
        (1, "1 výsledek je nejistý"),
        (2, "2 výsledky jsou nejisté"),
        (5, "5 výsledků je nejistých"),
    ],
)
def test_uncertain_results_are_counted_in_czech(count, start):
    assert plain(uncertain_sentence(count)).startswith(f"{start}: záleží na tom")


def test_no_uncertain_result_needs_no_sentence():
    assert uncertain_sentence(0) == ""


@pytest.mark.parametrize(
    ("within", "words"),
    [
        (Neighbourhood.ORP, "jen v ORP svého poskytovatele"),
        (Neighbourhood.DISTRICT, "jen v okrese svého poskytovatele"),
        (Neighbourhood.EVERYWHERE, "všude"),
    ],
)
def test_what_a_norm_assumes_is_said(within, words):
    detour, unknown = norm_assumptions(replace(NORM, undecided_within=within))
    assert detour == "Cesta po silnici je odhad: 1,35krát vzdušná čára."
    assert f"na „neznámo“ {words}." in plain(unknown)
    assert unknown.endswith("Služba poskytovatele odjinud se nepočítá.")
    (_detour, other) = norm_assumptions(replace(NORM, undecided_elsewhere=True))
    assert other.endswith("Sídlí-li poskytovatel mimo načtené území, počítá se všude.")
