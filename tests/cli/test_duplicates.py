"""The commands that list what may be one service and keep what a person decides."""

import json

import pytest
from click.testing import CliRunner

from referral.bootstrap import build
from referral.cli.main import cli
from referral.ingest.errors import IngestError
from referral.settings import Settings
from referral.storage.importing import SqlImportStore
from referral.usecases.find_duplicates import DecisionError
from support.build import SECRET, a_source
from support.records import HERE, a_record

PAIR = ("rpss-90001", "sheet-1")


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> bytes:
    """A database with the shipped catalogue and a few invented records, as bytes to be copied."""
    file = tmp_path_factory.mktemp("filled") / "filled.sqlite3"
    url = f"sqlite:///{file}"
    assert (
        CliRunner(env={"REFERRAL_DATABASE_URL": url}).invoke(cli, ["init", "--demo"]).exit_code == 0
    )
    program = build(Settings(database_url=url))
    store: SqlImportStore = program.store
    store.save_sources([a_source("sheet"), a_source("zoo")])
    town = {"town": "554481"}
    store.save_services(
        [
            a_record("rpss-90001", register_id="9000001", **town),
            a_record("sheet-1", source="sheet", **town),
            a_record("sheet-2", source="sheet", ico="00000009", name="Sedmikráska", **town),
            a_record("zoo-2", source="zoo", ico="00000008", name="Sedmikráska", **town),
            a_record("rpss-90003", register_id="9000003", provider="Tichá, z. s.", type="60",
                     ico="00000003", locations=(SECRET,), name="Tichá"),
            a_record("zoo-3", source="zoo", provider="Tichá, z. s.", ico="00000003", type="60",
                     name="Dům Tichá", point=HERE, **town),
            a_record("zoo-4", source="zoo", register_id="9000003", provider="Tichá, z. s.",
                     type="60", ico="00000003", name="Tichá", town="554499"),
        ]
    )  # fmt: skip
    program.close()
    return file.read_bytes()


@pytest.fixture
def run(filled, tmp_path):
    """Run a command over a database of this test's own."""
    file = tmp_path / "own.sqlite3"
    file.write_bytes(filled)
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": f"sqlite:///{file}"})

    def command(*arguments: str, code: int = 0, **more: object):
        result = runner.invoke(cli, ["duplicates", *arguments], **more)
        assert result.exit_code == code, result.output
        return result

    return command


def listed(run, *arguments: str) -> dict[tuple[str, str], dict]:
    document = json.loads(run("--json", *arguments).stdout)
    return {(one["kept"]["id"], one["other"]["id"]): one for one in document["proposals"]}


def test_proposals_come_with_their_evidence_and_a_score_that_sums_up(run) -> None:
    found = listed(run)[PAIR]
    assert (found["level"], found["different_ico"], found["automatic"]) == (
        "probable",
        False,
        False,
    )
    assert found["score"] == sum(one["points"] for one in found["evidence"])
    assert "stejné IČO (00000001)" in [one["text"] for one in found["evidence"]]
    assert found["other"]["place"] == "Cheb"


def test_the_list_for_people_says_why_in_czech(run) -> None:
    said = run("--area", "Cheb")
    assert "pravděpodobné (" in said.stdout
    assert "stejné místo (Cheb) +10" in said.stdout
    assert "k posouzení" in said.stderr


def test_different_ico_is_said_loudly(run) -> None:
    assert "POZOR: poskytovatelé mají různé IČO" in run("--level", "possible").stdout
    assert (
        "# RŮZNÉ IČO, potvrďte zvlášť: sheet-2 zoo-2"
        in run("--pairs", "--level", "possible").stdout
    )


def test_one_registration_is_told_as_shown_once_already(run) -> None:
    said = run("--level", "certain").stdout
    assert "rpss-90003 zoo-4" in said
    assert "Je to táž registrace" in said


