"""The gap map as one file that opens from a disk, with folium and without a single request.

folium links its scripts and styles from four hosts; here none is linked. Leaflet comes out of the
installed package and is written into the file, and whatever would still fetch something is refused.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from html.parser import HTMLParser

import folium
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapReport
from referral.resources import templates_dir
from referral.web.boundaries import Boundaries, approximate_boundaries
from referral.web.czech import typeset
from referral.web.gaps_map_data import (
    SWATCHES,
    inline_json,
    map_data,
    orp_shapes,
    place_shapes,
)
from referral.web.gaps_packed import is_packed, packed_data, packed_shapes
from referral.web.gaps_presenter import ALL_RULES, GapsView, gaps_views, legend
from referral.web.leaflet import leaflet_css, leaflet_js
from referral.web.presenters.document import Json
from referral.web.templating import STATIC, Typography
from referral.web.translation import one_or_many, translated

_MIDDLE_OF_CZECHIA = (49.8, 15.5)
_FETCHING = frozenset({"src", "href", "xlink:href", "srcset", "data", "poster", "action"})
_CSS_FETCH = re.compile(r"""@import|url\(\s*['"]?(?!data:|#)""", re.IGNORECASE)


class ExternalRequestError(ValueError):
    """A page that should stand alone would fetch something."""


class OfflineMap(folium.Map):
    """A folium map that links no script, style, font or tile at all."""

    def __init__(self) -> None:
        """Make an empty map with the options of our script."""
        self.default_js = []
        self.default_css = []
        super().__init__(
            location=_MIDDLE_OF_CZECHIA,
            zoom_start=7,
            tiles=None,
            # Without tiles nothing limits the zoom, and Leaflet then fits a single point badly.
            minZoom=6,
            maxZoom=13,
            zoomSnap=0,
            prefer_canvas=True,
            zoom_control=False,
            attributionControl=False,
            scrollWheelZoom=False,
        )

    def get_name(self) -> str:
        """Return the name of the map's variable, the same in every file."""
        return "gap_map"


class Shapes(folium.GeoJson):
    """A GeoJSON layer whose variable has a given name, so that equal reports make equal files."""

    def __init__(
        self,
        data: Mapping[str, Json],
        *,
        variable: str,
        style: Callable[[str], dict[str, Json]] | None,
    ) -> None:
        """Take the features and a style for each id, or None for no features yet."""
        self._variable = variable
        styled = None if style is None else lambda feature: style(feature["id"])
        super().__init__(dict(data), style_function=styled)

    def get_name(self) -> str:
        """Return the name of the layer's variable."""
        return self._variable


def standalone_map(
    report: GapReport,
    catalog: Catalog,
    *,
    boundaries: Boundaries | None = None,
    rule: str = ALL_RULES,
) -> str:
    """Return a whole HTML page with the map, its tables and a switch between all the rules.

    ``rule`` is shown first (its code, empty for all together). The file needs no network, and the
    same report makes the same file.

    Raises:
        KeyError: the norm has no such rule.
        ExternalRequestError: the page would fetch something; nothing may be written then.
    """
    borders = approximate_boundaries(catalog.territory) if boundaries is None else boundaries
    codes = [ALL_RULES, *(one.code for one in report.norm.rules)]
    in_order = gaps_views(report, catalog, codes)
    first = {view.chosen.code: view for view in in_order}[rule]
    views = (first, *(view for view in in_order if view is not first))
    packed = is_packed(report)
    places, orps = _empty_layers() if packed else _layers(report, catalog, borders, first)
    data = map_data(views, report, catalog, borders)
    drawn = OfflineMap()
    drawn.add_child(places)
    drawn.add_child(orps)
    figure = folium.Figure()
    figure.add_child(drawn)
    figure.render()
    page = (
        _environment()
        .get_template("gaps/standalone.html")
        .render(
            view=first,
            views=in_order,
            legends=[*legend(first.rows, overall=False), *legend(first.rows, overall=True)],
            shown=[item.key for item in first.legend],
            swatches=SWATCHES,
            boundaries_note=borders.note,
            rule_links={},
            packed=packed,
            data=inline_json(packed_data(data) if packed else data),
            shapes=inline_json(packed_shapes(report, catalog, borders) if packed else {}),
            leaflet_css=leaflet_css(),
            leaflet_js=leaflet_js(),
            gaps_css=(STATIC / "gaps.css").read_text("utf-8"),
            gaps_js=(STATIC / "gaps-map.js").read_text("utf-8"),
            map_html=figure.html.render(),
            map_script=figure.script.render(),
            names={"map": drawn.get_name(), "places": places.get_name(), "orps": orps.get_name()},
        )
    )
    refuse_requests(page)
    return page


def _empty_layers() -> tuple[Shapes, Shapes]:
    """Return the two layers for the page's script to fill."""
    nothing: dict[str, Json] = {"type": "FeatureCollection", "features": []}
    return (
        Shapes(nothing, variable="gap_places", style=None),
        Shapes(nothing, variable="gap_orps", style=None),
    )


def _layers(
    report: GapReport, catalog: Catalog, boundaries: Boundaries, view: GapsView
) -> tuple[Shapes, Shapes]:
    """Return the municipalities, coloured for the first view, and the ORPs as outlines."""
    fills = {row.code: SWATCHES[row.key].fill for row in view.rows}
    places = Shapes(
        place_shapes(report, boundaries),
        variable="gap_places",
        style=lambda code: {
            "fillColor": fills[code],
            "fillOpacity": 1,
            "color": "#5b6670",
            "weight": 0.6,
        },
    )
    orps = Shapes(
        orp_shapes(report, catalog, boundaries),
        variable="gap_orps",
        style=lambda _code: {
            "fill": False,
            "interactive": False,
            "color": "#1f2933",
            "weight": 2,
        },
    )
    return places, orps


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Typography],
    )
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(translated, one_or_many, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    environment.filters["cz"] = lambda text: escape(typeset(text))
    return environment


def refuse_requests(page: str) -> None:
    """Check that a page fetches nothing: not from another host, not from beside itself.

    Raises:
        ExternalRequestError: an element, a style or a refresh would; the sentence shows which.
    """
    reader = _Fetches()
    reader.feed(page)
    reader.close()
    if reader.found:
        raise ExternalRequestError(f"the page would fetch {', '.join(reader.found)}")


class _Fetches(HTMLParser):
    """Collects what a browser would fetch for a page; scripts are held back by its policy."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            text = (value or "").strip()
            if name in _FETCHING and not text.startswith(("#", "data:")):
                self.found.append(f'<{tag} {name}="{text}">')
            elif name == "style" and _CSS_FETCH.search(text):
                self.found.append(f'<{tag} style="{text}">')
            elif tag == "meta" and name == "http-equiv" and text.lower() == "refresh":
                self.found.append("<meta refresh>")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style and (found := _CSS_FETCH.search(data)):
            self.found.append(f"<style> {data[found.start() : found.start() + 60]!r}")
