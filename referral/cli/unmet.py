"""Count searches that found nobody, in counts alone, and list the counts."""

from typing import Final, NoReturn

import click

from referral.bootstrap import Program
from referral.catalog.evidence import FEWEST
from referral.catalog.snapshot import Catalog
from referral.cli.console import say, show, show_json
from referral.cli.naming import stop
from referral.network.evidence import EvidenceReport
from referral.usecases.record_unmet import UnmetError
from referral.web.czech import plain
from referral.web.evidence_document import unmet_document
from referral.web.evidence_sentences import unmet_lines
from referral.web.finding import AmbiguousPlaceError, UnknownPlaceError, the_place

_MOST_PLACES: Final = 6


@click.group(
    "unmet",
    help="Počítá hledání, která nikoho nenašla: jen na výslovný pokyn a jen jako počty.",
)
def unmet_command() -> None:
    """Gather what is done with unmet searches."""


@unmet_command.command(
    "add",
    help="Započítá jednu nenaplněnou potřebu. Uloží se jen obvod ORP, potřeba a měsíc; nikdy obec, "
    "den ani kdo to byl.",
)
@click.option("--place", required=True, help="Obec: název (i nepřesný), nebo šestimístný kód.")
@click.option("--orp", default="", help="Správní obvod, když je obcí toho jména víc.")
@click.option(
    "--need", "needs", multiple=True, required=True, metavar="KÓD", help="Potřeba; i víckrát."
)
@click.pass_obj
def add_command(program: Program, /, *, place: str, orp: str, needs: tuple[str, ...]) -> None:
    """Count one unmet search for each need."""
    try:
        found = the_place(place, program.places(), orp=orp)
        done = program.count_unmet(found.code, needs)
    except AmbiguousPlaceError as error:
        which = "; ".join(f"{one.code} (ORP {one.orp})" for one in error.candidates[:_MOST_PLACES])
        stop(f"Obcí toho jména je víc; místo názvu pište kód: {which}")
    except UnknownPlaceError as error:
        _unknown(error)
    except UnmetError as error:
        stop(str(error))
    names = program.vocabulary().needs
    what = ", ".join(names[code].name for code in done.needs)
    show(plain(f"Započítáno: ORP {done.orp}, {what}, měsíc {done.month.month}/{done.month.year}."))
    show("Uložil se jen obvod, potřeba a měsíc. Obec, den, ani kdo to byl, se neukládá.")


def _unknown(error: UnknownPlaceError) -> NoReturn:
    near = ", ".join(one.name for one in error.nearest[:_MOST_PLACES])
    stop(f"{error}" + (f" Nemysleli jste: {near}?" if near else ""))


@unmet_command.command(
    "list", help=f"Vypíše počty podle ORP a potřeb; menší než {FEWEST} neprozradí."
)
@click.option(
    "--area", default=None, metavar="NÁZEV", help="ORP, kraj nebo okres; bez něj vše načtené."
)
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def list_command(program: Program, /, *, area: str | None, as_json: bool) -> None:
    """List the counts of all months that have ended; small ones are not told."""
    catalog = program.catalog()
    found = program.evidence(area)
    if as_json:
        show_json(unmet_document(found, catalog))
        return
    _show(found, catalog)


def _show(found: EvidenceReport, catalog: Catalog) -> None:
    lines = list(unmet_lines(found, catalog))
    for line in lines:
        show(plain(line))
    if not lines:
        say("Žádné nenaplněné hledání se do konce minulého měsíce nezapsalo.")
