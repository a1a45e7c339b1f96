"""Read the roads that cars drive from an extract of OpenStreetMap (.osm.pbf, .osm, .osm.bz2).

The file is read once. In memory are, for that time, 16 bytes for each of its nodes (the library's
own index; the whole of Czechia has about a hundred million), and some numbers for each bend of a
road.
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
from referral.geo.travel import Floats, Ints
from referral.ingest.errors import IngestError
from referral.ingest.progress import Progress
from referral.ingest.roads.rules_file import RoadRules
from referral.ingest.roads.tags import Driven, closes, driven

if TYPE_CHECKING:
    from osmium.osm import Node, Way

_STEP: Final = 1000
"""Roads between two words about progress."""

_IN_A_DEGREE: Final = 10_000_000
_NOWHERE: Final = 2**31 - 1
"""What the library gives for a coordinate that it does not know."""

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
    """Read the roads of an extract; ``progress`` is told how many have been read.

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
    as_of = _draw(path, rules, drawing, progress or Progress())
    ids, first, node = np.unique(
        np.array(drawing.refs, np.int64), return_index=True, return_inverse=True
    )
    if not len(ids):
        raise IngestError(
            "není tu žádná silnice, po které jezdí auta; dejte výpis se silnicemi", file=str(path)
        )
    if ids[0] < 0:
        raise IngestError(
            "uzly mají záporná čísla, jaká editor dává neuloženým; dejte výpis z OpenStreetMap",
            file=str(path),
        )
    lat, lon = (_degrees(of, first) for of in (drawing.lat, drawing.lon))
    flags = np.array(drawing.flags, np.int8)
    graph = RoadGraph.of(
        DrawnRoads(
            lat=lat,
            lon=lon,
            shut=np.isin(ids, np.array(drawing.shut, np.int64)),
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
        lost=int(np.isnan(lat).sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """Roads as they come: their nodes one after another, how many each has, how it is driven.

    ``lat`` and ``lon`` are in ten millionths of a degree, _NOWHERE where the extract lacks the
    node; ``shut`` are the nodes that let nobody through.
    """

    refs: "array[int]" = field(default_factory=lambda: array("q"))
    lat: "array[int]" = field(default_factory=lambda: array("i"))
    lon: "array[int]" = field(default_factory=lambda: array("i"))
    lengths: "array[int]" = field(default_factory=lambda: array("q"))
    kmh: "array[float]" = field(default_factory=lambda: array("d"))
    minutes: "array[float]" = field(default_factory=lambda: array("d"))
    waits: "array[float]" = field(default_factory=lambda: array("d"))
    flags: "array[int]" = field(default_factory=lambda: array("b"))
    shut: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, way: "Way", how: Driven) -> None:
        """Add a road."""
        before = len(self.refs)
        for node in way.nodes:
            self.refs.append(node.ref)
            self.lat.append(node.y)
            self.lon.append(node.x)
        self.lengths.append(len(self.refs) - before)
        self.kmh.append(how.kmh)
        self.minutes.append(np.nan if how.minutes is None else how.minutes)
        self.waits.append(how.wait_minutes)
        self.flags.append(_FORWARD * how.forward | _BACKWARD * how.backward | _STOPS * how.stops)


def _draw(path: Path, rules: RoadRules, drawing: _Drawing, progress: Progress) -> date | None:
    """Read the roads that cars drive and the nodes that stop them; return the day of the file."""
    # An optional extra: who reads no roads need not have it.
    import osmium  # noqa: PLC0415 - see above

    progress.begin(0)
    with _reading(path):
        file = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY)
        told = next(filter(None, map(file.header.get, _DAYS)), "")
        file = file.with_locations("sparse_mem_array").with_filter(
            osmium.filter.KeyFilter("highway", "route", "barrier", "access")
        )
        for one in cast("Iterable[Node | Way]", file):
            tags = {tag.k: tag.v for tag in one.tags}
            if one.is_node():
                if closes(tags, rules):
                    drawing.shut.append(one.id)
                continue
            way = cast("Way", one)
            how = driven(tags, rules)
            if how is not None and len(way.nodes) > 1:
                drawing.add(way, how)
                if not len(drawing.lengths) % _STEP:
                    progress.advance("silnice", _STEP)
    progress.advance("silnice", len(drawing.lengths) % _STEP)
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None


def _degrees(values: "array[int]", rows: Ints) -> Floats:
    """Return coordinates in degrees, NaN where the extract lacks the node."""
    some = np.array(values, np.int64)[rows]
    return np.where(some == _NOWHERE, np.nan, some / _IN_A_DEGREE)


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
