"""What the map's script draws: shapes, towns, and for each view one key and one text per place.

All sentences are made here and in the presenter; the script only looks them up by their number, so
a file for the whole country with every rule in it stays small.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.geo import Area, Point
from referral.network.gaps import GapReport
from referral.web.boundaries import Boundaries, seats
from referral.web.czech import typeset
from referral.web.gaps_presenter import GapsView
from referral.web.gaps_sentences import UNCERTAIN
from referral.web.presenters.document import Json
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """How a key looks: a fill, and over it a pattern in ink, so that colour is never alone."""

    fill: str
    ink: str = ""
    pattern: str = ""


SWATCHES: Mapping[str, Swatch] = {
    "met": Swatch(fill="#d9ecdf"),
    "partial": Swatch(fill="#f7d98b", ink="#8a5a00", pattern="dots"),
    "gap": Swatch(fill="#b23a1e", ink="#ffffff", pattern="lines"),
    "unknown": Swatch(fill="#e3e4ec", ink="#7b7f95", pattern="cross"),
    "n0": Swatch(fill="#e9f1ec"),
    "n1": Swatch(fill="#fbe3c2"),
    "n2": Swatch(fill="#f2b36b", ink="#8a4b00", pattern="dots"),
    "n3": Swatch(fill="#c9622a", ink="#ffffff", pattern="lines"),
    "n4": Swatch(fill="#7d2a08", ink="#ffffff", pattern="cross"),
}
"""Told apart by lightness and pattern as well as by colour, also by people with colour blindness
and on a black-and-white print."""

SEPARATOR = ", "
_CZECHIA = [[48.55, 12.09], [51.06, 18.86]]


def map_data(
    views: Sequence[GapsView], report: GapReport, catalog: Catalog, boundaries: Boundaries
) -> dict[str, Json]:
    """Return what the script needs for these views, the first one shown first.

    ``places`` are (code, name, ORP, population) in the report's order; in each view ``keys`` has
    one digit for each place (the position in the view's legend), ``uncertain`` 0 or 1, ``values``
    positions in ``texts``, ``details`` lists of positions of texts to be joined by commas;
    ``ranks`` sort the view of all rules.
    """
    texts = _Texts()
    drawn = [_view(view, texts) for view in views]
    corners = [boundaries.areas[code].bounds() for code in report.municipalities]
    return {
        "places": [[row.code, row.name, row.orp, row.population] for row in views[0].rows],
        "views": drawn,
        "texts": list(texts.typeset),
        "swatches": {
            key: {"fill": swatch.fill, "ink": swatch.ink, "pattern": swatch.pattern}
            for key, swatch in SWATCHES.items()
        },
        "bounds": _around(corners),
        "towns": _towns(report, catalog),
        "words": {
            "uncertain": UNCERTAIN,
            "orp": _("ORP"),
            "population": _("obyvatel"),
            "zoom_in": _("Přiblížit mapu"),
            "zoom_out": _("Oddálit mapu"),
            "sort": _("Seřadit podle sloupce"),
        },
    }


class _Texts:
    """Numbers texts as they come; each is typeset once, and many thousands are alike."""

    def __init__(self) -> None:
        self.typeset: dict[str, int] = {}
        self._plain: dict[str, int] = {}

    def number(self, text: str) -> int:
        found = self._plain.get(text)
        if found is None:
            found = self.typeset.setdefault(typeset(text), len(self.typeset))
            self._plain[text] = found
        return found

    def numbers(self, detail: str) -> list[int]:
        """Number the parts between commas: lists of services repeat each other."""
        return [self.number(part) for part in detail.split(SEPARATOR)]


def _view(view: GapsView, texts: _Texts) -> dict[str, Json]:
    legend = [item.key for item in view.legend]
    return {
        "code": view.chosen.code,
        "name": typeset(view.chosen.name),
        "demand": typeset(view.chosen.demand),
        "why": typeset(view.chosen.why),
        "sentence": typeset(view.chosen.sentence),
        "rest": typeset(view.chosen.rest),
        "caption": typeset(view.caption),
        "legend": legend,
        "counts": [item.count for item in view.legend],
        "keys": "".join(str(legend.index(row.key)) for row in view.rows),
        "uncertain": "".join(str(int(row.uncertain)) for row in view.rows),
        "ranks": [row.rank for row in view.rows] if view.is_overall else None,
        "values": [texts.number(row.value) for row in view.rows],
        "details": [texts.numbers(row.detail) for row in view.rows],
    }


def _around(corners: Sequence[tuple[Point, Point]]) -> list[list[float]]:
    """Return [[south, west], [north, east]] around the areas, as Leaflet wants it."""
    if not corners:
        return _CZECHIA
    lows, highs = [low for low, _high in corners], [high for _low, high in corners]
    return [
        [min(point.lat for point in lows), min(point.lon for point in lows)],
        [max(point.lat for point in highs), max(point.lon for point in highs)],
    ]


def _towns(report: GapReport, catalog: Catalog) -> list[Json]:
    """Return (name, lat, lon) of the seats of ORPs, the most populous first, to label them."""
    found = seats(report.municipalities, catalog.territory)
    size = {
        catalog.territory.municipality(code).name: catalog.territory.municipality(code).population
        or 0
        for code in report.municipalities
    }
    towns = sorted(found.items(), key=lambda one: (-size[one[0]], one[0]))
    return [[name, point.lat, point.lon] for name, point in towns]


def place_shapes(report: GapReport, boundaries: Boundaries) -> dict[str, Json]:
    """Return the areas of the municipalities as GeoJSON, in the report's order."""
    return _collection({code: boundaries.areas[code] for code in report.municipalities})


def orp_shapes(report: GapReport, catalog: Catalog, boundaries: Boundaries) -> dict[str, Json]:
    """Return the areas of the ORPs as GeoJSON, by name."""
    return _collection(boundaries.orps(report.municipalities, catalog.territory))


def _collection(areas: Mapping[str, Area]) -> dict[str, Json]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": key, "properties": {}, "geometry": area.to_geojson()}
            for key, area in areas.items()
        ],
    }


def inline_json(data: Json) -> str:
    """Write JSON so that it can stand inside a script element of a page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
