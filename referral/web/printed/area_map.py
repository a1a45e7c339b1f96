"""A small map of an area's municipalities for paper: borders, names and a number in each."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias
from xml.sax.saxutils import escape

from referral.catalog.territory import Municipality
from referral.geo import Area
from referral.web.papers.paper import Picture

_WIDTH = 1000.0
_TALLEST = 900.0
_MARGIN = 8.0
_SHADES = ("#ffffff", "#eef1f3", "#dbe2e6", "#c4cfd6")
_STEP = 5
"""How many more services make the next shade; the number itself stands in every municipality."""
_INK, _LINE = "#1c2b33", "#5b6b73"
_LONGEST_LINE = 12

_At: TypeAlias = Callable[[float, float], tuple[float, float]]
"""Where a longitude and a latitude, in this order, stand on the drawing."""


def area_map(
    places: Sequence[Municipality],
    areas: Mapping[str, Area],
    numbers: Mapping[str, int],
    *,
    alt: str,
    width_mm: int,
) -> Picture:
    """Draw the places; ``areas`` and ``numbers`` are by their codes."""
    bounds = [areas[one.code].bounds() for one in places]
    south, north = min(low.lat for low, _high in bounds), max(high.lat for _low, high in bounds)
    west, east = min(low.lon for low, _high in bounds), max(high.lon for _low, high in bounds)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, tall = max((east - west) * squeeze, 1e-3), max(north - south, 1e-3)
    scale = min(_WIDTH / wide, _TALLEST / tall)

    def at(lon: float, lat: float) -> tuple[float, float]:
        return _MARGIN + (lon - west) * squeeze * scale, _MARGIN + (north - lat) * scale

    size = (wide * scale + 2 * _MARGIN, tall * scale + 2 * _MARGIN)
    letters = _letters(len(places))
    body = [
        *(_shape(areas[one.code], numbers.get(one.code, 0), at) for one in places),
        *(
            _label(one.name, numbers.get(one.code, 0), at(*_inside(areas[one.code])), letters)
            for one in places
        ),
    ]
    return Picture(
        svg=(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:.0f} {size[1]:.0f}">'
            f"{''.join(body)}</svg>"
        ),
        alt=alt,
        width_mm=width_mm,
    )


def _letters(places: int) -> float:
    """Return the size of letters: the more places, the smaller."""
    return max(10.0, min(22.0, 84.0 / math.sqrt(places)))


def _shape(area: Area, number: int, at: _At) -> str:
    shade = _SHADES[min(len(_SHADES) - 1, math.ceil(number / _STEP))]
    path = "".join(
        "M" + "L".join("{:.1f} {:.1f}".format(*at(point[0], point[1])) for point in ring) + "Z"
        for ring in _rings(area)
    )
    return f'<path d="{path}" fill="{shade}" stroke="{_LINE}" stroke-width="1.5"/>'


def _rings(area: Area) -> Iterator[Sequence[Sequence[float]]]:
    geometry = area.to_geojson()
    parts = geometry["coordinates"]
    for polygon in [parts] if geometry["type"] == "Polygon" else parts:
        yield from polygon


def _inside(area: Area) -> tuple[float, float]:
    """Return the longitude and latitude of a point well inside, for a label."""
    point = area.inside()
    return point.lon, point.lat


def _label(name: str, number: int, middle: tuple[float, float], size: float) -> str:
    x, y = middle
    lines = _lines(name)
    top = y - size * 0.5 * len(lines)
    words = "".join(_text(line, x, top + size * row, size * 0.82) for row, line in enumerate(lines))
    return words + _text(str(number), x, top + size * (len(lines) + 0.1), size * 1.1, bold=True)


def _lines(name: str) -> list[str]:
    """Break a long name at its spaces."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LONGEST_LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _text(text: str, x: float, y: float, size: float, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="Libertinus Serif" font-size="{size:.1f}" '
        f'text-anchor="middle" fill="{_INK}"{weight}>{escape(text)}</text>'
    )
