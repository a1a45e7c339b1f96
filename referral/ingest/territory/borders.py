"""Borders and points of municipalities and ORPs out of features."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from referral.catalog.districts import Bounded
from referral.geo import GeoError
from referral.geo.grids import Grid, common_grid, point_of
from referral.geo.outline import Outline, areas_of
from referral.ingest.errors import IngestError
from referral.ingest.territory.cells import CellError, Cells, shown
from referral.ingest.territory.evidence import Evidence, FileRows
from referral.ingest.territory.features import Feature
from referral.text import fold
from referral.usecases.found_territory import FoundBoundary, Given, What

_CODES: Final = ("kod", "kod_obce", "obec_kod", "kod_orp", "orp_kod", "kod_obec", "id")
_NAMES: Final = ("nazev", "naz_obec", "naz_orp", "jmeno", "name")
_MUNICIPALITY: Final = re.compile(r"5\d{5}", re.ASCII)
_ORPS: Final = (150, 260)
_ORP: Final = re.compile(r"(?<![a-z])orp(?![a-z])")
_CADASTRE: Final = {"obce p", "orp p"}
_CADASTRAL_OFFICE: Final = "Český úřad zeměměřický a katastrální"
_READ_AS: Final[Mapping[Grid, str]] = {
    Grid.LAT_LON: "souřadnice jsou ve stupních, ale šířka je před délkou; vyměnili jsme je",
    Grid.EAST_NORTH: "záporné metry, první menší než druhá: S-JTSK podle EPSG:5514",
    Grid.NORTH_EAST: (
        "záporné metry, první větší než druhá: S-JTSK podle EPSG:5514 s prohozenými osami"
    ),
    Grid.WEST_SOUTH: (
        "kladné metry, první menší než druhá: S-JTSK podle EPSG:5513, nejdřív na západ"
    ),
    Grid.SOUTH_WEST: (
        "kladné metry, první větší než druhá: S-JTSK podle EPSG:5513, nejdřív na jih"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A feature that can be taken over: its row, the code and name of what it goes around."""

    row: int
    code: str
    name: str
    outline: Outline


def read_features(
    features: Iterable[Feature], *, file: str, evidence: Evidence, as_of: date | None = None
) -> None:
    """Add borders and points to the evidence.

    Layers of other things, such as districts, are named among what was passed over.

    Raises:
        IngestError: most of the coordinates lie outside Czechia, whichever way they are read.
    """
    layers: dict[str, list[Feature]] = {}
    for feature in features:
        layers.setdefault(feature.layer, []).append(feature)
    for name, layer in layers.items():
        _read_layer(name, layer, file, evidence, as_of)


def _read_layer(
    layer: str, features: Sequence[Feature], file: str, evidence: Evidence, as_of: date | None
) -> None:
    where = f"{file}/{layer}" if layer else file
    codes = [_code(one.properties) for one in features]
    around = _bounded(where, codes)
    if around is None:
        evidence.skipped[where] = "nejsou to obce ani ORP"
        return
    if any(one.point is not None for one in features):
        _read_points(features, codes, evidence.rows_of(where, "body obcí"), evidence)
        return
    kind = "obcí" if around is Bounded.MUNICIPALITY else "ORP"
    rows = evidence.rows_of(where, f"hranice {kind}")
    drawn = list(_drawn(features, codes, rows))
    known = fold(layer) in _CADASTRE
    publisher = _CADASTRAL_OFFICE if known else ""
    _add(drawn, around, rows, evidence, publisher=publisher, as_of=as_of)


