"""Accounts from the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from referral import bootstrap
from referral.accounts.model import COMMAND_LINE, Role
from referral.bootstrap import Program, build
from referral.cli.main import cli, main
from referral.settings import Settings
from support.accounts import CHEAP, OTHER, PASSWORD, SHORT

Command = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path / 'users.sqlite3'}", hashing=CHEAP)


@pytest.fixture
def program(settings: Settings) -> Iterator[Program]:
    """The program over a database with its tables and no account."""
    made = build(settings)
    made.migrate()
    yield made
    made.close()


@pytest.fixture
def user(program: Program, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run ``referral user …`` over that database, with cheap hashes."""
    monkeypatch.setattr(Settings, "from_env", classmethod(lambda _cls: settings))
    assert bootstrap.build(Settings.from_env()).settings == program.settings

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, ["user", *arguments], input=typed)

    return run


def opens(program: Program, login: str, password: str) -> bool:
    """Tell whether the password opens the account."""
    return program.accounts.sign_in(login, password=password, address="")[0].login == login


def test_the_first_admin_is_made_with_a_password_shown_once(user: Command, program: Program):
    made = user("add", "Spravce-Uctu", "--role", "admin", "--role", "editor")
    assert made.exit_code == 0
    first, second = made.stdout.splitlines()
    assert first == "Účet spravce-uctu je založený: správa účtů, úpravy katalogu."
    password = second.removeprefix("Heslo: ")
    assert opens(program, "spravce-uctu", password)
    assert program.accounts.named("spravce-uctu").must_change
    assert password not in user("list").output
    (line,) = [one for one in program.accounts.store.events(limit=9) if one.by == COMMAND_LINE]
    assert line.login == "spravce-uctu"


def test_a_password_of_ones_own_is_asked_for_twice_and_never_shown(user: Command, program: Program):
    made = user("add", "spravce", "--role", "admin", "--prompt", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0
    assert PASSWORD not in made.output
    assert opens(program, "spravce", PASSWORD)
    assert not program.accounts.named("spravce").must_change


def test_a_bad_password_makes_no_account(user: Command, program: Program):
    made = user("add", "spravce", "--role", "admin", "--prompt", typed=f"{SHORT}\n{SHORT}\n")
    assert "krátké" in str(made.exception)
    assert program.accounts.store.accounts() == ()


def test_no_command_takes_a_password_as_an_argument(user: Command):
    for command in ("add", "password"):
        told = user(command, "--help").stdout
        assert "--password" not in told
        assert "--prompt" in told


def test_accounts_are_listed_with_their_roles_and_state(user: Command, program: Program):
    assert "referral user add" in user("list").stderr
    program.accounts.add("spravce", roles=[Role.ADMIN], by="test", password=PASSWORD)
    user("add", "editor-orp", "--role", "editor")
    user("add", "byvaly", "--role", "worker")
    assert user("deactivate", "byvaly").exit_code == 0
    assert user("list").stdout.splitlines() == [
        "byvaly: sociální práce – zavřený",
        "editor-orp: úpravy katalogu – čeká na změnu hesla",
        "spravce: správa účtů",
    ]
    document = user("list", "--json").stdout
    assert '"login": "editor-orp"' in document
    assert "hash" not in document
    assert user("activate", "byvaly").exit_code == 0
    assert "zavřený" not in user("list").stdout


def test_a_lost_password_is_replaced_and_the_door_opened(user: Command, program: Program):
    program.accounts.add("spravce", roles=[Role.ADMIN], by="test", password=PASSWORD)
    _, token = program.accounts.sign_in("spravce", password=PASSWORD, address="")
    made = user("password", "spravce", "--prompt", typed=f"{OTHER}\n{OTHER}\n")
    assert made.exit_code == 0
    assert program.accounts.signed_in(token) is None
    assert opens(program, "spravce", OTHER)
    shown = user("password", "spravce").stdout.splitlines()[1].removeprefix("Heslo: ")
    assert opens(program, "spravce", shown)


def test_roles_are_replaced_and_the_last_admin_stays(user: Command, program: Program):
    program.accounts.add("spravce", roles=[Role.ADMIN], by="test", password=PASSWORD)
    changed = user("roles", "spravce", "--role", "admin", "--role", "planner")
    assert changed.stdout == "Účet spravce má role: správa účtů, plánování sítě.\n"
    refused = user("roles", "spravce", "--role", "editor")
    assert "poslední" in str(refused.exception)
    assert "poslední" in str(user("deactivate", "spravce").exception)


@pytest.mark.parametrize("command", ["password", "deactivate", "activate"])
def test_an_unknown_account_is_told_with_how_to_find_it(user: Command, command: str):
    assert "referral user list" in str(user(command, "neni-tu").exception)


def test_what_is_wrong_with_an_account_ends_with_one_sentence(user: Command, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["referral", "user", "password", "neni-tu"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("Chyba: Účet „neni-tu“ tu není.")
    assert user("list").exit_code == 0


def test_roles_are_those_of_the_list_and_at_least_one(user: Command):
    assert user("add", "spravce").exit_code == 2
    assert user("add", "spravce", "--role", "kral").exit_code == 2
