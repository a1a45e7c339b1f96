"""Read the roads that cars drive from an extract of OpenStreetMap (.osm.pbf, .osm, .osm.bz2).

The file is read twice: first the roads, then only those nodes that the roads run through. In memory
there are some numbers for each bend of a road, and a set of the wanted nodes, which the library
keeps as bits: it grows with the highest number of a node, to 1.5 GB for an extract of today.
"""

from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from referral.geo.road_graph import DrawnRoads, RoadGraph
from referral.geo.travel import Bools, Floats, Ints
from referral.ingest.errors import IngestError
from referral.ingest.progress import Progress
from referral.ingest.roads.rules_file import RoadRules
from referral.ingest.roads.tags import Driven, closes, driven

if TYPE_CHECKING:
    from osmium.osm import Node, Way

_STEP: Final = 20_000
"""Nodes between two words about progress."""

_FORWARD, _BACKWARD, _STOPS = 1, 2, 4

_DAYS: Final = ("osmosis_replication_timestamp", "timestamp")
"""Where the header of an extract tells of which day it is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadsRead:
    """What an extract holds: the graph, its day (None: not said), ways driven and their bends.

    ``lost`` counts bends whose place the extract lacks: roads that it cuts off.
    """

    graph: RoadGraph
    as_of: date | None
    ways: int
    bends: int
    lost: int


def read_roads(path: Path, *, rules: RoadRules, progress: Progress | None = None) -> RoadsRead:
    """Read the roads of an extract; ``progress`` is told of the bends whose places are found.

    Raises:
        IngestError: osmium is not installed; the file cannot be read, is damaged or no extract, or
            there is no road in it that cars drive there and back.
    """
    if not path.is_file():
        raise IngestError("soubor tu není; zkontrolujte cestu k němu", file=str(path))
    if find_spec("osmium") is None:
        raise IngestError(
            "ke čtení silnic chybí knihovna osmium; doplňte ji příkazem "
            ".venv/bin/pip install osmium, nebo s celým balíčkem: pip install 'referral[roads]'",
            file=str(path),
        )
    drawing = _Drawing()
    as_of = _draw(path, rules, drawing)
    ids, node = np.unique(np.array(drawing.refs, np.int64), return_inverse=True)
    if not len(ids):
        raise IngestError(
            "není tu žádná silnice, po které jezdí auta; dejte výpis se silnicemi", file=str(path)
        )
    if ids[0] < 0:
        raise IngestError(
            "uzly mají záporná čísla, jaká editor dává neuloženým; dejte výpis z OpenStreetMap",
            file=str(path),
        )
    places = _place(path, ids, rules, progress or Progress())
    flags = np.array(drawing.flags, np.int8)
    graph = RoadGraph.of(
        DrawnRoads(
            lat=places.lat,
            lon=places.lon,
            shut=places.shut,
            ptr=np.concatenate([[0], np.cumsum(np.array(drawing.lengths, np.int64))]),
            node=node,
            kmh=np.array(drawing.kmh, np.float64),
            minutes=np.array(drawing.minutes, np.float64),
            wait_minutes=np.array(drawing.waits, np.float64),
            forward=flags & _FORWARD != 0,
            backward=flags & _BACKWARD != 0,
            stops=flags & _STOPS != 0,
        )
    )
    if not len(graph.km):
        raise IngestError(
            "není tu žádná silnice, po které by se dalo dojet tam i zpět; dejte větší výpis",
            file=str(path),
        )
    return RoadsRead(
        graph=graph,
        as_of=as_of,
        ways=len(drawing.lengths),
        bends=len(ids),
        lost=int(np.isnan(places.lat).sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """Roads as they come: the nodes of all of them, how many each has, how it is driven."""

    refs: "array[int]" = field(default_factory=lambda: array("q"))
    lengths: "array[int]" = field(default_factory=lambda: array("q"))
    kmh: "array[float]" = field(default_factory=lambda: array("d"))
    minutes: "array[float]" = field(default_factory=lambda: array("d"))
    waits: "array[float]" = field(default_factory=lambda: array("d"))
    flags: "array[int]" = field(default_factory=lambda: array("b"))

    def add(self, nodes: list[int], how: Driven) -> None:
        """Add a road."""
        self.refs.extend(nodes)
        self.lengths.append(len(nodes))
        self.kmh.append(how.kmh)
        self.minutes.append(np.nan if how.minutes is None else how.minutes)
        self.waits.append(how.wait_minutes)
        self.flags.append(_FORWARD * how.forward | _BACKWARD * how.backward | _STOPS * how.stops)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where nodes are (degrees, NaN: not in the file) and which of them nobody drives through."""

    lat: Floats
    lon: Floats
    shut: Bools


def _draw(path: Path, rules: RoadRules, drawing: _Drawing) -> date | None:
    """Read the roads that cars drive; return the day of the file."""
    # An optional extra: who reads no roads need not have it.
    import osmium  # noqa: PLC0415 - see above

    with _reading(path):
        file = osmium.FileProcessor(str(path), osmium.osm.WAY)
        drawn = file.with_filter(osmium.filter.KeyFilter("highway", "route"))
        for way in cast("Iterable[Way]", drawn):
            how = driven({tag.k: tag.v for tag in way.tags}, rules)
            if how is not None and len(way.nodes) > 1:
                drawing.add([node.ref for node in way.nodes], how)
        told = next(filter(None, map(file.header.get, _DAYS)), "")
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None


def _place(path: Path, ids: Ints, rules: RoadRules, progress: Progress) -> _Places:
    """Read where the nodes with these numbers (in order) are, and which are shut."""
    import osmium  # noqa: PLC0415 - as above

    found, lat, lon, shut = array("q"), array("d"), array("d"), array("q")
    progress.begin(len(ids))
    with _reading(path):
        file = osmium.FileProcessor(str(path), osmium.osm.NODE)
        # A memory view gives its numbers one by one, where a list would hold them all at once.
        wanted = file.with_filter(osmium.filter.IdFilter(ids.data))
        for node in cast("Iterable[Node]", wanted):
            if not node.location.valid():
                continue
            found.append(node.id)
            lat.append(node.lat)
            lon.append(node.lon)
            if len(node.tags) and closes({tag.k: tag.v for tag in node.tags}, rules):
                shut.append(node.id)
            if not len(found) % _STEP:
                progress.advance("body silnic", _STEP)
    progress.advance("body silnic", len(found) % _STEP)
    at = np.searchsorted(ids, np.array(found, np.int64))
    places = _Places(
        lat=np.full(len(ids), np.nan),
        lon=np.full(len(ids), np.nan),
        shut=np.isin(ids, np.array(shut, np.int64)),
    )
    places.lat[at], places.lon[at] = lat, lon
    return places


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Tell of a damaged file in one sentence."""
    try:
        yield
    except RuntimeError as error:
        raise IngestError(
            "není výpis OpenStreetMap (.osm.pbf, .osm, .osm.bz2), nebo je poškozený; stáhněte ho "
            f"znovu ({error})",
            file=str(path),
        ) from error
