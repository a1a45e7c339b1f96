"""The command that lists what imports changed."""

from datetime import datetime

import click

from referral.bootstrap import Program
from referral.catalog.history import Wanted
from referral.catalog.snapshot import Catalog
from referral.cli.console import say, show, show_json
from referral.cli.naming import shown_service, stop
from referral.web.changes_asking import records_behind, services_in
from referral.web.czech import plain
from referral.web.presenters.changes import change_sentence
from referral.web.presenters.history import history_document


@click.command("changes", help="Vypíše, co se importy změnilo na službách, od nejnovějších.")
@click.option(
    "--since",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    default=None,
    metavar="RRRR-MM-DD",
    help="Jen změny od tohoto dne.",
)
@click.option(
    "--area",
    default=None,
    metavar="NÁZEV",
    help="Jen ORP, kraj nebo okres; bez služeb s utajenou adresou.",
)
@click.option(
    "--service", default=None, metavar="ID", help="Jen jedna služba: id, číslo v registru, název."
)
@click.option("--source", default=None, metavar="ID", help="Jen změny z tohoto zdroje.")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON, i se souhrnem importů.")
@click.pass_obj
def changes_command(
    program: Program,
    /,
    *,
    since: datetime | None,
    area: str | None,
    service: str | None,
    source: str | None,
    as_json: bool,
) -> None:
    """List what imports changed, the latest first."""
    catalog = program.catalog()
    wanted = Wanted(
        since=since.date() if since else None,
        source=_source(source, catalog),
        services=_services(area, service, catalog),
    )
    found = program.history.history(wanted)
    # Read again: an import may have brought a service since.
    catalog = program.catalog()
    if as_json:
        show_json(history_document(found, program.history.imports(), catalog))
        return
    for one in found:
        show(plain(change_sentence(one.change, catalog)))
    if not found:
        say("Žádné změny.")


def _source(typed: str | None, catalog: Catalog) -> str:
    if typed is not None and typed not in catalog.sources:
        known = ", ".join(sorted(catalog.sources))
        stop(f"Zdroj „{typed}“ v katalogu není; --source bere jeden z těchto: {known}.")
    return typed or ""


def _services(area: str | None, service: str | None, catalog: Catalog) -> frozenset[str] | None:
    """Return the records that both an area and a service leave, None when neither is given."""
    chosen = None if area is None else services_in(area, catalog)
    if service is None:
        return chosen
    records = records_behind([shown_service(service, catalog).id], catalog)
    return records if chosen is None else records & chosen
