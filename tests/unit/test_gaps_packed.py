"""A large gap report written small says the same as one written out."""

import re

from hypothesis import given
from hypothesis import strategies as st

from referral.web.boundaries import approximate_boundaries
from referral.web.gaps_map_data import map_data
from referral.web.gaps_packed import base36, is_packed, packed_data, packed_shapes
from referral.web.gaps_presenter import gaps_views
from referral.web.maps import standalone_map
from support.gaps import PLACES, RULES, a_gap_catalog, a_gap_report

CODES = ["", *(rule.code for rule in RULES)]


def written_out():
    report, catalog = a_gap_report(), a_gap_catalog()
    views = gaps_views(report, catalog, CODES)
    return map_data(views, report, catalog, approximate_boundaries(catalog.territory))


def unpacked(packed, view, position):
    """Read one municipality of one view as the page's script does: key, unsure, value, detail."""
    digit = int(view["keys"][position])
    values = view["values"]
    number = values[digit % 5] if isinstance(values, list) else int(values.split(",")[position], 36)
    detail = ", ".join(
        "; ".join(packed["texts"][int(clause, 36)] for clause in part.split(":"))
        for part in view["details"].split(",")[position].split(".")
    )
    return str(digit % 5), str(int(digit > 4)), packed["texts"][number], detail


def test_every_municipality_says_the_same_in_every_view():
    data = written_out()
    packed = packed_data(data)
    texts = data["texts"]
    for view, small in zip(data["views"], packed["views"], strict=True):
        assert {**small, "keys": 0, "values": 0, "details": 0} == {
            **{name: value for name, value in view.items() if name != "uncertain"},
            "keys": 0,
            "values": 0,
            "details": 0,
        }
        for position in range(len(PLACES)):
            assert unpacked(packed, small, position) == (
                view["keys"][position],
                view["uncertain"][position],
                texts[view["values"][position]],
                ", ".join(texts[number] for number in view["details"][position]),
            )
    assert any("1" in view["uncertain"] for view in data["views"])
    assert packed["packed"] is True


def test_places_keep_their_names_people_and_orps():
    data = written_out()
    places = packed_data(data)["places"]
    orps = [places["orps"][int(number, 36)] for number in places["orp"].split(",")]
    codes = places["codes"].split(",")
    found = zip(codes, places["names"], orps, places["population"], strict=True)
    assert [list(one) for one in found] == data["places"]


@given(st.integers(0, 10**9))
def test_numbers_in_base_36_read_back(number):
    assert int(base36(number), 36) == number


def test_shapes_name_every_municipality_and_the_borders_of_orps():
    report, catalog = a_gap_report(), a_gap_catalog()
    shapes = packed_shapes(report, catalog, approximate_boundaries(catalog.territory))
    assert len(shapes["places"]) == len(PLACES)
    named = {
        arc if arc >= 0 else -1 - arc
        for polygons in shapes["places"]
        for polygon in polygons
        for ring in polygon
        for arc in ring
    }
    assert named == set(range(len(shapes["arcs"])))
    assert set(shapes["orps"]) < named


def test_a_large_report_makes_a_file_whose_script_writes_shapes_and_table(monkeypatch):
    assert not is_packed(a_gap_report())
    monkeypatch.setattr("referral.web.gaps_packed.MOST_WRITTEN_OUT", 1)
    assert is_packed(a_gap_report())
    page = standalone_map(a_gap_report(), a_gap_catalog())
    assert re.search(r'id="gaps-shapes">\{"grid":10000,', page)
    assert '"packed":true' in page
    assert "data-gaps-from-data" in page
    assert 'data-code="' not in page
    assert f"Tabulka {len(PLACES)} obcí" in page
    assert "var gap_places = L.geoJson(null" in page
