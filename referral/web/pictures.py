"""A map as data: places with a look, a value and a detail, whoever draws them in the end.

The page's script, the drawn SVG and the table under the map are made from the same picture, so they
cannot tell different things.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.geo import Area, Point
from referral.geo.shared_borders import GRID, share_borders
from referral.web.boundaries import Boundaries, seats
from referral.web.czech import typeset
from referral.web.gaps_map_data import SWATCHES, Swatch
from referral.web.gaps_packed import MOST_WRITTEN_OUT
from referral.web.gaps_presenter import GapsView, LegendItem, PlaceRow
from referral.web.gaps_sentences import UNCERTAIN, grouped
from referral.web.presenters.document import Json
from referral.web.translation import _

LOOKS: Mapping[str, Swatch] = {
    **SWATCHES,
    "new": Swatch(fill="#1c6b3f", ink="#ffffff", pattern="dots"),
    "surer": Swatch(fill="#8cc9a4", ink="#0f4527", pattern="lines"),
    "eased": Swatch(fill="#c3dd8f", ink="#3d5300", pattern="dots"),
    "lost": Swatch(fill="#5a1d66", ink="#ffffff", pattern="cross"),
    "weaker": Swatch(fill="#cfa3d6", ink="#4b1555", pattern="lines"),
    "s0": Swatch(fill="#e9f1ec"),
    "s1": Swatch(fill="#fbe3c2"),
    "s2": Swatch(fill="#f2b36b", ink="#8a4b00", pattern="dots"),
    "s3": Swatch(fill="#c9622a", ink="#ffffff", pattern="lines"),
    "s4": Swatch(fill="#7d2a08", ink="#ffffff", pattern="cross"),
    "sx": SWATCHES["unknown"],
    # Need grows with blue, the gap with red and with the pattern; together they darken.
    "b00": Swatch(fill="#eef0f2"),
    "b10": Swatch(fill="#b7cde3"),
    "b20": Swatch(fill="#6f9dc8"),
    "b01": Swatch(fill="#efcdb8", ink="#7a3a12", pattern="dots"),
    "b11": Swatch(fill="#b7a2b0", ink="#33202c", pattern="dots"),
    "b21": Swatch(fill="#6a7ba0", ink="#ffffff", pattern="dots"),
    "b02": Swatch(fill="#df8a63", ink="#4a1500", pattern="lines"),
    "b12": Swatch(fill="#a4566a", ink="#ffffff", pattern="lines"),
    "b22": Swatch(fill="#4a2452", ink="#ffffff", pattern="cross"),
    "bxx": SWATCHES["unknown"],
}
"""How every key of every map looks: fill, lightness and pattern, so that colour is never alone."""

_CZECHIA = [[48.55, 12.09], [51.06, 18.86]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A numbered mark on a map: a suggested place; ``text`` says what it would do."""

    number: str
    name: str
    point: Point
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """A legend of two measures: words for the columns, and rows from the largest gap down."""

    need: tuple[str, ...]
    rows: tuple[tuple[str, tuple[LegendItem, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What one map shows.

    ``rows`` are the places of the map and of the table under it, in one order; their ``code`` is a
    municipality's, or with ``by_orp`` the name of an ORP. ``municipalities`` are all codes of the
    area. ``about`` are the lines that a drawn map carries with it: norm, sources, date.
    """

    name: str
    caption: str
    rows: tuple[PlaceRow, ...]
    legend: tuple[LegendItem, ...]
    municipalities: tuple[str, ...]
    about: tuple[str, ...] = ()
    lead: str = ""
    pins: tuple[Pin, ...] = ()
    by_orp: bool = False
    is_overall: bool = True
    axes: Axes | None = None

    def looks(self) -> dict[str, Swatch]:
        """Return how the keys of this map look, in the legend's order."""
        return {item.key: LOOKS[item.key] for item in self.legend}

    def areas(self, catalog: Catalog, boundaries: Boundaries) -> Mapping[str, Area]:
        """Return the area of each row by its code."""
        if self.by_orp:
            return boundaries.orps(self.municipalities, catalog.territory)
        return {row.code: boundaries.areas[row.code] for row in self.rows}


def picture_of(view: GapsView, municipalities: Sequence[str]) -> Picture:
    """Return the map of a gap report's view, as it is drawn and downloaded."""
    return Picture(
        name=view.chosen.name,
        caption=view.caption,
        lead=view.chosen.sentence,
        rows=view.rows,
        legend=view.legend,
        municipalities=tuple(municipalities),
        about=about_lines(view),
        is_overall=view.is_overall,
    )


def about_lines(view: GapsView) -> tuple[str, ...]:
    """Return what must travel with every copy of a map: how binding, whose numbers, from when."""
    return (
        f"{view.norm.status_note} "
        + _("Norma „{name}“, {source}.").format(name=view.norm.name, source=view.norm.source),
        _("Zdroj údajů: {sources}.").format(sources="; ".join(view.sources)),
        _("Vypočteno {day}.").format(day=view.as_of),
    )


def legend_of(rows: Sequence[PlaceRow], meanings: Mapping[str, str]) -> tuple[LegendItem, ...]:
    """Return what the keys mean, each with the number of places that have it."""
    counts = Counter(row.key for row in rows)
    return tuple(
        LegendItem(key=key, text=text, count=grouped(counts[key])) for key, text in meanings.items()
    )


def picture_data(picture: Picture, catalog: Catalog, boundaries: Boundaries) -> dict[str, Json]:
    """Return what the page's script needs to paint a picture: one view, as ``map_data`` writes."""
    legend = [item.key for item in picture.legend]
    texts: dict[str, int] = {}

    def number(text: str) -> int:
        return texts.setdefault(typeset(text), len(texts))

    rows = picture.rows
    view: dict[str, Json] = {
        "code": "",
        "legend": [*legend],
        "keys": "".join(str(legend.index(row.key)) for row in rows),
        "uncertain": "".join(str(int(row.uncertain)) for row in rows),
        "ranks": [row.rank for row in rows],
        "values": [number(row.value) for row in rows],
        "details": [[number(row.detail)] for row in rows],
    }
    areas = picture.areas(catalog, boundaries)
    return {
        "places": [[row.code, row.name, row.orp, row.population] for row in rows],
        "views": [view],
        "texts": [*texts],
        "swatches": {
            key: {"fill": look.fill, "ink": look.ink, "pattern": look.pattern}
            for key, look in picture.looks().items()
        },
        "bounds": bounds_of(areas, picture.pins),
        "towns": [[name, at.lat, at.lon] for name, at in towns_of(picture, catalog)],
        "pins": [
            [pin.number, pin.name, pin.point.lat, pin.point.lon, typeset(pin.text)]
            for pin in picture.pins
        ],
        "words": {
            "uncertain": UNCERTAIN,
            "orp": _("ORP"),
            "population": _("obyvatel"),
            "zoom_in": _("Přiblížit mapu"),
            "zoom_out": _("Oddálit mapu"),
            "sort": _("Seřadit podle sloupce"),
        },
    }


def picture_shapes(picture: Picture, catalog: Catalog, boundaries: Boundaries) -> dict[str, Json]:
    """Return the areas of the rows and the outlines of the ORPs as GeoJSON.

    Of very many rows borders that neighbours share are written once, as ``gaps_packed`` does.
    """
    if not picture.by_orp and len(picture.rows) > MOST_WRITTEN_OUT:
        shared = share_borders(picture.areas(catalog, boundaries))
        return {
            "grid": GRID,
            "arcs": shared.steps(),
            "places": [shared.polygons[row.code] for row in picture.rows],
            "orps": shared.between({row.code: row.orp for row in picture.rows}),
        }
    orps = boundaries.orps(picture.municipalities, catalog.territory)
    return {
        "places": _collection(picture.areas(catalog, boundaries)),
        "orps": _collection(orps),
    }


def towns_of(picture: Picture, catalog: Catalog) -> tuple[tuple[str, Point], ...]:
    """Return the seats of ORPs to label, the most populous first."""
    territory = catalog.territory
    found = seats(picture.municipalities, territory)
    size = {
        territory.municipality(code).name: territory.municipality(code).population or 0
        for code in picture.municipalities
    }
    return tuple(sorted(found.items(), key=lambda one: (-size[one[0]], one[0])))


def bounds_of(areas: Mapping[str, Area], pins: Sequence[Pin] = ()) -> list[list[float]]:
    """Return [[south, west], [north, east]] around areas and pins; all of Czechia for nothing."""
    corners = [corner for area in areas.values() for corner in area.bounds()]
    corners += [pin.point for pin in pins]
    if not corners:
        return _CZECHIA
    lats, lons = [one.lat for one in corners], [one.lon for one in corners]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _collection(areas: Mapping[str, Area]) -> dict[str, Json]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": key, "properties": {}, "geometry": area.to_geojson()}
            for key, area in areas.items()
        ],
    }
