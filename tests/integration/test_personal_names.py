"""No name of a person reaches the database, a report, the output or the log, whatever is imported.

Each source is written with people in all the fields in which its publisher keeps them. The test
looks for their names, with diacritics and without, in every byte that an import leaves behind:
of a finished import, of one with rejected rows, and of one that fails in the middle of the file.
"""

import json
import logging
import re
import shutil
import sqlite3
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from referral.cli.bring import KINDS
from referral.cli.main import cli
from referral.text import fold
from support import (
    hsds_package,
    nrpzs_register,
    rpss_register,
    sheet_files,
    vysocina_catalogue,
)

PEOPLE = {
    *rpss_register.PEOPLE,
    *vysocina_catalogue.PEOPLE,
    *hsds_package.PEOPLE,
    *nrpzs_register.NEVER_READ[:2],
}

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Source:
    """A kind of import, a file of it with a rejected row, and a word that must be stored."""

    kind: str
    write: Callable[[Path], Path]
    stored: str


def as_json(root: str, items: list[object]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        file = folder / "source.json"
        file.write_text(json.dumps({root: items}, ensure_ascii=False), encoding="utf-8")
        return file

    return write


def open_data(folder: Path) -> Path:
    broken = rpss_register.item(3) | {
        "druhSocialniSluzby": {"id": "DruhSocialniSluzby/999"},
        "datumPoskytovaniDo": {"jmeno": rpss_register.PEOPLE[0]},
        "poskytovatel": {"statutarniOrgany": [{"clen": rpss_register.PEOPLE[1]}]},
        "zarizeni": {"vedouci": {"jmeno": rpss_register.PEOPLE[2]}},
        "ciloveSkupiny": [[rpss_register.PEOPLE[3]], {"cilovaSkupina": {"id": None}}],
    }
    items = [rpss_register.item(1), rpss_register.item(2), broken]
    return rpss_register.write_register(folder / "rpss.json", items)


def portal() -> list[object]:
    broken = rpss_register.portal_item(3)
    broken["sluzba"] |= {"druhSocialniSluzbyId": 1, "datumPoskytovaniOd": [rpss_register.PEOPLE]}
    return [rpss_register.portal_item(1), rpss_register.portal_item(2), broken]


def excerpt() -> list[object]:
    broken = rpss_register.excerpt_item(3) | {
        "druhSocialniSluzbyId": 99,
        "druh": None,
        "adresaKontaktni": [rpss_register.PEOPLE],
        "poskytovatel": {"zastupce": rpss_register.PEOPLE[0]},
    }
    return [rpss_register.excerpt_item(1), rpss_register.excerpt_item(2), broken]


def vysocina(folder: Path) -> Path:
    broken = vysocina_catalogue.entry(3, org_nazev=None, misto_pusobnosti={"kontakt": "x"})
    good = [vysocina_catalogue.entry(1), vysocina_catalogue.entry(2)]
    return vysocina_catalogue.write_catalogue(folder / "vysocina.json", [*good, broken])


def nrpzs(layout: tuple[str, ...]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        rows = [*nrpzs_register.homes(2), nrpzs_register.place(3, sort=0, provider="", name="")]
        return nrpzs_register.write_nrpzs(folder / "nrpzs.csv", rows, layout)

    return write


def hsds(folder: Path) -> Path:
    broken = hsds_package.service(3, attributes=[], status={"assurer": hsds_package.PEOPLE[0]})
    return hsds_package.write_list(folder / "hsds.json", [*hsds_package.services(2), broken])


def hsds_tables(folder: Path) -> Path:
    broken = hsds_package.service(3, attributes=[])
    files = hsds_package.files_of([*hsds_package.services(2), broken])
    return hsds_package.write_zip(folder / "hsds.zip", files)


def sheet(folder: Path) -> Path:
    row = {
        "kód": "banka",
        "název": "Zkušební banka",
        "druh pomoci": "community",
        "potřeby": "FIN-NUZ",
        "působnost": "Kadaň",
        "ověřeno dne": "2026-10-01",
        "kdo ověřil": "koordinátor",
        "kontaktní osoba": " ".join(rpss_register.PEOPLE[:2]),
        "vedoucí": " ".join(rpss_register.PEOPLE[2:]),
    }
    other = row | {"kód": "šatník", "název": "Zkušební šatník"}
    broken = row | {"kód": "sklad", "potřeby": "nic", "kdo ověřil": rpss_register.PEOPLE[0]}
    return sheet_files.as_csv(folder / "pomoc.csv", [row, other, broken])


SOURCES = {
    "rpss, otevřená data": Source("rpss", open_data, "Zkušební poskytovatel"),
    "rpss, odpověď portálu": Source("rpss", as_json("list", portal()), "Zkušební poskytovatel"),
    "rpss, výběr": Source("rpss", as_json("sluzby", excerpt()), "Zkušební poskytovatel"),
    "vysocina": Source("vysocina", vysocina, "Zkušební pomoc"),
    "nrpzs": Source("nrpzs", nrpzs(nrpzs_register.CURRENT), "Zkušební zdraví"),
    "nrpzs, měsíční výstup": Source("nrpzs", nrpzs(nrpzs_register.EXPORT), "Zkušební zdraví"),
    "hsds": Source("hsds", hsds, "Pečovatelská služba 1"),
    "hsds, tabulky": Source("hsds", hsds_tables, "Pečovatelská služba 1"),
    "sheet": Source("sheet", sheet, "Zkušební banka"),
}


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """A database with the shipped catalogue, to be copied."""
    file = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{file}"})
    assert runner.invoke(cli, ["init", "--demo"]).exit_code == 0
    return file


@pytest.fixture
def run(demo, tmp_path):
    """Run a command over a copy of that database and return all it said, failures too."""
    database = tmp_path / "database" / "own.sqlite3"
    database.parent.mkdir()
    shutil.copy(demo, database)
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{database}"})

    def runs(*arguments: str) -> str:
        result = runner.invoke(cli, arguments)
        said = result.stdout + result.stderr
        if result.exception is not None:
            said += "".join(traceback.format_exception(result.exception))
        return said

    return runs


def left_in(folder: Path) -> Iterator[bytes]:
    """Yield every byte below a folder, of archives what is packed in them, of databases rows."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        yield file.read_bytes()
        if file.suffix in {".xlsx", ".zip"}:
            with zipfile.ZipFile(file) as book:
                yield from (book.read(name) for name in book.namelist())
        if file.suffix == ".sqlite3":
            connection = sqlite3.connect(file)
            yield "\n".join(connection.iterdump()).encode()
            connection.close()


def named_in(text: str) -> set[str]:
    """Return the names that stand in a text: with diacritics or without, or escaped as in JSON."""
    plain = fold(ESCAPED.sub(lambda one: chr(int(one[1], 16)), text))
    return {name for name in PEOPLE if fold(name) in plain}


@pytest.mark.parametrize("name", SOURCES)
def test_no_name_is_left_behind_by_an_import_its_reports_or_its_failure(
    name, run, tmp_path, caplog
):
    source = SOURCES[name]
    caplog.set_level(logging.DEBUG)
    published = tmp_path / "published"
    published.mkdir()
    written = source.write(published)
    encoding = "cp1250" if "výstup" in name else "utf-8"
    assert len(named_in(b"".join(left_in(published)).decode(encoding, "replace"))) > 1
    reports = tmp_path / "reports"
    reports.mkdir()
    said = ""
    for suffix in ("json", "xlsx"):
        report = str(reports / f"report.{suffix}")
        said += run(
            "import", source.kind, str(written), "--as-of", "2026-11-01", "--accept-large-change",
            "--report", report,
        )  # fmt: skip
    told = json.loads((reports / "report.json").read_text(encoding="utf-8"))
    assert (told["added"], told["rejected"]) == (2, 1), said
    whole = written.read_bytes()
    written.write_bytes(whole[: len(whole) * 2 // 3])
    said += run("import", source.kind, str(written), "--accept-large-change")
    said += run("import", "territory", str(written))
    said += run("changes", "--json") + run("changes")
    left = [one.decode("utf-8", "replace") for one in left_in(tmp_path / "database")]
    assert any(source.stored in one for one in left)
    assert set().union(*map(named_in, left)) == set()
    packed = [one.decode("utf-8", "replace") for one in left_in(reports)]
    assert set().union(*map(named_in, packed)) == set()
    assert named_in(said) == set()
    assert named_in(caplog.text) == set()


def test_every_kind_of_import_of_services_is_tried():
    """A territory and an index hold codes and numbers; nothing else is taken from their files."""
    assert {one.kind for one in SOURCES.values()} | {"territory", "index"} == set(KINDS)
