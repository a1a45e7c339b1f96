"""TopoJSON: areas whose common borders are written once, as arcs that several areas refer to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from referral.geo.grids import Plane
from referral.geo.outline import Outline
from referral.geo.point import GeoError

MOST_VERTICES: Final = 2_000_000
"""How many corners one area may have: a few arcs named over and over would fill any memory."""

_DEEPEST: Final = {"Polygon": 1, "MultiPolygon": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """The arcs of a TopoJSON document and the geometries of each of its objects.

    An arc that cannot be read is None: only the areas that need it are lost.
    """

    arcs: tuple[Plane | None, ...]
    layers: Mapping[str, tuple[Mapping[str, object], ...]]

    @classmethod
    def of(cls, document: Mapping[str, object]) -> Self:
        """Read a TopoJSON document, quantised or not.

        Raises:
            GeoError: it is not TopoJSON: the arcs, the transform or the objects are missing.
        """
        arcs, objects = document.get("arcs"), document.get("objects")
        if not isinstance(arcs, list) or not isinstance(objects, Mapping):
            raise GeoError("a topology must have a list of arcs and named objects")
        scale, shift = _transform(document.get("transform"))
        return cls(
            arcs=tuple(_arc(arc, scale, shift) for arc in arcs),
            layers={str(name): _geometries(one) for name, one in objects.items()},
        )

    def outline(self, geometry: Mapping[str, object]) -> Outline:
        """Return the outline of one geometry of an object.

        Raises:
            GeoError: it is no polygon, names an arc that is not there, or encloses nothing.
        """
        arcs, kind = geometry.get("arcs"), geometry.get("type")
        depth = _DEEPEST.get(kind) if isinstance(kind, str) else None
        if depth is None or not isinstance(arcs, list):
            raise GeoError(f"{str(kind)[:40]!r} is neither Polygon nor MultiPolygon")
        polygons = arcs if depth == _DEEPEST["MultiPolygon"] else [arcs]
        left = MOST_VERTICES
        built = []
        for polygon in polygons:
            rings = []
            for names in polygon if isinstance(polygon, list) else [None]:
                ring = self._ring(names, left)
                left -= len(ring)
                rings.append(ring)
            built.append(rings)
        return Outline.of_polygons(built)

    def _ring(self, names: object, at_most: int) -> Plane:
        """Join arcs into a ring; an arc named -1 - i is the arc i walked backwards."""
        if not isinstance(names, list) or not names:
            raise GeoError("a ring must be a list of arcs")
        walked: list[Plane] = []
        for name in names:
            arc = self._walked(name)
            walked.append(arc if not walked else arc[1:])
            at_most -= len(arc)
            if at_most < 0:
                raise GeoError(f"the area has more than {MOST_VERTICES} corners")
        return np.concatenate(walked)

    def _walked(self, name: object) -> Plane:
        if not isinstance(name, int):
            raise GeoError(f"an arc must be named by a number, not {str(name)[:40]!r}")
        backwards = name < 0
        position = -1 - name if backwards else name
        arc = self.arcs[position] if position < len(self.arcs) else None
        if arc is None:
            raise GeoError(f"the arc {position} is missing or cannot be read")
        return arc[::-1] if backwards else arc


def _transform(transform: object) -> tuple[Plane | None, Plane | None]:
    """Return the scale and the shift of a quantised topology, None when it is not quantised."""
    if transform is None:
        return None, None
    if not isinstance(transform, Mapping):
        raise GeoError("the transform of a topology must have a scale and a translate")
    return _pair(transform.get("scale")), _pair(transform.get("translate"))


def _pair(numbers: object) -> Plane:
    try:
        pair = np.asarray(numbers, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        pair = np.empty(0)
    if pair.shape != (2,) or not np.isfinite(pair).all():
        raise GeoError("the scale and the translate of a topology must be two numbers each")
    return pair


def _arc(positions: object, scale: Plane | None, shift: Plane | None) -> Plane | None:
    try:
        arc = np.asarray(positions, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return None
    if arc.ndim != 2 or arc.shape[1] < 2:  # noqa: PLR2004 - two numbers make a position
        return None
    arc = arc[:, :2]
    if scale is None or shift is None:
        return arc
    # Quantised arcs hold the first position and then steps from each to the next.
    # Numbers that no map has may overflow; they become infinite and the outline refuses them.
    with np.errstate(over="ignore", invalid="ignore"):
        return arc.cumsum(axis=0) * scale + shift


def _geometries(found: object) -> tuple[Mapping[str, object], ...]:
    if not isinstance(found, Mapping):
        raise GeoError("an object of a topology must be a geometry")
    members = found.get("geometries") if found.get("type") == "GeometryCollection" else [found]
    if not isinstance(members, Sequence):
        raise GeoError("the geometries of an object must be a list")
    return tuple(one if isinstance(one, Mapping) else {} for one in members)
