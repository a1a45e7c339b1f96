"""Maps drawn on the server as SVG and PNG: for a report, for paper, for who runs no scripts.

Everything that explains the map is in the drawing: title, legend, norm, sources, date, scale.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape

import typst

from referral.catalog.snapshot import Catalog
from referral.geo import Area, Point
from referral.web.boundaries import Boundaries
from referral.web.gaps_map_data import Swatch
from referral.web.papers.pdf import fonts
from referral.web.pictures import LOOKS, Picture, bounds_of, towns_of
from referral.web.translation import _

_WIDTH: Final = 1000
_MARGIN: Final = 30
_TALLEST: Final = 900
_EM: Final = 0.53
"""The usual width of a letter in its height; a little more than fonts need, so lines fit."""
_KM_PER_DEGREE: Final = 111.32
_FINEST: Final = 0.35
"""Pixels; shorter steps of a border cannot be seen."""
_PPI: Final = 144
_INK, _SOFT, _LINE = "#17212e", "#475467", "#5b6670"
_SCALES: Final = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """How degrees become pixels: equirectangular, true to scale in the middle of the map."""

    west: float
    north: float
    per_degree: float
    squeeze: float
    top: float
    left: float
    width: float
    height: float

    @classmethod
    def around(cls, bounds: Sequence[Sequence[float]], *, top: float) -> "_Frame":
        (south, west), (north, east) = bounds
        squeeze = math.cos(math.radians((south + north) / 2))
        wide, tall = max((east - west) * squeeze, 1e-3), max(north - south, 1e-3)
        scale = min((_WIDTH - 2 * _MARGIN) / wide, _TALLEST / tall)
        return cls(
            west=west,
            north=north,
            per_degree=scale,
            squeeze=squeeze,
            top=top,
            left=(_WIDTH - wide * scale) / 2,
            width=wide * scale,
            height=tall * scale,
        )

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the pixel of a point."""
        x = self.left + (lon - self.west) * self.squeeze * self.per_degree
        return x, self.top + (self.north - lat) * self.per_degree

    def pixels(self, km: float) -> float:
        """Return how long so many kilometres are."""
        return km / _KM_PER_DEGREE * self.per_degree


def drawn_png(picture: Picture, catalog: Catalog, boundaries: Boundaries) -> bytes:
    """Return the drawn map as PNG, 2,000 pixels wide, set with the typesetter's own fonts."""
    return png_of(drawn_svg(picture, catalog, boundaries))


def png_of(svg: str) -> bytes:
    """Return an SVG of ours as PNG."""
    page = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {_WIDTH}pt)'
    )
    return typst.compile(
        page.encode(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=_PPI,
        sys_inputs={"svg": svg},
    )


def drawn_svg(picture: Picture, catalog: Catalog, boundaries: Boundaries) -> str:
    """Return a map as one SVG file that fetches nothing; equal pictures make equal files."""
    head, top = _head(picture)
    areas = picture.areas(catalog, boundaries)
    frame = _Frame.around(bounds_of(areas, picture.pins), top=top + 10)
    body = [
        *_places(picture, areas, frame),
        *_outlines(boundaries.orps(picture.municipalities, catalog.territory).values(), frame),
        *_labels(towns_of(picture, catalog), frame),
        *_pins(picture, frame),
    ]
    below = frame.top + frame.height + 26
    scale, below = _scale(frame, below)
    legend, below = _square(picture, below) if picture.axes else _legend(picture, below)
    about, below = _about((*picture.about, boundaries.note), below)
    height = math.ceil(below + _MARGIN / 2)
    return "\n".join(
        [
            _opening(height),
            f"<title>{escape(picture.caption)}</title>",
            f"<desc>{escape(picture.lead)}</desc>",
            *_defs(picture.looks()),
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            *head,
            *body,
            *scale,
            *legend,
            *about,
            "</svg>",
            "",
        ]
    )


def _opening(height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" '
        "font-family=\"'Liberation Sans', Arial, Helvetica, sans-serif\">"
    )


def _bar(x: float, y: float, long: float) -> str:
    return (
        f'<path d="M{_n(x)} {_n(y - 6)}v6h{_n(long)}v-6" fill="none" stroke="{_SOFT}" '
        'stroke-width="1.5"/>'
    )


def _text(text: str, x: float, y: float, size: float, *, fill: str = _INK, extra: str = "") -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}"{extra}>'
        f"{escape(text)}</text>"
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _lines(text: str, size: float, *, width: float = _WIDTH - 2 * _MARGIN) -> list[str]:
    return wrap(text, max(8, int(width / (size * _EM)))) if text else []


