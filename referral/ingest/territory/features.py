"""Features with a shape, out of GeoJSON, TopoJSON or a zipped ESRI shapefile."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import IO, Any, Final

import numpy as np
import shapefile

from referral.geo import GeoError
from referral.geo.outline import Outline
from referral.geo.topology import Topology
from referral.ingest.errors import IngestError
from referral.ingest.territory.files import MOST_SHAPE_BYTES, SourceFile

_SPOOLED: Final = 32 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
_RECORD_PARTS: Final = (".dbf", ".shx")
_POLYGONS: Final = {shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM}
_POINTS: Final = {shapefile.POINT, shapefile.POINTZ, shapefile.POINTM}
_WANTED: Final = ("obce_p", "orp_p", "obce_b")
"""Layers of the cadastral office's archive that are read: borders and points of municipalities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature of a layer: what it says of itself, and its shape.

    ``point`` holds the two numbers of a point; ``outline`` gives the polygon or raises GeoError.
    """

    layer: str
    properties: Mapping[str, object]
    outline: Callable[[], Outline]
    point: tuple[float, float] | None = None


def geojson_features(document: Mapping[str, object], *, file: str) -> list[Feature]:
    """Return the features of a GeoJSON collection.

    Raises:
        IngestError: it holds no list of features.
    """
    members = document.get("features")
    if not isinstance(members, list):
        raise IngestError("GeoJSON nemá seznam prvků (features); stáhněte jej znovu.", file=file)
    return [_geojson_feature(one) for one in members]


def topojson_features(document: Mapping[str, object], *, file: str) -> list[Feature]:
    """Return the features of all the objects of a TopoJSON document.

    Raises:
        IngestError: it is not TopoJSON.
    """
    try:
        topology = Topology.of(document)
    except GeoError as error:
        raise IngestError(
            f"TopoJSON nelze přečíst ({error}); stáhněte jej znovu.", file=file
        ) from None
    return [
        Feature(
            layer=layer,
            properties=_properties(geometry),
            outline=partial(topology.outline, geometry),
        )
        for layer, geometries in topology.layers.items()
        for geometry in geometries
    ]


def shapefile_layers(names: Sequence[str]) -> list[str]:
    """Return the shapefiles to read among the names in a zip, without their ending.

    The cadastral office's archive has some twenty layers; of those only ours are read.
    """
    layers = [name[:-4] for name in names if name.casefold().endswith(".shp")]
    ours = [one for one in layers if one.casefold().rpartition("/")[2] in _WANTED]
    return ours or layers


def shapefile_features(file: SourceFile, layer: str) -> Iterator[Feature]:
    """Yield the features of one shapefile in a zip; texts are read as windows-1250 or UTF-8.

    Raises:
        IngestError: a part of it is missing, broken or too big.
    """
    name = f"{file.name}/{layer.rpartition('/')[2]}"
    try:
        with ExitStack() as stack:
            archive = stack.enter_context(zipfile.ZipFile(stack.enter_context(file.seekable())))
            members = {one.casefold(): one for one in archive.namelist()}
            _require_records(members, layer, name)
            parts = {
                ending.lstrip("."): stack.enter_context(_unpacked(archive, members[found], name))
                for ending in (".shp", *_RECORD_PARTS)
                if (found := f"{layer}{ending}".casefold()) in members
            }
            encoding = _encoding(archive, members.get(f"{layer}.cpg".casefold()))
            reader = stack.enter_context(
                shapefile.Reader(**parts, encoding=encoding, encodingErrors="replace")
            )
            if reader.shapeType not in _POLYGONS | _POINTS:
                return
            for found in reader.iterShapeRecords():
                yield Feature(
                    layer=layer.rpartition("/")[2],
                    properties=dict(found.record.as_dict()),
                    outline=partial(_rings, found.shape),
                    point=_pair(found.shape.points[0]) if reader.shapeType in _POINTS else None,
                )
    except IngestError:
        raise
    except Exception as error:  # noqa: BLE001 - the reader fails in any way on a broken file
        raise IngestError(
            f"Shapefile nelze přečíst ({type(error).__name__}: {str(error)[:120]}); "
            "stáhněte archiv znovu.",
            file=name,
        ) from None


def _geojson_feature(member: object) -> Feature:
    feature = member if isinstance(member, Mapping) else {}
    geometry = feature.get("geometry")
    shape = geometry if isinstance(geometry, Mapping) else {}
    point = None
    if shape.get("type") == "Point":
        point = _pair(shape.get("coordinates"))
    return Feature(
        layer="",
        properties=_properties(feature),
        outline=lambda: Outline.from_geojson(shape),
        point=point,
    )


def _properties(feature: Mapping[str, object]) -> Mapping[str, object]:
    """Return the properties, with the id of the feature among them under its own name."""
    properties = feature.get("properties")
    own = dict(properties) if isinstance(properties, Mapping) else {}
    return {"id": feature.get("id"), **own}


def _pair(coordinates: object) -> tuple[float, float]:
    """Return the two numbers of a point; what is no number comes back as one that is no place."""
    try:
        first, second = np.asarray(coordinates, dtype=np.float64)[:2].tolist()
    except (TypeError, ValueError, OverflowError, IndexError):
        return np.inf, np.inf
    return first, second


def _rings(shape: Any) -> Outline:  # noqa: ANN401 - a shape of the library, which is not typed
    points = np.asarray(shape.points, dtype=np.float64).reshape(-1, 2)
    starts = [*shape.parts, len(points)]
    return Outline.of_rings([points[start:end] for start, end in pairwise(starts)])


def _unpacked(archive: zipfile.ZipFile, member: str, name: str) -> IO[bytes]:
    """Unpack a member where the reader can jump in it, but no more than the limit."""
    if archive.getinfo(member).file_size > MOST_SHAPE_BYTES:
        raise IngestError(
            f"Po rozbalení by měl přes {MOST_SHAPE_BYTES // 1024**2}\N{NO-BREAK SPACE}MB; "
            "stáhněte menší území.",
            file=name,
        )
    with ExitStack() as until_done:
        unpacked = until_done.enter_context(tempfile.SpooledTemporaryFile(max_size=_SPOOLED))
        with archive.open(member) as packed:
            while chunk := packed.read(_CHUNK):
                unpacked.write(chunk)
        unpacked.seek(0)
        until_done.pop_all()  # whole: now the caller closes it
    return unpacked


def _require_records(members: Mapping[str, str], layer: str, name: str) -> None:
    if f"{layer}.dbf".casefold() not in members:
        raise IngestError("K souboru .shp chybí .dbf s kódy; stáhněte archiv celý.", file=name)


def _encoding(archive: zipfile.ZipFile, member: str | None) -> str:
    """Return the encoding that the .cpg file names; the cadastral office's files are in cp1250."""
    if member is None:
        return "cp1250"
    with archive.open(member) as stream:
        told = stream.read(32).decode("ascii", "replace").strip().casefold()
    return "utf-8" if told in {"utf-8", "utf8", "65001"} else "cp1250"
