"""The map file that opens from a disk and fetches nothing."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.web.boundaries import Boundaries, approximate_boundaries
from referral.web.leaflet import leaflet_css, leaflet_folder, leaflet_js
from referral.web.maps import (
    ExternalRequestError,
    OfflineMap,
    refuse_requests,
    standalone_map,
)
from support.gaps import PLACES, RULES, a_gap_catalog, a_gap_report

CODES = [code for code, *_rest in PLACES]


@pytest.fixture(scope="module")
def page():
    return standalone_map(a_gap_report(), a_gap_catalog(), rule="40")


class _Elements(HTMLParser):
    """Collects elements with their attributes and the text of scripts."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.scripts = {}
        self._script = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self._script = dict(attrs).get("id", len(self.scripts))
            self.scripts[self._script] = ""

    def handle_endtag(self, tag):
        if tag == "script":
            self._script = None

    def handle_data(self, data):
        if self._script is not None:
            self.scripts[self._script] += data

    def having(self, element, /, **attributes):
        return [
            attrs
            for tag, attrs in self.tags
            if tag == element and all(attrs.get(key) == value for key, value in attributes.items())
        ]


@pytest.fixture(scope="module")
def elements(page):
    return _Elements(page)


def test_the_file_links_nothing_and_forbids_the_browser_to_fetch(elements):
    assert elements.having("link") == []
    assert [attrs for attrs in elements.having("script") if "src" in attrs] == []
    (policy,) = elements.having("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy["content"].startswith("default-src 'none';")
    assert "http" not in policy["content"]


def test_the_file_is_a_czech_page_with_a_title_one_heading_and_a_zoomable_viewport(elements, page):
    (html,) = elements.having("html")
    assert html["lang"] == "cs"
    assert "<title>Mezery v\u00a0síti služeb – Zkušební kraj</title>" in page
    assert len(elements.having("h1")) == 1
    (viewport,) = elements.having("meta", name="viewport")
    assert "user-scalable" not in viewport["content"]
    assert "maximum-scale" not in viewport["content"]


def test_the_table_lists_the_municipalities_of_the_report_in_its_order(elements):
    assert [attrs["data-code"] for attrs in elements.having("tr") if "data-code" in attrs] == CODES


def test_every_table_has_a_caption_and_every_scrolling_box_a_key_to_it(elements):
    assert len(elements.having("caption")) == len(elements.having("table")) == 2
    boxes = [attrs for attrs in elements.having("div") if "gap-scroll" in attrs.get("class", "")]
    assert {attrs["tabindex"] for attrs in boxes} == {"0"}
    assert all(attrs["role"] == "region" and attrs["aria-labelledby"] for attrs in boxes)


def test_how_binding_the_norm_is_stands_before_the_first_result(page):
    warning = page.index("Orientační norma: není úředním standardem")
    assert page.index("<h1>") < warning < page.index("data-gaps-rows")


def test_the_borders_are_called_approximate_unless_they_are_exact(page):
    note = "Hranice obcí jsou přibližné"
    assert note in page
    catalog = a_gap_catalog()
    exact = Boundaries(areas=approximate_boundaries(catalog.territory).areas)
    assert note not in standalone_map(a_gap_report(), catalog, boundaries=exact)


def test_every_rule_can_be_chosen_and_the_wanted_one_is_shown_first(elements):
    options = elements.having("option")
    assert [attrs["value"] for attrs in options] == ["", *(rule.code for rule in RULES)]
    assert [attrs["value"] for attrs in options if "selected" in attrs] == ["40"]
    data = json.loads(elements.scripts["gaps-data"])
    assert [view["code"] for view in data["views"]] == ["40", "", "39-t", "49"]


def test_folium_draws_the_municipalities_and_the_orps_over_no_tiles(elements):
    script = "".join(str(text) for text in elements.scripts.values())
    assert "var gap_map = L.map(" in script
    assert "var gap_places = L.geoJson(" in script
    assert "var gap_orps = L.geoJson(" in script
    assert "GapMap.enhance(gap_map, gap_places, gap_orps)" in script
    assert "L.tileLayer(" not in script.replace("t.tileLayer", "")


def test_names_that_look_like_markup_stay_text(catalog_with_a_trap):
    page = standalone_map(a_gap_report(), catalog_with_a_trap)
    assert "<img" not in page
    assert "&lt;/script&gt;" in page
    assert json.loads(_Elements(page).scripts["gaps-data"])["places"][0][1].startswith("</script>")


@pytest.fixture
def catalog_with_a_trap():
    catalog = a_gap_catalog()
    places = list(catalog.territory.municipalities.values())
    places[0] = replace(places[0], name="</script><img src=x>")
    return Catalog.of(
        vocabulary=catalog.vocabulary,
        territory=Territory.of(places),
        services=catalog.services.values(),
        sources=catalog.sources.values(),
    )


def test_the_same_report_makes_the_same_file(page):
    assert standalone_map(a_gap_report(), a_gap_catalog(), rule="40") == page


def test_a_rule_the_norm_does_not_have_makes_no_file():
    with pytest.raises(KeyError):
        standalone_map(a_gap_report(), a_gap_catalog(), rule="99")


@pytest.mark.parametrize(
    "fragment",
    [
        '<script src="https://cdn.test/leaflet.js"></script>',
        '<script src="leaflet.js"></script>',
        '<link rel="stylesheet" href="//cdn.test/x.css">',
        '<img src="http://cdn.test/x.png">',
        '<img srcset="x.png 2x">',
        '<a href="https://leafletjs.com">Leaflet</a>',
        '<form action="/x"></form>',
        '<object data="x.swf"></object>',
        '<video poster="x.png"></video>',
        '<svg><use xlink:href="x.svg#a"></use></svg>',
        '<p style="background: url(x.png)">x</p>',
        "<style>@import 'x.css';</style>",
        "<style>p { background: url( 'x.png' ) }</style>",
        '<meta http-equiv="refresh" content="0; url=https://cdn.test">',
    ],
)
def test_whatever_would_fetch_something_is_refused_and_shown(fragment):
    with pytest.raises(ExternalRequestError, match="would fetch <"):
        refuse_requests(f"<html><body>{fragment}</body></html>")


@pytest.mark.parametrize(
    "fragment",
    [
        '<a href="#obce">obce</a>',
        '<img src="data:image/png;base64,AA==">',
        "<svg><use href='#swatch-gap'></use></svg>",
        '<p style="color: red">@import</p>',
        "<style>p { background: url(data:image/png;base64,AA==) } q { behavior: url(#a) }</style>",
        "<script>const a = '<a href=\"https://leafletjs.com\">'; // url(x.png)</script>",
        '<meta http-equiv="Content-Security-Policy" content="img-src data:">',
    ],
)
def test_what_fetches_nothing_passes(fragment):
    refuse_requests(f"<html><body>{fragment}</body></html>")


def test_a_folium_map_of_ours_links_no_other_host():
    drawn = OfflineMap()
    html = drawn.get_root().render()
    assert re.findall(r"https?://[^\"' ]+", html) == []


def test_leaflet_inside_a_page_keeps_its_images_and_cannot_end_its_element():
    style = leaflet_css()
    assert style.count("url(data:image/png;base64,") == 3
    assert "url(images/" not in style
    script = leaflet_js()
    assert "</script" not in script
    assert "sourceMappingURL" not in script
    assert script.startswith("/* @preserve")
    assert (leaflet_folder() / "leaflet.js").is_file()
