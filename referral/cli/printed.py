"""The commands that write printed matter: a service's card, an area's brochure and its leaflet."""

from pathlib import Path

import click

from referral.bootstrap import Program
from referral.cli.console import say, write
from referral.cli.naming import shown_service
from referral.resources import data_dir
from referral.web.printed.law import read_law
from referral.web.printed.service_card import Desk

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("card", help="Zapíše kartu služby k tisku (PDF).")
@click.argument("service", metavar="SLUŽBA")
@click.option("--pdf", type=_FILE, required=True, help="Zapíše PDF k tisku.")
@click.pass_obj
def card_command(program: Program, /, *, service: str, pdf: Path) -> None:
    """Write the card of a service, named by an id, a register number or a name."""
    # The typesetter takes longer to load than to set a card.
    from referral.web.printed.making import card_pdf  # noqa: PLC0415 - see above

    desk = desk_of(program)
    chosen = shown_service(service, desk.catalog)
    own = program.history.own_values_of(desk.catalog.records_of(chosen.id))
    write(pdf, card_pdf(chosen, desk, own=own))
    say(f"Karta služby „{chosen.name}“: {pdf}")


def desk_of(program: Program) -> Desk:
    """Return what printed matter is made from."""
    return Desk(
        catalog=program.catalog(),
        advice=program.advice,
        law=read_law(data_dir() / "papers"),
        today=program.today(),
        public_url=program.settings.public_url,
    )
