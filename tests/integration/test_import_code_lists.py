"""Published code lists come with the territory, and the register is read with them."""

from datetime import date
from pathlib import Path

import pytest

from referral.bootstrap import Program
from referral.catalog.model import AgeRange
from referral.catalog.ports import Fate
from referral.ingest.source_file import SourceFile
from referral.usecases.found_territory import What
from support.code_lists import published, register_lists, write_lists
from support.days import on_day
from support.rpss_register import item, write_register
from support.territory_files import write_all


@pytest.fixture
def lists(embedded, tmp_path: Path) -> Path:
    """A folder with all lists that translate the register."""
    return write_lists(tmp_path / "lists", register_lists(embedded.vocabulary))


def test_every_row_of_every_list_has_a_fate_and_is_stored(program, lists, embedded):
    account = program.import_territory(lists)
    count = len(embedded.vocabulary.types) + len(embedded.vocabulary.groups) + 11 + 3 + 6 + 2
    assert (account.report.read, account.report.added, account.report.rejected) == (count, count, 0)
    assert account.records[What.CODE] == {Fate.ADDED: count}
    assert {one.content for one in account.files} == {
        "číselník druhů služeb",
        "číselník cílových skupin",
        "číselník věkových skupin",
        "číselník forem služeb",
        "číselník typů kapacit",
        "číselník dnů v týdnu",
    }
    stored = program.store.code_lists()
    assert len(stored.entries) == count
    assert stored.name_of("VekovaSkupinaOsoby", "e") == "dorost (16–18 let)"


def test_the_same_lists_on_another_day_change_nothing_and_a_new_wording_does(
    program, lists, tmp_path
):
    first = program.today()
    program.import_territory(lists)
    later = on_day(program, 100)
    assert later.import_territory(lists).report.changed == 0
    named = published("VekovaSkupinaOsoby", {"e": "dorost (15–18 let)", "j": "bez omezení věku"})
    folder = write_lists(tmp_path / "new", {"vek_20270201.json": named})
    account = later.import_territory(folder)
    assert (account.report.changed, account.report.unchanged) == (1, 1)
    entries = later.store.code_lists().entries
    assert entries["VekovaSkupinaOsoby", "e"].as_of == date(2027, 2, 1)
    assert entries["VekovaSkupinaOsoby", "j"].as_of == first


def test_a_dry_run_keeps_no_list(program, lists):
    assert program.import_territory(lists, dry_run=True).report.added > 0
    assert program.store.code_lists().entries == {}


def test_wrong_rows_are_rejected_with_their_place(program, tmp_path):
    listed = published("CilovaSkupinaOsoby", {"1": "senioři", "2": "osoby v krizi"})
    rows = listed["polozky"]
    rows += [
        {"id": "CilovaSkupinaOsoby/1", "nazev": {"cs": "senioři"}},
        {"id": "CilovaSkupinaOsoby/ne ne", "nazev": {"cs": "někdo"}},
        {"id": "CilovaSkupinaOsoby/4", "nazev": None},
        {"id": "FormaSocialniSluzby/amb", "nazev": {"cs": "ambulantní"}},
        "nic",
    ]
    other = published("CilovaSkupinaOsoby", {"2": "někdo jiný", "1": "senioři"})
    folder = write_lists(tmp_path / "in", {"a.json": listed, "b.json": other})
    report = program.import_territory(folder).report
    assert (report.read, report.added, report.rejected) == (9, 3, 6)
    assert [(one.row, one.field) for one in report.rejections] == [
        (3, "kod"),
        (4, "id"),
        (5, "nazev"),
        (6, "id"),
        (7, ""),
        (1, "nazev"),
    ]
    assert "Jiný soubor ho nazývá „osoby v krizi“" in report.rejections[-1].message
    assert program.store.code_lists().name_of("CilovaSkupinaOsoby", "2") == "osoby v krizi"


def test_the_register_is_read_anew_once_its_lists_have_come(program: Program, embedded, tmp_path):
    program.load_embedded()
    row = item(90001) | {
        "ciloveSkupiny": [{"cilovaSkupina": {"id": "CilovaSkupinaOsoby/800"}}],
        "vekoveSkupiny": [{"id": "VekovaSkupinaOsoby/h"}, {"id": "VekovaSkupinaOsoby/i"}],
        "doplnujiciInformaceVekoveSkupiny": None,
    }
    register = SourceFile(
        path=write_register(tmp_path / "rpss.json", [row]),
        as_of=date(2026, 11, 1),
        accept_large_change=True,
    )
    program.import_services("rpss", register)
    before = program.catalog().service("rpss-90001").eligibility
    assert (before.target_groups, before.ages) == (None, None)
    program.import_territory(write_lists(tmp_path / "lists", register_lists(embedded.vocabulary)))
    again = program.import_services("rpss", register)
    assert (again.report.changed, again.report.unchanged) == (1, 0)
    after = program.catalog().service("rpss-90001").eligibility
    assert after.target_groups == {next(iter(embedded.vocabulary.groups))}
    assert after.ages == AgeRange(min=65)
    assert program.import_services("rpss", register).report.unchanged == 1


def test_lists_may_lie_beside_the_files_of_the_territory(program, tmp_path, embedded):
    land = write_all(tmp_path / "land")
    account = program.import_territory(write_lists(land, register_lists(embedded.vocabulary)))
    assert account.records[What.MUNICIPALITY]
    assert account.records[What.CODE]
    assert account.report.rejected == 0
