"""The commands on what we verify ourselves: template, import, confirm, own and forget."""

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from referral.cli.main import cli
from referral.ingest.errors import IngestError
from support.rpss_register import item, write_register
from support.sheet_files import as_csv, as_xlsx, fill_template

SERVICE = "rpss-26"


@pytest.fixture
def run(demo_url, tmp_path):
    """Run a command over a copy of the shipped catalogue of this test's own."""
    file = tmp_path / "own.sqlite3"
    shutil.copy(demo_url.removeprefix("sqlite:///"), file)
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{file}"})

    def runs(*arguments: str, code: int = 0):
        result = runner.invoke(cli, arguments)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return runs


def own(run, *arguments):
    return json.loads(run("own", *arguments, "--json").stdout)["own"]


# --- The spreadsheet ------------------------------------------------------------------------------


def test_a_template_of_an_area_lists_its_services_and_comes_back_filled(run, tmp_path):
    template, filled = tmp_path / "kadan.xlsx", tmp_path / "filled.xlsx"
    assert "Předvyplněno: " in run("sheet", "template", str(template), "--area", "Kadaň").stdout
    sheet = load_workbook(template)["Působnost"]
    named = [row[0].value for row in sheet.iter_rows(min_row=3)]
    assert len(named) > 20
    service = named[0]
    fill_template(
        template,
        filled,
        {
            "Působnost": [
                {
                    "služba": service, "kde působí": "Kadaň; Vejprty",
                    "ověřeno dne": date(2026, 11, 1), "kdo ověřil": "koordinátor",
                }
            ]
        },
    )  # fmt: skip
    report = tmp_path / "report.json"
    said = run("import", "sheet", str(filled), "--report", str(report))
    assert "Působnost: přibylo 1" in said.stdout
    assert "Přečteno 1 řádek: přibylo 1" in said.stdout
    document = json.loads(report.read_text(encoding="utf-8"))
    assert (document["kind"], document["read"], document["sheets"]["Působnost"]["added"]) == (
        "sheet", 1, 1,
    )  # fmt: skip
    (value,) = own(run)
    assert value["service_id"] in service
    assert [one["name"] for one in value["coverage"]["municipalities"]] == ["Kadaň", "Vejprty"]
    again = tmp_path / "again.xlsx"
    run("sheet", "template", str(again), "--area", "Kadaň")
    known = {row[0].value: row[1].value for row in load_workbook(again)["Působnost"].iter_rows()}
    assert known[service] == "Kadaň [563102]; Vejprty [563404] – ověřeno 1. 11. 2026"


def test_a_half_filled_template_is_never_overwritten(run, tmp_path):
    file = tmp_path / "a.xlsx"
    run("sheet", "template", str(file))
    before = file.read_bytes()
    result = run("sheet", "template", str(file), code=1)
    assert isinstance(result.exception, IngestError)
    assert file.read_bytes() == before
    assert ".xlsx" in str(run("sheet", "template", str(tmp_path / "a.ods"), code=1).exception)


