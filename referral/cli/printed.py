"""The commands that write printed matter: a service's card, an area's brochure and its leaflet."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral.bootstrap import Program
from referral.cli.console import say, write
from referral.cli.naming import shown_service
from referral.resources import data_dir
from referral.web.printed.law import read_law
from referral.web.printed.service_card import Desk

if TYPE_CHECKING:
    from referral.web.printed.area_matter import AreaMatter

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


@click.command("brochure", help="Zapíše brožuru o dostupnosti služeb v území (PDF, DOCX).")
@click.option("--area", required=True, metavar="NÁZEV", help="ORP, okres, kraj nebo obec.")
@click.option("--pdf", type=_FILE, help="Zapíše PDF k tisku.")
@click.option("--docx", type=_FILE, help="Zapíše DOCX k úpravě.")
@click.option("--norm", metavar="NORMA", help="Norma mezer: název přiložené, nebo soubor TOML.")
@click.pass_obj
def brochure_command(
    program: Program, /, *, area: str, pdf: Path | None, docx: Path | None, norm: str | None
) -> None:
    """Write the brochure of an area into the files that were asked for."""
    from referral.web.papers.making import DOCX, PDF  # noqa: PLC0415 - with the rest, see above
    from referral.web.printed.making import brochure_file  # noqa: PLC0415 - see above

    if pdf is None and docx is None:
        raise click.UsageError("Řekněte, kam brožuru zapsat: --pdf SOUBOR nebo --docx SOUBOR.")
    matter = _matter(program, area, norm=norm)
    for form, file in ((PDF, pdf), (DOCX, docx)):
        if file is not None:
            write(file, brochure_file(matter, form))
            say(f"Brožura, {matter.title} ({form.upper()}): {file}")


@click.command("leaflet", help="Zapíše leták o pomoci v území na nástěnku (PDF).")
@click.option("--area", required=True, metavar="NÁZEV", help="ORP, okres, kraj nebo obec.")
@click.option("--pdf", type=_FILE, required=True, help="Zapíše PDF k tisku.")
@click.pass_obj
def leaflet_command(program: Program, /, *, area: str, pdf: Path) -> None:
    """Write the leaflet of an area."""
    from referral.web.boundaries import boundaries_of  # noqa: PLC0415 - as above
    from referral.web.printed.making import leaflet_pdf  # noqa: PLC0415 - see above

    matter = _matter(program, area, judged=False)
    borders = boundaries_of(matter.catalog.territory, program.boundaries())
    write(pdf, leaflet_pdf(matter, boundaries=borders))
    say(f"Leták, {matter.title}: {pdf}")


def _matter(
    program: Program, name: str, *, norm: str | None = None, judged: bool = True
) -> "AreaMatter":
    """Gather the matter of an area; its gaps only where they are to be judged."""
    from referral.web.printed.area_matter import (  # noqa: PLC0415 - as above
        area_named,
        gaps_in,
        matter_of,
    )

    desk = desk_of(program)
    area = area_named(name, desk.catalog.territory)
    return matter_of(
        area,
        desk=desk,
        policy=program.policy,
        gaps=gaps_in(area, desk.catalog.territory, gaps=program.gaps, norm=norm)
        if judged
        else None,
        own_values_of=program.history.own_values_of,
    )


def desk_of(program: Program) -> Desk:
    """Return what printed matter is made from."""
    return Desk(
        catalog=program.catalog(),
        advice=program.advice,
        law=read_law(data_dir() / "papers"),
        today=program.today(),
        public_url=program.settings.public_url,
    )
