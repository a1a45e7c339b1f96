"""The entry point and the way its errors end."""

import sys
from typing import NoReturn

import click

from referral import __version__
from referral.bootstrap import build
from referral.cli.ask import match_command, needs_command
from referral.cli.bring import import_command
from referral.cli.bring_rpss import changes_command
from referral.cli.coverage import coverage_command
from referral.cli.plan import gaps_command
from referral.cli.run import init_command, serve_command
from referral.ingest.errors import IngestError
from referral.matching.errors import PolicyError, RequestError
from referral.matching.intake.errors import LexiconError
from referral.network.norms import NormError
from referral.settings import Settings
from referral.storage.errors import StorageError
from referral.usecases.find_area import UnknownAreaError

_BAD_INPUT = (
    IngestError,
    LexiconError,
    NormError,
    PolicyError,
    RequestError,
    StorageError,
    UnknownAreaError,
)


@click.group(
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


cli.add_command(init_command)
cli.add_command(match_command)
cli.add_command(needs_command)
cli.add_command(gaps_command)
cli.add_command(serve_command)
cli.add_command(import_command)
cli.add_command(changes_command)
cli.add_command(coverage_command)


def main() -> NoReturn:
    """Run a command; bad input ends with one clear sentence on stderr and exit code 1."""
    try:
        cli.main(prog_name="referral", standalone_mode=True)
    except _BAD_INPUT as error:
        click.echo(f"Chyba: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; that is no error of ours.
        sys.stderr.close()
        sys.exit(0)
    raise AssertionError("click ends the process itself")  # pragma: no cover - never reached