def test_what_was_passed_over_and_rejected_is_told(run, tmp_path):
    rows = [
        {
            "id": "nic takového", "kde působí": "Most", "ověřeno dne": "1. 11. 2026",
            "kdo ověřil": "úřad", "co si myslím": "nic",
        },
        {
            "id": SERVICE, "kde působí": "Most, Kdovíkde u Ničeho", "ověřeno dne": "1. 11. 2026",
            "kdo ověřil": "úřad",
        },
    ]  # fmt: skip
    file = as_xlsx(tmp_path / "a.xlsx", {"Působnost": rows, "Jiný list": [{"a": 1, "b": 2}]})
    said = run("import", "sheet", str(file), "--dry-run").stdout
    assert "Působnost: sloupce, které neznáme a nečteme: co si myslím" in said
    assert "Přeskočené listy: Jiný list" in said
    assert "řádek 2, Působnost: služba „nic takového“: Takovou službu v katalogu nemáme." in said
    assert "řádek 3, Působnost: kde působí" in said
    assert "Byla to jen zkouška" in said
    assert own(run) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nic.xlsx", None, "Soubor tam není"),
        ("a.xls", b"\xd0\xcf", "uložte sešit jako XLSX"),
        ("a.csv", "jméno;věk\nA;1\n".encode(), "není žádný náš list"),
        ("a.xlsx", b"PK\x03\x04broken", "rozbalit"),
        ("a.ods", b"PK\x03\x04broken", "rozbalit"),
    ],
)
def test_a_file_that_is_no_spreadsheet_of_ours_is_refused(run, tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run("import", "sheet", str(tmp_path / name), code=1)
    assert isinstance(result.exception, IngestError)
    assert message in str(result.exception)


def test_a_missing_column_is_named(run, tmp_path):
    file = as_xlsx(tmp_path / "a.xlsx", {"Volná místa": [{"služba": SERVICE, "volno": 1}]})
    result = run("import", "sheet", str(file), code=1)
    assert "chybí sloupec „jednotka“, „ke dni“, „kdo ověřil“" in str(result.exception)


# --- Confirming -----------------------------------------------------------------------------------


def test_a_confirmed_coverage_outlives_an_import_of_the_register(run, tmp_path):
    register = str(write_register(tmp_path / "rpss.json", [item(90001)]))
    bring = ("import", "rpss", register, "--as-of", "2026-11-01", "--accept-large-change")
    run(*bring)
    run(
        "coverage",
        "confirm",
        "rpss-90001",
        "--municipalities",
        "563102, 563404",
        "--by",
        "provider",
    )
    changed = item(90001)
    changed["rozsirenePusobnostiVKraji"] = [{"id": "Kraj/60"}]
    write_register(tmp_path / "rpss.json", [changed])
    run("import", "rpss", register, "--as-of", "2026-11-02", "--accept-large-change")
    told = json.loads(run("coverage", "confirm", "rpss-90001", "--json").stdout)
    assert told["before"]["status"] == "declared"
    assert [one["name"] for one in told["before"]["municipalities"]] == ["Kadaň", "Vejprty"]
    assert told["after"] is None


def test_showing_alone_keeps_nothing_and_says_how_to_confirm(run):
    said = run("coverage", "confirm", SERVICE).stdout
    assert f"({SERVICE})" in said
    assert "DNES: " in said
    assert "--as-read" in said
    assert own(run) == []


def test_a_sentence_is_read_shown_kept_and_taken_back(run):
    said = run(
        "coverage", "confirm", SERVICE, "--text", "Kadaň a do 5 km od Mostu", "--by", "office",
        "--on", "2026-11-01",
    ).stdout  # fmt: skip
    assert "NYNÍ: ověřená nebo prohlášená" in said
    assert "Kadaň → Kadaň" in said
    assert "Potvrzeno; žádný import to nepřepíše." in said
    (value,) = own(run, SERVICE)
    assert (value["verified_on"], value["verified_by"]) == ("2026-11-01", "office")
    assert "vzato zpět" in run("coverage", "confirm", SERVICE, "--withdraw").stdout
    assert own(run) == []
    assert "Potvrzení tu žádné není." in run("coverage", "confirm", SERVICE, "--withdraw").stdout


def test_what_was_read_can_be_confirmed_as_it_stands(run):
    listed = run("match", "--place", "Vejprty", "--need", "PEC-HYG", "--json")
    service = next(
        one["service_id"]
        for one in json.loads(listed.stdout)["matches"]
        if one["covers_place"] == "parsed"
    )
    run("coverage", "confirm", service, "--as-read", "--by", "provider")
    again = run("match", "--place", "Vejprty", "--need", "PEC-HYG", "--json")
    covers = {one["service_id"]: one["covers_place"] for one in json.loads(again.stdout)["matches"]}
    assert covers[service] == "declared"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("nic",), 1, "Takovou službu v katalogu nemáme."),
        ((SERVICE, "--as-read"), 2, "Chybí --by"),
        ((SERVICE, "--as-read", "--text", "Most", "--by", "office"), 2, "Zvolte jen jedno"),
        ((SERVICE, "--text", "nikde nic", "--by", "office"), 1, "Potvrdit není co"),
        ((SERVICE, "--municipalities", "999999", "--by", "office"), 1, "999999"),
        ((SERVICE, "--municipalities", " ,", "--by", "office"), 1, "neznáme: nic"),
        ((SERVICE, "--text", "Most", "--by", "office", "--on", "2999-01-01"), 1, "teprve přijde"),
    ],
)
def test_what_cannot_be_confirmed_is_refused_in_one_sentence(run, arguments, code, message):
    assert message in run("coverage", "confirm", *arguments, code=code).stderr
    assert own(run) == []


