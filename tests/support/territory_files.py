"""Invented files about an invented land, in the shapes in which the real ones are published.

Four municipalities lie in a square of two by two, each about 3.6 by 5.6 km; they share borders.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapefile
import xlsxwriter

from referral.geo.grids import Grid, to_plane

CODES = ("590001", "590002", "590003", "590004")
NAMES = dict(zip(CODES, ("Horní Lhota", "Dolní Lhota", "Velké Město", "Lhota"), strict=True))
CENTRES = {
    "590001": (15.025, 50.025),
    "590002": (15.075, 50.025),
    "590003": (15.025, 50.075),
    "590004": (15.075, 50.075),
}
SIDE = 0.05

ARCS = [
    [[1, 0], [0, 1]],
    [[0, 1], [1, 0]],
    [[1, 1], [1, 0]],
    [[1, 1], [0, 1]],
    [[0, 1], [0, -1], [1, 0]],
    [[1, 0], [1, 0], [0, 1]],
    [[2, 1], [0, 1], [-1, 0]],
    [[1, 2], [-1, 0], [0, -1]],
]
"""Borders of the squares in steps of ``SIDE``; the first four are shared by two of them."""

OF_ARCS = {
    "590001": [4, 0, -2],
    "590002": [5, -3, -1],
    "590003": [7, 1, 3],
    "590004": [6, -4, 2],
}


def polozky(kind: str, *items: Mapping[str, object]) -> dict[str, object]:
    """Build a code list of the ministry; ``kod`` is made of the number in the id."""
    return {
        "polozky": [
            {"id": f"{kind}/{item['kod']}", **item, "nazev": {"cs": item["nazev"]}}
            for item in items
        ]
    }


def municipalities_list() -> dict[str, object]:
    return polozky(
        "Obec",
        *({"kod": code, "nazev": name, "okres": "Okres/3999"} for code, name in NAMES.items()),
    )


def districts_list() -> dict[str, object]:
    return polozky(
        "Okres",
        {"kod": "3999", "nazev": "Východ", "kodLau": "CZ0999", "kraj": "Kraj/999"},
    )


def regions_list() -> dict[str, object]:
    return polozky("Kraj", {"kod": "999", "nazev": "Zkušební kraj", "kodNuts3": "CZ099"})


def parts_list() -> dict[str, object]:
    return polozky(
        "CastObce",
        {"kod": "77", "nazev": "Zálesí", "obec": "Obec/590001"},
        {"kod": "78", "nazev": "Dolní Lhota", "obec": "Obec/590002"},
    )


def boroughs_list() -> dict[str, object]:
    return polozky(
        "MestskyObvodMestskaCast", {"kod": 500777, "nazev": "Velké Město I", "obec": "Obec/590003"}
    )


RUIAN = """KOD;NAZEV;STATUS_KOD;POU_KOD;OKRES_KOD;CLENENI_SM_ROZSAH_KOD;PLATI_OD;PLATI_DO\r
590001;Horní Lhota;2;8001;3999;;01.02.2026 00:00:00;\r
590002;Dolní Lhota;2;8001;3999;;01.02.2025 00:00:00;\r
590003;Velké Město;3;8001;3999;;01.01.2024 00:00:00;\r
590004;Lhota;2;8001;3999;;01.01.2024 00:00:00;\r
590009;Zaniklá;1;8001;3999;;05.06.2015 00:00:00;31.12.2015 00:00:00\r
"""

ORPS = """\ufeffKód;Název ORP;Kód Kraje (VÚSC);Název Kraje (VÚSC);Kód Okresu;Název Okresu
9001;Velké Město;999;Zkušební kraj;3999;Východ
"""

ORP_CODES = """orp_kod_csu,orp,kraj_kod_nuts3,kraj,orp_kod_ruian,kraj_kod_ruian,okres_kod_ruian
9901,Velké Město,CZ099,Zkušební kraj,9001,999,3999.0
"""

LINKS = """"kodjaz","kodcis1","chodnota1","text1","kodcis2","chodnota2","text2"
"CS",108,"CZ099","Zkušební kraj",65,"9901","Velké Město"
"""

MASTER = """obec_kod,obec,pou,orp_kod_csu,orp,okres_kod_lau,okres,kraj,pop_2020,pop65plus_2020,\
pop80plus_2020,pou_kod_ruian,okres_kod_ruian,lon,lat
590001,Horní Lhota,Velké Město,9901,Velké Město,CZ0999,Východ,Zkušební kraj,100,20,5,8001,3999,\
15.02,50.02
590002,Dolní Lhota,Velké Město,9901,Velké Město,CZ0999,Východ,Zkušební kraj,200,40,10,8001,3999,\
15.08,50.02
590003,Velké Město,Velké Město,9901,Velké Město,CZ0999,Východ,Zkušební kraj,9000,1800,400,8001,\
3999,15.02,50.08
590004,Lhota,Velké Město,9901,Velké Město,CZ0999,Východ,Zkušební kraj,50,10,1,8001,3999,15.08,50.08
"""

PEOPLE = {"590001": 110, "590002": 210, "590003": 9100, "590004": 60}
"""How many people the workbook of ages counts in each: a tenth is over 65, and 3 over 80."""

GROUPS = ("0-4", "60-64", "65-69", "70-74", "75-79", "80-84", "85+")


def ages_workbook(
    people: Mapping[str, int] = PEOPLE, *, groups: Sequence[str] = GROUPS, sexes: bool = True
) -> bytes:
    """Build a workbook in the statistical office's shape."""
    rows: list[Sequence[object]] = [("POH", "ZUJ", "Obec", "Okres", "Kraj", "Celkem", *groups)]
    for code, count in people.items():
        for sex, share in (("celkem", 1), ("muži", 2), ("ženy", 2)) if sexes else (("celkem", 1),):
            old = count // 10 // share
            ages = dict.fromkeys(groups, 0) | {"65-69": old - 3, "80-84": 2, "85+": 1}
            rows.append(
                (
                    sex,
                    code,
                    NAMES.get(code, "Jinde"),
                    "Východ",
                    "Zkušební kraj",
                    count // share,
                    *(ages[group] for group in groups),
                )
            )
    return workbook(rows)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Build a workbook of one sheet; numbers and texts stay what they are."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return kept.getvalue()