def _head(picture: Picture) -> tuple[list[str], float]:
    drawn, y = [], float(_MARGIN)
    for text, size, look in ((picture.caption, 26, ' font-weight="bold"'), (picture.lead, 17, "")):
        for line in _lines(text, size * (1.08 if look else 1)):
            y += size * 1.25
            drawn.append(_text(line, _MARGIN, y, size, extra=look))
        y += 4
    return drawn, y


def _defs(looks: Mapping[str, Swatch]) -> Iterator[str]:
    yield "<defs>"
    for key, look in looks.items():
        if look.pattern:
            yield (
                f'<pattern id="p-{key}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<rect width="8" height="8" fill="{look.fill}"/>{_ink(look)}</pattern>'
            )
    yield "</defs>"


def _ink(look: Swatch) -> str:
    if look.pattern == "dots":
        dots = "".join(f'<circle cx="{at}" cy="{at}" r="1"/>' for at in (2, 6))
        return f'<g fill="{look.ink}">{dots}</g>'
    rising = "M-9 9L1 -1M-1 9L9 -1M7 9L17 -1"
    falling = "M-9 -1L1 9M-1 -1L9 9M7 -1L17 9" if look.pattern == "cross" else ""
    return f'<path d="{rising}{falling}" stroke="{look.ink}" stroke-opacity="0.75" fill="none"/>'


def _fill(key: str) -> str:
    return f"url(#p-{key})" if LOOKS[key].pattern else LOOKS[key].fill


def _places(picture: Picture, areas: Mapping[str, Area], frame: _Frame) -> Iterator[str]:
    """Draw the places, those whose result hangs on an estimate last, so that dashes are seen."""
    for uncertain in (False, True):
        look = (
            'stroke="#111111" stroke-width="1.6" stroke-dasharray="5 4"'
            if uncertain
            else f'stroke="{_LINE}" stroke-width="0.5"'
        )
        chosen = [row for row in picture.rows if row.uncertain is uncertain]
        if not chosen:
            continue
        yield f'<g {look} stroke-linejoin="round" fill-rule="evenodd">'
        for row in chosen:
            told = f"{row.name}: {row.value}"
            yield (
                f'<path fill="{_fill(row.key)}" d="{_path(areas[row.code], frame)}">'
                f"<title>{escape(told)}</title></path>"
            )
        yield "</g>"


def _outlines(areas: Iterable[Area], frame: _Frame) -> Iterator[str]:
    yield '<g fill="none" stroke="#1f2933" stroke-width="1.6" stroke-linejoin="round">'
    for area in areas:
        yield f'<path d="{_path(area, frame)}"/>'
    yield "</g>"


def _path(area: Area, frame: _Frame) -> str:
    geometry = area.to_geojson()
    parts = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        parts = [parts]
    return "".join(_ring(ring, frame) for part in parts for ring in part)


def _ring(ring: Sequence[Sequence[float]], frame: _Frame) -> str:
    written, last = [], (math.inf, math.inf)
    for lon, lat in ring[:-1]:
        x, y = frame.at(lon, lat)
        if abs(x - last[0]) + abs(y - last[1]) >= _FINEST:
            written.append(f"{_n(x)} {_n(y)}")
            last = (x, y)
    return f"M{'L'.join(written)}Z"


def _labels(towns: Sequence[tuple[str, Point]], frame: _Frame) -> Iterator[str]:
    """Name the towns, the most populous first; a name that would cover another is left out."""
    kept: list[tuple[float, float, float, float]] = []
    size = 13.0
    for name, point in towns:
        x, y = frame.at(point.lon, point.lat)
        half = len(name) * size * _EM / 2 + 3
        x = min(max(x, half + 2), _WIDTH - half - 2)
        box = (x - half, y - size * 0.7, x + half, y + size * 0.6)
        if any(a < box[2] and box[0] < c and b < box[3] and box[1] < d for a, b, c, d in kept):
            continue
        kept.append(box)
        yield (
            f'<rect x="{_n(box[0])}" y="{_n(box[1])}" width="{_n(2 * half)}" '
            f'height="{_n(size * 1.3)}" rx="3" fill="#ffffff" fill-opacity="0.82"/>'
        )
        yield _text(name, x, y + size * 0.32, size, extra=' text-anchor="middle"')


