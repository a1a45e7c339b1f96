"""The territories that places are measured on: the embedded one, or a folder of published files."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from referral.catalog.territory import Municipality, MunicipalityPart, Territory
from referral.geo import Point
from referral.resources import data_dir

UNKNOWN_POINT = Point(lat=49.8, lon=15.5)


def embedded() -> Territory:
    """Return the territory that comes with the program."""
    with (data_dir() / "territory" / "municipalities.csv").open(encoding="utf-8") as file:
        return Territory.of(_embedded_municipality(row) for row in csv.DictReader(file))


def published(folder: Path) -> Territory:
    """Return the country from mpsv_obce.json, mpsv_casti-obci.json and mpsv_okresy.json.

    The code lists hold neither points nor populations nor ORPs: those of the embedded kraje are
    taken from the program's own table, elsewhere the district stands for the ORP.
    """
    districts = {item["id"]: item["nazev"]["cs"] for item in _items(folder / "mpsv_okresy.json")}
    known = embedded().municipalities
    municipalities = []
    for item in _items(folder / "mpsv_obce.json"):
        district = districts[item["okres"]]
        if item["kod"] in known:
            municipality = replace(known[item["kod"]], name=item["nazev"]["cs"])
        else:
            municipality = Municipality(
                code=item["kod"],
                name=item["nazev"]["cs"],
                orp=district,
                district=district,
                region="",
                point=UNKNOWN_POINT,
            )
        municipalities.append(municipality)
    return Territory.of(municipalities, parts=_parts(folder / "mpsv_casti-obci.json"))


def _parts(file: Path) -> Iterable[MunicipalityPart]:
    for item in _items(file):
        yield MunicipalityPart(
            code=item["kod"], name=item["nazev"]["cs"], municipality=item["obec"].split("/")[1]
        )


def _items(file: Path) -> Iterator[dict[str, Any]]:
    yield from json.loads(file.read_text(encoding="utf-8"))["polozky"]


def _embedded_municipality(row: dict[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        orp=row["orp"],
        district=row["district"],
        region=row["region"],
        point=Point(lat=float(row["lat"]), lon=float(row["lon"])),
        population=int(row["population"]) if row["population"] else None,
    )
