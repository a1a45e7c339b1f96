"""Real travel times that a planner brings, for every command that measures ways."""

from pathlib import Path

import click

from referral.bootstrap import Program
from referral.cli.console import say
from referral.geo.travel import TravelModel
from referral.ingest.travel_matrix import read_travel_matrix

TRAVEL = click.option(
    "--travel",
    "travel_file",
    type=click.Path(path_type=Path),
    metavar="SOUBOR.csv",
    help="Skutečné časy mezi obcemi: from_code, to_code, minutes a nepovinně km.",
)


def chosen_travel(program: Program, file: Path | None) -> TravelModel:
    """Return the times of a file over the estimate, and say how many it gives; else the estimate.

    Raises:
        IngestError: a column is missing, or a cell is no code, time or length.
    """
    if file is None:
        return program.travel
    loaded = program.catalog().territory.municipalities
    read = read_travel_matrix(
        file, municipalities=loaded, count=len(loaded), otherwise=program.travel
    )
    told = f"Časy cest: z tabulky {read.given}, odhadnuto {read.missing} (chybějí v ní)."
    say(f"{told} {read.note}".strip())
    return read.model
