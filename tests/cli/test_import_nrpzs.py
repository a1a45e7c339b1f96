"""The command that imports the register of health services, and the help that is then found."""

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from referral.cli.main import cli
from support.nrpzs_register import place, write_nrpzs


@pytest.fixture
def bring(tmp_path):
    """Run a command over a database of this test's own with the shipped catalogue."""
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite3'}"})
    assert runner.invoke(cli, ["init", "--demo"]).exit_code == 0

    def run(*arguments: str, code: int = 0):
        result = runner.invoke(cli, arguments)
        assert result.exit_code == code, result.output
        return result

    return run


def test_nursing_at_home_is_found_and_explained_after_the_import(bring, tmp_path):
    nurse = place(1, sort=0, municipality="Vejprty", district="Chomutov", lat="", lon="")
    some = [
        nurse,
        place(2, sort=9),
        place(3, sort=9),
        place(4, sort=6),
        place(5, place="x", sort=2),
    ]
    file = str(write_nrpzs(tmp_path / "nrpzs.csv", some))
    report, workbook = tmp_path / "zprava.json", tmp_path / "zprava.xlsx"
    order = ("import", "nrpzs", file, "--accept-large-change")
    said = bring(*order, "--report", str(report)).stdout
    assert "V souboru 5 položek." in said
    assert "Z toho 3 položky se netýkají žádné z potřeb" in said
    document = json.loads(report.read_text(encoding="utf-8"))
    assert (document["kind"], document["read"], document["in_file"]) == ("nrpzs", 2, 5)
    assert (document["added"], document["rejected"], document["outside"]) == (1, 1, 3)
    assert document["outside_kinds"][0]["value"] == "Lékárna"
    bring(*order, "--report", str(workbook))
    assert load_workbook(workbook)["Mimo katalog"]["B2"].value == "Lékárna"

    found = bring("match", "--place", "Vejprty", "--need", "ZDR-HOSP", "--limit", "99", "--json")
    offers = {one["service_id"]: one for one in json.loads(found.stdout)["matches"]}
    offer = offers["nrpzs-200001"]
    assert (offer["forms"], offer["distance_km"], offer["type"]) == (["T"], None, None)
    assert offer["covers_place"] == "assumed"
    assert offer["score"] == pytest.approx(sum(bar["points"] for bar in offer["explanation"]))
    assert all(bar["text"] for bar in offer["explanation"])
