"""The subcommand that confirms where a service works."""

import sys
from collections.abc import Iterator
from datetime import datetime
from textwrap import fill
from typing import NoReturn

import click

from referral.bootstrap import Program
from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.model import Service
from referral.catalog.own_fields import OwnField, VerifiedBy
from referral.catalog.resolve import CoverageResolver
from referral.catalog.territory import Territory
from referral.cli.console import say, show, show_json
from referral.cli.signing import signed_by_command
from referral.ingest.embedded_territory import read_elsewhere
from referral.ingest.sheet.edition import places_of
from referral.ingest.sheet.finding import (
    NotFoundError,
    Places,
    ServiceFinder,
    coverage_of,
    sentence_of,
)
from referral.ingest.sheet.own_rows import home_of
from referral.resources import data_dir
from referral.usecases.confirm_coverage import (
    UnconfirmableError,
    confirm_coverage,
    forget_own_value,
)
from referral.web.czech import counted, plain
from referral.web.presenters.labels import area_name

_WIDTH = 96
_STATUSES = {
    CoverageStatus.DECLARED: "ověřená nebo prohlášená",
    CoverageStatus.PARSED: "přečtená z textu, neověřená",
    CoverageStatus.ASSUMED: "odhadnutá",
    CoverageStatus.UNKNOWN: "neznámá",
}


@click.command("confirm", help="Ukáže a potvrdí, kde služba působí; přežije každý další import.")
@click.argument("service_id")
@click.option("--text", default=None, metavar="VĚTA", help="Kde služba působí, slovy.")
@click.option("--municipalities", default=None, metavar="KÓD,KÓD…", help="Právě tyto obce.")
@click.option("--as-read", is_flag=True, help="Tak, jak to dnes stojí v katalogu.")
@click.option(
    "--by", type=click.Choice([one.value for one in VerifiedBy]), default=None, help="Kdo ověřil."
)
@click.option(
    "--on",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    default=None,
    metavar="RRRR-MM-DD",
    help="Kdy to ověřil (dnes).",
)
@click.option("--withdraw", is_flag=True, help="Vezme potvrzení zpět; platí zase zdroj.")
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def confirm_command(  # noqa: PLR0913 - one argument per option
    program: Program,
    /,
    *,
    service_id: str,
    text: str | None,
    municipalities: str | None,
    as_read: bool,
    by: str | None,
    on: datetime | None,
    withdraw: bool,
    as_json: bool,
) -> None:
    """Show the areas of a service beside their municipalities and keep what is confirmed."""
    ways = [text is not None, municipalities is not None, as_read, withdraw]
    if sum(ways) > 1:
        raise click.UsageError("Zvolte jen jedno: --text, --municipalities, --as-read, --withdraw.")
    if any(ways[:3]) and by is None:
        message = "Chybí --by: kdo působnost ověřil (provider, coordinator, office)."
        raise click.UsageError(message)
    catalog = program.catalog()
    places = places_of(catalog, program.places(), elsewhere=read_elsewhere(data_dir()))
    try:
        service = ServiceFinder.of(catalog.services.values()).find(service_id)
    except NotFoundError as error:
        _refuse(str(error))
    after: Coverage | None = None
    fate = ""
    if withdraw:
        signed = signed_by_command("Potvrzení vzato zpět z příkazové řádky.")
        taken = forget_own_value(program.store, service.id, OwnField.COVERAGE, signed=signed)
        fate = "withdrawn" if taken else ""
        after = program.catalog().service(service.id).coverage
    elif any(ways) and by is not None:
        after = _chosen(places, service, text, municipalities)
        day = program.today() if on is None else on.date()
        try:
            fate = confirm_coverage(
                program.store,
                service.id,
                after,
                on=day,
                by=VerifiedBy(by),
                today=program.today(),
                signed=signed_by_command("Působnost potvrzena z příkazové řádky."),
            ).value
        except UnconfirmableError as error:
            _refuse(str(error))
        after = program.catalog().service(service.id).coverage
    if as_json:
        show_json(_document(service, after, fate, catalog.territory))
        return
    show(plain("\n".join(_lines(service, after, fate, places))))


