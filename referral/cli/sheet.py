"""Our own spreadsheet: write its template, and bring a filled one in."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from referral.bootstrap import Program
from referral.catalog.own_fields import OwnValue
from referral.cli.console import say, show, write
from referral.cli.order import Order, source_id
from referral.cli.signing import signed_by_sheet
from referral.ingest.embedded_territory import read_elsewhere
from referral.ingest.errors import IngestError
from referral.ingest.sheet.edition import (
    SOURCE,
    SheetReport,
    places_of,
    sheet_edition,
    sheet_report,
)
from referral.ingest.sheet.prefill import help_filled, own_filled, services_of
from referral.ingest.sheet.template import sheet_template
from referral.ingest.sheet.words import Words
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from referral.usecases.find_area import find_area
from referral.usecases.import_services import LargeChangeError
from referral.usecases.import_sheet import import_sheet
from referral.web.czech import counted, plain

_MOST_NOTES = 10
_FATES = (
    ("added", "přibylo"),
    ("changed", "změněno"),
    ("unchanged", "beze změny"),
    ("ended", "skončilo"),
    ("rejected", "odmítnuto"),
)


def bring_sheet(program: Program, order: Order) -> SheetReport:
    """Import a filled spreadsheet and return what became of its rows.

    Raises:
        IngestError: the file is wrong, or would change more than files usually do.
        StorageError: the database does not answer or refuses.
    """
    program.ensure_words()
    catalog, today = program.catalog(), program.today()
    places = places_of(catalog, program.places(), elsewhere=read_elsewhere(data_dir()))
    as_of = order.as_of
    if as_of is None and order.path.exists():
        written = datetime.fromtimestamp(order.path.stat().st_mtime, tz=UTC).astimezone().date()
        as_of = min(written, today)
    file = SourceFile(
        path=order.path,
        as_of=as_of or today,
        source=order.source,
        accept_large_change=order.accept_large_change,
        dry_run=order.dry_run,
    )
    edition, book = sheet_edition(file, catalog=catalog, places=places, today=today)
    try:
        done = import_sheet(edition, store=program.store, today=today, signed=signed_by_sheet())
    except LargeChangeError as error:
        raise IngestError(str(error), file=order.path.name) from error
    return sheet_report(done, book, dry_run=order.dry_run)


def tell_sheet(report: SheetReport) -> Iterator[str]:
    """Say what became of each sheet, and what was passed over."""
    for name, fates in report.sheets.items():
        said = ", ".join(f"{word} {fates[fate]}" for fate, word in _FATES if fates[fate])
        yield f"{name}: {said or 'nic k nahrání'}"
    for name, columns in report.columns.items():
        yield f"{name}: sloupce, které neznáme a nečteme: {', '.join(columns)}"
    if report.skipped:
        yield f"Přeskočené listy: {', '.join(report.skipped)}"
    for one in report.unknown[:_MOST_NOTES]:
        value = f" „{one.value}“" if one.value else ""
        yield f"  řádek {one.first_row}, {one.field}{value}: {one.message}"
    if len(report.unknown) > _MOST_NOTES:
        rest = len(report.unknown) - _MOST_NOTES
        yield f"  … a {counted(rest, 'další', 'další', 'dalších')}; všechny zapíše --report."


@click.group("sheet", help="Vlastní tabulka: místní pomoc a údaje, které jste si ověřili.")
def sheet_command() -> None:
    """Gather what is done with our own spreadsheet."""


@sheet_command.command("template", help="Zapíše sešit XLSX, který stačí vyplnit.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--area", metavar="NÁZEV", default=None, help="Předvyplní služby ORP, okresu nebo kraje."
)
@click.option(
    "--source",
    metavar="ID",
    default=SOURCE,
    callback=source_id,
    help="Id zdroje, jehož místní pomoc se předvyplní.",
)
@click.pass_obj
def template_command(program: Program, /, *, file: Path, area: str | None, source: str) -> None:
    """Write the workbook; an existing file is never overwritten, it may be half filled in."""
    if file.suffix.casefold() != ".xlsx":
        message = "Šablona je sešit; pojmenujte ji s příponou .xlsx."
        raise IngestError(message, file=str(file))
    if file.exists():
        message = "Soubor už existuje a mohl by být vyplněný; zvolte jiné jméno, nebo jej smažte."
        raise IngestError(message, file=str(file))
    program.ensure_words()
    catalog, today = program.catalog(), program.today()
    words = Words.of(catalog.vocabulary)
    helped = [
        one
        for one in catalog.services.values()
        if one.provenance.source == source and one.offered_on(today)
    ]
    services = []
    if area is not None:
        chosen = find_area(area, territory=catalog.territory)
        services = services_of(catalog, chosen.municipalities, on=today)
    own: defaultdict[str, list[OwnValue]] = defaultdict(list)
    for value in program.store.own_values():
        own[value.service].append(value)
    rows = own_filled(services, own)
    write(file, sheet_template(words, helped=help_filled(helped, words), own=rows))
    show(f"Šablona: {file}")
    if area is not None:
        count = counted(len(services), "služba", "služby", "služeb")
        show(plain(f"Předvyplněno: {count}."))
    say("Vyplněný soubor nahrajete příkazem referral import sheet SOUBOR.")
