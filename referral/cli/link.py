"""The command that makes a link by which the staff of a service answer without an account."""

from datetime import UTC, datetime
from typing import Final

import click

from referral.bootstrap import Program
from referral.catalog.links import MOST_DAYS, Purpose
from referral.cli.console import say, show, show_json
from referral.cli.naming import shown_service, stop
from referral.usecases.edit_own import EditError
from referral.usecases.record_links import make_link
from referral.web.czech import day, plain
from referral.web.editing.tokens import write_token

DAYS: Final = 14

_PURPOSES: Final = {Purpose.VACANCY: "volná místa", Purpose.RECORD: "celý záznam"}


@click.command(
    "link",
    help="Vytvoří odkaz, přes který služba bez účtu potvrdí volná místa nebo celý záznam. Přijme "
    "jednu odpověď.",
)
@click.argument("service_id", metavar="SLUŽBA")
@click.option(
    "--purpose",
    type=click.Choice([one.value for one in Purpose]),
    default=Purpose.VACANCY.value,
    show_default=True,
    help="K čemu odkaz je: volná místa, nebo celý záznam.",
)
@click.option(
    "--days", type=int, default=DAYS, show_default=True, help=f"Kolik dní platí (1–{MOST_DAYS})."
)
@click.option("--json", "as_json", is_flag=True, help="Vypíše JSON.")
@click.pass_obj
def link_command(
    program: Program, /, *, service_id: str, purpose: str, days: int, as_json: bool
) -> None:
    """Make a link and print its address."""
    service = shown_service(service_id, program.catalog())
    if not program.signing_key:
        stop("Odkaz není čím podepsat; nastavte REFERRAL_SECRET_KEY, stejně jako pro web.")
    try:
        link = make_link(
            program.edits, service.id, Purpose(purpose), days=days, at=datetime.now(UTC)
        )
    except EditError as error:
        stop(str(error))
    path = f"/potvrzeni/{write_token(link.id, program.signing_key)}"
    address = f"{program.settings.public_url}{path}"
    last = link.expires_at.astimezone().date()
    if as_json:
        show_json(
            {
                "service_id": service.id,
                "name": service.name,
                "purpose": purpose,
                "address": address,
                "expires_at": link.expires_at.isoformat(timespec="seconds"),
            }
        )
        return
    show(address)
    said = f"{service.name} ({service.id}), {_PURPOSES[link.purpose]}, platí do {day(last)}."
    say(plain(said))
    say("Přijme jednu odpověď. Kdo odkaz má, může odpovědět; pošlete ho jen službě.")
    if not program.settings.public_url:
        say("Před cestu doplňte adresu webu, nebo ji nastavte v REFERRAL_PUBLIC_URL.")