def _pins(picture: Picture, frame: _Frame) -> Iterator[str]:
    for pin in picture.pins:
        x, y = frame.at(pin.point.lon, pin.point.lat)
        told = f"{pin.name}: {pin.text}"
        yield (
            f'<g><title>{escape(told)}</title><circle cx="{_n(x)}" cy="{_n(y)}" r="13" '
            'fill="#12355b" stroke="#ffffff" stroke-width="2.5"/>'
        )
        middle = ' text-anchor="middle" font-weight="bold"'
        yield _text(pin.number, x, y + 5, 14, fill="#ffffff", extra=middle) + "</g>"


def _scale(frame: _Frame, y: float) -> tuple[list[str], float]:
    fitting = [km for km in _SCALES if frame.pixels(km) <= frame.width / 3]
    km = fitting[-1] if fitting else _SCALES[0]
    long = frame.pixels(km)
    x = float(_MARGIN)
    drawn = [
        _bar(x, y, long),
        _text(f"{km}\u00a0km", x + long + 8, y, 13, fill=_SOFT),
    ]
    return drawn, y + 16


def _legend(picture: Picture, y: float) -> tuple[list[str], float]:
    drawn, x, size = [], float(_MARGIN), 15.0
    items = [(_fill(item.key), f"{item.text} ({item.count})", "") for item in picture.legend]
    if any(row.uncertain for row in picture.rows):
        dashes = ' stroke="#111111" stroke-width="2" stroke-dasharray="5 4"'
        items.append(("#ffffff", _("nejisté: rozhoduje odhad cesty"), dashes))
    y += size
    for fill, text, dashes in items:
        wide = 34 + len(text) * size * _EM + 24
        if x > _MARGIN and x + wide > _WIDTH - _MARGIN:
            x, y = float(_MARGIN), y + size * 1.7
        look = dashes or f' stroke="{_LINE}"'
        drawn.append(
            f'<rect x="{_n(x)}" y="{_n(y - 13)}" width="26" height="17" fill="{fill}"{look}/>'
        )
        drawn.append(_text(text, x + 34, y, size))
        x += wide
    return drawn, y + size


def _square(picture: Picture, y: float) -> tuple[list[str], float]:
    """Draw the legend of two measures as a square: the gap grows upwards, the need to the right."""
    texts = {item.key: item for item in picture.legend}
    side, left, drawn = 34, float(_MARGIN), []
    y += 8
    for up, gap in enumerate((2, 1, 0)):
        for need in range(3):
            key = f"b{need}{gap}"
            drawn.append(
                f'<rect x="{_n(left + need * side)}" y="{_n(y + up * side)}" width="{side}" '
                f'height="{side}" fill="{_fill(key)}" stroke="{_LINE}"/>'
            )
    under = y + 3 * side + 18
    drawn.append(_text(_("větší potřeba →"), left, under, 13))
    drawn.append(
        _text(
            _("větší mezera →"),
            0,
            0,
            13,
            extra=f' transform="translate({_n(left - 8)} {_n(y + 3 * side)}) rotate(-90)"',
        )
    )
    x, row = left + 3 * side + 40, y + 12
    for item in picture.legend:
        if item.key == "bxx" or item.key in {"b22", "b20", "b02", "b00"}:
            drawn.append(
                f'<rect x="{_n(x)}" y="{_n(row - 12)}" width="26" height="16" '
                f'fill="{_fill(item.key)}" stroke="{_LINE}"/>'
            )
            text = f"{texts[item.key].text} ({texts[item.key].count})"
            drawn.append(_text(text, x + 34, row, 14))
            row += 23
    return drawn, max(under, row) + 8


def _about(lines: Iterable[str], y: float) -> tuple[list[str], float]:
    drawn, size = [], 12.5
    y += 6
    for text in lines:
        for line in _lines(text, size):
            y += size * 1.35
            drawn.append(_text(line, _MARGIN, y, size, fill=_SOFT))
        y += 3
    return drawn, y
