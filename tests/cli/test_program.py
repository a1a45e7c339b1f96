"""Setting the program up: init, serve, errors at the door."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest

from referral import __version__
from referral.bootstrap import build
from referral.catalog.places import FoundPlace, find_place
from referral.cli import run as run_room
from referral.cli.main import cli, main
from referral.cli.summaries import SUMMARIES
from referral.settings import Settings
from referral.storage.errors import StorageError
from support.build import a_service, a_source


def test_init_without_demo_prepares_an_empty_database(referral, tmp_path):
    run = referral("init", url=f"sqlite:///{tmp_path / 'new' / 'empty.sqlite3'}")
    assert (run.code, run.out) == (0, "")
    assert "připravená" in run.said


def test_init_with_demo_counts_what_it_loaded_and_changes_nothing_the_second_time(
    referral, tmp_path
):
    url = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    assert "488 obcí" in referral("init", "--demo", url=url).said
    assert "už je" in referral("init", "--demo", url=url).said


def test_a_database_that_was_not_prepared_says_how_to_prepare_it(referral, tmp_path):
    run = referral("match", "--place", "Aš", "--need", "PEC-HYG", url=f"sqlite:///{tmp_path}/no.db")
    assert run.code == 1
    assert isinstance(run.result.exception, StorageError)
    assert "referral init" in str(run.result.exception)


def test_main_turns_a_known_error_into_one_sentence_and_exit_code_one(
    monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("REFERRAL_DATABASE_URL", f"sqlite:///{tmp_path}/no.db")
    monkeypatch.setattr(sys, "argv", ["referral", "needs", "nemá co jíst"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Chyba: ")


def test_the_module_runs_as_a_program():
    environment = {**os.environ, "COVERAGE_PROCESS_START": ""}
    done = subprocess.run(
        [sys.executable, "-m", "referral", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert done.stdout.strip() == f"referral {__version__}"


def test_the_list_of_commands_says_of_each_what_it_says_of_itself():
    context = click.Context(cli)
    told = {name: cli.get_command(context, name).help for name in cli.list_commands(context)}
    assert told == SUMMARIES, "write a new command's help into referral/cli/summaries.py too"
    listed = cli.get_help(context)
    assert all(f"\n  {name} " in listed for name in told)


def test_what_is_no_fault_of_the_input_is_not_told_as_one(monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "main", fail)
    with pytest.raises(ZeroDivisionError):
        main()


def test_serve_hands_over_to_the_server_with_the_address_and_the_workers(referral, monkeypatch):
    handed = []
    monkeypatch.setattr(run_room, "_hand_over", handed.append)
    run = referral("serve", "--port", "8123", "--workers", "3")
    assert run.code == 0, run.result.exception
    assert "http://127.0.0.1:8123/" in run.said
    (arguments,) = handed
    assert "--bind=127.0.0.1:8123" in arguments
    assert "--workers=3" in arguments


def test_serve_refuses_a_database_that_was_not_prepared(referral, tmp_path):
    assert referral("serve", url=f"sqlite:///{tmp_path}/no.db").code == 1


@pytest.fixture
def program(tmp_path):
    made = build(
        Settings(database_url=f"sqlite:///{tmp_path / 'p.sqlite3'}"), today=lambda: date(2026, 9, 1)
    )
    made.migrate()
    made.load_embedded()
    yield made
    made.close()


def test_the_snapshot_is_kept_until_somebody_writes(program):
    first = program.catalog()
    assert program.catalog() is first
    program.store.save_sources([a_source()])
    program.store.save_services([a_service("own-1", coverage=None, locations=())])
    assert "own-1" in program.catalog().services
    assert isinstance(find_place("Vejprty", program.places()), FoundPlace)


def test_what_a_person_wrote_survives_loading_the_embedded_catalogue_again(program):
    own = a_service("rpss-671", "Vlastní název", coverage=None, locations=())
    program.store.save_sources([a_source()])
    program.store.save_services([own])
    program.store.remember("embedded_digest", "an older one")
    report = program.load_embedded()
    assert report.services["kept"] == 1
    assert program.catalog().service("rpss-671").name == "Vlastní název"


def test_a_gap_report_is_computed_once_and_again_after_a_change(program):
    first = program.gaps("Kadaň")
    assert program.gaps("Kadaň") is first
    assert program.gaps("kadan", "orp") is first
    program.store.save_sources([a_source()])
    assert program.gaps("Kadaň") is not first


def test_only_the_latest_reports_are_kept(program):
    first = program.gaps("Kadaň")
    orps = sorted(program.catalog().territory.by_orp)
    for orp in [one for one in orps if one != "Kadaň"][:16]:
        program.gaps(orp)
    assert program.gaps("Kadaň") is not first


def test_ping_answers_and_a_program_that_was_never_used_closes_quietly(program):
    program.ping()
    build(Settings()).close()


def test_the_data_can_come_from_another_folder(tmp_path):
    with pytest.raises(Exception, match="sources"):
        build(Settings(database_url="sqlite://"), data=Path(tmp_path)).load_embedded()
