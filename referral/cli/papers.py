"""The commands that write papers: the letter to the ORP and the case-conference sheet."""

from pathlib import Path
from typing import Any

import click

from referral.bootstrap import Program
from referral.cli.ask import asked, client_options
from referral.cli.console import say, write
from referral.resources import data_dir
from referral.web.papers.guide import read_guide
from referral.web.papers.making import CONFERENCE, DOCX, LETTER, PDF, Kind, make
from referral.web.papers.matter import Matter

_FILE = click.Path(dir_okay=False, path_type=Path)


def _command(name: str, kind: Kind, *, summary: str) -> click.Command:
    """Return the command that writes one kind of paper; it asks as the search does."""

    @click.command(name, help=summary)
    @click.option("--pdf", type=_FILE, help="Zapíše PDF k tisku.")
    @click.option("--docx", type=_FILE, help="Zapíše DOCX k úpravě.")
    @click.pass_obj
    def command(
        program: Program,
        /,
        *,
        pdf: Path | None,
        docx: Path | None,
        **told: Any,  # noqa: ANN401 - one value per option, as click read it
    ) -> None:
        """Write the paper into the files that were asked for."""
        if pdf is None and docx is None:
            raise click.UsageError("Řekněte, kam list zapsat: --pdf SOUBOR nebo --docx SOUBOR.")
        matter = Matter(
            answer=program.recommend(asked(program, told)),
            catalog=program.catalog(),
            policy=program.policy,
            guide=read_guide(data_dir() / "papers"),
            today=program.today(),
        )
        for form, file in ((PDF, pdf), (DOCX, docx)):
            if file is not None:
                write(file, make(kind, matter, form))
                say(f"{form.upper()}: {file}")

    command.params = [*client_options(), *command.params]
    return command


letter_command = _command(
    "letter", LETTER, summary="Napíše dopis obci s rozšířenou působností podle § 92 (PDF, DOCX)."
)
conference_command = _command(
    "conference", CONFERENCE, summary="Připraví podklad pro případovou konferenci (PDF, DOCX)."
)
