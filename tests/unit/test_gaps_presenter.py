"""The gap report in tables."""

from dataclasses import replace

import pytest

from referral.network.gaps import GapStatus
from referral.network.norms import NormStatus
from referral.web.gaps_map_data import SWATCHES
from referral.web.gaps_presenter import class_of, gaps_view
from support.gaps import (
    NORM,
    PLACES,
    a_gap_catalog,
    a_gap_report,
)

CODES = [code for code, *_rest in PLACES]


@pytest.fixture(scope="module")
def catalog():
    return a_gap_catalog()


@pytest.fixture(scope="module")
def report():
    return a_gap_report()


def plain(text):
    """Return a text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_row_says_its_status_and_what_it_rests_on(report, catalog):
    def told(rule):
        rows = gaps_view(report, catalog, rule=rule).rows
        return [(row.value, row.uncertain, plain(row.detail)) for row in rows]

    assert told("40") == [
        ("splněno", False, "nejbližší 3 km po silnici"),
        ("splněno", False, "služba sem jezdí"),
        ("částečně", True, "nejbližší 20 km po silnici"),
        ("mezera", True, "nejbližší 26,5 km po silnici"),
        ("neznámo", False, "nejbližší 40 km po silnici; u 2 služeb nevíme, zda by pomohly"),
    ]
    assert told("39-t") == [
        ("splněno", False, "jezdí sem 2 služby"),
        ("částečně", False, "jezdí sem 1 služba"),
        ("částečně", False, "služba sem zřejmě jezdí, nikdo to však neověřil"),
        ("mezera", False, "žádná služba v dosahu není známa"),
        ("neznámo", False, "u 1 služby nevíme, zda by pomohla"),
    ]
    assert told("49")[:3] == [
        ("splněno", False, "nejbližší méně než 1 km po silnici"),
        ("splněno", False, "nejbližší 12 km po silnici"),
        ("mezera", False, "žádná služba v dosahu není známa"),
    ]


def test_partly_met_beyond_every_limit_must_be_an_assumed_visit(report, catalog):
    odd = tuple(
        replace(one, status=GapStatus.PARTIAL) if one.municipality == "500021" else one
        for one in report.results
    )
    row = gaps_view(replace(report, results=odd), catalog, rule="40").rows[-1]
    assert plain(row.detail).startswith(
        "služba sem zřejmě jezdí, nikdo to však neověřil; nejbližší"
    )
    row = gaps_view(replace(report, results=odd), catalog, rule="49").rows[-1]
    assert plain(row.detail).startswith("služba sem zřejmě jezdí")


def test_without_a_rule_every_row_counts_its_gaps_and_names_what_is_missing(report, catalog):
    rows = gaps_view(report, catalog).rows
    assert [plain(row.value) for row in rows] == ["0 ze 3", "0 ze 3", "1 ze 3", "3 ze 3", "1 ze 3"]
    assert [row.key for row in rows] == ["n0", "n0", "n1", "n2", "n1"]
    assert [plain(row.detail) for row in rows] == [
        "žádná mezera",
        "žádná mezera",
        "domovy pro seniory",
        "pečovatelská služba, osobní asistence, domovy pro seniory",
        "domovy pro seniory; neznámo u 2",
    ]


def test_a_population_nobody_knows_is_a_dash_and_sorts_below_none(report, catalog):
    row = gaps_view(report, catalog, rule="40").rows[2]
    assert (row.population, row.people) == ("–", -1)
    assert plain(gaps_view(report, catalog, rule="40").rows[0].population) == "12 345"


def test_a_worse_status_ranks_higher(report, catalog):
    ranks = {row.value: row.rank for row in gaps_view(report, catalog, rule="40").rows}
    assert ranks["splněno"] < ranks["částečně"] < ranks["neznámo"] < ranks["mezera"]


def test_numbers_of_the_rules_table_are_those_of_the_report(report, catalog):
    for row, summary in zip(gaps_view(report, catalog).rules, report.summary, strict=True):
        assert row.code == summary.rule
        assert plain(row.gap_population) == f"{summary.gap_population:,}".replace(",", " ")
        assert [row.met, row.partial, row.gap, row.unknown] == [
            str(number)
            for number in (
                summary.met_municipalities,
                summary.partial_municipalities,
                summary.gap_municipalities,
                summary.unknown_municipalities,
            )
        ]


def test_the_legend_counts_every_municipality_once(report, catalog):
    for rule in ("", "40", "39-t", "49"):
        legend = gaps_view(report, catalog, rule=rule).legend
        assert sum(int(item.count) for item in legend) == len(CODES)
    assert [item.text for item in gaps_view(report, catalog, rule="40").legend] == [
        "splněno",
        "částečně",
        "mezera",
        "neznámo",
    ]
    assert [plain(item.text) for item in gaps_view(report, catalog).legend] == [
        "bez prokázané mezery",
        "1–2 mezery",
        "3–5 mezer",
        "6–10 mezer",
        "11 a více mezer",
    ]


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [(0, 0), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (10, 3), (11, 4), (33, 4)],
)
def test_numbers_of_gaps_fall_into_five_classes(gaps, expected):
    assert class_of(gaps) == expected


def test_every_key_of_a_map_has_a_look_of_its_own(report, catalog):
    keys = {
        item.key for rule in ("", "40") for item in gaps_view(report, catalog, rule=rule).legend
    }
    assert keys == set(SWATCHES)
    for group in (["met", "partial", "gap", "unknown"], ["n0", "n1", "n2", "n3", "n4"]):
        assert len({SWATCHES[key].fill for key in group}) == len(group)
    patterns = [SWATCHES[key].pattern for key in ("met", "partial", "gap", "unknown")]
    assert len(set(patterns)) == 4


def test_a_rule_the_norm_does_not_have_cannot_be_shown(report, catalog):
    with pytest.raises(KeyError):
        gaps_view(report, catalog, rule="99")


@pytest.mark.parametrize("status", NormStatus)
def test_how_binding_the_norm_is_stands_on_its_card(report, catalog, status):
    card = gaps_view(replace(report, norm=replace(NORM, status=status)), catalog).norm
    assert card.status == status.value
    assert card.is_guide == (status is NormStatus.GUIDE)
    assert ("není úředním standardem" in card.status_note) == card.is_guide


def test_the_area_is_named_with_its_level_where_the_name_leaves_it_open(catalog):
    whole = a_gap_report(area="Okres")
    assert gaps_view(whole, catalog).area == "okres Okres"
    assert gaps_view(a_gap_report(), catalog).area == "Zkušební kraj"
    assert gaps_view(a_gap_report(area="celé načtené území"), catalog).area == "celé načtené území"
    nothing = replace(whole, area="Nikde", municipalities=(), results=())
    assert gaps_view(nothing, catalog, rule="40").area == "Nikde"
    orp = catalog.territory.by_orp["Bystrá"]
    part = replace(
        whole,
        area="Bystrá",
        municipalities=orp,
        results=tuple(one for one in whole.results if one.municipality in orp),
    )
    assert gaps_view(part, catalog).area == "ORP Bystrá"


def test_the_view_says_behind_which_borders_nothing_is_known(report, catalog):
    assert "jen služby těchto krajů: Zkušební kraj." in gaps_view(report, catalog).horizon


def test_only_sources_that_were_used_are_named(report, catalog):
    view = gaps_view(report, catalog)
    assert [plain(text) for text in view.sources] == [
        "Zkušební seznam – Zkušebna, stav k 31. 7. 2026, CC0 1.0"
    ]
    empty = replace(report, municipalities=(), results=())
    assert gaps_view(empty, catalog, rule="40").sources == ()