def _drawn(features: Sequence[Feature], codes: Sequence[str], rows: FileRows) -> Iterable[_Drawn]:
    seen: set[str] = set()
    for number, (feature, code) in enumerate(zip(features, codes, strict=True), start=1):
        with rows.row(number):
            if not code:
                raise CellError("kod", _first(feature.properties, _CODES), "Prvek nemá kód.")
            if code in seen:
                raise CellError("kod", code, "Kód je v souboru dvakrát; platí první prvek.")
            try:
                outline = feature.outline()
            except GeoError as error:
                raise CellError("geometry", code, f"Hranici nelze přečíst ({error}).") from None
            seen.add(code)
            name = shown(_first(feature.properties, _NAMES))
            yield _Drawn(row=number, code=code, name=name, outline=outline)


def _add(
    drawn: Sequence[_Drawn],
    around: Bounded,
    rows: FileRows,
    evidence: Evidence,
    *,
    publisher: str,
    as_of: date | None,
) -> None:
    if not drawn:
        return
    try:
        grid = common_grid(one.outline.corner for one in drawn)
    except GeoError:
        raise IngestError(
            "Souřadnice neleží v Česku ani jako stupně (WGS84), ani jako metry (S-JTSK); "
            "převeďte soubor do EPSG:4326 nebo EPSG:5514.",
            file=rows.file,
        ) from None
    if grid in _READ_AS:
        evidence.notes.append(f"{rows.file}: {_READ_AS[grid]}.")
    inside = [one for one in drawn if one.outline.lies_in(grid)]
    for one in drawn:
        if not one.outline.lies_in(grid):
            message = "Hranice leží mimo Česko; opravte souřadnice."
            rows.refuse(one.row, column="geometry", value=one.code, message=message)
    for one, area in zip(inside, areas_of([one.outline for one in inside], grid), strict=True):
        if area is None:
            message = "Hranice nic neohraničuje (pod metr); opravte ji."
            rows.refuse(one.row, column="geometry", value=one.code, message=message)
            continue
        rows.took(one.row, What.BOUNDARY, f"{around}/{one.code}")
        boundary = FoundBoundary(
            around=around,
            code=one.code,
            area=area,
            name=one.name,
            publisher=publisher,
            as_of=as_of,
        )
        first = evidence.boundaries.setdefault(f"{around}/{one.code}", boundary)
        if around is Bounded.MUNICIPALITY and first is boundary:
            evidence.facts(one.code, Given.BORDERS).inside = area.inside()


def _read_points(
    features: Sequence[Feature], codes: Sequence[str], rows: FileRows, evidence: Evidence
) -> None:
    for number, (feature, code) in enumerate(zip(features, codes, strict=True), start=1):
        with rows.row(number):
            if not _MUNICIPALITY.fullmatch(code):
                raise CellError("kod", code, "Kód obce má šest číslic.")
            if feature.point is None:
                raise CellError("geometry", code, "Prvek není bod.")
            try:
                point = point_of(*feature.point)
            except GeoError:
                raise CellError("geometry", feature.point, "Bod leží mimo Česko.") from None
            evidence.facts(code, Given.POINTS).points[Given.POINTS] = point
            rows.took(number, What.MUNICIPALITY, code)


def _bounded(where: str, codes: Sequence[str]) -> Bounded | None:
    """Tell what the features go around by their codes, ORPs also by their number or name."""
    told = [code for code in codes if code]
    if 2 * sum(bool(_MUNICIPALITY.fullmatch(code)) for code in told) > len(told):
        return Bounded.MUNICIPALITY
    named = _ORP.search(fold(where)) is not None
    if told and (named or _ORPS[0] <= len(told) <= _ORPS[1]):
        return Bounded.ORP
    return None


def _code(properties: Mapping[str, object]) -> str:
    """Return the code that a feature carries, empty when there is none."""
    told = _first(properties, _CODES)
    try:
        return Cells({"kod": told}).code("kod")
    except CellError:
        return ""


def _first(properties: Mapping[str, object], names: Sequence[str]) -> object:
    """Return the first property that has one of the names, whatever its case, and a value."""
    found = {str(name).casefold(): value for name, value in properties.items()}
    for name in names:
        value = found.get(name)
        if value is not None and value != "":
            return value
    return None
