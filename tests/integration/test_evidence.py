"""Unmet searches and the index of social exclusion, through both databases and the commands."""

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from referral.bootstrap import build
from referral.catalog.evidence import ExclusionValue, UnmetCount
from referral.catalog.ports import Fate
from referral.cli.main import cli
from referral.settings import Settings
from referral.storage.errors import RefusedError
from referral.storage.evidence import SqlEvidenceStore
from referral.usecases.record_unmet import UnmetError
from support.build import SOURCE, a_source

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def evidence(filled, engine):  # noqa: ARG001 - the words and sources must be there
    """A store of evidence over the words and sources of the tests."""
    return SqlEvidenceStore(engine)


def test_an_unmet_search_is_one_more_of_its_orp_need_and_month_and_nothing_else(evidence, filled):
    need, *_ = sorted(filled.vocabulary().needs)
    before = filled.revision()
    for day in (3, 28):
        evidence.count_unmet("Kadaň", needs=[need, need], on=date(2026, 5, day))
    evidence.count_unmet("Kadaň", needs=[need], on=date(2026, 6, 30))
    assert evidence.unmet_counts() == (
        UnmetCount(orp="Kadaň", need=need, month=MAY, count=2),
        UnmetCount(orp="Kadaň", need=need, month=JUNE, count=1),
    )
    assert filled.revision() == before


def test_a_need_that_the_vocabulary_lacks_is_refused_and_nothing_is_counted(evidence):
    with pytest.raises(RefusedError, match="CIZI"):
        evidence.count_unmet("Kadaň", needs=["CIZI"], on=MAY)
    assert evidence.unmet_counts() == ()


def test_an_index_is_added_changed_or_left_and_its_source_is_kept(evidence, filled):
    one = ExclusionValue(municipality="500001", year=2024, value=12.5, source=SOURCE)
    other = ExclusionValue(municipality="999999", year=2024, value=3, source=SOURCE)
    fates = evidence.save_exclusion([one, other], source=a_source())
    assert set(fates.values()) == {Fate.ADDED}
    worse = ExclusionValue(municipality="500001", year=2024, value=13, source=SOURCE)
    fates = evidence.save_exclusion([worse, other], source=a_source())
    assert fates == {("500001", 2024): Fate.CHANGED, ("999999", 2024): Fate.UNCHANGED}
    assert evidence.exclusion_values() == (worse, other)
    assert filled.load().source(SOURCE) == a_source()


# --- Over the shipped catalogue -------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A file with the shipped catalogue, to be copied."""
    file = tmp_path_factory.mktemp("shipped") / "demo.sqlite3"
    environment = {"REFERRAL_DATABASE_URL": f"sqlite:///{file}"}
    result = CliRunner(env=environment).invoke(cli, ["init", "--demo"])
    assert result.exit_code == 0, result.output
    return file


@pytest.fixture
def url(shipped, tmp_path):
    """A database with the shipped catalogue of this test's own."""
    shutil.copy(shipped, tmp_path / "own.sqlite3")
    return f"sqlite:///{tmp_path / 'own.sqlite3'}"


def run(url, *arguments, code=0):
    result = CliRunner(env={"REFERRAL_DATABASE_URL": url}).invoke(cli, arguments)
    assert result.exit_code == code, (result.output, result.exception)
    return result


def test_what_a_person_counts_is_told_from_the_next_month_on_and_small_counts_never(url):
    for _ in range(6):
        said = run(url, "unmet", "add", "--place", "Vejprty", "--need", "byd-bez").stdout
    assert "ORP Kadaň, bez střechy nad hlavou" in said
    assert "Vejprty" not in said
    run(url, "unmet", "add", "--place", "Most", "--need", "BYD-BEZ", "--need", "PEC-HYG")
    assert "do konce minulého měsíce" in run(url, "unmet", "list").stderr
    later = build(Settings(database_url=url), today=lambda: date(2126, 1, 5))
    found = later.evidence()
    assert found.unmet.cells["Kadaň", "BYD-BEZ"].count == 6
    assert found.unmet.cells["Most", "BYD-BEZ"].count is None
    assert found.unmet.columns["BYD-BEZ"].count is None
    assert found.unmet.total.count is None
    assert later.evidence("Kadaň").unmet.total is None
    assert later.evidence("Ústecký kraj").unmet.columns["PEC-HYG"].count is None
    with pytest.raises(UnmetError, match="--need"):
        later.count_unmet("563102", [])
    later.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--place", "Březová", "--need", "BYD-BEZ"], "místo názvu pište kód"),
        (["--place", "Qqqqq", "--need", "BYD-BEZ"], "Takovou obec v katalogu nemáme"),
        (["--place", "Kadna", "--need", "BYD-BEX"], "Nemysleli jste: BYD-BEZ"),
        (["--place", "Kadaň", "--need", "úplně jiná"], "slovník nezná"),
    ],
)
def test_a_wrong_place_or_need_ends_with_one_sentence(url, arguments, words):
    assert words in run(url, "unmet", "add", *arguments, code=1).stderr


