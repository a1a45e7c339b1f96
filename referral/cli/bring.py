"""The command that brings data in: import KIND PATH.

Another kind of import is a line in ``KINDS``: how it is done, and how its account is told.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import click

from referral.bootstrap import Program
from referral.catalog.ports import Fate
from referral.cli.bring_index import bring_index, tell_index
from referral.cli.bring_services import bring_services, tell_services
from referral.cli.console import say, show, write
from referral.cli.order import Order, source_id
from referral.cli.progress import progress_for_person
from referral.cli.sheet import bring_sheet, tell_sheet
from referral.ingest.editions import EDITIONS
from referral.ingest.report import ImportReport
from referral.ingest.report_workbook import report_workbook
from referral.ingest.territory.account import TerritoryAccount
from referral.web.czech import counted, plain

_MOST_REJECTIONS = 10
_FATES = (
    (Fate.ADDED, "přibylo"),
    (Fate.CHANGED, "změněno"),
    (Fate.UNCHANGED, "beze změny"),
)


class Account(Protocol):
    """What an import of any kind gives back."""

    @property
    def report(self) -> ImportReport:
        """The fates of all rows."""
        ...

    def document(self) -> dict[str, Any]:
        """Return plain JSON values in the shape of the contract, and more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of import: how it is done and how its account is told, line by line."""

    bring: Callable[[Program, Order], Account]
    tell: Callable[[Any], Iterator[str]]


def _bring_territory(program: Program, order: Order) -> TerritoryAccount:
    return program.import_territory(order.path, dry_run=order.dry_run, progress=order.progress)


def _tell_territory(account: TerritoryAccount) -> Iterator[str]:
    for one in account.files:
        rows = counted(one.report.read, "řádek", "řádky", "řádků")
        refused = f", odmítnuto {one.report.rejected}" if one.report.rejected else ""
        yield f"  {one.file}: {one.content}, {rows}{refused}"
    for file, why in account.skipped.items():
        yield f"  {file}: přeskočeno, {why}"
    yield ""
    for what, fates in account.records.items():
        said = ", ".join(f"{word} {fates[fate]}" for fate, word in _FATES if fates[fate])
        yield f"{what.capitalize()}: {said or 'nic'}"
    if account.services:
        services = counted(account.services, "služby", "služeb", "služeb")
        yield f"Působnost {services} teď znamená jiné obce než dřív."
    yield ""
    yield from (f"Pozor: {note}" for note in account.notes)


def _services(kind: str) -> Kind:
    return Kind(
        bring=lambda program, order: bring_services(program, kind, order), tell=tell_services
    )


KINDS: Mapping[str, Kind] = {
    **{kind: _services(kind) for kind in EDITIONS},
    "index": Kind(bring=bring_index, tell=tell_index),
    "sheet": Kind(bring=bring_sheet, tell=tell_sheet),
    "territory": Kind(bring=_bring_territory, tell=_tell_territory),
}


@click.command("import", help="Nahraje data ze souboru nebo složky a poví, co se s řádky stalo.")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Jen vyzkouší, nic nezapíše.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Zapíše zprávu o každém řádku do JSON, nebo do sešitu XLSX.",
)
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    default=None,
    metavar="RRRR-MM-DD",
    help="Ke kterému dni údaje platí, když to soubor neříká (jinak den, kdy byl zapsán).",
)
@click.option(
    "--source",
    metavar="ID",
    default=None,
    callback=source_id,
    help="Id zdroje, když je jich jednoho druhu víc; nový soubor téhož zdroje nahradí dřívější.",
)
@click.option(
    "--accept-large-change",
    is_flag=True,
    help="Přijme i soubor, který ukončí víc než 5 % služeb nebo změnil podobu.",
)
@click.pass_obj
def import_command(
    program: Program,
    /,
    *,
    kind: str,
    path: Path,
    dry_run: bool,
    report_file: Path | None,
    as_of: datetime | None,
    source: str | None,
    accept_large_change: bool,
) -> None:
    """Bring data of one kind in; an interruption leaves everything as it was."""
    chosen = KINDS[kind]
    try:
        with progress_for_person() as progress:
            order = Order(
                path=path,
                dry_run=dry_run,
                progress=progress,
                as_of=as_of.date() if as_of else None,
                source=source,
                accept_large_change=accept_large_change,
            )
            account = chosen.bring(program, order)
    except KeyboardInterrupt:
        say("Přerušeno, v databázi se nic nezměnilo.")
        raise click.exceptions.Exit(1) from None
    if report_file is not None:
        write(report_file, _report(account.document(), report_file))
    for line in chosen.tell(account):
        show(plain(line))
    for line in _summary(account.report):
        show(plain(line))
    if dry_run:
        show("Byla to jen zkouška, nic se nezapsalo.")
    if report_file is not None:
        say(f"Zpráva: {report_file}")


def _report(document: dict[str, Any], file: Path) -> str | bytes:
    """Return a report in the format that the name of its file asks for."""
    if file.suffix.casefold() == ".xlsx":
        return report_workbook(document)
    return json.dumps(document, ensure_ascii=False, indent=2)


def _summary(report: ImportReport) -> Iterator[str]:
    rows = counted(report.read, "řádek", "řádky", "řádků")
    yield (
        f"Přečteno {rows}: přibylo {report.added}, změněno {report.changed}, "
        f"beze změny {report.unchanged}, zaniklo {report.ended}, odmítnuto {report.rejected}."
    )
    for one in report.rejections[:_MOST_REJECTIONS]:
        value = f" „{one.value}“" if one.value else ""
        yield f"  řádek {one.row}, {one.field or 'celý řádek'}{value}: {one.message}"
    if len(report.rejections) > _MOST_REJECTIONS:
        rest = len(report.rejections) - _MOST_REJECTIONS
        yield f"  … a {counted(rest, 'další', 'další', 'dalších')}; všechny zapíše --report."
