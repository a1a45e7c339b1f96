"""The entry point and the way its errors end."""

import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Final, NoReturn

import click

from referral import __version__
from referral.bootstrap import build
from referral.cli.summaries import SUMMARIES
from referral.settings import Settings

_COLLECT_AFTER: Final = 50_000
"""What a command reads stays until it ends; looking for rubbish every 700 objects costs a tenth."""

_COMMANDS: Final[Mapping[str, str]] = {
    "brochure": "referral.cli.printed:brochure_command",
    "card": "referral.cli.printed:card_command",
    "changes": "referral.cli.changes:changes_command",
    "conference": "referral.cli.papers:conference_command",
    "coverage": "referral.cli.coverage:coverage_command",
    "duplicates": "referral.cli.duplicates:duplicates_command",
    "gaps": "referral.cli.plan:gaps_command",
    "import": "referral.cli.bring:import_command",
    "init": "referral.cli.run:init_command",
    "leaflet": "referral.cli.printed:leaflet_command",
    "letter": "referral.cli.papers:letter_command",
    "link": "referral.cli.link:link_command",
    "match": "referral.cli.ask:match_command",
    "needs": "referral.cli.needs:needs_command",
    "outcome": "referral.cli.outcome:outcome_command",
    "own": "referral.cli.own:own_command",
    "roads": "referral.cli.roads:roads_command",
    "scenario": "referral.cli.sites:scenario_command",
    "serve": "referral.cli.run:serve_command",
    "sheet": "referral.cli.sheet:sheet_command",
    "sites": "referral.cli.sites:sites_command",
    "unmet": "referral.cli.unmet:unmet_command",
    "user": "referral.cli.user:user_command",
}


class _Commands(click.Group):
    """Imports a command's module when the command is asked for: most need few of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return the command with this name, None when there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what is written of them, without loading them."""
        listed = [click.Command(name, help=summary) for name, summary in SUMMARIES.items()]
        click.Group(commands=listed).format_commands(ctx, formatter)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Síť pomoci: kdo komu pomůže, proč, a kde pomoc chybí.",
)
@click.version_option(__version__, prog_name="referral", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Put the program together for the command that follows."""
    program = build(Settings.from_env())
    context.obj = program
    context.call_on_close(program.close)


def main() -> NoReturn:
    """Run a command; bad input ends with one clear sentence on stderr and exit code 1."""
    gc.set_threshold(_COLLECT_AFTER)
    # The threads of numpy's algebra spin while they wait, and no command has work for them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        cli.main(prog_name="referral", standalone_mode=True)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; that is no error of ours.
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if not isinstance(error, _bad_input()):
            raise
        click.echo(f"Chyba: {error}", err=True)
        sys.exit(1)
    raise AssertionError("click ends the process itself")  # pragma: no cover - never reached


def _bad_input() -> tuple[type[Exception], ...]:
    """Return what tells of bad input; loaded when something has gone wrong, for most never does."""
    from referral.accounts.errors import AccountError  # noqa: PLC0415 - see above
    from referral.ingest.errors import IngestError  # noqa: PLC0415 - see above
    from referral.matching.errors import PolicyError, RequestError  # noqa: PLC0415 - see above
    from referral.matching.intake.errors import LexiconError  # noqa: PLC0415 - see above
    from referral.network.errors import PlacementError  # noqa: PLC0415 - see above
    from referral.network.norms import NormError  # noqa: PLC0415 - see above
    from referral.storage.errors import StorageError  # noqa: PLC0415 - see above
    from referral.usecases.find_area import UnknownAreaError  # noqa: PLC0415 - see above
    from referral.usecases.find_duplicates import DecisionError  # noqa: PLC0415 - see above

    return (
        AccountError,
        DecisionError,
        IngestError,
        LexiconError,
        NormError,
        PlacementError,
        PolicyError,
        RequestError,
        StorageError,
        UnknownAreaError,
    )