def topology(*, codes: Sequence[str] = CODES) -> dict[str, object]:
    """Build the borders as TopoJSON with shared arcs, quantised."""
    return {
        "type": "Topology",
        "transform": {"scale": [SIDE, SIDE], "translate": [15.0, 50.0]},
        "arcs": ARCS,
        "objects": {
            "OBCE": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": int(code), "arcs": [OF_ARCS[code]]} for code in codes
                ],
            }
        },
    }


def square(code: str) -> list[list[float]]:
    """Return the ring around a municipality in (lon, lat)."""
    lon, lat = CENTRES[code]
    half = SIDE / 2
    return [
        [round(lon + east * half, 3), round(lat + north * half, 3)]
        for east, north in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    ]


def geojson(*, codes: Sequence[str] = CODES) -> dict[str, object]:
    """Build the borders as GeoJSON."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"Kod": int(code), "Nazev": NAMES[code]},
                "geometry": {"type": "Polygon", "coordinates": [square(code)]},
            }
            for code in codes
        ],
    }


def orp_geojson() -> dict[str, object]:
    """Build the border of the only ORP, around all the squares."""
    ring = [[15.0, 50.0], [15.1, 50.0], [15.1, 50.1], [15.0, 50.1], [15.0, 50.0]]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "9001",
                "properties": {"nazev": "Velké Město"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        ],
    }


def points() -> dict[str, object]:
    """Build definition points as GeoJSON."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"Kod": int(code), "Nazev": NAMES[code]},
                "geometry": {"type": "Point", "coordinates": list(centre)},
            }
            for code, centre in CENTRES.items()
        ],
    }


