"""The command that asks who can help."""

import sys
from typing import NoReturn

import click

from referral.bootstrap import Program
from referral.cli.answer_text import answer_text
from referral.cli.console import say, show, show_json
from referral.web.asking import AskError, Draft, ask
from referral.web.czech import plain
from referral.web.presenters.document import match_document
from referral.web.presenters.results import results_view


@click.command("match", help="Najde, kdo v místě pomůže, a vysvětlí proč.")
@click.option("--place", required=True, help="Obec: název (i nepřesný), nebo šestimístný kód.")
@click.option("--orp", default="", help="Správní obvod, když je obcí toho jména víc.")
@click.option("--says", default="", help="Co se děje, vlastními slovy.")
@click.option("--need", "needs", multiple=True, metavar="KÓD", help="Potřeba, např. PEC-HYG.")
@click.option("--group", "groups", multiple=True, metavar="KÓD", help="Cílová skupina.")
@click.option("--age", default="", metavar="ROKY", help="Věk klienta.")
@click.option("--care-level", default="", metavar="0-4", help="Přiznaný stupeň příspěvku na péči.")
@click.option(
    "--barrier", "barriers", multiple=True, metavar="KÓD", help="Překážka, např. ALKOHOL."
)
@click.option(
    "--refused",
    multiple=True,
    metavar="ID:DŮVOD",
    help="Kdo už odmítl: ID_SLUŽBY:kapacita|okruh|zdravi|vypoved|jine[:PŘEKÁŽKA].",
)
@click.option(
    "--form", "forms", multiple=True, metavar="T|A|P", help="Terénní, ambulantní, pobytová."
)
@click.option("--limit", default="", metavar="POČET", help="Kolik výsledků ukázat (20).")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def match_command(  # noqa: PLR0913 - one argument per option
    program: Program,
    /,
    *,
    place: str,
    orp: str,
    says: str,
    age: str,
    care_level: str,
    limit: str,
    needs: tuple[str, ...],
    groups: tuple[str, ...],
    barriers: tuple[str, ...],
    refused: tuple[str, ...],
    forms: tuple[str, ...],
    as_json: bool,
) -> None:
    """Rank the services that can help and explain each of them and each near miss."""
    draft = Draft(
        place=place,
        orp=orp,
        says=says,
        age=age,
        care_level=care_level,
        limit=limit,
        needs=needs,
        groups=groups,
        barriers=barriers,
        refused=refused,
        forms=forms,
    )
    try:
        request = ask(draft, program)
    except AskError as error:
        _refuse(error, as_json=as_json)
    answer = program.recommend(request)
    if as_json:
        show_json(match_document(answer, program.catalog()))
    else:
        show(answer_text(results_view(answer, program.catalog())))


def _refuse(error: AskError, *, as_json: bool) -> NoReturn:
    """End with exit code 1 and what is wrong; an ambiguous place comes with its candidates."""
    candidates = [
        {"code": one.code, "name": one.name, "orp": one.orp, "district": one.district}
        for one in error.candidates
    ]
    if as_json:
        messages = [
            {"field": one.field, "code": one.code, "message": plain(one.message)}
            for one in error.errors
        ]
        show_json({"error": error.code, "candidates": candidates, "errors": messages})
    for one in error.errors:
        say(f"Chyba: {one.message}")
    if candidates:
        say("Nejbližší obce:" if error.code == "unknown_place" else "Možnosti:")
        for place in error.candidates:
            say(f"  {place.code}  {place.name} (ORP {place.orp}, okres {place.district})")
    sys.exit(1)
