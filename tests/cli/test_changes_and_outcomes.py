"""The commands that list what imports changed, and that count how services answered."""

import json
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from referral.bootstrap import build
from referral.catalog.changes import ChangedField
from referral.cli.main import cli
from referral.settings import Settings
from referral.usecases import find_duplicates
from support.build import TODAY
from support.history import a_change, a_run
from support.records import different, same
from support.rpss_register import item, write_register

SERVICE, OTHER = "rpss-26", "rpss-412"


@pytest.fixture
def url(demo_url, tmp_path) -> str:
    """A copy of the shipped catalogue of this test's own."""
    file = tmp_path / "own.sqlite3"
    shutil.copy(demo_url.removeprefix("sqlite:///"), file)
    return f"sqlite:///{file}"


@pytest.fixture
def run(url):
    """Run a command over it."""
    runner = CliRunner(env={"REFERRAL_DATABASE_URL": url})

    def runs(*arguments: str, code: int = 0):
        result = runner.invoke(cli, arguments)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return runs


@pytest.fixture
def program(url):
    """The program over it."""
    program = build(Settings(database_url=url))
    yield program
    program.close()


@pytest.fixture
def changed(program):
    """Two changes of two services, as an import of a source would leave them."""
    source = program.catalog().service(SERVICE).provenance.source
    with program.store.importing() as writer:
        writer.record(
            a_run(source, added=1, changed=1),
            [
                a_change(
                    SERVICE, ChangedField.CAPACITY, "32", "28", detail="P:luzka", source=source
                ),
                a_change(OTHER, ChangedField.PHONE, None, "474", source=source),
            ],
        )
    return source


def ids(result) -> list[str]:
    return [one["service_id"] for one in json.loads(result.stdout)["changes"]]


def test_changes_of_an_area_a_service_and_a_source(run, program, changed):
    catalog = program.catalog()
    assert ids(run("changes", "--json")) == [SERVICE, OTHER]
    assert ids(run("changes", "--service", SERVICE, "--json")) == [SERVICE]
    assert ids(run("changes", "--source", changed, "--json")) == [SERVICE, OTHER]
    place = catalog.service(OTHER).locations[0]
    orp = catalog.territory.municipality(place.municipality).orp
    assert OTHER in ids(run("changes", "--area", f"ORP {orp}", "--json"))
    assert ids(run("changes", "--area", f"ORP {orp}", "--service", OTHER, "--json")) == [OTHER]
    document = json.loads(run("changes", "--json").stdout)
    assert [one["source"] for one in document["imports"]] == [changed]
    assert "32 → 28 lůžek." in run("changes", "--service", SERVICE).stdout


@pytest.mark.usefixtures("changed")
def test_changes_are_found_by_the_id_of_any_record_of_a_service(run, program):
    program.store.decide([same(SERVICE, OTHER)])
    assert ids(run("changes", "--service", OTHER, "--json")) == [SERVICE, OTHER]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--source", "nic"), "Zdroj „nic“ v katalogu není; --source bere jeden z těchto: "),
        (("--service", "nic takového"), "Chyba: "),
    ],
)
def test_a_wrong_word_ends_the_list_with_one_sentence(run, arguments, message):
    assert message in run("changes", *arguments, code=1).stderr


def test_an_unknown_area_is_refused_with_the_nearest(run):
    result = run("changes", "--area", "Kadán nad Ničím", code=1)
    assert "mezi načtenými ORP, okresy a kraji není" in str(result.exception)


# --- Outcomes -------------------------------------------------------------------------------------


def test_an_outcome_is_counted_and_what_is_kept_is_said(run, program):
    said = run("outcome", SERVICE, "refused", "--barrier", "alkohol", "--on", "2026-09-03").stdout
    assert "odmítla klienta s překážkou: " in said
    assert "měsíc 9/2026" in said
    assert "Kdo to byl, ani den se neukládá." in said
    (count,) = program.store.outcome_counts()
    assert (count.service, count.barrier, count.accepted, count.refused) == (
        SERVICE, "ALKOHOL", 0, 1,
    )  # fmt: skip
    assert count.last_month.isoformat() == "2026-09-01"
    assert "bez známé překážky" in run("outcome", SERVICE, "accepted").stdout


def test_small_counts_are_never_told(run):
    for _ in range(4):
        run("outcome", SERVICE, "accepted", "--on", "2026-09-03")
    listed = run("outcome", "list").stdout
    assert "přijato méně než 5, odmítnuto méně než 5" in listed
    assert "4" not in listed.partition("přijato")[2].replace("než 5", "")
    run("outcome", SERVICE, "accepted")
    assert "přijato 5, odmítnuto méně než 5" in run("outcome", "list").stdout
    (document,) = json.loads(run("outcome", "list", "--json").stdout)["outcomes"]
    assert document["service_id"] == SERVICE
    assert (document["accepted"], document["refused"]) == (5, None)
    assert document["suppressed"] is True


