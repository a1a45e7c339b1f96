"""The gap report in words, tables, JSON and GeoJSON."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validate

from referral.catalog.districts import Boundary, Bounded
from referral.geo import Area
from referral.network.gaps import GapStatus
from referral.network.norms import Neighbourhood, NormStatus
from referral.web.boundaries import approximate_boundaries, boundaries_of
from referral.web.gaps_document import gaps_document, gaps_geojson
from referral.web.gaps_map_data import SWATCHES, inline_json, map_data, place_shapes
from referral.web.gaps_presenter import class_of, gaps_view, gaps_views
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
    PLACES,
    RULES,
    a_faultless_report,
    a_gap_catalog,
    a_gap_report,
    summed,
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


# Words


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
    assert view.chosen.sentence == "Ze všech pravidel (3) nemá prokázanou mezeru žádné."
    assert view.chosen.rest == ""


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
        "Ze 3 pravidel mají 3 v některé obci prokázanou mezeru. Nejvíc lidí postihuje: "
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
    assert other.endswith("Počítá se i služba poskytovatele odjinud.")


# Tables


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
        "žádná prokázaná mezera",
        "žádná prokázaná mezera",
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
        "bez mezery",
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


# JSON and GeoJSON

CONTRACT = {
    "type": "object",
    "required": ["norm", "area", "as_of", "rules", "results", "summary"],
    "properties": {
        "norm": {
            "type": "object",
            "required": ["id", "name", "status", "source"],
            "properties": {"status": {"enum": ["orientační", "metodika", "schváleno"]}},
        },
        "area": {"type": "string"},
        "as_of": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "rules": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "type", "form", "metric", "threshold", "unit"],
                "properties": {
                    "form": {"enum": ["T", "A", "P", None]},
                    "threshold": {"type": "number"},
                },
            },
        },
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "municipality",
                    "rule",
                    "status",
                    "uncertain",
                    "value",
                    "threshold",
                    "nearest_km",
                    "population",
                ],
                "properties": {
                    "status": {"enum": ["met", "partial", "gap", "unknown"]},
                    "uncertain": {"type": "boolean"},
                    "value": {"type": ["number", "null"]},
                    "threshold": {"type": "number"},
                    "nearest_km": {"type": ["number", "null"]},
                    "population": {"type": ["integer", "null"]},
                },
            },
        },
        "summary": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "rule",
                    "municipalities",
                    "gap_municipalities",
                    "gap_population",
                    "unknown_municipalities",
                ],
            },
        },
    },
}


def test_the_document_has_the_shape_of_the_contract(report):
    document = json.loads(json.dumps(gaps_document(report)))
    validate(document, CONTRACT)
    assert document["norm"]["status"] == "orientační"
    assert document["as_of"] == "2026-09-01"
    assert [rule["code"] for rule in document["rules"]] == ["40", "39-t", "49"]
    assert [rule["form"] for rule in document["rules"]] == [None, "T", None]


def test_the_document_repeats_every_number_of_the_report(report):
    document = gaps_document(report)
    for told, result in zip(document["results"], report.results, strict=True):
        assert told == {
            "municipality": result.municipality,
            "rule": result.rule,
            "status": result.status.value,
            "uncertain": result.uncertain,
            "value": result.value,
            "threshold": result.threshold,
            "nearest_km": result.nearest_km,
            "population": result.population,
            "serving": list(result.serving),
            "undecided": result.undecided,
        }
    for told, summary in zip(document["summary"], report.summary, strict=True):
        gaps = [
            one["population"] or 0
            for one in document["results"]
            if one["rule"] == summary.rule and one["status"] == "gap"
        ]
        assert told["gap_population"] == sum(gaps)
        assert told["gap_municipalities"] == len(gaps)


def test_page_json_geojson_and_map_list_the_same_municipalities_in_the_same_order(report, catalog):
    boundaries = approximate_boundaries(catalog.territory)
    view = gaps_view(report, catalog, rule="40")
    rows = [row.code for row in view.rows]
    features = [one["id"] for one in gaps_geojson(report, catalog, boundaries)["features"]]
    results = [one["municipality"] for one in gaps_document(report)["results"]]
    drawn = [one["id"] for one in place_shapes(report, boundaries)["features"]]
    data = map_data([view], report, catalog, boundaries)
    assert rows == features == drawn == [place[0] for place in data["places"]] == CODES
    assert results == CODES * len(RULES)


def test_a_feature_has_flat_properties_and_an_area_around_its_point(report, catalog):
    boundaries = approximate_boundaries(catalog.territory)
    collection = json.loads(json.dumps(gaps_geojson(report, catalog, boundaries)))
    assert collection["type"] == "FeatureCollection"
    assert collection["norm"]["status"] == "orientační"
    assert "přibližné" in collection["note"]
    for feature in collection["features"]:
        properties = feature["properties"]
        assert all(not isinstance(value, dict | list) for value in properties.values())
        place = catalog.territory.municipality(feature["id"])
        assert Area.from_geojson(feature["geometry"]).contains(place.point)
        assert properties["name"] == place.name
        assert properties["rules_met"] + properties["rules_partial"] + properties[
            "rules_gap"
        ] + properties["rules_unknown"] == len(RULES)
    dolany = collection["features"][3]["properties"]
    assert (dolany["status_40"], dolany["nearest_km_40"], dolany["uncertain_40"]) == (
        "gap",
        26.5,
        True,
    )
    assert (dolany["rules_gap"], dolany["rules_uncertain"]) == (3, 1)


def a_border(code, *, around=Bounded.MUNICIPALITY):
    ring = [[13, 50], [13.1, 50], [13.1, 50.1], [13, 50]]
    area = Area.from_geojson({"type": "Polygon", "coordinates": [ring]})
    return Boundary(around=around, code=code, area=area, source="zkouska", as_of=date(2026, 1, 1))


def test_imported_borders_take_the_place_of_approximate_ones(report, catalog):
    exact = boundaries_of(catalog.territory, [a_border(code) for code in CODES])
    assert gaps_geojson(report, catalog, exact)["note"] == ""
    assert {area.area_km2() for area in exact.areas.values()} == {
        a_border(CODES[0]).area.area_km2()
    }


def test_where_borders_are_missing_it_is_said_of_how_many(catalog):
    strangers = [a_border("999999"), a_border(CODES[1], around=Bounded.ORP)]
    mixed = boundaries_of(catalog.territory, [a_border(CODES[0]), *strangers])
    assert plain(mixed.note).startswith("Hranice 4 obcí jsou přibližné")
    assert set(mixed.areas) == set(CODES)
    assert mixed.areas[CODES[0]] == a_border(CODES[0]).area
    assert mixed.areas[CODES[1]] == approximate_boundaries(catalog.territory).areas[CODES[1]]


# What the script draws


def test_the_data_of_a_map_say_for_every_view_what_its_table_says(report, catalog):
    boundaries = approximate_boundaries(catalog.territory)
    views = gaps_views(report, catalog, ["40", "", "49"])
    data = map_data(views, report, catalog, boundaries)
    for view, drawn in zip(views, data["views"], strict=True):
        assert drawn["code"] == view.chosen.code
        keys = [drawn["legend"][int(digit)] for digit in drawn["keys"]]
        assert keys == [row.key for row in view.rows]
        assert [data["texts"][index] for index in drawn["values"]] == [
            row.value for row in view.rows
        ]
        assert [
            plain(", ".join(data["texts"][index] for index in parts)) for parts in drawn["details"]
        ] == [plain(row.detail) for row in view.rows]
        assert [digit == "1" for digit in drawn["uncertain"]] == [
            row.uncertain for row in view.rows
        ]
        assert (drawn["ranks"] is None) == (not view.is_overall)


def test_towns_with_an_office_are_labelled_the_most_populous_first(report, catalog):
    boundaries = approximate_boundaries(catalog.territory)
    data = map_data(gaps_views(report, catalog, [""]), report, catalog, boundaries)
    assert [name for name, _lat, _lon in data["towns"]] == ["Bystrá", "Dolany"]


def test_a_map_is_fitted_around_its_areas_and_an_empty_one_around_the_country(report, catalog):
    boundaries = approximate_boundaries(catalog.territory)
    view = gaps_views(report, catalog, [""])
    (south, west), (north, east) = map_data(view, report, catalog, boundaries)["bounds"]
    for _code, _name, _orp, lat, lon, _people in PLACES:
        assert south < lat < north
        assert west < lon < east
    nothing = replace(report, municipalities=(), results=())
    empty = map_data(gaps_views(nothing, catalog, ["40"]), nothing, catalog, boundaries)
    assert empty["bounds"] == [[48.55, 12.09], [51.06, 18.86]]


def test_orps_are_dissolved_out_of_their_municipalities(report, catalog):
    boundaries = approximate_boundaries(catalog.territory)
    orps = boundaries.orps(report.municipalities, catalog.territory)
    assert list(orps) == ["Bystrá", "Dolany"]
    for name, area in orps.items():
        parts = [boundaries.areas[code].area_km2() for code in catalog.territory.by_orp[name]]
        assert area.area_km2() == pytest.approx(sum(parts), rel=1e-3)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_json_inside_a_page_cannot_close_its_element_and_reads_back_the_same(data):
    text = inline_json({**data, "x": "</script><!--\u2028"})
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == {**data, "x": "</script><!--\u2028"}
