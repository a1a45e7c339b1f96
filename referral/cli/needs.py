"""The command that says what a phrase asks for; it loads no more than that."""

import click

from referral.bootstrap import Program
from referral.catalog.vocabulary import Vocabulary
from referral.cli.console import show, show_json
from referral.matching.calls import calls_for
from referral.matching.intake.heard import Understanding
from referral.web.calling import urgent_call
from referral.web.czech import plain


@click.command("needs", help="Poví, co běžná česká věta žádá.")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def needs_command(program: Program, /, *, text: str, as_json: bool) -> None:
    """Say what a plain Czech phrase asks for."""
    heard = program.understand(text)
    vocabulary = program.vocabulary()
    if as_json:
        show_json(needs_document(heard, vocabulary))
        return
    for call in map(urgent_call, calls_for(heard.urgent, vocabulary)):
        show(plain(f"!  {call.call} {call.name}: {call.why}"))
    for need in heard.needs:
        show(f"{need.confidence:.2f}  {need.code}  {vocabulary.need(need.code).name}")
    if not heard.understood:
        show("Z textu jsme nepoznali, jakou pomoc hledáte. Zkuste to jinými slovy.")


def needs_document(heard: Understanding, vocabulary: Vocabulary) -> dict[str, object]:
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
