"""The whole import of the territory: files in, municipalities, borders and coverages out."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from referral.bootstrap import Program
from referral.catalog.places import FoundPlace, find_place
from referral.catalog.ports import Fate, Origin
from referral.ingest.errors import IngestError
from referral.storage.engine import reading
from referral.storage.reading import read_municipalities
from referral.usecases.found_territory import What
from support.build import a_municipality, a_part, a_source
from support.days import on_day
from support.territory_files import (
    CODES,
    MASTER,
    RUIAN,
    ages_workbook,
    geojson,
    municipalities_list,
    orp_geojson,
    parts_list,
    points,
    topology,
    write_all,
)


def test_the_whole_land_comes_in_and_every_row_has_a_fate(program: Program, land: Path) -> None:
    account = program.import_territory(land)
    report = account.report
    assert (report.read, report.added, report.ended, report.rejected) == (38, 37, 1, 0)
    assert {what: dict(fates) for what, fates in account.records.items()} == {
        What.MUNICIPALITY: {Fate.ADDED: 4},
        What.PART: {Fate.ADDED: 3},
        What.DISTRICT: {Fate.ADDED: 4},
        What.BOUNDARY: {Fate.ADDED: 5},
        What.CODE: {},
    }
    territory = program.catalog().territory
    lhota = territory.municipality("590001")
    assert (lhota.population, lhota.population_65_plus, lhota.population_80_plus) == (110, 11, 3)
    assert (lhota.source, lhota.pou) == ("uzemi:mpsv+ruian+tabulka+vek", "Velké Město")
    source = program.catalog().source(lhota.source)
    assert source.title.startswith("Obce: číselníky MPSV; RÚIAN")
    assert source.as_of == date(2026, 2, 1)
    assert territory.by_orp["Velké Město"] == CODES
    found = find_place("v Zálesí", program.places())
    assert isinstance(found, FoundPlace)
    assert found.municipality.code == "590001"
    assert [one.name for one in program.store.districts()] == [
        "Zkušební kraj",
        "Východ",
        "Velké Město",
        "Velké Město",
    ]


def test_the_same_files_again_change_nothing_not_even_on_another_day(
    program: Program, land: Path
) -> None:
    program.import_territory(land)
    revision = program.store.revision()
    for day in (0, 30):
        report = on_day(program, day).import_territory(land).report
        assert (report.unchanged, report.added, report.changed) == (37, 0, 0)
        assert program.store.revision() == revision


def test_a_trial_reports_the_same_and_writes_nothing(program: Program, land: Path) -> None:
    before = program.store.revision()
    tried = program.import_territory(land, dry_run=True)
    assert program.store.revision() == before
    assert program.catalog().territory.municipalities == {}
    assert program.boundaries() == ()
    done = program.import_territory(land)
    assert tried.report == done.report
    assert (tried.dry_run, done.dry_run) == (True, False)


def test_a_changed_file_changes_what_it_says_and_nothing_else(program: Program, land: Path) -> None:
    program.import_territory(land)
    (land / "master.csv").write_text(MASTER.replace("15.02,50.02", "15.03,50.02", 1))
    account = program.import_territory(land)
    assert account.records[What.MUNICIPALITY] == {Fate.CHANGED: 1, Fate.UNCHANGED: 3}
    # The municipality stands on a row of five tables and on three rows of the workbook.
    assert account.report.changed == 6
    assert program.catalog().territory.municipality("590001").point.lon == 15.03


def test_a_broken_file_among_good_ones_leaves_everything_as_it_was(
    program: Program, land: Path
) -> None:
    program.import_territory(land)
    revision = program.store.revision()
    (land / "casti.json").write_text('{"polozky": [{"id": "CastObce/1"')
    (land / "master.csv").write_text(MASTER.replace("Horní", "Jiná"))
    with pytest.raises(IngestError, match=r"casti\.json"):
        program.import_territory(land)
    assert program.store.revision() == revision


# Completing from what is stored


def test_a_list_alone_keeps_what_the_database_knows(program: Program, tmp_path: Path) -> None:
    program.import_territory(write_all(tmp_path / "land"))
    renamed = json.dumps(municipalities_list()).replace("Horn\\u00ed", "Nov\\u00e1")
    account = program.import_territory(write_all(tmp_path / "one", {"obce.json": renamed}))
    lhota = program.catalog().territory.municipality("590001")
    assert account.report.changed == 1
    assert (lhota.name, lhota.population, lhota.orp) == ("Nová Lhota", 110, "Velké Město")
    assert lhota.source == "uzemi:mpsv+ruian+tabulka+vek"


def test_without_points_a_point_inside_the_border_stands_for_the_place_and_says_so(
    program: Program, tmp_path: Path
) -> None:
    no_points = MASTER.replace(",lon,lat", ",jine,dalsi")
    files = {"m.csv": no_points, "hranice.json": topology()}
    account = program.import_territory(write_all(tmp_path / "in", files))
    catalog = program.catalog()
    lhota = catalog.territory.municipality("590001")
    assert (round(lhota.point.lat, 3), round(lhota.point.lon, 3)) == (50.025, 15.025)
    assert "zástupný" in catalog.source(lhota.source).title
    assert "souřadnice" in account.notes[0]
    again = program.import_territory(write_all(tmp_path / "b", {"m.csv": no_points}))
    assert again.report.unchanged == 4
    program.import_territory(write_all(tmp_path / "c", {"body.json": points()}))
    better = program.catalog().territory.municipality("590001")
    assert (better.point.lat, better.source) == (50.025, "uzemi:tabulka+body")


def test_an_orp_that_no_table_names_is_found_by_its_border(
    program: Program, tmp_path: Path
) -> None:
    files = {
        "m.csv": MASTER.replace(",orp,", ",neco,"),
        "orp.json": orp_geojson(),
    }
    account = program.import_territory(write_all(tmp_path / "in", files))
    assert program.catalog().territory.municipality("590001").orp == "Velké Město"
    assert any("podle polohy" in note for note in account.notes)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ((",orp,", ",neco,"), "orp", "chybí orp"),
        ((",okres,", ",neco,"), "okres", "chybí okres"),
        ((",kraj,", ",neco,"), "kraj", "chybí kraj"),
        ((",lon,lat", ",jine,dalsi"), "lat", "nemá souřadnice ani hranici"),
    ],
)
def test_a_municipality_of_which_something_is_missing_is_refused_with_all_its_rows(
    program: Program, tmp_path: Path, change: tuple[str, str], field: str, said: str
) -> None:
    table = MASTER.replace(*change).replace("okres_kod_ruian", "nic")
    files = {"m.csv": table, "casti.json": parts_list(), "v_2020.xlsx": ages_workbook()}
    report = program.import_territory(write_all(tmp_path / "in", files)).report
    assert (report.read, report.rejected) == (18, 18)
    assert {one.field for one in report.rejections} == {field, "obec"}
    assert said in report.rejections[-1].message or said in report.rejections[0].message
    assert program.catalog().territory.municipalities == {}


def test_rows_about_a_municipality_that_nobody_lists_are_refused(
    program: Program, tmp_path: Path
) -> None:
    files = {"hranice.json": geojson(), "v_2020.xlsx": ages_workbook(sexes=False)}
    report = program.import_territory(write_all(tmp_path / "in", files)).report
    assert (report.read, report.rejected) == (8, 8)
    assert {one.field for one in report.rejections} == {"kod", "obec"}


def test_newer_ages_stay_and_it_is_said(program: Program, tmp_path: Path) -> None:
    program.import_territory(write_all(tmp_path / "a", {"m.csv": MASTER}))
    program.import_territory(write_all(tmp_path / "b", {"v_2024.xlsx": ages_workbook()}))
    newer = program.catalog().territory.municipality("590001")
    assert (newer.population, newer.population_as_of) == (110, date(2024, 12, 31))
    assert newer.source == "uzemi:tabulka+vek"
    older = ages_workbook({"590001": 77})
    account = program.import_territory(write_all(tmp_path / "c", {"v_2020.xlsx": older}))
    assert account.report.changed == 0
    assert program.catalog().territory.municipality("590001") == newer
    assert "zůstal počet obyvatel" in account.notes[0]


def test_ages_that_tell_the_old_replace_newer_ones_that_do_not(
    program: Program, tmp_path: Path
) -> None:
    village = a_municipality(
        "590001",
        population=500,
        population_65_plus=None,
        population_as_of=date(2025, 12, 31),
        source="zkouska",
    )
    program.store.save_territory([village], [])
    program.import_territory(
        write_all(tmp_path / "in", {"v_2020.xlsx": ages_workbook({"590001": 77})})
    )
    after = program.catalog().territory.municipality("590001")
    assert (after.population, after.population_65_plus) == (77, 7)
    assert after.source == "uzemi:vek+zkouska"


def test_a_municipality_that_has_ended_is_not_taken_over_but_a_stored_one_stays_and_is_named(
    program: Program, tmp_path: Path
) -> None:
    program.store.save_territory([a_municipality("590009", "Zaniklá")], [])
    files = {"r.csv": RUIAN, "m.csv": MASTER}
    account = program.import_territory(write_all(tmp_path / "in", files))
    assert account.report.ended == 1
    assert "Zaniklá" in account.notes[-1]
    assert "590009" in program.catalog().territory.municipalities


def test_embedded_municipalities_become_own_and_their_source_is_still_named(
    program: Program, tmp_path: Path, engine: Engine
) -> None:
    program.store.save_sources([a_source()], origin=Origin.EMBEDDED)
    village = a_municipality("590001", "Horní Lhota", population_as_of=date(2025, 12, 31))
    program.store.save_territory([village], [a_part(municipality="590001")], origin=Origin.EMBEDDED)
    program.import_territory(write_all(tmp_path / "in", {"m.csv": MASTER}))
    with reading(engine) as connection:
        stored = read_municipalities(connection)["590001"]
    assert stored.origin is Origin.OWN
    assert (stored.record.population, stored.record.source) == (500, "uzemi:tabulka+zkouska")
    assert "Zkušební seznam" in program.catalog().source("uzemi:tabulka+zkouska").title