def test_an_older_confirmation_does_not_replace_a_newer_one(run):
    first = ("coverage", "confirm", SERVICE, "--by", "office", "--text")
    run(*first, "Most", "--on", "2026-11-02")
    assert "už ověřená později" in run(*first, "Cheb", "--on", "2026-11-01", code=1).stderr


def test_only_the_word_confirm_alone_is_a_subcommand(run):
    told = json.loads(run("coverage", "confirm – v Kadani", "--json").stdout)
    assert told["municipalities"] == ["563102"]
    assert json.loads(run("coverage", "--json", "confirmed Kadaň").stdout)["text"]
    assert "coverage confirm" in run("coverage", "--help").stdout
    assert "--withdraw" in run("coverage", "confirm", "--help").stdout


# --- Own values -----------------------------------------------------------------------------------


def test_own_values_are_listed_in_words_and_forgotten_one_by_one(run, tmp_path):
    by = {"ověřeno dne": "1. 11. 2026", "kdo ověřil": "poskytovatel"}
    sheets = {
        "Působnost": {"kde působí": "Most"},
        "Volná místa": {"forma": "pobytová", "jednotka": "lůžko", "volno": 2},
        "Kapacity": {"jednotka": "úvazek", "kapacita": "3,5"},
        "Koho přijímá": {"překážka": "PES", "postoj": "za podmínky", "znění": "malý"},
        "Síť": {"název sítě": "základní síť", "od": "1. 1. 2026", "do": "31. 12. 2026"},
    }
    rows = {name: [{"služba": SERVICE, **row, **by}] for name, row in sheets.items()}
    run("import", "sheet", str(as_xlsx(tmp_path / "a.xlsx", rows)))
    said = run("own", SERVICE).stdout
    for words in (
        "působnost: Most – ověřeno 1. 11. 2026, poskytovatel",
        "volná místa: pobytová: volno 2 lůžka",
        "kapacity: 3,5 úvazku",
        "koho přijímá: za podmínky: má psa („malý“)",
        "síť: základní síť od 1. 1. 2026 do 31. 12. 2026",
    ):
        assert words in said
    document = {one["field"]: one for one in own(run)}
    assert document["vacancy"]["vacancies"] == [{"form": "P", "unit": "luzka", "available": 2}]
    assert document["capacity"]["capacities"] == [{"form": None, "unit": "uvazek", "amount": 3.5}]
    assert document["acceptance"]["rules"][0]["stance"] == "conditions"
    assert document["network"]["networks"][0]["until"] == "2026-12-31"
    assert "vzat zpět" in run("own", "forget", SERVICE, "Volná místa").stdout
    run("own", "forget", SERVICE, "network")
    assert {one["field"] for one in own(run)} == {"coverage", "capacity", "acceptance"}
    assert "nemá" in run("own", "forget", SERVICE, "network", code=1).stderr
    assert "Pole „barva“ neznáme" in run("own", "forget", SERVICE, "barva", code=1).stderr


def test_nothing_of_our_own_is_said(run):
    assert "Nic vlastního ověřeného tu není." in run("own").stderr
    assert "Takovou službu" in run("own", "rpss-nic", code=1).stderr


def test_help_from_a_csv_is_found_by_matching(run, tmp_path):
    row = {
        "název": "Vozíčkárna", "druh pomoci": "pomoc obce", "potřeby": "PEC-POS",
        "působnost": "ORP Kadaň",
    }  # fmt: skip
    run("import", "sheet", str(as_csv(tmp_path / "pomoc.csv", [row], delimiter=",")))
    found = run("match", "--place", "Vejprty", "--need", "PEC-POS", "--limit", "60", "--json")
    names = {one["name"]: one["covers_place"] for one in json.loads(found.stdout)["matches"]}
    assert names["Vozíčkárna"] == "declared"
