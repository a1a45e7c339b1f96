"""Bringing data in from the command line."""

import json
import sys
import time

import pytest
from jsonschema import validate

from referral.bootstrap import Program
from referral.cli import progress as progress_room
from referral.cli.progress import Bar, progress_for_person
from referral.ingest.errors import IngestError
from referral.ingest.progress import Progress
from support.territory_files import MASTER, RUIAN, ages_workbook, geojson, write_all

REPORT = {
    "type": "object",
    "required": ["kind", "read", "added", "changed", "unchanged", "ended", "rejected"],
    "properties": {
        "kind": {"const": "territory"},
        **{
            name: {"type": "integer", "minimum": 0}
            for name in ("read", "added", "changed", "unchanged", "ended", "rejected")
        },
        "rejections": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["row", "field", "value", "message"],
                "properties": {
                    "row": {"type": "integer"},
                    **{name: {"type": "string"} for name in ("field", "value", "message", "file")},
                },
            },
        },
    },
}


@pytest.fixture
def fresh(referral, tmp_path):
    """Run commands over a database of the test's own."""
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    assert referral("init", url=url).code == 0

    def run(*arguments: object):
        return referral(*map(str, arguments), url=url)

    return run


def test_an_import_tells_what_became_of_the_rows_and_writes_the_report(fresh, tmp_path):
    land = write_all(tmp_path / "land")
    (land / "fotka.bin").write_bytes(b"\x00\x01")
    report = tmp_path / "zprava" / "r.json"
    run = fresh("import", "territory", land, "--report", report)
    assert run.code == 0, run.result.exception
    assert "Obce: přibylo 4" in run.out
    assert "fotka.bin: přeskočeno, obsah neznáme" in run.out
    assert "Přečteno 38 řádků: přibylo 37, změněno 0, beze změny 0, zaniklo 1" in run.out
    written = json.loads(report.read_text())
    validate(written, REPORT)
    assert written["records"]["obce"] == {"added": 4}
    assert written["skipped"] == [{"file": "fotka.bin", "why": "obsah neznáme"}]
    assert {one["file"]: one["read"] for one in written["files"]}["vek_2020.xlsx"] == 12
    again = fresh("import", "territory", land)
    assert "Obce: beze změny 4" in again.out


def test_a_dry_run_says_so_and_writes_nothing(fresh, tmp_path):
    land = write_all(tmp_path / "land")
    run = fresh("import", "territory", land, "--dry-run")
    assert "jen zkouška" in run.out
    assert "přibylo 37" in fresh("import", "territory", land).out


def test_rejections_are_shown_with_row_field_value_and_sentence(fresh, tmp_path):
    rows = "".join(f"59002{number};4;2;8001;3999;;;\r\n" for number in range(10))
    rows += ";bez kódu;2;8001;3999;;;\r\n;bez kódu;2;8001;3999;;;\r\n"
    land = write_all(tmp_path / "land", {"m.csv": MASTER, "r.csv": RUIAN + rows})
    report = tmp_path / "r.json"
    run = fresh("import", "territory", land, "--report", report)
    assert "r.csv: RÚIAN, obce, 17 řádků, odmítnuto 12" in run.out
    assert "řádek 7, nazev „4“: Název nemá žádné písmeno" in run.out
    assert "a 2 další; všechny zapíše --report" in run.out
    written = json.loads(report.read_text())
    validate(written, REPORT)
    assert [one["row"] for one in written["rejections"]] == list(range(7, 19))
    assert {one["file"] for one in written["rejections"]} == {"r.csv"}


def test_coverages_read_anew_and_warnings_are_told(fresh, tmp_path):
    assert fresh("init", "--demo").code == 0
    table = MASTER.replace(",lon,lat", ",jine,dalsi").replace("590001", "554782")
    table = table.replace("Horní Lhota", "Praha", 1).replace("590002", "554499")
    borders = json.dumps(geojson()).replace("590001", "554782").replace("590002", "554499")
    land = write_all(tmp_path / "land", {"m.csv": table, "h.json": borders})
    run = fresh("import", "territory", land)
    assert run.code == 0, run.result.exception
    assert "teď znamená jiné obce než dřív" in run.out
    assert "Pozor: Obcí, kterým žádný soubor nedává souřadnice" in run.out


def test_a_broken_file_ends_with_one_sentence(fresh, tmp_path):
    land = write_all(tmp_path / "land", {"vek.xlsx": ages_workbook()[:-30]})
    run = fresh("import", "territory", land)
    assert run.code == 1
    assert isinstance(run.result.exception, IngestError)
    assert fresh("import", "territory", tmp_path / "nic").code == 1


def test_an_unknown_kind_is_a_mistake_of_usage(fresh, tmp_path):
    assert fresh("import", "neco", tmp_path).code == 2


def test_an_interruption_says_that_nothing_has_changed(fresh, tmp_path, monkeypatch):
    def interrupted(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(Program, "import_territory", interrupted)
    run = fresh("import", "territory", write_all(tmp_path / "land"))
    assert run.code == 1
    assert "nic nezměnilo" in run.said


# The bar


class Terminal:
    """A standard error output that a person watches."""

    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        """Nothing waits."""


def test_a_bar_shows_share_rate_and_time_left_on_a_terminal(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    now = [1000.0]
    monkeypatch.setattr(progress_room, "monotonic", lambda: now[0])
    with monkeypatch.context() as clock, progress_for_person() as bar:
        clock.setattr(time, "time", lambda: now[0])
        assert isinstance(bar, Bar)
        bar.advance("nic", 5)
        bar.begin(4000)
        for _ in range(4):
            now[0] += 2
            bar.advance("obce.json", 1000)
        bar.begin(0)
    assert "100%" in screen.text
    assert "obce.json  500/s" in screen.text
    assert "00:00:04" in screen.text  # two thousand are left


def test_a_pipe_gets_no_bar(capsys):
    with progress_for_person() as silent:
        assert not isinstance(silent, Bar)
        silent.begin(10)
        silent.advance("obce.json", 10)
    assert capsys.readouterr().err == ""
    assert isinstance(silent, Progress)
