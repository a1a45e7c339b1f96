"""The gap report in JSON, GeoJSON and as the data of a map."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validate

from referral.catalog.districts import Boundary, Bounded
from referral.geo import Area
from referral.web.boundaries import approximate_boundaries, boundaries_of
from referral.web.gaps_document import gaps_document, gaps_geojson
from referral.web.gaps_map_data import inline_json, map_data, place_shapes
from referral.web.gaps_presenter import gaps_view, gaps_views
from support.gaps import (
    PLACES,
    RULES,
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
            "unknown_share": result.unknown_share,
            "high": result.high,
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
