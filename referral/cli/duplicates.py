"""Records that may be of one service: list them, and decide."""

from pathlib import Path

import click

from referral.bootstrap import Program
from referral.catalog.duplicates import DuplicateLevel
from referral.catalog.own_fields import VerifiedBy
from referral.cli.console import say, show, show_json
from referral.ingest.errors import IngestError
from referral.usecases.find_area import Area, find_area
from referral.usecases.find_duplicates import Duplicates, confirm, find_duplicates, reject, undo
from referral.web.czech import counted, plain
from referral.web.presenters.duplicates import (
    decision_text,
    duplicates_document,
    pair_lines,
    proposal_lines,
    summary_text,
)

_AREA = click.option("--area", default=None, metavar="NÁZEV", help="Jen ORP, kraj nebo okres.")
_BY = click.option(
    "--by",
    type=click.Choice([role.value for role in VerifiedBy]),
    default=VerifiedBy.COORDINATOR.value,
    show_default=True,
    help="V jaké roli rozhodujete; jméno se nezapisuje.",
)


@click.group(
    "duplicates",
    invoke_without_command=True,
    help="Vypíše záznamy různých zdrojů, které mohou být jednou službou; rozhodne o nich člověk.",
)
@_AREA
@click.option(
    "--level",
    type=click.Choice([level.value for level in DuplicateLevel]),
    default=None,
    help="Jen návrhy této jistoty.",
)
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.option("--pairs", "as_pairs", is_flag=True, help="Vypíše dvojice pro confirm --from.")
@click.pass_context
def duplicates_command(
    context: click.Context,
    /,
    *,
    area: str | None,
    level: str | None,
    as_json: bool,
    as_pairs: bool,
) -> None:
    """List what may be one service, with the evidence."""
    if context.invoked_subcommand is not None:
        return
    program: Program = context.obj
    found = _found(program, area, level)
    if as_json:
        show_json(duplicates_document(found, program.catalog()))
    elif as_pairs:
        waiting = [one for one in found.proposals if not one.automatic]
        for line in pair_lines(waiting, found.records):
            show(plain(line))
    else:
        _list(found, program)


@duplicates_command.command("confirm", help="Potvrdí, že záznamy jsou jedna služba; první zůstane.")
@click.argument("kept", required=False)
@click.argument("other", required=False)
@click.option(
    "--probable", is_flag=True, help="Všechny dvojice se stejným IČO nebo číslem v registru."
)
@click.option(
    "--from",
    "listed",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    default=None,
    help="Dvojice ze souboru: na řádku dvě id, dál poznámka za #.",
)
@_AREA
@click.option("--yes", is_flag=True, help="Hromadné potvrzení opravdu zapíše; jinak jen vypíše.")
@_BY
@click.pass_obj
def confirm_command(
    program: Program,
    /,
    *,
    kept: str | None,
    other: str | None,
    probable: bool,
    listed: Path | None,
    area: str | None,
    yes: bool,
    by: str,
) -> None:
    """Keep that two records are one service, or that many pairs are."""
    ways = sum((kept is not None, probable, listed is not None))
    if ways != 1 or (kept is not None and other is None):
        message = "zadejte dvě id záznamů, nebo --probable, nebo --from SOUBOR"
        raise click.UsageError(message)
    if kept is not None and other is not None:
        pairs, yes = [(kept, other)], True
    elif probable:
        found = _found(program, area, None)
        chosen = Duplicates(proposals=found.provable, records=found.records)
        pairs = [(one.kept, one.other) for one in chosen.proposals]
        if not yes:
            _list(chosen, program)
    else:
        pairs = _read_pairs(listed)
    if not yes:
        count = counted(len(pairs), "dvojici", "dvojice", "dvojic")
        say(f"Zatím se nic nezapsalo. Potvrdit {count}: týž příkaz a --yes.")
        return
    made = confirm(
        program.store, pairs, by=VerifiedBy(by), today=program.today(), bulk=kept is None
    )
    catalog = program.catalog()
    for decision in made:
        show(decision_text(decision, shown=catalog.shown_id(decision.other)))
    if len(made) != 1:
        say(f"Potvrzeno: {counted(len(made), 'dvojice', 'dvojice', 'dvojic')}.")


@duplicates_command.command("reject", help="Zapíše, že záznamy jsou dvě různé služby.")
@click.argument("one")
@click.argument("other")
@_BY
@click.pass_obj
def reject_command(program: Program, /, *, one: str, other: str, by: str) -> None:
    """Keep that two records are different services."""
    reject(program.store, [(one, other)], by=VerifiedBy(by), today=program.today())
    show(f"{one} a {other} jsou dvě služby; znovu se nenavrhnou.")


@duplicates_command.command("undo", help="Vezme rozhodnutí o dvou záznamech zpět.")
@click.argument("one")
@click.argument("other")
@click.pass_obj
def undo_command(program: Program, /, *, one: str, other: str) -> None:
    """Take the decision about two records back."""
    undo(program.store, one, other)
    show(f"O záznamech {one} a {other} už nic rozhodnuto není.")


def _found(program: Program, area: str | None, level: str | None) -> Duplicates:
    territory = program.catalog().territory
    chosen: Area | None = find_area(area, territory=territory) if area else None
    return find_duplicates(
        program.store,
        territory=territory,
        today=program.today(),
        area=chosen,
        level=DuplicateLevel(level) if level else None,
    )


def _list(found: Duplicates, program: Program) -> None:
    catalog = program.catalog()
    for one in found.proposals:
        show(plain("\n".join(proposal_lines(one, found.records, catalog))))
    say(summary_text(found))
    if found.hidden:
        left = counted(found.hidden, "dvojice", "dvojice", "dvojic")
        say(f"Vynecháno pro utajenou adresu: {left}; ukáže je výpis bez --area.")


def _read_pairs(path: Path | None) -> list[tuple[str, str]]:
    """Read pairs of ids, one a line; what follows # is a note.

    Raises:
        IngestError: the file cannot be read, or a line does not hold two ids.
    """
    name = str(path)
    try:
        with click.open_file(name, encoding="utf-8-sig") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = "Soubor nejde přečíst; uložte ho jako text v kódování UTF-8."
        raise IngestError(message, file=name) from error
    pairs = []
    for number, line in enumerate(lines, start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 2:  # noqa: PLR2004 - a pair
            message = f"Na řádku {number} nejsou dvě id záznamů; opravte ho, nebo smažte."
            raise IngestError(message, file=name)
        pairs.append((words[0], words[1]))
    return pairs
