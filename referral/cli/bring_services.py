"""Bring in a source of services, and tell how it went."""

from collections.abc import Iterator
from datetime import UTC, datetime

from referral.bootstrap import Program
from referral.cli.order import Order
from referral.ingest.editions import FOLDERS
from referral.ingest.errors import IngestError
from referral.ingest.services_report import ServicesReport
from referral.ingest.source_file import SourceFile
from referral.usecases.import_services import LargeChangeError
from referral.web.czech import counted, plural


def bring_services(program: Program, kind: str, order: Order) -> ServicesReport:
    """Import a file of a source of services and return what became of its rows.

    Without ``as_of`` it is the day on which the file was written: most files say none themselves.

    Raises:
        IngestError: the file is wrong, or would change more than files usually do.
        StorageError: the database does not answer or refuses.
    """
    path = order.path
    if path.is_dir() and kind in FOLDERS:
        about = [one.stat() for one in path.iterdir()]
    elif path.is_file():
        about = [path.stat()]
    else:
        message = "Soubor neexistuje nebo je to složka; zadejte jeden soubor."
        raise IngestError(message, file=str(path))
    latest = max((one.st_mtime for one in about), default=0.0)
    written = datetime.fromtimestamp(latest, tz=UTC).astimezone().date()
    order.progress.begin(sum(one.st_size for one in about))
    read = 0

    def heard(reached: int) -> None:
        nonlocal read
        order.progress.advance(path.name, reached - read)
        read = reached

    try:
        return program.import_services(
            kind,
            SourceFile(
                path=path,
                as_of=order.as_of or min(written, program.today()),
                dated=order.as_of is not None,
                source=order.source,
                accept_large_change=order.accept_large_change,
                dry_run=order.dry_run,
                heard=heard,
            ),
        )
    except LargeChangeError as error:
        raise IngestError(str(error), file=path.name) from error


def tell_services(report: ServicesReport) -> Iterator[str]:
    """Say what the counts of an import consist of and what stays unknown."""
    yield f"V souboru {counted(report.in_file, 'položka', 'položky', 'položek')}."
    if report.outside:
        outside = counted(report.outside, "položka", "položky", "položek")
        concern = plural(report.outside, "se netýká", "se netýkají", "se netýká")
        yield f"Z toho {outside} {concern} žádné z potřeb, které program hledá; sečte je --report."
    if report.gone:
        gone = counted(report.gone, "služba", "služby", "služeb")
        yield f"V souboru už není {gone}: zůstávají v katalogu jako ukončené."
    if report.unknown:
        values = counted(len(report.unknown), "hodnota", "hodnoty", "hodnot")
        most = max(one.rows for one in report.unknown)
        rows = counted(most, "řádku", "řádcích", "řádcích")
        yield f"Neznámé zůstává: {values} (nejčastější na {rows}); vypíše je --report."
    if report.merged:
        merged = counted(report.merged, "služba", "služby", "služeb")
        stand = plural(report.merged, "se ukazuje", "se ukazují", "se ukazuje")
        yield (f"Z tohoto zdroje {stand} jednou s jiným záznamem téhož čísla v registru: {merged}.")
    if report.to_judge:
        pairs = counted(report.to_judge, "dvojice", "dvojice", "dvojic")
        yield f"Jednou službou může být ještě {pairs} záznamů; rozhodne člověk: referral duplicates"
    elif report.to_judge is None and report.merged is not None:
        yield "Zda není některá služba v katalogu dvakrát, ukáže: referral duplicates"
