"""Ages, borders and points: every published form, every order of coordinates."""

import io
import zipfile
from datetime import date

import pytest

from referral.catalog.territory import PartKind
from referral.geo import Point
from referral.geo.grids import Grid
from referral.ingest.errors import IngestError
from referral.usecases.found_territory import Ages
from support.territory_files import (
    CODES,
    GROUPS,
    ORPS,
    ages_workbook,
    as_bytes,
    boroughs_list,
    geojson,
    municipalities_list,
    orp_geojson,
    points,
    points_zip,
    shapefile_zip,
    topology,
    workbook,
    zipped,
)
from support.territory_reading import Reader, by_code, only, refused


@pytest.fixture
def read(tmp_path):
    return Reader(tmp_path / "in")


# Ages


def test_ages_by_single_years_are_summed_as_well(read):
    years = (*map(str, range(85)), "85+")
    rows = [
        ("POH", "ZUJ", "Obec", "Okres", "Kraj", "Celkem", *map(int, years[:-1]), "85+"),
        ("celkem", "590001", "Horní Lhota", "Východ", "Kraj", 86, *([1] * 86)),
    ]
    found, _ = read(vek_2024=workbook(rows))
    assert only(found).ages == Ages(
        population=86, aged_65_plus=21, aged_80_plus=6, as_of=date(2024, 12, 31)
    )


def test_ages_of_a_year_that_the_name_does_not_tell_have_no_date(read):
    found, evidence = read(vek=ages_workbook(), rok_2020_2021=ages_workbook())
    assert {one.ages.as_of for one in found.municipalities} == {None}
    assert len(evidence.notes) == 2


def test_the_later_of_two_years_is_believed(read):
    newer = ages_workbook({"590001": 500})
    for names in (("a_2020", "b_2024"), ("b_2020", "a_2024")):
        found, _ = read(**{names[0]: ages_workbook(), names[1]: newer})
        assert by_code(found)["590001"].ages.population == 500


def test_columns_that_do_not_reach_the_old_stop_the_import(read):
    for groups in (("0-4", "65-69"), ("65-64", "85+"), ("celkem nad 65",)):
        header = ("POH", "ZUJ", "Celkem", *groups)
        with pytest.raises(IngestError, match="nad 65 let"):
            read(vek=workbook([header, ("celkem", "590001", 5, *([1] * len(groups)))]))


def test_wrong_rows_of_ages_are_refused(read):
    header = ("POH", "ZUJ", "Celkem", *GROUPS)
    rows = [
        header,
        ("celkem", "590001", 10, 0, 0, 5, 5, 5, 0, 0),
        ("oba", "590001", 10, 0, 0, 0, 0, 0, 0, 0),
        ("celkem", "Lhota", 10, 0, 0, 0, 0, 0, 0, 0),
        (),
        ("celkem", "590002", 10, 0, 0, 1.5, 0, 0, 0, 0),
        ("celkem", "590002", 10, 0, 0, 1, 0, 0, 0, None),
        ("ženy", "590003", 10, 0, 0, 1, 0, 0, 0, 0),
    ]
    found, evidence = read(vek_2020=workbook(rows))
    assert [(row, field) for row, field, _ in refused(evidence)] == [
        (2, "celkem"), (3, "poh"), (4, "zuj"), (6, "65-69"), (7, "85+"),
    ]  # fmt: skip
    assert only(found).code == "590003"
    assert (only(found).ages, only(found).given) == (None, frozenset())


def test_ages_without_those_over_eighty_leave_them_unknown(read):
    groups = ("0-64", "65 a více")
    rows = [("POH", "ZUJ", "Celkem", *groups), ("celkem", "590001", 9, 5, 4)]
    found, _ = read(vek_2020=workbook(rows))
    assert (only(found).ages.aged_65_plus, only(found).ages.aged_80_plus) == (4, None)


# Borders and points


@pytest.mark.parametrize("grid", list(Grid))
def test_a_zipped_shapefile_is_read_in_every_grid_and_says_how_it_was_read(read, grid):
    found, evidence = read(hranice__zip=shapefile_zip(grid=grid))
    assert [one.code for one in found.boundaries] == list(CODES)
    assert {one.publisher for one in found.boundaries} == {"Český úřad zeměměřický a katastrální"}
    assert found.boundaries[0].name == "Horní Lhota"
    assert bool(evidence.notes) == (grid is not Grid.LON_LAT)
    assert all(
        one.area.contains(Point(lat=50.026, lon=15.026)) == (one.code == CODES[0])
        for one in found.boundaries
    )


def test_a_hole_of_a_shapefile_is_outside(read):
    found, _ = read(a__zip=shapefile_zip(hole=True))
    assert not found.boundaries[0].area.contains(Point(lat=50.027, lon=15.027))


def test_definition_points_of_a_shapefile_and_of_geojson_are_points(read):
    for files in ({"a__zip": points_zip()}, {"b": points()}):
        found, _ = read(obce=municipalities_list(), **files)
        point = by_code(found)["590001"].point
        assert (point.lat, point.lon) == pytest.approx((50.025, 15.025), abs=1e-4)