def test_counts_of_records_of_one_service_stand_as_one(run, program):
    for name in (SERVICE, OTHER):
        for _ in range(3):
            program.store.count_outcome(name, barriers=["ALKOHOL"], accepted=True, on=TODAY)
    program.store.decide([same(SERVICE, OTHER)])
    (document,) = json.loads(run("outcome", "list", "--json").stdout)["outcomes"]
    assert (document["service_id"], document["accepted"]) == (SERVICE, 6)
    run("outcome", OTHER, "accepted")
    counts = {one.service for one in program.store.outcome_counts() if one.barrier == ""}
    assert counts == {SERVICE}


def test_nothing_counted_yet_is_said(run):
    assert "Žádný výsledek zatím nikdo nezapsal." in run("outcome", "list").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nic takového", "accepted"), "Chyba: "),
        ((SERVICE, "accepted", "--barrier", "ALKOHL"), "Překážku ALKOHL slovník nezná. Nemysleli"),
        (
            (SERVICE, "accepted", "--on", "2999-01-01"),
            "Den 1. 1. 2999 teprve přijde; opravte --on.",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_and_nothing_is_kept(run, program, arguments, message):
    assert message in run("outcome", *arguments, code=1).stderr
    assert program.store.outcome_counts() == ()


# --- What an import leaves to be judged -----------------------------------------------------------


def bring(run, folder, *options: str, seed: int = 0):
    file = write_register(folder / "rpss.json", [item(90001, seed=seed), item(90002, seed=seed)])
    report = folder / "zprava.json"
    said = run(
        "import", "rpss", str(file), "--accept-large-change", "--as-of", "2026-11-01",
        "--report", str(report), *options,
    ).stdout  # fmt: skip
    return said, json.loads(report.read_text(encoding="utf-8"))


@pytest.fixture
def listed_twice(run, program, tmp_path):
    """Two registrations that another list holds too, one of them without its number."""
    said, document = bring(run, tmp_path)
    assert "referral duplicates" not in said
    assert (document["merged"], document["to_judge"]) == (0, 0)
    stored = program.store.sourced_services()
    first, second = (stored[f"rpss-{number}"] for number in (90001, 90002))
    listed = replace(first.provenance, source="kv-seznam")
    program.store.save_services(
        [
            replace(first, id="kv-90001", provenance=listed),
            replace(second, id="kv-90002", provenance=listed, register_id=None),
        ]
    )
    with program.store.importing() as writer:
        writer.drop_fingerprints(["rpss-90001", "rpss-90002"])
        writer.save_services([replace(first, name="Starý název"), second])


@pytest.mark.usefixtures("listed_twice")
def test_an_import_says_what_stands_as_one_and_what_waits_for_a_person(run, tmp_path):
    said, document = bring(run, tmp_path)
    assert (document["merged"], document["to_judge"]) == (1, 1)
    assert "s jiným záznamem téhož čísla v registru: 1 služba." in said
    assert "může být ještě 1 dvojice záznamů; rozhodne člověk: referral duplicates" in said


@pytest.mark.usefixtures("listed_twice")
def test_with_many_records_an_import_only_says_where_to_look(run, tmp_path, monkeypatch):
    monkeypatch.setattr(find_duplicates, "MOST_COMPARED", 10)
    said, document = bring(run, tmp_path)
    assert (document["merged"], document["to_judge"]) == (1, None)
    assert "Zda není některá služba v katalogu dvakrát, ukáže: referral duplicates" in said


@pytest.mark.usefixtures("listed_twice")
def test_nothing_is_compared_when_nothing_changed_or_nothing_was_written(run, tmp_path):
    said, document = bring(run, tmp_path, "--dry-run")
    assert (document["merged"], document["to_judge"]) == (None, None)
    assert "referral duplicates" not in said
    bring(run, tmp_path)
    said, document = bring(run, tmp_path)
    assert (document["merged"], document["to_judge"]) == (None, None)
    assert "referral duplicates" not in said


@pytest.mark.usefixtures("listed_twice")
def test_a_pair_that_a_person_told_apart_counts_no_more(run, program, tmp_path):
    program.store.decide([different("rpss-90001", "kv-90001"), different("rpss-90002", "kv-90002")])
    _, document = bring(run, tmp_path)
    assert (document["merged"], document["to_judge"]) == (0, 0)
