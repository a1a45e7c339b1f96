"""The commands that import the register and list what changed."""

import json
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from referral.bootstrap import Program
from referral.cli.main import cli
from referral.ingest.errors import IngestError
from referral.ingest.report_workbook import report_workbook
from support.rpss_register import item, write_register


@pytest.fixture
def bring(tmp_path):
    """Run a command over a database of this test's own with words, places and no registration."""
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"})
    assert runner.invoke(cli, ["init", "--demo"]).exit_code == 0

    def run(*arguments: str, code: int = 0):
        result = runner.invoke(cli, arguments)
        assert result.exit_code == code, result.output
        return result

    return run


def register(folder: Path, *registrations) -> str:
    return str(write_register(folder / "rpss.json", registrations))


def test_an_import_tells_the_fates_writes_both_reports_and_the_history(bring, tmp_path):
    odd = item(9) | {"identifikator": "=1+1", "datumPoskytovaniOd": "=HYPERLINK(1)"}
    file = register(tmp_path, item(90001), item(90002), odd)
    report, workbook = tmp_path / "zprava.json", tmp_path / "zprava.xlsx"
    first = bring(
        "import", "rpss", file, "--as-of", "2026-11-01", "--accept-large-change",
        "--report", str(report),
    )  # fmt: skip
    document = json.loads(report.read_text(encoding="utf-8"))
    assert (document["in_file"], document["added"], document["rejected"]) == (3, 2, 1)
    assert document["read"] == document["in_file"] + document["gone"]
    assert document["read"] == sum(
        document[fate] for fate in ("added", "changed", "unchanged", "ended", "rejected")
    )
    assert document["unknown"][0]["field"]
    assert "V souboru 3 položky." in first.stdout
    assert "zůstávají v katalogu jako ukončené" in first.stdout
    assert "Neznámé zůstává" in first.stdout
    again = bring("import", "rpss", file, "--report", str(workbook))
    assert "přibylo 0, změněno 0, beze změny 2, zaniklo 0, odmítnuto 1" in again.stdout
    sheet = load_workbook(workbook)["Odmítnuté řádky"]
    assert [cell.value for cell in sheet[2]][:3] == [3, "datumPoskytovaniOd", "=HYPERLINK(1)"]
    assert {cell.data_type for cell in sheet[2]} <= {"n", "s"}
    listed = bring("changes", "--since", "2026-11-01", "--json")
    changes = json.loads(listed.stdout)["changes"]
    assert {"service_id", "field", "before", "after", "on", "text"} <= changes[0].keys()
    assert sum(one["field"] == "registered" for one in changes) == 2
    assert "přibyla služba" in bring("changes").stdout
    assert "Žádné změny." in bring("changes", "--since", "2027-01-01").stderr


def test_a_database_without_the_shipped_catalogue_is_enough(tmp_path):
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{tmp_path / 'bare.sqlite3'}"})
    assert runner.invoke(cli, ["init"]).exit_code == 0
    said = runner.invoke(cli, ["import", "rpss", register(tmp_path, item(1), item(2))])
    assert "přibylo 2, změněno 0, beze změny 0, zaniklo 0, odmítnuto 0" in said.stdout


def test_a_dry_run_says_so_and_changes_nothing(bring, tmp_path):
    file = register(tmp_path, item(90001))
    said = bring("import", "rpss", file, "--accept-large-change", "--dry-run").stdout
    assert "Byla to jen zkouška" in said
    assert "Žádné změny." in bring("changes").stderr


def test_a_file_that_would_end_most_services_is_refused_with_what_to_do(bring, tmp_path):
    result = bring("import", "rpss", register(tmp_path, item(90001)), code=1)
    assert isinstance(result.exception, IngestError)
    assert "--accept-large-change" in str(result.exception)


def test_a_path_that_is_no_file_is_refused(bring, tmp_path):
    result = bring("import", "rpss", str(tmp_path), code=1)
    assert "Soubor neexistuje nebo je to složka" in str(result.exception)


def test_an_interruption_is_said_in_one_sentence(bring, tmp_path, monkeypatch):
    def interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Program, "import_services", interrupted)
    # Who starts the suite in the background may have left it deaf to this signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = bring("import", "rpss", register(tmp_path, item(90001)), code=1)
    finally:
        signal.signal(signal.SIGINT, before)
    assert "Přerušeno, v databázi se nic nezměnilo." in result.stderr


def test_a_report_without_rejections_is_a_workbook_with_its_headings():
    book = report_workbook({"read": 1, "added": 1, "rejections": []})
    assert book[:2] == b"PK"