def test_a_pair_with_a_secret_address_tells_no_place_and_is_left_out_of_areas(run) -> None:
    found = listed(run)["rpss-90003", "zoo-3"]
    assert (found["kept"]["place"], found["other"]["place"], found["other"]["name"]) == (None,) * 3
    assert "Cheb" not in json.dumps(found, ensure_ascii=False)
    assert "Dům Tichá" not in run().stdout + run("--pairs").stdout
    inside = run("--area", "Cheb")
    assert "zoo-3" not in inside.stdout
    assert "Vynecháno pro utajenou adresu" in inside.stderr


def test_a_confirmed_pair_is_listed_no_more_and_comes_back_when_undone(run) -> None:
    said = run("confirm", *PAIR, "--by", "office").stdout
    assert said == "sheet-1 a rpss-90001 jsou jedna služba; ukazuje se rpss-90001.\n"
    assert PAIR not in listed(run)
    run("undo", *PAIR)
    assert PAIR in listed(run)


def test_a_rejected_pair_is_listed_no_more(run) -> None:
    run("reject", *PAIR)
    assert PAIR not in listed(run)


def test_many_pairs_are_shown_first_and_confirmed_only_when_asked(run) -> None:
    shown = run("confirm", "--probable", "--area", "Cheb")
    assert "rpss-90001 sheet-1" in shown.stdout
    assert "Zatím se nic nezapsalo. Potvrdit 1 dvojici" in shown.stderr
    assert PAIR in listed(run)
    run("confirm", "--probable", "--area", "Cheb", "--yes")
    assert PAIR not in listed(run)


def test_pairs_of_different_ico_are_never_confirmed_in_bulk(run) -> None:
    before = {pair for pair, one in listed(run).items() if one["different_ico"]}
    assert before
    run("confirm", "--probable", "--yes")
    assert {pair for pair, one in listed(run).items() if one["different_ico"]} == before


def test_a_list_may_not_hold_different_ico_but_one_pair_alone_may(run) -> None:
    error = run("confirm", "--from", "-", "--yes", input="sheet-2 zoo-2\n", code=1).exception
    assert "mají různé IČO, hromadně" in str(error)
    run("confirm", "sheet-2", "zoo-2")
    assert ("sheet-2", "zoo-2") not in listed(run)


def test_a_list_that_a_person_has_gone_through_is_confirmed_at_once(run, tmp_path) -> None:
    file = tmp_path / "dvojice.txt"
    lines = run("--pairs", "--level", "probable").stdout
    file.write_text(f"# moje poznámka\n\n{lines}", encoding="utf-8-sig")
    assert "Zatím se nic nezapsalo" in run("confirm", "--from", str(file)).stderr
    run("confirm", "--from", "-", "--yes", input=lines)
    assert PAIR not in listed(run)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"rpss-90001\n", "Na řádku 1 nejsou dvě id"), (b"\xff\xfe\x00", "kódování UTF-8")],
)
def test_a_list_that_cannot_be_read_says_where(run, tmp_path, content, sentence) -> None:
    file = tmp_path / "dvojice.txt"
    file.write_bytes(content)
    error = run("confirm", "--from", str(file), "--yes", code=1).exception
    assert isinstance(error, IngestError)
    assert sentence in str(error)


def test_a_wrong_id_ends_with_one_sentence(run) -> None:
    error = run("confirm", "rpss-90001", "sheet-l", code=1).exception
    assert isinstance(error, DecisionError)
    assert "Nemysleli jste" in str(error)


@pytest.mark.parametrize("arguments", [[], ["a"], ["a", "b", "--probable"]])
def test_confirming_needs_to_know_what(run, arguments) -> None:
    assert "zadejte dvě id" in run("confirm", *arguments, code=2).output


def test_an_area_without_proposals_says_so(run) -> None:
    assert "Žádné dvojice k posouzení." in run("--area", "Kadaň").stderr
