"""Count how services answered clients, in counts alone, and list the counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import click

from referral.bootstrap import Program
from referral.catalog.experience import OutcomeCount
from referral.catalog.snapshot import Catalog
from referral.cli.console import say, show, show_json
from referral.cli.either import ArgumentOrCommand
from referral.cli.naming import shown_service, stop
from referral.usecases.record_outcome import OutcomeError, record_outcome
from referral.web.czech import listing, number, plain

FEWEST: Final = 5
"""From how many clients on a number is told; a smaller one could point at somebody."""

_SUPPRESSED: Final = "méně než 5"
_RESULTS: Final[Mapping[str, str]] = {"accepted": "přijala", "refused": "odmítla"}


@click.command(
    "outcome",
    cls=ArgumentOrCommand,
    help="Započítá, že služba klienta přijala (accepted), nebo odmítla (refused). Ukládají se jen "
    "počty, nikdy kdo to byl.",
    epilog="Počty vypíše: referral outcome list",
)
@click.argument("service", metavar="SLUŽBA")
@click.argument("result", metavar="accepted|refused", type=click.Choice(list(_RESULTS)))
@click.option(
    "--barrier",
    "barriers",
    multiple=True,
    metavar="KÓD",
    help="Překážka, např. ALKOHOL; i víckrát.",
)
@click.option(
    "--on",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    default=None,
    metavar="RRRR-MM-DD",
    help="Kdy to bylo (dnes); uloží se z toho jen měsíc.",
)
@click.pass_obj
def outcome_command(
    program: Program,
    /,
    *,
    service: str,
    result: str,
    barriers: tuple[str, ...],
    on: datetime | None,
) -> None:
    """Add one outcome to the counts of a service."""
    catalog = program.catalog()
    chosen = shown_service(service, catalog)
    when = on.date() if on else program.today()
    try:
        named = record_outcome(
            program.store,
            chosen.id,
            barriers=barriers,
            accepted=result == "accepted",
            on=when,
            today=program.today(),
            vocabulary=catalog.vocabulary,
        )
    except OutcomeError as error:
        stop(str(error))
    names = [catalog.vocabulary.barriers[code].name for code in named]
    whom = f"klienta s překážkou: {listing(names)}" if names else "klienta bez známé překážky"
    show(
        plain(
            f"Započítáno: služba „{chosen.name}“ ({chosen.id}) {_RESULTS[result]} {whom}; "
            f"měsíc {when.month}/{when.year}."
        )
    )
    show("Uložil se jen počet a měsíc posledního výsledku. Kdo to byl, ani den se neukládá.")


@click.command("list", help="Vypíše počty přijatých a odmítnutých; menší než 5 neprozradí.")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def list_command(program: Program, /, *, as_json: bool) -> None:
    """List the counts of all services; small ones are not told."""
    catalog = program.catalog()
    counts = _by_shown(program.store.outcome_counts(), catalog)
    if as_json:
        show_json({"outcomes": [_document(one, catalog) for one in counts], "fewest": FEWEST})
        return
    for one in counts:
        show(plain(_text(one, catalog)))
    if not counts:
        say("Žádný výsledek zatím nikdo nezapsal.")


outcome_command.subcommands = {"list": list_command}


def _by_shown(counts: tuple[OutcomeCount, ...], catalog: Catalog) -> list[OutcomeCount]:
    """Put counts of records of one service together, as they are used."""
    summed: dict[tuple[str, str], OutcomeCount] = {}
    for one in counts:
        key = (catalog.shown_id(one.service), one.barrier)
        held = summed.get(key)
        summed[key] = OutcomeCount(
            service=key[0],
            barrier=one.barrier,
            accepted=one.accepted + (held.accepted if held else 0),
            refused=one.refused + (held.refused if held else 0),
            last_month=max(one.last_month, held.last_month) if held else one.last_month,
        )
    return [summed[key] for key in sorted(summed)]


def _text(count: OutcomeCount, catalog: Catalog) -> str:
    name = catalog.service(count.service).name
    barriers = catalog.vocabulary.barriers
    barrier = "bez známé překážky"
    if count.barrier:
        known = barriers.get(count.barrier)
        barrier = count.barrier if known is None else known.name
    told = f"přijato {_shown(count.accepted)}, odmítnuto {_shown(count.refused)}"
    return f"{name} ({count.service}) – {barrier}: {told}"


def _shown(count: int) -> str:
    return number(count) if count >= FEWEST else _SUPPRESSED


def _document(count: OutcomeCount, catalog: Catalog) -> dict[str, object]:
    """Return counts as plain JSON values; a number that is too small is null."""
    accepted = count.accepted if count.accepted >= FEWEST else None
    refused = count.refused if count.refused >= FEWEST else None
    return {
        "service_id": count.service,
        "name": catalog.service(count.service).name,
        "barrier": count.barrier or None,
        "accepted": accepted,
        "refused": refused,
        "suppressed": accepted is None or refused is None,
    }