def months_back(url):
    """Let all that was counted have happened in a month that is over."""
    program = build(Settings(database_url=url))
    with program._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE unmet_counts SET month = '2020-01-01'")
    program.close()


def test_the_index_and_the_counts_stand_beside_the_gaps_in_every_output(url, tmp_path):
    program = build(Settings(database_url=url))
    places = [
        one for one in program.catalog().territory.municipalities.values() if one.orp == "Kadaň"
    ]
    program.close()
    book = Workbook()
    book.active.append(["Index sociálního vyloučení po obcích"])
    book.active.append(["Kód obce", "Název", "2023", "2024"])
    for position, place in enumerate(places):
        book.active.append([int(place.code), place.name, 1, position])
    book.active.append(["kod", "Nikde", 1, 2])
    book.active.append([599999, "Jinde", 31, 2])
    book.active.append([599998, "Jinde", None, 2])
    book.save(tmp_path / "isv.xlsx")
    said = run(url, "import", "index", str(tmp_path / "isv.xlsx"), "--dry-run").stdout
    assert "nic se nezapsalo" in said.lower() or "zkouška" in said
    report = tmp_path / "zprava.json"
    said = run(url, "import", "index", str(tmp_path / "isv.xlsx"), "--report", str(report)).stdout
    account = json.loads(report.read_text("utf-8"))
    assert (account["kind"], account["read"]) == ("index", len(places) + 3)
    assert (account["added"], account["rejected"]) == (len(places) + 1, 2)
    assert {one["row"] for one in account["rejections"]} == {len(places) + 3, len(places) + 4}
    assert account["years"] == [2023, 2024]
    assert "není načten" in said or "nejsou načtené" in said
    again = run(url, "import", "index", str(tmp_path / "isv.xlsx")).stdout
    assert f"beze změny {len(places) + 1}" in again
    for _ in range(5):
        run(url, "unmet", "add", "--place", "Kadaň", "--need", "BYD-BEZ")
        run(url, "outcome", "rpss-1368", "refused", "--barrier", "ALKOHOL")
    months_back(url)
    assert "bez střechy nad hlavou (BYD-BEZ): 5" in run(url, "unmet", "list").stdout
    told = json.loads(run(url, "unmet", "list", "--area", "Kadaň", "--json").stdout)
    assert told["cells"][0]["count"] == 5
    file = tmp_path / "gaps.xlsx"
    text = run(url, "gaps", "--area", "Kadaň", "--xlsx", str(file)).stdout
    assert "Index sociálního vyloučení 2024" in text
    document = json.loads(run(url, "gaps", "--area", "Kadaň", "--json").stdout)
    layer = document["evidence"]["layers"][0]
    assert (layer["kind"], layer["year"]) == ("exclusion", 2024)
    assert layer["source"].endswith("Agentura pro sociální začleňování")
    classes = [one["need_class"] for one in layer["municipalities"]]
    assert set(classes) == {1, 2, 3}
    refused = [one for one in document["evidence"]["outcomes"] if one["barrier"] == "ALKOHOL"]
    assert [one["refused"]["count"] for one in refused] == [5]
    sheets = load_workbook(file)
    assert {
        "Potřeba a síť – obce",
        "Potřeba a síť – ORP",
        "Nenaplněná hledání",
        "Přijetí a odmítnutí",
    } <= set(sheets.sheetnames)
