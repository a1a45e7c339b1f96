"""The command that asks who can help."""

import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import click

from referral.bootstrap import Program
from referral.cli.answer_text import answer_text
from referral.cli.console import say, show, show_json
from referral.matching.request import ReferralRequest
from referral.web.asking import ask
from referral.web.czech import plain
from referral.web.draft import NO, YES, AskError, Draft
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
    help="Kdo už odmítl: ID_SLUŽBY:kapacita|okruh|zdravi|vypoved|jine[:PŘEKÁŽKA][@DATUM][+DNÍ]; "
    "dny říkají, jak dlouho se podle služby čeká.",
)
@click.option(
    "--form", "forms", multiple=True, metavar="T|A|P", help="Terénní, ambulantní, pobytová."
)
@click.option("--limit", default="", metavar="POČET", help="Kolik výsledků ukázat (20).")
@click.option(
    "--without", multiple=True, metavar="KÓD", help="Překážka, kterou člověk určitě nemá."
)
@click.option("--sex", default="", metavar="zena|muz", help="Žena, nebo muž.")
@click.option("--born", default="", metavar="DATUM", help="Datum narození, např. 1968-03-01.")
@click.option(
    "--mobility", default="", metavar="JAK", help="Pohyb: chodi, s-oporou, vozik nebo lezi."
)
@click.option(
    "--language", "languages", multiple=True, metavar="KÓD", help="Čím se domluví: cs, sk, uk…"
)
@click.option("--documents/--no-documents", default=None, help="Má doklady, nebo je nemá.")
@click.option("--income/--no-income", default=None, help="Má příjem, nebo ho nemá.")
@click.option("--insurance/--no-insurance", default=None, help="Je zdravotně pojištěný, nebo ne.")
@click.option("--partner/--no-partner", default=None, help="Chce bydlet s partnerem, nebo ne.")
@click.option("--children", default="", metavar="POČET", help="Kolik dětí je s ním.")
@click.option("--dog/--no-dog", default=None, help="Má s sebou psa, nebo ne.")
@click.option("--discharge", default="", metavar="DATUM", help="Kdy odchází ze zařízení.")
@click.option("--eviction", default="", metavar="DATUM", help="Kdy přijde o bydlení.")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def match_command(program: Program, /, *, as_json: bool, **told: Any) -> None:  # noqa: ANN401 - one value per option, as click read it
    """Rank the services that can help and explain each of them and each near miss."""
    answer = program.recommend(asked(program, told, as_json=as_json))
    if as_json:
        show_json(match_document(answer, program.catalog(), advice=program.advice))
        return
    view = results_view(answer, program.catalog(), advice=program.advice, today=program.today())
    show(answer_text(view))


def client_options() -> list[click.Parameter]:
    """Return the options that tell of a place and a client, for commands that ask the same."""
    return [one for one in match_command.params if one.name not in {"as_json", "limit"}]


def asked(program: Program, told: Mapping[str, Any], *, as_json: bool = False) -> ReferralRequest:
    """Return the question that the options tell, or end with what is wrong with them."""
    written: dict[str, Any] = {name: _written(value) for name, value in told.items()}
    try:
        return ask(Draft(**written), program, today=program.today())
    except AskError as error:
        _refuse(error, as_json=as_json)


def _written(value: bool | str | tuple[str, ...] | None) -> str | tuple[str, ...]:  # noqa: FBT001 - an option's own value
    """Write an option as a form would: a flag nobody gave is silence."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return value


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
