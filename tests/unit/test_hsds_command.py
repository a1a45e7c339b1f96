"""The command that imports HSDS, as a person runs it."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from referral.cli.main import cli
from referral.ingest.errors import IngestError
from support.hsds_package import files_of, mark, service, services, write_list, write_zip


@pytest.fixture
def run(tmp_path):
    """Run a command over a database of this test's own."""
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"})
    assert runner.invoke(cli, ["init", "--demo"]).exit_code == 0

    def runs(*arguments: str, code: int = 0):
        result = runner.invoke(cli, arguments)
        assert result.exit_code == code, result.output
        return result

    return runs


def test_a_folder_of_tables_is_imported_and_then_its_zip_changes_nothing(run, tmp_path):
    folder = tmp_path / "balicek"
    folder.mkdir()
    for name, content in files_of(services(3)).items():
        (folder / name).write_text(content, encoding="utf-8")
    assert "přibylo 3, změněno 0" in run("import", "hsds", str(folder)).stdout
    packed = write_zip(tmp_path / "balicek.zip", files_of(services(3)))
    again = run("import", "hsds", str(packed), "--as-of", date.max.isoformat()).stdout
    assert "přibylo 0, změněno 0, beze změny 3, zaniklo 0, odmítnuto 0" in again


def test_what_was_imported_is_found_by_who_asks(run, tmp_path):
    need = [mark("sitpomoci-potreba", "IZO-OSA", "samota")]
    one = service(1, name="Povídání u kafe", attributes=need, minimum_age=None)
    run("import", "hsds", str(write_list(tmp_path / "a.json", [one])))
    answer = run("match", "--place", "Kadaň", "--need", "IZO-OSA", "--limit", "50", "--json").stdout
    (found,) = [one for one in json.loads(answer)["matches"] if one["name"] == "Povídání u kafe"]
    assert (found["covers_place"], found["source"], found["type"]) == (
        "declared", "Import HSDS", None,
    )  # fmt: skip


def test_rejected_services_are_listed_with_what_to_do(run, tmp_path):
    file = write_list(tmp_path / "a.json", [service(1, attributes=[]), service(2)])
    report = tmp_path / "zprava.json"
    said = run("import", "hsds", str(file), "--report", str(report)).stdout
    assert "řádek 1, attributes: Neznáme druh služby ani potřebu" in said
    document = json.loads(report.read_text(encoding="utf-8"))
    assert (document["kind"], document["read"], document["rejected"]) == ("hsds", 2, 1)


def test_an_empty_folder_and_another_zip_are_refused_in_one_sentence(run, tmp_path):
    empty = tmp_path / "nic"
    empty.mkdir()
    for path in (empty, write_zip(tmp_path / "jiny.zip", {"obce.csv": "kod;nazev"})):
        result = run("import", "hsds", str(path), code=1)
        assert isinstance(result.exception, IngestError)
        assert "chybí tabulka služeb" in str(result.exception)