def _chosen(
    places: Places, service: Service, text: str | None, municipalities: str | None
) -> Coverage:
    """Return the coverage that a person means."""
    if text is not None:
        coverage, remarks = places.coverage(text, near=home_of(service))
        for piece, why in remarks:
            say(plain(f"„{piece}“: {sentence_of(why)}" if piece else sentence_of(why)))
        return coverage
    if municipalities is not None:
        codes = [one.strip() for one in municipalities.split(",") if one.strip()]
        unknown = [one for one in codes if one not in places.territory.municipalities]
        if unknown or not codes:
            listed = ", ".join(unknown[:5]) or "nic"
            _refuse(f"Kódy obcí neznáme: {listed}; pište šestimístné kódy oddělené čárkou.")
        return coverage_of(codes, places.territory)
    return service.coverage


def _document(
    service: Service, after: Coverage | None, fate: str, territory: Territory
) -> dict[str, object]:
    return {
        "service_id": service.id,
        "register_id": service.register_id,
        "name": service.name,
        "before": coverage_document(service.coverage, territory),
        "after": None if after is None else coverage_document(after, territory),
        "fate": fate or None,
    }


def coverage_document(coverage: Coverage, territory: Territory) -> dict[str, object]:
    """Return a coverage as plain JSON values, municipalities with their names."""
    return {
        "status": coverage.status.value,
        "areas": [
            {"kind": one.kind.value, "name": one.name, "code": one.code, "km": one.km}
            for one in coverage.areas
        ],
        "municipalities": [
            {"code": code, "name": _name(code, territory)} for code in sorted(coverage.certain)
        ],
        "possible": sorted(coverage.possible),
        "everywhere": coverage.everywhere,
        "unread": list(coverage.unresolved),
    }


def _lines(service: Service, after: Coverage | None, fate: str, places: Places) -> Iterator[str]:
    yield f"{service.name} ({service.id}), {service.organization.name}"
    before = "DOSUD" if fate else "DNES"
    yield from _coverage_lines(before, service.coverage, service, places)
    if after is not None and fate:
        yield from _coverage_lines("NYNÍ", after, service, places)
    if fate == "withdrawn":
        yield "Potvrzení je vzato zpět, platí zase zdroj."
    elif fate:
        yield "Potvrzeno; žádný import to nepřepíše."
    elif after is not None:
        yield "Potvrzení tu žádné není."
    else:
        yield "Potvrdíte volbou --as-read, --text VĚTA, nebo --municipalities KÓD,KÓD spolu s --by."


def _coverage_lines(
    title: str, coverage: Coverage, service: Service, places: Places
) -> Iterator[str]:
    """Write each area as it was read beside the municipalities that it means."""
    yield f"{title}: {_STATUSES[coverage.status]}"
    resolver: CoverageResolver = places.reader.resolver
    for area in coverage.areas:
        found = resolver.resolve([area], near=home_of(service))
        codes = sorted(found.certain or found.possible)
        doubt = "" if found.certain else "možná "
        yield _wrapped(f"  {area_name(area)} → {doubt}{_named(codes, places.territory)}")
    if coverage.everywhere:
        yield "  celkem: celá Česká republika"
    else:
        total = counted(len(coverage.certain), "obec", "obce", "obcí")
        maybe = f", možná dalších {len(coverage.possible)}" if coverage.possible else ""
        yield f"  celkem: {total}{maybe}"
    for piece in coverage.unresolved:
        yield _wrapped(f"  nepřečteno: {piece}")


def _named(codes: list[str], territory: Territory) -> str:
    most = 12
    names = ", ".join(_name(code, territory) for code in codes[:most])
    rest = f" a další ({len(codes) - most})" if len(codes) > most else ""
    return f"{names}{rest}" or "žádná obec, kterou máme načtenou"


def _name(code: str, territory: Territory) -> str:
    known = territory.municipalities.get(code)
    return code if known is None else known.name


def _wrapped(text: str) -> str:
    return fill(text, width=_WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _refuse(message: str) -> NoReturn:
    say(f"Chyba: {message}")
    sys.exit(1)
