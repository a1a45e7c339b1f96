"""The command that lists what we have verified ourselves, and takes it back."""

import sys
from collections.abc import Iterator, Mapping
from typing import Final

import click

from referral.bootstrap import Program
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.snapshot import Catalog
from referral.cli.confirm import coverage_document
from referral.cli.console import say, show, show_json
from referral.cli.either import ArgumentOrCommand
from referral.cli.signing import signed_by_command
from referral.ingest.sheet.finding import NotFoundError, ServiceFinder
from referral.ingest.sheet.words import ROLES, STANCES
from referral.text import fold
from referral.usecases.confirm_coverage import forget_own_value
from referral.web.czech import day, listing, plain
from referral.web.editing.telling import said
from referral.web.presenters.labels import FORMS, area_name, unit_count

_FIELDS: Final[Mapping[OwnField, str]] = {
    OwnField.COVERAGE: "působnost",
    OwnField.VACANCY: "volná místa",
    OwnField.CAPACITY: "kapacity",
    OwnField.ACCEPTANCE: "koho přijímá",
    OwnField.NETWORK: "síť",
    OwnField.CONTACT: "kontakt",
    OwnField.HOURS: "provozní doba",
    OwnField.WAITING: "čekání",
    OwnField.AGES: "věk",
    OwnField.SCOPE: "co dělá a nedělá",
}
_TOLD_AS_ON_PAGES: Final = frozenset(
    {OwnField.CONTACT, OwnField.HOURS, OwnField.WAITING, OwnField.AGES, OwnField.SCOPE}
)


@click.command(
    "own",
    cls=ArgumentOrCommand,
    help="Vypíše, co jsme si ověřili sami: hodnotu, den a roli toho, kdo ji ověřil.",
    epilog="Zpět ji vezme: referral own forget ID_SLUŽBY POLE",
)
@click.argument("service_id", required=False)
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def own_command(program: Program, /, *, service_id: str | None, as_json: bool) -> None:
    """List own values of all services, or of one."""
    catalog = program.catalog()
    service = None if service_id is None else _service(catalog, service_id)
    found = program.store.own_values(service)
    if as_json:
        show_json({"own": [own_document(one, catalog) for one in found]})
        return
    for one in found:
        show(plain(own_text(one, catalog)))
    if not found:
        say("Nic vlastního ověřeného tu není.")


@click.command("forget", help="Vezme vlastní údaj zpět; platí zase to, co říká zdroj.")
@click.argument("service_id")
@click.argument("field", metavar="POLE")
@click.pass_obj
def forget_command(program: Program, /, *, service_id: str, field: str) -> None:
    """Take one own value of a service back."""
    service = _service(program.catalog(), service_id)
    names = {fold(name): one for one, name in _FIELDS.items()}
    names |= {one.value: one for one in OwnField}
    chosen = names.get(fold(field))
    if chosen is None:
        offered = ", ".join(f"{one.value} ({name})" for one, name in _FIELDS.items())
        say(f"Chyba: Pole „{field}“ neznáme; použijte jedno z těchto: {offered}.")
        sys.exit(1)
    signed = signed_by_command("Vlastní údaj vzat zpět z příkazové řádky.")
    if not forget_own_value(program.store, service, chosen, signed=signed):
        say(f"Chyba: Služba {service} vlastní údaj „{_FIELDS[chosen]}“ nemá; vypíše je own.")
        sys.exit(1)
    show(f"{service}: {_FIELDS[chosen]} – vlastní údaj vzat zpět, platí zase zdroj.")


own_command.subcommands = {"forget": forget_command}


def own_text(value: OwnValue, catalog: Catalog) -> str:
    """Say one own value with its day and role."""
    service = catalog.services.get(value.service)
    name = value.service if service is None else f"{service.name} ({service.id})"
    said = "; ".join(_said(value, catalog))
    verified = f"ověřeno {day(value.verified_on)}, {ROLES[value.verified_by]}"
    return f"{name} – {_FIELDS[value.field]}: {said} – {verified}"


def _said(value: OwnValue, catalog: Catalog) -> Iterator[str]:
    if value.coverage is not None:
        yield listing([area_name(one) for one in value.coverage.areas])
    for free in value.vacancies:
        form = "" if free.form is None else f"{FORMS[free.form]}: "
        yield f"{form}volno {unit_count(free.unit, free.available)}"
    for capacity in value.capacities:
        form = "" if capacity.form is None else f"{FORMS[capacity.form]}: "
        yield f"{form}{unit_count(capacity.unit, capacity.amount)}"
    for rule in value.rules:
        words = f" („{rule.wording}“)" if rule.wording else ""
        known = catalog.vocabulary.barriers.get(rule.barrier)
        barrier = rule.barrier if known is None else known.name
        yield f"{STANCES[rule.stance]}: {barrier}{words}"
    for member in value.networks:
        since = "" if member.since is None else f" od {day(member.since)}"
        until = "" if member.until is None else f" do {day(member.until)}"
        yield f"{member.network}{since}{until}"
    if value.field in _TOLD_AS_ON_PAGES:
        yield from said(value, catalog)


def own_document(value: OwnValue, catalog: Catalog) -> dict[str, object]:
    """Return an own value as plain JSON values; only the field it is of is there."""
    service = catalog.services.get(value.service)
    document: dict[str, object] = {
        "service_id": value.service,
        "name": None if service is None else service.name,
        "field": value.field.value,
        "verified_on": value.verified_on.isoformat(),
        "verified_by": value.verified_by.value,
    }
    if value.coverage is not None:
        document["coverage"] = coverage_document(value.coverage, catalog.territory)
    if value.vacancies:
        document["vacancies"] = [
            {"form": one.form, "unit": one.unit, "available": one.available}
            for one in value.vacancies
        ]
    if value.capacities:
        document["capacities"] = [
            {"form": one.form, "unit": one.unit, "amount": one.amount} for one in value.capacities
        ]
    if value.rules:
        document["rules"] = [
            {
                "barrier": one.barrier,
                "stance": one.stance,
                "wording": one.wording,
                "basis": one.basis,
            }
            for one in value.rules
        ]
    if value.networks:
        document["networks"] = [
            {
                "network": one.network,
                "since": None if one.since is None else one.since.isoformat(),
                "until": None if one.until is None else one.until.isoformat(),
            }
            for one in value.networks
        ]
    return document | _newer_fields(value)


def _newer_fields(value: OwnValue) -> dict[str, object]:
    """Return the fields that only pages can write; each is there only when the value is of it."""
    document: dict[str, object] = {}
    if value.contact is not None:
        told = value.contact
        document["contact"] = {"phone": told.phone, "email": told.email, "web": told.web}
    if value.hours:
        document["hours"] = [
            {"form": one.form, "round_the_clock": one.round_the_clock, "text": one.text}
            for one in value.hours
        ]
    if value.waiting is not None:
        document["waiting"] = {"days": value.waiting.days, "note": value.waiting.note}
    if value.ages is not None:
        document["ages"] = {"min": value.ages.min, "max": value.ages.max}
    if value.scope is not None:
        document["scope"] = {"does": value.scope.does, "does_not": value.scope.does_not}
    return document


def _service(catalog: Catalog, typed: str) -> str:
    try:
        return ServiceFinder.of(catalog.services.values()).find(typed).id
    except NotFoundError as error:
        say(f"Chyba: {error}")
        sys.exit(1)
