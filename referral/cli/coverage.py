"""The command that reads a provider's sentence about where it works and for whom."""

import sys
from collections.abc import Iterator, Sequence
from textwrap import fill

import click

from referral.bootstrap import Program
from referral.catalog.areas import AreaKind
from referral.catalog.model import Stance
from referral.catalog.remarks import (
    AcceptanceReading,
    AgeReading,
    CoverageReading,
    ReadArea,
    read_acceptance,
    read_ages,
    read_coverage,
)
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Vocabulary
from referral.cli.confirm import confirm_command
from referral.cli.console import say, show, show_json
from referral.cli.either import ArgumentOrCommand
from referral.ingest.embedded_territory import read_elsewhere
from referral.ingest.remarks_file import read_acceptance_patterns
from referral.resources import data_dir
from referral.web.czech import age_span, counted, number, plain

_WIDTH = 96
_MOST_SHOWN = 12
_KINDS = {
    AreaKind.MUNICIPALITY: "obec",
    AreaKind.MUNICIPALITY_PART: "část obce",
    AreaKind.CATCHMENT: "obec a její spádové obce",
    AreaKind.ORP: "správní obvod ORP",
    AreaKind.DISTRICT: "okres",
    AreaKind.REGION: "kraj",
    AreaKind.COUNTRY: "stát",
    AreaKind.RADIUS: "okolí",
}
_STANCES = {
    Stance.ACCEPTS: "přijímá",
    Stance.CONDITIONS: "za podmínky",
    Stance.EXCLUDES: "nepřijímá",
}


@click.command(
    "coverage",
    cls=ArgumentOrCommand,
    help="Přečte větu poskytovatele o tom, kde a pro koho působí.",
    epilog="Kde která služba působí, potvrdíte: referral coverage confirm ID_SLUŽBY",
)
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def coverage_command(program: Program, /, *, text: str, as_json: bool) -> None:
    """Read areas, ages, acceptances and refusals in a remark; a person then confirms them."""
    if not text.strip():
        say("Chyba: Text je prázdný; napište větu, ve které poskytovatel říká, kde působí.")
        sys.exit(1)
    catalog = program.catalog()
    reading = read_coverage(
        text,
        index=program.places(),
        territory=catalog.territory,
        elsewhere=read_elsewhere(data_dir()),
    )
    patterns = read_acceptance_patterns(
        data_dir() / "remarks", barriers=catalog.vocabulary.barriers
    )
    ages, acceptance = read_ages(text), read_acceptance(text, patterns=patterns)
    if as_json:
        show_json(coverage_document(reading, ages, acceptance))
    else:
        lines = [
            *_territory_lines(reading, catalog.territory),
            *_people_lines(ages, acceptance, catalog.vocabulary),
        ]
        notes = [_wrapped(f"  {note}") for note in _notes(reading, ages, acceptance)]
        show(plain("\n".join([*lines, "POZNÁMKY", *notes] if notes else lines)))


coverage_command.subcommands = {"confirm": confirm_command}


def coverage_document(
    reading: CoverageReading, ages: AgeReading | None, acceptance: AcceptanceReading
) -> dict[str, object]:
    """Return a reading as plain JSON values: the contract's fields and, beside them, the reasons.

    ``possible`` are municipalities of which it cannot be told; ``start`` and ``end`` count
    characters of ``text``, which is the sentence as it was read.
    """
    return {
        "text": reading.text,
        "areas": [_area_document(one) for one in reading.areas],
        "municipalities": list(reading.municipalities),
        "confidence": reading.confidence,
        "unread": [piece.text for piece in reading.unread],
        "possible": list(reading.possible),
        "everywhere": reading.everywhere,
        "exceptions": [_area_document(one) for one in reading.exceptions],
        "reasons": [
            {"text": piece.text, "start": piece.start, "end": piece.end, "why": piece.why}
            for piece in reading.unread
        ],
        "ages": _ages_document(ages),
        "rules": [
            {"barrier": rule.barrier, "stance": rule.stance.value, "wording": rule.wording}
            for rule in acceptance.rules
        ],
        "notes": list(_notes(reading, ages, acceptance)),
    }


def _area_document(read: ReadArea) -> dict[str, object]:
    return {
        "kind": read.area.kind.value,
        "name": read.area.name,
        "code": read.area.code,
        "km": read.area.km,
        "text": read.text,
        "start": read.start,
        "end": read.end,
        "confidence": round(read.sure, 2),
        "note": read.note,
    }


def _ages_document(ages: AgeReading | None) -> dict[str, object] | None:
    if ages is None:
        return None
    return {"min": ages.ages.min, "max": ages.ages.max, "words": list(ages.words)}


def _notes(
    reading: CoverageReading, ages: AgeReading | None, acceptance: AcceptanceReading
) -> Iterator[str]:
    """Yield every assumption that was made, once."""
    notes = [*reading.notes]
    notes += [one.note for one in (*reading.areas, *reading.exceptions) if one.note]
    notes += [ages.note] if ages is not None and ages.note else []
    yield from dict.fromkeys((*notes, *acceptance.notes))


def _territory_lines(reading: CoverageReading, territory: Territory) -> Iterator[str]:
    """Write for a terminal where a service works."""
    if reading.areas:
        yield f"ÚZEMÍ (spolehlivost {number(reading.confidence, places=2)})"
        yield from _area_lines(reading.areas)
    if reading.exceptions:
        yield "VYJMA"
        yield from _area_lines(reading.exceptions)
    if not (reading.areas or reading.exceptions):
        yield "Žádné území jsme v textu nepřečetli."
    if reading.unread:
        yield "NEPŘEČTENO – doplňte ručně"
        for piece in reading.unread:
            yield _wrapped(f"  „{piece.text}“: {piece.why}")
    yield from _municipality_lines(reading, territory)


def _people_lines(
    ages: AgeReading | None, acceptance: AcceptanceReading, vocabulary: Vocabulary
) -> Iterator[str]:
    """Write for a terminal for whom a service is."""
    if ages is not None:
        words = ", ".join(f"„{one}“" for one in ages.words)
        yield f"VĚK: {age_span(ages.ages.min, ages.ages.max)} (z textu {words})"
    if acceptance.rules:
        yield "KOHO"
    for rule in acceptance.rules:
        name = vocabulary.barrier(rule.barrier).name
        yield _wrapped(f"  {_STANCES[rule.stance]}: {name} – „{rule.wording}“")


def _area_lines(areas: Sequence[ReadArea]) -> Iterator[str]:
    for read in areas:
        area = read.area
        km = "" if area.km is None else f" do {number(area.km, places=1).removesuffix(',0')} km"
        code = "" if area.code is None else f" [{area.code}]"
        yield _wrapped(f"  {_KINDS[area.kind]}{km}: {area.name}{code} – „{read.text}“")


def _municipality_lines(reading: CoverageReading, territory: Territory) -> Iterator[str]:
    for title, codes in (("OBCE", reading.municipalities), ("MOŽNÁ TAKÉ", reading.possible)):
        if codes:
            names = [territory.municipality(code).name for code in codes[:_MOST_SHOWN]]
            rest = len(codes) - len(names)
            more = f" a další ({rest})" if rest else ""
            count = counted(len(codes), "obec", "obce", "obcí")
            yield _wrapped(f"{title} ({count}): {', '.join(names)}{more}")


def _wrapped(text: str) -> str:
    return fill(text, width=_WIDTH, subsequent_indent="    ", break_on_hyphens=False)
