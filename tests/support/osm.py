"""Small extracts of OpenStreetMap made up for tests, as text and in the binary form."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

from referral.geo import Point
from support.build import HOME, KM_OF_LATITUDE

KM_OF_LONGITUDE = KM_OF_LATITUDE / math.cos(math.radians(HOME.lat))


def at(east_km: float, north_km: float) -> Point:
    """Return the point so many kilometres east and north of HOME."""
    return Point(lat=HOME.lat + north_km * KM_OF_LATITUDE, lon=HOME.lon + east_km * KM_OF_LONGITUDE)


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Nodes by their numbers (kilometres east and north of HOME), ways, and tags of nodes."""

    nodes: Mapping[int, tuple[float, float]]
    ways: Sequence[tuple[Sequence[int], Mapping[str, str]]]
    tags: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def point(self, number: int) -> Point:
        """Return where a node is."""
        return at(*self.nodes[number])

    def write(self, path: Path) -> Path:
        """Write it in the form that the name of the file asks for."""
        if path.name.endswith(".osm"):
            path.write_text("\n".join(self._lines()), encoding="utf-8")
        else:
            self._write_binary(path)
        return path

    def _lines(self) -> Iterable[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield '<osm version="0.6" generator="test">'
        for number in sorted(self.nodes):
            point = self.point(number)
            yield f'<node id="{number}" version="1" lat="{point.lat:.7f}" lon="{point.lon:.7f}">'
            yield from self._tags(self.tags.get(number, {}))
            yield "</node>"
        for number, (nodes, tags) in enumerate(self.ways, start=1):
            yield f'<way id="{number}" version="1">'
            yield from (f'<nd ref="{node}"/>' for node in nodes)
            yield from self._tags(tags)
            yield "</way>"
        yield "</osm>"

    @staticmethod
    def _tags(tags: Mapping[str, str]) -> Iterable[str]:
        return (f"<tag k={quoteattr(key)} v={quoteattr(tags[key])}/>" for key in tags)

    def _write_binary(self, path: Path) -> None:
        import osmium  # noqa: PLC0415 - an optional extra

        header = osmium.io.Header()
        header.set("osmosis_replication_timestamp", "2026-11-20T21:00:00Z")
        made = osmium.osm.mutable
        with osmium.SimpleWriter(str(path), header=header) as writer:
            for number in sorted(self.nodes):
                point = self.point(number)
                writer.add_node(
                    made.Node(
                        id=number,
                        version=1,
                        location=(round(point.lon, 7), round(point.lat, 7)),
                        tags=dict(self.tags.get(number, {})),
                    )
                )
            for number, (nodes, tags) in enumerate(self.ways, start=1):
                writer.add_way(made.Way(id=number, version=1, nodes=list(nodes), tags=dict(tags)))