_AXES = {
    Grid.LON_LAT: (1, 1, False),
    Grid.EAST_NORTH: (1, 1, False),
    Grid.NORTH_EAST: (1, 1, True),
    Grid.WEST_SOUTH: (-1, -1, False),
    Grid.SOUTH_WEST: (-1, -1, True),
}


def in_grid(ring: Sequence[Sequence[float]], grid: Grid) -> list[list[float]]:
    """Return a ring of (lon, lat) in the coordinates of a grid."""
    numbers = np.array(ring, dtype=float)
    if grid is Grid.LAT_LON:
        return numbers[:, ::-1].tolist()
    if grid is Grid.LON_LAT:
        return numbers.tolist()
    east, north, swapped = _AXES[grid]
    moved = to_plane(numbers, Grid.LON_LAT) * (east, north)
    return (moved[:, ::-1] if swapped else moved).tolist()


def shapefile_zip(
    *,
    grid: Grid = Grid.EAST_NORTH,
    layer: str = "OBCE_P",
    codes: Sequence[str] = CODES,
    encoding: str = "cp1250",
    leave_out: Sequence[str] = (),
    hole: bool = False,
) -> bytes:
    """Build a zipped shapefile as the cadastral office publishes it."""
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        writer.field("KOD", "N", 9)
        writer.field("NAZEV", "C", 48)
        for code in codes:
            rings = [in_grid(square(code)[::-1], grid)]
            if hole:
                lon, lat = CENTRES[code]
                inner = [[lon, lat], [lon + 0.01, lat], [lon, lat + 0.01], [lon, lat]]
                rings.append(in_grid(inner, grid))
            writer.poly(rings)
            writer.record(int(code), NAMES.get(code, "Žďár"))
    return zipped(
        {f"1/{layer}.{ending}": kept.getvalue() for ending, kept in parts.items()},
        leave_out=leave_out,
    )


def points_zip() -> bytes:
    """Build a zipped shapefile of points, as the cadastral office calls it."""
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POINT, encoding="cp1250") as writer:
        writer.field("KOD", "N", 9)
        for code, centre in CENTRES.items():
            ((east, north),) = in_grid([centre], Grid.EAST_NORTH)
            writer.point(east, north)
            writer.record(int(code))
    return zipped({f"1/OBCE_B.{ending}": kept.getvalue() for ending, kept in parts.items()})


def zipped(members: Mapping[str, bytes], *, leave_out: Sequence[str] = ()) -> bytes:
    """Build a zip."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if name.rpartition(".")[2] not in leave_out:
                archive.writestr(name, content)
    return kept.getvalue()


def as_bytes(document: object) -> bytes:
    """Return a document as JSON, a text as UTF-8 and bytes as they are."""
    if isinstance(document, bytes):
        return document
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return text.encode()


def everything() -> dict[str, bytes]:
    """Return a whole folder: each kind of file once."""
    return {
        name: as_bytes(document)
        for name, document in {
            "kraje.json": regions_list(),
            "okresy.json": districts_list(),
            "obce.json": municipalities_list(),
            "casti.json": parts_list(),
            "obvody.json": boroughs_list(),
            "UI_OBEC.csv": RUIAN,
            "ORP20240819.csv": ORPS,
            "kody.csv": ORP_CODES,
            "VAZ.csv": LINKS,
            "vek_2020.xlsx": ages_workbook(),
            "master.csv": MASTER,
            "hranice.json": topology(),
            "hranice_orp.json": orp_geojson(),
        }.items()
    }


def write_all(folder: Path, files: Mapping[str, object] | None = None) -> Path:
    """Write files into a folder, which is made; without any, the whole land."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (everything() if files is None else files).items():
        (folder / name).write_bytes(as_bytes(content))
    return folder
