"""Accounts from the command line: the first admin, and whatever the pages cannot mend."""

import click

from referral.accounts.model import COMMAND_LINE, Account, Role
from referral.bootstrap import Program
from referral.cli.console import say, show, show_json
from referral.web.czech import plain
from referral.web.presenters.accounts import ROLE_NAMES, role_names

_ROLES = click.Choice([role.value for role in Role])
_TOLD = ", ".join(f"{role.value} ({name})" for role, name in ROLE_NAMES.items())
_PROMPT_HELP = "Zeptá se na heslo; jinak program heslo vymyslí a jednou ukáže."


@click.group(
    "user",
    help="Spravuje účty těch, kdo se přihlašují. Hesla se nikdy nepíší do příkazu.",
)
def user_command() -> None:
    """Look after accounts."""


@user_command.command("add", help=f"Založí účet. Role: {_TOLD}.")
@click.argument("login", metavar="JMÉNO")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES, help="Role; i víckrát.")
@click.option("--prompt", is_flag=True, help=_PROMPT_HELP)
@click.pass_obj
def add_command(program: Program, /, *, login: str, roles: tuple[str, ...], prompt: bool) -> None:
    """Add an account."""
    account, password = program.accounts.add(
        login,
        roles=[Role(role) for role in roles],
        by=COMMAND_LINE,
        password=_asked() if prompt else None,
    )
    show(plain(f"Účet {account.login} je založený: {role_names(account)}."))
    _hand_over(account, password, prompt=prompt)


@user_command.command("list", help="Vypíše účty, jejich role a stav.")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def list_command(program: Program, /, *, as_json: bool) -> None:
    """List all accounts."""
    found = program.accounts.store.accounts()
    if as_json:
        show_json({"accounts": [_document(one) for one in found]})
        return
    for one in found:
        state = "" if one.active else " – zavřený"
        waiting = " – čeká na změnu hesla" if one.must_change and one.active else ""
        show(plain(f"{one.login}: {role_names(one)}{state}{waiting}"))
    if not found:
        say("Žádný účet tu není. První založí: referral user add JMÉNO --role admin")


@user_command.command("password", help="Dá účtu nové heslo a ukončí jeho přihlášení.")
@click.argument("login", metavar="JMÉNO")
@click.option("--prompt", is_flag=True, help=_PROMPT_HELP)
@click.pass_obj
def password_command(program: Program, /, *, login: str, prompt: bool) -> None:
    """Give an account another password."""
    account = program.accounts.named(login)
    password = program.accounts.reset_password(
        account.id, by=COMMAND_LINE, password=_asked() if prompt else None
    )
    show(plain(f"Účet {account.login} má nové heslo, jeho přihlášení skončila."))
    _hand_over(account, password, prompt=prompt)


@user_command.command("roles", help=f"Nahradí role účtu. Role: {_TOLD}.")
@click.argument("login", metavar="JMÉNO")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES, help="Role; i víckrát.")
@click.pass_obj
def roles_command(program: Program, /, *, login: str, roles: tuple[str, ...]) -> None:
    """Replace the roles of an account."""
    accounts = program.accounts
    changed = accounts.set_roles(
        accounts.named(login).id, roles=[Role(role) for role in roles], by=COMMAND_LINE
    )
    show(plain(f"Účet {changed.login} má role: {role_names(changed)}."))


@user_command.command("deactivate", help="Zavře účet a ukončí jeho přihlášení.")
@click.argument("login", metavar="JMÉNO")
@click.pass_obj
def deactivate_command(program: Program, /, *, login: str) -> None:
    """Close an account."""
    accounts = program.accounts
    closed = accounts.deactivate(accounts.named(login).id, by=COMMAND_LINE)
    show(plain(f"Účet {closed.login} je zavřený. Otevře ho: referral user activate {closed.login}"))


@user_command.command("activate", help="Znovu otevře zavřený účet.")
@click.argument("login", metavar="JMÉNO")
@click.pass_obj
def activate_command(program: Program, /, *, login: str) -> None:
    """Open a closed account again."""
    accounts = program.accounts
    opened = accounts.activate(accounts.named(login).id, by=COMMAND_LINE)
    show(plain(f"Účet {opened.login} je znovu otevřený."))


def _asked() -> str:
    """Ask for a password twice, without showing it."""
    password: str = click.prompt(
        "Heslo", hide_input=True, confirmation_prompt="Heslo ještě jednou", err=True
    )
    return password


def _hand_over(account: Account, password: str, *, prompt: bool) -> None:
    """Show a made-up password this once."""
    if prompt:
        return
    show(f"Heslo: {password}")
    say(f"Předejte ho osobně. Při prvním přihlášení si ho {account.login} změní.")


def _document(account: Account) -> dict[str, object]:
    return {
        "login": account.login,
        "roles": sorted(account.roles),
        "active": account.active,
        "must_change": account.must_change,
        "created_on": account.created_on.isoformat(),
        "password_set_on": account.password_set_on.isoformat(),
    }
