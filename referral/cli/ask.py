"""Commands that ask who can help: needs and match."""

import sys
from typing import NoReturn

import click

from referral.bootstrap import Program
from referral.catalog.vocabulary import Vocabulary
from referral.cli.answer_text import answer_text
from referral.cli.console import say, show, show_json
from referral.matching.intake.heard import Understanding
from referral.matching.next_step import calls_for
from referral.web.asking import AskError, Draft, ask
from referral.web.czech import plain
from referral.web.presenters.document import Json, match_document
from referral.web.presenters.results import results_view
from referral.web.presenters.steps import urgent_call


@click.command("needs", help="Poví, co běžná česká věta žádá.")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def needs_command(program: Program, /, *, text: str, as_json: bool) -> None:
    """Say what a plain Czech phrase asks for."""
    heard = program.understand(text)
    vocabulary = program.catalog().vocabulary
    if as_json:
        show_json(needs_document(heard, vocabulary))
        return
    for call in map(urgent_call, calls_for(heard.urgent, vocabulary)):
        show(plain(f"!  {call.call} {call.name}: {call.why}"))
    for need in heard.needs:
        show(f"{need.confidence:.2f}  {need.code}  {vocabulary.need(need.code).name}")
    if not heard.understood:
        show("Z textu jsme nepoznali, jakou pomoc hledáte. Zkuste to jinými slovy.")


def needs_document(heard: Understanding, vocabulary: Vocabulary) -> dict[str, Json]:
    """Return what was heard as plain JSON values; urgent calls come as in a match."""
    return {
        "text": heard.text,
        "understood": heard.understood,
        "needs": [
            {
                "code": need.code,
                "name": vocabulary.need(need.code).name,
                "confidence": round(need.confidence, 2),
                "words": list(need.words),
            }
            for need in heard.needs
        ],
        "urgent": [
            {"call": told.call, "name": told.name, "why": plain(told.why)}
            for told in map(urgent_call, calls_for(heard.urgent, vocabulary))
        ],
        "groups": sorted(heard.groups),
        "age": heard.age,
        "care_level": heard.care_level,
        "barriers": sorted(heard.barriers),
    }


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