def test_only_the_layers_of_borders_are_read_of_the_big_archive(read):
    def members(layer, codes=CODES):
        with zipfile.ZipFile(io.BytesIO(shapefile_zip(layer=layer, codes=codes))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    packed = zipped(members("OBCE_P") | members("MOMC_P") | members("ORP_P", CODES[:1]))
    _, evidence = read(vse__zip=packed)
    assert [rows.file for rows in evidence.files] == ["vse.zip/OBCE_P", "vse.zip/ORP_P"]


def test_texts_of_a_shapefile_in_utf8_are_read_when_it_says_so(read):
    packed = shapefile_zip(encoding="utf-8", layer="hranice")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    found, _ = read(a__zip=zipped(members | {"1/hranice.cpg": b"UTF-8"}))
    assert found.boundaries[0].name == "Horní Lhota"
    assert found.boundaries[0].publisher == ""


@pytest.mark.parametrize("ending", ["dbf", "shp"])
def test_a_shapefile_without_one_of_its_parts_stops_the_import(read, ending):
    with pytest.raises(IngestError):
        read(a__zip=shapefile_zip(leave_out=[ending]))


def test_topojson_geojson_and_orp_borders_meet(read):
    found, _ = read(a=topology(codes=CODES[:2]), b=geojson(), orp=orp_geojson())
    assert len(found.boundaries) == 5
    assert by_code(found)["590003"].inside is not None
    assert found.boundaries[-1].name == "Velké Město"


def test_features_that_cannot_be_used_are_refused(read):
    borders = geojson()
    good = borders["features"][0]["geometry"]
    far = {"type": "Polygon", "coordinates": [[[2, 48], [3, 48], [3, 49], [2, 48]]]}
    speck = {
        "type": "Polygon",
        "coordinates": [[[15, 50], [15.000001, 50], [15.000001, 50.000001], [15, 50]]],
    }
    borders["features"] += [
        5,
        {"properties": {"Kod": [5]}, "geometry": good},
        {"properties": {"Kod": 590001}, "geometry": good},
        {"properties": {"Kod": 590005}, "geometry": None},
        {"properties": {"Kod": 590006}, "geometry": far},
        {"properties": {"Kod": 590007}, "geometry": speck},
    ]
    found, evidence = read(hranice=borders)
    assert [one.code for one in found.boundaries] == list(CODES)
    assert [(row, field) for row, field, _ in refused(evidence)] == [
        (5, "kod"), (6, "kod"), (7, "kod"), (8, "geometry"), (9, "geometry"), (10, "geometry"),
    ]  # fmt: skip


def test_points_that_cannot_be_used_are_refused(read):
    defined = points()
    defined["features"] += [
        {"properties": {"Kod": 590005}, "geometry": {"type": "Point", "coordinates": ["a", 1]}},
        {"properties": {"Kod": 590006}, "geometry": {"type": "Point", "coordinates": [2, 48]}},
        {"properties": {"Kod": 590007}, "geometry": {"type": "Polygon", "coordinates": []}},
        {"properties": {"Kod": 7}, "geometry": {"type": "Point", "coordinates": [15, 50]}},
    ]
    _, evidence = read(body=defined)
    assert [field for _, field, _ in refused(evidence)] == [
        "geometry", "geometry", "geometry", "kod",
    ]  # fmt: skip


def test_borders_abroad_stop_the_import(read):
    borders = geojson(codes=CODES[:1])
    borders["features"][0]["geometry"]["coordinates"] = [[[2, 48], [3, 48], [3, 49], [2, 48]]]
    with pytest.raises(IngestError, match="EPSG:5514"):
        read(hranice=borders)


def test_borders_of_which_none_can_be_read_leave_an_account(read):
    broken = topology()
    broken["arcs"] = [None] * 8
    _, evidence = read(hranice=broken)
    assert evidence.files[0].rejected == 4


@pytest.mark.parametrize(
    "document", [{"type": "Topology"}, {"type": "FeatureCollection", "features": 5}]
)
def test_borders_without_their_lists_stop_the_import(read, document):
    with pytest.raises(IngestError):
        read(hranice=document)


@pytest.mark.parametrize("year", ["20249940", "20240230"])
def test_digits_of_a_name_that_are_no_day_are_not_one(read, year):
    found, _ = read(**{f"ORP{year}__csv": ORPS})
    assert found.as_of is None


def test_the_day_in_a_name_is_the_day_of_what_it_holds(read):
    found, _ = read(**{"ORP20240819__csv": ORPS, "hranice-2025-01-31": geojson()})
    assert found.as_of == date(2024, 8, 19)
    assert {one.as_of for one in found.boundaries} == {date(2025, 1, 31)}


def test_boroughs_alone_are_a_file_of_the_territory(read):
    found, _ = read(obvody=as_bytes(boroughs_list()))
    assert [part.kind for part in found.parts] == [PartKind.BOROUGH]
